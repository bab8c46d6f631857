// @ts-check
/**
 * Actions, applied to a page in the browser, so that their effect shows before the server has answered. The server's page replaces
 * the result: it knows the rules of import, of which this is an approximation.
 *
 * Pages are never changed in place. An article is named by `k`, its position; the position may be another one when a queued action
 * is sent, so that an action keeps a line of the article that it means (`anchorOf`) and is resolved again (`resolve`).
 *
 * @import { Action, Article, Line, Page } from './types.js'
 */

/** Roles of lines that belong to no article. */
const OUTSIDE = new Set(['furniture', 'jump']);

/**
 * @param {Page} page
 * @param {Action} action
 * @returns {Page}
 */
export function reduce(page, action) {
  switch (action.do) {
    case 'role': return setRole(page, action.lines, action.role);
    case 'new': return separate(page, action.lines.length === 1 ? toEnd(page, action.lines[0]) : action.lines);
    case 'split': return separate(page, action.lines);
    case 'merge': return merge(page, action.article);
    case 'move': return move(page, action.lines, action.to);
    case 'order': return reorder(page, action.lines, action.by);
    case 'front': return setFront(page, action.article, action.set);
    case 'masthead': return setMasthead(page, action.set);
    case 'text': return setText(page, action.line, action.text);
  }
}

/**
 * A line of the article that the action names, null where it names none.
 * @param {Page} page
 * @param {Action} action
 * @returns {number|null}
 */
export function anchorOf(page, action) {
  const k = action.do === 'move' ? action.to : action.do === 'merge' || action.do === 'front' ? action.article : null;
  return page.articles.find((article) => article.k === k)?.lines[0] ?? null;
}

/**
 * The action with the article's position on this page.
 * @param {Page} page
 * @param {Action} action
 * @param {number|null} anchor
 * @returns {Action}
 */
export function resolve(page, action, anchor) {
  const k = anchor === null ? null : page.lines[anchor]?.article ?? null;
  if (k === null) return action;
  if (action.do === 'move') return { ...action, to: k };
  if (action.do === 'merge' || action.do === 'front') return { ...action, article: k };
  return action;
}

/**
 * Lines from this one to the end of its article, in reading order.
 * @param {Page} page
 * @param {number} i
 */
function toEnd(page, i) {
  const lines = page.articles.find(({ k }) => k === page.lines[i]?.article)?.lines ?? [i];
  return lines.slice(lines.indexOf(i));
}

/**
 * @param {Page} page
 * @param {number[]} lines
 * @param {import('./types.js').Role} role
 */
function setRole(page, lines, role) {
  const chosen = new Set(lines);
  // a line that belonged to no article joins that of the line before it
  const neighbour = lines.length ? articleBefore(page, Math.min(...lines)) : null;
  const changed = page.lines.map((line) => chosen.has(line.i)
    ? { ...line, role, set: true, doubt: false, certainty: 1, article: OUTSIDE.has(role) ? null : line.article ?? neighbour }
    : line);
  const doubts = page.doubts.filter(({ line, kind }) => !(chosen.has(line) && (kind === 'headline' || kind === 'role')));
  return arranged({ ...page, lines: changed, doubts }, page.articles.map((article) => ({
    ...article,
    lines: withLines(article.lines.filter((i) => changed[i].article === article.k),
      lines.filter((i) => changed[i].article === article.k && page.lines[i].article !== article.k)),
  })));
}

/**
 * @param {Page} page
 * @param {number} i
 */
function articleBefore(page, i) {
  for (let at = i - 1; at >= 0; at -= 1) if (page.lines[at]?.article !== null) return page.lines[at].article;
  return page.articles[0]?.k ?? null;
}

/**
 * These lines become an article of their own, after the one that the first of them is taken from.
 * @param {Page} page
 * @param {number[]} lines
 */
function separate(page, lines) {
  if (lines.length === 0) return page;
  const chosen = new Set(lines);
  const from = page.articles.find(({ k }) => k === page.lines[lines[0]].article);
  const rest = page.articles.map((article) => ({ ...article, lines: article.lines.filter((i) => !chosen.has(i)) }));
  const order = page.articles.flatMap((article) => article.lines.filter((i) => chosen.has(i)));
  const own = [...order, ...lines.filter((i) => !order.includes(i))];
  rest.splice(from ? page.articles.indexOf(from) + 1 : rest.length, 0, emptyArticle(page, own));
  const all = page.lines.map((line) => chosen.has(line.i)
    ? { ...line, set: true, doubt: false, role: OUTSIDE.has(line.role) ? /** @type {const} */ ('body') : line.role }
    : line);
  return arranged({ ...page, lines: all }, rest);
}

/**
 * @param {Page} page
 * @param {number[]} lines
 * @returns {Article}
 */
function emptyArticle(page, lines) {
  return {
    k: -1, title: '', inferred: false, kicker: '', subtitle: '', column: '', authors: [], byline: '', kind: 'news',
    date: page.masthead.date, themes: [], set: [], lines, file: null, url: null, edited: false, continues: null,
  };
}

/**
 * @param {Page} page
 * @param {number} k
 */
function merge(page, k) {
  const at = page.articles.findIndex((article) => article.k === k);
  if (at < 1) return page;
  const [before, after] = [page.articles[at - 1], page.articles[at]];
  const joined = { ...before, lines: [...before.lines, ...after.lines] };
  return arranged(page, page.articles.toSpliced(at - 1, 2, joined));
}

