// Modules of the desk that need no document: keys, messages, texts, selections, the queue, addresses.
import assert from 'node:assert/strict';
import { readFile, readdir } from 'node:fs/promises';
import { test } from 'node:test';
import { LANGUAGES as BEGIN_LANGUAGES, TEXTS, preferred, texts } from '../../src/desk/assets/begin_messages.js';
import { KEYS, keyName, pressed } from '../../src/desk/assets/keys.js';
import { LANGUAGES, MESSAGES, labelText, translator } from '../../src/desk/assets/messages.js';
import { addressOf, routeOf } from '../../src/desk/assets/route.js';
import { chosen, groups, lineWithNumber, nextDoubt, nothing, select, step, survive } from '../../src/desk/assets/selection.js';
import { filtered, nextRow, noFilters, shownArticle } from '../../src/desk/assets/state.js';
import { names, oneLine, segments, textDifference } from '../../src/desk/assets/text.js';
import { samplePage } from './sample.mjs';

const ASSETS = new URL('../../src/desk/assets/', import.meta.url);
const sources = async () => Promise.all((await readdir(ASSETS)).map(async (name) => ({ name, text: await readFile(new URL(name, ASSETS), 'utf8') })));

test('every message is there in every language, with the same values', () => {
  for (const [id, texts] of Object.entries(MESSAGES)) {
    assert.equal(texts.length, LANGUAGES.length, id);
    const values = texts.map((text) => [...text.matchAll(/\{\d\}/g)].map(String).sort().join());
    assert.ok(texts.every((text) => text.trim() !== ''), id);
    assert.ok(values.every((each) => each === values[0]), id);
  }
});

