// @ts-check
/**
 * The question to which article lines should go: for keys what dragging is for the mouse, and for articles that are out of sight.
 *
 * @import { Desk } from './types.js'
 */
import { dialog } from './dialogs.js';
import { h } from './dom.js';
import { hue } from './facsimile_pane.js';

/**
 * The first nine articles have their number as a key; all of them can be reached by Tab and the arrows.
 * @param {Desk} desk
 * @param {number[]} lines
 */
export function moveDialog(desk, lines) {
  const { page } = desk.store.state;
  if (!page) return;
  /** @param {number} to */
  const move = (to) => {
    const others = lines.filter((i) => page.lines[i]?.article !== to);
    element.close();
    if (others.length > 0) desk.act({ do: 'move', lines: others, to });
  };
  const buttons = page.articles.map(({ k, title }) => h('button', { type: 'button', 'data-hue': hue(k), 'aria-keyshortcuts': k < 9 ? k + 1 : null,
    disabled: lines.every((i) => page.lines[i]?.article === k), on: { click: () => move(k) } }, h('span', { class: 'badge' }, String(k + 1)), h('span', {}, title)));
  const element = dialog({ title: desk.t('move.title', lines.length), close: desk.t('close'), class: 'move', content: [h('ul', {}, ...buttons.map((button) => h('li', {}, button)))] });
  element.addEventListener('keydown', (event) => {
    const by = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    const open = buttons.filter(({ disabled }) => !disabled);
    if (by && open.length > 0) {
      event.preventDefault();
      const at = open.findIndex((button) => button === document.activeElement);
      open[at < 0 ? (by > 0 ? 0 : open.length - 1) : (at + by + open.length) % open.length].focus();
    }
    // an input method may have the digit, whose place tells it then
    const digit = /^[1-9]$/.exec(event.key) ?? /(?:Digit|Numpad)([1-9])$/.exec(event.code);
    const button = digit && !event.ctrlKey && !event.metaKey && !event.altKey ? buttons[Number(digit.at(-1)) - 1] : undefined;
    if (!button || button.disabled) return;
    event.preventDefault();
    button.click();
  });
}
