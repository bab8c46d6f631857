// Reading on each kind of page: colour scheme, contrast, keys, a narrow screen, printing, and without JavaScript.
//
//   node reading.mjs SITE, with PLAYWRIGHT and CHROMIUM in the environment
import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { kinds, launch, pages, samples, serve } from '../../.ci/built_site.mjs';
import { expect, summarize } from './assert/expect.mjs';

const folder = process.argv[2];
const all = pages(folder);
const site = await serve(folder);
const browser = await launch();

const open = async (options = {}) => {
  const page = await (await browser.newContext({ locale: 'zh-CN', ...options })).newPage();
  page.on('pageerror', (error) => expect('no error in the page', `${error}`, ''));
  return page;
};
const close = (page) => page.context().close();

// --- the switch of the colour scheme ---
const dark = (page) => page.evaluate(() => {
  const [red, green, blue] = getComputedStyle(document.body).backgroundColor.match(/\d+/g).map(Number);
  return red + green + blue < 3 * 128;
});
for (const system of ['light', 'dark']) {
  const other = system === 'light' ? 'dark' : 'light';
  const page = await open({ colorScheme: system });
  await page.goto(site.url);
  const scheme = page.locator('#scheme');
  const state = async () => [await scheme.inputValue().catch(() => scheme.getAttribute('value')), await dark(page)];
  expect(`${system}: as the system has it`, await state(), ['system', system === 'dark']);
  await page.emulateMedia({ colorScheme: other });
  expect(`${system}: the system changes, the page too`, await state(), ['system', other === 'dark']);
  await page.emulateMedia({ colorScheme: system });
  await scheme.focus();
  await page.keyboard.press('Enter');
  expect(`${system}: the other, by key`, await state(), [other, other === 'dark']);
  expect(`${system}: and the switch says so`, (await scheme.getAttribute('aria-label')).length > 0, true);
  await page.goto(`${site.url}themes/`, { waitUntil: 'commit' });
  await page.waitForSelector('body', { state: 'attached' });
  expect(`${system}: another page remembers, from its first paint`, await dark(page), other === 'dark');
  await page.emulateMedia({ colorScheme: other });
  await page.emulateMedia({ colorScheme: system });
  expect(`${system}: whatever the system does`, await state(), [other, other === 'dark']);
  const second = await page.context().newPage();
  await second.goto(site.url);
  await second.locator('#scheme').click();
  await page.waitForFunction((value) => document.getElementById('scheme').value === value, system);
  expect(`${system}: chosen in another window`, await state(), [system, system === 'dark']);
  await scheme.click();
  expect(`${system}: and back to the system`, await state(), ['system', system === 'dark']);
  await close(page);
}
{
  const page = await open({ colorScheme: 'light' });
  await page.addInitScript(() => Object.defineProperty(window, 'localStorage', { get() { throw new DOMException('blocked', 'SecurityError'); } }));
  await page.goto(site.url);
  await page.click('#scheme');
  expect('where storage is blocked the switch works for the page', await dark(page), true);
  await close(page);
}

// --- contrast: every colour of text that the style sheet names, on every ground ---
for (const colorScheme of ['light', 'dark']) {
  const page = await open({ colorScheme });
  await page.goto(site.url);
  const weak = await page.evaluate(() => {
    const probe = document.body.appendChild(document.createElement('i'));
    const light = (name) => {
      probe.style.color = `var(${name})`;
      const parts = getComputedStyle(probe).color.match(/[\d.]+/g).slice(0, 3).map((part) => part / 255);
      // relative luminance as in WCAG 2.2
      const [red, green, blue] = parts.map((part) => (part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4));
      return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
    };
    const rules = [...document.styleSheets].flatMap((sheet) => [...sheet.cssRules]);
    const names = rules.filter((rule) => rule.selectorText === ':root').flatMap((rule) => [...rule.style]);
    const inks = [...new Set(names)].filter((name) => /^--(ink|soft|accent|hue-\d+)$/.test(name));
    const pairs = [...inks.map((ink) => [ink, '--paper']), ['--ink', '--mark'], ['--paper', '--accent'], ['--paper', '--ink']];
    return pairs.map(([ink, ground]) => {
      const [more, less] = [light(ink), light(ground)].sort((a, b) => b - a);
      return [`${ink} on ${ground}`, (more + 0.05) / (less + 0.05)];
    }).filter(([, ratio]) => !(ratio >= 4.5));
  });
  expect(`${colorScheme}: no colour of text below 4.5 to 1`, weak, []);
  await close(page);
}

