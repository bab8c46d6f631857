// @ts-check
/**
 * New pages: files dropped anywhere in the window or chosen, and pasted text; with the progress of each, and a form for what the
 * page does not say.
 *
 * @import { Desk, Masthead, Received } from './types.js'
 */
import { UnreachableError } from './api.js';
import { dialog } from './dialogs.js';
import { byId, h, setText } from './dom.js';

/** @param {Desk} desk */
export function intake(desk) {
  const { t } = desk;
  const results = h('ul', { class: 'intake-results' });
  /** @type {HTMLDialogElement|null} */
  let shown = null;

  function open() {
    if (shown?.open) return;
    const files = h('input', { type: 'file', multiple: true, class: 'unseen', id: 'files', on: { change: () => { send([...files.files ?? []]); files.value = ''; } } });
    const name = h('input', { type: 'text' });
    const text = h('textarea', { rows: '7', required: true });
    const paste = h('form', { class: 'paste', on: { submit: (/** @type {Event} */ event) => {
      event.preventDefault();
      if (text.value.trim() === '') return;
      const label = name.value.trim() || t('intake.pasted');
      receive(newLine(label), () => desk.api.paste(name.value.trim() || null, text.value));
      text.value = name.value = '';
    } } }, h('label', {}, h('span', {}, t('intake.paste')), text), h('p', { class: 'row' }, h('label', {}, h('span', {}, t('intake.name')), name),
      h('button', { type: 'submit' }, t('intake.add'))));
    shown = dialog({ title: t('intake.title'), close: t('close'), class: 'intake', content: [
      h('div', { class: 'choose' }, h('p', {}, t('intake.about')), files, h('label', { class: 'button primary', for: 'files' }, t('intake.choose'))), paste, results] });
  }

  /** @param {File[]} files */
  async function send(files) {
    // one after another: the server imports them in turn anyway
    for (const [file, line] of files.map((each) => /** @type {const} */ ([each, newLine(each.name)]))) {
      await receive(line, (progress) => desk.api.upload(file, progress));
    }
  }

  /** A line of the results. @param {string} label */
  function newLine(label) {
    const bar = h('progress', { max: '1', value: '0', 'aria-label': label });
    const state = h('span', { class: 'state', role: 'status' }, t('intake.waiting'));
    const item = h('li', {}, h('b', {}, label), ' ', bar, state);
    results.append(item);
    return { item, bar, state };
  }

  /** @param {ReturnType<typeof newLine>} line @param {(progress: (part: number) => void) => Promise<Received>} request */
  async function receive({ item, bar, state }, request) {
    setText(state, t('intake.sending'));
    try {
      const received = await request((part) => {
        // what has been sent is being imported: no one knows how far
        if (part < 1) bar.value = part; else bar.removeAttribute('value');
        setText(state, t(part < 1 ? 'intake.sending' : 'intake.importing'));
      });
      show(item, state, received);
      await desk.reloadQueue();
    } catch (error) {
      setText(state, `${t('intake.failed')}：${error instanceof UnreachableError ? t('offline') : [error.message, error.hint].filter(Boolean).join(' ')}`);
      item.classList.add('failed');
    }
    bar.remove();
  }

  /** @param {HTMLElement} item @param {HTMLElement} state @param {Received} received */
  function show(item, state, { pages, same_as: same, needs }) {
    setText(state, same === null ? t('intake.done') : t('intake.same', same));
    item.classList.add(same === null ? 'done' : 'same');
    for (const name of same === null ? pages : [same]) {
      item.append(h('a', { href: `?page=${encodeURIComponent(name)}`, on: { click: () => shown?.close() } }, pages.length > 1 ? name : t('intake.open')));
    }
    if (same === null && needs.length > 0 && pages.length > 0) item.append(missing(pages, needs));
  }

  /** A form for the masthead of pages that do not state it. @param {string[]} pages @param {Received['needs']} needs */
  function missing(pages, needs) {
    const inputs = needs.map((need) => ({ need, input: h('input', {
      type: need === 'date' ? 'date' : 'text', inputmode: need === 'page' ? 'numeric' : null, pattern: need === 'page' ? '\\d+' : null, list: need === 'paper' ? 'known-papers' : null }) }));
    const papers = h('datalist', { id: 'known-papers' }, ...desk.store.state.site.papers.map((paper) => h('option', { value: paper })));
    const form = h('form', { class: 'missing', on: { submit: async (/** @type {Event} */ event) => {
      event.preventDefault();
      /** @type {Partial<Masthead>} */
      const set = Object.fromEntries(inputs.filter(({ input }) => input.value.trim() !== '')
        .map(({ need, input }) => [need, need === 'page' ? Number(input.value) : input.value.trim()]));
      if (Object.keys(set).length === 0) inputs[0].input.focus();
      else if (await fill(pages, set)) form.remove();
    } } }, h('p', {}, t('intake.needs')), ...inputs.map(({ need, input }) => h('label', {}, h('span', {}, t(`field.${need}`)), input)), papers,
      h('button', { type: 'submit', class: 'primary' }, t('save')));
    return form;
  }

  /** @param {string[]} pages @param {Partial<Masthead>} set */
  async function fill(pages, set) {
    try {
      for (const name of pages) {
        // the number of a page is that of one page alone
        const { page: number, ...common } = set;
        const { version } = await desk.api.page(name);
        await desk.api.act(name, version, { do: 'masthead', set: pages.length > 1 ? common : { ...common, ...(number !== undefined && { page: number }) } });
      }
      await desk.reloadQueue();
      return true;
    } catch (error) {
      desk.say(error instanceof UnreachableError ? t('offline') : error.message, 'error');
      return false;
    }
  }

  dropped(open, send);
  byId('open-intake').addEventListener('click', open);
  return { open };
}

/**
 * Files dropped anywhere in the window. The drag of lines is none of files.
 * @param {() => void} open
 * @param {(files: File[]) => void} send
 */
function dropped(open, send) {
  const sign = byId('drop');
  const withFiles = (/** @type {DragEvent} */ event) => event.dataTransfer?.types.includes('Files') ?? false;
  addEventListener('dragover', (event) => {
    if (!withFiles(event)) return;
    event.preventDefault();
    sign.hidden = false;
  });
  addEventListener('dragleave', (event) => { if (event.relatedTarget === null) sign.hidden = true; });
  addEventListener('drop', (event) => {
    sign.hidden = true;
    if (!withFiles(event)) return;
    event.preventDefault();
    open();
    send([...event.dataTransfer?.files ?? []]);
  });
}
