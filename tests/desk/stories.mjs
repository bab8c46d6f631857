// Stories of an editor at the desk, in Chromium against the server of mock.mjs: what is pressed, what is shown, how long it takes.
//
//   node stories.mjs, with PLAYWRIGHT, CHROMIUM and AXE (the script) in the environment; STORIES may name some of
//   the stories, SCREENSHOTS a folder to fill
import { readFileSync } from 'node:fs';
import { launch } from '../../.ci/built_site.mjs';
import { expect, summarize } from '../browser/assert/expect.mjs';
import { mock } from './mock.mjs';

const PAGE = '示例-0225-03.pdf';
const LONG = '示例-长版.pdf';
const EDITED = '示例-手改.pdf';
const address = (name, line) => `${server.url}?page=${encodeURIComponent(name)}${line ? `&line=${line}` : ''}`;
const server = await mock({ extra: 2000 });
const browser = await launch();
const errors = [];

/** A tab in which every error is recorded: a 409 is an answer. */
async function tab(options = {}) {
  const page = await browser.newPage({ viewport: { width: 1440, height: 900 }, ...options });
  page.setDefaultTimeout(10_000);
  page.on('pageerror', (error) => errors.push(error.stack));
  page.on('console', (message) => { if (message.type() === 'error' && !/409|404/.test(message.text())) errors.push(message.text()); });
  return page;
}

async function open(page, name, line) {
  await page.goto(address(name, line));
  await page.waitForSelector('.line[aria-selected=true]');
}

const entry = (name) => server.pages.all.get(name);
const lineWith = (text, name = PAGE) => entry(name).page.lines.find((line) => line.text.includes(text));
const row = (i) => `.line[data-i="${i}"]`;
const idle = (page) => page.waitForFunction(() => document.querySelector('#status')?.textContent !== '');
/** Waits until the server has what is asked for. */
async function until(what, is) {
  for (let tries = 0; tries < 200; tries += 1) {
    if (is()) return;
    await new Promise((done) => setTimeout(done, 10));
  }
  expect(`${what} reaches the server`, false, true);
}

const counts = [];
/** A story of some actions, each a key or a click; they are counted and timed. */
async function story(name, page, actions, done) {
  const start = performance.now();
  for (const action of actions) await action(page);
  await until(name, done);
  counts.push({ name, actions: actions.length, ms: Math.round(performance.now() - start) });
  expect(`${name}: at most 3 actions`, actions.length <= 3, true);
}
const press = (key) => (page) => page.keyboard.press(key);
const click = (i, modifiers = []) => (page) => page.click(row(i), { modifiers });

try {
  const stories = [corrections, selecting, latency, twoTabs, conflicts, typing, headAndThemes, panes, lists, bringingIn, zoomed, accessibility];
  const chosen = process.env.STORIES?.split(' ');
  for (const each of stories) if (!chosen || chosen.includes(each.name)) await each();
  if (process.env.SCREENSHOTS) await screenshots(process.env.SCREENSHOTS);
} catch (error) {
  expect('the stories run to their end', `${error.stack}`, '');
}
expect('no error in the console', errors, []);
await browser.close();
await server.close();
for (const { name, actions, ms } of counts) console.log(`        ${name}: ${actions} actions, ${ms} ms`);
summarize();