/**
 * @param {Page} page
 * @param {number[]} lines
 * @param {number} to
 */
function move(page, lines, to) {
  const chosen = new Set(lines);
  const all = page.lines.map((line) => chosen.has(line.i)
    ? { ...line, set: true, doubt: false, role: OUTSIDE.has(line.role) ? /** @type {const} */ ('body') : line.role }
    : line);
  return arranged({ ...page, lines: all }, page.articles.map((article) => {
    const others = article.lines.filter((i) => !chosen.has(i));
    return { ...article, lines: article.k === to ? withLines(others, lines) : others };
  }));
}

/**
 * Inserts each line after the last one that stands before it on the page.
 * @param {number[]} lines
 * @param {number[]} added
 */
function withLines(lines, added) {
  const result = [...lines];
  for (const i of [...added].sort((a, b) => a - b)) {
    result.splice(result.findLastIndex((other) => other < i) + 1, 0, i);
  }
  return result;
}

/**
 * Moves the lines past one neighbour in reading order.
 * @param {Page} page
 * @param {number[]} lines
 * @param {-1|1} by
 */
function reorder(page, lines, by) {
  const chosen = new Set(lines);
  return arranged(page, page.articles.map((article) => {
    const order = by < 0 ? [...article.lines] : article.lines.toReversed();
    for (let at = 1; at < order.length; at += 1) {
      if (chosen.has(order[at]) && !chosen.has(order[at - 1])) [order[at - 1], order[at]] = [order[at], order[at - 1]];
    }
    return { ...article, lines: by < 0 ? order : order.reverse() };
  }));
}

/**
 * @param {Page} page
 * @param {number} k
 * @param {import('./types.js').Front} set
 */
function setFront(page, k, set) {
  const doubts = 'themes' in set ? page.doubts.filter((doubt) => !(doubt.kind === 'theme' && doubt.article === k)) : page.doubts;
  return arranged({ ...page, doubts }, page.articles.map((article) => {
    if (article.k !== k) return article;
    const { themes, ...fields } = set;
    const found = Object.keys(set).filter((field) => set[/** @type {keyof typeof set} */ (field)] === null);
    const values = Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== null));
    return {
      ...article, ...values,
      themes: themes ? themes.map((id) => themeOf(article, id)) : article.themes,
      set: [...new Set([...article.set, ...Object.keys(set)])].filter((field) => !found.includes(field)),
    };
  }));
}

/**
 * @param {Article} article
 * @param {string} id
 */
function themeOf(article, id) {
  const known = article.themes.find((theme) => theme.id === id);
  return { name: id, evidence: [], ...known, id, set: true, sure: 1 };
}

/**
 * @param {Page} page
 * @param {Partial<import('./types.js').Masthead>} set
 */
function setMasthead(page, set) {
  const found = Object.entries(set).filter(([, value]) => value === null).map(([field]) => field);
  const values = Object.fromEntries(Object.entries(set).filter(([, value]) => value !== null));
  const fields = [...new Set([...page.masthead_set, ...Object.keys(set)])].filter((field) => !found.includes(field));
  return { ...page, masthead: { ...page.masthead, ...values }, masthead_set: fields };
}

/**
 * @param {Page} page
 * @param {number} i
 * @param {string} text
 */
function setText(page, i, text) {
  const lines = page.lines.map((line) => {
    if (line.i !== i) return line;
    const printed = line.printed ?? line.text;
    return { ...line, text, printed: printed === text ? null : printed, unsure: [], set: true };
  });
  const doubts = page.doubts.filter((doubt) => !(doubt.line === i && doubt.kind === 'text'));
  return arranged({ ...page, lines, doubts }, page.articles);
}

/**
 * Numbers the articles by their position, leaves out those without lines, and derives what lines say: the article of each line,
 * and the titles.
 * @param {Page} page
 * @param {Article[]} articles
 * @returns {Page}
 */
function arranged(page, articles) {
  const left = articles.filter((article) => article.lines.length > 0);
  /** @type {Map<number, number>} */
  const owner = new Map(left.flatMap((article, k) => article.lines.map((i) => /** @type {[number, number]} */ ([i, k]))));
  const lines = page.lines.map((line) => {
    const article = owner.get(line.i) ?? null;
    return article === line.article ? line : { ...line, article };
  });
  const position = new Map(left.map((article, k) => [article.k, k]));
  const doubts = page.doubts.map((doubt) => doubt.article === null ? doubt : { ...doubt, article: position.get(doubt.article) ?? null });
  return { ...page, lines, doubts, articles: left.map((article, k) => ({ ...titled(article, lines), k })) };
}

/**
 * The fields that are read from lines, where a person has not set them.
 * @param {Article} article
 * @param {Line[]} lines
 * @returns {Article}
 */
function titled(article, lines) {
  const of = (/** @type {string} */ role) => article.lines.filter((i) => lines[i].role === role).map((i) => lines[i].text).join('');
  const fields = /** @type {const} */ (['title', 'kicker', 'subtitle', 'column', 'byline']);
  const derived = fields.filter((field) => !article.set.includes(field)).map((field) => [field, of(field)]);
  const result = { ...article, ...Object.fromEntries(derived) };
  // a title without lines was inferred; it stays until the server infers another one
  if (result.title === '') result.title = article.title || lines[article.lines[0]].text;
  return result;
}
