// @ts-check
/**
 * What check found, grouped by page; each finding leads to its place.
 *
 * @import { Desk, Finding } from './types.js'
 */
import { byId, h } from './dom.js';

/** @param {Desk} desk */
export function findingsView({ api, t }) {
  const list = h('div', { class: 'groups' });
  byId('findings').replaceChildren(h('header', { class: 'view-head' }, h('h1', { id: 'findings-title' }, t('findings.title'))), list);
  return {
    async load() {
      const { groups } = await api.findings();
      const shown = groups.filter(({ findings }) => findings.length > 0);
      list.replaceChildren(...shown.length > 0 ? shown.map(groupOf) : [h('p', { class: 'empty' }, t('findings.none'))]);
    },
  };

  /** @param {{page: string|null, findings: Finding[]}} group */
  function groupOf({ page, findings }) {
    return h('section', {}, h('h2', {}, page === null ? t('findings.site') : h('a', { href: `?page=${encodeURIComponent(page)}` }, page)),
      h('ul', { class: 'findings-list' }, ...findings.map((finding) => findingOf(page, finding))));
  }

  /** @param {string|null} page @param {Finding} finding */
  function findingOf(page, { severity, message, hint, file, line, at: number }) {
    const place = `${file}${line === null ? '' : `:${line}`}`;
    const at = number === null ? '' : `&line=${number}`;
    return h('li', { class: severity }, h('span', { class: 'severity' }, t(`findings.${severity}`)),
      h('div', {}, h('p', {}, message), hint && h('p', { class: 'note' }, hint)),
      page === null ? h('code', {}, place) : h('a', { href: `?page=${encodeURIComponent(page)}${at}` }, h('code', {}, place)));
  }
}
