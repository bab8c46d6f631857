// Measures type as Chromium sets it: breaks of headlines, left edges, first screens, targets of fingers.
//   node type.mjs SITE…, with PLAYWRIGHT, CHROMIUM and PYTHON in the environment
// All is measured on the first site; on further ones, the headlines.
import { spawnSync } from 'node:child_process';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { kinds, launch, pages, serve } from './built_site.mjs';

const here = dirname(fileURLToPath(import.meta.url));
const PHONES = [[360, 640], [390, 844]];
const WIDTHS = [360, 390, 768, 1280];
/** The largest share of breaks of headlines that may be inside a word of either segmenter. */
const INSIDE_WORDS = { jieba: 0.02, ICU: 0.02 };
/** Where the text of an article begins on a phone, at the latest. */
const TEXT_BEGINS = 340;
const HEADLINES = 'main :is(h1, h2, h3, .headline, .kicker, .subtitle, .titles a, .contents li a, .block li a, .beside li a, .sheet li a, .turn a)';

let failed = 0;
/** Prints a figure; one that is not within its bound fails the script. */
const figure = (what, value, isWithin = true, bound = '') => {
  if (!isWithin) failed += 1;
  console.log(`${isWithin ? '       ' : 'FAILED '} ${what}: ${value}${bound && ` (${bound})`}`);
};
const percent = (part, whole) => `${whole ? ((100 * part) / whole).toFixed(1) : '0.0'} %`;

/** The lines of each headline of a page: `[text, offset of each line's first character…]`. White space at breaks does not count. */
const linesOf = (page) => page.$$eval(HEADLINES, (nodes) => nodes.flatMap((node) => {
  if (!node.checkVisibility() || node.closest('.figures') || node.querySelector('ul, ol, svg')) return [];
  const walker = document.createTreeWalker(node, NodeFilter.SHOW_TEXT);
  const [range, starts] = [document.createRange(), []];
  let [text, bottom] = ['', -Infinity];
  for (let part = walker.nextNode(); part; part = walker.nextNode()) {
    if (part.parentElement.closest('small')) continue;
    for (let at = 0; at < part.data.length; at += 1) {
      const c = part.data[at];
      range.setStart(part, at);
      range.setEnd(part, at + 1);
      const box = range.getBoundingClientRect();
      if (/\S/.test(c) && box.height) {
        const middle = (box.top + box.bottom) / 2;
        if (middle > bottom) {
          starts.push(text.length);
          bottom = box.bottom;
        }
      }
      text += /\s/.test(c) ? ' ' : c;
    }
  }
  return starts.length > 1 && /\p{Script=Han}/u.test(text) ? [[text, ...starts]] : [];
}));

/** For each text, the offsets at which words begin, after each segmenter. */
function segmenters(texts) {
  const python = spawnSync(process.env.PYTHON, [join(here, 'segment.py')], { input: JSON.stringify(texts), encoding: 'utf8', maxBuffer: 1 << 28 });
  if (python.status !== 0) throw new Error(`segment.py: ${python.stderr}`);
  const icu = new Intl.Segmenter('zh', { granularity: 'word' });
  const ofIcu = texts.map((text) => [...icu.segment(text)].map(({ index }) => index));
  const sets = (lists) => new Map(texts.map((text, at) => [text, new Set(lists[at])]));
  return { jieba: sets(JSON.parse(python.stdout)), ICU: sets(ofIcu) };
}

/** Breaks of headlines on every page of a site. */
async function headlines(browser, site, all, name) {
  const found = new Map();
  for (const [width, height] of PHONES) {
    const page = await browser.newPage({ viewport: { width, height } });
    for (const { path } of all) {
      await page.goto(site.url + path, { waitUntil: 'domcontentloaded' });
      for (const lines of await linesOf(page)) found.set(`${width} ${lines.join(' ')}`, lines);
    }
    await page.close();
  }
  const set = [...found.values()];
  const texts = [...new Set(set.map(([text]) => text))];
  const breaks = set.flatMap(([text, , ...starts]) => starts.map((at) => [text, at]));
  figure(`${name}: headlines of several lines, breaks`, `${set.length}, ${breaks.length}`);
  for (const [segmenter, words] of Object.entries(segmenters(texts))) {
    const inside = breaks.filter(([text, at]) => !words.get(text).has(at));
    const bound = INSIDE_WORDS[segmenter];
    figure(`${name}: breaks inside a word of ${segmenter}`, `${inside.length}, ${percent(inside.length, breaks.length)}`, inside.length <= bound * breaks.length, `at most ${100 * bound} %`);
    const shown = new Set(inside.map(([text, at]) => `${text.slice(0, at)}|${text.slice(at)}`));
    console.log([...shown].slice(0, Number(process.env.SHOW ?? 6)).map((text) => `          ${text}`).join('\n'));
  }
  const lengths = set.flatMap(([text, ...starts]) => starts.map((at, n) => [text, text.slice(at, starts[n + 1]).trim(), n]));
  const single = lengths.filter(([, line]) => [...line].length === 1);
  figure(`${name}: lines of one character`, single.length, single.length === 0, 'none');
  const punctuated = lengths.filter(([, line, n]) => n > 0 && /^[，。、；：？！”’）》」』】…·]/.test(line));
  figure(`${name}: lines that begin with punctuation`, punctuated.length, punctuated.length === 0, 'none');
  for (const [text, line] of [...single, ...punctuated].slice(0, 6)) console.log(`          ${line} — ${text}`);
  const last = set.map(([text, ...starts]) => [text.length - starts.at(-1), Math.max(...starts.map((at, n) => (starts[n + 1] ?? text.length) - at))]);
  const short = last.filter(([end, longest]) => end < longest / 3);
  figure(`${name}: headlines whose last line is shorter than a third of the longest`, percent(short.length, set.length), short.length <= set.length / 20, 'at most 5 %');
}

