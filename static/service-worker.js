// Reading without network: keeps the pages that were read, and the front page with what it links to.
//
// The network comes first, so that nothing is older than without this worker; what is kept is shown where there is no network. What was
// used longest ago is removed when the limit (in site.toml, [offline] megabytes) is reached.

const limit = Number(new URL(self.location).searchParams.get('megabytes')) * 1e6;
const scope = self.registration.scope;
const missing = new URL('offline.html', scope).href; // the page for what is not kept
// several sites may share an origin
const name = `wenzhai ${scope}`;

let sizes; // of what is kept, by address, in the order of use
let writes = Promise.resolve();
let ended = false;

async function knownSizes(cache) {
  if (sizes) return sizes;
  sizes = new Map();
  for (const request of await cache.keys()) {
    const kept = await cache.match(request);
    sizes.set(request.url, (await kept.blob()).size);
  }
  return sizes;
}

async function keep(url, response) {
  const { size } = await response.clone().blob();
  if (ended || size > limit / 4) return;
  const cache = await caches.open(name);
  const known = await knownSizes(cache);
  known.delete(url);
  await cache.delete(url);
  await cache.put(url, response);
  known.set(url, size);
  let total = [...known.values()].reduce((sum, bytes) => sum + bytes, 0);
  for (const [oldest, bytes] of known) {
    if (total <= limit) break;
    if (oldest === missing) continue;
    total -= bytes;
    known.delete(oldest);
    await cache.delete(oldest);
  }
}

/** One after another, since each changes the list of sizes; one that fails (no room on the disk) does not stop the next. */
function keepInTurn(url, response) {
  writes = writes.then(() => keep(url, response)).catch(() => {});
  return writes;
}

const canBeKept = (response) => response.ok && response.type === 'basic' && !response.redirected;

async function answer(event) {
  const { request } = event;
  const url = request.url.split('#')[0];
  try {
    const response = await fetch(request);
    if (canBeKept(response)) event.waitUntil(keepInTurn(url, response.clone()));
    return response;
  } catch (error) {
    const kept = await (await caches.open(name)).match(url, { ignoreSearch: request.mode === 'navigate' });
    if (kept) return kept;
    if (request.mode === 'navigate') return Response.redirect(missing);
    throw error;
  }
}

/** A site that has this switched off has no `offline.html` any more; then nothing is left here. */
async function endWhereSwitchedOff() {
  const response = await fetch(missing, { cache: 'no-cache' }).catch(() => null);
  if (response?.status !== 404) return;
  ended = true;
  await self.registration.unregister();
  await writes;
  await caches.delete(name);
}

/** The front page and what it links to, as far as these are pages and files of this site. */
async function keepFrontPage() {
  const front = await (await fetch(scope)).text();
  const linked = [...front.matchAll(/(?:href|src)="([^"#]+)"/g)].map(([, path]) => new URL(path.replaceAll('&amp;', '&'), scope).href);
  const own = linked.filter((url) => url.startsWith(scope) && !/feed\.(xml|json)$/.test(url));
  for (const url of new Set([scope, missing, ...own])) {
    const response = await fetch(url);
    if (canBeKept(response)) await keepInTurn(url, response);
  }
}

self.addEventListener('install', (event) => {
  self.skipWaiting();
  event.waitUntil(keepFrontPage());
});
self.addEventListener('activate', (event) => event.waitUntil(self.clients.claim()));
let asked; // once for each time that the browser starts this worker
self.addEventListener('fetch', (event) => {
  if (event.request.mode === 'navigate') event.waitUntil((asked ??= endWhereSwitchedOff()));
  if (event.request.method === 'GET' && event.request.url.startsWith(scope)) event.respondWith(answer(event));
});
