// @ts-check
/**
 * The store: one object with everything that is shown. Views name the fields that they show, and are called when one of them is
 * replaced; values are never changed in place.
 *
 * @import { Filters, Page, Row, State } from './types.js'
 */

export class Store {
  /** @type {{fields: Set<string>, view: () => void}[]} */
  #views = [];

  /** @param {State} state */
  constructor(state) {
    this.state = state;
  }

  /**
   * Calls the view whenever one of the fields has been replaced.
   * @param {(keyof State)[]} fields
   * @param {() => void} view
   */
  on(fields, view) {
    this.#views.push({ fields: new Set(fields), view });
  }

  /** @param {Partial<State>} change */
  set(change) {
    const before = this.state;
    this.state = { ...before, ...change };
    const fields = /** @type {(keyof State)[]} */ (Object.keys(change)).filter((field) => before[field] !== this.state[field]);
    for (const { fields: shown, view } of this.#views) if (fields.some((field) => shown.has(field))) view();
  }
}

/** @returns {Filters} */
export const noFilters = () => ({ paper: '', day: '', worst: '', looked: '', words: '' });

/**
 * The rows that pass, in the server's order: what a look pays most comes first.
 * @param {Row[]} rows
 * @param {Filters} filters
 */
export function filtered(rows, { paper, day, worst, looked, words }) {
  const searched = words.trim().toLowerCase();
  return rows.filter((row) => (paper === '' || row.paper === paper)
    && (day === '' || row.date === day)
    && (worst === '' || row.worst === worst)
    && (looked === '' || row.looked === (looked === 'yes'))
    && (searched === '' || `${row.name} ${row.paper ?? ''} ${row.date ?? ''}`.toLowerCase().includes(searched)));
}

/**
 * The page to look at after this one: the next of the filtered queue that has not been looked at.
 * @param {Row[]} rows
 * @param {Filters} filters
 * @param {string|null} name
 */
export function nextRow(rows, filters, name) {
  const shown = filtered(rows, { ...filters, looked: '' });
  const at = shown.findIndex((row) => row.name === name);
  const order = [...shown.slice(at + 1), ...shown.slice(0, Math.max(0, at))];
  return order.find((row) => !row.looked && row.name !== name) ?? null;
}

/**
 * The article that the pane shows: that of the focused line, else the one that was shown, else the first.
 * @param {Page} page
 * @param {number|null} focus
 * @param {number|null} shown
 */
export function shownArticle(page, focus, shown) {
  const own = focus === null ? null : page.lines[focus]?.article ?? null;
  if (own !== null) return own;
  const kept = page.articles.find(({ k }) => k === shown) ?? page.articles[0];
  return kept?.k ?? null;
}
