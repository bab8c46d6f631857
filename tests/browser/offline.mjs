// Reading without network: what was read, the front page and what it links to are kept, within the limit, and never shown instead of
// what is newer.
//
//   node offline.mjs SITE, with PLAYWRIGHT and CHROMIUM in the environment; the program is taken from target/ beside SITE
import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdtemp, mkdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { launch, serve } from '../../.ci/built_site.mjs';
import { expect, summarize } from './assert/expect.mjs';

const target = process.env.CARGO_TARGET_DIR ?? join(dirname(process.argv[2]), 'target');
const program = ['release', 'debug'].map((profile) => join(target, profile, 'wenzhai')).find(existsSync);

// --- a site of 60 articles on 60 days, eight of them long ---
const root = await mkdtemp(join(tmpdir(), 'wenzhai-offline-'));
const write = async (name, text) => {
  await mkdir(dirname(join(root, name)), { recursive: true });
  await writeFile(join(root, name), text);
};
const dayOf = (number) => new Date(Date.UTC(2025, 0, number)).toISOString().slice(0, 10);
const pathOf = (number) => `${dayOf(number).replaceAll('-', '/')}/a${number}/`;
const article = (number, text) =>
  write(`content/articles/own/a${number}.md`, `+++\ntitle = "第${number}件事"\nauthors = []\ndate = ${dayOf(number)}\n+++\n\n${text}\n`);
const LONG = [1, 2, 3, 4, 5, 6, 7, 8];
for (let number = 1; number <= 60; number += 1) {
  await article(number, LONG.includes(number) ? `驿站里有热水，这是第${number}间。\n\n`.repeat(3400) : `第${number}天的正文。`);
}
const build = () => execFileSync(program, ['--root', root, 'build'], { stdio: 'pipe' });
const settings = (offline) => write('site.toml', `title = "试"\n[offline]\nenabled = ${offline}\nmegabytes = 1\n`);
await settings(true);
build();

let served = await serve(join(root, 'public'), '/digest/');
const home = served.url;
const browser = await launch();
const context = await browser.newContext();
const page = await context.newPage();
page.on('pageerror', (error) => expect('no error in the page', `${error}`, ''));

const heading = async (path) => {
  await page.goto(home + path);
  return page.locator('h1').first().textContent();
};
const kept = () => page.evaluate(async () => {
  let addresses = [];
  let bytes = 0;
  for (const name of await caches.keys()) {
    const cache = await caches.open(name);
    for (const request of await cache.keys()) {
      addresses.push(request.url);
      bytes += (await (await cache.match(request)).blob()).size;
    }
  }
  return { addresses, bytes };
});
const keeps = (path) => page.waitForFunction(
  async (url) => Boolean(await caches.match(url)), home + path, { polling: 50, timeout: 10_000 },
);
/** The network of the machine itself: a worker's requests do not follow the browser's own switch. */
const network = async (on) => {
  if (!on) return served.close();
  served = await serve(join(root, 'public'), '/digest/', {}, Number(new URL(home).port));
};

try {
  // --- the first visit ---
  await page.goto(home);
  await page.evaluate(() => navigator.serviceWorker.ready);
  await keeps('offline.html');
  await keeps(pathOf(60));
  expect('the style is kept', (await kept()).addresses.includes(`${home}style.css`), true);

  // --- an article is read, then the network goes ---
  await page.goto(home + pathOf(10));
  await keeps(pathOf(10));
  const font = () => page.evaluate(() => getComputedStyle(document.body).fontFamily);
  const styled = await font();
  await network(false);
  expect('what was read can be read', await heading(pathOf(10)), '第10件事');
  expect('it has its style', await font(), styled);
  expect('so can what the front page links to', await heading(pathOf(60)), '第60件事');
  expect('and the front page', (await page.goto(home)).status(), 200);

  // --- a page that is not kept ---
  expect('what is missing says so', await heading(pathOf(20)), '现在没有网络');
  await page.waitForSelector('#kept a');
  const offered = await page.$$eval('#kept a', (links) => links.map((link) => link.textContent));
  expect('and offers what was read', offered.includes('第10件事'), true);
  expect('but no lists', offered.every((title) => /^第\d+件事$/.test(title)), true);
  if (process.env.SHOT) await page.screenshot({ path: process.env.SHOT });
  await page.click('#kept a >> text=第10件事');
  await page.waitForURL(home + pathOf(10));

  // --- a publish: what is new comes at once ---
  await article(10, '改过的正文。');
  build();
  await network(true);
  await page.goto(home + pathOf(10));
  expect('what was published is shown', await page.locator('article .body').innerText(), '改过的正文。');
  await page.waitForFunction(async (url) => (await (await caches.match(url)).text()).includes('改过的正文。'), home + pathOf(10));
  await network(false);
  await page.goto(home + pathOf(10));
  expect('and kept', await page.locator('article .body').innerText(), '改过的正文。');

  // --- the limit ---
  await network(true);
  for (const number of LONG) {
    await page.goto(home + pathOf(number));
    await keeps(pathOf(number));
  }
  const { addresses, bytes } = await kept();
  expect('what is kept stays within the limit', bytes <= 1e6, true);
  expect('what was read last is kept', addresses.includes(home + pathOf(8)), true);
  expect('what was read first is not', addresses.includes(home + pathOf(1)), false);
  expect('the page for what is missing stays', addresses.includes(`${home}offline.html`), true);

  // --- switched off again ---
  await settings(false);
  build();
  await page.goto(home);
  await page.waitForFunction(async () => (await navigator.serviceWorker.getRegistrations()).length === 0 && (await caches.keys()).length === 0);
  expect('a site that switches it off leaves nothing behind', true, true);
} finally {
  await browser.close();
  await served.close();
  await rm(root, { recursive: true });
}
summarize();