/** From the queue to corrected lines, and back by undo. */
async function corrections() {
  const page = await tab();
  await page.goto(server.url);
  await page.waitForSelector('.pages li');
  await page.keyboard.press('Enter');
  await page.waitForSelector('.line[aria-selected=true]');
  const headline = lineWith('丁四和他');
  expect('the queue leads to the first doubt', await page.getAttribute('.line[aria-selected=true]', 'data-i'), `${headline.i}`);
  await story('headline', page, [press('t')], () => lineWith('丁四和他').role === 'title');
  await idle(page);
  expect('it says what changed', await page.textContent('#status'), `已存：第 ${headline.n} 行：小标题 → 题目`);
  await story('undo', page, [press('z')], () => lineWith('丁四和他').role === 'subhead');
  await story('redo', page, [press('Shift+Z')], () => lineWith('丁四和他').role === 'title');
  const misread = lineWith('津帖');
  await story('character', page, [press('.'), press('e'), (each) => each.keyboard.type('贴').then(() => each.keyboard.press('Enter'))], () => lineWith('津贴')?.i === misread.i);
  expect('the line shows that it is corrected', await page.getAttribute(`${row(misread.i)} .mark:last-child`, 'title'), `印的是“${misread.text}”`);
  const caption = lineWith('检查');
  await story('caption', page, [press('.'), press('p')], () => lineWith('检查').role === 'caption');
  expect('the doubt is gone', await page.locator(`${row(caption.i)}.doubt`).count(), 0);
  const second = entry(PAGE).page.articles[1].lines[0];
  await story('merge', page, [click(second), press('m')], () => entry(PAGE).page.articles.length === 3);
  await story('split in two', page, [click(second), press('n')], () => entry(PAGE).page.articles.length === 4);
  const [first, next] = entry(PAGE).page.articles[0].lines.slice(6, 8);
  await story('order', page, [click(next), press('[')], () => entry(PAGE).page.articles[0].lines[6] === next);
  await story('split off', page, [click(first), press('s')], () => entry(PAGE).page.articles.length === 5);
  await story('move', page, [(each) => each.dragAndDrop(row(first), '.group[data-k="0"] .line:last-child')], () => entry(PAGE).page.articles.length === 4);
  await story('move by keys', page, [click(first), press('o'), press('2')], () => entry(PAGE).page.lines[first].article === 1);
  await press('z')(page);
  await until('undo', () => entry(PAGE).page.lines[first].article === 0);
  await story('furniture', page, [click(first), press('f')], () => entry(PAGE).page.lines[first].article === null);
  await page.click('#open-log');
  await page.waitForSelector('.log li');
  expect('the log has it all', await page.locator('.log li').count() > 6, true);
  await page.keyboard.press('Escape');
  await page.waitForSelector('dialog', { state: 'detached' });
  for (let left = entry(PAGE).past.length; left > 0; left -= 1) {
    await page.keyboard.press('z');
    await until('undo', () => entry(PAGE).past.length < left);
  }
  expect('undo of all brings the beginning back', entry(PAGE).page.lines.every(({ set }) => !set), true);
  await page.close();
}

async function selecting() {
  const page = await tab();
  await open(page, PAGE, 6);
  const selected = () => page.locator('.line[aria-selected=true]').evaluateAll((rows) => rows.map((each) => Number(each.dataset.i)));
  expect('an address leads to its line', await selected(), [5]);
  await page.keyboard.press('Shift+ArrowDown');
  await page.keyboard.press('Shift+ArrowDown');
  expect('Shift and arrows extend', await selected(), [5, 6, 7]);
  await page.click(row(10), { modifiers: ['Control'] });
  expect('Ctrl and a click add', await selected(), [5, 6, 7, 10]);
  await page.click(row(12));
  await page.click(row(9), { modifiers: ['Shift'] });
  expect('Shift and a click select a range', await selected(), [9, 10, 11, 12]);
  expect('the page shows the same', await page.locator('.sheet g.selected').count(), 4);
  expect('the focus is on one row that Tab leads to', await page.evaluate(() => [document.activeElement?.getAttribute('data-i'), document.querySelectorAll('.line[tabindex="0"]').length]), ['9', 1]);
  const last = entry(PAGE).page.articles[3].lines.at(-1);
  await page.click(`.sheet g[data-i="${last}"] rect`);
  const seen = (selector) => page.locator(selector).evaluate((each) => { const { top, bottom } = each.getBoundingClientRect(); return top > 0 && bottom < innerHeight; });
  expect('a line chosen on the page is shown in the list', [await selected(), await seen(row(last))], [[last], true]);
  expect('and its article beside it', await page.inputValue('#field-title'), entry(PAGE).page.articles[3].title);
  expect('the preview is that of the article', decodeURIComponent(await page.getAttribute('iframe', 'src')), decodeURIComponent(entry(PAGE).page.articles[3].url));
  await page.keyboard.press('Escape');
  await page.keyboard.press('?');
  expect('the list of keys names each', await page.locator('dialog.help dt kbd').count() >= 45, true);
  await page.keyboard.press('Escape');
  await page.click('[data-order=page]');
  expect('by page, all lines are in one group', await page.locator('.group').count(), 1);
  await page.click('[data-order=articles]');
  const before = entry(PAGE).page.version;
  await page.click(row(8));
  await page.click('.toolbar [data-command="role:subhead"]');
  await until('a button', () => entry(PAGE).page.lines[8].role === 'subhead');
  await page.click('#undo');
  await until('undo by button', () => entry(PAGE).page.lines[8].role === 'body');
  expect('buttons do what keys do', Number(entry(PAGE).page.version) - Number(before), 2);
  await page.close();
}

