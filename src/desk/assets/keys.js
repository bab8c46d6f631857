// @ts-check
/**
 * The table of keys. It handles the keys and makes the buttons and the list of keys, so that these cannot differ.
 */

/**
 * @typedef {'roles'|'articles'|'lines'|'doubts'|'themes'|'page'|'desk'} KeyGroup
 * @typedef {object} Key
 * @property {string} command
 * @property {string} key  as `pressed` returns it
 * @property {KeyGroup} group
 * @property {string} label  id of a message
 * @property {'page'|'lines'|'any'} where  on a page; on a page unless another list or control has the focus; everywhere
 */

/** @type {[string, string][]} */
const ROLES = [['kicker', 'K'], ['title', 'T'], ['subtitle', 'U'], ['column', 'C'], ['byline', 'B'], ['subhead', 'H'], ['body', 'A'],
  ['caption', 'P'], ['credit', 'R'], ['jump', 'J'], ['furniture', 'F']];

/** How many themes have a key. */
export const THEME_KEYS = 8;

/**
 * @param {string} command
 * @param {string} key
 * @param {KeyGroup} group
 * @param {Key['where']} [where]
 * @returns {Key}
 */
const key = (command, key, group, where = 'page') => ({ command, key, group, where, label: `cmd.${command}` });

/** @type {Key[]} */
export const KEYS = [
  ...ROLES.map(([role, letter]) => ({ ...key(`role:${role}`, letter, 'roles'), label: `role.${role}` })),
  key('new', 'N', 'articles'),
  key('merge', 'M', 'articles'),
  key('split', 'S', 'articles'),
  key('move', 'O', 'articles'),
  key('earlier', '[', 'articles'),
  key('later', ']', 'articles'),
  key('edit', 'E', 'articles'),
  key('headline', 'G', 'articles'),
  key('up', 'ArrowUp', 'lines', 'lines'),
  key('down', 'ArrowDown', 'lines', 'lines'),
  key('extend-up', 'Shift+ArrowUp', 'lines', 'lines'),
  key('extend-down', 'Shift+ArrowDown', 'lines', 'lines'),
  key('first', 'Home', 'lines', 'lines'),
  key('last', 'End', 'lines', 'lines'),
  key('all', 'Ctrl+A', 'lines', 'lines'),
  key('doubt-next', '.', 'doubts'),
  key('doubt-previous', ',', 'doubts'),
  ...Array.from({ length: THEME_KEYS }, (_, n) => ({ ...key(`theme:${n}`, String(n + 1), 'themes'), label: 'cmd.theme' })),
  key('theme-yes', 'Y', 'themes'),
  key('theme-no', 'V', 'themes'),
  key('looked', 'Enter', 'page', 'lines'),
  key('undo', 'Z', 'page'),
  key('redo', 'Shift+Z', 'page'),
  key('undo', 'Ctrl+Z', 'page'),
  key('redo', 'Ctrl+Shift+Z', 'page'),
  key('queue', 'L', 'desk', 'any'),
  key('help', '?', 'desk', 'any'),
  key('close', 'Escape', 'desk', 'any'),
];

/** The key that is shown for a command: the first one in the table.
 * @param {string} command */
export const keyFor = (command) => KEYS.find((entry) => entry.command === command)?.key;

/** What Chinese keyboards type in place of a key. */
const SAME = new Map([['。', '.'], ['，', ','], ['、', ','], ['【', '['], ['】', ']'], ['「', '['], ['」', ']'], ['？', '?']]);

/** What a key is called while an input method has it, which then tells its place alone.
 * @type {Map<string, string>} */
const PLACES = new Map([['Period', '.'], ['Comma', ','], ['BracketLeft', '['], ['BracketRight', ']'], ['Slash', '?'],
  ['Enter', 'Enter'], ['Escape', 'Escape']]);

/**
 * The pressed key as the table names it: letters large, Shift only with letters and named keys, ⌘ as Ctrl.
 * @param {Pick<KeyboardEvent, 'key'|'code'|'shiftKey'|'ctrlKey'|'metaKey'|'altKey'>} event
 * @returns {string|null} null: a combination that belongs to the browser
 */
export function pressed({ key: name, code, shiftKey, ctrlKey, metaKey, altKey }) {
  if (altKey) return null;
  const place = code.replace(/^(Key|Digit)/, '');
  const typed = name === 'Process' || name === 'Unidentified' ? PLACES.get(code) ?? (place.length === 1 ? place : name) : name;
  const base = SAME.get(typed) ?? (typed.length === 1 ? typed.toUpperCase() : typed);
  const shift = shiftKey && (base.length > 1 || /[A-Z]/.test(base)) ? 'Shift+' : '';
  return `${ctrlKey || metaKey ? 'Ctrl+' : ''}${shift}${base}`;
}

/**
 * The entry for an event. Fields and lists keep the keys that they use themselves.
 * @param {KeyboardEvent} event
 * @param {{page: boolean, letters: boolean}} now  whether a page is shown, and whether keys without Ctrl are on
 * @returns {Key|null}
 */
export function commandOf(event, now) {
  if (event.isComposing || event.defaultPrevented) return null;
  const target = /** @type {Element|null} */ (event.target instanceof Element ? event.target : null);
  const name = pressed(event);
  const entry = KEYS.find(({ key: own, where }) => own === name && (where === 'any' || now.page));
  if (!entry || (isField(target) && entry.command !== 'close')) return null;
  if (entry.where === 'lines' && target?.closest('a, button, summary, [role=separator], [role=toolbar], [role=tablist]')) return null;
  if (!now.letters && entry.key.length === 1) return null;
  return entry;
}

/** @param {Element|null} element */
function isField(element) {
  return element?.closest('input:not([type=checkbox], [type=radio], [type=button]), textarea, select, [contenteditable]') != null;
}

/** A key as people read it.
 * @param {string} name */
export function keyName(name) {
  const arrows = { ArrowUp: '↑', ArrowDown: '↓', Enter: '↵', Escape: 'Esc' };
  return name.split('+').map((part) => arrows[/** @type {keyof typeof arrows} */ (part)] ?? part).join(' ');
}
