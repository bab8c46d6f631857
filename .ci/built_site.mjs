// Shared by the checks in a browser: the built site on a local port, Chromium, and samples of pages.
//   PLAYWRIGHT: the folder of playwright-core; CHROMIUM: the browser's program; both in the environment
import { createRequire } from 'node:module';
import { readFileSync, readdirSync } from 'node:fs';
import { createServer } from 'node:http';
import { join, normalize } from 'node:path';

const TYPES = {
  html: 'text/html', css: 'text/css', js: 'text/javascript', svg: 'image/svg+xml', png: 'image/png', jpg: 'image/jpeg',
  xml: 'text/xml', txt: 'text/plain', json: 'application/json', md: 'text/plain',
};

/** The path that the site was built for: 404.html alone has absolute links. */
const builtFor = (folder) => /href="([^"]*)style\.css"/.exec(readFileSync(join(folder, '404.html'), 'utf8'))[1];

/** Serves the folder below `prefix`, as `/digest/`, with further headers, on any free port; `url` is its front page, `close` ends it. */
export async function serve(folder, prefix = builtFor(folder), headers = {}, port = 0) {
  const server = createServer((request, response) => {
    const path = decodeURIComponent(new URL(request.url, 'http://localhost').pathname);
    const below = path.startsWith(prefix) ? path.slice(prefix.length) : '404.html';
    const file = normalize(below === '' || below.endsWith('/') ? `${below}index.html` : below);
    try {
      const bytes = readFileSync(join(folder, file));
      const type = TYPES[file.split('.').pop()];
      const charset = /^text|json/.test(type) ? '; charset=utf-8' : '';
      response.writeHead(200, { ...headers, 'content-type': type ? type + charset : 'application/octet-stream' }).end(bytes);
    } catch {
      response.writeHead(404).end();
    }
  });
  await new Promise((ready) => server.listen(port, '127.0.0.1', ready));
  const close = () => new Promise((done) => {
    server.close(done);
    server.closeAllConnections();
  });
  return { url: `http://127.0.0.1:${server.address().port}${prefix}`, close };
}

export function launch(options = {}) {
  const { chromium } = createRequire(import.meta.url)(process.env.PLAYWRIGHT);
  return chromium.launch({ executablePath: process.env.CHROMIUM, args: ['--no-sandbox'], ...options });
}

/** All pages, without those that lead on to another: address below the site's root, kind (the class of `<body>`), text. */
export function pages(folder) {
  const names = readdirSync(folder, { recursive: true }).filter((name) => name.endsWith('.html')).sort();
  const all = names.map((name) => {
    const html = readFileSync(join(folder, name), 'utf8');
    return { path: name.replace(/index\.html$/, ''), kind: /<body class="([\w-]+)/.exec(html)?.[1] ?? 'page', html };
  });
  return all.filter(({ html }) => !html.includes('http-equiv="refresh"'));
}

/** The page with most text of each kind, sorted by kind. */
export function kinds(all) {
  const largest = new Map();
  for (const page of all) {
    if (page.html.length > (largest.get(page.kind)?.html.length ?? 0)) largest.set(page.kind, page);
  }
  return [...largest.values()].sort((a, b) => (a.kind < b.kind ? -1 : 1));
}

/** A page of each kind, and further ones until every combination of element and class is on one of them. */
export function samples(all) {
  const chosen = kinds(all);
  const elements = ({ kind, html }) => html.match(/<[a-z][^\s>]*( class="[^"]*")?/g).map((element) => `${kind} ${element}`);
  const seen = new Set(chosen.flatMap(elements));
  for (const page of all) {
    const own = elements(page).filter((element) => !seen.has(element));
    if (own.length) chosen.push(page);
    own.forEach((element) => seen.add(element));
  }
  return chosen;
}
