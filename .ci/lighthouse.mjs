// Runs Lighthouse over five pages of the site, built for the address that it is served at: a canonical address elsewhere
// would count against it.
//   node lighthouse.mjs WENZHAI FOLDER, with LIGHTHOUSE, PLAYWRIGHT and CHROMIUM in the environment
import { execFileSync } from 'node:child_process';
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { kinds, launch, pages, serve } from './built_site.mjs';

const LEAST = 95;
const ATTEMPTS = 3;
// above 9999 comes one that fetch refuses
const PORT = 9222 + (process.pid % 778);
const [wenzhai, folder] = process.argv.slice(2);
const { default: lighthouse } = await import(join(process.env.LIGHTHOUSE, 'core/index.js'));

rmSync(folder, { recursive: true, force: true });
const built = join(folder, 'site');
mkdirSync(built, { recursive: true });
const site = await serve(built, '/');
execFileSync(wenzhai, ['build', '--no-import', '-o', built, '--base-url', site.url], { stdio: 'inherit' });

const all = pages(built);
const largest = new Map(kinds(all).map(({ kind, path }) => [kind, path]));
const facsimile = all.find(({ html }) => html.includes('class="facsimile"'))?.path;
const measured = { home: '', theme: largest.get('theme'), article: largest.get('article'), facsimile, search: 'search/?q=%E5%B7%A5%E4%BA%BA' };
const browser = await launch({ args: ['--no-sandbox', `--remote-debugging-port=${PORT}`] });
let failed = 0;
for (const [kind, path] of Object.entries(measured)) {
  const best = {};
  let wrong = [];
  for (let attempt = 0; attempt < ATTEMPTS && (!attempt || Object.values(best).some((score) => score < LEAST)); attempt++) {
    const { lhr, report } = await lighthouse(site.url + path, { port: PORT, output: 'html', logLevel: 'error' });
    for (const { id, score } of Object.values(lhr.categories)) best[id] = Math.max(best[id] ?? 0, Math.round(score * 100));
    wrong = Object.values(lhr.audits).filter(({ score }) => score !== null && score < 0.9);
    writeFileSync(join(folder, `${kind}.html`), report);
  }
  const low = Object.values(best).some((score) => score < LEAST);
  console.log(`${low ? 'FAILED' : 'ok    '}  ${kind}: ${Object.entries(best).map(([id, score]) => `${id} ${score}`).join(', ')}`);
  for (const { id, title, displayValue } of wrong) console.log(`          ${id}: ${title}${displayValue ? ` (${displayValue})` : ''}`);
  if (low) failed += 1;
}
await browser.close();
await site.close();
if (failed) console.log(`${failed} pages below ${LEAST}; reports in ${folder}`);
process.exitCode = failed ? 1 : 0;
