// @ts-check
/**
 * What changed between two readings of a page: the lines to be marked, and a sentence for the editor.
 *
 * @import { Article, Page, Translate } from './types.js'
 */
import { shortened, textDifference } from './text.js';

/**
 * @typedef {{lines: Set<number>, notes: Note[]}} Difference
 * @typedef {{what: 'role', line: number, n: number, before: string, after: string}
 *   | {what: 'text', line: number, n: number, before: string, after: string}
 *   | {what: 'article', line: number, n: number, before: number|null, after: number|null}
 *   | {what: 'order', article: number}
 *   | {what: 'field', article: number, field: string, before: string, after: string}
 *   | {what: 'masthead', field: string, before: string, after: string}
 *   | {what: 'count', before: number, after: number}
 *   | {what: 'looked', after: boolean}} Note
 */

/**
 * @param {Page} before
 * @param {Page} after
 * @returns {Difference}
 */
export function difference(before, after) {
  const same = corresponding(before, after);
  /** @type {Note[]} */
  const notes = [];
  /** @type {Set<number>} */
  const lines = new Set();
  for (const line of after.lines) {
    const old = before.lines[line.i];
    if (!old) { lines.add(line.i); continue; }
    const place = { line: line.i, n: line.n };
    if (old.text !== line.text) notes.push({ what: 'text', ...place, before: old.text, after: line.text });
    if (old.role !== line.role) notes.push({ what: 'role', ...place, before: old.role, after: line.role });
    const was = old.article === null ? null : same.get(old.article) ?? -1;
    if (was !== line.article) notes.push({ what: 'article', ...place, before: old.article, after: line.article });
  }
  for (const note of notes) if ('line' in note) lines.add(note.line);
  notes.push(...headNotes(before, after, same, lines));
  if (before.looked !== after.looked) notes.push({ what: 'looked', after: after.looked });
  return { lines, notes };
}

/**
 * Changes of the articles' heads, of their number and order, and of the masthead.
 * @param {Page} before
 * @param {Page} after
 * @param {Map<number, number>} same
 * @param {Set<number>} lines  gets the lines whose order changed
 * @returns {Note[]}
 */
function headNotes(before, after, same, lines) {
  /** @type {Note[]} */
  const notes = [];
  if (before.articles.length !== after.articles.length) {
    notes.push({ what: 'count', before: before.articles.length, after: after.articles.length });
  }
  for (const old of before.articles) {
    const article = after.articles.find(({ k }) => k === same.get(old.k));
    if (!article) continue;
    const kept = new Set(article.lines);
    const order = old.lines.filter((i) => kept.has(i));
    const now = article.lines.filter((i) => order.includes(i));
    const moved = now.filter((i, at) => order[at] !== i);
    moved.forEach((i) => lines.add(i));
    if (moved.length > 0) notes.push({ what: 'order', article: article.k });
    for (const field of FIELDS) {
      const [a, b] = [old, article].map((each) => fieldText(each, field));
      if (a !== b) notes.push({ what: 'field', article: article.k, field, before: a, after: b });
    }
  }
  for (const field of /** @type {const} */ (['paper', 'date', 'issue', 'page'])) {
    const [a, b] = [before, after].map(({ masthead }) => String(masthead[field] ?? ''));
    if (a !== b) notes.push({ what: 'masthead', field, before: a, after: b });
  }
  return notes;
}

const FIELDS = /** @type {const} */ (['title', 'kicker', 'subtitle', 'column', 'authors', 'byline', 'kind', 'themes']);

/**
 * @param {Article} article
 * @param {typeof FIELDS[number]} field
 */
function fieldText(article, field) {
  if (field === 'authors') return article.authors.join(' ');
  if (field === 'themes') return article.themes.map(({ name }) => name).join(' ');
  return article[field];
}

/**
 * The articles before and after that share most lines: their positions change when one is put before them.
 * @param {Page} before
 * @param {Page} after
 * @returns {Map<number, number>} from position to position
 */
function corresponding(before, after) {
  /** @type {Map<number, number>} */
  const result = new Map();
  const taken = new Set();
  for (const article of [...before.articles].sort((a, b) => b.lines.length - a.lines.length)) {
    /** @type {Map<number, number>} */
    const votes = new Map();
    for (const i of article.lines) {
      const k = after.lines[i]?.article;
      if (k !== null && k !== undefined && !taken.has(k)) votes.set(k, (votes.get(k) ?? 0) + 1);
    }
    const [best] = [...votes].sort((a, b) => b[1] - a[1]);
    if (!best) continue;
    result.set(article.k, best[0]);
    taken.add(best[0]);
  }
  return result;
}

/**
 * A sentence of at most three changes: before → after.
 * @param {Difference} changes
 * @param {Translate} t
 */
export function sentence({ notes }, t) {
  const parts = [...roleParts(notes, t), ...articleParts(notes, t), ...notes.map((note) => part(note, t)).filter(Boolean)];
  const shown = parts.slice(0, 3).join(t('diff.and'));
  return parts.length > 3 ? `${shown}${t('diff.more', parts.length - 3)}` : shown;
}

/**
 * Lines that got the same role are one part of the sentence.
 * @param {Note[]} notes
 * @param {Translate} t
 */
function roleParts(notes, t) {
  /** @type {Map<string, {n: number, count: number, before: string, after: string}>} */
  const kinds = new Map();
  for (const note of notes) {
    if (note.what !== 'role') continue;
    const kind = kinds.get(`${note.before} ${note.after}`) ?? { n: note.n, count: 0, before: note.before, after: note.after };
    kinds.set(`${note.before} ${note.after}`, { ...kind, count: kind.count + 1 });
  }
  return [...kinds.values()].map(({ n, count, before, after }) => {
    const where = count === 1 ? t('diff.line', n) : t('diff.lines', count);
    return t('diff.change', where, t(`role.${before}`), t(`role.${after}`));
  });
}

/**
 * @param {Note[]} notes
 * @param {Translate} t
 */
function articleParts(notes, t) {
  /** @type {Map<string, {n: number, count: number, to: number|null}>} */
  const targets = new Map();
  for (const note of notes) {
    if (note.what !== 'article') continue;
    const target = targets.get(String(note.after)) ?? { n: note.n, count: 0, to: note.after };
    targets.set(String(note.after), { ...target, count: target.count + 1 });
  }
  return [...targets.values()].map(({ n, count, to }) => {
    const where = count === 1 ? t('diff.line', n) : t('diff.lines', count);
    return to === null ? t('diff.out', where) : t('diff.to', where, to + 1);
  });
}

/**
 * @param {Note} note
 * @param {Translate} t
 */
function part(note, t) {
  switch (note.what) {
    case 'text': {
      const { before, after } = textDifference(note.before, note.after);
      return t('diff.change', t('diff.line', note.n), t('diff.quoted', shortened(before)), t('diff.quoted', shortened(after)));
    }
    case 'order': return t('diff.order', note.article + 1);
    case 'count': return t('diff.count', note.before, note.after);
    case 'looked': return t(note.after ? 'looked.done' : 'looked.undone');
    case 'field': {
      const [before, after] = note.field === 'kind'
        ? [t(`kind.${note.before}`), t(`kind.${note.after}`)] : [note.before, note.after].map((text) => shortened(text) || t('diff.none'));
      return t('diff.change', t(`field.${note.field}`), before, after);
    }
    case 'masthead': return t('diff.change', t(`field.${note.field}`), note.before || t('diff.none'), note.after || t('diff.none'));
    default: return '';
  }
}