/** From the key to the frame that shows it, on a page of more than 400 lines, while the server takes its time. */
async function latency() {
  const page = await tab();
  await open(page, LONG);
  server.options.delay = 80;
  await page.evaluate(() => {
    globalThis.times = [];
    addEventListener('keydown', ({ timeStamp }) => requestAnimationFrame(() => setTimeout(() => globalThis.times.push(performance.now() - timeStamp))), { capture: true });
  });
  const keys = ['ArrowDown', 'h', 'ArrowDown', 'a', 'ArrowDown', 'f', 'z', 'Shift+ArrowDown', 't', 'ArrowDown', 'n', 'm', '.', 'p', 'ArrowUp', '[', ']', '1', 's', 'z'];
  for (const key of [...keys, ...keys, ...keys]) {
    await page.keyboard.press(key);
    await page.waitForTimeout(40);
  }
  const times = (await page.evaluate(() => globalThis.times)).sort((a, b) => a - b);
  server.options.delay = 0;
  const at = (part) => Math.round(times[Math.min(times.length - 1, Math.trunc(part * times.length))]);
  console.log(`        key to screen on ${entry(LONG).page.lines.length} lines, ${times.length} keys: median ${at(0.5)} ms, 90 % ${at(0.9)} ms, most ${at(1)} ms`);
  // a busy machine measures the others
  // 50 ms on a quiet machine; the bound only finds what became slow by a multiple
  expect('key to screen within 250 ms, nine times in ten', at(0.9) <= 250, true);
  await page.close();
}

async function twoTabs() {
  const [one, two] = [await tab(), await tab()];
  await open(one, PAGE, 20);
  await open(two, PAGE, 30);
  await one.keyboard.press('e');
  await one.keyboard.press('End');
  await one.keyboard.type('甲');
  const scroll = await one.locator('.lines-scroll').evaluate((each) => each.scrollTop);
  const start = performance.now();
  await two.keyboard.press('h');
  await one.waitForSelector(`${row(29)}[data-role=subhead]`);
  const took = performance.now() - start;
  expect('another tab shows a change within a second', took < 1000, true);
  counts.push({ name: 'seen in another tab', actions: 1, ms: Math.round(took) });
  expect('what is being typed stays', (await one.inputValue('.text-editor textarea')).endsWith('甲'), true);
  expect('and the focus, the selection, and the place', [await one.evaluate(() => document.activeElement?.tagName), await one.getAttribute('.line[aria-selected=true]', 'data-i'),
    await one.locator('.lines-scroll').evaluate((each) => each.scrollTop) === scroll], ['TEXTAREA', '19', true]);
  await one.keyboard.press('Enter');
  await until('the text', () => entry(PAGE).page.lines[19].text.endsWith('甲'));
  await two.waitForFunction((selector) => document.querySelector(selector)?.textContent.endsWith('甲'), `${row(19)} .text`);
  // an action that is on its way when another tab has changed the page
  entry(PAGE).page = { ...entry(PAGE).page, version: '777', looked: true };
  await two.keyboard.press('t');
  await two.waitForFunction(() => document.querySelector('#status')?.className === 'error');
  expect('a stale page is shown anew', [await two.locator('button.looked').isVisible(), entry(PAGE).page.lines[29].role], [true, 'subhead']);
  await one.close();
  await two.close();
}

async function conflicts() {
  const page = await tab();
  await open(page, EDITED);
  const i = entry(EDITED).page.articles[1].lines[5];
  await page.click(row(i));
  expect('an edited file is said to be edited', await page.isVisible('.edited'), true);
  await page.keyboard.press('h');
  await page.waitForSelector('dialog.conflict');
  await page.keyboard.press('Escape');
  await page.waitForSelector(`${row(i)}[data-role=body]`);
  await page.keyboard.press('h');
  await page.click('dialog.conflict .primary');
  await until('the action', () => entry(EDITED).page.lines[i].role === 'subhead');
  expect('adopted and done', entry(EDITED).page.articles[1].edited, false);
  await page.close();
}

