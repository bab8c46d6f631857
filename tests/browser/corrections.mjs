// Corrections at the desk with the real server in Chromium, counted and timed: each kind of correction, from the first action until
// the article's file says so; and a page of the sample wholly corrected from its raw import, after which `build` equals the articles
// that were written by hand.
//
//   node corrections.mjs SITE, with PLAYWRIGHT and CHROMIUM in the environment; the program is taken from target/ beside SITE
import { spawnSync } from 'node:child_process';
import { cp, mkdir, readFile, readdir, rm } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { launch } from '../../.ci/built_site.mjs';
import { expect, summarize } from './assert/expect.mjs';
import { folder, program, project, start, until } from './assert/program.mjs';

const browser = await launch();
const errors = [];
const roots = [];

/** The desk of a site with some files of the sample, and an editor whose actions are counted: a key, a click, a drag, or a text that is typed. */
async function open(files) {
  const root = await folder();
  roots.push(root);
  for (const name of ['site.toml', ...files]) {
    await mkdir(join(root, dirname(name)), { recursive: true });
    await cp(join(project, name), join(root, name));
  }
  const server = await start(['--root', root, 'serve', '-p', '0'], {}, /the desk: (http:\S+)[^]* pages, in /);
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 } });
  const page = await context.newPage();
  page.setDefaultTimeout(15_000);
  page.on('pageerror', (error) => errors.push(error.stack));
  page.on('console', (message) => { if (message.type() === 'error') errors.push(message.text()); });
  await page.goto(server.address);
  await page.waitForSelector('.pages li');
  /** The row of a line, by the line's number. */
  const row = (n) => page.locator('.line').filter({ has: page.locator(`.n:text-is("${n}")`) });
  let actions = 0;
  const counted = (act) => async (...values) => {
    actions += 1;
    await act(...values);
  };
  const editor = {
    root, page,
    key: counted((key) => page.keyboard.press(key)),
    click: counted((n, modifiers = []) => row(n).click({ modifiers })),
    doubleClick: counted((n) => row(n).dblclick()),
    follow: counted((selector) => page.click(selector)),
    drag: counted((n, to) => row(n).dragTo(row(to))),
    type: counted((text) => page.keyboard.insertText(text)),
    fill: counted((selector, text) => page.fill(selector, text)),
    actions: () => actions,
    article: (name) => readFile(join(root, 'content/articles/2025', name), 'utf8').catch(() => ''),
    async end() {
      await context.close();
      await server.stop();
    },
  };
  return editor;
}

const opened = (editor, name) => editor.page.goto(`${editor.page.url().split('?')[0]}?page=${encodeURIComponent(name)}`).then(() => editor.page.waitForSelector('.line[aria-selected=true]'));
const counts = [];

