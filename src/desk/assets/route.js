// @ts-check
/**
 * Addresses of the desk: `?page=NAME&line=N` is a page, `?view=…` another view, and nothing the queue.
 *
 * @import { Page, Route } from './types.js'
 */

/**
 * @param {string} search
 * @returns {Route}
 */
export function routeOf(search) {
  const parameters = new URLSearchParams(search);
  const page = parameters.get('page');
  if (page) {
    const line = Number(parameters.get('line'));
    return { view: 'page', page, line: Number.isInteger(line) && line > 0 ? line : null };
  }
  const view = parameters.get('view');
  return { view: view === 'findings' || view === 'publish' ? view : 'queue', page: null, line: null };
}

/**
 * The address of the shown page at a line, so that loading it again leads back there.
 * @param {Route} route
 * @param {Page} page
 * @param {number|null} focus
 */
export function addressOf(route, page, focus) {
  const line = focus === null ? null : page.lines[focus]?.n;
  return `?page=${encodeURIComponent(route.page ?? page.name)}${line ? `&line=${line}` : ''}`;
}
