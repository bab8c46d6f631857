// @ts-check
/**
 * The editor of a line's text, over its row: the line as it is on the page's picture, the text, and what is printed.
 *
 * Enter saves, Escape cancels; while an input method composes, both belong to it. What other tabs change does not replace what is
 * being typed: it is shown below.
 *
 * @import { Desk, Line, Page } from './types.js'
 */
import { fitHeight, h, setText, svg } from './dom.js';
import { oneLine } from './text.js';

/**
 * @param {Desk} desk
 * @param {{scroller: HTMLElement, row: (i: number) => Element|undefined, focus: () => void}} lines  the list of lines
 */
export function textEditor(desk, lines) {
  const { store, t } = desk;
  const input = h('textarea', { rows: '1', spellcheck: 'false', enterkeyhint: 'done', on: { keydown: typed, input: grow } });
  const label = h('label', {}, h('span', {}), input);
  const cutout = h('div', { class: 'cutout' });
  const printed = h('p', { class: 'printed-text' });
  const elsewhere = h('p', { class: 'elsewhere', role: 'status' });
  const restore = h('button', { type: 'button', class: 'quiet', on: { click: () => { input.value = line?.printed ?? ''; input.focus(); } } }, t('edit.restore'));
  const element = h('form', { class: 'text-editor', hidden: true, on: { submit } }, cutout, label, printed, elsewhere, h('p', { class: 'buttons' },
    h('button', { type: 'submit', class: 'primary' }, t('save'), ' ', h('kbd', { 'aria-hidden': 'true' }, '↵')),
    h('button', { type: 'button', on: { click: () => close() } }, t('cancel'), ' ', h('kbd', { 'aria-hidden': 'true' }, 'Esc')), restore));
  lines.scroller.append(element);
  /** @type {Line|null} */
  let line = null;
  /** @type {string|null} */
  let name = null;

  /** @param {KeyboardEvent} event */
  function typed(event) {
    if (event.isComposing) return;
    if (event.key === 'Enter') submit(event);
    if (event.key === 'Escape') {
      event.preventDefault();
      close();
    }
  }

  function grow() {
    fitHeight(input);
  }

  /** @param {Event} event */
  function submit(event) {
    event.preventDefault();
    const text = oneLine(input.value);
    if (text === '') return desk.say(t('edit.empty'), 'error');
    if (line && text !== line.text) desk.act({ do: 'text', line: line.i, text });
    close();
  }

  function close() {
    line = null;
    element.hidden = true;
    lines.focus();
  }

  /** Below the row's upper edge, so that the text is where it was. */
  function place() {
    const row = line && lines.row(line.i);
    if (row instanceof HTMLElement) element.style.top = `${row.getBoundingClientRect().top - lines.scroller.getBoundingClientRect().top + lines.scroller.scrollTop - 4}px`;
  }

  /** @param {number} i */
  function open(i) {
    const { page } = store.state;
    line = page?.lines[i] ?? null;
    if (!page || !line) return;
    name = page.name;
    setText(label.children[0], t('edit.label', line.n));
    input.value = line.text;
    printed.hidden = restore.hidden = line.printed === null;
    printed.replaceChildren(`${t('edit.printed')} `, h('q', {}, line.printed ?? ''));
    elsewhere.hidden = true;
    const picture = cutoutOf(page, line, t('edit.cutout'));
    cutout.replaceChildren(...(picture ? [picture] : []));
    element.hidden = false;
    place();
    grow();
    element.scrollIntoView({ block: 'nearest' });
    input.focus({ preventScroll: true });
    const [first] = [...line.unsure].sort((a, b) => a[0] - b[0]);
    // nothing is selected unless a word is doubtful: what is typed would take the place of the whole line
    input.setSelectionRange(first?.[0] ?? line.text.length, first?.[1] ?? line.text.length);
  }

  store.on(['page'], () => {
    const { page } = store.state;
    if (!line || !page) return;
    const now = page.name === name ? page.lines.find(({ n }) => n === line?.n) : undefined;
    if (!now) return close();
    elsewhere.hidden = now.text === line.text;
    setText(elsewhere, elsewhere.hidden ? '' : t('edit.elsewhere', now.text));
    line = { ...now, text: elsewhere.hidden ? now.text : line.text };
    place();
  });
  return { open };
}

/**
 * The part of the page's picture that shows the line, with a margin.
 * @param {Page} page
 * @param {Line} line
 * @param {string} label
 */
function cutoutOf(page, line, label) {
  if (!page.picture || !page.sheet || line.rects.length === 0) return null;
  const [x0, y0, x1, y1] = [0, 1, 2, 3].map((side) => (side < 2 ? Math.min : Math.max)(...line.rects.map((rect) => rect[side])));
  const margin = Math.max(4, 0.35 * Math.min(x1 - x0, y1 - y0));
  const box = { x: x0 - margin, y: y0 - margin, width: x1 - x0 + 2 * margin, height: y1 - y0 + 2 * margin };
  const picture = svg('svg', { viewBox: `${box.x} ${box.y} ${box.width} ${box.height}`, role: 'img', 'aria-label': label, class: box.height > box.width ? 'tall' : '' },
    svg('image', { href: page.picture, x: 0, y: 0, width: page.sheet[0], height: page.sheet[1], preserveAspectRatio: 'none' }));
  picture.style.aspectRatio = `${box.width} / ${box.height}`;
  return picture;
}
