// @ts-check
/**
 * The order in which lines are shown, and selections in it.
 *
 * @import { Article, Page, Selection } from './types.js'
 */

/** @typedef {{article: Article|null, lines: number[]}} Group */

/** @returns {Selection} */
export const nothing = () => ({ lines: new Set(), focus: null, anchor: null });

/**
 * The lines by article in reading order, those of no article at the end; or all in the page's order as one group.
 * @param {Page} page
 * @param {'articles'|'page'} order
 * @returns {Group[]}
 */
export function groups(page, order) {
  if (order === 'page') return [{ article: null, lines: page.lines.map(({ i }) => i) }];
  const shown = page.articles.map((article) => ({ article, lines: article.lines }));
  const rest = page.lines.filter(({ article }) => article === null).map(({ i }) => i);
  return rest.length > 0 ? [...shown, { article: null, lines: rest }] : shown;
}

/**
 * @param {Selection} selection
 * @param {number[]} order  all lines as they are shown
 * @param {number} i
 * @param {'only'|'toggle'|'range'} mode
 * @returns {Selection}
 */
export function select(selection, order, i, mode) {
  if (mode === 'toggle') {
    const lines = new Set(selection.lines);
    if (!lines.delete(i)) lines.add(i);
    return { lines, focus: i, anchor: i };
  }
  const anchor = mode === 'range' ? selection.anchor ?? selection.focus ?? i : i;
  const [from, to] = [order.indexOf(anchor), order.indexOf(i)].sort((a, b) => a - b);
  if (mode === 'only' || from < 0) return { lines: new Set([i]), focus: i, anchor: i };
  return { lines: new Set(order.slice(from, to + 1)), focus: i, anchor };
}

/**
 * Moves the focus by some lines, and selects the line or extends the selection to it.
 * @param {Selection} selection
 * @param {number[]} order
 * @param {number} by
 * @param {boolean} extend
 * @returns {Selection}
 */
export function step(selection, order, by, extend) {
  if (order.length === 0) return selection;
  const at = selection.focus === null ? -1 : order.indexOf(selection.focus);
  const to = at < 0 ? (by > 0 ? 0 : order.length - 1) : Math.max(0, Math.min(order.length - 1, at + by));
  return select(selection, order, order[to], extend ? 'range' : 'only');
}

/**
 * The selection after the page was read again. A line is the same one where number and text are; else the one with its number.
 * @param {Selection} selection
 * @param {Page} before
 * @param {Page} after
 * @returns {Selection}
 */
export function survive(selection, before, after) {
  /** @type {Map<number, number>} */
  const byNumber = new Map(after.lines.map(({ n, i }) => [n, i]));
  const moved = (/** @type {number|null} */ i) => {
    const line = i === null ? undefined : before.lines[i];
    if (!line) return null;
    const same = after.lines[line.i];
    return same && same.n === line.n && same.text === line.text ? same.i : byNumber.get(line.n) ?? null;
  };
  const lines = [...selection.lines].map(moved).filter((i) => i !== null);
  return { lines: new Set(lines), focus: moved(selection.focus) ?? lines[0] ?? null, anchor: moved(selection.anchor) };
}

/**
 * The selected lines as they are shown, in the page's order; the focused line where nothing is selected.
 * @param {Selection} selection
 * @returns {number[]}
 */
export function chosen(selection) {
  if (selection.lines.size > 0) return [...selection.lines].sort((a, b) => a - b);
  return selection.focus === null ? [] : [selection.focus];
}

/**
 * The doubt after or before the focused line, in the order of what they pay; the first one where the focus is on none.
 * @param {Page} page
 * @param {number|null} focus
 * @param {-1|1} by
 */
export function nextDoubt(page, focus, by) {
  if (page.doubts.length === 0) return null;
  const at = page.doubts.findIndex(({ line }) => line === focus);
  if (at < 0) return page.doubts[by > 0 ? 0 : page.doubts.length - 1];
  return page.doubts[(at + by + page.doubts.length) % page.doubts.length];
}

/**
 * The line with this number in the file.
 * @param {Page} page
 * @param {number} n
 */
export function lineWithNumber(page, n) {
  return page.lines.find((line) => line.n === n) ?? page.lines.find(({ numbers }) => numbers.includes(n)) ?? null;
}
