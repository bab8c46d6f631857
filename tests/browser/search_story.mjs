// A reader searches: a table of queries with what each has to find, beside the metadata and texts of all articles; random pieces of
// text; what was meant; suggestions; years; the places in an article.
//
//   node search_story.mjs SITE, with PLAYWRIGHT and CHROMIUM in the environment; SITE is the sample
import { readFile, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { launch, serve } from '../../.ci/built_site.mjs';
import { expect, summarize } from './assert/expect.mjs';

const site = process.argv[2];
const served = await serve(site);
const home = served.url;
const browser = await launch();
const page = await (await browser.newContext({ locale: 'zh-CN' })).newPage();
page.on('pageerror', (error) => expect('no error in the page', `${error}`, ''));

// --- the articles, as their pages have them: texts, places, and the metadata for search engines ---
const files = (await readdir(site, { recursive: true })).filter((file) => /^(\d{4}\/\d\d\/\d\d|undated\/[0-9a-f]{2})\/[^/]+\/index\.html$/.test(file));
const articles = await Promise.all(files.map(async (file) => {
  const html = await readFile(join(site, file), 'utf8');
  const data = JSON.parse(html.match(/<script type="application\/ld\+json">(.*?)<\/script>/s)[1]);
  const texts = await page.evaluate((html) => {
    const article = new DOMParser().parseFromString(html, 'text/html').querySelector('article.text');
    return [...article.querySelectorAll('hgroup > *, .body :is(p, h2, h3, h4, li, figcaption, td, th, pre)')].map((text) => text.textContent);
  }, html);
  const places = [...html.matchAll(/href="[./]*places\/[^"]+">([^<]+)/g)].map(([, name]) => name);
  return {
    path: file.replace('index.html', ''), texts, places, date: data.datePublished, column: data.articleSection, paper: data.isPartOf?.isPartOf?.name,
    page: data.printPage && Number(data.printPage), authors: (data.author ?? []).map(({ name }) => name), title: data.headline,
  };
}));
const paths = (list) => list.map(({ path }) => path).sort();
const lower = (text) => text.toLowerCase();
const has = (text) => (article) => article.texts.some((own) => lower(own).includes(lower(text)));
const bare = (text) => text.replace(/[\p{P}\s]/gu, '');
const settled = () => page.waitForSelector('#found[aria-busy=false]', { state: 'attached' });
const search = async (typed, more = '') => {
  await page.goto(`${home}search/?q=${encodeURIComponent(typed)}${more}`);
  await settled();
  while (await page.locator('#more').isVisible()) {
    await page.locator('#more').click();
    await settled();
  }
  return (await page.$$eval('#found h2 a', (links) => links.map((link) => link.href))).map((url) => url.replace(home, ''));
};

// --- what is typed, and what it has to find ---
const by = (name) => (article) => article.authors.includes(name) || has(name)(article);
const on = (day) => (article) => (article.date ?? '').startsWith(day);
const at = (page) => (article) => article.page === page;
const about = (place) => (article) => article.places.includes(place) || has(place)(article);
const all = (...tests) => (article) => tests.every((test) => test(article));
const either = (...tests) => (article) => tests.some((test) => test(article));
const table = [
  ['齐眉', by('齐眉')], ['柯雨桐', by('柯雨桐')], ['石敬亭', by('石敬亭')], ['“苏陌”', by('苏陌')],
  ['江边话题', either((article) => article.column === '江边话题', has('江边话题'))],
  ['深化产改进行时', (article) => bare(article.column ?? '') === '深化产改进行时'],
  ['示范工人报', (article) => article.paper === '示范工人报' || has('示范工人报')(article)],
  ['示范工人报 第3版', all((article) => article.paper === '示范工人报' || has('示范工人报')(article), either(at(3), has('第3版')))],
  ['示范工人报第3版', all((article) => article.paper === '示范工人报', at(3))],
  ['2025年3月', either(on('2025-03'), has('2025年3月'))], ['2025-03-18', on('2025-03-18')], ['2025年3月19日', on('2025-03-19')],
  ['2024年', either(on('2024'), has('2024年'))], ['齐眉 2025年', all(by('齐眉'), either(on('2025'), has('2025年')))],
  ['宁波', about('宁波')],
  ['產改', has('产改')], ['勞模', has('劳模')], ['爲了', has('为了')], ['職工', has('职工')], ['技能競賽', has('技能竞赛')], ['「等餐」', has('“等餐”')],
  ['ＡＩ', has('AI')], ['ai', has('AI')],
  ['之前，市总', has('之前，市总')], ['之前市总', (article) => bare(article.texts.join('\n')).includes('之前市总')], ['驿站、灯从', (article) => article.texts.some((text) => bare(text).includes('驿站灯从'))],
  ['工', has('工')], ['夜', has('夜')], ['工人 技能', all(has('工人'), has('技能'))], ['高温 津贴', all(has('高温'), has('津贴'))],
];
expect('thirty queries', table.length, 30);
for (const [typed, test] of table) {
  const expected = paths(articles.filter(test));
  expect(`${typed}: some article is meant`, expected.length > 0, true);
  expect(typed, (await search(typed)).sort(), expected);
}

// --- random pieces of text, with the same seed each time ---
let state = 20250318;
const below = (bound) => {
  state = Math.imul(state, 1664525) + 1013904223 >>> 0;
  return Math.trunc(state / 2 ** 32 * bound);
};
const wrong = [];
await page.goto(`${home}search/`);
for (let n = 0; n < 300; n++) {
  const { texts } = articles[below(articles.length)];
  const text = texts[below(texts.length)];
  const typed = text.slice(below(Math.max(1, text.length - 2))).slice(0, 2 + below(9)).replace(/[\s"“”]+/g, ' ').trim().split(' ')[0];
  if (typed.length < 2 || /^(\d{4}年|第?\d+版)/.test(typed)) continue;
  const found = await page.evaluate(async (typed) => {
    const { find, termsOf, article, variants } = await import('../search-index.js');
    await variants(typed);
    const { exact } = await find(termsOf(typed), { theme: -1, paper: -1 });
    return Promise.all((await exact()).map(async ({ id }) => (await article(id))[0]));
  }, typed);
  const filed = (article) => [...article.authors, article.column, article.paper, ...article.places].some((name) => name && bare(name) === bare(typed));
  const [expected, actual] = [paths(articles.filter(either(has(typed), filed))), found.sort()];
  if (JSON.stringify(expected) !== JSON.stringify(actual)) wrong.push([typed, actual, expected]);
}
expect('300 pieces of text: precision and recall 1', wrong, []);

// --- readings, what was meant, suggestions ---
const titled = (text) => paths(articles.filter(({ title }) => title.includes(text)));
expect('chanye: headlines that are read so', (await search('chanye')).sort(), titled('产业'));
expect('cg: initials', (await search('cg')).filter((path) => titled('产改').includes(path)).sort(), titled('产改'));
expect('shijingting: an author', (await search('shijingting')).sort(), paths(articles.filter(({ authors }) => authors.includes('石敬亭'))));
await search('津帖');
await page.waitForSelector('#hints button');
expect('津帖: what was meant', await page.$$eval('#hints button', (buttons) => buttons[0].textContent), '津贴');
await page.click('#hints button');
await page.waitForFunction(() => /^共/.test(document.getElementById('outcome').textContent));
expect('and it is searched', [await page.inputValue('input[name=q]'), await page.textContent('#outcome')], ['津贴', `共${articles.filter(has('津贴')).length}篇`]);
for (const [typed, name] of [['示范', '示范工人报'], ['sfgr', '示范工人报'], ['石', '石敬亭'], ['江边', '江边话题'], ['xinjiuye', '新就业形态']]) {
  await search(typed);
  await page.waitForFunction((name) => document.getElementById('hints').textContent.includes(name), name);
  expect(`${typed}: ${name} is suggested`, (await page.textContent('#hints')).includes(name), true);
}

// --- author, order, years ---
expect('an author narrows', (await search('工人', `&author=${encodeURIComponent('齐眉')}`)).sort(), paths(articles.filter(all(has('工人'), ({ authors }) => authors.includes('齐眉')))));
const days = (await search('工人', '&order=date')).map((path) => articles.find((article) => article.path === path).date ?? '');
expect('by date', days, [...days].sort().reverse());
await search('工人');
const count = (year) => articles.filter(all(has('工人'), on(year))).length;
const years = [...new Set(articles.filter(has('工人')).map(({ date }) => (date ?? '').slice(0, 4)))].filter(Boolean).sort();
expect('a bar for each year', await page.$$eval('#years button', (bars) => bars.map((bar) => bar.title)), years.map((year) => `${year}年 · ${count(year)}`));
await page.click('#years button');
await page.waitForFunction((outcome) => document.getElementById('outcome').textContent === outcome, `共${count(years[0])}篇`);
expect('narrows to its year', await page.inputValue('select[name=year]'), years[0]);

// --- from a result to its places ---
await search('工人');
await page.click('#found h2 a');
await page.waitForSelector('.places');
const text = await page.$$eval('hgroup > *, .text .body :is(p, h2, h3, li)', (blocks) => blocks.map((block) => block.textContent).join('\n'));
const places = text.split('工人').length - 1;
expect('each place is marked', await page.$$eval('.text mark', (marks) => marks.map((mark) => mark.textContent)), Array(places).fill('工人'));
expect('the first one is shown', await page.textContent('.places [role=status]'), `“工人”：第1处，共${places}处`);
await page.click('.places button:nth-of-type(2)');
expect('and the next one', await page.textContent('.places [role=status]'), `“工人”：第${Math.min(2, places)}处，共${places}处`);
await page.click('.places button:nth-of-type(3)');
expect('put away', await page.locator('.text mark, .places').count(), 0);
expect('the text is as it was', await page.$$eval('hgroup > *, .text .body :is(p, h2, h3, li)', (blocks) => blocks.map((block) => block.textContent).join('\n')), text);

await browser.close();
await served.close();
summarize();
