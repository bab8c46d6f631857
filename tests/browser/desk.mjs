// The desk with the real server: an editor corrects a page in Chromium, and a page of another site tries to.
//
//   node desk.mjs SITE, with PLAYWRIGHT and CHROMIUM in the environment; the program is taken from target/ beside SITE
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { cp, mkdir, mkdtemp, readFile, rm } from 'node:fs/promises';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { launch } from '../../.ci/built_site.mjs';
import { expect, summarize } from './assert/expect.mjs';

const site = resolve(process.argv[2]);
const target = process.env.CARGO_TARGET_DIR ?? join(dirname(site), 'target');
const program = ['release', 'debug'].map((profile) => join(target, profile, 'wenzhai')).find(existsSync);

// --- a copy of the sample, without what a build made of it ---
const root = await mkdtemp(join(tmpdir(), 'wenzhai-desk-'));
const PAGE = 'content/pages/shifan-2025-03-18-04.txt';
const PDF = 'content/pages/yanjiang-2025-09-17-01.pdf';
await mkdir(join(root, 'content/pages'), { recursive: true });
for (const name of ['site.toml', PAGE, PDF]) await cp(join(dirname(site), name), join(root, name));

const server = spawn(program, ['--root', root, 'serve', '-p', '0'], { stdio: ['ignore', 'ignore', 'pipe'] });
let stderr = '';
server.stderr.on('data', (part) => { stderr += part; });
const start = await new Promise((found) => {
  const look = setInterval(() => {
    const url = stderr.match(/the desk: (http:\S+)[^]* pages, in /);
    if (url) { clearInterval(look); found(url[1]); }
  }, 20);
});
const desk = start.split('?')[0];
const origin = new URL(start).origin;
const sidecar = () => readFile(join(root, PAGE.replace('.txt', '.toml')), 'utf8').catch(() => null);
const article = (number) => readFile(join(root, `content/articles/2025/03-18/sfgrb-p4-0${number}.md`), 'utf8').catch(() => '');
const until = async (what, is) => {
  for (let tries = 0; tries < 600; tries += 1) {
    if (await is()) return expect(what, true, true);
    await new Promise((done) => setTimeout(done, 25));
  }
  return expect(what, false, true);
};

