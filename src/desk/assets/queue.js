// @ts-check
/**
 * The queue: the pages in the order of what a look pays, with filters.
 *
 * Rows are in the document all at once, so that the browser's own search finds them; rows out of sight are not laid out
 * (content-visibility), which keeps 2,000 of them light.
 *
 * @import { Desk, Filters, Row } from './types.js'
 */
import { byId, h, keyed, setAttributes, setText } from './dom.js';
import { filtered } from './state.js';

const DOUBTS = ['headline', 'boundary', 'role', 'text', 'date', 'theme'];

/** @param {Desk} desk */
export function queueView(desk) {
  const { store, t } = desk;
  const counts = h('p', { class: 'note' });
  const begin = h('a', { class: 'button primary' }, t('queue.first'));
  const shown = h('output', { class: 'note' });
  const empty = h('p', { class: 'empty' });
  const list = h('ol', { class: 'pages', on: { keydown: byArrow } });
  const paper = choice('paper', 'queue.paper');
  const day = choice('day', 'queue.day');
  const worst = choice('worst', 'queue.worst', DOUBTS.map((kind) => [kind, t(`doubt.${kind}`)]));
  const looked = choice('looked', 'queue.looked', [['no', t('looked.undone')], ['yes', t('looked.done')]]);
  const words = h('label', {}, h('span', {}, t('queue.words')), h('input', { type: 'search', on: {
    input: (/** @type {{target: HTMLInputElement}} */ { target }) => filter({ words: target.value }) } }));
  const filters = h('form', { class: 'filters', role: 'search', 'aria-label': t('queue.filters'), on: { submit: (/** @type {Event} */ event) => event.preventDefault() } },
    paper, day, worst, looked, words, shown);
  byId('queue').replaceChildren(h('header', { class: 'view-head' },
    h('div', {}, h('h1', { id: 'queue-title' }, t('queue.title')), counts), begin), filters, empty, list);

  /** @param {Partial<Filters>} change */
  const filter = (change) => store.set({ filters: { ...store.state.filters, ...change } });

  /** @param {keyof Filters} name @param {string} label @param {string[][]} [options] */
  function choice(name, label, options = []) {
    const select = h('select', { on: { change: () => filter({ [name]: select.value }) } },
      ...[['', t('all')], ...options].map(([value, text]) => h('option', { value }, text)));
    return h('label', {}, h('span', {}, t(label)), select);
  }

  /** Options that depend on the pages. @param {HTMLLabelElement} label @param {string[]} values */
  function offer(label, values) {
    const select = label.querySelector('select');
    if (!select || [...select.options].slice(1).map(({ value }) => value).join('\n') === values.join('\n')) return;
    const { value } = select;
    select.replaceChildren(h('option', { value: '' }, t('all')), ...values.map((each) => h('option', { value: each }, each)));
    select.value = values.includes(value) ? value : '';
  }

  const rows = keyed((/** @type {Row} */ row) => row.name, (row) => newRow(row), (element, row) => showRow(element, row, desk));

  function show() {
    const { pages, filters: chosen, route } = store.state;
    if (route.view !== 'queue') return;
    offer(paper, distinct(pages.map((row) => row.paper)));
    offer(day, distinct(pages.map((row) => row.date)).reverse());
    const found = filtered(pages, chosen);
    const first = found.find((row) => !row.looked);
    begin.hidden = !first;
    if (first) setAttributes(begin, { href: `?page=${encodeURIComponent(first.name)}` });
    setText(counts, `${t('queue.counts', pages.length, pages.filter((row) => !row.looked).length, pages.reduce((sum, row) => sum + row.doubts, 0))} · ${t('queue.about')}`);
    setText(shown, found.length === pages.length ? '' : t('queue.shown', found.length));
    empty.hidden = found.length > 0;
    setText(empty, t(pages.length === 0 ? 'queue.empty' : 'queue.nothing'));
    filters.hidden = pages.length === 0;
    rows.show(list, found);
  }

  store.on(['pages', 'filters', 'route'], show);
  return { focus: () => (begin.hidden ? list.querySelector('a') : begin)?.focus({ preventScroll: true }) };
}

/** @param {(string|null)[]} values */
const distinct = (values) => [...new Set(values)].filter((value) => value !== null && value !== '').map(String).sort();

/** ↑ and ↓ go from row to row. @param {KeyboardEvent} event */
function byArrow(event) {
  const by = { ArrowUp: 'previousElementSibling', ArrowDown: 'nextElementSibling' }[event.key];
  const row = event.target instanceof Element ? event.target.closest('li') : null;
  const next = by && row?.[/** @type {'nextElementSibling'} */ (by)];
  if (!next) return;
  event.preventDefault();
  next.querySelector('a')?.focus();
}

/** @param {Row} row */
function newRow(row) {
  return h('li', {}, h('a', { href: `?page=${encodeURIComponent(row.name)}` },
    ...['worst', 'name', 'paper', 'counts', 'doubt-count', 'looked'].map((name) => h('span', { class: name }))));
}

/** What each element shows. @type {WeakMap<Element, string>} */
const shownRows = new WeakMap();

/** @param {HTMLElement} element @param {Row} row @param {Desk} desk */
function showRow(element, row, { t }) {
  const signature = JSON.stringify(row);
  if (shownRows.get(element) === signature) return;
  shownRows.set(element, signature);
  const [worst, name, paper, counts, doubts, looked] = element.children[0].children;
  setAttributes(element, { class: row.looked ? 'is-looked' : '', 'data-worst': row.worst });
  setText(worst, row.worst ? t(`doubt.${row.worst}`) : '');
  setText(name, row.name.replace(/^content\/pages\//, ''));
  setText(paper, [row.paper, row.date, row.page !== null && t('queue.pageno', row.page)].filter(Boolean).join(' '));
  setText(counts, [t('queue.articles', row.articles), t('lines.count', row.lines), row.edited > 0 && t('queue.edited', row.edited),
    row.findings > 0 && t('page.findings', row.findings)].filter(Boolean).join(' · '));
  setText(doubts, row.doubts > 0 ? t('page.doubts', row.doubts) : '');
  setText(looked, row.looked ? `✓ ${t('looked.done')}` : '');
}
