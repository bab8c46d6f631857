// Takes screenshots of one page of each kind: the one with most text. The kind is the class of <body>.
//   node screenshots.mjs SITE SHOTS, with PLAYWRIGHT and CHROMIUM in the environment
import { join } from 'node:path';
import { project, start } from '../tests/browser/assert/program.mjs';
import { kinds, launch, pages, serve } from './built_site.mjs';

const [folder, shots] = process.argv.slice(2);
const site = await serve(folder);
const all = new Map(kinds(pages(folder)).map(({ kind, path }) => [kind, path]));
all.set('search', 'search/?q=%E5%B7%A5%E4%BA%BA');

const browser = await launch();
for (const colorScheme of ['light', 'dark']) {
  for (const [width, height] of [[390, 844], [1280, 900]]) {
    const page = await browser.newPage({ viewport: { width, height }, colorScheme });
    for (const [kind, path] of all) {
      await page.goto(site.url + path, { waitUntil: 'networkidle' });
      await page.screenshot({ path: join(shots, `${kind}-${width}-${colorScheme}.png`), fullPage: true });
      const wider = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
      if (wider > 0) console.log(`${kind} at ${width}: ${wider} pixels wider than the screen`);
    }
    await page.close();
  }
}

// what README.md shows: what fits on a screen
const readme = [
  ['home', 'home', 1180, 860, 'light'],
  ['article-phone', 'article', 390, 780, 'light'],
  ['theme-phone', 'theme', 390, 780, 'light'],
  ['article-phone-dark', 'article', 390, 780, 'dark'],
];
for (const [shot, kind, width, height, colorScheme] of readme) {
  const page = await browser.newPage({ viewport: { width, height }, colorScheme });
  await page.goto(site.url + all.get(kind));
  await page.screenshot({ path: join(shots, 'readme', `${shot}.png`) });
  await page.close();
}
// the desk, which needs the program
const desk = await start(['serve', '-p', '0'], { cwd: project }, /the desk: (http:\S+)[^]* pages, in /);
for (const [shot, search, wanted] of [['desk-queue', '', '.pages li'], ['desk-page', '?page=content/pages/yanjiang-2025-09-17-01.pdf', '.line[aria-selected=true]']]) {
  const context = await browser.newContext({ viewport: { width: 1280, height: 800 } });
  const page = await context.newPage();
  await page.goto(desk.address);
  await page.goto(page.url().split('?')[0] + search);
  await page.waitForSelector(wanted);
  await page.waitForLoadState('networkidle').catch(() => {});
  await page.waitForTimeout(1000);
  await page.screenshot({ path: join(shots, 'readme', `${shot}.png`) });
  await context.close();
}
await desk.stop();
await browser.close();
await site.close();
console.log(`${all.size} kinds of page, four pictures each, in ${shots}`);
