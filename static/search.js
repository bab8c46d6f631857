// Search: reads the index that the build wrote. What stands in its files: src/search/mod.rs.
(() => {
  'use strict';
  const find = document.querySelector('input[name=q]');
  if (!find) return;
  const typing = (at) => at.closest('input, select, textarea, [contenteditable]');
  document.addEventListener('keydown', (event) => {
    if (event.key !== '/' || event.ctrlKey || event.metaKey || event.altKey || typing(event.target)) return;
    event.preventDefault();
    find.focus();
    find.select();
  });

  const form = document.getElementById('search');
  if (!form) return;
  const [told, found, more] = ['told', 'found', 'more'].map((id) => document.getElementById(id));
  const say = form.dataset;
  const [volume, perText] = [+say.volume, +say.texts];
  const shards = say.shards.split(' ').map(Number);
  const narrow = ['theme', 'paper', 'year'].map((name) => form.elements[name]);
  const [theme, paper, year] = narrow;
  const SCREEN = 20; // results shown at once
  const AHEAD = 40; // and checked besides, to count them

  // --- the same rules as src/search/fold.rs and grams.rs ---
  const shift = (by) => (text) => text.replace(/./gs, (c) => String.fromCharCode(c.charCodeAt(0) + by));
  const fold = (text) => text
    .replace(/[！-～]+/g, shift(-0xFEE0))
    .replace(/[A-ZÀ-ÖØ-Þ]+/g, shift(32))
    .replace(/[\u2F00-\u2FD5]/g, (c) => c.normalize('NFKC'))
    .replace(/[\t\v\f\r\u00A0\u2000-\u200A\u202F\u205F\u3000]/g, ' ');
  const pair = (a, b) => a * 65536 + b;
  const gramAt = (q, at) => {
    const three = q.slice(at, at + 3);
    return /^[0-9a-z]{3}$/.test(three) ? pair(0xFDD0, parseInt(three, 36)) : pair(q.charCodeAt(at), q.charCodeAt(at + 1));
  };
  const three = (gram) => gram >= pair(0xFDD0, 0) && gram < pair(0xFDD1, 0);
  // grams to look up: in a long text every second or third will do, since texts are checked anyway
  const gramsOf = (q) => {
    const all = [];
    for (let at = 0, covered = false; at + 1 < q.length; at++) {
      const gram = gramAt(q, at);
      if (three(gram) || !covered) all.push(gram);
      covered = three(gram);
    }
    const step = Math.ceil(all.length / 5);
    return [...new Set(all.filter((_, at) => at % step === 0 || at === all.length - 1))];
  };
  const shardOf = (gram, count) => {
    let hash = Math.imul(gram, 0x9E3779B1);
    hash = Math.imul(hash ^ (hash >>> 15), 0x85EBCA77);
    return ((hash ^ (hash >>> 13)) >>> 0) % count;
  };

  // --- files ---
  const files = new Map();
  const load = (path) => {
    if (!files.has(path)) {
      const file = fetch(`${path}.bin?v=${say.version}`).then((answer) => {
        if (!answer.ok) throw new Error(path);
        return answer.arrayBuffer();
      });
      file.catch(() => files.delete(path));
      files.set(path, file);
    }
    return files.get(path);
  };
  const numberAt = (bytes, place) => {
    let number = 0;
    let weight = 1;
    for (;;) {
      const byte = bytes[place.at++];
      number += (byte & 127) * weight;
      if (!(byte & 128)) return number;
      weight *= 128;
    }
  };
  const numbers = (list) => {
    const all = [];
    if (list[0]) {
      for (let n = 0; n < (list.length - 1) * 8; n++) if ((list[1 + (n >> 3)] >> (n & 7)) & 1) all.push(n);
    } else {
      for (let last = 0, place = { at: 1 }; place.at < list.length;) all.push(last += numberAt(list, place));
    }
    return all;
  };
  const listOf = async (folder, count, gram) => {
    const bytes = new Uint8Array(await load(`${folder}/${shardOf(gram, count)}`));
    const place = { at: 0 };
    let [known, offset, from, to] = [0, 0, 0, 0];
    for (let left = numberAt(bytes, place); left > 0; left--) {
      known += numberAt(bytes, place);
      const length = numberAt(bytes, place);
      if (known === gram) [from, to] = [offset, offset + length];
      offset += length;
    }
    return numbers(bytes.subarray(place.at + from, place.at + to));
  };
  // what stands in the lists of all grams, the shortest list first
  const common = async (folder, count, grams) => {
    const lists = await Promise.all(grams.map((gram) => listOf(folder, count, gram)));
    lists.sort((a, b) => a.length - b.length);
    return lists.reduce((kept, list) => {
      const held = new Set(list);
      return kept.filter((number) => held.has(number));
    });
  };
  const inVolume = async (at, grams) => (await common(at, shards[at], grams)).map((id) => at * volume + id);

  const record = async (id) => {
    const file = Math.floor(id / perText);
    const bytes = await load(`texts/${Math.floor(file / 1000)}/${file}`);
    const lines = new TextDecoder('utf-16le').decode(bytes).split('\0')[id % perText].split('\n');
    if (lines.length < 7) return null;
    const [path, day, from, themes, title, kicker, subtitle, ...body] = lines;
    return { path, day, from, themes: themes.split(',').filter(Boolean).map(Number), title, kicker, subtitle, body: body.join('\n') };
  };

  // --- a search ---
  // Yields the articles that hold q, in their order: headline, kicker and subtitle, text; in each the newest first.
  async function* holding(q, state) {
    const grams = gramsOf(q);
    const facets = [[theme, 0xFDD1], [paper, 0xFDD2]].flatMap(([list, unit]) => (list.selectedIndex > 0 ? [pair(unit, list.selectedIndex - 1)] : []));
    const { from = 0, to = Infinity } = year.selectedOptions[0].dataset;
    const inYear = (id) => id >= +from && id < +to;
    const allowed = new Map();
    const fits = async (id) => {
      if (!facets.length) return true;
      const at = Math.floor(id / volume);
      if (!allowed.has(at)) allowed.set(at, inVolume(at, facets).then((ids) => new Set(ids)));
      return (await allowed.get(at)).has(id);
    };
    // the lists of a few volumes are loaded at once, those of many as they are come to
    const suggested = (at) => {
      if (at * volume >= +to || (at + 1) * volume <= +from) return Promise.resolve([]);
      return inVolume(at, [...grams, ...facets]).then((ids) => ids.filter(inYear));
    };
    const few = shards.length < 5 && shards.map(suggested);
    if (few) Promise.all(few).then((all) => { state.atMost = all.flat().length; }, () => {});
    async function* checked(ids, rank) {
      for (let at = 0, next = 1; at < ids.length; at++) {
        if (state.stale()) return;
        // the first by itself, so that it is there soon; then some ahead
        for (; at > 0 && next < Math.min(ids.length, at + 5); next++) record(ids[next]).catch(() => {});
        const article = await record(ids[at]);
        if (!article) continue;
        const ranks = [article.title, `${article.kicker}\n${article.subtitle}`, article.body];
        if (ranks.findIndex((text) => fold(text).includes(q)) === rank) yield article;
      }
    }
    const heads = await common('heads', +say.heads, grams);
    for (const rank of [0, 1]) {
      const ids = [];
      for (const number of heads) {
        const id = Math.floor(number / 2);
        if (number % 2 === rank && inYear(id) && await fits(id)) ids.push(id);
      }
      yield* checked(ids, rank);
    }
    for (let at = 0; at < shards.length; at++) yield* checked(await (few ? few[at] : suggested(at)), 2);
  }

  // --- what is shown ---
  const make = (tag, name, ...inside) => {
    const made = document.createElement(tag);
    if (name) made.className = name;
    made.append(...inside);
    return made;
  };
  const marked = (text, q) => {
    const [parts, folded] = [[], fold(text)];
    let from = 0;
    for (let at = folded.indexOf(q); at >= 0; at = folded.indexOf(q, from)) {
      parts.push(text.slice(from, at), make('mark', '', text.slice(at, at + q.length)));
      from = at + q.length;
    }
    return [...parts, text.slice(from)];
  };
  const whole = (text, at) => (/[\uDC00-\uDFFF]/.test(text.charAt(at)) ? at - 1 : at); // not within a character
  // the paragraph around the first place, and around the next one after that
  const excerpt = ({ body }, q) => {
    const folded = fold(body);
    const parts = [];
    let hit = Math.max(folded.indexOf(q), 0);
    for (let end = 0; hit >= end && parts.length < 2; hit = folded.indexOf(q, end)) {
      const [start, stop] = [body.lastIndexOf('\n', hit - 1) + 1, body.indexOf('\n', hit)];
      const from = whole(body, hit - start > 40 ? Math.max(hit - 30, end) : Math.max(start, end));
      end = whole(body, Math.min(stop, hit + q.length + 60));
      parts.push(`${from > start ? '…' : ''}${body.slice(from, end)}${end < stop ? '…' : ''}`);
      if (end <= hit) break;
    }
    return marked(parts.join(' '), q);
  };
  const dated = (day) => new Date(`${day}T00:00Z`).toLocaleDateString(document.documentElement.lang, { dateStyle: 'long', timeZone: 'UTC' });
  const show = (article, q) => {
    const link = make('a', '', ...marked(article.title, q));
    link.href = say.root + article.path;
    const meta = make('p', 'meta', make('span', '', paper.options[+article.from + 1].text));
    if (article.day) {
      const time = make('time', '', dated(article.day));
      time.dateTime = article.day;
      meta.append(time);
    }
    for (const at of article.themes) meta.append(make('span', `tag hue-${(at % 8) + 1}`, theme.options[at + 1].text));
    const line = (text, name) => (text ? [make('p', name, ...marked(text, q))] : []);
    found.append(make('article', 'story', ...line(article.kicker, 'kicker'), make('h2', '', link),
      ...line(article.subtitle, 'subtitle'), make('p', 'excerpt', ...excerpt(article, q)), meta));
  };

  let round = 0;
  let wake = () => {};
  let limit = SCREEN;
  let again = () => {};
  const search = async () => {
    const mine = ++round;
    wake();
    limit = SCREEN;
    const typed = find.value.trim();
    const values = new URLSearchParams([['q', typed], ...narrow.map((list) => [list.name, list.value])].filter(([, value]) => value));
    history.replaceState(null, '', `${values}` ? `?${values}` : location.pathname);
    const q = fold(typed).replace(/ +/g, ' ').trim();
    const all = [];
    const state = { stale: () => mine !== round, atMost: 0 };
    const fill = (words, n = all.length) => words.replace('{n}', n).replace('{m}', state.atMost).replace('{q}', () => typed);
    more.hidden = true;
    if (q.length < 2) {
      found.replaceChildren();
      told.textContent = typed && say.short;
      return;
    }
    let shown = 0;
    const list = () => {
      if (!shown) found.replaceChildren();
      while (shown < Math.min(limit, all.length)) show(all[shown++], q);
      more.hidden = shown >= all.length;
    };
    again = list;
    // a text of two characters is a gram itself, and its list the articles that hold it
    const counted = () => state.atMost && (q.length === 2 || state.atMost === all.length);
    try {
      told.textContent = fill(say.checking);
      for await (const article of holding(q, state)) {
        if (state.stale()) return;
        all.push(article);
        list();
        told.textContent = counted() ? fill(say.found, state.atMost) : fill(say.checking);
        if (all.length >= limit + AHEAD) {
          if (!counted()) told.textContent = fill(state.atMost ? say.atLeast : say.checking);
          await new Promise((go) => { wake = go; });
          if (state.stale()) return;
        }
      }
      if (state.stale()) return;
      list();
      told.textContent = fill(all.length ? say.found : say.none);
      wake = () => {};
    } catch {
      if (!state.stale()) told.textContent = say.failed;
    }
  };
  more.addEventListener('click', () => {
    limit += SCREEN;
    const last = found.querySelectorAll('h2 a').length;
    again();
    wake();
    found.querySelectorAll('h2 a')[last]?.focus();
  });

  // --- typing ---
  let pause;
  const soon = (event) => {
    if (event.isComposing) return;
    clearTimeout(pause);
    pause = setTimeout(search, 120);
  };
  find.addEventListener('input', soon);
  find.addEventListener('compositionend', () => soon({}));
  narrow.forEach((list) => list.addEventListener('change', search));
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    clearTimeout(pause);
    search();
  });
  document.addEventListener('keydown', (event) => {
    if (event.isComposing || (event.target !== find && !found.contains(event.target))) return;
    const stops = [find, ...found.querySelectorAll('h2 a')];
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step) stops[stops.indexOf(event.target) + step]?.focus();
    else if (event.key === 'Escape') {
      find.value = '';
      find.focus();
      search();
    } else return;
    event.preventDefault();
  });

  const asked = new URLSearchParams(location.search);
  find.value = asked.get('q') || '';
  for (const list of narrow) {
    list.value = asked.get(list.name) || '';
    if (list.selectedIndex < 0) list.selectedIndex = 0;
  }
  find.focus();
  search();
})();