const browser = await launch();
try {
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 } });
  const page = await context.newPage();
  const errors = [];
  page.on('pageerror', (error) => errors.push(error.message));
  const selected = (text) => page.waitForFunction((text) => document.querySelector('.line[aria-selected=true]')?.textContent.includes(text), text);
  const select = async (text) => {
    const at = await page.evaluate((text) => [...document.querySelectorAll('.line')].find((line) => line.textContent.includes(text))?.dataset.i, text);
    await page.click(`.line[data-i="${at}"]`);
    await selected(text);
  };

  // --- from the start address to the page; the token leaves the address ---
  await page.goto(`${start}&page=${encodeURIComponent(PAGE)}`);
  await page.waitForSelector('.line[aria-selected=true]');
  expect('the address has no token', page.url().includes('token'), false);

  // --- a subhead is made the headline of an article of its own: a click and two keys ---
  await select('比床更要紧的是有人听');
  await page.keyboard.press('n');
  await page.keyboard.press('t');
  await until('the sidecar has the new article', async () => (await sidecar())?.includes('role = "title"'));
  await until('the article is written', async () => (await article(3)).includes('title = "比床更要紧的是有人听"'));
  await until('its preview is shown', () => page.evaluate(() => document.querySelector('iframe')?.contentDocument?.body?.textContent.includes('比床更要紧的是有人听') ?? false));

  // --- undone, also after the page was loaded again ---
  await page.reload();
  await page.waitForSelector('.line[aria-selected=true]');
  await page.keyboard.press('z');
  await until('the headline is undone', async () => (await sidecar())?.includes('role = "title"') === false);
  await page.keyboard.press('z');
  await until('nothing is left of it', async () => (await sidecar()) === null);

  // --- from the preview to the desk and its line ---
  await until('the article is as it was', async () => (await article(2)).includes('比床更要紧的是有人听'));
  await page.goto(`${origin}/2025/03/18/sfgrb-p4-02/`);
  // the import of what was undone may load the page again meanwhile
  await page.waitForTimeout(1000);
  await Promise.all([page.waitForURL('**/desk/?page=*'), page.locator('text=改这里').click()]);
  await page.waitForSelector('.line[aria-selected=true]');
  await selected('货车司机之家');
  await page.waitForTimeout(400);
  expect('its line can be seen', await page.evaluate(() => {
    const place = document.querySelector('.line[aria-selected=true]').getBoundingClientRect();
    return document.elementFromPoint(place.left + 20, (place.top + place.bottom) / 2)?.closest('.line')?.getAttribute('aria-selected');
  }), 'true');
  expect('it leads to the page', new URL(page.url()).searchParams.get('page'), PAGE);

  // --- the picture of a PDF, where the program renders them ---
  await page.goto(`${desk}?page=${encodeURIComponent(PDF)}`);
  await page.waitForSelector('.line[aria-selected=true]');
  const picture = await page.evaluate(() => fetch(`api/page?name=${encodeURIComponent('content/pages/yanjiang-2025-09-17-01.pdf')}`).then((answer) => answer.json()).then((answer) => answer.picture));
  if (picture) {
    await page.waitForFunction(() => [...document.images].some((image) => image.complete && image.naturalWidth > 600));
    expect('the picture of the page is shown', true, true);
  } else {
    console.log('        the program renders no pictures: none is shown');
  }
  expect('no error in the page', errors, []);

  // --- a page of another site, in the same browser ---
  const before = await sidecar();
  const evil = createServer((_, answer) => answer.setHeader('content-type', 'text/html').end('<!doctype html><body>evil'));
  await new Promise((ready) => evil.listen(0, '127.0.0.1', ready));
  const other = await context.newPage();
  await other.goto(`http://127.0.0.1:${evil.address().port}/`);
  const attempts = await other.evaluate(async ({ desk, name }) => {
    const body = JSON.stringify({ page: name, looked: true });
    const results = [];
    for (const [path, options] of [
      ['api/pages', { credentials: 'include' }],
      ['api/pages', { credentials: 'include', mode: 'no-cors' }],
      ['api/looked', { method: 'POST', body, credentials: 'include', mode: 'no-cors' }],
      ['api/looked', { method: 'POST', body, credentials: 'include', headers: { 'X-Wenzhai-Desk': '1' } }],
    ]) {
      results.push(await fetch(desk + path, options).then((answer) => answer.type === 'opaque' ? 'opaque' : answer.status, () => 'refused'));
    }
    const frame = Object.assign(document.createElement('iframe'), { src: desk });
    document.body.append(frame);
    await new Promise((done) => { frame.onload = done; setTimeout(done, 3000); });
    let text = 'closed';
    try { text = frame.contentDocument?.body?.textContent ?? 'closed'; } catch { /* another origin */ }
    const form = Object.assign(document.createElement('form'), { method: 'post', action: `${desk}api/looked`, target: 'there' });
    const there = Object.assign(document.createElement('iframe'), { name: 'there' });
    document.body.append(there, form);
    form.submit();
    await new Promise((done) => { there.onload = done; setTimeout(done, 3000); });
    return { results, text };
  }, { desk, name: PAGE });
  expect('another site reads nothing', attempts, { results: ['refused', 'refused', 'refused', 'refused'], text: 'closed' });
  const looked = await page.evaluate((name) => fetch(`api/page?name=${encodeURIComponent(name)}`).then((answer) => answer.json()).then((answer) => answer.looked), PAGE);
  expect('another site changes nothing', [looked, await sidecar()], [false, before]);
  evil.close();
} finally {
  await browser.close();
  server.kill();
  await rm(root, { recursive: true, force: true });
}
summarize();
