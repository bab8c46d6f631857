// @ts-check
/**
 * The page that begins a site where a folder holds none, or opens one that is in a folder below. What is chosen here becomes a site
 * at once; then the program serves its desk at this same address, and the page leads there.
 *
 * @import { Lang } from './begin_messages.js'
 */
import { LANGUAGES, TEXTS, preferred, texts } from './begin_messages.js';
import { byId, h, setText } from './dom.js';

/**
 * @typedef {{name: string, title: string}} Found
 * @typedef {{folder: string, home: boolean, empty: boolean, sites: Found[]}} Place
 * @typedef {{places: Place[], title: string, failed: string[]}} Offer
 */

/** How often it is asked whether the desk is there, for how long, and for how long where nothing answers at all. */
const AGAIN_MS = 150;
const PATIENCE_MS = 60_000;
const SILENCE_MS = 5_000;

const main = byId('begin');
/** @type {Lang} */
let lang = preferred(navigator.languages);
let text = texts(lang);
start().catch(() => setText(byId('loading'), text('stopped')));

async function start() {
  /** @type {Offer} */
  const offer = await (await fetch('api/beginnings')).json();
  failures = offer.failed.length;
  show(offer, null);
}

/** How many desks could not be served when it was asked last. */
let failures = 0;

/** What was typed is kept where the language changes. @param {Offer} offer @param {FormData|null} typed */
function show(offer, typed) {
  text = texts(lang);
  document.documentElement.lang = lang;
  document.title = text('title');
  const message = h('p', { class: 'message', role: 'alert', id: 'message' });
  main.replaceChildren(head(offer), ...found(offer, message), form(offer, typed, message));
}

/** @param {Offer} offer */
function head(offer) {
  const choice = h('select', { name: 'lang', on: { change: () => {
    lang = /** @type {Lang} */ (choice.value);
    show(offer, new FormData(/** @type {HTMLFormElement} */ (byId('new'))));
    main.querySelector('select')?.focus();
  } } }, ...LANGUAGES.map(([tag, name]) => h('option', { value: tag, lang: tag, selected: tag === lang }, name)));
  const label = h('label', {}, `${text('language')}${lang === 'en' ? '' : ' Language'} `, choice);
  return h('header', {}, h('h1', {}, text('title')), label, h('p', {}, text('intro')));
}

/** The sites that are there already. @param {Offer} offer @param {HTMLElement} message */
function found({ places }, message) {
  const items = places.flatMap(({ folder, sites }, place) => sites.map(({ name, title }) => h('li', {},
    h('button', { type: 'button', on: { click: () => send('api/open', { place, name }, message) } },
      h('b', {}, title), h('code', {}, joined(folder, name))))));
  return items.length === 0 ? [] : [h('section', { class: 'found', 'aria-labelledby': 'found-title' },
    h('h2', { id: 'found-title' }, text('found')), h('ul', {}, ...items))];
}

/** @param {Offer} offer @param {FormData|null} typed @param {HTMLElement} message */
function form({ places, title }, typed, message) {
  const name = h('input', { name: 'name', id: 'name', required: true, maxlength: 100, autocomplete: 'off', spellcheck: 'false',
    value: String(typed?.get('name') ?? text('default-name')), on: { input: () => showPaths() } });
  const row = textField('name', 'name', name);
  const siteTitle = h('input', { name: 'title', id: 'title', required: true, maxlength: 100, autocomplete: 'off', value: String(typed?.get('title') ?? title) });
  const choices = places.flatMap(({ empty }, place) => empty ? [{ place, below: false }, { place, below: true }] : [{ place, below: true }, { place, below: false }])
    // nobody wants a site to be mixed with everything they have
    .filter(({ place, below }) => below || !places[place].home || places[place].empty);
  const first = choices[0];
  const rows = choices.map(({ place, below }) => {
    const value = `${place} ${below}`;
    const { home, empty, folder } = places[place];
    const radio = h('input', { type: 'radio', name: 'where', value, checked: String(typed?.get('where') ?? `${first.place} ${first.below}`) === value, on: { change: () => showPaths() } });
    const path = h('code', {}, folder);
    const element = h('label', { class: 'place' }, radio, h('span', {}, h('b', {}, text(!below ? 'here' : home ? 'below-home' : 'below')), path,
      !below && !empty && h('small', {}, text('mixed'))));
    return { element, radio, path, place, below };
  });
  const button = h('button', { type: 'submit', class: 'primary submit' }, text('submit'));

  function showPaths() {
    for (const { path, place, below } of rows) setText(path, below ? joined(places[place].folder, name.value.trim() || '…') : places[place].folder);
    const { below } = chosen();
    row.hidden = !below;
    name.disabled = !below;
  }
  const chosen = () => rows.find(({ radio }) => radio.checked) ?? rows[0];

  /** @param {Event} event */
  function submit(event) {
    event.preventDefault();
    const { place, below } = chosen();
    send('api/begin', { place, name: below ? name.value.trim() : '', title: siteTitle.value, lang }, message).then((problem) => {
      const elsewhere = problem === 'failed' ? rows.find((each) => each.place !== place && each.below) : undefined;
      if (elsewhere) {
        // such as a folder of programs: the next best place is the user's own folder
        elsewhere.radio.checked = true;
        showPaths();
      }
      const field = elsewhere ? elsewhere.radio : problem === 'bad-title' ? siteTitle : problem === 'bad-name' || (problem === 'taken' && below) ? name : button;
      if (problem !== null) field.focus();
    });
  }
  const element = h('form', { id: 'new', 'aria-labelledby': 'new-title', on: { submit } }, h('h2', { id: 'new-title' }, text('new')),
    textField('title', 'site-title', siteTitle, text('site-title-note')),
    h('fieldset', {}, h('legend', {}, text('where')), ...rows.map((each) => each.element)),
    row, h('p', { class: 'note' }, text('sample')), message, button);
  showPaths();
  return element;
}