/** Fields keep their keys; an input method keeps Enter. */
async function typing() {
  const page = await tab();
  await open(page, PAGE, 12);
  const before = entry(PAGE).page.version;
  await page.keyboard.press('g');
  await page.keyboard.press('End');
  await page.keyboard.type(' tfz?');
  await page.keyboard.press('Escape');
  expect('letters in a field are letters', [entry(PAGE).page.version, await page.locator('dialog').count()], [before, 0]);
  await page.click(row(11));
  await page.keyboard.press('e');
  await page.evaluate(() => document.activeElement?.dispatchEvent(new KeyboardEvent('keydown', { key: 'Enter', isComposing: true, bubbles: true, cancelable: true })));
  expect('Enter of an input method does not save', await page.isVisible('.text-editor'), true);
  await page.fill('.text-editor textarea', ' ');
  await page.keyboard.press('Enter');
  expect('a line cannot be empty', [await page.isVisible('.text-editor'), await page.getAttribute('#status', 'class')], [true, 'error']);
  await page.keyboard.press('Escape');
  expect('Escape leads back to the line', await page.evaluate(() => document.activeElement?.getAttribute('data-i')), '11');
  await page.close();
}

async function headAndThemes() {
  const page = await tab();
  await open(page, PAGE, 3);
  await story('author', page, [(each) => each.fill('#field-authors', '甲一 丙六'), press('Enter')], () => entry(PAGE).page.articles[0].authors.join() === '甲一,丙六');
  await page.waitForSelector('.field-authors.set');
  await page.click('.field-authors .quiet');
  await page.waitForSelector('.field-authors:not(.set)');
  await page.click(row(2));
  await story('theme', page, [press('2')], () => entry(PAGE).page.articles[0].themes.some(({ id }) => id === '工匠'));
  await page.keyboard.press('z');
  await until('undo', () => !entry(PAGE).page.articles[0].themes.some(({ id }) => id === '工匠'));
  // the server's answer to the undo leaves the theme to be decided again
  await page.waitForSelector('.themes .doubt');
  await story('doubtful theme', page, [press('v')], () => !entry(PAGE).page.articles[0].themes.some(({ id }) => id === '技能'));
  await story('headline typed', page, [press('g'), (each) => each.fill('#field-title', '夜课'), press('Enter')], () => entry(PAGE).page.articles[0].title === '夜课');
  await story('date', page, [(each) => each.fill('#field-date', '2025-02-24'), press('Enter')], () => entry(PAGE).page.masthead.date === '2025-02-24');
  await page.fill('#field-issue', '十');
  await page.keyboard.press('Enter');
  expect('a number is asked for', await page.inputValue('#field-issue'), '1024');
  await page.close();
}

async function panes() {
  const page = await tab();
  await open(page, PAGE);
  const width = () => page.locator('#pane-page').evaluate((each) => each.clientWidth);
  const before = await width();
  await page.focus('[role=separator]');
  for (let each = 0; each < 5; each += 1) await page.keyboard.press('ArrowRight');
  expect('the arrow keys resize', await width() > before + 50, true);
  const wider = await width();
  await page.click('#pane-article .close');
  expect('a pane is closed', await page.locator('#pane-article').isVisible(), false);
  await page.reload();
  await page.waitForSelector('.line[aria-selected=true]');
  expect('that is remembered', await page.locator('#pane-article').isVisible(), false);
  await page.click('.toggles button:last-child');
  expect('and opened with its width', Math.abs(await width() - wider) < 3, true);
  await page.click('#pane-page [aria-label="放大"]');
  expect('the picture is zoomed', await page.locator('.sheet').evaluate((each) => each.clientWidth / each.parentElement.clientWidth) > 1.1, true);
  await page.setViewportSize({ width: 390, height: 844 });
  expect('a phone has tabs', [await page.locator('[role=tab]').count(), await page.locator('.pane:visible').count()], [3, 1]);
  await page.click('#tab-page');
  expect('each shows its pane', await page.locator('#pane-page').isVisible(), true);
  await page.close();
}

