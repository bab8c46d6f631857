// A site is begun in Chromium, by someone who starts the program in a folder without one: with the mouse, by keys alone, after
// mistakes; every state of the page with axe, light and dark, wide and on a phone.
//
//   node begin.mjs SITE, with PLAYWRIGHT, CHROMIUM and AXE (the script) in the environment; the program is taken from target/ beside SITE
import { readFileSync } from 'node:fs';
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { launch } from '../../.ci/built_site.mjs';
import { expect, summarize } from './assert/expect.mjs';
import { folder, start, until } from './assert/program.mjs';

const browser = await launch();
const errors = [];
const roots = [];

/** The program in an empty folder `work`, where the user's own folder is `home`, and the page that it opens. */
async function begin(options = {}, prepare = async () => {}, cwd = 'work') {
  const root = await folder();
  roots.push(root);
  for (const name of ['work', 'home']) await mkdir(join(root, name));
  await prepare(root);
  const program = await start([], { cwd: resolve(root, cwd), env: { HOME: join(root, 'home'), USERPROFILE: join(root, 'home'), PATH: '' } }, /begin one in the browser: (http:\S+)/);
  const context = await browser.newContext({ viewport: { width: 1280, height: 800 }, locale: 'zh-CN', ...options });
  const page = await context.newPage();
  page.setDefaultTimeout(20_000);
  page.on('pageerror', (error) => errors.push(error.message));
  // what is refused is an answer, and the desk is asked for until it is there
  page.on('console', (message) => { if (message.type() === 'error' && !/404|422/.test(message.text())) errors.push(message.text()); });
  await page.goto(program.address);
  await page.waitForSelector('form');
  const end = async () => {
    await context.close();
    await program.stop();
  };
  return { root, page, end, address: program.address };
}

const settings = async (root, name) => (await readFile(join(root, name, 'site.toml'), 'utf8')).split('\n').filter((line) => /^(title|lang) = /.test(line));

async function withTheMouse() {
  const { root, page, end, address } = await begin({}, async (root) => writeFile(join(root, 'work', 'notes.txt'), 'mine'));
  const started = performance.now();
  expect('the address has no token', page.url().includes('token'), false);
  expect('it says which folder it is', await page.locator('.place code').first().textContent(), join(root, 'work', '文摘'));
  await page.fill('#title', '江城"文摘"');
  await page.click('.submit');
  await page.waitForSelector('.pages li');
  console.log(`        from the page to the queue of the new site: 2 actions, ${Math.round(performance.now() - started)} ms`);
  expect('the desk is at the same address', page.url(), address.replace(/\?.*/, ''));
  expect('the site has the title', [await page.textContent('#site-title'), await settings(root, 'work/文摘')], ['江城"文摘"', ['title = \'江城"文摘"\'', 'lang = "zh-Hans"']]);
  expect('what was there is left alone', await readFile(join(root, 'work', 'notes.txt'), 'utf8'), 'mine');
  await until('the sample pages are in the queue', async () => await page.locator('.pages li').count() === 2);
  await end();
}

/** No mouse: the fields in their order, a mistake that is explained, and the focus where it is mended. */
async function byKeysAlone() {
  const { root, page, end } = await begin({ locale: 'en-GB' }, async (root) => {
    await mkdir(join(root, 'work', 'taken'));
    await writeFile(join(root, 'work', 'taken', 'a.txt'), 'mine');
  });
  expect('it is in the language of the browser', [await page.textContent('h1'), await page.getAttribute('html', 'lang')], ['Begin a digest site', 'en']);
  const visited = [];
  const focused = () => page.evaluate(() => document.activeElement.id || document.activeElement.name || document.activeElement.className);
  for (let each = 0; each < 5; each += 1) {
    await page.keyboard.press('Tab');
    visited.push(await focused());
  }
  expect('Tab leads through the fields in their order', visited, ['lang', 'title', 'where', 'name', 'primary submit']);
  const ring = await page.evaluate(() => getComputedStyle(document.activeElement).outlineStyle);
  expect('the focus is visible', ring, 'solid');
  await page.keyboard.press('Shift+Tab');
  await page.keyboard.press('Control+A');
  await page.keyboard.type('taken');
  await page.keyboard.press('Enter');
  await page.waitForSelector('#message:not(:empty)');
  expect('a name that is taken is refused', [(await page.textContent('#message')).includes('choose another name'), await focused()], [true, 'name']);
  await page.keyboard.press('Control+A');
  await page.keyboard.type('a/b');
  await page.keyboard.press('Enter');
  await page.waitForFunction(() => document.querySelector('#message')?.textContent.includes('cannot have this name'));
  await page.keyboard.press('Shift+Tab');
  await page.keyboard.press('ArrowDown');
  expect('the folder itself needs no name', [await page.isVisible('#name'), await page.locator('.place:has(:checked) code').textContent()], [false, join(root, 'work')]);
  await page.keyboard.press('ArrowUp');
  await page.keyboard.press('Tab');
  await page.keyboard.press('Control+A');
  await page.keyboard.type('mine');
  await page.keyboard.press('Enter');
  await page.waitForSelector('.pages li');
  expect('the site is in the folder, and in English', await settings(root, 'work/mine'), ['title = "产改文摘"', 'lang = "en"']);
  await end();
}

