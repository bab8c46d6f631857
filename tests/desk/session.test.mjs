// The queue of actions: shown at once, sent one after another, and what happens when the server answers otherwise.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ConflictError, RequestError, StaleError, UnreachableError } from '../../src/desk/assets/api.js';
import { reduce } from '../../src/desk/assets/reduce.js';
import { Session } from '../../src/desk/assets/session.js';
import { samplePage } from './sample.mjs';

/** A server in memory; `answers` are errors to be thrown first. */
function server(answers = []) {
  let page = samplePage('一版');
  const sent = [];
  const next = (changed) => ({ page: page = { ...changed, version: String(Number(page.version) + 1) } });
  const api = {
    async act(name, version, action, edited) {
      sent.push({ version, action, ...(edited && { edited }) });
      const error = answers.shift();
      if (error) throw error;
      return next(reduce(page, action));
    },
    async undo() { return { ...next(page), label: 'title' }; },
    async looked(name, looked) { return next({ ...page, looked }); },
    async page() { return page; },
  };
  return { api, sent, get page() { return page; }, replace: (changed) => next(changed) };
}

function session({ api }, page, choice = null) {
  const log = [];
  const made = new Session(page, api, {
    shown: () => log.push('shown'),
    settled: (job) => log.push(`settled ${job.kind}`),
    stale: (dropped) => log.push(`stale ${dropped}`),
    failed: ({ message }) => log.push(`failed ${message}`),
    conflict: async (files) => { log.push(`conflict ${files.length}`); return choice; },
    online: (online) => { if (!online) log.push('offline'); },
    gone: () => log.push('gone'),
  }, async () => {});
  const idle = async () => { while (made.busy) await new Promise((done) => setImmediate(done)); };
  return { made, log, idle };
}

const role = (lines, name) => ({ do: 'role', lines, role: name });

test('actions show at once, and are sent in turn with the newest version', async () => {
  const remote = server();
  const { made, log, idle } = session(remote, remote.page);
  made.act(role([3], 'body'));
  made.act({ do: 'new', lines: [20] });
  const { k } = made.shown.articles.find(({ lines }) => lines[0] === 20);
  made.act({ do: 'front', article: k, set: { title: '新' } });
  assert.equal(made.shown.lines[3].role, 'body');
  assert.equal(made.shown.articles[k].title, '新');
  await idle();
  assert.deepEqual(remote.sent.map(({ version }) => version), ['1', '2', '3']);
  assert.deepEqual(made.shown, remote.page);
  assert.deepEqual(log.filter((each) => each.startsWith('settled')), ['settled act', 'settled act', 'settled act']);
});

test('an article is named by its number on the server when an action is sent', async () => {
  const remote = server();
  const { made, idle } = session(remote, remote.page);
  const last = made.shown.articles.at(-1);
  made.act({ do: 'new', lines: [10] });
  made.act({ do: 'front', article: last.k + 1, set: { title: '末' } });
  await idle();
  assert.equal(remote.page.articles.at(-1).title, '末');
});

test('another version on the server drops the queue', async () => {
  const remote = server();
  const { made, log, idle } = session(remote, remote.page);
  const newer = { ...remote.page, version: '9', looked: true };
  remote.api.act = async () => { throw new StaleError(newer); };
  made.act(role([3], 'title'));
  made.act(role([4], 'title'));
  await idle();
  assert.deepEqual(made.shown, newer);
  assert.ok(log.includes('stale 2'));
});

test('a conflict is asked about; without an answer nothing is done', async () => {
  const conflict = (page) => new ConflictError([{ file: 'a.md', title: 'A', difference: '' }], page);
  const first = server();
  const refused = session(first, first.page);
  first.api.act = async () => { throw conflict(first.page); };
  refused.made.act(role([3], 'title'));
  await refused.idle();
  assert.equal(refused.made.shown, first.page);
  const remote = server([conflict(undefined)]);
  const { made, log, idle } = session(remote, remote.page, 'adopt');
  made.act(role([3], 'title'));
  await idle();
  assert.equal(remote.sent[1].edited, 'adopt');
  assert.equal(made.shown.lines[3].role, 'title');
  assert.ok(log.includes('conflict 1'));
});

test('undoing what would touch an edited file asks first', async () => {
  const remote = server();
  const asked = [];
  remote.api.undo = async (page, edited) => {
    asked.push(edited);
    if (!edited) throw new ConflictError([{ file: 'a.md', title: 'A', difference: '' }], remote.page);
    return { page: remote.page, label: 'title' };
  };
  const kept = session(remote, remote.page, 'keep');
  kept.made.undo();
  await kept.idle();
  assert.deepEqual(asked, [undefined], 'nothing is undone');
  const done = session(remote, remote.page, 'discard');
  done.made.undo();
  await done.idle();
  assert.deepEqual(asked, [undefined, undefined, 'discard']);
});

test('edits that cannot all become corrections are asked about once more', async () => {
  const remote = server();
  const asked = [];
  remote.api.adopt = async (page, article, part) => {
    asked.push(part);
    if (!part) throw new ConflictError([{ file: 'a.md', title: 'A', difference: '' }], remote.page, true);
    return { page: remote.page };
  };
  const kept = session(remote, remote.page, 'keep');
  kept.made.adopt(0);
  await kept.idle();
  assert.deepEqual(asked, [false], 'the file stays');
  const part = session(remote, remote.page, 'part');
  part.made.adopt(0);
  await part.idle();
  assert.deepEqual(asked, [false, false, true]);
});

test('without connection an action is sent again; an error takes it back', async () => {
  const remote = server([new UnreachableError(), new UnreachableError()]);
  const { made, log, idle } = session(remote, remote.page);
  made.act(role([3], 'title'));
  await idle();
  assert.equal(remote.sent.length, 3);
  assert.equal(log.filter((each) => each === 'offline').length, 2);
  const broken = server([new RequestError('不行', '', 400)]);
  const other = session(broken, broken.page);
  other.made.act(role([3], 'title'));
  await other.idle();
  assert.equal(other.made.shown, broken.page);
  assert.ok(other.log.includes('failed 不行'));
});

test('reading again keeps what is the same, and waits for what is queued', async () => {
  const remote = server();
  const { made, log, idle } = session(remote, remote.page);
  const { shown } = made;
  made.refresh();
  await idle();
  assert.equal(made.shown, shown);
  made.act(role([3], 'title'));
  made.refresh();
  made.refresh();
  await idle();
  assert.deepEqual(log.filter((each) => each.startsWith('settled')), ['settled refresh', 'settled act', 'settled refresh']);
  remote.api.page = async () => { throw new RequestError('', '', 404); };
  made.refresh();
  await idle();
  assert.ok(log.includes('gone'));
});
