// Actions as the browser shows them before the server has answered, and what is said of them.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { difference, sentence } from '../../src/desk/assets/diff.js';
import { translator } from '../../src/desk/assets/messages.js';
import { anchorOf, reduce, resolve } from '../../src/desk/assets/reduce.js';
import { samplePage } from './sample.mjs';

/** A page of lines `A a a | B b b | furniture`: titles in capitals. */
function small() {
  const roles = ['title', 'body', 'body', 'title', 'body', 'body', 'furniture'];
  const page = samplePage('小样', { picture: false });
  const lines = roles.map((role, i) => ({ ...page.lines[0], i, n: i + 1, numbers: [i + 1], text: 'AabBcdz'[i], role, article: role === 'furniture' ? null : i < 3 ? 0 : 1, doubt: false }));
  const articles = [[0, 1, 2], [3, 4, 5]].map((own, k) => ({ ...page.articles[0], k, lines: own, title: lines[own[0]].text, kicker: '', subtitle: '', byline: '', themes: [] }));
  return { ...page, lines, articles, doubts: [{ line: 1, kind: 'headline', score: 1, article: 0 }] };
}

const t = translator('zh-Hans');
const order = (page) => page.articles.map(({ lines }) => lines.join(''));
const titles = (page) => page.articles.map(({ title }) => title);
const said = (before, after) => sentence(difference(before, after), t);

/** Every line in exactly one article, or in none and furniture or a jump; articles numbered by position. */
function consistent(page) {
  const owner = new Map(page.articles.flatMap(({ k, lines }) => lines.map((i) => [i, k])));
  assert.equal(owner.size, page.articles.reduce((sum, { lines }) => sum + lines.length, 0), 'no line is in two articles');
  assert.deepEqual(page.lines.map(({ article }) => article), page.lines.map(({ i }) => owner.get(i) ?? null));
  assert.deepEqual(page.articles.map(({ k }) => k), page.articles.map((_, k) => k));
  assert.ok(page.articles.every(({ lines }) => lines.length > 0));
}

test('a role: title, furniture and back', () => {
  const page = small();
  const titled = reduce(page, { do: 'role', lines: [1], role: 'title' });
  assert.equal(titled.articles[0].title, 'Aa');
  assert.equal(titled.lines[1].set, true);
  assert.deepEqual(titled.doubts, []);
  assert.equal(said(page, titled), '第 2 行：正文 → 题目；题目：A → Aa');
  const out = reduce(page, { do: 'role', lines: [4, 5], role: 'furniture' });
  assert.deepEqual(order(out), ['012', '3']);
  assert.equal(said(page, out), '2 行：正文 → 杂项；2 行不再属于文章');
  assert.deepEqual(order(reduce(out, { do: 'role', lines: [5], role: 'body' })), ['012', '35']);
  assert.deepEqual(order(reduce(page, { do: 'role', lines: [3, 4, 5], role: 'jump' })), ['012']);
  assert.equal(page.lines[1].role, 'body', 'the page itself is not changed');
});

test('new articles, split, merge and move', () => {
  const page = small();
  assert.deepEqual(order(reduce(page, { do: 'new', lines: [1] })), ['0', '12', '345']);
  assert.deepEqual(order(reduce(page, { do: 'new', lines: [1, 4] })), ['02', '14', '35']);
  assert.deepEqual(order(reduce(page, { do: 'split', lines: [1] })), ['02', '1', '345']);
  assert.deepEqual(order(reduce(page, { do: 'split', lines: [6] })), ['012', '345', '6']);
  const merged = reduce(page, { do: 'merge', article: 1 });
  assert.deepEqual(order(merged), ['012345']);
  assert.equal(reduce(page, { do: 'merge', article: 0 }), page);
  assert.deepEqual(order(reduce(page, { do: 'move', lines: [4], to: 0 })), ['0124', '35']);
  assert.deepEqual(order(reduce(page, { do: 'move', lines: [6, 0], to: 1 })), ['12', '03456']);
  assert.equal(said(page, reduce(page, { do: 'move', lines: [4], to: 0 })), '第 5 行归入第 1 篇');
  assert.match(said(page, reduce(page, { do: 'new', lines: [1] })), /2 篇 → 3 篇/);
});

test('order in an article', () => {
  const page = small();
  assert.deepEqual(order(reduce(page, { do: 'order', lines: [2], by: -1 })), ['021', '345']);
  assert.deepEqual(order(reduce(page, { do: 'order', lines: [0, 1], by: 1 })), ['201', '345']);
  assert.deepEqual(order(reduce(page, { do: 'order', lines: [0], by: -1 })), ['012', '345']);
  assert.equal(said(page, reduce(page, { do: 'order', lines: [2], by: -1 })), '第 1 篇的读序');
});

test('head, masthead and text', () => {
  const page = small();
  const head = reduce(page, { do: 'front', article: 1, set: { title: '新题', authors: ['甲'], themes: ['技能'] } });
  assert.deepEqual([head.articles[1].title, head.articles[1].set], ['新题', ['title', 'authors', 'themes']]);
  assert.equal(head.articles[1].themes[0].set, true);
  const back = reduce(head, { do: 'front', article: 1, set: { title: null } });
  assert.deepEqual([back.articles[1].title, back.articles[1].set], ['B', ['authors', 'themes']]);
  const masthead = reduce(page, { do: 'masthead', set: { date: '2025-03-01', page: null } });
  assert.deepEqual([masthead.masthead.date, masthead.masthead_set], ['2025-03-01', ['date']]);
  const text = reduce(page, { do: 'text', line: 0, text: '津贴' });
  assert.deepEqual([text.lines[0].text, text.lines[0].printed, titles(text)[0]], ['津贴', 'A', '津贴']);
  assert.equal(reduce(text, { do: 'text', line: 0, text: 'A' }).lines[0].printed, null);
  assert.equal(said(page, text), '第 1 行：“A” → “津贴”；题目：A → 津贴');
});

test('an article is found again where its number has changed', () => {
  const page = small();
  const action = { do: 'front', article: 1, set: { title: 'X' } };
  const anchor = anchorOf(page, action);
  const later = reduce(page, { do: 'new', lines: [1] });
  assert.equal(resolve(later, action, anchor).article, 2);
  assert.deepEqual(titles(reduce(later, resolve(later, action, anchor))), ['A', 'a', 'X']);
});

test('any actions leave each line in one place', () => {
  let seed = 7;
  const random = (below) => (seed = (seed * 48271) % 2147483647) % below;
  for (let round = 0; round < 300; round += 1) {
    let page = samplePage('随机');
    for (let each = 0; each < 12; each += 1) {
      const lines = [...new Set(Array.from({ length: 1 + random(4) }, () => random(page.lines.length)))];
      const k = random(page.articles.length || 1);
      const actions = [{ do: 'role', lines, role: ['title', 'body', 'furniture', 'jump'][random(4)] }, { do: 'new', lines }, { do: 'split', lines },
        { do: 'merge', article: k }, { do: 'move', lines, to: k }, { do: 'order', lines, by: random(2) ? 1 : -1 }, { do: 'text', line: lines[0], text: `改${each}` }];
      const before = page;
      page = reduce(page, actions[random(actions.length)]);
      consistent(page);
      assert.equal(typeof said(before, page), 'string');
    }
  }
});