/** The left edge of each kind of page: the leftmost text of `<main>`. */
async function edges(browser, site, samples) {
  for (const width of WIDTHS) {
    const page = await browser.newPage({ viewport: { width, height: 900 } });
    const found = new Map();
    for (const { kind, path } of samples) {
      await page.goto(site.url + path, { waitUntil: 'domcontentloaded' });
      const left = await page.$$eval('main :is(h1, h2, h3, p, li, dt, figcaption, summary)', (nodes) => Math.round(Math.min(...nodes
        .filter((node) => node.checkVisibility() && node.textContent.trim() && !node.closest('.unseen, .facsimile, noscript'))
        .map((node) => { const range = document.createRange(); range.selectNodeContents(node); return range.getBoundingClientRect(); })
        .filter((box) => box.width).map((box) => box.left))));
      found.set(left, [...(found.get(left) ?? []), kind]);
    }
    const list = [...found].sort(([a], [b]) => a - b).map(([left, of]) => `${left} (${of.length > 6 ? `${of.length} kinds` : of.join(', ')})`);
    figure(`left edges at ${width} pixels`, list.join('; '), found.size === 1, 'one');
    await page.close();
  }
}

/** Where the blocks of a page begin on a phone: all at the one edge. */
async function blocks(browser, site, samples) {
  const page = await browser.newPage({ viewport: { width: 390, height: 844 } });
  const off = [];
  let count = 0;
  for (const { kind, path } of samples) {
    await page.goto(site.url + path, { waitUntil: 'domcontentloaded' });
    const found = await page.$$eval('main :is(h1, h2, h3, p, li, figure, dl)', (nodes) => {
      const own = nodes.filter((node) => node.checkVisibility() && node.textContent.trim() && !node.closest('.unseen, .facsimile, .turn, .printed, .months, .inline, .page-numbers, .body li, .people-list, .issue-list, .stands, .empty, dl, blockquote, .pager'));
      return own.map((node) => {
        const range = document.createRange();
        range.selectNodeContents(node);
        const indent = parseFloat(getComputedStyle(node).textIndent) || 0;
        return [node.tagName.toLowerCase() + (node.className && `.${node.className}`), Math.round(range.getClientRects()[0]?.left - indent)];
      });
    });
    const edge = Math.min(...found.map(([, left]) => left));
    count += found.length;
    off.push(...found.filter(([, left]) => left > edge + 1).map(([node, left]) => `${kind} ${node} at ${left}`));
  }
  await page.close();
  const unlike = [...new Set(off)];
  figure('blocks on a phone that do not begin at the left edge', `${off.length} of ${count}${off.length ? `: ${unlike.slice(0, 8).join(', ')}` : ''}`, off.length === 0, 'none');
}

/** The first screen of the front page and of each article. */
async function firstScreens(browser, site, articles) {
  for (const [width, height] of PHONES) {
    const page = await browser.newPage({ viewport: { width, height } });
    await page.goto(site.url, { waitUntil: 'load' });
    const bottoms = await page.$$eval('.lead h2, .story h2', (nodes) => nodes.map((node) => node.getBoundingClientRect().bottom));
    const whole = bottoms.filter((bottom) => bottom <= height).length;
    figure(`headlines on the first screen of the front page, ${width} × ${height}`, whole, whole >= 3, 'at least 3');
    const tops = [];
    for (const { path } of articles) {
      await page.goto(site.url + path, { waitUntil: 'domcontentloaded' });
      tops.push([await page.$eval('.body', (body) => {
        const range = document.createRange();
        range.selectNodeContents([...body.children].find((node) => node.textContent.trim()) ?? body);
        return Math.round(range.getClientRects()[0].top);
      }), path]);
    }
    tops.sort(([a], [b]) => a - b);
    const [latest, path] = tops.at(-1);
    figure(`where the text of articles begins, ${width} × ${height}`, `median ${tops[tops.length >> 1][0]}, latest ${latest} (/${path})`, latest < TEXT_BEGINS, `below ${TEXT_BEGINS}`);
    await page.close();
  }
}

