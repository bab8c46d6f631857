// @ts-check
/**
 * Requests to the server. Addresses are relative to the desk's own. Each failure has a class of its own, because each is answered
 * in another way.
 *
 * @import { Action, Built, Choice, Conflict, Finding, Page, Published, Received, Row, Site, TargetPlan, Working } from './types.js'
 */

/** The server answered with an error; its texts are in the site's language. */
export class RequestError extends Error {
  /** @param {string} message @param {string} hint @param {number} status */
  constructor(message, hint, status) {
    super(message);
    this.hint = hint;
    this.status = status;
  }
}

/** The action was meant for another version of the page. */
export class StaleError extends Error {
  /** @param {Page} page */
  constructor(page) {
    super('stale');
    this.page = page;
  }
}

/** The action would touch files that a person edited. */
export class ConflictError extends Error {
  /** @param {Conflict[]} files @param {Page} page @param {boolean} [rest]  these edits cannot become corrections; all others can */
  constructor(files, page, rest = false) {
    super('conflict');
    this.files = files;
    this.page = page;
    this.rest = rest;
  }
}

/** There was no answer at all: the program is not running, or is being started again. */
export class UnreachableError extends Error {}

export class Api {
  /** @returns {Promise<Site>} */
  site() { return get('api/site'); }

  /** @returns {Promise<{working: Working|null, pages: Row[]}>} */
  pages() { return get('api/pages'); }

  /** @param {string} name @returns {Promise<Page>} */
  page(name) { return get(`api/page?name=${encodeURIComponent(name)}`); }

  /**
   * @param {string} page
   * @param {string} version
   * @param {Action} action
   * @param {Choice} [edited]
   * @returns {Promise<{page: Page, changed?: {lines: number[], articles: number[]}}>}
   */
  act(page, version, action, edited) { return post('api/act', { page, version, action, ...(edited && { edited }) }); }

  /** @param {string} page @param {Choice} [edited] @returns {Promise<{page: Page, label: string}>} */
  undo(page, edited) { return post('api/undo', { page, ...(edited && { edited }) }); }

  /** @param {string} page @param {Choice} [edited] @returns {Promise<{page: Page, label: string}>} */
  redo(page, edited) { return post('api/redo', { page, ...(edited && { edited }) }); }

  /** @param {string} page @param {boolean} looked @returns {Promise<{page: Page}>} */
  looked(page, looked) { return post('api/looked', { page, looked }); }

  /** @param {string} page @param {number} article @param {boolean} part  also where corrections cannot say all @returns {Promise<{page: Page}>} */
  adopt(page, article, part) { return post('api/adopt', { page, article, part }); }

  /** @returns {Promise<{groups: {page: string|null, findings: Finding[]}[]}>} */
  findings() { return get('api/findings'); }

  /** @param {string} page @returns {Promise<{entries: {time: string, label: string, undone: boolean}[]}>} */
  log(page) { return get(`api/log?page=${encodeURIComponent(page)}`); }

  /** Builds the site. @returns {Promise<Built>} */
  build() { return post('api/build', {}); }

  /** What publishing the last build would change. @returns {Promise<{targets: TargetPlan[]}>} */
  plan() { return get('api/publish'); }

  /** @param {string} target @param {string} confirm @param {boolean} despite @returns {Promise<Published>} */
  publish(target, confirm, despite) { return post('api/publish', { target, confirm, despite }); }

  /** @param {string|null} name @param {string} text @returns {Promise<Received>} */
  paste(name, text) { return post('api/paste', { name, text }); }

  /**
   * Sends a file. fetch does not say how much of the body has been sent, XMLHttpRequest does.
   * @param {File} file
   * @param {(part: number) => void} progress  0 to 1
   * @returns {Promise<Received>}
   */
  upload(file, progress) {
    return new Promise((resolve, reject) => {
      const request = new XMLHttpRequest();
      request.open('POST', `api/upload?name=${encodeURIComponent(file.name)}`);
      request.setRequestHeader('X-Wenzhai-Desk', '1');
      request.responseType = 'json';
      request.upload.onprogress = ({ loaded, total }) => progress(total > 0 ? loaded / total : 1);
      request.onerror = () => reject(new UnreachableError());
      request.onload = () => {
        if (request.status < 400 && request.response) resolve(request.response);
        else reject(failure(request.status, request.response));
      };
      request.send(file);
    });
  }
}

/** @param {string} address */
async function get(address) {
  return answer(await sent(address, { headers: { Accept: 'application/json' } }));
}

/** @param {string} address @param {unknown} body */
async function post(address, body) {
  const headers = { 'Content-Type': 'application/json', 'X-Wenzhai-Desk': '1' };
  return answer(await sent(address, { method: 'POST', headers, body: JSON.stringify(body) }));
}

/** @param {string} address @param {RequestInit} options */
async function sent(address, options) {
  try {
    return await fetch(address, { cache: 'no-store', ...options });
  } catch {
    throw new UnreachableError();
  }
}

/** @param {Response} response */
async function answer(response) {
  const body = await response.json().catch(() => null);
  if (response.ok && body !== null) return body;
  throw failure(response.status, body);
}

/** @param {number} status @param {any} body */
function failure(status, body) {
  if (status === 409 && body?.stale) return new StaleError(body.page);
  if (status === 409 && body?.conflict) return new ConflictError(body.conflict, body.page, body.rest);
  return new RequestError(body?.error ?? `HTTP ${status}`, body?.hint ?? '', status);
}
