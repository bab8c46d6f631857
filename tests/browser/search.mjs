// Search, compared with a plain scan of the text of all pages.
//
//   node search.mjs SITE, with PLAYWRIGHT and CHROMIUM in the environment
import { readFile, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { launch, serve } from '../../.ci/built_site.mjs';
import { expect, summarize } from './assert/expect.mjs';

const site = process.argv[2];
const served = await serve(site);
const home = served.url;
const browser = await launch();

const open = async (options = {}) => {
  const page = await (await browser.newContext({ locale: 'zh-CN', ...options })).newPage();
  page.on('pageerror', (error) => expect('no error in the page', `${error}`, ''));
  return page;
};
const settled = (page) => page.waitForSelector('#found[aria-busy=false]', { state: 'attached' });

// --- the texts, as the pages show them ---
const articles = [];
{
  const page = await open();
  const files = (await readdir(site, { recursive: true })).filter((file) => /^(\d{4}\/\d\d\/\d\d|undated\/[0-9a-f]{2})\/[^/]+\/index\.html$/.test(file));
  for (const file of files) {
    const html = await readFile(join(site, file), 'utf8');
    articles.push(await page.evaluate(([html, path]) => {
      const article = new DOMParser().parseFromString(html, 'text/html').querySelector('article.text');
      const texts = [...article.querySelectorAll('hgroup > *, .body :is(p, h2, h3, h4, li, figcaption, td, th, pre)')];
      const [from, tags] = [article.querySelector('.from'), [...article.querySelectorAll('.meta .tag')]];
      return {
        path,
        texts: texts.map((text) => text.textContent),
        title: article.querySelector('h1').textContent,
        paper: from.firstElementChild?.textContent,
        year: from.querySelector('time')?.dateTime.slice(0, 4),
        themes: tags.map((tag) => tag.textContent),
      };
    }, [html, file.replace(/index\.html$/, '')]));
  }
  await page.context().close();
}
const lower = (text) => text.toLowerCase();
const scan = (typed) => articles.filter(({ texts }) => texts.some((text) => lower(text).includes(lower(typed))));
const paths = (list) => list.map(({ path }) => path).sort();

// --- what the page finds ---
const found = async (page) => {
  await settled(page);
  while (await page.locator('#more').isVisible()) {
    await page.locator('#more').click();
    await settled(page);
  }
  return page.$$eval('#found h2 a', (links) => links.map((link) => link.href));
};
const search = async (page, typed) => {
  await page.goto(`${home}search/?q=${encodeURIComponent(typed)}`);
  return (await found(page)).map((url) => url.replace(home, ''));
};

expect('there are articles to search', articles.length > 20, true);
const page = await open();
// ten texts of two to ten characters, from the articles themselves so that a change of the sample does not empty them
const samples = [2, 3, 4, 5, 6, 7, 8, 9, 10].map((length, at) => {
  const texts = articles[(at * 7 + 3) % articles.length].texts.filter((text) => [...text].length > length + 4);
  return [...texts[at % texts.length]].slice(3, 3 + length).join('').trim();
});
for (const typed of ['产改', '工人', '技能', '产业工人', 'AI', '2025', ...samples, '没有这样的话']) {
  expect(`${typed}: what a scan finds`, (await search(page, typed)).sort(), paths(scan(typed)));
  const text = await page.textContent('#outcome');
  const count = scan(typed).length;
  expect(`${typed}: the number`, text, count ? `共${count}篇` : `没有文章里有“${typed}”。`);
}
expect('full width and capitals do not matter', (await search(page, 'ａｉ')).sort(), paths(scan('AI')));
expect('one character', (await search(page, '夜')).sort(), paths(scan('夜')));

// words between spaces: all of them, anywhere; in quotes: as a phrase
const [first, second] = ['工人', '技能'].map((typed) => paths(scan(typed)));
const both = first.filter((path) => second.includes(path));
const spaced = articles.flatMap(({ texts }) => texts).map((text) => /[^ ]{2,4} [^ ]{2,4}/.exec(text)?.[0]).find(Boolean);
expect('there are articles with one, and with both', both.length > 0 && both.length < first.length, true);
expect('工人 技能: what has both', (await search(page, '工人 技能')).sort(), both);
expect('技能　工人: in any order, with a wide space', (await search(page, '技能　工人')).sort(), both);
const words = ['工人', '技能'];
expect('each word is marked', (await page.$$eval('#found mark', (marks) => [...new Set(marks.map((mark) => mark.textContent))])).sort(), words.sort());
expect('工人 技能 夜: one character narrows', (await search(page, '工人 技能 夜')).sort(), both.filter((path) => paths(scan('夜')).includes(path)));
expect(`"${spaced}": a phrase`, (await search(page, `"${spaced}"`)).sort(), paths(scan(spaced)));
expect(`“${spaced}”: a phrase`, (await search(page, `“${spaced}”`)).sort(), paths(scan(spaced)));
expect('a quotation mark of the text is text', (await search(page, '“产改')).sort(), paths(scan('“产改')));
expect('single characters, each of them', (await search(page, '夜 班')).sort(), paths(scan('夜')).filter((path) => paths(scan('班')).includes(path)));

const order = await search(page, '工人');
const ranks = order.map((path) => articles.find((article) => article.path === path).title.includes('工人') ? 0 : 1);
expect('headlines come first', ranks, [...ranks].sort());
expect('places are marked', await page.$$eval('#found .story', (stories) => stories.every((story) => story.querySelector('mark')?.textContent === '工人')), true);
expect('markup in a text stays text', await page.$$eval('#found script, #found img', (nodes) => nodes.length), 0);

// the same number stands in src/search/fold.rs: FNV-1a over all folded units, in order
expect('every unit folds as in the build', await page.evaluate(async () => {
  const { fold, variants } = await import(new URL('../search-index.js', location.href));
  await variants();
  let hash = 0x811C9DC5;
  for (let unit = 0; unit < 65536; unit++) hash = Math.imul(hash ^ fold(String.fromCharCode(unit)).charCodeAt(), 0x01000193);
  return hash >>> 0;
}), 4004508235);

// --- narrowing and sharing ---
const options = (name) => page.$$eval(`select[name=${name}] option`, (all) => all.slice(1).map((one) => [one.value, one.textContent]));
for (const [name, belongs] of [
  ['theme', (article, text) => article.themes.includes(text)],
  ['paper', (article, text) => article.paper === text],
  ['year', (article, text) => `${article.year}年` === text],
]) {
  for (const [value, text] of await options(name)) {
    await search(page, '工人');
    await page.selectOption(`select[name=${name}]`, value);
    await page.waitForFunction(([name, value]) => new URLSearchParams(location.search).get(name) === value, [name, value]);
    const urls = await found(page);
    const expected = scan('工人').filter((article) => belongs(article, text));
    expect(`工人, ${name} ${text}`, urls.map((url) => url.replace(home, '')).sort(), paths(expected));
    const shared = await open();
    await shared.goto(page.url());
    expect(`shared: ${new URL(page.url()).search}`, await found(shared), urls);
    await shared.context().close();
  }
}

// --- a site in shards: a search in one year reads the files of that year ---
const folders = (await page.getAttribute('#search', 'data-shards')).split(' ').map((set) => set.split(':')[0]).filter(Boolean);
for (const folder of folders) {
  const read = [];
  const fresh = await open();
  fresh.on('request', (request) => read.push(new URL(request.url()).pathname));
  await fresh.goto(`${home}search/?q=${encodeURIComponent('工人')}&year=${folder.replace('/', '')}`);
  await found(fresh);
  expect(`in ${folder} nothing of other years is read`, folders.filter((other) => other !== folder && read.some((path) => path.includes(`/search/${other}`))), []);
  await fresh.context().close();
}
if (folders.length) {
  await search(page, '工人');
  const years = await page.$$eval('#years button', (all) => all.map((one) => one.title));
  await page.locator('#years button').first().click();
  await page.waitForFunction(() => new URLSearchParams(location.search).get('year'));
  await settled(page);
  expect('the bars of all years stay', await page.$$eval('#years button', (all) => all.map((one) => one.title)), years);
}

// --- typing and keys ---
await page.goto(home);
await page.keyboard.press('/');
await page.keyboard.type('技能');
await page.keyboard.press('Enter');
await page.waitForURL('**/search/?q=*');
await settled(page);
expect('the box in the head leads here', await page.inputValue('input[name=q]'), '技能');
await page.fill('input[name=q]', '');
await page.locator('input[name=q]').pressSequentially('产业');
await page.waitForFunction(() => location.search === '?q=%E4%BA%A7%E4%B8%9A');
expect('results as one types', (await found(page)).length, scan('产业').length);
const focused = () => page.evaluate(() => document.activeElement.href ?? document.activeElement.name);
const urls = await page.$$eval('#found h2 a', (links) => links.map((link) => link.href));
await page.focus('input[name=q]');
const walk = [];
for (const key of ['ArrowDown', 'ArrowDown', 'ArrowUp', 'ArrowUp']) {
  await page.keyboard.press(key);
  walk.push(await focused());
}
expect('arrows walk through the results', walk, [urls[0], urls[1], urls[0], 'q']);
await page.keyboard.press('ArrowDown');
await page.keyboard.press('/');
expect('/ leads back to the box', await focused(), 'q');
await page.keyboard.press('ArrowDown');
await page.keyboard.press('Escape');
await page.waitForFunction(() => location.search === '');
expect('Escape clears', [await page.inputValue('input[name=q]'), await page.locator('#found h2').count(), await focused()], ['', 0, 'q']);
await page.fill('input[name=q]', '产业');
await page.waitForFunction(() => location.search === '?q=%E4%BA%A7%E4%B8%9A');
await settled(page);
await page.focus('input[name=q]');
await page.keyboard.press('ArrowDown');
await page.keyboard.press('Enter');
await page.waitForURL(urls[0]);
expect('Enter opens', page.url(), urls[0]);

// --- without JavaScript ---
const plain = await open({ javaScriptEnabled: false });
await plain.goto(`${home}search/?q=产改`);
expect('without JavaScript a message', (await plain.textContent('noscript')).includes('JavaScript'), true);
await plain.goto(home);
await plain.fill('header input[name=q]', '产改');
await plain.press('header input[name=q]', 'Enter');
await plain.waitForURL('**/search/?q=*');
expect('and the box leads there all the same', plain.url().startsWith(`${home}search/?q=`), true);
await plain.context().close();

// --- weight ---
for (const typed of ['产改', '产业工人', '深化产业工人队伍建设']) {
  const cold = await open();
  await cold.addInitScript(() => new MutationObserver(() => {
    if (!window.first && document.querySelector('#found .story')) window.first = performance.now();
  }).observe(document, { childList: true, subtree: true }));
  await cold.goto(`${home}search/?q=${encodeURIComponent(typed)}`);
  await settled(cold);
  const loaded = await cold.evaluate(() => {
    const requests = [...performance.getEntriesByType('navigation'), ...performance.getEntriesByType('resource')];
    return requests.filter((file) => file.startTime < (window.first ?? Infinity)).reduce((sum, file) => sum + file.decodedBodySize, 0);
  });
  expect(`${typed}: ${loaded} bytes before the first excerpt, page, style and script among them: under 150 KB`, loaded < 150_000, true);
  await cold.context().close();
}

await browser.close();
await served.close();
summarize();
