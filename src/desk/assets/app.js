// @ts-check
/**
 * Starts the desk: reads the site, makes the views, follows addresses, keys and the server's events.
 *
 * @import { Action, Desk, Page, Route, State, Status } from './types.js'
 */
import { Api, UnreachableError } from './api.js';
import { commands } from './commands.js';
import { conflictDialog, helpDialog, lettersOn, logDialog } from './dialogs.js';
import { difference, sentence } from './diff.js';
import { byId, setAttributes, setText } from './dom.js';
import { events } from './events.js';
import { findingsView } from './findings.js';
import { intake } from './intake.js';
import { commandOf } from './keys.js';
import { labelText, translate, translator } from './messages.js';
import { pageView } from './page_view.js';
import { publishView } from './publish.js';
import { queueView } from './queue.js';
import { addressOf, routeOf } from './route.js';
import { groups, lineWithNumber, nothing, select, survive } from './selection.js';
import { Session } from './session.js';
import { Store, noFilters, shownArticle } from './state.js';

/** How long changed lines are marked. */
const MARKED_MS = 1600;
/** How long the queue may be older than the site while a page is shown: of 2,000 pages it takes a while to read. */
const QUEUE_MS = 1500;
/** How long after the last key the address follows. */
const ADDRESS_MS = 250;

const api = new Api();
start().catch((error) => {
  const lang = document.documentElement.lang;
  setText(byId('loading'), translator(lang === 'en' || lang === 'zh-Hant' ? lang : 'zh-Hans')('start.failed', error.message || 'HTTP'));
});

