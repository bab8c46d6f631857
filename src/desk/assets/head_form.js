// @ts-check
/**
 * The head of an article and the page's masthead, edited in place; and the article's themes.
 *
 * A field is written when it loses the focus or on Enter; Escape brings back what was there. While a field is being typed in, what
 * comes from the server does not replace it.
 *
 * @import { Action, Article, Desk, Front, Kind, Masthead, Page, Theme } from './types.js'
 */
import { fitHeight, h, keyed, setAttributes, setText } from './dom.js';
import { THEME_KEYS } from './keys.js';
import { names } from './text.js';

/** Themes that are less sure than this, and that nobody has decided, are asked about. */
const DOUBTFUL = 0.7;

/** @typedef {'title'|'kicker'|'subtitle'|'column'|'authors'|'byline'|'kind'} ArticleField */
/** @type {ArticleField[]} */
const FIELDS = ['kicker', 'title', 'subtitle', 'column', 'authors', 'byline', 'kind'];
/** @type {(keyof Masthead)[]} */
const MASTHEAD = ['paper', 'date', 'page', 'issue'];

/** @param {Desk} desk */
export function headForm(desk) {
  const { store, t } = desk;
  const articleFields = new Map(FIELDS.map((name) => [name, field(name, name === 'kind' ? kinds() : input(name), desk, (value) =>
    saveFront(name, value), () => front({ [name]: null }))]));
  const mastheadFields = new Map(MASTHEAD.map((name) => [name, field(name, input(name), desk, (value) => saveMasthead(name, value),
    () => desk.act({ do: 'masthead', set: { [name]: null } }))]));
  const papers = h('datalist', { id: 'papers' });
  const inferred = h('p', { class: 'note' }, t('head.inferred'));
  const themes = themeToggles(desk);
  const articlePart = h('fieldset', { class: 'head' }, h('legend', { class: 'unseen' }, t('head.form')),
    ...[...articleFields].flatMap(([name, { row }]) => name === 'title' ? [row, inferred] : [row]));
  const element = h('form', { class: 'head-form', autocomplete: 'off', on: { submit: (/** @type {Event} */ event) => event.preventDefault() } },
    articlePart, themes.element,
    h('fieldset', { class: 'masthead' }, h('legend', {}, t('head.masthead')), ...[...mastheadFields.values()].map(({ row }) => row), papers));

  function kinds() {
    return h('select', {}, ...store.state.site.kinds.map((kind) => h('option', { value: kind }, t(`kind.${kind}`))));
  }

  /** @param {ArticleField|keyof Masthead} name */
  function input(name) {
    if (name === 'title') return h('textarea', { rows: '1' });
    return h('input', { type: name === 'date' ? 'date' : 'text', inputmode: name === 'issue' || name === 'page' ? 'numeric' : null,
      list: name === 'paper' ? 'papers' : null, placeholder: name === 'authors' ? t('head.names') : null });
  }

  /** @param {Front} set */
  function front(set) {
    const { article } = store.state;
    if (article !== null) desk.act({ do: 'front', article, set });
  }

  /** @param {ArticleField} name @param {string} value */
  function saveFront(name, value) {
    front({ [name]: name === 'authors' ? names(value) : value.replace(/\s*\n\s*/g, ' ').trim() });
  }

  /** @param {keyof Masthead} name @param {string} value */
  function saveMasthead(name, value) {
    const text = value.trim();
    const number = name === 'issue' || name === 'page';
    if (number && text !== '' && !/^\d+$/.test(text)) {
      desk.say(t('head.number', t(`field.${name}`)), 'error');
      return false;
    }
    desk.act({ do: 'masthead', set: { [name]: text === '' ? null : number ? Number(text) : text } });
  }

  function show() {
    const { page, article: k, site } = store.state;
    const article = page?.articles.find((each) => each.k === k) ?? null;
    articlePart.hidden = !article;
    if (!page) return;
    papers.replaceChildren(...site.papers.map((paper) => h('option', { value: paper })));
    const at = `${page.name} ${article?.lines[0] ?? ''}`;
    for (const [name, { show: shown }] of articleFields) {
      if (article) shown(at, name === 'authors' ? article.authors.join('、') : article[name], article.set.includes(name));
    }
    for (const [name, { show: shown }] of mastheadFields) shown(page.name, String(page.masthead[name] ?? ''), page.masthead_set.includes(name));
    inferred.hidden = !article?.inferred;
    themes.show(page, article);
  }

  store.on(['page', 'article'], show);
  return { element, focusTitle: () => articleFields.get('title')?.focus() };
}

/**
 * A labelled field with a mark where a person set it, and a button for what was found.
 * @param {string} name
 * @param {HTMLInputElement|HTMLTextAreaElement|HTMLSelectElement} control
 * @param {Desk} desk
 * @param {(value: string) => boolean|void} save  false: the value is not one that can be saved
 * @param {() => void} reset
 */
