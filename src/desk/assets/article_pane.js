// @ts-check
/**
 * The article: its head, and below it its web page in the preview, which reloads itself when the article has been written.
 *
 * @import { Article, Desk } from './types.js'
 */
import { hue } from './facsimile_pane.js';
import { h, setAttributes, setText } from './dom.js';
import { headForm } from './head_form.js';

/** @param {Desk} desk */
export function articlePane(desk) {
  const { store, t } = desk;
  const form = headForm(desk);
  const badge = h('span', { class: 'badge' });
  const open = h('a', { class: 'quiet', target: '_blank', rel: 'noopener' }, t('article.open'));
  const tools = h('div', { class: 'tools' }, badge, open);
  const edited = h('div', { class: 'edited', role: 'group', 'aria-label': t('head.edited') },
    h('p', {}, h('b', {}, t('head.edited')), ' ', h('code', {})),
    h('button', { type: 'button', on: { click: () => desk.adopt(store.state.article ?? 0) } }, t('head.adopt')),
    h('button', { type: 'button', class: 'quiet', on: { click: leave } }, t('head.leave')));
  const continues = h('p', { class: 'continues' }, h('a', {}));
  const frame = h('iframe', { class: 'preview' });
  const note = h('p', { class: 'note' });
  const head = h('div', { class: 'article-head', tabindex: '-1' }, edited, continues, form.element);
  const body = h('div', { class: 'article-body' }, head, note, frame);
  /** Files whose edits the editor wants to leave as they are. @type {Set<string>} */
  const left = new Set();

  function leave() {
    const file = current()?.file;
    if (file) left.add(file);
    show();
  }

  /** @returns {Article|null} */
  function current() {
    return store.state.page?.articles.find(({ k }) => k === store.state.article) ?? null;
  }

  function show() {
    const article = current();
    setText(badge, article ? String(article.k + 1) : '');
    badge.hidden = !article;
    badge.dataset.hue = hue(article?.k ?? null);
    edited.hidden = !article?.edited || left.has(article.file ?? '');
    setText(edited.querySelector('code') ?? badge, article?.file ?? '');
    continues.hidden = !article?.continues;
    if (article?.continues) {
      setText(continues.children[0], t('head.continues', article.continues.title));
      setAttributes(continues.children[0], { href: `?page=${encodeURIComponent(article.continues.page)}` });
    }
    showPreview(article);
  }

  /** @param {Article|null} article */
  function showPreview(article) {
    const url = article?.url ? address(article.url) : null;
    frame.hidden = open.hidden = url === null;
    note.hidden = url !== null;
    setText(note, t(article ? 'article.unwritten' : 'article.none'));
    if (!article || url === null) return;
    setAttributes(frame, { title: t('article.preview', article.title) });
    setAttributes(open, { href: url });
    // the page in the frame reloads itself; it is loaded from here only when it is another one
    if (frame.getAttribute('src') !== url) frame.setAttribute('src', url);
  }

  /** @param {string} url  below the preview's root */
  function address(url) {
    return `${store.state.site.preview.replace(/\/$/, '')}/${url.replace(/^\//, '')}`;
  }

  store.on(['page', 'article'], show);
  return { body, tools, focusTitle: form.focusTitle };
}
