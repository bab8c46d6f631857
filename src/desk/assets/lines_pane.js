// @ts-check
/**
 * The list of lines: by article in reading order, or in the page's order; several can be selected, and dragged to another article.
 *
 * A row's element is kept as long as its line is on the page, and is written again only where what it shows has changed. So a key
 * on a page of 400 lines costs as much as the few rows that it changes.
 *
 * @import { Desk, Line, Page, Selection } from './types.js'
 * @import { Group } from './selection.js'
 */
import { h, keyed, setAttributes, setText } from './dom.js';
import { hue } from './facsimile_pane.js';
import { dragging } from './drag.js';
import { groups } from './selection.js';
import { segments } from './text.js';

/** @param {Desk} desk */
export function linesPane(desk) {
  const { store, t } = desk;
  const list = h('div', { class: 'lines', role: 'listbox', 'aria-multiselectable': 'true', 'aria-label': t('lines.list') });
  const scroller = h('div', { class: 'lines-scroll' }, list);
  const why = h('p', { class: 'why' });
  const body = h('div', { class: 'lines-body' }, scroller, why);
  const orders = /** @type {const} */ (['articles', 'page']).map((order) => h('button', {
    type: 'button', class: 'quiet', on: { click: () => store.set({ order }) }, 'data-order': order,
  }, t(order === 'page' ? 'lines.by-page' : 'lines.by-article')));
  const tools = h('div', { class: 'tools', role: 'group', 'aria-label': t('lines.order') }, ...orders);

  const rows = keyed((/** @type {Line} */ line) => line.i, (line) => newRow(line, t), (row, line) => showRow(row, line, desk));
  // an article is known by its first line, since its number changes when another one is put before it
  const heads = keyed((/** @type {Group} */ group) => group.article?.lines[0] ?? -1, () => newGroup(desk), (element, group) => showGroup(element, group));

  /** @param {HTMLElement} element @param {Group} group */
  function showGroup(element, { article, lines }) {
    const { page, order } = store.state;
    if (!page) return;
    const [head, part] = [element.children[0], element.children[1]];
    const title = article ? article.title : t('lines.furniture');
    const grouped = order === 'articles';
    /** @type {HTMLElement} */ (head).hidden = !grouped;
    setAttributes(element, { 'data-hue': hue(article?.k ?? null), 'data-k': article?.k ?? 'none' });
    setAttributes(part, { 'aria-label': !grouped ? t('lines.by-page') : article ? `${article.k + 1} ${title}` : title });
    setText(head.children[0], article ? String(article.k + 1) : '·');
    setText(head.children[1], title);
    setText(head.children[2], t('lines.count', lines.length));
    rows.show(part, lines.map((i) => page.lines[i]));
  }

  function show() {
    const { page, order } = store.state;
    if (!page) return;
    const focused = list.contains(document.activeElement);
    // rows show the number of their article where no group does
    list.toggleAttribute('data-order-page', order === 'page');
    orders.forEach((button) => setAttributes(button, { 'aria-pressed': String(button.dataset.order === order) }));
    // rows that change their group keep their element; those of lines that are gone are dropped
    keepRows(page);
    const shown = groups(page, order);
    heads.show(list, shown);
    showSelection();
    // an element that was moved loses the focus; to give it back the browser lays the page out, once all views have changed it
    if (focused && !list.contains(document.activeElement)) queueMicrotask(focus);
  }

  /** @param {Page} page */
  function keepRows(page) {
    const alone = store.state.order === 'page';
    for (const line of page.lines) {
      const row = rows.element(line);
      // in its article's group a row has the group's colour: fewer elements change when articles get other numbers
      if (alone) setAttributes(row, { 'data-hue': hue(line.article), 'data-number': line.article === null ? '·' : line.article + 1 });
      else if (row.hasAttribute('data-hue')) setAttributes(row, { 'data-hue': null, 'data-number': null });
    }
    rows.forget((i) => i < page.lines.length);
  }

  /** @type {Selection} */
  let before = { lines: new Set(), focus: null, anchor: null };
  /** @type {number|null} */
  let tabStop = null;

  function showSelection() {
    const { page, selection } = store.state;
    if (!page) return;
    for (const i of before.lines) if (!selection.lines.has(i)) rows.get(i)?.setAttribute('aria-selected', 'false');
    for (const i of selection.lines) setAttributes(rows.get(i) ?? h('i'), { 'aria-selected': 'true' });
    const stop = selection.focus ?? groups(page, store.state.order)[0]?.lines[0] ?? null;
    if (tabStop !== null && tabStop !== stop) rows.get(tabStop)?.setAttribute('tabindex', '-1');
    if (stop !== null) rows.get(stop)?.setAttribute('tabindex', '0');
    tabStop = stop;
    before = selection;
    showWhy(selection.focus === null ? null : page.lines[selection.focus] ?? null);
  }

  /** @param {Line|null} line */
  function showWhy(line) {
    setText(why, line ? explanation(line, desk) : t('lines.hint'));
    why.title = why.textContent ?? '';
  }

  function showChanged() {
    list.querySelectorAll('.changed').forEach((row) => row.classList.remove('changed'));
    for (const i of store.state.changed) rows.get(i)?.classList.add('changed');
  }

  /** Focuses the row that Tab leads to. */
  function focus() {
    if (tabStop !== null) /** @type {HTMLElement|undefined} */ (rows.get(tabStop))?.focus({ preventScroll: true });
  }

  /** The line that was scrolled to last. @type {number|null} */
  let revealed = null;

  /** Scrolls to a line. @param {number} i */
  function reveal(i) {
    revealed = i;
    scrollTo(i);
    // the heights of rows that were never shown are estimates, and the panes may still find their own: the place is looked at again
    for (const delay of [50, 250]) setTimeout(() => { if (revealed === i) scrollTo(i); }, delay);
  }

  /** @param {number} i */
  function scrollTo(i) {
    const row = rows.get(i);
    if (!row || scroller.clientHeight === 0) return;
    const [place, frame] = [row.getBoundingClientRect(), scroller.getBoundingClientRect()];
    const [top, bottom] = [place.top - frame.top, place.bottom - frame.top];
    // a group's head covers the upper edge
    if (top < 34) scroller.scrollTop += top - 60;
    else if (bottom > frame.height - 8) scroller.scrollTop += bottom - frame.height + 60;
  }

  /** @param {Event} event */
  const lineAt = (event) => {
    const row = event.target instanceof Element ? event.target.closest('[role=option]') : null;
    return row ? Number(row.getAttribute('data-i')) : null;
  };
  // who scrolls by hand looks for something else
  scroller.addEventListener('wheel', () => { revealed = null; }, { passive: true });
  list.addEventListener('click', (event) => {
    const i = lineAt(event);
    if (i === null) return;
    desk.select(i, event.shiftKey ? 'range' : event.ctrlKey || event.metaKey ? 'toggle' : 'only', 'lines');
    focus();
  });
  list.addEventListener('dblclick', (event) => {
    const i = lineAt(event);
    if (i !== null) desk.editText(i);
  });
  list.addEventListener('focusin', (event) => {
    // the first focus by Tab selects; a click has selected already
    const i = lineAt(event);
    if (i !== null && store.state.selection.focus === null) desk.select(i, 'only', 'lines');
  });
  list.addEventListener('mouseover', (event) => {
    const i = lineAt(event);
    showWhy(i === null ? null : store.state.page?.lines[i] ?? null);
  });
  list.addEventListener('mouseleave', showSelection);
  dragging(list, desk);

  store.on(['page', 'order'], show);
  store.on(['selection'], showSelection);
  store.on(['changed'], showChanged);
  return { body, tools, scroller, reveal, focus, row: rows.get };
}