async function start() {
  const site = await api.site();
  const t = translator(site.lang);
  document.documentElement.lang = site.lang;
  translate(document, t);
  setText(byId('site-title'), site.title);
  setAttributes(byId('open-site'), { href: site.preview });

  /** @type {State} */
  const first = { site, pages: [], working: null, route: { view: 'queue', page: null, line: null }, page: null, selection: nothing(),
    article: null, order: 'articles', changed: new Set(), status: null, filters: noFilters(), online: true };
  const store = new Store(first);
  /** @type {Session|null} */
  let session = null;
  /** @type {ReturnType<typeof setTimeout>|undefined} */
  let addressing;
  /** @type {ReturnType<typeof setTimeout>|undefined} */
  let queueing;

  /** @type {Desk} */
  const desk = {
    store, api, t,
    act: (action) => session?.act(action),
    run: (command) => run(command),
    select(i, mode = 'only', from) {
      const { page, selection, order } = store.state;
      if (!page) return;
      const lines = groups(page, order).flatMap((group) => group.lines);
      const chosen = select(selection, lines, i, mode);
      store.set({ selection: chosen, article: shownArticle(page, i, store.state.article) });
      view.reveal(i, from);
    },
    showArticle(k) {
      const lines = store.state.page?.articles.find((article) => article.k === k)?.lines;
      if (lines?.length) desk.select(lines[0]);
    },
    editText(line) {
      desk.select(line);
      view.editText(line);
    },
    adopt: (article) => session?.adopt(article),
    setLooked: (looked) => session?.looked(looked),
    go: (address) => go(address),
    say: (text, kind = 'done') => store.set({ status: { text, kind } }),
    async reloadQueue() {
      const { pages, working } = await api.pages();
      store.set({ pages, working });
    },
  };
  const queue = queueView(desk);
  const view = pageView(desk);
  const findings = findingsView(desk);
  const publish = publishView(desk);
  intake(desk);
  const run = commands(desk, { session: () => session, view: () => view });

  // --- the work at a page ---

  /** @param {Page} page */
  function newSession(page) {
    const own = () => session === made;
    const made = new Session(page, api, {
      shown: (before, after) => { if (own()) showPage(before, after); },
      settled(job, before, after, label) {
        if (before.looked !== after.looked || job.kind !== 'refresh') refreshRow(after);
        if (!own()) return;
        const changes = difference(before, after);
        if (changes.notes.length === 0 && job.kind === 'refresh') return;
        markChanged(changes.lines);
        const what = sentence(changes, t);
        if (job.kind === 'undo' || job.kind === 'redo') desk.say(`${t(`done.${job.kind}`, labelText(label ?? before[job.kind] ?? '', t))}${what && `（${what}）`}`);
        else if (job.kind === 'refresh') desk.say(t('done.elsewhere', what), 'note');
        else desk.say(what ? t('done.saved', what) : t('done.same'));
      },
      stale: (dropped) => desk.say(t('done.stale', dropped), 'error'),
      failed: (error) => desk.say([error.message, error.hint].filter(Boolean).join(' '), 'error'),
      conflict: (files, about) => conflictDialog(desk, files, about),
      online: (online) => store.set({ online }),
      gone: () => { if (own()) go('?view=queue'); },
    });
    return made;
  }

  /** @param {Page} before @param {Page} after */
  function showPage(before, after) {
    const selection = survive(store.state.selection, before, after);
    const changes = difference(before, after);
    store.set({ page: after, selection, article: shownArticle(after, selection.focus, store.state.article) });
    if (changes.lines.size > 0) markChanged(changes.lines);
  }

  /** @type {ReturnType<typeof setTimeout>|undefined} */
  let marking;
  /** @param {Set<number>} lines */
  function markChanged(lines) {
    clearTimeout(marking);
    store.set({ changed: lines });
    marking = setTimeout(() => store.set({ changed: new Set() }), MARKED_MS);
  }

  /** The page's row in the queue, until the queue is read again. @param {Page} page */
  function refreshRow(page) {
    store.set({ pages: store.state.pages.map((row) => row.name === page.name
      ? { ...row, looked: page.looked, articles: page.articles.length, doubts: page.doubts.length, findings: page.findings.length } : row) });
  }

  // --- addresses ---

  /** @param {string} address */
  function go(address) {
    clearTimeout(addressing);
    history.pushState(null, '', address);
    follow();
  }

  async function follow() {
    const route = routeOf(location.search);
    for (const name of /** @type {const} */ (['queue', 'page', 'findings', 'publish'])) byId(name).hidden = name !== route.view;
    byId('loading').hidden = true;
    document.querySelectorAll('nav [data-view]').forEach((link) =>
      setAttributes(link, { 'aria-current': link.getAttribute('data-view') === route.view ? 'page' : null }));
    document.body.dataset.view = route.view;
    store.set({ route });
    document.title = `${route.page ?? t(`nav.${route.view}`)} · ${t('desk')}`;
    try {
      if (route.view === 'page') await openPage(route);
      if (route.view === 'findings') await findings.load();
      if (route.view === 'publish') await publish.load();
      if (route.view === 'queue') {
        await desk.reloadQueue();
        queue.focus();
      }
    } catch (error) {
      failed(error);
    }
  }

  /** @param {Route} route */
  async function openPage({ page: name, line }) {
    if (name === null) return;
    if (session?.name !== name || !session.busy) {
      const page = await api.page(name).catch((error) => {
        if (error.status === 404) desk.say(t('page.gone', name), 'error');
        throw error;
      });
      // another page was opened meanwhile
      if (store.state.route.page !== name) return;
      session = newSession(page);
      store.set({ page, selection: nothing(), article: shownArticle(page, null, null), changed: new Set() });
    }
    const page = session.shown;
    const place = (line === null ? null : lineWithNumber(page, line)?.i) ?? page.doubts[0]?.line ?? page.articles[0]?.lines[0] ?? null;
    if (place !== null) desk.select(place);
    view.focusLines();
    if (store.state.pages.length === 0) await desk.reloadQueue();
  }

  /** @param {any} error */
  function failed(error) {
    if (error instanceof UnreachableError) return store.set({ online: false });
    desk.say([error.message, error.hint].filter(Boolean).join(' '), 'error');
  }

  addEventListener('popstate', follow);
  document.addEventListener('click', (event) => {
    const link = event.target instanceof Element ? event.target.closest('a') : null;
    const href = link?.getAttribute('href');
    if (!link || !href?.startsWith('?') || event.ctrlKey || event.metaKey || event.shiftKey || event.button !== 0) return;
    event.preventDefault();
    go(href);
  });

  // --- keys ---

  document.addEventListener('keydown', (event) => {
    if (document.querySelector('dialog[open]')) return;
    const key = commandOf(event, { page: store.state.route.view === 'page' && store.state.page !== null, letters: lettersOn() });
    if (!key) return;
    event.preventDefault();
    run(key.command);
  });
  byId('open-help').addEventListener('click', () => helpDialog(desk));
  byId('open-log').addEventListener('click', () => { if (session) logDialog(desk, session.name).catch(failed); });
  byId('undo').addEventListener('click', () => run('undo'));
  byId('redo').addEventListener('click', () => run('redo'));

  // --- the bars ---

  store.on(['page', 'route'], () => {
    const { page, route } = store.state;
    for (const name of /** @type {const} */ (['undo', 'redo'])) {
      const button = /** @type {HTMLButtonElement} */ (byId(name));
      const label = page?.[name] ?? null;
      button.hidden = route.view !== 'page';
      button.disabled = label === null;
      button.title = label === null ? '' : t(`done.${name}-next`, labelText(label, t));
    }
    byId('open-log').hidden = route.view !== 'page';
  });
  // the address follows the selection once the keys rest: changing it takes the browser many milliseconds
  store.on(['page', 'selection'], () => {
    clearTimeout(addressing);
    addressing = setTimeout(() => {
      const { page, route, selection } = store.state;
      if (page && route.view === 'page' && route.page === page.name) history.replaceState(null, '', addressOf(route, page, selection.focus));
    }, ADDRESS_MS);
  });
  store.on(['status', 'online'], () => {
    const { status, online } = store.state;
    setText(byId('status'), online ? status?.text ?? '' : t('offline'));
    byId('status').className = online ? status?.kind ?? '' : 'error';
  });
  store.on(['working'], () => {
    const { working } = store.state;
    const [bar, text] = byId('working').children;
    byId('working').hidden = working === null;
    if (!working) return;
    const what = t(`working.${working.what}`);
    setAttributes(bar, { max: working.total || 1, value: working.total > 0 ? working.done : null, 'aria-label': what });
    setText(text, working.total > 0 ? `${what} ${working.done}/${working.total}` : what);
  });

  await desk.reloadQueue().catch(failed);
  await follow();
  events({
    changed(pages) {
      const name = session?.name;
      if (session && name && (pages === null || pages.includes(name))) session.refresh();
      clearTimeout(queueing);
      queueing = setTimeout(() => desk.reloadQueue().catch(failed), store.state.route.view === 'queue' ? 0 : QUEUE_MS);
      if (store.state.route.view === 'findings') findings.load().catch(failed);
    },
    working: (working) => store.set({ working }),
    online: (online) => store.set({ online }),
  });
}
