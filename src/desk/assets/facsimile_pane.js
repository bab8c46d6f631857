// @ts-check
/**
 * The page as it was printed: its picture with a rectangle for each line, or its lines in the file's order where there is none.
 *
 * The picture is as wide as the zoom says; the rectangles are SVG over it, in the coordinates of the sheet, so that nothing has to
 * be computed when it is zoomed. The keyboard chooses lines in the list of lines, which shows the same.
 *
 * @import { Article, Desk, Line, Page } from './types.js'
 */
import { h, keyed, setAttributes, setText, svg } from './dom.js';

const ZOOM = { least: 0.25, most: 6, step: 1.25 };

/** The colour of an article: one of eight, and the badge with its number tells apart those that share one.
 * @param {number|null} k */
export const hue = (k) => k === null ? 'none' : String(k % 8 + 1);

/** @param {Desk} desk */
export function facsimilePane(desk) {
  const { store, t } = desk;
  const image = h('img', { draggable: 'false' });
  const overlay = svg('svg', { 'aria-hidden': 'true', preserveAspectRatio: 'none' });
  const badges = h('div', { class: 'badges', 'aria-hidden': 'true' });
  const sheet = h('div', { class: 'sheet' }, image, overlay, badges);
  const note = h('p', { class: 'note' }, t('page.printed'));
  const printed = h('ol', { class: 'printed' });
  const body = h('div', { class: 'facsimile', tabindex: '0', role: 'group', 'aria-label': t('pane.page') }, sheet, note, printed);
  const zoomed = h('output', {}, '100%');
  const tools = h('div', { class: 'tools' },
    tool('−', 'page.zoom-out', () => zoomBy(1 / ZOOM.step)), zoomed, tool('+', 'page.zoom-in', () => zoomBy(ZOOM.step)),
    h('button', { type: 'button', class: 'quiet', on: { click: () => fit('width') } }, t('page.width')),
    h('button', { type: 'button', class: 'quiet', on: { click: () => fit('page') } }, t('page.fit')));
  let zoom = 1;
  let picture = '';

  /** @param {string} sign @param {string} label @param {() => void} click */
  function tool(sign, label, click) {
    return h('button', { type: 'button', class: 'quiet', 'aria-label': t(label), title: t(label), on: { click } }, sign);
  }

  /** What each element shows: a line that is the same object was drawn already. @type {WeakMap<Element, Line>} */
  const drawn = new WeakMap();
  const shapes = keyed((/** @type {Line} */ line) => line.i, () => svg('g'), (group, line) => {
    const before = drawn.get(group);
    if (before === line) return;
    drawn.set(group, line);
    setAttributes(group, { 'data-i': line.i, 'data-hue': hue(line.article) });
    group.classList.toggle('doubt', line.doubt);
    if (!before || `${before.rects}` !== `${line.rects}`) group.replaceChildren(...line.rects.map(([x, y, right, bottom]) =>
      svg('rect', { x, y, width: Math.max(0, right - x), height: Math.max(0, bottom - y), 'vector-effect': 'non-scaling-stroke' })));
  });

  const numbers = keyed((/** @type {Article} */ article) => article.k, () => h('span', { class: 'badge' }), (badge, article) => {
    const { page } = store.state;
    const rect = page && article.lines.map((i) => page.lines[i].rects[0]).find(Boolean);
    badge.hidden = !rect;
    badge.dataset.hue = hue(article.k);
    setText(badge, String(article.k + 1));
    if (!rect || !page?.sheet) return;
    badge.style.left = `${100 * rect[0] / page.sheet[0]}%`;
    badge.style.top = `${100 * rect[1] / page.sheet[1]}%`;
  });

  const rows = keyed((/** @type {Line} */ line) => line.i, () => h('li', {}, h('span', { class: 'n' }), h('span', { class: 'text' })), (row, line) => {
    setAttributes(row, { 'data-i': line.i, 'data-hue': hue(line.article), 'data-role': line.role });
    setText(row.children[0], line.article === null ? '·' : String(line.article + 1));
    setText(row.children[1], line.text);
  });

  function show() {
    const { page } = store.state;
    if (!page) return;
    const withPicture = page.picture !== null && page.sheet !== null;
    sheet.hidden = !withPicture;
    note.hidden = printed.hidden = withPicture;
    tools.hidden = !withPicture;
    if (withPicture) showPicture(page);
    else rows.show(printed, page.lines);
    showSelection();
  }

  /** @param {Page} page */
  function showPicture(page) {
    const [width, height] = page.sheet ?? [1, 1];
    if (picture !== page.picture) {
      picture = page.picture ?? '';
      setAttributes(image, { src: picture, alt: t('page.picture', page.name), width, height });
      setAttributes(overlay, { viewBox: `0 0 ${width} ${height}` });
      fit('width');
    }
    shapes.show(overlay, page.lines.filter(({ rects }) => rects.length > 0));
    numbers.show(badges, page.articles);
  }

  /** Elements that are marked as selected; to be unmarked without a search through the page. @type {Element[]} */
  let marked = [];

  function showSelection() {
    const { page, selection } = store.state;
    marked.forEach((element) => element.classList.remove('selected', 'focus'));
    marked = [];
    for (const i of selection.lines) mark(i, 'selected');
    if (page && selection.focus !== null) mark(selection.focus, 'focus');
  }

  /** @param {number} i @param {string} name */
  function mark(i, name) {
    const element = (sheet.hidden ? rows : shapes).get(i);
    if (!element) return;
    element.classList.add(name);
    marked.push(element);
  }

  /** The line that was scrolled to last. @type {number|null} */
  let revealed = null;

  /** Scrolls to the line where it cannot be seen. @param {number} i */
  function reveal(i) {
    revealed = i;
    scrollTo(i);
    // rows and the picture get their heights after they are shown for the first time
    for (const delay of [300, 900]) setTimeout(() => { if (revealed === i) scrollTo(i); }, delay);
  }

  /** @param {number} i */
  function scrollTo(i) {
    const element = (sheet.hidden ? rows : shapes).get(i);
    const first = element instanceof SVGElement ? element.firstElementChild : element;
    if (!first || body.clientHeight === 0) return;
    const [place, frame] = [first.getBoundingClientRect(), body.getBoundingClientRect()];
    const across = place.left < frame.left || place.right > frame.right;
    const down = place.top < frame.top + 8 || place.bottom > frame.bottom - 8;
    if (!across && !down) return;
    body.scrollTo({
      left: across ? body.scrollLeft + place.left - frame.left - Math.max(16, (frame.width - place.width) / 2) : body.scrollLeft,
      top: down ? body.scrollTop + place.top - frame.top - (frame.height - place.height) / 3 : body.scrollTop,
      behavior: matchMedia('(prefers-reduced-motion: reduce)').matches ? 'auto' : 'smooth',
    });
  }

  /** @param {number} to  1: the picture is as wide as the pane */
  function setZoom(to) {
    const middle = { x: body.scrollLeft + body.clientWidth / 2, y: body.scrollTop + body.clientHeight / 2 };
    const next = Math.max(ZOOM.least, Math.min(ZOOM.most, to));
    const by = next / zoom;
    zoom = next;
    sheet.style.width = `${100 * zoom}%`;
    setText(zoomed, `${Math.round(100 * zoom)}%`);
    body.scrollTo({ left: middle.x * by - body.clientWidth / 2, top: middle.y * by - body.clientHeight / 2, behavior: 'auto' });
  }

  /** @param {number} by */
  const zoomBy = (by) => setZoom(zoom * by);

  /** @param {'width'|'page'} what */
  function fit(what) {
    const [width, height] = store.state.page?.sheet ?? [1, 1];
    const whole = body.clientWidth > 0 ? (body.clientHeight - 16) / (body.clientWidth * height / width) : 1;
    setZoom(what === 'width' ? 1 : Math.min(1, whole));
  }

  /** @param {Event} event */
  const lineAt = (event) => {
    const element = event.target instanceof Element ? event.target.closest('[data-i]') : null;
    return element ? Number(element.getAttribute('data-i')) : null;
  };

  panning(body);
  body.addEventListener('click', (event) => {
    const i = lineAt(event);
    if (i !== null && !body.classList.contains('panned')) desk.select(i, event.shiftKey ? 'range' : event.ctrlKey || event.metaKey ? 'toggle' : 'only', 'page');
  });
  body.addEventListener('dblclick', (event) => {
    const i = lineAt(event);
    if (i !== null) desk.editText(i);
  });
  body.addEventListener('wheel', (event) => {
    if (!event.ctrlKey || sheet.hidden) return;
    event.preventDefault();
    zoomBy(Math.exp(-event.deltaY / 200));
  }, { passive: false });

  store.on(['page'], show);
  store.on(['selection'], showSelection);
  return { body, tools, reveal };
}

/**
 * Dragging moves the picture. What moved less than a few pixels was a click.
 * @param {HTMLElement} body
 */
function panning(body) {
  /** @type {{x: number, y: number, left: number, top: number}|null} */
  let from = null;
  body.addEventListener('pointerdown', (event) => {
    body.classList.remove('panned');
    if (event.button === 0 && event.pointerType === 'mouse' && event.target instanceof Element && event.target.closest('.sheet')) {
      from = { x: event.clientX, y: event.clientY, left: body.scrollLeft, top: body.scrollTop };
    }
  });
  addEventListener('pointermove', (event) => {
    if (!from) return;
    const [dx, dy] = [event.clientX - from.x, event.clientY - from.y];
    if (Math.abs(dx) + Math.abs(dy) > 4) body.classList.add('panned');
    if (body.classList.contains('panned')) body.scrollTo({ left: from.left - dx, top: from.top - dy, behavior: 'auto' });
  });
  addEventListener('pointerup', () => { from = null; });
}