/** @param {string} id @param {string} label @param {HTMLInputElement} input @param {string} [note] */
function textField(id, label, input, note) {
  if (note) input.setAttribute('aria-describedby', `${id}-note`);
  return h('p', { class: 'text' }, h('label', { for: id }, h('b', {}, text(label))), input, note && h('small', { id: `${id}-note` }, note));
}

/** A path below a folder, written as the system writes it. @param {string} folder @param {string} name */
function joined(folder, name) {
  const separator = folder.includes('\\') ? '\\' : '/';
  return folder.endsWith(separator) ? folder + name : folder + separator + name;
}

/**
 * Asks the program to begin or open a site, once at a time; shows why it does not.
 * @param {string} path
 * @param {object} wanted
 * @param {HTMLElement} message
 * @returns {Promise<string|null>} the problem
 */
async function send(path, wanted, message) {
  const buttons = [...main.querySelectorAll('button')];
  setText(message, '');
  for (const button of buttons) button.disabled = true;
  const answer = await fetch(path, { method: 'POST', headers: { 'Content-Type': 'application/json', 'X-Wenzhai-Desk': '1' }, body: JSON.stringify(wanted) }).catch(() => null);
  const { address, error, detail } = await answer?.json().catch(() => ({})) ?? {};
  // another tab may have chosen before, and the desk may be there by now
  if (answer && (answer.ok || answer.status === 409 || answer.status === 404)) {
    await follow(address ?? null);
    return null;
  }
  for (const button of buttons) button.disabled = false;
  message.className = 'message error';
  const id = error === 'failed' && path === 'api/open' ? 'error.open' : `error.${error}`;
  setText(message, !answer ? text('stopped') : text(id in TEXTS ? id : 'error.failed', detail ?? error ?? ''));
  return error ?? 'failed';
}

/** Asks again where the desk could not be served, and says why. */
async function failed() {
  /** @type {Offer|null} */
  const offer = await fetch('api/beginnings').then((answer) => answer.ok ? answer.json() : null, () => null);
  if (!offer || offer.failed.length === failures) return false;
  failures = offer.failed.length;
  show(offer, null);
  const message = byId('message');
  message.className = 'message error';
  setText(message, text('error.open', offer.failed.at(-1)));
  main.querySelector('button')?.focus();
  return true;
}

/** Waits until the desk is there, and goes there. @param {string|null} address  of a desk that runs already */
async function follow(address) {
  const status = h('p', { role: 'status', tabindex: '-1' }, text('waiting'));
  main.replaceChildren(h('div', { class: 'wait' }, h('h1', { class: 'unseen' }, text('title')), status, h('progress', { 'aria-label': text('waiting') })));
  status.focus();
  if (address !== null) return location.replace(address);
  let answered = performance.now();
  for (const start = answered; performance.now() - start < PATIENCE_MS && performance.now() - answered < SILENCE_MS;) {
    const answer = await fetch('api/site').catch(() => null);
    if (answer?.ok) return location.replace(location.pathname);
    if (answer) answered = performance.now();
    if (answer?.status === 404 && await failed()) return;
    await new Promise((done) => setTimeout(done, AGAIN_MS));
  }
  setText(status, text('stopped'));
  main.querySelector('progress')?.remove();
}
