// @ts-check
/**
 * The view of one page: its head with doubts and "looked at", the toolbar, and the three panes.
 *
 * @import { Desk } from './types.js'
 */
import { articlePane } from './article_pane.js';
import { button, byId, h, setAttributes, setText } from './dom.js';
import { facsimilePane } from './facsimile_pane.js';
import { KEYS, keyName } from './keys.js';
import { linesPane } from './lines_pane.js';
import { panesOf } from './panes.js';
import { textEditor } from './text_editor.js';

/** @param {Desk} desk */
export function pageView(desk) {
  const { store, t } = desk;
  const facsimile = facsimilePane(desk);
  const lines = linesPane(desk);
  const article = articlePane(desk);
  const editor = textEditor(desk, lines);
  lines.body.prepend(toolbar(desk));
  const panes = panesOf([
    { id: 'page', label: t('pane.page'), tools: facsimile.tools, body: facsimile.body },
    { id: 'lines', label: t('pane.lines'), tools: lines.tools, body: lines.body },
    { id: 'article', label: t('pane.article'), tools: article.tools, body: article.body },
  ], t);

  const title = h('h1', { id: 'page-title' });
  const source = h('p', { class: 'note' });
  const doubts = h('output', {});
  const previous = doubtButton('doubt-previous', '‹');
  const next = doubtButton('doubt-next', '›');
  const findings = h('a', { class: 'finding-count' });
  const looked = h('button', { type: 'button', class: 'looked', on: { click: () => desk.setLooked(false) } });
  const done = button({ label: t('cmd.looked'), key: '↵', class: 'primary', on: () => desk.run('looked') });
  done.setAttribute('aria-keyshortcuts', 'Enter');
  byId('page').replaceChildren(h('header', { class: 'page-head' },
    h('div', { class: 'names' }, title, source), findings, h('div', { class: 'doubts', role: 'group', 'aria-label': t('group.doubts') }, previous, doubts, next),
    panes.choice, h('div', { class: 'tools' }, looked, done)), panes.row);

  /** @param {string} command @param {string} sign */
  function doubtButton(command, sign) {
    const key = KEYS.find((entry) => entry.command === command)?.key ?? '';
    return h('button', { type: 'button', class: 'quiet', 'aria-label': t(`cmd.${command}`), title: `${t(`cmd.${command}`)} ${key}`,
      'aria-keyshortcuts': key, on: { click: () => desk.run(command) } }, sign, ' ', h('kbd', { 'aria-hidden': 'true' }, key));
  }

  function show() {
    const { page, selection } = store.state;
    if (!page) return;
    const { paper, date, page: number } = page.masthead;
    setText(title, [paper, date, number !== null && t('queue.pageno', number)].filter(Boolean).join(' ') || page.name);
    setText(source, page.name);
    source.title = `${page.file} · ${page.sidecar}`;
    const at = page.doubts.findIndex(({ line }) => line === selection.focus);
    setText(doubts, page.doubts.length === 0 ? t('page.nodoubts')
      : at < 0 ? t('page.doubts', page.doubts.length) : `${t('page.doubt', at + 1, page.doubts.length)} ${t(`doubt.${page.doubts[at].kind}`)}`);
    previous.disabled = next.disabled = page.doubts.length === 0;
    looked.hidden = !page.looked;
    setText(looked, `✓ ${t('looked.done')}`);
    setAttributes(looked, { title: t('looked.take-back'), 'aria-label': `${t('looked.done')}，${t('looked.take-back')}` });
    findings.hidden = page.findings.length === 0;
    setText(findings, t('page.findings', page.findings.length));
    const first = page.findings.find(({ line }) => line !== null);
    setAttributes(findings, { href: '?view=findings', title: page.findings.map(({ message }) => message).join('\n'), 'data-line': first?.line ?? null });
  }
  store.on(['page', 'selection'], show);

  return {
    /** Shows a line in all panes but the one in which it was chosen. @param {number} i @param {string} [from] */
    reveal(i, from) {
      lines.reveal(i);
      if (from !== 'page') facsimile.reveal(i);
    },
    focusLines: lines.focus,
    /** @param {number} i */
    editText(i) {
      panes.open('lines');
      lines.reveal(i);
      editor.open(i);
    },
    editTitle() {
      panes.open('article');
      article.focusTitle();
    },
  };
}

/** The actions on selected lines as buttons, in the order of the table of keys. ← and → go from button to button. @param {Desk} desk */
function toolbar(desk) {
  const { store, t } = desk;
  const ofGroup = (/** @type {string} */ group) => KEYS.filter((entry) => entry.group === group).map((entry) => {
    const made = button({ label: t(entry.label), key: keyName(entry.key), on: () => desk.run(entry.command) });
    made.dataset.command = entry.command;
    return made;
  });
  const roles = ofGroup('roles');
  const actions = ofGroup('articles');
  const all = [...roles, ...actions];
  const count = h('p', { class: 'count', 'aria-live': 'off' });
  const element = h('div', { class: 'toolbar', role: 'toolbar', 'aria-label': t('lines.tools') },
    h('div', { class: 'roles' }, ...roles), h('div', { class: 'actions' }, ...actions, count));
  all.forEach((each, at) => {
    each.tabIndex = at === 0 ? 0 : -1;
    each.addEventListener('focus', () => all.forEach((other) => { other.tabIndex = other === each ? 0 : -1; }));
    each.addEventListener('keydown', (event) => {
      const by = { ArrowLeft: -1, ArrowRight: 1, Home: -at, End: all.length - 1 - at }[event.key];
      if (by === undefined) return;
      event.preventDefault();
      all[(at + by + all.length) % all.length].focus();
    });
  });
  const show = () => {
    const { page, selection } = store.state;
    const chosenRoles = new Set([...selection.lines].map((i) => page?.lines[i]?.role));
    for (const each of roles) setAttributes(each, { 'aria-pressed': String(chosenRoles.has(/** @type {any} */ (each.dataset.command?.slice(5)))) });
    setText(count, selection.lines.size > 1 ? t('lines.selected', selection.lines.size) : '');
  };
  store.on(['page', 'selection'], show);
  return element;
}
