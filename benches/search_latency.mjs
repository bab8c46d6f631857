// Measures a search in Chromium over a slow network: 150 ms of latency and 1.6 Mbit/s, emulated by the DevTools protocol.
//
//   node search_latency.mjs SITE QUERY…, with PLAYWRIGHT and CHROMIUM in the environment; SITE is a built site
//
// For each query, in a browser without a cache: the time and the requests until the first result, and until the search has settled
// (a screen of results, and how many there are), from the last character typed on an open page; and the time from opening the
// page's address with the query until the first result.
import { launch, serve } from '../.ci/built_site.mjs';

const [folder, ...queries] = process.argv.slice(2);
const served = await serve(folder);
const browser = await launch();

async function opened() {
  const context = await browser.newContext({ locale: 'zh-CN' });
  const page = await context.newPage();
  await page.addInitScript(() => new MutationObserver(() => {
    const [found, story] = ['#found', '#found .story'].map((selector) => document.querySelector(selector));
    if (story) window.first ??= performance.now();
    if (window.typed && found?.ariaBusy === 'false') window.settled ??= performance.now();
    if (found?.ariaBusy === 'true') window.typed = true, window.settled = undefined;
  }).observe(document, { childList: true, subtree: true, attributes: true }));
  return { context, page };
}

async function slow(page) {
  const session = await page.context().newCDPSession(page);
  await session.send('Network.enable');
  const bytes = 1_600_000 / 8;
  await session.send('Network.emulateNetworkConditions', { offline: false, latency: 150, downloadThroughput: bytes, uploadThroughput: bytes });
}

/** Requests that began before a time, and their bytes; both after `from`. */
const loaded = (page, from, to) => page.evaluate(([from, to]) => {
  const files = performance.getEntriesByType('resource').filter(({ name, startTime }) => startTime >= from && startTime <= to && !name.endsWith('favicon.svg'));
  return { requests: files.length, kilobytes: Math.round(files.reduce((sum, file) => sum + file.decodedBodySize, 0) / 1024) };
}, [from, to]);

async function typed(query) {
  const { context, page } = await opened();
  await page.goto(`${served.url}search/`);
  await page.waitForLoadState('networkidle');
  await slow(page);
  const from = await page.evaluate((query) => {
    const box = document.querySelector('#search input');
    box.value = query;
    window.typed = window.settled = undefined;
    box.dispatchEvent(new InputEvent('input'));
    return performance.now();
  }, query);
  await page.waitForFunction(() => window.settled);
  const { first, settled } = await page.evaluate(() => ({ first: window.first, settled: window.settled }));
  const [early, all] = [await loaded(page, from, first), await loaded(page, from, settled)];
  const outcome = await page.textContent('#outcome');
  await context.close();
  return { first: Math.round(first - from), requests: early.requests, settled: Math.round(settled - from), inAll: all.requests, kilobytes: all.kilobytes, outcome };
}

async function cold(query) {
  const { context, page } = await opened();
  await slow(page);
  await page.goto(`${served.url}search/?q=${encodeURIComponent(query)}`);
  await page.waitForFunction(() => window.first || window.settled);
  const first = await page.evaluate(() => window.first ?? window.settled);
  const { requests } = await loaded(page, 0, first);
  await context.close();
  return { opened: Math.round(first), ofPage: requests + 1 };
}

const rows = [];
for (const query of queries) rows.push({ query, ...await typed(query), ...await cold(query) });
console.table(rows);
await browser.close();
await served.close();
