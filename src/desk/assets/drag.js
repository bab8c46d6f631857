// @ts-check
/**
 * Lines dragged with the mouse: onto another article, or onto the place for a new one, which appears while something is dragged.
 *
 * @import { Desk } from './types.js'
 */
import { h } from './dom.js';
import { chosen } from './selection.js';

const TYPE = 'application/x-wenzhai-lines';

/**
 * @param {HTMLElement} list
 * @param {Desk} desk
 */
export function dragging(list, desk) {
  const { store, t } = desk;
  const fresh = h('div', { class: 'drop-new', hidden: true, 'aria-hidden': 'true' }, t('lines.drop-new'));
  list.after(fresh);
  /** @type {Element|null} */
  let over = null;

  /** The group under the pointer, or the place for a new article. @param {DragEvent} event */
  const targetOf = (event) => event.target instanceof Element ? event.target.closest('.group, .drop-new') : null;

  /** @param {Element|null} element */
  const highlight = (element) => {
    if (over === element) return;
    over?.classList.remove('over');
    element?.classList.add('over');
    over = element;
  };

  const end = () => {
    highlight(null);
    fresh.hidden = true;
    list.classList.remove('dragging');
  };

  list.addEventListener('dragstart', (event) => {
    const row = event.target instanceof Element ? event.target.closest('[role=option]') : null;
    if (!row || !event.dataTransfer) return;
    const i = Number(row.getAttribute('data-i'));
    if (!store.state.selection.lines.has(i)) desk.select(i, 'only', 'lines');
    const lines = chosen(store.state.selection);
    event.dataTransfer.setData(TYPE, lines.join(' '));
    event.dataTransfer.effectAllowed = 'move';
    list.classList.add('dragging');
    // a place that appears during the event would move the dragged row away from the pointer
    setTimeout(() => { fresh.hidden = false; });
  });
  for (const element of [list, fresh]) {
    element.addEventListener('dragover', (event) => {
      const target = targetOf(event);
      if (!event.dataTransfer?.types.includes(TYPE) || !target) return;
      event.preventDefault();
      event.dataTransfer.dropEffect = 'move';
      highlight(target);
    });
    element.addEventListener('drop', (event) => {
      const target = targetOf(event);
      const lines = event.dataTransfer?.getData(TYPE).split(' ').map(Number) ?? [];
      end();
      if (!target || lines.length === 0) return;
      event.preventDefault();
      drop(target, lines);
    });
  }
  list.addEventListener('dragend', end);

  /** @param {Element} target @param {number[]} lines */
  function drop(target, lines) {
    const { page } = store.state;
    const k = target.getAttribute('data-k');
    if (target === fresh) return desk.act({ do: 'split', lines });
    if (k === 'none') return desk.act({ do: 'role', lines, role: 'furniture' });
    const others = lines.filter((i) => page?.lines[i]?.article !== Number(k));
    if (others.length > 0) desk.act({ do: 'move', lines: others, to: Number(k) });
  }
}
