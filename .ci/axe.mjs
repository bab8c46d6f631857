// Runs axe-core over a sample of pages that has every kind of page and element.
//   node axe.mjs SITE, with AXE (the script), PLAYWRIGHT and CHROMIUM in the environment
import { kinds, launch, pages, samples, serve } from './built_site.mjs';

const site = await serve(process.argv[2]);
const browser = await launch();
const violations = async (page) => {
  await page.addScriptTag({ path: process.env.AXE });
  const { violations } = await page.evaluate(() => globalThis.axe.run({ resultTypes: ['violations'] }));
  return violations.flatMap(({ id, help, nodes }) => nodes.map(({ target, failureSummary }) =>
    `${id}: ${help}\n    ${target.join(' ')}\n    ${failureSummary.split('\n').slice(1).join('\n   ')}`));
};

// the check itself is checked: it has to find this
const wrong = await browser.newPage();
await wrong.setContent('<!doctype html><html lang="zh"><title>x</title><main><h1 style="color:#ccc;background:#fff">grey</h1>');
const expected = (await violations(wrong)).map((violation) => violation.split(':')[0]);
if (!expected.includes('color-contrast')) throw new Error(`axe found nothing wrong with grey on white: ${expected}`);
await wrong.close();

const every = pages(process.argv[2]);
const results = { path: 'search/?q=%E5%B7%A5%E4%BA%BA', kind: 'search' };
const widths = new Map([[360, [...samples(every), results]], [1280, [...kinds(every), results]]]);
const violated = new Map();
for (const colorScheme of ['light', 'dark']) {
  for (const [width, all] of widths) {
    const page = await browser.newPage({ viewport: { width, height: 800 }, colorScheme, reducedMotion: 'reduce' });
    for (const { path, kind } of all) {
      await page.goto(site.url + path, { waitUntil: path.includes('?') ? 'networkidle' : 'load' });
      for (const text of await violations(page)) {
        violated.set(text, [...(violated.get(text) ?? []), `${kind} /${path} (${colorScheme}, ${width})`]);
      }
    }
    await page.close();
  }
}
await browser.close();
await site.close();

for (const [text, found] of violated) console.log(`${text}\n    on ${found.slice(0, 4).join(', ')}${found.length > 4 ? ' …' : ''}`);
const [narrow, wide] = [...widths.values()].map((all) => all.length);
console.log(`${narrow} pages on a phone, ${wide} on a desktop, light and dark: ${violated.size} violations`);
process.exitCode = violated.size ? 1 : 0;