/** @param {Desk} desk */
function newGroup(desk) {
  const head = h('div', { class: 'group-head', role: 'presentation', on: {
    click: () => {
      const k = element.getAttribute('data-k');
      if (k !== null && k !== 'none') desk.showArticle(Number(k));
    },
  } }, h('span', { class: 'badge' }), h('span', { class: 'title' }), h('span', { class: 'count' }));
  // the group that follows has the same as its name
  head.setAttribute('aria-hidden', 'true');
  const element = h('div', { class: 'group', role: 'presentation' }, head, h('div', { role: 'group' }));
  return element;
}

/** @param {Line} line @param {Desk['t']} t */
function newRow(line, t) {
  return h('div', { class: 'line', role: 'option', draggable: 'true', tabindex: '-1', 'aria-selected': 'false', 'data-i': line.i },
    h('span', { class: 'n', 'aria-hidden': 'true' }), h('span', { class: 'role' }), h('span', { class: 'text' }), h('span', { class: 'marks' }));
}

/** What each row shows. @type {WeakMap<Element, Line>} */
const shownLines = new WeakMap();

/** What a row shows of a line: its article's number is not among it, since that changes with each article that comes before. */
const SHOWN = /** @type {const} */ (['i', 'n', 'role', 'text', 'unsure', 'doubt', 'set', 'printed', 'duplicate', 'why']);

/** @param {HTMLElement} row @param {Line} line @param {Desk} desk */
function showRow(row, line, desk) {
  const before = shownLines.get(row);
  if (before === line) return;
  shownLines.set(row, line);
  if (before && SHOWN.every((field) => before[field] === line[field])) return;
  const { t } = desk;
  const [n, role, text, marks] = row.children;
  setAttributes(row, { 'data-role': line.role, 'data-i': line.i, title: line.why });
  row.classList.toggle('doubt', line.doubt);
  setText(n, String(line.n));
  setText(role, t(`role.${line.role}`));
  if (!before || before.text !== line.text || `${before.unsure}` !== `${line.unsure}`) {
    text.replaceChildren(...segments(line.text, line.unsure).map(({ text: part, confidence }) => confidence === null ? part
      : h('u', { class: 'unsure', title: t('lines.unsure', Math.round(100 * confidence)) }, part)));
  }
  const signs = [
    line.doubt && mark('?', t('lines.doubt')),
    line.set && mark('●', t('lines.set')),
    line.printed !== null && mark('✎', t('lines.corrected', line.printed)),
    line.duplicate !== null && mark('＝', t('lines.duplicate', desk.store.state.page?.lines[line.duplicate]?.n ?? line.duplicate)),
  ].filter((each) => each !== false);
  if (signs.length > 0 || marks.childElementCount > 0) marks.replaceChildren(...signs);
}

/** A sign, which is read as what it means. @param {string} sign @param {string} meaning */
function mark(sign, meaning) {
  return h('span', { class: 'mark', title: meaning }, h('span', { 'aria-hidden': 'true' }, sign), h('span', { class: 'unseen' }, meaning));
}

/** @param {Line} line @param {Desk} desk */
function explanation(line, { t, store }) {
  return [
    t('lines.number', line.numbers.length > 1 ? line.numbers.join('、') : line.n),
    t(`role.${line.role}`),
    line.set ? t('lines.set') : t('lines.sure', Math.round(100 * line.certainty)),
    line.printed !== null && t('lines.corrected', line.printed),
    line.duplicate !== null && t('lines.duplicate', store.state.page?.lines[line.duplicate]?.n ?? ''),
    line.why,
  ].filter(Boolean).join(' · ');
}
