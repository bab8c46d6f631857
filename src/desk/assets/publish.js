// @ts-check
/**
 * Publishing: the site is built, what would change is shown for each target, and a button sends it, which works once the target has been
 * confirmed by name. What the server refuses has to be confirmed a second time.
 *
 * @import { Desk, FileFinding, Paths, Published, TargetPlan } from './types.js'
 */
import { byId, h } from './dom.js';

/** @param {Desk} desk */
export function publishView({ api, store, t, say }) {
  const summary = h('p', { class: 'note', role: 'status' });
  const list = h('div', { class: 'groups' });
  const again = h('button', { type: 'button', on: { click: load } }, t('publish.again'));
  byId('publish').replaceChildren(h('header', { class: 'view-head' }, h('h1', { id: 'publish-title' }, t('publish.title')), again), summary, list);

  /** Builds the site, and asks what would change. */
  async function load() {
    again.disabled = true;
    list.replaceChildren();
    try {
      summary.textContent = t('publish.building');
      const { articles, pages, findings } = await api.build();
      summary.textContent = t('publish.comparing');
      const { targets } = await api.plan();
      const waiting = store.state.pages.filter(({ looked }) => !looked).length;
      summary.replaceChildren(t('publish.built', articles, pages), waiting > 0 ? ` ${t('publish.waiting', waiting)}` : '',
        ...(findings.length > 0 ? [' ', h('a', { href: '?view=findings' }, t('publish.findings', findings.length))] : []));
      list.replaceChildren(...targets.length > 0 ? targets.map(targetOf) : [h('p', { class: 'empty' }, t('publish.none'))]);
    } catch (error) {
      summary.textContent = problem(error);
    }
    again.disabled = false;
  }

  /** @param {TargetPlan} plan */
  function targetOf(plan) {
    const { name, kind, to, address, add, update, remove, size, findings, failed } = plan;
    const changes = add.count + update.count + remove.count;
    return h('section', {}, h('h2', {}, name, ' ', h('small', {}, kind)), h('p', {}, h('code', {}, to), address !== '' && h('small', {}, ` ${address}`)),
      ...(failed ? [problemOf(failed)] : findings.map(problemOf)),
      !failed && changes === 0 ? h('p', { class: 'note' }, t('publish.nothing')) : null,
      changes > 0 && h('div', { class: 'changes' }, part('add', add), part('update', update), part('remove', remove), h('p', { class: 'note' }, t('publish.size', size))),
      !failed && changes > 0 && confirmation(plan));
  }

  /** The form that publishes. @param {TargetPlan} plan */
  function confirmation({ name, to, refused }) {
    const boxes = [t('publish.confirm', to), ...(refused ? [t('publish.despite')] : [])]
      .map((text) => ({ text, box: h('input', { type: 'checkbox', on: { change: ready } }) }));
    const go = h('button', { type: 'submit', class: 'primary', disabled: true }, t('publish.go'));
    const log = h('pre', { class: 'publish-log', hidden: true, role: 'status' });
    return h('form', { class: 'confirm', on: { submit } }, refused && problemOf(refused),
      ...boxes.map(({ text, box }) => h('label', {}, box, ' ', text)), go, log);

    function ready() {
      go.disabled = !boxes.every(({ box }) => box.checked);
    }

    /** @param {Event} event */
    async function submit(event) {
      event.preventDefault();
      go.disabled = true;
      log.hidden = false;
      log.textContent = t('publish.running');
      try {
        log.textContent = outcome(await api.publish(name, to, refused !== null));
        say(t('publish.done', to));
        for (const { box } of boxes) box.disabled = true;
      } catch (error) {
        log.textContent = problem(error);
        say(problem(error), 'error');
        ready();
      }
    }
  }

  /** @param {Published} published */
  function outcome({ sent, unchanged, removed, size, address, findings }) {
    return [t('publish.outcome', sent, size, unchanged, removed), address, ...findings.map(({ message }) => message)].filter(Boolean).join('\n');
  }

  /** @param {any} error */
  function problem(error) {
    return [error.message || t('offline'), error.hint].filter(Boolean).join('\n');
  }

  /** @param {FileFinding} finding */
  function problemOf({ severity, message, hint }) {
    return h('div', { class: `finding ${severity}` }, h('p', {}, h('b', {}, t(`findings.${severity}`)), ' ', message), hint !== '' && h('p', { class: 'note' }, hint));
  }

  /** @param {'add'|'update'|'remove'} kind @param {Paths} paths */
  function part(kind, { count, files }) {
    if (count === 0) return null;
    return h('details', { class: kind, open: kind === 'remove' }, h('summary', {}, t(`publish.${kind}`, count)),
      h('ul', {}, ...files.map((file) => h('li', {}, h('code', {}, file))), count > files.length && h('li', {}, t('publish.more', count - files.length))));
  }

  return { load };
}