test('every message that is named exists, and each is used', async () => {
  const all = (await sources()).filter(({ name }) => name !== 'messages.js').map(({ text }) => text).join('\n');
  for (const [, id] of all.matchAll(/\bt\('([^'`$]+)'/g)) assert.ok(id in MESSAGES, id);
  for (const [, id] of all.matchAll(/data-(?:t|label)="([^"]+)"/g)) assert.ok(id in MESSAGES, id);
  const computed = /^(role|kind|cmd|group|field|doubt|findings|action|diff|done|looked|conflict|publish|nav|working)\./;
  for (const id of Object.keys(MESSAGES)) assert.ok(computed.test(id) || all.includes(`'${id}'`) || all.includes(`"${id}"`), `${id} is not used`);
  for (const { label, group } of KEYS) assert.ok(label in MESSAGES && `group.${group}` in MESSAGES, label);
});

test('the page that begins a site has every text in every language, and each is used', async () => {
  const script = await readFile(new URL('begin.js', ASSETS), 'utf8');
  for (const [, id] of script.matchAll(/\btext\('([^'`$]+)'/g)) assert.ok(id in TEXTS, id);
  for (const [id, all] of Object.entries(TEXTS)) {
    assert.ok(id.startsWith('error.') || script.includes(`'${id}'`), `${id} is not used`);
    assert.equal(all.filter((each) => each.trim() !== '').length, BEGIN_LANGUAGES.length, id);
    assert.equal(new Set(all.map((each) => each.includes('{0}'))).size, 1, id);
  }
  assert.equal(texts('en')('error.failed', 'x').endsWith(': x'), true);
});

test('it is in Chinese unless its reader reads none', () => {
  const cases = [[['zh-CN', 'en'], 'zh-Hans'], [['en-US', 'zh-TW'], 'zh-Hant'], [['zh-Hant-HK'], 'zh-Hant'], [['yue-HK'], 'zh-Hant'], [['en-GB', 'de'], 'en'], [['de'], 'zh-Hans'], [[], 'zh-Hans']];
  for (const [wanted, lang] of cases) assert.equal(preferred(wanted), lang, `${wanted}`);
});

test('values are put in, and labels of the server are translated where they are names', () => {
  const t = translator('en');
  assert.equal(t('diff.change', 'a', 'b', '{0}'), 'a: b → {0}');
  assert.equal(labelText('title', t), 'Title');
  assert.equal(labelText('某行', t), '某行');
});

test('the table of keys has each key once, and all of the contract', () => {
  const all = KEYS.map(({ key }) => key);
  assert.deepEqual([...new Set(all)], all);
  const contract = 'T K U C B H P F A J R N M S O [ ] . , Enter Z Shift+Z ? ArrowUp ArrowDown Shift+ArrowUp E G 1 2 3 4 5 6 7 8 Y V L Escape'.split(' ');
  assert.deepEqual(contract.filter((key) => !all.includes(key)), []);
  assert.equal(keyName('Shift+ArrowUp'), 'Shift ↑');
});

test('keys are recognised with shift, with ⌘, and while an input method has them', () => {
  const event = { key: '', code: '', shiftKey: false, ctrlKey: false, metaKey: false, altKey: false };
  assert.equal(pressed({ ...event, key: 't', code: 'KeyT' }), 'T');
  assert.equal(pressed({ ...event, key: 'Z', code: 'KeyZ', shiftKey: true }), 'Shift+Z');
  assert.equal(pressed({ ...event, key: '?', code: 'Slash', shiftKey: true }), '?');
  assert.equal(pressed({ ...event, key: 'Process', code: 'KeyT' }), 'T');
  assert.equal(pressed({ ...event, key: 'Process', code: 'Digit3' }), '3');
  assert.equal(pressed({ ...event, key: '。', code: 'Period' }), '.');
  assert.equal(pressed({ ...event, key: 'z', code: 'KeyZ', metaKey: true }), 'Ctrl+Z');
  assert.equal(pressed({ ...event, key: 't', code: 'KeyT', altKey: true }), null);
});

test('unsure places: cut to the text, never inside a character, always the whole text', () => {
  const text = '津𠮷帖八';
  const cases = [[], [[0, 1, 0.4]], [[2, 3, 0.4]], [[1, 2, 0.1], [3, 9, 0.2]], [[-3, 2, 0.5], [1, 4, 0.5]], [[4, 2, 0.5]]];
  for (const unsure of cases) {
    const parts = segments(text, unsure);
    assert.equal(parts.map((part) => part.text).join(''), text, JSON.stringify(unsure));
    assert.ok(parts.every((part) => part.text.isWellFormed?.() ?? true));
    assert.ok(parts.every((part) => text.slice(part.from).startsWith(part.text)));
  }
  assert.deepEqual(segments('津帖', [[1, 2, 0.4]]).map(({ text: part, confidence }) => [part, confidence]), [['津', null], ['帖', 0.4]]);
});

test('the difference of texts, one line, and names', () => {
  assert.deepEqual(textDifference('多拿津帖八百', '多拿津贴八百'), { start: '多拿津', before: '帖', after: '贴', end: '八百' });
  assert.deepEqual(textDifference('aa', 'aaa'), { start: 'aa', before: '', after: 'a', end: '' });
  assert.equal(oneLine(' 一\r\n二\t三 '), '一 二 三');
  assert.deepEqual(names('甲一 乙二'), ['甲一', '乙二']);
  assert.deepEqual(names('甲一、乙二，甲一'), ['甲一', '乙二']);
  assert.deepEqual(names('Li Lei, 乙二'), ['Li Lei', '乙二']);
  assert.deepEqual(names('　'), []);
});

test('selections: one, more, ranges in the order that is shown, and after a page was read again', () => {
  const order = [5, 3, 4, 1];
  let selection = select(nothing(), order, 3, 'only');
  selection = select(selection, order, 1, 'range');
  assert.deepEqual(chosen(selection), [1, 3, 4]);
  selection = select(selection, order, 5, 'range');
  assert.deepEqual([...selection.lines], [5, 3]);
  selection = select(selection, order, 4, 'toggle');
  assert.deepEqual(chosen(selection), [3, 4, 5]);
  assert.deepEqual(chosen(step(nothing(), order, 1, false)), [5]);
  assert.equal(step(select(nothing(), order, 3, 'only'), order, Infinity, false).focus, 1);
  const page = samplePage('甲');
  const lines = page.lines.slice(1).map((line, i) => ({ ...line, i }));
  assert.deepEqual([...survive(select(nothing(), [], 8, 'only'), page, { ...page, lines }).lines], [7]);
});

test('groups, doubts, and lines by their number', () => {
  const page = samplePage('甲');
  const shown = groups(page, 'articles');
  assert.equal(shown.flatMap(({ lines }) => lines).length, page.lines.length);
  assert.equal(shown.at(-1).article, null);
  assert.equal(nextDoubt(page, null, 1), page.doubts[0]);
  assert.equal(nextDoubt(page, page.doubts[0].line, -1), page.doubts.at(-1));
  assert.equal(nextDoubt({ ...page, doubts: [] }, null, 1), null);
  assert.equal(lineWithNumber(page, 7).i, 6);
  assert.equal(lineWithNumber(page, 7000), null);
  assert.equal(shownArticle(page, 0, 2), 2);
  assert.equal(shownArticle({ ...page, articles: [] }, 0, 2), null);
});

test('the queue: filters, and the next page', () => {
  const row = (name, looked, worst = 'text', paper = '甲报') => ({ name, looked, worst, paper, date: '2025-01-02', page: 1, articles: 1, lines: 1, doubts: 1, score: 1, edited: 0, findings: 0 });
  const rows = [row('a', true), row('b', false), row('c', false, 'role', '乙报'), row('d', true)];
  assert.deepEqual(filtered(rows, { ...noFilters(), looked: 'no', worst: 'role' }).map(({ name }) => name), ['c']);
  assert.deepEqual(filtered(rows, { ...noFilters(), words: '乙' }).map(({ name }) => name), ['c']);
  assert.equal(nextRow(rows, noFilters(), 'b').name, 'c');
  assert.equal(nextRow(rows, noFilters(), 'c').name, 'b');
  assert.equal(nextRow([rows[0]], noFilters(), 'a'), null);
});

test('addresses', () => {
  assert.deepEqual(routeOf('?page=%E7%A4%BA.pdf&line=3'), { view: 'page', page: '示.pdf', line: 3 });
  assert.deepEqual(routeOf('?page=a&line=x').line, null);
  assert.equal(routeOf('?view=publish').view, 'publish');
  assert.equal(routeOf('?view=other').view, 'queue');
  const page = samplePage('示 例');
  assert.deepEqual(routeOf(addressOf({ view: 'page', page: page.name, line: null }, page, 4)), { view: 'page', page: '示 例', line: 5 });
});

test('modules are short, and put no markup into the document', async () => {
  for (const { name, text } of await sources()) {
    if (!name.endsWith('.js') || name === 'messages.js') continue; // a table has as many rows as there are texts
    assert.ok(text.split('\n').length <= 301, `${name} is too long`);
    assert.ok(text.startsWith('// @ts-check'), name);
    assert.ok(!/innerHTML|outerHTML|insertAdjacentHTML|document\.write|\beval\(|setAttribute\('(style|on)/.test(text), name);
  }
});
