// A server for the tests of the desk's front end: it answers as the preview server does, from memory, with invented pages (示例).
//
//   node tests/desk/mock.mjs [PORT] [LANG]
//
// Actions are applied by the browser's own reductions, so that the tests are of what the editor sees and not of import.
import { readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { fileURLToPath } from 'node:url';
import { reduce } from '../../src/desk/assets/reduce.js';
import { samplePage, samplePicture, samplePlans, sampleSite } from './sample.mjs';

const BASE = '/__wenzhai/desk/';
const ASSETS = new URL('../../src/desk/assets/', import.meta.url);
const TYPES = { html: 'text/html; charset=utf-8', js: 'text/javascript; charset=utf-8', css: 'text/css; charset=utf-8' };
const POLICY = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; frame-src 'self'; base-uri 'none'; form-action 'none'";

/** The pages of the desk, with what undo needs. */
class Pages {
  constructor(extra) {
    this.all = new Map();
    this.listeners = new Set();
    this.events = 1;
    this.add(samplePage('示例-0225-03.pdf'));
    this.add(samplePage('示例-0226-01.txt', { picture: false, date: '2025-02-26', number: 1 }));
    this.add(samplePage('示例-长版.pdf', { copies: 5, date: '2025-02-27', number: 2 }));
    const edited = samplePage('示例-手改.pdf', { date: '2025-02-28', number: 4 });
    edited.articles[1].edited = true;
    edited.findings.push({ code: 'text-not-printed', severity: 'warning', message: '更正“夹紧”在第 5 行没有找到', hint: '这一行重新识别过，请再看一遍', line: 4 });
    this.add(edited);
    this.extra = Array.from({ length: extra }, (_, at) => row(samplePageRow(at)));
  }

  add(page) { this.all.set(page.name, { page, past: [], future: [], log: [] }); }

  rows() {
    const own = [...this.all.values()].map(({ page }) => row(page));
    return [...own, ...this.extra].sort((a, b) => b.score - a.score);
  }

  changed(pages) {
    this.events += 1;
    for (const listener of this.listeners) listener({ version: this.events, pages, working: null });
  }

  /** Replaces a page by a new version of it. */
  put(entry, page, looked = page.looked) {
    entry.page = { ...page, version: String(Number(entry.page.version) + 1), looked,
      undo: entry.past.at(-1)?.label ?? null, redo: entry.future.at(-1)?.label ?? null };
    this.changed([page.name]);
    return { page: entry.page };
  }

  act({ page: name, version, action, edited }) {
    const entry = this.all.get(name);
    if (!entry) return [404, { error: `没有 ${name}`, hint: '' }];
    if (entry.page.version !== version) return [409, { stale: true, page: entry.page }];
    const lines = action.lines ?? [];
    const touched = entry.page.articles.filter((article) => article.edited
      && (article.k === action.article || article.k === action.to || lines.some((i) => article.lines.includes(i)) || article.lines.includes(action.line)));
    if (touched.length > 0 && !edited) {
      return [409, { conflict: touched.map(({ file, title }) => ({ file, title, difference: '@@ 第 12 行 @@\n-等单的二十分钟\n+等单的那二十分钟' })), page: entry.page }];
    }
    if (edited === 'keep') return [200, { page: entry.page, changed: { lines: [], articles: [] } }];
    entry.past.push({ page: entry.page, label: action.role ?? action.do });
    entry.future = [];
    entry.log.unshift({ time: '2026-11-22 14:03', label: action.role ?? action.do, undone: false });
    const next = reduce(entry.page, action);
    for (const { lines: own } of touched) for (const article of next.articles) if (own.includes(article.lines[0])) article.edited = false;
    return [200, { ...this.put(entry, next), changed: { lines, articles: [] } }];
  }

  step(name, from, to) {
    const entry = this.all.get(name);
    const last = entry?.[from].pop();
    if (!last) return [409, { error: '没有可撤销的', hint: '' }];
    entry[to].push({ page: entry.page, label: last.label });
    return [200, { ...this.put(entry, last.page), label: last.label }];
  }
}

const KINDS = ['headline', 'boundary', 'role', 'text', 'date', 'theme'];
const samplePageRow = (at) => ({ name: `示例-${String(at).padStart(4, '0')}.pdf`, at });

function row(page) {
  if (page.at !== undefined) {
    return { name: page.name, paper: page.at % 3 ? '示例工人报' : '示例劳动报', date: `2025-0${1 + page.at % 9}-1${page.at % 8}`, page: 1 + page.at % 8, articles: 3 + page.at % 7, lines: 80 + page.at % 200,
      doubts: page.at % 12, worst: page.at % 12 ? KINDS[page.at % 6] : null, score: 5 / (1 + page.at), looked: page.at % 5 === 0, edited: page.at % 40 === 0 ? 1 : 0, findings: page.at % 30 === 0 ? 2 : 0 };
  }
  const { paper, date, page: number } = page.masthead;
  return { name: page.name, paper, date, page: number, articles: page.articles.length, lines: page.lines.length, doubts: page.doubts.length, worst: page.doubts[0]?.kind ?? null,
    score: page.doubts.reduce((sum, { score }) => sum + score, 0) + (page.name.includes('0225') ? 1 : 0), looked: page.looked, edited: page.articles.filter((article) => article.edited).length, findings: page.findings.length };
}

/** Starts the server. `delay` is how long each answer takes, in ms. */
export async function mock({ port = 0, lang = 'zh-Hans', extra = 40, delay = 0 } = {}) {
  const pages = new Pages(extra);
  const options = { delay };
  const server = createServer(async (request, response) => {
    const url = new URL(request.url, 'http://127.0.0.1');
    const body = await read(request);
    if (url.pathname === `${BASE}api/events`) return listen(pages, request, response);
    if (options.delay) await new Promise((done) => setTimeout(done, options.delay));
    if (url.pathname === '/favicon.svg') return send(response, 200, '<svg xmlns="http://www.w3.org/2000/svg"/>', 'image/svg+xml');
    if (!url.pathname.startsWith(BASE)) return preview(pages, url, response);
    const name = url.pathname.slice(BASE.length);
    if (name.startsWith('api/picture')) return send(response, 200, samplePicture(pages.all.get(url.searchParams.get('name')).page), 'image/svg+xml');
    if (name.startsWith('api/')) {
      const [status, answer] = request.method === 'POST' && request.headers['x-wenzhai-desk'] !== '1' ? [403, { error: '403', hint: '' }] : api(pages, lang, request.method, name, url, body);
      return send(response, status, JSON.stringify(answer), 'application/json');
    }
    const file = name || 'index.html';
    const text = await readFile(fileURLToPath(new URL(file, ASSETS))).catch(() => null);
    send(response, text ? 200 : 404, text ?? '', TYPES[file.split('.').pop()] ?? 'text/plain');
  });
  await new Promise((done) => server.listen(port, '127.0.0.1', done));
  return {
    url: `http://127.0.0.1:${server.address().port}${BASE}`, pages, options,
    close: () => new Promise((done) => { server.close(done); server.closeAllConnections(); }),
  };
}

function send(response, status, body, type) {
  response.writeHead(status, { 'Content-Type': type, 'Content-Security-Policy': POLICY, 'Cache-Control': 'no-store' });
  response.end(body);
}

async function read(request) {
  const parts = [];
  for await (const part of request) parts.push(part);
  return Buffer.concat(parts).toString();
}

function listen(pages, request, response) {
  response.writeHead(200, { 'Content-Type': 'text/event-stream', 'Cache-Control': 'no-store' });
  const listener = (event) => response.write(`data: ${JSON.stringify(event)}\n\n`);
  response.write(': here\n\n');
  pages.listeners.add(listener);
  request.on('close', () => pages.listeners.delete(listener));
}

/** The web page of an article. */
function preview(pages, url, response) {
  const address = url.pathname;
  const article = [...pages.all.values()].flatMap(({ page }) => page.articles.map((each) => ({ page, each }))).find(({ each }) => each.url === address);
  const { page, each } = article ?? {};
  const text = each ? `<h1>${each.title}</h1><p><small>${each.byline}</small></p><p>${each.lines.filter((i) => page.lines[i].role === 'body').map((i) => page.lines[i].text).join('')}</p>` : '<h1>示例文摘</h1>';
  send(response, each || address === '/' ? 200 : 404, `<!doctype html><html lang="zh-Hans"><meta charset="utf-8"><meta name="color-scheme" content="light dark"><title>${each?.title ?? '示例文摘'}</title><main>${text}</main>`, TYPES.html);
}

function api(pages, lang, method, name, url, body) {
  const json = method === 'POST' && !name.startsWith('api/upload') ? JSON.parse(body) : {};
  const of = url.searchParams.get('name') ?? url.searchParams.get('page');
  const entry = pages.all.get(json.page ?? of);
  switch (`${method} ${name}`) {
    case 'GET api/site': return [200, sampleSite(lang)];
    case 'GET api/pages': return [200, { working: null, pages: pages.rows() }];
    case 'GET api/page': {
      if (!entry && pages.extra.some((each) => each.name === of)) pages.add(samplePage(of));
      const found = pages.all.get(of);
      return found ? [200, found.page] : [404, { error: `没有 ${of}`, hint: '' }];
    }
    case 'POST api/act': return pages.act(json);
    case 'POST api/undo': return pages.step(json.page, 'past', 'future');
    case 'POST api/redo': return pages.step(json.page, 'future', 'past');
    case 'POST api/looked': return [200, pages.put(entry, entry.page, json.looked)];
    case 'POST api/adopt': return [200, pages.put(entry, { ...entry.page, articles: entry.page.articles.map((each) => each.k === json.article ? { ...each, edited: false } : each) })];
    case 'GET api/log': return [200, { entries: entry?.log ?? [] }];
    case 'GET api/findings': return [200, { groups: [{ page: null, findings: [{ code: 'no-base-url', severity: 'note', message: '没有写发布后的地址', hint: '在 site.toml 里填 base_url', file: 'site.toml', line: 6, at: null }] },
      { page: '示例-手改.pdf', findings: [{ code: 'text-not-printed', severity: 'warning', message: '更正“夹紧”在第 5 行没有找到', hint: '这一行重新识别过，请再看一遍', file: 'content/pages/示例-手改.pdf.toml', line: 5, at: 5 }] }] }];
    case 'POST api/build': return [200, { articles: 89, pages: 231, findings: [] }];
    case 'GET api/publish': return [200, { targets: samplePlans() }];
    case 'POST api/publish': return json.confirm && json.despite === (json.target === '备份')
      ? [200, { sent: 3, unchanged: 228, removed: 1, size: '41.2 kB', address: 'https://shili.example/', findings: [] }] : [400, { error: '没有确认', hint: '' }];
    case 'POST api/upload':
    case 'POST api/paste': {
      const file = of ?? json.name ?? '粘贴-1.txt';
      if (pages.all.has(file)) return [200, { pages: [], same_as: file, needs: [] }];
      pages.add(samplePage(file, { picture: false }));
      pages.changed([file]);
      return [200, { pages: [file], same_as: null, needs: name === 'api/paste' ? ['date', 'paper', 'page'] : ['date'] }];
    }
    default: return [404, { error: name, hint: '' }];
  }
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const { url } = await mock({ port: Number(process.argv[2] ?? 8123), lang: process.argv[3], extra: 2000 });
  console.log(url);
}
