// @ts-check
/**
 * Publishing: what would change at each target, and the button that does it, which works once the target has been confirmed by name.
 *
 * @import { Desk } from './types.js'
 */
import { byId, h } from './dom.js';

/** @typedef {{target: string, add: string[], update: string[], remove: string[]}} Changes */

/** @param {Desk} desk */
export function publishView({ api, t, say }) {
  const list = h('div', { class: 'groups' });
  const again = h('button', { type: 'button', on: { click: load } }, t('publish.again'));
  byId('publish').replaceChildren(h('header', { class: 'view-head' }, h('h1', { id: 'publish-title' }, t('publish.title')), again), list);

  async function load() {
    list.replaceChildren(h('p', { class: 'note' }, t('loading')));
    try {
      const { targets, changes } = await api.plan();
      list.replaceChildren(...targets.length > 0
        ? targets.map((target) => targetOf(target, changes.find((each) => each.target === target.name)))
        : [h('p', { class: 'empty' }, t('publish.none'))]);
    } catch (error) {
      list.replaceChildren(h('p', { class: 'empty' }, error.message, ' ', error.hint ?? ''));
    }
  }

  /** @param {{name: string, kind: string, to: string}} target @param {Changes} [changes] */
  function targetOf({ name, kind, to }, changes = { target: name, add: [], update: [], remove: [] }) {
    const count = changes.add.length + changes.update.length + changes.remove.length;
    const confirm = h('input', { type: 'checkbox', on: { change: () => { go.disabled = !confirm.checked; } } });
    const go = h('button', { type: 'submit', class: 'primary', disabled: true }, t('publish.go'));
    const log = h('pre', { class: 'publish-log', hidden: true, role: 'status' });
    const form = h('form', { class: 'confirm', on: { submit: async (/** @type {Event} */ event) => {
      event.preventDefault();
      go.disabled = confirm.disabled = true;
      log.hidden = false;
      log.textContent = t('publish.running');
      try {
        log.textContent = (await api.publish(name, to)).log.join('\n');
        say(t('publish.done', to));
      } catch (error) {
        log.textContent = [error.message || t('offline'), error.hint].filter(Boolean).join('\n');
        say(log.textContent ?? '', 'error');
      }
      confirm.checked = confirm.disabled = false;
    } } }, h('label', {}, confirm, ' ', t('publish.confirm', to)), go);
    return h('section', {}, h('h2', {}, name, ' ', h('small', {}, kind)), h('p', {}, h('code', {}, to)),
      count === 0 ? h('p', { class: 'note' }, t('publish.nothing')) : h('div', { class: 'changes' }, part('add', changes.add), part('update', changes.update), part('remove', changes.remove)),
      form, log);
  }

  /** @param {'add'|'update'|'remove'} kind @param {string[]} files */
  function part(kind, files) {
    if (files.length === 0) return null;
    return h('details', { class: kind, open: kind === 'remove' }, h('summary', {}, t(`publish.${kind}`, files.length)),
      h('ul', {}, ...files.map((file) => h('li', {}, h('code', {}, file)))));
  }

  return { load };
}