async function openedAgain() {
  const { page, end } = await begin({}, async (root) => {
    await mkdir(join(root, 'home', 'mine', 'content'), { recursive: true });
    await writeFile(join(root, 'home', 'mine', 'site.toml'), 'title = "我的文摘"\n');
    await writeFile(join(root, 'home', 'mine', 'content', 'about.md'), '+++\ntitle = "关于"\n+++\n\n甲。\n');
  });
  await page.selectOption('select', 'zh-Hant');
  expect('the language can be changed', [await page.textContent('h1'), await page.textContent('.found h2')], ['新建文摘站', '打開已有的文摘站']);
  await page.click('.found button');
  await page.waitForSelector('#queue:not([hidden])');
  expect('a site that is there is one click away', await page.textContent('#site-title'), '我的文摘');
  await end();
}

/** Where nothing can be written, the user's own folder is what is left; a desk that cannot be served is said to be. */
async function unsuitableFolders() {
  const { root, page, end } = await begin({}, async (root) => {
    await mkdir(join(root, 'home', 'empty'));
    await writeFile(join(root, 'home', 'empty', 'site.toml'), 'title = "空站"\n');
  }, '/proc');
  await page.click('.submit');
  await page.waitForSelector('#message:not(:empty)');
  expect('the system says why', /没有建成.*cannot/.test(await page.textContent('#message')), true);
  expect('another place is proposed', await page.locator('.place:has(:checked) code').textContent(), join(root, 'home', '文摘'));
  await page.click('.found button');
  await page.waitForFunction(() => document.querySelector('#message')?.textContent.includes('打不开这个文摘站'));
  await page.check('.place:last-of-type input');
  await page.click('.submit');
  await page.waitForSelector('.pages li');
  expect('after that, a site can be begun', await settings(root, 'home/文摘'), ['title = "产改文摘"', 'lang = "zh-Hans"']);
  await end();
}

/** axe on the page and after a mistake; and nothing is wider than the window. */
async function accessible() {
  const axe = process.env.AXE && readFileSync(process.env.AXE, 'utf8');
  if (!axe) console.log('        AXE is not set: accessibility is not checked with axe');
  const { page, end } = await begin({ reducedMotion: 'reduce' }, async (root) => {
    await writeFile(join(root, 'work', 'notes.txt'), 'mine');
    await mkdir(join(root, 'home', 'a'.repeat(120)), { recursive: true });
    await writeFile(join(root, 'home', 'a'.repeat(120), 'site.toml'), 'title = "旧站"\n');
  });
  for (const colorScheme of ['light', 'dark']) {
    // the third: 1280 pixels at 200 % zoom
    for (const [width, height] of [[1280, 800], [390, 844], [640, 400], [320, 640]]) {
      for (const state of ['offered', 'refused']) {
        await page.emulateMedia({ colorScheme });
        await page.setViewportSize({ width, height });
        await page.reload();
        await page.waitForSelector('form');
        if (state === 'refused') {
          await page.fill('#name', 'a/b');
          await page.click('.submit');
          await page.waitForSelector('#message:not(:empty)');
        }
        const name = `${state}, ${colorScheme}, ${width}`;
        expect(`not wider than the window: ${name}`, await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth), true);
        if (!axe) continue;
        await page.evaluate(axe);
        const found = await page.evaluate(async () => (await globalThis.axe.run(document, { resultTypes: ['violations'] })).violations
          .map(({ id, nodes }) => `${id}: ${nodes.slice(0, 3).map(({ target }) => target.join(' ')).join(', ')}`));
        expect(`axe: ${name}`, found, []);
      }
    }
  }
  await end();
}

try {
  for (const story of [withTheMouse, byKeysAlone, openedAgain, unsuitableFolders, accessible]) await story();
  expect('no error in the page', errors, []);
} catch (error) {
  expect('the stories run to their end', error.stack, '');
} finally {
  await browser.close();
  for (const root of roots) await rm(root, { recursive: true, force: true });
}
summarize();
