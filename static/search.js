// Search: reads the index that the build wrote (its format: src/search/mod.rs).
(() => {
const box = document.querySelector('input[name=q]')
if (!box) return
const on = (at, name, work) => at.addEventListener(name, work)
on(document, 'keydown', (event) => {
	if (event.key !== '/' || event.ctrlKey || event.metaKey || event.target.closest('input, select, textarea')) return
	event.preventDefault()
	box.focus()
	box.select()
})
const form = document.getElementById('search')
if (!form) return
const [told, found, more] = ['told', 'found', 'more'].map((id) => document.getElementById(id))
const say = form.dataset
const volume = +say.volume
const shards = say.shards.split(' ').map(Number)
const narrow = ['theme', 'paper', 'year'].map((name) => form.elements[name])
const [theme, paper, year] = narrow
const SCREEN = 20 // results listed at once
const AHEAD = 40 // and looked for besides, to count them

// the rules of fold.rs and grams.rs
const shift = (by) => (c) => String.fromCharCode(c.charCodeAt() + by)
const fold = (text) => text
	.replace(/[！-～]/g, shift(-0xFEE0))
	.replace(/[A-ZÀ-ÖØ-Þ]/g, shift(32))
	.replace(/[\u2F00-\u2FD5]/g, (c) => c.normalize('NFKC'))
	.replace(/[\t\v\f\r\xA0\u2000-\u200A\u202F\u205F\u3000]/g, ' ')
const pair = (a, b) => a * 65536 + b
const word = (q, at) => /^[0-9a-z]{3}/.test(q.slice(at))
const gramsOf = (q) => {
	const grams = []
	for (let at = 0; at + 1 < q.length; at++) {
		if (word(q, at)) grams.push(pair(0xFDD0, parseInt(q.slice(at, at + 3), 36)))
		else if (!at || !word(q, at - 1)) grams.push(pair(q.charCodeAt(at), q.charCodeAt(at + 1)))
	}
	// of many, some will do: texts are checked anyway
	const step = Math.ceil(grams.length / 5)
	return grams.filter((_, at) => at % step === 0 || at === grams.length - 1)
}
const shardOf = (gram, count) => {
	let hash = Math.imul(gram, 0x9E3779B1)
	hash = Math.imul(hash ^ hash >>> 15, 0x85EBCA77)
	return ((hash ^ hash >>> 13) >>> 0) % count
}

const files = {}
const load = (path) => files[path] ??= fetch(`${path}.bin?v=${say.version}`).then((answer) => {
	if (!answer.ok) throw answer
	return answer.arrayBuffer()
}).catch((error) => {
	delete files[path]
	throw error
})
const varints = (bytes) => {
	const all = []
	let [number, weight] = [0, 1]
	for (const byte of bytes) {
		number += (byte & 127) * weight
		weight *= 128
		if (byte > 127) continue
		all.push(number);
		[number, weight] = [0, 1]
	}
	return all
}
const numbers = ([dense, ...list]) => {
	let last = 0
	return dense ? list.flatMap((byte, at) => [0, 1, 2, 3, 4, 5, 6, 7].filter((bit) => byte >> bit & 1).map((bit) => at * 8 + bit))
		: varints(list).map((more) => last += more)
}
const listOf = async (folder, count, gram) => {
	const file = await load(`${folder}/${shardOf(gram, count)}`)
	const bytes = new Uint8Array(file)
	let [known, at] = [0, 4 + new DataView(file).getUint32(0, true)]
	const table = varints(bytes.subarray(4, at))
	for (let n = 0; n < table.length; at += table[n + 1], n += 2) {
		known += table[n]
		if (known === gram) return numbers(bytes.subarray(at, at + table[n + 1]))
	}
	return []
}
// the numbers in the lists of all grams
const common = async (folder, count, grams) => {
	const lists = await Promise.all(grams.map((gram) => listOf(folder, count, gram)))
	return lists.sort((a, b) => a.length - b.length).reduce((kept, list) => {
		const held = new Set(list)
		return kept.filter((number) => held.has(number))
	})
}
const article = async (id) => {
	const file = Math.floor(id / say.texts)
	const bytes = await load(`texts/${Math.floor(file / 1000)}/${file}`)
	const [path, day, from, themes, title, kicker, subtitle, ...body] =
		new TextDecoder('utf-16le').decode(bytes).split('\0')[id % say.texts].split('\n')
	return { path, day, from, themes, title, kicker, subtitle, body: body.join('\n') }
}

// The articles that hold q: by headline, by kicker or subtitle, by text; in each the newest first.
async function* holding(q, state) {
	const grams = gramsOf(q)
	const facets = [[theme, 0xFDD1], [paper, 0xFDD2]].filter(([list]) => list.value)
		.map(([list, unit]) => pair(unit, list.selectedIndex - 1))
	const { from = 0, to = Infinity } = year.selectedOptions[0].dataset
	const kept = {} // the articles of a volume that hold all grams
	const suggested = (at) => kept[at] ??= (at + 1) * volume <= from || at * volume >= to ? Promise.resolve([]) :
		common(at, shards[at], [...grams, ...facets])
			.then((ids) => ids.map((id) => id + at * volume).filter((id) => id >= from && id < to))
	async function* checked(ids, rank) {
		for (let at = 0; at < ids.length && !state.stale(); at++) {
			const own = article(ids[at])
			// some ahead, but not before the first is there
			if (at) ids.slice(at + 1, at + 5).forEach((id) => article(id).catch(() => {}))
			const { title, kicker, subtitle, body } = await own
			const ranks = [title, `${kicker}\n${subtitle}`, body]
			if (ranks.findIndex((text) => fold(text).includes(q)) === rank) yield await own
		}
	}
	const heads = common('heads', say.heads, grams)
	// a few volumes are looked through at once; of many, those that the heads ask for, and then one by one
	if (shards.length < 5) state.atMost = (await Promise.all(shards.map((_, at) => suggested(at)))).flat().length
	for (const rank of [0, 1]) {
		const ids = []
		for (const number of await heads) {
			const id = Math.floor(number / 2)
			if (number % 2 === rank && (await suggested(Math.floor(id / volume))).includes(id)) ids.push(id)
		}
		yield* checked(ids, rank)
	}
	for (const at of shards.keys()) yield* checked(await suggested(at), 2)
}

const make = (tag, name, ...inside) => {
	const made = document.createElement(tag)
	if (name) made.className = name
	made.append(...inside)
	return made
}
const marked = (text, q) => {
	const parts = []
	let from = 0
	for (let at; (at = fold(text).indexOf(q, from)) >= 0; from = at + q.length)
		parts.push(text.slice(from, at), make('mark', '', text.slice(at, at + q.length)))
	return [...parts, text.slice(from)]
}
// the text around the first place
const excerpt = (body, q) => {
	const hit = Math.max(fold(body).indexOf(q), 0)
	const [start, end] = [body.lastIndexOf('\n', hit - 1) + 1, body.indexOf('\n', hit)]
	const [from, to] = [hit - start > 40 ? hit - 30 : start, Math.min(end, hit + q.length + 80)]
	const text = body.slice(from, to).replace(/^[\uDC00-\uDFFF]|[\uD800-\uDBFF]$/g, '')
	return `${from > start ? '…' : ''}${text}${to < end ? '…' : ''}`
}
const show = ({ path, day, from, themes, title, kicker, subtitle, body }, q) => {
	const line = (name, text) => text ? [make('p', name, ...marked(text, q))] : []
	const link = make('a', '', ...marked(title, q))
	link.href = say.root + path
	const date = day && new Date(day).toLocaleDateString(document.documentElement.lang, { dateStyle: 'long', timeZone: 'UTC' })
	const tags = themes.split(',').filter(Boolean).map((at) => make('span', `tag hue-${at % 8 + 1}`, theme[+at + 1].text))
	found.append(make('article', 'story', ...line('kicker', kicker), make('h2', '', link), ...line('subtitle', subtitle),
		...line('excerpt', excerpt(body, q)), make('p', 'meta', make('span', '', paper[+from + 1].text), make('span', '', date), ...tags)))
}

let round = 0
let go = () => {} // more results were asked for, or another search
const search = async () => {
	const mine = ++round
	go()
	const typed = box.value.trim()
	const values = new URLSearchParams([['q', typed], ...narrow.map((list) => [list.name, list.value])].filter(([, value]) => value))
	history.replaceState(null, '', `?${values}`.replace(/^\?$/, location.pathname))
	const q = fold(typed).replace(/ +/g, ' ')
	const all = []
	const state = { stale: () => mine !== round, atMost: 0 }
	let [shown, limit] = [0, SCREEN]
	const tell = (words, busy) => {
		told.textContent = words.replace('{n}', all.length).replace('{m}', state.atMost).replace('{q}', () => typed)
		found.ariaBusy = busy
		if (!shown && (all.length || !busy)) found.replaceChildren()
		while (shown < Math.min(limit, all.length)) show(all[shown++], q)
		more.hidden = busy || shown >= all.length
	}
	if (q.length < 2) return tell(typed && say.short, false)
	const results = holding(q, state)
	try {
		tell(say.checking, true)
		while (!state.stale()) {
			const { value, done } = await results.next()
			if (state.stale()) return
			if (value) all.push(value)
			tell(say.checking, true)
			if (!done && all.length < limit + AHEAD) continue
			// a text of two characters is a gram itself: how many hold it is known
			const some = q.length > 2 ? say.atLeast : say.known
			tell(done ? all.length ? say.found : say.none : state.atMost ? some : say.checking, false)
			await new Promise((resolve) => go = resolve)
			limit += SCREEN
		}
	} catch {
		if (!state.stale()) tell(say.failed, false)
	}
}

let pause
const soon = (event) => {
	clearTimeout(pause)
	if (!event.isComposing) pause = setTimeout(search, 120)
}
const links = () => [...found.querySelectorAll('h2 a')]
on(box, 'input', soon)
on(box, 'compositionend', soon)
narrow.forEach((list) => on(list, 'change', search))
on(form, 'submit', (event) => {
	event.preventDefault()
	search()
})
on(more, 'click', () => {
	const { length } = links()
	go()
	setTimeout(() => links()[length]?.focus())
})
on(document, 'keydown', (event) => {
	const stops = [box, ...links()]
	const at = stops.indexOf(event.target)
	const step = { ArrowDown: 1, ArrowUp: -1, Escape: -at }[event.key]
	if (event.isComposing || at < 0 || step === undefined) return
	event.preventDefault()
	stops[at + step]?.focus()
	if (event.key === 'Escape') {
		box.value = ''
		search()
	}
})
for (const field of [box, ...narrow]) {
	const value = new URLSearchParams(location.search).get(field.name) || ''
	if (field === box || [...field].some((option) => option.value === value)) field.value = value
}
search()
})()
