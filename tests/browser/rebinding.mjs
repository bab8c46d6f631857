// DNS rebinding in Chromium: the name of an attacker's site comes to mean this machine, so that for the browser its scripts and the
// preview are one site. They read nothing and change nothing: neither at the desk, nor of the site, nor where a site is begun.
//
//   node rebinding.mjs SITE, with PLAYWRIGHT and CHROMIUM in the environment; the program is taken from target/ beside SITE
import { cp, mkdir, readFile, readdir, rm, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { launch } from '../../.ci/built_site.mjs';
import { expect, summarize } from './assert/expect.mjs';
import { folder, project, start } from './assert/program.mjs';

const PAGE = 'content/pages/shifan-2025-03-18-04.txt';
const REFUSED = 'this preview answers only to localhost';
const NAMES = ['evil.example', '127.0.0.1.evil.example', 'localhost.evil.example'];
// newer browsers keep public sites from local addresses by themselves: without that, what is tested is the program
const OPEN = '--disable-features=LocalNetworkAccessChecks,BlockInsecurePrivateNetworkRequests,PrivateNetworkAccessRespectPreflightResults,PrivateNetworkAccessSendPreflights';
const browser = await launch({ args: ['--no-sandbox', OPEN, `--host-resolver-rules=${NAMES.map((name) => `MAP ${name} 127.0.0.1`).join(', ')}`] });
const roots = [];

async function site() {
  const root = await folder();
  roots.push(root);
  for (const name of ['site.toml', PAGE]) {
    await mkdir(join(root, dirname(name)), { recursive: true });
    await cp(join(project, name), join(root, name));
  }
  return root;
}

/** Name and text of every file below a folder but the queue, which the program summarises by itself. */
async function files(root) {
  const names = (await readdir(root, { recursive: true })).filter((name) => !name.includes('.wenzhai')).sort();
  const text = async (name) => (await stat(join(root, name))).isFile() ? readFile(join(root, name), 'utf8') : '';
  return Promise.all(names.map(async (name) => [name, await text(name)]));
}

/** What a script of the attacker's site tries at the address that its name leads to now. Returns every text that it gets hold of. */
async function attack({ address, name, paths }) {
  const seen = [];
  const note = (what, text) => seen.push(`${what}: ${text}`);
  const wait = (ms) => new Promise((done) => setTimeout(done, ms));
  const change = { method: 'POST', credentials: 'include', headers: { 'X-Wenzhai-Desk': '1', 'Content-Type': 'application/json' } };
  const act = JSON.stringify({ page: name, version: '', looked: true, action: { do: 'merge', article: 1 }, place: 0, name: '', title: 'x', lang: 'en', text: 'evil' });
  for (const path of paths) {
    for (const options of [{}, { credentials: 'include' }, { ...change, body: act }]) {
      await fetch(path, options).then(async (answer) => note(`fetch ${path}`, `${answer.status} ${await answer.text()}`), () => {});
    }
  }
  for (const path of ['/__wenzhai/live', '/__wenzhai/desk/api/events']) {
    const source = new EventSource(path);
    source.onmessage = ({ data }) => note('events', `200 ${data}`);
    source.onopen = () => note('events', '200 open');
    await wait(400);
    source.close();
  }
  for (const path of ['/', '/__wenzhai/live', '/__wenzhai/desk/api/events']) {
    const socket = new WebSocket(`ws://${location.host}${path}`);
    socket.onopen = () => note('socket', '200 open');
    socket.onmessage = ({ data }) => note('socket', `200 ${data}`);
    await wait(200);
    socket.close();
  }
  // a form and a frame are of the same site for the browser, so that the frame could be read
  for (const [method, action] of [['post', '/__wenzhai/desk/api/looked'], ['post', '/__wenzhai/desk/api/begin'], ['get', address], ['get', '/']]) {
    const frame = Object.assign(document.createElement('iframe'), { name: `frame-${Math.random()}` });
    const form = Object.assign(document.createElement('form'), { method, action, target: frame.name, enctype: 'text/plain' });
    for (const [key, value] of [...new URL(action, location.href).searchParams, [act, '']]) form.append(Object.assign(document.createElement('input'), { name: key, value, type: 'hidden' }));
    document.body.append(frame, form);
    form.submit();
    await new Promise((done) => { frame.onload = done; setTimeout(done, 1500); });
    await wait(100);
    note(`form ${action}`, `403 ${frame.contentDocument?.body?.textContent ?? ''}`);
  }
  const script = Object.assign(document.createElement('script'), { src: '/__wenzhai/live.js' });
  await new Promise((done) => { script.onload = () => done(note('script', '200 loaded')); script.onerror = done; document.body.append(script); });
  return seen;
}

/** The attacker's page, whose name meant another machine when it was loaded. */
async function attacker(name, port) {
  const context = await browser.newContext();
  const page = await context.newPage();
  await page.route(`http://${name}:${port}/attack`, (route) => route.fulfill({ contentType: 'text/html', body: '<!doctype html><body>evil' }));
  await page.goto(`http://${name}:${port}/attack`);
  return { page, end: () => context.close() };
}

const allRefused = (seen) => seen.filter((text) => !/: 403 /.test(text) || !text.includes(REFUSED));

/** An attack by every name, with the token of the address and without; nothing is seen and nothing changes. */
async function onlyRefused(what, address, root, paths) {
  const { port, pathname, search } = new URL(address);
  const before = await files(root);
  for (const name of NAMES) {
    const { page, end } = await attacker(name, port);
    const seen = await page.evaluate(attack, { address: pathname + search, name: PAGE, paths: [...paths, pathname, pathname + search] });
    expect(`${what}: ${name} gets answers, all of them refusals`, [seen.length > 10, allRefused(seen)], [true, []]);
    const answer = await page.goto(address.replace('127.0.0.1', name));
    expect(`${what}: nor does the address with the token open it under ${name}`, [answer.status(), await page.textContent('body')], [403, `${REFUSED}\n`]);
    expect('and sets no cookie', await page.context().cookies(), []);
    await end();
  }
  // an address that systems take for this machine
  const { page, end } = await attacker(NAMES[0], port);
  const other = await page.evaluate((port) => Promise.all(['0.0.0.0', '127.0.0.1', 'localhost', '[::1]'].map((host) =>
    fetch(`http://${host}:${port}/`, { credentials: 'include' }).then((answer) => answer.text(), () => 'refused'))), port);
  expect(`${what}: the browser keeps the answers of other addresses from it`, other, ['refused', 'refused', 'refused', 'refused']);
  await end();
  expect(`${what}: nothing has changed`, await files(root), before);
}

const CALLS = ['site', 'pages', `page?name=${PAGE}`, 'findings', 'act', 'undo', 'looked', 'paste', 'upload?name=x.txt', 'publish', 'beginnings', 'begin', 'open'].map((call) => `/__wenzhai/desk/api/${call}`);

async function servedDesk() {
  const root = await site();
  const server = await start(['--root', root, 'serve', '-p', '0'], {}, /the desk: (http:\S+)[^]* pages, in /);
  // the editor's own window is open, with the cookie
  const own = await browser.newPage();
  await own.goto(server.address);
  await own.waitForSelector('.pages li');
  await onlyRefused('the desk', server.address, root, ['/', '/index.html', '/2025/03/18/sfgrb-p4-02/', '/__wenzhai/live', ...CALLS]);
  const looked = await own.evaluate(() => fetch('api/pages').then((answer) => answer.json()).then(({ pages }) => pages.map((page) => page.looked)));
  expect('the editor still works there', looked, [false]);
  await own.close();
  await server.stop();
}

async function noSiteYet() {
  const root = await folder();
  roots.push(root);
  const program = await start([], { cwd: root, env: { HOME: root, USERPROFILE: root, PATH: '' } }, /begin one in the browser: (http:\S+)/);
  await onlyRefused('a site to begin', program.address, root, ['/', ...CALLS]);
  await program.stop();
}

/** Where other machines may connect, the site may be read by any name; the desk by those who have its token alone. */
async function otherMachines() {
  const root = await site();
  const server = await start(['--root', root, 'serve', '-p', '0', '--bind', '0.0.0.0', '--desk-token', 'correct-horse'], {}, /the desk: (http:\S+)[^]* pages, in /);
  const before = await files(root);
  const { page, end } = await attacker(NAMES[0], new URL(server.address).port);
  const seen = await page.evaluate(attack, { address: '/__wenzhai/desk/?token=correct-hors', name: PAGE, paths: [...CALLS, '/__wenzhai/desk/'] });
  const desk = seen.filter((text) => text.startsWith('fetch ') || text.startsWith('form /__wenzhai'));
  expect('the attack gets what is open to all', seen.includes('script: 200 loaded'), true);
  expect('without the token, the desk is closed to a name that leads to it', desk.filter((text) => !/: 403 (审稿台只对|this request comes|$)/.test(text)), []);
  expect('and it changes nothing', await files(root), before);
  await end();
  await server.stop();
}

try {
  for (const story of [servedDesk, noSiteYet, otherMachines]) await story();
} catch (error) {
  expect('the stories run to their end', error.stack, '');
} finally {
  await browser.close();
  for (const root of roots) await rm(root, { recursive: true, force: true });
}
summarize();
