// The index of the search. What stands in its files: src/search/mod.rs.
const say = document.getElementById('search').dataset
const volume = +say.volume
const shards = say.shards.split(' ').filter(Boolean).map(Number)
const LINES = 4 // of metadata, before the headline
const SLOT = 2048 // places of a slot; headline, and kicker and subtitle, are in the first places of an article
const ROOMS = [256, 512]

// the rules of fold.rs and ngrams.rs
const shift = (by) => (c) => String.fromCharCode(c.charCodeAt() + by)
export const fold = (text) => text
	.replace(/[！-～]/g, shift(-0xFEE0))
	.replace(/[A-ZÀ-ÖØ-Þ]/g, shift(32))
	.replace(/[\u2F00-\u2FD5]/g, (c) => c.normalize('NFKC'))
	.replace(/[\t\v\f\r\xA0\u2000-\u200A\u202F\u205F\u3000]/g, ' ')
// what has to be in an article: words, and phrases in quotes
export const termsOf = (typed) => [...fold(typed).matchAll(/"([^"]+)"(?= |$)|“([^”]* [^”]*)”(?= |$)|[^ ]+/g)]
	.map(([word, one, two]) => (one || two || word).trim().replace(/ +/g, ' '))
const pair = (a, b) => a * 65536 + b
// the n-grams of a text, in its order: each with its offset and the one after its end
const gramsOf = (q) => {
	if (q.length === 1) return [{ gram: q.charCodeAt(), at: 0, end: 1 }]
	const grams = []
	const isWord = (at) => /^[0-9a-z]{3}/.test(q.slice(at))
	for (let at = 0; at + 1 < q.length; at++) {
		if (isWord(at)) grams.push({ gram: pair(0xFDD0, parseInt(q.slice(at, at + 3), 36)), at, end: at + 3 })
		else if (!at || !isWord(at - 1)) grams.push({ gram: pair(q.charCodeAt(at), q.charCodeAt(at + 1)), at, end: at + 2 })
	}
	return grams
}
// of these, as few as have each character: places of all are places of the text
const coverOf = (grams) => {
	let end = 0
	return grams.filter((one, n) => {
		const taken = one.end > end && !(grams[n + 1]?.at <= end)
		if (taken) end = one.end
		return taken
	})
}
const shardOf = (gram, count) => {
	let hash = Math.imul(gram, 0x9E3779B1)
	hash = Math.imul(hash ^ hash >>> 15, 0x85EBCA77)
	return ((hash ^ hash >>> 13) >>> 0) % count
}

const files = {}
const load = (kind, file, read, path = `${kind}/${file / 1000 | 0}/${file}`) => files[path] ||= fetch(`${path}.bin?v=${say.version}`).then((answer) => {
	if (answer.ok) return read(answer)
	throw answer
}).catch((error) => {
	delete files[path]
	throw error
})
const bytesOf = (answer) => answer.arrayBuffer().then((bytes) => new Uint8Array(bytes))
const unpack = (answer) => new Response(answer.body.pipeThrough(new DecompressionStream('deflate-raw')))
const varints = (bytes) => {
	const all = []
	let number = 0
	let weight = 1
	for (const byte of bytes) {
		number += (byte & 127) * weight
		weight *= 128
		if (byte > 127) continue
		all.push(number)
		number = 0
		weight = 1
	}
	return all
}
const sums = (list) => {
	let last = 0
	return list.map((more) => last += more)
}
const ascending = (bytes) => sums(varints(bytes))
const articles = ([dense, ...list]) => dense ? list.flatMap((byte, at) => [0, 1, 2, 3, 4, 5, 6, 7].filter((bit) => byte >> bit & 1).map((bit) => at * 8 + bit)) : ascending(list)
// the lists of an n-gram: in shards of articles those of its sections
const listsOf = async (folder, count, gram, sections) => {
	const bytes = await load(folder, shardOf(gram, count), bytesOf)
	let [known, at] = [0, 4 + (bytes[0] | bytes[1] << 8 | bytes[2] << 16)]
	const table = varints(bytes.subarray(4, at))
	for (let n = 0; n < table.length;) {
		known += table[n++]
		const first = table[n++]
		const lengths = sections ? [first >> 1, ...first & 1 ? table.slice(n, n += 3) : []] : [first]
		const lists = lengths.map((length) => bytes.subarray(at, at += length))
		if (known === gram) return lists
	}
	return []
}
const articlesOf = async (at, gram) => {
	const lists = (await listsOf(at, shards[at], gram, true)).map(articles)
	return [0, 1, 2].map((section) => lists[section] || [])
}
const inAll = (lists) => lists.sort((a, b) => a.length - b.length).reduce((kept, list) => {
	const held = new Set(list)
	return kept.filter((one) => held.has(one))
})