async function lists() {
  const page = await tab();
  const start = performance.now();
  await page.goto(server.url);
  await page.waitForSelector('.pages li:nth-child(2000)', { state: 'attached' });
  counts.push({ name: 'a queue of 2,000 pages', actions: 0, ms: Math.round(performance.now() - start) });
  const frames = await page.evaluate(async () => {
    const main = document.querySelector('main');
    const times = [];
    for (let each = 0, last = performance.now(); each < 60; each += 1) {
      main.scrollTop += 400;
      await new Promise(requestAnimationFrame);
      times.push(performance.now() - last);
      last = performance.now();
    }
    return times.sort((a, b) => a - b);
  });
  console.log(`        scrolling it: median ${Math.round(frames[30])} ms a frame, 95 % ${Math.round(frames[57])} ms`);
  expect('2,000 rows scroll', frames[57] < 250, true);
  await page.selectOption('.filters select >> nth=2', 'boundary');
  expect('filters', await page.locator('.pages li:not([data-worst=boundary])').count(), 0);
  await page.selectOption('.filters select >> nth=2', '');
  await page.fill('.filters input', '0225-03');
  expect('and a search', await page.locator('.pages li').count(), 1);
  await page.fill('.filters input', '');
  await page.click(`.pages a[href*="${encodeURIComponent(PAGE)}"]`);
  await page.waitForSelector('.line[aria-selected=true]');
  await page.keyboard.press('Enter');
  await until('looked at', () => entry(PAGE).page.looked);
  await page.waitForFunction((name) => !location.search.includes(encodeURIComponent(name)), PAGE);
  expect('Enter leads to the next page', new URL(page.url()).searchParams.get('page') !== PAGE, true);
  await page.keyboard.press('l');
  await page.waitForSelector('#queue:not([hidden])');
  await page.goto(`${server.url}?view=findings`);
  await page.click('.findings-list a');
  await page.waitForSelector('.line[aria-selected=true]');
  expect('a finding leads to its page', new URL(page.url()).searchParams.get('page'), EDITED);
  await page.goto(`${server.url}?view=publish`);
  const [site, folder] = [page.locator('.confirm').nth(0), page.locator('.confirm').nth(1)];
  expect('publishing waits for the confirmation', await site.locator('button').isDisabled(), true);
  await site.locator('label').click();
  await site.locator('button').click();
  await site.locator('.publish-log', { hasText: 'https://shili.example/' }).waitFor();
  await folder.locator('label').nth(0).click();
  expect('what is refused waits for a second confirmation', await folder.locator('button').isDisabled(), true);
  await folder.locator('label').nth(1).click();
  await folder.locator('button').click();
  await folder.locator('.publish-log', { hasText: '228' }).waitFor();
  expect('a target that does not answer cannot be published to', await page.locator('.confirm').count(), 2);
  await page.close();
}

async function bringingIn() {
  const page = await tab();
  await page.goto(server.url);
  await page.waitForSelector('.pages li');
  const data = await page.evaluateHandle(() => {
    const transfer = new DataTransfer();
    transfer.items.add(new File(['示例'], '示例-新.txt'));
    return transfer;
  });
  await page.dispatchEvent('body', 'drop', { dataTransfer: data });
  await page.waitForSelector('.intake-results .done');
  await page.fill('.missing input', '2025-03-01');
  await page.click('.missing button');
  await until('the date', () => entry('示例-新.txt').page.masthead.date === '2025-03-01');
  await page.setInputFiles('#files', { name: PAGE, mimeType: 'application/pdf', buffer: Buffer.from('%PDF') });
  await page.waitForSelector('.intake-results .same');
  expect('a page that is here already', await page.textContent('.intake-results .same .state'), `这一版已经有了：${PAGE}`);
  await page.fill('.paste textarea', '示例的一版');
  await page.click('.paste button');
  await page.waitForSelector('.missing');
  await page.click('.intake-results li:first-child > a');
  await page.waitForSelector('.line[aria-selected=true]');
  await page.close();
}

/** At 200 % in a window of 1280 × 800 the page is not wider than the window, every control can be reached, and no text is cut off. */
async function zoomed() {
  const few = await mock({ extra: 10 });
  const page = await tab({ viewport: { width: 640, height: 400 }, deviceScaleFactor: 2 });
  for (const [name, path, prepare] of views()) {
    await page.goto(few.url + path);
    await page.waitForSelector('main > section:not([hidden])');
    await page.waitForTimeout(250);
    await prepare?.(page);
    await page.waitForTimeout(300);
    expect(`${name} at 200 %: not wider than the window`, await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth && document.body.scrollWidth <= innerWidth), true);
    expect(`${name} at 200 %: nothing is cut off`, await page.evaluate(cutOff), []);
  }
  await page.close();
  await few.close();
}

