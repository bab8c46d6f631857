// @ts-check
/**
 * Dialogs: their common form; the list of keys, the log of a page, and the question about edited files.
 *
 * @import { Choice, Conflict, ConflictKind, Desk } from './types.js'
 */
import { h } from './dom.js';
import { KEYS, keyName } from './keys.js';
import { labelText } from './messages.js';

let count = 0;

/**
 * Shows a modal dialog, which Escape closes; it is removed when it is closed.
 * @param {{title: string, close: string, class?: string, content: (Node|null)[], closed?: () => void}} options
 */
export function dialog({ title, close, content, closed, class: name }) {
  const id = `dialog-${count += 1}`;
  const element = h('dialog', { class: name, 'aria-labelledby': id },
    h('div', { class: 'dialog-head' }, h('h2', { id, tabindex: '-1', autofocus: true }, title),
      h('button', { type: 'button', class: 'quiet close', 'aria-label': close, on: { click: () => element.close() } }, '×')),
    h('div', { class: 'content' }, ...content));
  element.addEventListener('close', () => {
    element.remove();
    closed?.();
  });
  // a click beside the dialog
  element.addEventListener('click', (event) => { if (event.target === element) element.close(); });
  document.body.append(element);
  element.showModal();
  return element;
}

const LETTERS = 'wenzhai-desk-no-letters';

/** Whether single letters and digits are keys; who dictates, or hits keys by mistake, can turn them off. */
export function lettersOn() {
  try { return localStorage.getItem(LETTERS) === null; } catch { return true; }
}

/** @param {Desk} desk */
export function helpDialog({ t, store }) {
  const switcher = h('input', { type: 'checkbox', checked: lettersOn(), on: {
    change: () => {
      // storage may be blocked
      try { switcher.checked ? localStorage.removeItem(LETTERS) : localStorage.setItem(LETTERS, '1'); } catch {}
    },
  } });
  /** @type {Map<string, import('./keys.js').Key[]>} */
  const byGroup = new Map();
  for (const entry of KEYS) byGroup.set(entry.group, [...byGroup.get(entry.group) ?? [], entry]);
  const parts = [...byGroup].map(([group, entries]) => h('section', {}, h('h3', {}, t(`group.${group}`)), h('dl', {},
    ...commands(entries).map((keys) => h('div', {}, h('dt', {}, ...keys.map(({ key }) => h('kbd', {}, keyName(key)))),
      h('dd', {}, label(keys[0])))))));
  dialog({ title: t('help.title'), close: t('close'), class: 'help', content: [
    h('div', { class: 'keys' }, ...parts), h('p', { class: 'note' }, t('help.mouse')),
    h('p', {}, h('label', {}, switcher, ' ', t('help.letters'))),
  ] });

  /** @param {import('./keys.js').Key} entry */
  function label({ command, label: id }) {
    const theme = command.startsWith('theme:') ? store.state.site.themes[Number(command.slice(6))] : null;
    return t(id, theme?.name ?? command.slice(6));
  }
}

/** Keys of the same command together. @param {import('./keys.js').Key[]} entries */
function commands(entries) {
  /** @type {Map<string, import('./keys.js').Key[]>} */
  const result = new Map();
  for (const entry of entries) result.set(entry.command, [...result.get(entry.command) ?? [], entry]);
  return [...result.values()];
}

/** A time in UTC as the clock on the wall shows it; one that is none as it is. @param {string} time */
function localTime(time) {
  const parsed = new Date(time);
  return Number.isNaN(parsed.getTime()) ? time : parsed.toLocaleString(document.documentElement.lang || undefined);
}

/** @param {Desk} desk @param {string} page */
export async function logDialog({ t, api }, page) {
  const { entries } = await api.log(page);
  const list = entries.map(({ time, label, undone }) => h('li', { class: undone ? 'undone' : '' },
    h('time', { datetime: time }, localTime(time)), ' ', h('span', {}, labelText(label, t)), undone && h('small', {}, ` ${t('log.undone')}`)));
  dialog({ title: `${t('log.title')} · ${page}`, close: t('close'), content: [
    list.length > 0 ? h('ol', { class: 'log' }, ...list) : h('p', { class: 'note' }, t('log.none')),
  ] });
}

/** The choices of each kind of conflict, with the classes of their buttons. @type {Record<ConflictKind, [Choice, string][]>} */
const CHOICES = {
  act: [['adopt', 'primary'], ['keep', ''], ['discard', 'danger']],
  // what undoing brings back is not known to the corrections, so that an edit cannot be said by them
  step: [['keep', 'primary'], ['discard', 'danger']],
  rest: [['part', 'primary'], ['keep', '']],
};

/**
 * Shows what a person edited, and asks what should become of it.
 * @param {Desk} desk
 * @param {Conflict[]} files
 * @param {ConflictKind} about
 * @returns {Promise<Choice|null>} null where the dialog was closed: the action is not done
 */
export function conflictDialog({ t }, files, about) {
  return new Promise((resolve) => {
    /** @type {Choice|null} */
    let choice = null;
    /** @param {Choice} which @param {string} [name] */
    const choose = (which, name) => h('button', { type: 'button', class: name, on: { click: () => { choice = which; element.close(); } } }, t(`conflict.${which}`));
    const element = dialog({ title: t(about === 'rest' ? 'conflict.rest-title' : 'conflict.title'), close: t('close'), class: 'conflict', closed: () => resolve(choice), content: [
      h('p', {}, t(about === 'rest' ? 'conflict.rest-about' : 'conflict.about')),
      ...files.map(({ file, title, difference }) => h('section', {}, h('h3', {}, title, ' ', h('code', {}, file)), differenceOf(difference, file))),
      h('p', { class: 'buttons' }, ...CHOICES[about].map(([which, name]) => choose(which, name))),
    ] });
  });
}

/** A unified difference; the signs + and - tell the lines apart as the colours do. @param {string} text @param {string} label */
function differenceOf(text, label) {
  return h('pre', { class: 'difference', tabindex: '0', role: 'group', 'aria-label': label }, ...text.split('\n').map((line) =>
    h(line.startsWith('+') ? 'ins' : line.startsWith('-') ? 'del' : 'span', {}, `${line}\n`)));
}