// the lines of an article: address, day, places of paper and themes, headline, kicker, subtitle, paragraphs
export const article = async (id) => {
	const text = await load('texts', id / say.texts | 0, (answer) => unpack(answer).text())
	return text.split('\0')[id % say.texts].split('\n')
}
export const headingsAt = LINES
// whether an article has all terms: 0 in its headline, 1 above and below it, 2 anywhere; -1 where it has not
export const rankOf = (lines, terms) => {
	const parts = [[LINES, LINES + 1], [LINES + 1, LINES + 3], [LINES]].map((part) => fold(lines.slice(...part).join('\n')))
	return parts.findIndex((text) => terms.every((term) => text.includes(term)))
}

// where in a volume a term is: the starts of its places
const startsOf = async (at, term) => {
	const lists = await Promise.all(coverOf(gramsOf(term)).map(async (one) => {
		const [list = []] = await listsOf(`places/${at}`, shards[at], one.gram)
		return ascending(list).map((place) => place - one.at)
	}))
	return inAll(lists)
}
// what a term is in, in a volume: the articles of each section
const holdersOf = async (at, term) => {
	const [starts, counts] = await Promise.all([startsOf(at, term), load(`slots`, at, (answer) => unpack(answer).arrayBuffer().then((bytes) => varints(new Uint8Array(bytes))))])
	const ends = sums(counts)
	const found = [[], [], []]
	let id = 0
	for (const start of starts) {
		while (ends[id] * SLOT <= start) id++
		const inside = start - (ends[id] - counts[id]) * SLOT
		found[0].push(id)
		if (inside < ROOMS[1]) found[inside < ROOMS[0] ? 1 : 2].push(id)
	}
	return found.map((ids) => [...new Set(ids)])
}
// the articles of all volumes that lists of sections agree on, with their ranks: those with all terms in the headline, above and
// below it, anywhere; articles that are not `exact` may have a later rank as well
const agreed = (ofVolumes, { from = 0, to = Infinity }, exact) => {
	const known = new Set()
	return [1, 2, 0].flatMap((section, rank) => ofVolumes.flatMap(({ lists, facets }, at) => inAll([...lists.map((sections) => sections[section]), ...facets])
		.map((id) => id + at * volume).filter((id) => id >= from && id < to && !known.has(id) && (!exact || known.add(id)))
		.map((id) => ({ id, rank }))))
}
// Finds what has all terms, the best first. theme, paper: places in their lists, or -1; from, to: numbers of articles. Returns
// articles that may have them, whether these are exact, and `exact`, which returns those that do.
export const find = async (terms, { theme, paper, ...range }) => {
	const grams = terms.map(gramsOf)
	const sure = grams.every((all) => all.length === 1)
	// few are enough to begin with
	const some = grams.map(coverOf).flatMap((all) => {
		const most = grams.length > 1 ? 2 : 3
		return all.length > most ? Array.from({ length: most }, (_, n) => all[Math.round(n * (all.length - 1) / (most - 1))]) : all
	})
	const markers = [[0xFDD1, theme], [0xFDD2, paper]].filter((facet) => facet[1] >= 0).map((facet) => pair(...facet))
	const inVolumes = async (lists, exact) => agreed(await Promise.all(shards.map(async (_, at) => {
		const [own, ...facets] = await Promise.all([Promise.all(lists(at)), ...markers.map((gram) => articlesOf(at, gram))])
		return { lists: own, facets: facets.map((sections) => sections[0]) }
	})), range, exact)
	return {
		sure,
		candidates: await inVolumes((at) => some.map(({ gram }) => articlesOf(at, gram)), sure),
		// a term that is an n-gram itself needs no places
		exact: () => inVolumes((at) => terms.map((term, n) => grams[n].length === 1 ? articlesOf(at, grams[n][0].gram) : holdersOf(at, term)), true),
	}
}
