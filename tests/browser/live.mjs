// Live preview, as an editor uses it: files are saved while a page is open in Chromium.
//
//   node live.mjs SITE, with PLAYWRIGHT and CHROMIUM in the environment; the program is taken from target/ beside SITE
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdtemp, mkdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { launch } from '../../.ci/built_site.mjs';
import { expect, summarize } from './assert/expect.mjs';

const site = process.argv[2];
const target = process.env.CARGO_TARGET_DIR ?? join(dirname(site), 'target');
const program = ['release', 'debug'].map((profile) => join(target, profile, 'wenzhai')).find(existsSync);

// --- a site of one long article ---
const root = await mkdtemp(join(tmpdir(), 'wenzhai-live-'));
const write = async (name, text) => {
  await mkdir(dirname(join(root, name)), { recursive: true });
  await writeFile(join(root, name), text);
};
const article = (title, body) =>
  `+++\n${title}\nauthors = []\ndate = 2025-01-02\n+++\n\n${body}\n\n${'驿站里有热水，也有热饭。\n\n'.repeat(120)}`;
const FILE = 'content/articles/own/a.md';
await write('site.toml', 'title = "试"\n');
await write(FILE, article('title = "题目"', '正文一。'));
await write('static/own.css', '');

const server = spawn(program, ['--root', root, 'serve', '-p', '0'], { stdio: ['ignore', 'ignore', 'pipe'] });
const address = await new Promise((found) => {
  let stderr = '';
  server.stderr.on('data', (part) => {
    stderr += part;
    const url = stderr.match(/serving (http:\S+)/);
    if (url) found(url[1]);
  });
});
const browser = await launch();
const page = await browser.newPage();
let loads = 0;
page.on('load', () => (loads += 1));

const shows = (text) => page.waitForFunction((text) => document.body.textContent.includes(text), text);
// the overlay is in a shadow tree of its own
const read = () =>
  page.evaluate(() => {
    const shadows = [...document.documentElement.children].map((element) => element.shadowRoot).filter(Boolean);
    return shadows.map((shadow) => shadow.textContent).join('');
  });
// a page that is being loaded cannot be evaluated
const overlay = () => read().catch(() => page.waitForTimeout(50).then(overlay));
const waits = async (is) => {
  for (let tries = 0; tries < 400; tries += 1) {
    if (is(await overlay())) return true;
    await page.waitForTimeout(25);
  }
  return false;
};

try {
  await page.goto(`${address}2025/01/02/a/`);
  await shows('正文一。');
  await page.waitForTimeout(300);

  // --- a save is shown, and the scroll position stays ---
  await page.evaluate(() => scrollTo({ top: 1200, behavior: 'instant' }));
  await write(FILE, article('title = "题目"', '正文二。'));
  await page.waitForTimeout(500);
  await shows('正文二。');
  await page.waitForFunction(() => scrollY > 0);
  expect('the scroll position stays', await page.evaluate(() => Math.round(scrollY)), 1200);

  // --- an error is shown over the last valid page, until it is corrected ---
  await write(FILE, article('titel = "题目"', '正文三。'));
  expect('the overlay appears', await waits((text) => text.includes('did you mean title?')), true);
  await page.waitForTimeout(500);
  const text = await overlay();
  expect('it names file and line', text.includes('content/articles/own/a.md:2:1'), true);
  expect('it underlines the span', text.includes('^^^^^'), true);
  expect('below it is the last valid page', await page.evaluate(() => document.querySelector('h1').textContent), '题目');
  await write(FILE, article('title = "题目"', '正文四。'));
  await page.waitForTimeout(500);
  await shows('正文四。');
  expect('the overlay disappears', await waits((text) => text === ''), true);
  expect('the scroll position is still the same', await page.evaluate(() => Math.round(scrollY)), 1200);

  // --- a style sheet is replaced without a reload ---
  await write('static/style.css', 'h1 { color: rgb(1, 2, 3) }');
  await page.waitForFunction(() => getComputedStyle(document.querySelector('h1')).color === 'rgb(1, 2, 3)');
  await page.waitForTimeout(500);
  const before = loads;
  await write('static/style.css', 'h1 { color: rgb(4, 5, 6) }');
  await page.waitForFunction(() => getComputedStyle(document.querySelector('h1')).color === 'rgb(4, 5, 6)');
  await page.waitForTimeout(300);
  expect('a style sheet is replaced without a reload', loads - before, 0);
} catch (error) {
  expect('the test runs to its end', `${error}`, '');
} finally {
  await browser.close();
  server.kill();
  await rm(root, { recursive: true, force: true });
}
summarize();
