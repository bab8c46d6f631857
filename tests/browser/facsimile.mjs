// The picture of a source page: from an outline to its article and back, by pointer and by keys, enlarged, and on a phone.
//
//   node facsimile.mjs SITE, with PLAYWRIGHT and CHROMIUM in the environment
import { launch, pages, serve } from '../../.ci/built_site.mjs';
import { expect, summarize } from './assert/expect.mjs';

const folder = process.argv[2];
const site = await serve(folder);
const browser = await launch();
const shown = pages(folder).find(({ html }) => html.includes('<figure class="facsimile">'));
expect('a page of the site has a picture', Boolean(shown), true);
const url = site.url + shown.path;

for (const colorScheme of ['light', 'dark']) {
  const page = await browser.newPage({ viewport: { width: 1280, height: 900 }, colorScheme });
  const loaded = [];
  page.on('response', (response) => response.url().endsWith('.jpg') && loaded.push(response.url().split('/').pop()));
  await page.goto(url, { waitUntil: 'networkidle' });
  expect(`${colorScheme}: the sharp picture is not loaded with the page`, loaded, ['page.jpg']);

  // from the outline to the article, and back to the outline
  const outline = page.locator('.facsimile svg a:has(path)').first();
  const id = await outline.getAttribute('id');
  const title = await outline.locator('title').textContent();
  const target = await outline.evaluate((link) => new URL(link.href.baseVal, location.href).href);
  await outline.locator('path').click({ force: true });
  await page.waitForURL(target);
  expect(`${colorScheme}: the outline leads to the article`, (await page.title()).startsWith(title), true);
  await page.locator(`a[href$="#${id}"]`).click();
  await page.waitForURL(`${url}#${id}`);
  expect(`${colorScheme}: and the article to its outline`, page.url(), `${url}#${id}`);
  const opacity = (at) => at.locator('path').evaluate((path) => Number(getComputedStyle(path).fillOpacity));
  expect(`${colorScheme}: which is marked`, (await opacity(page.locator(`#${id}`))) > 0, true);

  // by keys: the list leads to the outlines, which are no stops of their own
  await page.goto(url);
  await page.locator(`.stands a[href="#${id}"]`).focus();
  await page.keyboard.press('Enter');
  expect(`${colorScheme}: the list leads to the outline by key`, page.url(), `${url}#${id}`);
  const stops = await page.locator('.facsimile svg a').evaluateAll((all) => all.filter(({ tabIndex }) => tabIndex >= 0).length);
  expect(`${colorScheme}: an outline is no stop for the Tab key`, stops, 0);
  const width = () => page.locator('.facsimile .paper').evaluate((paper) => paper.getBoundingClientRect().width);
  const before = await width();
  await page.locator('#enlarge').focus();
  await page.keyboard.press('Space');
  await page.waitForFunction(() => document.querySelector('.sharp').complete && document.querySelector('.sharp').naturalWidth > 0);
  expect(`${colorScheme}: enlarged by key`, (await width()) > 1.5 * before, true);
  expect(`${colorScheme}: with the sharp picture`, loaded.includes('page-large.jpg'), true);
  await page.close();
}

// without scripts on a phone
const phone = await (await browser.newContext({ viewport: { width: 390, height: 800 }, javaScriptEnabled: false })).newPage();
await phone.goto(url);
const box = await phone.locator('.facsimile img').first().boundingBox();
expect('on a phone the picture fits the width', box.x >= 0 && box.x + box.width <= 390, true);
await phone.locator('label[for=enlarge]').click();
expect('and is enlarged without a script', (await phone.locator('.facsimile .paper').boundingBox()).width > 700, true);
expect('the large picture can be opened', await phone.locator('.facsimile figcaption a').count(), 1);

await browser.close();
await site.close();
summarize();
