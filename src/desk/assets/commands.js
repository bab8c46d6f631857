// @ts-check
/**
 * What keys and buttons do: each command of the table of keys.
 *
 * @import { Action, Desk, Role } from './types.js'
 */
import { helpDialog } from './dialogs.js';
import { answerTheme, toggleTheme } from './head_form.js';
import { moveDialog } from './move_dialog.js';
import { chosen, groups, nextDoubt, nothing, step } from './selection.js';
import { nextRow } from './state.js';

/**
 * @typedef {object} Parts  what commands need beside the desk
 * @property {() => import('./session.js').Session|null} session
 * @property {() => ReturnType<typeof import('./page_view.js').pageView>} view
 */

/**
 * @param {Desk} desk
 * @param {Parts} parts
 * @returns {(command: string) => void}
 */
export function commands(desk, { session, view }) {
  const { store, t } = desk;
  const order = () => store.state.page ? groups(store.state.page, store.state.order).flatMap(({ lines }) => lines) : [];

  /** Does something with the selected lines. @param {(lines: number[]) => Action|null} action */
  const withLines = (action) => {
    const lines = chosen(store.state.selection);
    if (lines.length === 0) return desk.say(t('lines.none'), 'note');
    const wanted = action(lines);
    if (wanted) desk.act(wanted);
  };

  /** @param {number} by @param {boolean} extend */
  const go = (by, extend) => {
    const selection = step(store.state.selection, order(), by, extend);
    store.set({ selection });
    if (selection.focus === null) return;
    view().reveal(selection.focus);
    view().focusLines();
  };

  /** @param {-1|1} by */
  const doubt = (by) => {
    const { page, selection } = store.state;
    const next = page && nextDoubt(page, selection.focus, by);
    if (!next) return desk.say(t('page.nodoubts'), 'note');
    desk.select(next.line, 'only');
    if (next.article !== null) store.set({ article: next.article });
    view().focusLines();
  };

  const ownArticle = () => {
    const { page, selection, article } = store.state;
    const own = selection.focus === null ? null : page?.lines[selection.focus]?.article ?? null;
    return own ?? article;
  };

  /** @type {Record<string, () => void>} */
  const table = {
    'new': () => withLines((lines) => ({ do: 'new', lines })),
    'split': () => withLines((lines) => ({ do: 'split', lines })),
    'move': () => withLines((lines) => {
      moveDialog(desk, lines);
      return null;
    }),
    'merge': () => {
      const article = ownArticle();
      if (article !== null) desk.act({ do: 'merge', article });
    },
    'earlier': () => withLines((lines) => ({ do: 'order', lines, by: -1 })),
    'later': () => withLines((lines) => ({ do: 'order', lines, by: 1 })),
    'edit': () => {
      const { focus } = store.state.selection;
      if (focus === null) desk.say(t('lines.none'), 'note'); else desk.editText(focus);
    },
    'headline': () => view().editTitle(),
    'up': () => go(-1, false),
    'down': () => go(1, false),
    'extend-up': () => go(-1, true),
    'extend-down': () => go(1, true),
    'first': () => go(-Infinity, false),
    'last': () => go(Infinity, false),
    'all': () => {
      const { page, selection } = store.state;
      const own = page?.articles.find(({ k }) => k === ownArticle());
      if (own) store.set({ selection: { ...selection, lines: new Set(own.lines), focus: selection.focus ?? own.lines[0] } });
    },
    'doubt-next': () => doubt(1),
    'doubt-previous': () => doubt(-1),
    'theme-yes': () => answerTheme(desk, true),
    'theme-no': () => answerTheme(desk, false),
    'looked': () => {
      const { page, pages, filters } = store.state;
      if (!page) return;
      if (!page.looked) desk.setLooked(true);
      const next = nextRow(pages, filters, page.name);
      if (next) desk.go(`?page=${encodeURIComponent(next.name)}`); else desk.say(t('done.last'), 'note');
    },
    'undo': () => session()?.undo(),
    'redo': () => session()?.redo(),
    'queue': () => desk.go('?view=queue'),
    'help': () => helpDialog(desk),
    'close': () => {
      const { selection } = store.state;
      if (selection.lines.size > 1 && selection.focus !== null) desk.select(selection.focus, 'only');
      else store.set({ selection: nothing() });
    },
  };
  return (command) => {
    if (command.startsWith('role:')) {
      const role = /** @type {Role} */ (command.slice(5));
      withLines((lines) => ({ do: 'role', lines, role }));
    } else if (command.startsWith('theme:')) {
      const theme = store.state.site.themes[Number(command.slice(6))];
      if (theme) toggleTheme(desk, theme.id);
    } else table[command]?.();
  };
}
