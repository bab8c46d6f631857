// The Content-Security-Policy that README.md gives for a server: no page of the site violates it, and what pages do still works.
//
//   node policy.mjs SITE, with PLAYWRIGHT and CHROMIUM in the environment; README.md is beside SITE
import { readFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { launch, pages, samples, serve } from '../../.ci/built_site.mjs';
import { expect, summarize } from './assert/expect.mjs';

const folder = process.argv[2];
const readme = readFileSync(join(dirname(resolve(folder)), 'README.md'), 'utf8');
const policy = /Content-Security-Policy "(default-src [^"]+)" always/.exec(readme)[1];
expect('the policy allows nothing inline', policy.includes('unsafe'), false);

const site = await serve(folder, undefined, { 'content-security-policy': policy });
const browser = await launch();
const page = await browser.newPage();
let violations = [];
page.on('console', (message) => /Content.Security.Policy/i.test(message.text()) && violations.push(message.text()));
page.on('pageerror', (error) => violations.push(`${error}`));
await page.exposeFunction('violated', (what) => violations.push(what));
await page.addInitScript(() => addEventListener('securitypolicyviolation', (event) =>
  window.violated(`${event.violatedDirective}: ${event.blockedURI} ${event.sample}`)));

const all = pages(folder);
const checked = samples(all);
for (const { path, kind } of checked) {
  violations = [];
  await page.goto(site.url + path);
  expect(`${kind}: ${path || 'the home page'}`, violations, []);
}
expect('pages were checked', checked.length > 10, true);

// --- the policy is in force ---
violations = [];
await page.goto(site.url);
await page.evaluate(() => {
  const script = document.createElement('script');
  script.textContent = 'window.ran = true';
  document.body.append(script);
});
await page.waitForTimeout(100);
expect('an inline script does not run', [await page.evaluate(() => window.ran ?? null), violations.length > 0], [null, true]);

// --- what scripts do ---
violations = [];
await page.goto(site.url);
await page.click('#scheme');
expect('the colour scheme is switched', await page.evaluate(() => document.documentElement.style.colorScheme !== ''), true);
await page.reload();
expect('and remembered', await page.evaluate(() => document.documentElement.style.colorScheme !== ''), true);
const search = all.find(({ kind }) => kind === 'search');
if (search) {
  await page.goto(`${site.url}${search.path}?q=${encodeURIComponent('工人')}`);
  await page.waitForSelector('main mark');
}
expect('and nothing was violated', violations, []);

await browser.close();
await site.close();
summarize();