/** Controls that cannot be brought into the window or that something covers, and texts that are cut without a way to read them. */
async function cutOff() {
  const found = [];
  const within = document.querySelector('dialog[open]') ?? document.body;
  const name = (element) => `${element.tagName.toLowerCase()}${element.id && `#${element.id}`}.${element.className} ${element.textContent.trim().slice(0, 20)}`;
  // an editor lies over the lines on purpose
  const over = document.querySelector('.text-editor:not([hidden])') ? ', .lines' : '';
  const shown = (element) => element.checkVisibility({ visibilityProperty: true }) && !element.closest(`.unseen, .skip, svg${over}`);
  for (const element of within.querySelectorAll('a, button, input, select, textarea, [role=option], [role=tab]')) {
    if (!shown(element) || element.disabled) continue;
    element.scrollIntoView({ block: 'nearest', inline: 'nearest' });
    const box = element.getBoundingClientRect();
    const [x, y] = [box.left + Math.min(box.width / 2, 40), (Math.max(box.top, 0) + Math.min(box.bottom, innerHeight)) / 2];
    const top = document.elementFromPoint(x, y);
    if (box.width === 0 || box.left < -1 || box.right > innerWidth + 1 || !(element.contains(top) || top?.closest('label')?.control === element)) found.push(name(element));
  }
  for (const element of within.querySelectorAll('*')) {
    const style = getComputedStyle(element);
    if (!shown(element) || element.clientWidth === 0 || ![style.overflowX, style.overflowY].some((each) => each === 'hidden' || each === 'clip')) continue;
    const cut = (style.overflowX === 'hidden' && element.scrollWidth > element.clientWidth + 1) || (style.overflowY === 'hidden' && element.scrollHeight > element.clientHeight + 2);
    if (cut && !element.title && !element.querySelector('[style*=overflow]')) found.push(`text: ${name(element)}`);
  }
  return found;
}

/** axe on every view, light and dark, wide, on a phone, and at 200 % zoom; in each language no text is cut from the side. */
async function accessibility() {
  if (!process.env.AXE) return console.log('        AXE is not set: accessibility is not checked');
  // the policy of the pages lets no script be added; what is evaluated is none
  const axe = readFileSync(process.env.AXE, 'utf8');
  // axe looks at every element: a short queue is enough
  const few = await mock({ extra: 10 });
  const sizes = [[1440, 900], [390, 844], [720, 450]];
  for (const colorScheme of ['light', 'dark']) {
    for (const [width, height] of sizes) {
      const page = await tab({ viewport: { width, height }, colorScheme, reducedMotion: 'reduce' });
      for (const [name, path, prepare] of views()) {
        await page.goto(few.url + path);
        await page.waitForSelector('main > section:not([hidden])');
        await page.waitForTimeout(250);
        await prepare?.(page);
        await page.waitForTimeout(100);
        await page.evaluate(axe);
        const found = await page.evaluate(async () => (await globalThis.axe.run(document, { resultTypes: ['violations'], iframes: false })).violations
          .map(({ id, nodes }) => `${id}: ${nodes.slice(0, 3).map(({ target }) => target.join(' ')).join(', ')}`));
        expect(`axe: ${name}, ${colorScheme}, ${width}`, found, []);
        expect(`${name} is not wider than the window, ${width}`, await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth), true);
      }
      await page.close();
    }
  }
  await few.close();
}

function views() {
  const at = (name) => `?page=${encodeURIComponent(name)}`;
  return [['queue', ''], ['page', at(PAGE)], ['page without picture', at('示例-0226-01.txt')], ['edited', `${at(EDITED)}&line=60`, (page) => page.keyboard.press('.')],
    ['editor', at(PAGE), (page) => page.keyboard.press('e')], ['keys', at(PAGE), (page) => page.keyboard.press('?')], ['move', at(PAGE), (page) => page.keyboard.press('o')],
    ['findings', '?view=findings'], ['publish', '?view=publish'], ['intake', '', (page) => page.click('#open-intake')]];
}

/** Pictures of the views, to be looked at. */
async function screenshots(folder) {
  for (const colorScheme of ['light', 'dark']) {
    for (const [width, height] of [[1440, 900], [390, 844]]) {
      const page = await tab({ viewport: { width, height }, colorScheme });
      for (const [name, path, prepare] of views()) {
        await page.goto(server.url + path);
        await page.waitForTimeout(500);
        await prepare?.(page);
        await page.waitForTimeout(300);
        await page.screenshot({ path: `${folder}/${name.replaceAll(' ', '-')}-${width}-${colorScheme}.png` });
      }
      await page.close();
    }
  }
}
