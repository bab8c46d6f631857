// The index of the search. What stands in its files: src/search/mod.rs.
const say = document.getElementById('search').dataset
const { volume } = say
const shards = say.shards.split(' ').map(Number)

// the rules of fold.rs and grams.rs
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
const word = (q, at) => /^[0-9a-z]{3}/.test(q.slice(at))
const gramsOf = (q) => {
	const grams = []
	for (let at = 0; at + 1 < q.length; at++) {
		if (word(q, at)) grams.push(pair(0xFDD0, parseInt(q.slice(at, at + 3), 36)))
		else if (!at || !word(q, at - 1)) grams.push(pair(q.charCodeAt(at), q.charCodeAt(at + 1)))
	}
	// some will do
	const step = Math.ceil(grams.length / 4)
	return grams.filter((_, at) => at % step === 0 || at === grams.length - 1)
}
const shardOf = (gram, count) => {
	let hash = Math.imul(gram, 0x9E3779B1)
	hash = Math.imul(hash ^ hash >>> 15, 0x85EBCA77)
	return ((hash ^ hash >>> 13) >>> 0) % count
}

const files = {}
const load = (kind, file, path = `${kind}/${file / 1000 | 0}/${file}`) => files[path] ||= fetch(`${path}.bin?v=${say.version}`).then((answer) => {
	if (answer.ok) return answer.arrayBuffer()
	throw answer
}).catch((error) => {
	delete files[path]
	throw error
})
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
const numbers = ([dense, ...list]) => {
	let last = 0
	return dense ? list.flatMap((byte, at) => [0, 1, 2, 3, 4, 5, 6, 7].filter((bit) => byte >> bit & 1).map((bit) => at * 8 + bit))
		: varints(list).map((more) => last += more)
}
const listOf = async (folder, count, gram) => {
	const file = await load(folder, shardOf(gram, count))
	const bytes = new Uint8Array(file)
	let [known, at] = [0, 4 + new Uint32Array(file, 0, 1)[0]]
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
		return kept.filter((one) => held.has(one))
	})
}
// its lines: address, day, places of paper and themes, headline, kicker, subtitle, paragraphs
const article = async (id) => {
	const file = id / say.texts | 0
	const bytes = await load('texts', file)
	return new TextDecoder('utf-16le').decode(bytes).split('\0')[id % say.texts].split('\n')
}

// Yields the articles that hold all terms: in the headline, under it, anywhere; in each the newest first. theme, paper: places
// in their lists, or -1; from, to: places of articles; atMost: how many there can be, where known.
export async function* holding(terms, { theme, paper, from = 0, to = Infinity }, state) {
	const grams = terms.flatMap(gramsOf)
	const facets = [[0xFDD1, theme], [0xFDD2, paper]].filter((facet) => facet[1] >= 0).map((facet) => pair(...facet))
	const inVolume = async (at) => {
		if ((at + 1) * volume <= from || at * volume >= to) return []
		const ids = await common(at, shards[at], [...grams, ...facets])
		return ids.map((id) => id + at * volume).filter((id) => id >= from && id < to)
	}
	const kept = {}
	const suggested = (at) => kept[at] ||= inVolume(at)
	async function* checked(ids, rank) {
		for (let at = 0; at < ids.length && !state.stale(); at++) {
			const own = article(ids[at])
			// some ahead, after the first
			if (at) ids.slice(at + 1, at + 5).forEach((id) => article(id).catch(() => {}))
			const lines = await own
			const ranks = [[4, 5], [5, 7], [4]].map((part) => fold(lines.slice(...part).join('\n')))
			if (ranks.findIndex((text) => terms.every((term) => text.includes(term))) === rank) yield lines
		}
	}
	const heads = common('heads', say.heads, grams)
	// many volumes are read one by one
	if (shards.length < 5) state.atMost = (await Promise.all(shards.map((_, at) => suggested(at)))).flat().length
	const fits = async (id) => !facets.length || (await suggested(id / volume | 0)).includes(id)
	for (const rank of [0, 1]) {
		const ids = []
		for (const number of await heads) {
			const id = number >> 1
			if ((number & 1) === rank && id >= from && id < to && await fits(id)) ids.push(id)
		}
		yield* checked(ids, rank)
	}
	for (const at of shards.keys()) yield* checked(await suggested(at), 2)
}