// --- keys ---
{
  const page = await open();
  const turning = all.find(({ html }) => html.includes('rel="prev"') && html.includes('rel="next"') && html.includes('class="find"'));
  const url = site.url + turning.path;
  const to = async (rel) => page.getAttribute(`a[rel=${rel}]`, 'href').then((href) => new URL(href, url).href);
  await page.goto(url);
  const [before, after] = [await to('prev'), await to('next')];
  await page.keyboard.press('ArrowRight');
  await page.waitForURL(after);
  expect('→ turns to the next page', page.url(), after);
  await page.goto(url);
  await page.keyboard.press('ArrowLeft');
  await page.waitForURL(before);
  expect('← turns back', page.url(), before);
  await page.goto(url);
  for (const keys of ['Control+ArrowRight', 'Alt+ArrowDown', 'Shift+ArrowRight', 'Meta+ArrowRight']) await page.keyboard.press(keys);
  await page.keyboard.press('/');
  expect('/ leads to the search box', await page.evaluate(() => document.activeElement.name), 'q');
  await page.keyboard.type('a/b');
  for (const keys of ['ArrowRight', 'ArrowLeft']) await page.keyboard.press(keys);
  expect('in which keys are text', await page.inputValue('input[name=q]'), 'a/b');
  await page.waitForTimeout(200);
  expect('and no page was turned, nor with other keys held', page.url(), url);
  await page.goto(url);
  await page.keyboard.press('Tab');
  expect('the first stop leads past the navigation', await page.evaluate(() => document.activeElement.getAttribute('href')), '#main');
  await page.keyboard.press('Enter');
  expect('to the text', new URL(page.url()).hash, '#main');
  await close(page);
}

// --- 360 pixels wide; larger letters; on paper: every kind of page ---
{
  const page = await open({ viewport: { width: 360, height: 740 } });
  for (const { kind, path } of samples(all)) {
    await page.goto(site.url + path);
    const wide = () => page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
    expect(`360 pixels: ${kind} /${path} does not scroll sideways`, Math.max(await wide(), 0), 0);
  }
  for (const { kind, path } of kinds(all)) {
    await page.goto(site.url + path);
    await page.addStyleTag({ content: 'html { font-size: 200% !important }' });
    expect(`letters twice as large: ${kind} neither`, Math.max(await page.evaluate(() => document.documentElement.scrollWidth - innerWidth), 0), 0);
  }
  await close(page);
}
{
  const page = await open({ colorScheme: 'dark' });
  for (const { kind, path } of kinds(all)) {
    await page.goto(site.url + path);
    const words = (await page.innerText('main')).length;
    await page.emulateMedia({ media: 'print' });
    const shown = await page.$$eval('nav, form, button, .skip', (nodes) => nodes.filter((node) => node.checkVisibility()).map((node) => node.outerHTML.slice(0, 60)));
    expect(`printed: ${kind} has no navigation`, shown, []);
    expect(`printed: ${kind} has its headline`, await page.locator('h1').first().isVisible(), true);
    expect(`printed: ${kind} is black on white`, await page.evaluate(() => [getComputedStyle(document.body).backgroundColor, getComputedStyle(document.body).color]), ['rgb(255, 255, 255)', 'rgb(0, 0, 0)']);
    if (kind === 'article') {
      expect('printed: the text is there', (await page.innerText('.body')).length > words / 3, true);
      expect('printed: and where it comes from', await page.locator('.citation').first().isVisible(), true);
      const canonical = await page.getAttribute('link[rel=canonical]', 'href');
      expect('printed: and its address', await page.locator('.colophon').getByText(canonical).isVisible(), true);
    }
    await page.emulateMedia({ media: 'screen' });
  }
  await close(page);
}

// --- without JavaScript ---
{
  const page = await open({ javaScriptEnabled: false });
  for (const { kind, path } of kinds(all)) {
    await page.goto(site.url + path);
    const [headline, scheme] = [await page.locator('h1').first().isVisible(), await page.locator('#scheme').isVisible()];
    expect(`without script: ${kind} is there, without a switch that would do nothing`, [headline, scheme], [true, false]);
  }
  await page.goto(site.url);
  const link = page.locator('main a').first();
  const href = new URL(await link.getAttribute('href'), site.url).href;
  await link.click();
  expect('without script: links lead on', page.url(), href);
  await close(page);
}

// --- the list of people, narrowed by what is typed ---
{
  const page = await open();
  await page.goto(`${site.url}people/`);
  const names = () => page.$$eval('.people-list a', (links) => links.filter((link) => link.checkVisibility()).map((link) => link.textContent.trim()));
  const every = await names();
  const surname = every[0][0];
  const box = page.locator('.narrow input');
  await box.fill(surname);
  expect('people: by a character', await names(), every.filter((name) => name.includes(surname)));
  const syllable = (await page.getAttribute('.people-list a', 'href')).split('/').at(-2).split('-')[0];
  await box.fill(syllable.slice(0, 2));
  expect('people: by pinyin', (await names()).includes(every[0]), true);
  await box.fill('乂乂');
  expect('people: by what nobody is called', await names(), []);
  await box.fill('');
  expect('people: all of them again', await names(), every);
  await close(page);
}

// --- opened from a folder ---
{
  const page = await open();
  await page.goto(new URL('index.html', pathToFileURL(`${resolve(folder)}/`)).href);
  const title = await page.textContent('main h3 a, main h2 a');
  await page.click('main h3 a, main h2 a');
  expect('from a folder: an article opens', (await page.textContent('h1')).trim(), title.trim());
  await page.fill('nav input[name=q], form input[name=q]', '工会');
  await page.keyboard.press('Enter');
  await page.waitForSelector('#outcome:not(:empty)');
  expect('from a folder: the search says what does not work', await page.textContent('#outcome'), await page.getAttribute('#search', 'data-from-folder'));
  await close(page);
}

await browser.close();
await site.close();
summarize();
