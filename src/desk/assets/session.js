// @ts-check
/**
 * The work at one page: actions show at once and are sent one after another, each with the newest version of the page.
 *
 * 1. An action is put into the queue; the page with all queued actions applied is shown.
 * 2. The first job is sent. Its answer replaces the server's page; what is still queued is applied to it anew.
 * 3. Another version on the server: the queue is dropped and the editor is informed, since what was meant may not be there any more.
 *    A conflict with an edited file: the editor chooses, and the job is sent again. No connection: the job is sent until it succeeds.
 *
 * @import { Action, Choice, Conflict, ConflictKind, Page } from './types.js'
 */
import { ConflictError, RequestError, StaleError, UnreachableError } from './api.js';
import { anchorOf, reduce, resolve } from './reduce.js';

/**
 * @typedef {{kind: 'act', action: Action, anchor: number|null, edited?: Choice}
 *   | {kind: 'undo'|'redo', edited?: Choice}
 *   | {kind: 'refresh'}
 *   | {kind: 'looked', looked: boolean}
 *   | {kind: 'adopt', anchor: number|null, edited?: Choice}} Job
 *
 * @typedef {object} Listener
 * @property {(before: Page, after: Page) => void} shown  the page that is shown has changed
 * @property {(job: Job, before: Page, after: Page, label: string|null) => void} settled  the server has answered
 * @property {(dropped: number) => void} stale
 * @property {(error: RequestError) => void} failed
 * @property {(files: Conflict[], about: ConflictKind) => Promise<Choice|null>} conflict  null: the action is not done
 * @property {(online: boolean) => void} online
 * @property {() => void} gone  there is no such page any more
 */

const RETRY_MS = 1000;

export class Session {
  /** @type {Job[]} */
  #jobs = [];
  #running = false;

  /**
   * @param {Page} page
   * @param {Pick<import('./api.js').Api, 'act'|'undo'|'redo'|'looked'|'adopt'|'page'>} api
   * @param {Listener} listener
   * @param {(milliseconds: number) => Promise<void>} [wait]
   */
  constructor(page, api, listener, wait = (milliseconds) => new Promise((done) => setTimeout(done, milliseconds))) {
    this.server = page;
    this.shown = page;
    this.api = api;
    this.listener = listener;
    this.wait = wait;
  }

  get name() { return this.server.name; }

  get busy() { return this.#jobs.length > 0; }

  /** @param {Action} action */
  act(action) { this.#push({ kind: 'act', action, anchor: anchorOf(this.shown, action) }); }

  undo() { this.#push({ kind: 'undo' }); }

  redo() { this.#push({ kind: 'redo' }); }

  /** @param {boolean} looked */
  looked(looked) { this.#push({ kind: 'looked', looked }); }

  /** @param {number} article */
  adopt(article) {
    this.#push({ kind: 'adopt', anchor: this.shown.articles.find(({ k }) => k === article)?.lines[0] ?? null });
  }

  /** Reads the page again, once the queue is empty. */
  refresh() {
    // a request that has not been sent yet reads what is there then
    if (!this.#jobs.slice(this.#running ? 1 : 0).some(({ kind }) => kind === 'refresh')) this.#push({ kind: 'refresh' });
  }

  /** @param {Job} job */
  #push(job) {
    this.#jobs.push(job);
    this.#show();
    if (!this.#running) this.#run();
  }

  #show() {
    const before = this.shown;
    this.shown = this.#jobs.reduce(preview, this.server);
    if (this.shown !== before) this.listener.shown(before, this.shown);
  }

  async #run() {
    this.#running = true;
    while (this.#jobs.length > 0) await this.#first();
    this.#running = false;
  }

  async #first() {
    const job = this.#jobs[0];
    try {
      const before = this.server;
      const { page, label } = await this.#send(job);
      this.listener.online(true);
      this.#jobs.shift();
      // the same version is the same page: what is shown stays as it is
      if (page.version !== before.version || job.kind !== 'refresh') this.server = sharing(page, this.shown);
      this.#show();
      this.listener.settled(job, before, this.server, label ?? null);
    } catch (error) {
      await this.#recover(job, error);
    }
  }

  /** @param {Job} job @returns {Promise<{page: Page, label?: string}>} */
  async #send(job) {
    const { name, version } = this.server;
    switch (job.kind) {
      case 'act': return this.api.act(name, version, resolve(this.server, job.action, job.anchor), job.edited);
      case 'undo': return this.api.undo(name, job.edited);
      case 'redo': return this.api.redo(name, job.edited);
      case 'looked': return this.api.looked(name, job.looked);
      case 'adopt': return this.api.adopt(name, job.anchor === null ? 0 : this.server.lines[job.anchor]?.article ?? 0, job.edited === 'part');
      case 'refresh': return { page: await this.api.page(name) };
    }
  }

  /** @param {Job} job @param {unknown} error */
  async #recover(job, error) {
    if (error instanceof UnreachableError) {
      this.listener.online(false);
      return this.wait(RETRY_MS);
    }
    if (error instanceof StaleError) {
      const dropped = this.#jobs.splice(0).filter(({ kind }) => kind !== 'refresh').length;
      this.server = sharing(error.page, this.shown);
      this.#show();
      return this.listener.stale(dropped);
    }
    if (error instanceof ConflictError && job.kind !== 'refresh' && job.kind !== 'looked') {
      const about = error.rest ? 'rest' : job.kind === 'act' ? 'act' : 'step';
      const choice = await this.listener.conflict(error.files, about);
      this.server = error.page ?? this.server;
      if (choice === null || job.kind !== 'act' && choice === 'keep') this.#jobs.shift();
      else job.edited = choice;
      return this.#show();
    }
    this.#jobs.shift();
    this.#show();
    if (!(error instanceof RequestError)) throw error;
    if (job.kind === 'refresh' && error.status === 404) this.listener.gone();
    else this.listener.failed(error);
  }
}

/**
 * The page with the objects of those lines that are shown already, so that views see at once what has changed.
 * @param {Page} page
 * @param {Page} shown
 * @returns {Page}
 */
function sharing(page, shown) {
  return { ...page, lines: page.lines.map((line) => {
    const known = shown.lines[line.i];
    return known && JSON.stringify(known) === JSON.stringify(line) ? known : line;
  }) };
}

/**
 * @param {Page} page
 * @param {Job} job
 * @returns {Page}
 */
function preview(page, job) {
  if (job.kind === 'act') return reduce(page, resolve(page, job.action, job.anchor));
  if (job.kind === 'looked') return { ...page, looked: job.looked };
  return page;
}
