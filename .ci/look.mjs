// Shoots one page of each kind. The kind is the class of <body>; the page with most text stands for its kind.
//   node look.mjs SITE SHOTS, with PLAYWRIGHT and CHROMIUM in the environment
import { createRequire } from 'node:module';
import { readFileSync, readdirSync } from 'node:fs';
import { createServer } from 'node:http';
import { extname, join, normalize } from 'node:path';

const [site, shots] = process.argv.slice(2);
const { chromium } = createRequire(import.meta.url)(process.env.PLAYWRIGHT);
const TYPES = { '.html': 'text/html', '.css': 'text/css', '.svg': 'image/svg+xml', '.xml': 'text/xml', '.js': 'text/javascript' };

const server = createServer((request, answer) => {
  const path = decodeURIComponent(new URL(request.url, 'http://localhost').pathname);
  const file = join(site, normalize(path), path.endsWith('/') ? 'index.html' : '');
  try {
    const bytes = readFileSync(file);
    answer.writeHead(200, { 'content-type': TYPES[extname(file)] ?? 'application/octet-stream' }).end(bytes);
  } catch {
    answer.writeHead(404).end();
  }
});
await new Promise((ready) => server.listen(0, '127.0.0.1', ready));
const root = `http://127.0.0.1:${server.address().port}/`;

const kinds = new Map();
for (const name of readdirSync(site, { recursive: true }).filter((name) => name.endsWith('.html')).sort()) {
  const text = readFileSync(join(site, name), 'utf8');
  const kind = /<body class="([\w-]+)/.exec(text)?.[1] ?? 'page';
  if (text.length > (kinds.get(kind)?.size ?? 0)) kinds.set(kind, { size: text.length, name });
}

const browser = await chromium.launch({ executablePath: process.env.CHROMIUM, args: ['--no-sandbox'] });
for (const colorScheme of ['light', 'dark']) {
  for (const [width, height] of [[390, 844], [1280, 900]]) {
    const page = await browser.newPage({ viewport: { width, height }, colorScheme });
    for (const [kind, { name }] of kinds) {
      await page.goto(root + name.replace(/index\.html$/, ''));
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
  await page.goto(root + kinds.get(kind).name.replace(/index\.html$/, ''));
  await page.screenshot({ path: join(shots, 'readme', `${shot}.png`) });
  await page.close();
}
await browser.close();
server.close();
console.log(`${kinds.size} kinds of page, four pictures each, in ${shots}`);
