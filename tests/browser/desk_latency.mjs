// From a key at the desk to the article's new preview, in Chromium against the real server: a distribution over 40 actions.
//
//   node desk_latency.mjs SITE, with PLAYWRIGHT and CHROMIUM in the environment; the program is taken from target/ beside SITE
//   PAGES=2000: on a site of so many source pages, which are those of the sample under other days; ACTIONS=100: more actions
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { cp, mkdir, mkdtemp, readFile, readdir, rm, writeFile } from 'node:fs/promises';
import { loadavg, tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { launch } from '../../.ci/built_site.mjs';
import { expect, summarize } from './assert/expect.mjs';

const site = resolve(process.argv[2]);
const target = process.env.CARGO_TARGET_DIR ?? join(dirname(site), 'target');
const program = ['release', 'debug'].map((profile) => join(target, profile, 'wenzhai')).find(existsSync);
const PAGE = 'content/pages/shifan-2025-03-18-04.txt';
const ACTIONS = Number(process.env.ACTIONS ?? 40);

const root = await mkdtemp(join(tmpdir(), 'wenzhai-latency-'));
await mkdir(join(root, 'content'));
for (const name of ['site.toml', 'content/pages']) await cp(join(dirname(site), name), join(root, name), { recursive: true });
await addIssues(Number(process.env.PAGES ?? 0));

/** Copies issues of the sample, each to a day of its own, until there are so many pages. */
async function addIssues(count) {
  const folder = join(root, 'content/pages');
  const names = (await readdir(folder)).filter((name) => /\.(txt|toml)$/.test(name));
  let pages = (await readdir(folder)).filter((name) => !name.endsWith('.toml')).length;
  const dayOf = (name) => name.match(/-(\d{4}-\d\d-\d\d)-/)[1];
  const days = [...new Set(names.map(dayOf))].sort();
  for (let copy = 0; pages < count; copy += 1) {
    for (const name of names) {
      const [year, month, day] = dayOf(name).split('-').map(Number);
      const other = new Date(Date.UTC(1990, 0, 1 + copy * days.length + days.indexOf(dayOf(name))));
      const iso = (date) => date.toISOString().slice(0, 10);
      const printed = (date) => `${date.getUTCFullYear()}年${date.getUTCMonth() + 1}月${date.getUTCDate()}日`;
      const first = new Date(Date.UTC(year, month - 1, day));
      const text = (await readFile(join(folder, name), 'utf8')).replaceAll(printed(first), printed(other)).replaceAll(iso(first), iso(other));
      await writeFile(join(folder, name.replace(iso(first), iso(other))), text);
      if (name.endsWith('.txt')) pages += 1;
    }
  }
}

const server = spawn(program, ['--root', root, 'serve', '-p', '0'], { stdio: ['ignore', 'ignore', 'pipe'] });
let stderr = '';
server.stderr.on('data', (part) => { stderr += part; });
const start = await new Promise((found) => {
  const look = setInterval(() => {
    const url = stderr.match(/the desk: (http:\S+)[^]* pages, in /);
    if (url) { clearInterval(look); found(url[1]); }
  }, 20);
});

const browser = await launch();
try {
  const page = await (await browser.newContext({ viewport: { width: 1440, height: 900 } })).newPage();
  await page.goto(`${start}&page=${encodeURIComponent(PAGE)}`);
  await page.waitForSelector('.line[aria-selected=true]');
  await page.waitForFunction(() => document.querySelector('iframe')?.contentDocument?.querySelector('h1'));
  // the first start on a large site summarises its pages for a while
  const isSummarised = () => page.evaluate(() => fetch('api/pages').then((answer) => answer.json()).then(({ working }) => working === null));
  while (!await isSummarised()) await page.waitForTimeout(500);
  // from Enter to the frame in which the article's page shows the headline that was typed
  await page.evaluate(() => {
    globalThis.times = [];
    globalThis.loads = 0;
    const frame = document.querySelector('iframe');
    frame.addEventListener('load', () => { globalThis.loads += 1; });
    addEventListener('keydown', ({ key, target, timeStamp }) => {
      if (key !== 'Enter' || target.id !== 'field-title') return;
      const look = () => {
        const isShown = frame.contentDocument?.querySelector('h1')?.textContent.includes(target.value);
        if (isShown) globalThis.times.push(performance.now() - timeStamp);
        else setTimeout(look, 2);
      };
      look();
    }, { capture: true });
  });
  for (let done = 0; done < ACTIONS; done += 1) {
    await page.fill('#field-title', `第${done + 1}次改的标题，好让人看见`);
    await page.press('#field-title', 'Enter');
    await page.waitForFunction((count) => globalThis.times.length === count, done + 1, { polling: 20 });
    // at different moments of what the server does afterwards
    await page.waitForTimeout(150 + (done * 97) % 700);
  }
  const times = (await page.evaluate(() => globalThis.times)).sort((a, b) => a - b);
  const at = (part) => Math.round(times[Math.min(times.length - 1, Math.trunc(part * times.length))]);
  const load = loadavg()[0].toFixed(1);
  console.log(`        key to preview, ${stderr.match(/(\d+ articles), \d+ pages, in /)[1]}, ${times.length} actions: median ${at(0.5)} ms, 95 % ${at(0.95)} ms, most ${at(1)} ms, at a load of ${load}`);
  // 160 ms were measured beside other work, and 250 ms on 2,000 pages; the bound only finds what became slow by a multiple
  expect('key to preview within 600 ms, 95 times in 100', at(0.95) <= 600, true);
  expect('an action loads the preview once', await page.evaluate(() => globalThis.loads), ACTIONS);

  // --- two actions in quick succession both show ---
  const shows = (text) => page.waitForFunction((text) => document.querySelector('iframe')?.contentDocument?.body?.textContent.includes(text), text);
  await page.fill('#field-title', '两次里的第一次');
  await page.press('#field-title', 'Enter');
  await page.fill('#field-kicker', '两次里的第二次');
  await page.press('#field-kicker', 'Enter');
  await Promise.all([shows('两次里的第一次'), shows('两次里的第二次')]);
  expect('two actions in quick succession are both shown', true, true);

  // --- what is changed outside of the desk shows within a second ---
  const sidecar = join(root, PAGE.replace('.txt', '.toml'));
  const text = await readFile(sidecar, 'utf8');
  const changed = Date.now();
  await writeFile(sidecar, text.replace('两次里的第一次', '在别处改的标题'));
  await shows('在别处改的标题');
  const took = Date.now() - changed;
  expect(`a change outside of the desk shows within a second (${took} ms)`, took <= 1000, true);
} finally {
  await browser.close();
  server.kill();
  await rm(root, { recursive: true, force: true });
}
summarize();