function field(name, control, { t }, save, reset) {
  let saved = '';
  let shownAt = '';
  const label = t(`field.${name}`);
  control.id = `field-${name}`;
  const mark = h('span', { class: 'mark', title: t('head.set') }, h('span', { 'aria-hidden': 'true' }, '●'), h('span', { class: 'unseen' }, t('head.set')));
  const found = h('button', { type: 'button', class: 'quiet', title: t('head.as-found', label), 'aria-label': t('head.as-found', label), on: { click: reset } }, '↺');
  const row = h('div', { class: `field field-${name}` }, h('label', { for: control.id }, label), control, h('span', { class: 'state' }, mark, found));

  const commit = () => {
    if (control.value === saved) return;
    if (save(control.value) === false) control.value = saved;
    else saved = control.value;
  };
  control.addEventListener('change', commit);
  control.addEventListener('keydown', (/** @type {Event} */ event) => {
    if (!(event instanceof KeyboardEvent) || event.isComposing) return;
    if (event.key === 'Enter' && control.tagName !== 'SELECT') {
      event.preventDefault();
      commit();
    }
    if (event.key === 'Escape') {
      event.preventDefault();
      control.value = saved;
      control.blur();
    }
  });
  return {
    row,
    focus() {
      control.focus();
      if ('select' in control) control.select();
    },
    /** @param {string} at  what the value belongs to @param {string} value @param {boolean} set */
    show(at, value, set) {
      const typing = document.activeElement === control && control.value !== saved && shownAt === at;
      if (!typing && (control.value !== value || shownAt !== at)) control.value = value;
      if (!typing) saved = value;
      shownAt = at;
      // other browsers do it by the style sheet
      if (control instanceof HTMLTextAreaElement && !CSS.supports('field-sizing', 'content')) fitHeight(control);
      mark.hidden = found.hidden = !set;
      row.classList.toggle('set', set);
    },
  };
}

/** The themes of the site as toggles, with the evidence of those that the article is filed under. @param {Desk} desk */
function themeToggles(desk) {
  const { store, t } = desk;
  const toggles = h('div', { class: 'toggles-list' });
  const evidence = h('ul', { class: 'evidence' });
  const element = h('fieldset', { class: 'themes' }, h('legend', {}, t('field.themes')), toggles, evidence);

  const buttons = keyed((/** @type {{id: string, name: string}} */ theme) => theme.id, (theme) => {
    const at = store.state.site.themes.findIndex(({ id }) => id === theme.id);
    const key = at < THEME_KEYS ? String(at + 1) : null;
    return h('button', { type: 'button', class: 'theme', 'aria-keyshortcuts': key, on: { click: () => toggleTheme(desk, theme.id) } },
      key && h('kbd', { 'aria-hidden': 'true' }, key), h('span', {}, theme.name), h('span', { class: 'sign' }));
  }, (/** @type {HTMLElement} */ button, theme) => {
    const { page, article } = store.state;
    const own = page?.articles.find(({ k }) => k === article)?.themes.find(({ id }) => id === theme.id);
    setAttributes(button, { 'aria-pressed': String(own !== undefined) });
    setText(button.children[button.children.length - 1], own === undefined ? '' : own.set ? '●' : isDoubtful(own) ? '?' : '');
  });

  return {
    element,
    /** @param {Page} page @param {Article|null} article */
    show(page, article) {
      element.hidden = !article;
      if (!article) return;
      buttons.show(toggles, store.state.site.themes);
      const doubtful = doubtfulTheme(page, article);
      evidence.replaceChildren(...article.themes.map((theme) => h('li', { class: theme === doubtful ? 'doubt' : '' },
        h('b', {}, theme.name), ' ', theme.evidence.length ? t('head.evidence', theme.evidence.join('、')) : t(theme.set ? 'head.set' : 'head.no-evidence'),
        theme === doubtful && h('span', { class: 'answer' }, `${t('head.doubtful')} ${Math.round(100 * theme.sure)}%`,
          answer('head.yes', 'Y', 'theme-yes', theme), answer('head.no', 'V', 'theme-no', theme)))));
    },
  };

  /** @param {string} label @param {string} key @param {string} command @param {Theme} theme */
  function answer(label, key, command, theme) {
    return h('button', { type: 'button', class: 'quiet', 'aria-keyshortcuts': key, 'aria-label': `${theme.name}：${t(label)}`, on: { click: () => desk.run(command) } },
      t(label), ' ', h('kbd', { 'aria-hidden': 'true' }, key));
  }
}

/** @param {Theme} theme */
const isDoubtful = (theme) => !theme.set && theme.sure < DOUBTFUL;

/**
 * The theme that Y and V answer: the least sure of those that nobody has decided.
 * @param {Page} page
 * @param {Article} article
 * @returns {Theme|null}
 */
export function doubtfulTheme(page, article) {
  const asked = page.doubts.some(({ kind, article: k }) => kind === 'theme' && k === article.k);
  const open = article.themes.filter((theme) => asked ? !theme.set : isDoubtful(theme)).sort((a, b) => a.sure - b.sure);
  return open[0] ?? null;
}

/** @param {Desk} desk @param {string} id */
export function toggleTheme(desk, id) {
  const { page, article: k } = desk.store.state;
  const article = page?.articles.find((each) => each.k === k);
  if (!article) return;
  const ids = article.themes.map((theme) => theme.id);
  desk.act({ do: 'front', article: article.k, set: { themes: ids.includes(id) ? ids.filter((each) => each !== id) : [...ids, id] } });
}

/** Decides the doubtful theme. @param {Desk} desk @param {boolean} yes */
export function answerTheme(desk, yes) {
  const { page, article: k } = desk.store.state;
  const article = page?.articles.find((each) => each.k === k);
  const theme = page && article && doubtfulTheme(page, article);
  if (!article || !theme) return;
  const ids = article.themes.map(({ id }) => id).filter((id) => yes || id !== theme.id);
  desk.act({ do: 'front', article: article.k, set: { themes: ids } });
}