/** Targets of fingers: 44 pixels high where fingers go (menus, forms, turning pages), 24 in lists. Links in running text are none. */
async function targets(browser, site, samples) {
  const context = await browser.newContext({ viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true });
  const page = await context.newPage();
  const small = [];
  let count = 0;
  for (const { kind, path } of samples) {
    await page.goto(site.url + path, { waitUntil: 'load' });
    const found = await page.$$eval('a[href], button, input:not([type=checkbox]), select, summary, label', (nodes) => nodes
      .filter((node) => node.checkVisibility() && !node.closest('.skip, .facsimile svg, .body p, .body li, .excerpt:not(.more), .citation'))
      .map((node) => {
        const isFinger = node.matches('button:not(.copy), input, select, nav.sections a, nav.themes-bar a, .nameplate a, .pager a, .turn a, .calendar a, .months a');
        const least = isFinger ? 44 : 24;
        const box = node.getBoundingClientRect();
        const name = `${node.tagName.toLowerCase()} in ${node.closest('[class]')?.className ?? node.parentElement.tagName}`;
        return [name, Math.min(box.height, isFinger ? box.width : Infinity), least];
      }));
    count += found.length;
    small.push(...found.filter(([, size, least]) => size < least - 0.5).map(([name, size, least]) => `${kind}: ${name}, ${Math.round(size)} of ${least}`));
  }
  await context.close();
  const names = [...new Set(small)];
  figure('targets that are too small', `${small.length} of ${count}`, small.length === 0, 'none');
  for (const name of names.slice(0, Number(process.env.SHOW ?? 12))) console.log(`          ${name}`);
}

/** On a phone, the stories of a theme stand before charts and numbers; the rail of the front page is as long as the stories beside it, or nearly. */
async function order(browser, site, all) {
  const phone = await browser.newPage({ viewport: { width: 390, height: 844 } });
  const above = [];
  for (const { path, kind } of all.filter(({ kind }) => kind === 'theme')) {
    await phone.goto(site.url + path, { waitUntil: 'domcontentloaded' });
    const early = await phone.evaluate(() => {
      const story = document.querySelector('.story')?.getBoundingClientRect().top ?? Infinity;
      return [...document.querySelectorAll('main :is(.chart, .figures)')].filter((node) => node.getBoundingClientRect().top < story).length;
    });
    if (early) above.push(`${kind} /${path}`);
  }
  figure('pages of themes with charts or numbers before the first story', above.length, above.length === 0, 'none');
  await phone.close();
  const desktop = await browser.newPage({ viewport: { width: 1280, height: 900 } });
  await desktop.goto(site.url, { waitUntil: 'load' });
  const [columns, rail] = await desktop.evaluate(() => {
    const height = (node) => (node ? node.lastElementChild.getBoundingClientRect().bottom - node.getBoundingClientRect().top : 0);
    return [height(document.querySelector('.columns')), height(document.querySelector('.rail, .contents'))].map(Math.round);
  });
  figure('height of the rail of the front page beside its stories', `${rail} of ${columns}`, rail > 0.7 * columns && rail < 1.3 * columns, '70 to 130 %');
  const twice = [];
  for (const { path, html } of all.filter(({ kind }) => kind === 'theme' || kind === 'home' || kind === 'key-figures')) {
    const texts = [...html.matchAll(/<(?:q|p class="excerpt")[^>]*>(.*?)<\/(?:q|p)>/gs)].map(([, text]) => text.replace(/<[^>]*>|\s/g, ''));
    const sentences = texts.flatMap((text) => text.split(/(?<=[。！？])/)).filter((text) => text.length > 9 && !text.endsWith('…'));
    for (const sentence of new Set(sentences.filter((text, at) => sentences.indexOf(text) < at))) twice.push(`/${path}: ${sentence}`);
  }
  figure('sentences that stand twice on the front page or the page of a theme', twice.length, twice.length === 0, 'none');
  for (const sentence of twice.slice(0, 6)) console.log(`          ${sentence}`);
  await desktop.close();
}

const folders = process.argv.slice(2);
const browser = await launch();
for (const [at, folder] of folders.entries()) {
  const site = await serve(folder);
  const all = pages(folder);
  const articles = all.filter(({ kind }) => kind === 'article');
  const lists = all.filter(({ kind }) => ['home', 'theme', 'issue', 'month', 'themes'].includes(kind));
  await headlines(browser, site, [...articles, ...lists], folder);
  if (at === 0) {
    const samples = kinds(all);
    await edges(browser, site, samples);
    await blocks(browser, site, samples);
    await firstScreens(browser, site, articles);
    await targets(browser, site, samples);
    await order(browser, site, all);
  }
  await site.close();
}
await browser.close();
console.log(failed ? `${failed} figures beyond their bounds` : 'all figures within their bounds');
process.exitCode = failed ? 1 : 0;
