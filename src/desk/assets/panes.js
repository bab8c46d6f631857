// @ts-check
/**
 * Panes side by side: resized by mouse and keyboard, closed and opened, remembered; on a narrow window one at a time, with tabs.
 *
 * @import { Translate } from './types.js'
 */
import { h, setAttributes } from './dom.js';

/**
 * @typedef {{id: string, label: string, tools?: HTMLElement, body: HTMLElement}} Pane
 * @typedef {{weights: number[], open: boolean[], tab: number}} Layout
 */

const KEPT = 'wenzhai-desk-panes';
const LEAST = 0.12;
const STEP = 0.02;

/** The window is narrow: one pane at a time. */
export const NARROW = '(max-width: 760px)';

/**
 * @param {Pane[]} panes
 * @param {Translate} t
 */
export function panesOf(panes, t) {
  const layout = remembered(panes.length);
  const narrow = matchMedia(NARROW);
  const sections = panes.map(({ id, label, tools, body }, at) => h('section', { class: 'pane', id: `pane-${id}`, 'aria-label': label },
    h('header', { class: 'pane-head' }, h('h2', {}, label), tools ?? null,
      h('button', { type: 'button', class: 'quiet close', 'aria-label': t('pane.close', label), on: { click: () => toggle(at) } }, '×')),
    body));
  const separators = panes.slice(1).map((_, at) => separator(at));
  const row = h('div', { class: 'panes' }, ...sections.flatMap((section, at) => at > 0 ? [separators[at - 1], section] : [section]));
  const toggles = panes.map(({ id, label }, at) => h('button', {
    type: 'button', class: 'quiet', 'aria-controls': `pane-${id}`, on: { click: () => toggle(at) },
  }, label));
  const tabs = panes.map(({ id, label }, at) => h('button', {
    type: 'button', role: 'tab', id: `tab-${id}`, 'aria-controls': `pane-${id}`, on: { click: () => showTab(at), keydown: byArrow(at) },
  }, label));
  const choice = h('div', {},
    h('div', { class: 'toggles', role: 'group', 'aria-label': t('pane.tabs') }, ...toggles),
    h('div', { class: 'tabs', role: 'tablist', 'aria-label': t('pane.tabs') }, ...tabs));

  /** @param {number} at */
  function separator(at) {
    const element = h('div', {
      class: 'separator', role: 'separator', tabindex: '0', 'aria-orientation': 'vertical', 'aria-valuemin': '5', 'aria-valuemax': '95',
      'aria-label': t('pane.resize', panes[at].label, panes[at + 1].label), 'aria-controls': `pane-${panes[at].id}`,
      on: {
        keydown: (/** @type {KeyboardEvent} */ event) => {
          const by = { ArrowLeft: -STEP, ArrowRight: STEP, Home: -1, End: 1 }[event.key];
          if (by === undefined) return;
          event.preventDefault();
          resize(at, by);
          remember(layout);
        },
        pointerdown: (/** @type {PointerEvent} */ event) => {
          element.setPointerCapture(event.pointerId);
          element.classList.add('dragged');
          // the preview would take the pointer's moves over it
          row.classList.add('resizing');
        },
        pointermove: (/** @type {PointerEvent} */ event) => {
          if (element.hasPointerCapture(event.pointerId)) resize(at, event.movementX / row.clientWidth);
        },
        lostpointercapture: () => {
          element.classList.remove('dragged');
          row.classList.remove('resizing');
          remember(layout);
        },
      },
    });
    return element;
  }

  /** The open panes to the left and right of a separator.
   * @param {number} at */
  function neighbours(at) {
    const left = layout.open.lastIndexOf(true, at);
    return left < 0 || !layout.open[at + 1] ? null : { left, right: at + 1 };
  }

  /** @param {number} at @param {number} by  part of the whole width */
  function resize(at, by) {
    const pair = neighbours(at);
    if (!pair) return;
    const open = layout.weights.filter((_, pane) => layout.open[pane]).reduce((a, b) => a + b, 0);
    const both = layout.weights[pair.left] + layout.weights[pair.right];
    const least = Math.min(LEAST * open, both / 2);
    layout.weights[pair.left] = Math.max(least, Math.min(both - least, layout.weights[pair.left] + by * open));
    layout.weights[pair.right] = both - layout.weights[pair.left];
    show();
  }

  /** @param {number} at */
  function toggle(at) {
    layout.open[at] = !layout.open[at];
    // one pane stays open
    if (!layout.open.includes(true)) layout.open[at === 1 ? 2 : 1] = true;
    show();
    remember(layout);
    toggles[at].focus();
  }

  /** @param {number} at */
  function showTab(at) {
    layout.tab = at;
    show();
    remember(layout);
  }

  /** @param {number} at @returns {(event: KeyboardEvent) => void} */
  function byArrow(at) {
    return (event) => {
      const by = { ArrowLeft: -1, ArrowRight: 1 }[event.key];
      if (by === undefined) return;
      event.preventDefault();
      const to = (at + by + panes.length) % panes.length;
      showTab(to);
      tabs[to].focus();
    };
  }

  function show() {
    const open = layout.open.map((each, at) => narrow.matches ? at === layout.tab : each);
    sections.forEach((section, at) => {
      section.hidden = !open[at];
      section.style.flexGrow = String(layout.weights[at]);
      setAttributes(section, narrow.matches ? { role: 'tabpanel', 'aria-labelledby': `tab-${panes[at].id}`, 'aria-label': null }
        : { role: null, 'aria-labelledby': null, 'aria-label': panes[at].label });
      setAttributes(toggles[at], { 'aria-pressed': String(layout.open[at]) });
      setAttributes(tabs[at], { 'aria-selected': String(at === layout.tab), tabindex: at === layout.tab ? '0' : '-1' });
    });
    separators.forEach((each, at) => {
      const pair = neighbours(at);
      each.hidden = narrow.matches || pair === null;
      if (!pair) return;
      const part = layout.weights[pair.left] / (layout.weights[pair.left] + layout.weights[pair.right]);
      setAttributes(each, { 'aria-valuenow': String(Math.round(100 * part)) });
    });
  }

  narrow.addEventListener('change', show);
  show();
  return {
    row,
    choice,
    /** Opens a pane, or its tab, where it cannot be seen. @param {string} id */
    open(id) {
      const at = panes.findIndex((pane) => pane.id === id);
      if (narrow.matches) showTab(at);
      else if (!layout.open[at]) toggle(at);
    },
  };
}

/** @param {number} count @returns {Layout} */
function remembered(count) {
  const first = { weights: [1.05, 1, 0.95].slice(0, count), open: Array(count).fill(true), tab: 1 };
  try {
    const kept = JSON.parse(localStorage.getItem(KEPT) ?? 'null');
    const valid = Array.isArray(kept?.weights) && kept.weights.length === count && kept.weights.every((/** @type {unknown} */ weight) =>
      typeof weight === 'number' && weight > 0) && kept.open?.length === count && kept.open.includes(true) && kept.tab in kept.open;
    return valid ? { weights: kept.weights, open: kept.open, tab: kept.tab } : first;
  } catch {
    return first;
  }
}

/** @param {Layout} layout */
function remember(layout) {
  // storage may be blocked
  try { localStorage.setItem(KEPT, JSON.stringify(layout)); } catch {}
}