/** Each kind of correction takes at most three actions; the article's file follows. */
async function kinds() {
  const PAGE = 'content/pages/shifan-2025-03-18-04.txt';
  const editor = await open([PAGE]);
  await opened(editor, PAGE);
  const article = (number) => editor.article(`03-18/sfgrb-p4-0${number}.md`);
  const story = async (name, act, is) => {
    const [before, started] = [editor.actions(), performance.now()];
    await act(editor);
    await until(`${name}: the file says so`, is);
    const used = editor.actions() - before;
    counts.push({ name, actions: used, ms: Math.round(performance.now() - started) });
    expect(`${name}: at most 3 actions`, used <= 3, true);
  };
  await story('headline', async ({ click, key }) => { await click(38); await key('n'); await key('t'); },
    async () => (await article(3)).includes('title = "比床更要紧的是有人听"') && !(await article(2)).includes('司机们最愁'));
  await story('merge', async ({ click, key }) => { await click(38); await key('m'); }, async () => (await article(2)).includes('司机们最愁') && !(await article(3)).includes('司机们最愁'));
  await story('split', async ({ click, key }) => { await click(40); await key('n'); }, async () => (await article(3)).includes('司机们最愁') && !(await article(2)).includes('司机们最愁'));
  await story('theme', async ({ click, key }) => { await click(24); await key('6'); }, async () => /themes = \[.*"权益".*\]/.test(await article(2)));
  await story('author', async ({ click, fill, key }) => { await click(24); await fill('#field-authors', '柯雨桐、向北'); await key('Enter'); }, async () => (await article(2)).includes('authors = ["柯雨桐", "向北"]'));
  await story('caption', async ({ click, key }) => { await click(34); await key('p'); }, async () => /!\[名额送到生产线旁/.test(await article(1)));
  await story('character', async ({ doubleClick, page, key }) => {
    await doubleClick(52);
    const text = await page.inputValue('.text-editor textarea');
    await editor.fill('.text-editor textarea', text.replace('注塑工', '注塑技工'));
    await key('Enter');
  }, async () => (await article(4)).includes('注塑技工') || (await article(5)).includes('注塑技工'));
  await story('order', async ({ click, key }) => { await click(16); await key('['); }, async () => /规矩立起来[^]*规矩出台之前/.test(await article(1)));
  await story('move', async ({ drag }) => drag(74, 72), async () => !/四部门日前联合/.test(await article(4)) || !/四部门日前联合/.test(await article(5)));
  await story('date', async ({ fill, key }) => { await fill('#field-date', '2025-03-17'); await key('Enter'); }, async () => (await editor.article('03-17/sfgrb-p4-02.md')).includes('date = 2025-03-17'));
  await editor.end();
}

/** The page whose raw import is furthest from what a person reads; the pages before and after it are as their editors left them. */
async function wholePage() {
  const PAGE = 'content/pages/yanjiang-2025-04-30-02.txt';
  const GOLD = join(project, 'tests/desk/gold');
  const names = (await readdir(GOLD)).sort();
  expect('there are articles to compare with', names.length > 0, true);
  const gold = Object.fromEntries(await Promise.all(names.map(async (name) => [name, await readFile(join(GOLD, name), 'utf8')])));
  const editor = await open([PAGE, ...['01.txt', '01.toml', '03.txt'].map((end) => PAGE.replace('02.txt', end))]);
  const { click, key, page, follow } = editor;
  const written = async () => {
    const files = (await readdir(join(editor.root, 'content/articles/2025/04-30'))).filter((name) => name.startsWith('yjldb-p2-')).sort();
    return Object.fromEntries(await Promise.all(files.map(async (name) => [name, await editor.article(`04-30/${name}`)])));
  };
  const right = (articles) => names.filter((name) => articles[name] === gold[name]);
  const raw = await written();
  console.log(`        raw, ${right(raw).length} of ${names.length} articles are right`);
  expect('the raw import needs corrections', right(raw).length < names.length - 3, true);
  const others = () => Promise.all(['p1-01', 'p1-02'].map((name) => editor.article(`04-30/yjldb-${name}.md`)));
  const stitched = await others();
  const started = performance.now();
  await follow(`.pages a[href*="${encodeURIComponent(basename(PAGE))}"]`);
  await page.waitForSelector('.line[aria-selected=true]');
  // the two lines of a headline
  await click(21);
  await key('k');
  await key('ArrowDown');
  await key('t');
  // its text, which import put under another headline
  await click(39);
  await click(43, ['Shift']);
  await key('o');
  await key('3');
  // a caption inside of a sentence
  await click(37);
  await key(']');
  // what the article is about
  await key('2');
  await key('8');
  // a paragraph behind its article's jump
  await click(79);
  await key('o');
  await key('6');
  // training, and not rights
  await click(35);
  await key('3');
  await key('6');
  await key('Enter');
  await page.waitForFunction((name) => new URL(location.href).searchParams.get('page') !== name, PAGE);
  await until('all articles are right', async () => right(await written()).length === names.length);
  counts.push({ name: 'a page wholly corrected', actions: editor.actions(), ms: Math.round(performance.now() - started) });
  expect('in fewer than 25 actions', editor.actions() < 25, true);
  await until('the page is looked at', () => page.evaluate((name) => fetch(`api/page?name=${encodeURIComponent(name)}`).then((answer) => answer.json()).then(({ looked }) => looked), PAGE));
  await editor.end();
  const output = spawnSync(program, ['--root', editor.root, 'build'], { encoding: 'utf8' });
  expect('build succeeds', output.status, 0);
  expect('build leaves the articles that were written by hand, and no others of the page', await written(), gold);
  expect('and the articles that go on on this page', await others(), stitched);
}

try {
  for (const story of [kinds, wholePage]) if (!process.env.STORIES || process.env.STORIES.split(' ').includes(story.name)) await story();
  expect('no error in the page', errors, []);
} catch (error) {
  expect('the stories run to their end', error.stack, '');
} finally {
  await browser.close();
  for (const root of roots) await rm(root, { recursive: true, force: true });
}
for (const { name, actions, ms } of counts) console.log(`        ${name}: ${actions} actions, ${ms} ms`);
summarize();
