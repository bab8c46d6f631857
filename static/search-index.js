// The index of the search. What stands in its files: src/search/mod.rs.
const say = document.getElementById('search')?.dataset || { shards: '' } // an article has none
// newest first; in a site of shards, those of a year in its folder
let known = 0
const volumes = say.shards.split(' ').filter(Boolean).flatMap((set) => {
	const [folder, articles, counts] = set.split(':')
	const first = known
	known += +articles
	return counts.split(',').filter(Boolean).map((count, n) => ({ folder, n, count: +count, first, from: first + n * say.volume, to: Math.min(known, first + (n + 1) * say.volume) }))
})
const LINES = 7 // of metadata, before the headline
const SLOT = 2048 // places of a slot; headline, and kicker and subtitle, are in the first places of an article
const ROOMS = [256, 512]

// the rules of fold.rs and ngrams.rs; variants are loaded where a text has a character that GB 2312 has not
const simplified = new Map()
const ordinary = new Set(new TextDecoder('gbk').decode(Uint8Array.from({ length: 72 * 94 * 2 }, (_, at) => at % 2 ? 0xA1 + (at >> 1) % 94 : 0xB0 + (at / 188 | 0))))
export const variants = async (text = '\u7522') => {
	if (simplified.size || ![...text].some((c) => c > '\u33FF' && c < '\uA000' && !ordinary.has(c))) return
	const pairs = [...await get('variants', (answer) => unpack(answer).text())]
	for (let at = 0; at < pairs.length; at += 2) simplified.set(pairs[at], pairs[at + 1])
}
const shift = (by) => (c) => String.fromCharCode(c.charCodeAt() + by)
export const fold = (text) => text
	.replace(/[！-～]/g, shift(-0xFEE0))
	.replace(/[A-ZÀ-ÖØ-Þ]/g, shift(32))
	.replace(/[\u2F00-\u2FD5]/g, (c) => c.normalize('NFKC'))
	.replace(/[\t\v\f\r\xA0\u2000-\u200A\u202F\u205F\u3000]/g, ' ')
	.replace(/[「」『』]/g, (c) => '“”‘’'['「」『』'.indexOf(c)])
	.replace(/[\u3400-\u9FFF]/g, (c) => simplified.get(c) || c)
const MARK = '[ -/:-@\\[-`{-~·\\u2010-\\u2027\\u2030-\\u205E\\u3001-\\u3003\\u3008-\\u3020\\u30FB]'
const bare = (text) => fold(text).replace(new RegExp(MARK, 'g'), '')
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
const get = (path, read) => files[path] ||= fetch(new URL(`search/${path}.bin?v=${say.version}`, import.meta.url)).then((answer) => {
	if (answer.ok) return read(answer)
	throw answer
}).catch((error) => {
	delete files[path]
	throw error
})
const load = (kind, file, read) => get(`${kind}/${file / 1000 | 0}/${file}`, read)
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
const articlesOf = async ({ folder, n, count }, gram) => {
	const lists = (await listsOf(folder + n, count, gram, true)).map(articles)
	return [0, 1, 2, 3].map((section) => lists[section] || [])
}
const inAll = (lists) => lists.sort((a, b) => a.length - b.length).reduce((kept, list) => {
	const held = new Set(list)
	return kept.filter((one) => held.has(one))
})

const inAny = (...lists) => [...new Set(lists.flat())].sort((a, b) => a - b)

// the lines of an article: address, day, places of paper and themes, authors, page, reading of the headline, headline, kicker, subtitle, paragraphs
export const article = async (id) => {
	const { folder, first } = volumes.find(({ to }) => id < to)
	const text = await load(`${folder}texts`, (id - first) / say.texts | 0, (answer) => unpack(answer).text())
	const own = text.split('\0')[(id - first) % say.texts]
	await variants(own)
	return own.split('\n')
}

// names: their kind, themselves, their readings, and the articles that have them
const namesAt = async (key) => (await load('names', shardOf(key, say.names), (answer) => unpack(answer).text())).split('\n').slice(0, -1).map((line) => {
	const [kind, name, reading, count, ids] = line.split('\t')
	return { kind, name, reading, count, ids: () => ids ? sums(ids.split(' ').map((more) => parseInt(more, 36))) : [] }
})
const named = async (name, kinds) => {
	const own = bare(name)
	const all = own.length > 1 ? await namesAt(own.charCodeAt()) : []
	return inAny(...all.filter((one) => kinds.includes(one.kind) && bare(one.name) === own).map((one) => one.ids()))
}
const KINDS = ['author', 'column', 'place', 'paper']
const inVolume = (ids, { from, to }) => ids.filter((id) => id >= from && id < to).map((id) => id - from)
// the n-gram of a page (3\u7248), or of a day, a month, a year (2025\u5E743\u670818\u65E5, 2025-03-18)
const markerOf = (term) => {
	const [, page] = /^\u7B2C?0*(\d{1,3})\u7248$/.exec(term) || []
	if (page) return pair(0xFDD5, +page)
	const [, y, m, d] = /^(\d{4})(?:\u5E74|[-/.](?=\d))(?:(\d{1,2})(?:\u6708|[-/.](?=\d)|$)(?:(\d{1,2})\u65E5?)?)?$/.exec(term) || []
	return d ? pair(0xFDD4, ((y - 1900) * 12 + +m - 1) * 31 + +d - 1) : m ? pair(0xFDD3, 10000 + y * 12 + +m - 1) : y && pair(0xFDD3, +y)
}
// a function from a volume to its articles that are filed under a term: by its day or page, or by whom and where they are
const filedUnder = async (term) => {
	const marker = markerOf(term)
	if (marker) return async (at) => (await articlesOf(at, marker))[0]
	const [, paper, page] = /^(.{2,}?)(\u7B2C?\d{1,3}\u7248)$/.exec(term) || []
	if (page) {
		const [first, second] = [await filedUnder(paper), await filedUnder(page)]
		return async (at) => inAll([await first(at), await second(at)])
	}
	const ids = await named(term, KINDS)
	return async (at) => inVolume(ids, at)
}

// where in a volume a term is: the starts of its places
const startsOf = async ({ folder, n, count }, term) => {
	const lists = await Promise.all(coverOf(gramsOf(term)).map(async (one) => {
		const [list = []] = await listsOf(`${folder}places/${n}`, count, one.gram)
		return ascending(list).map((place) => place - one.at)
	}))
	return inAll(lists)
}
// what a term is in, in a volume: the articles of each section
const holdersOf = async (at, term) => {
	const [starts, counts] = await Promise.all([startsOf(at, term), load(`${at.folder}slots`, at.n, (answer) => unpack(answer).arrayBuffer().then((bytes) => varints(new Uint8Array(bytes))))])
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
// a reading, such as chanye, or its initials: the articles whose headlines or names are read so
const isReading = (word) => /^[a-z]{2,}$/.test(word)
const lettersOf = (reading) => [reading.replaceAll(' ', ''), reading.split(' ').map(([c]) => c).join('')]
const readsAs = (reading, word) => {
	const syllables = reading.split(' ')
	return syllables.some((_, at) => syllables.slice(at).join('').startsWith(word)) || syllables.map(([c]) => c).join('').includes(word)
}
const readAs = async (at, word) => {
	const gramsOf = (marker, length) => Array.from({ length: Math.max(0, word.length - length + 1) }, (_, from) => pair(marker, parseInt(word.slice(from, from + length), 36)))
	const lists = await Promise.all([gramsOf(0xFDD6, 3), gramsOf(0xFDD7, 2)].map(async (grams) => grams.length
		? inAll((await Promise.all(spread(grams, 4).map((gram) => articlesOf(at, gram)))).map((sections) => sections[0])) : []))
	return inAny(...lists)
}
const namesReadAs = async (word) => (await namesAt(pair(word.charCodeAt(), word.charCodeAt(1)))).filter(({ reading }) => lettersOf(reading).some((letters) => letters.startsWith(word)))
// what may be meant by the beginning of a name, or of its reading
export const suggestions = async (typed) => {
	await variants(typed)
	const own = bare(typed)
	if (!own || own.length < 2 && /[ -~]/.test(own)) return []
	const all = isReading(own) ? await namesReadAs(own) : (await namesAt(own.charCodeAt())).filter(({ name }) => bare(name).startsWith(own))
	const known = new Set()
	return all.filter(({ kind, name, count }) => +count && bare(name) !== own && !known.has(kind + name) && known.add(kind + name)).sort((a, b) => b.count - a.count).slice(0, 8)
}
// What may be meant where nothing was found: with one character for another, or one more, by the pairs of characters in the texts;
// those that sound the same first.
export const meant = async (typed) => {
	const own = [...bare(typed)]
	const [fullest] = volumes.filter(({ n }) => !n).sort((a, b) => b.to - b.from - a.to + a.from)
	const lines = await Promise.all(own.map(async (c) => {
		const text = await load(`${fullest.folder}pairs`, shardOf(c.charCodeAt(), say.pairs), (answer) => unpack(answer).text())
		return (text.split('\n').find((line) => line[0] === c) || '').split('\t')
	}))
	const [after, before, alike] = [1, 2, 3].map((part) => (at) => lines[at]?.[part] || '')
	const isPair = (at) => after(at).includes(own[at + 1])
	const options = []
	const add = (at, removed, weight) => {
		const [left, right] = [at > 0 ? after(at - 1) : null, at + removed < own.length ? before(at + removed) : null]
		for (const [place, c] of [...left ?? right ?? ''].entries()) {
			if (left !== null && right !== null && !right.includes(c) || removed && c === own[at]) continue
			const sounds = removed && alike(at).includes(c) ? 0 : left !== null && right !== null ? 50 : 100
			options.push({ text: own.toSpliced(at, removed, c).join(''), weight: weight + sounds + place })
		}
	}
	// a character beside another with which it is no pair is the likeliest to be wrong
	const all = own.slice(1).every((_, at) => isPair(at))
	own.forEach((_, at) => {
		const [left, right] = [at > 0 && (all || !isPair(at - 1)), at + 1 < own.length && (all || !isPair(at))]
		if (left || right) add(at, 1, (at > 0 && !left) + (at + 1 < own.length && !right))
		if (left) add(at, 0, 0)
	})
	const found = []
	for (const { text } of options.sort((a, b) => a.weight - b.weight).slice(0, 12)) {
		const { candidates, exact, sure } = found.length < 3 && !found.includes(text) ? await find([text], { theme: -1, paper: -1 }) : { candidates: [] }
		if (candidates.length && (sure || (await exact()).length)) found.push(text)
	}
	return found
}

// the articles of all volumes that the terms' sections agree on, with their ranks: those with all terms in the headline, above and
// below it, anywhere; articles that are not `exact` may have a later rank as well
const agreed = (ofVolumes, exact) => {
	const known = new Set()
	return [1, 2, 0].flatMap((section, rank) => ofVolumes.flatMap(({ terms, facets, from }) => inAll([...terms.map((sections) => sections[section]), ...facets])
		.map((id) => id + from).filter((id) => !known.has(id) && (!exact || known.add(id))).map((id) => ({ id, rank }))))
}
const spread = (all, most) => all.length > most ? Array.from({ length: most }, (_, n) => all[Math.round(n * (all.length - 1) / Math.max(1, most - 1))]) : all

// Finds what has all terms, the best first. theme, paper: places in their lists, or -1; author: a name; from, to: volumes without any of
// these articles are not read. Returns whether all were read (`whole`), articles that may have the terms, whether these are exact,
// `exact`, which returns those that do, and `rankOf`, which looks at an article: 0 where its headline has all terms, 1 above and below
// it, 2 anywhere, -1 where it has not. `loosely`: punctuation does not matter, and letters may be a reading.
export const find = async (terms, { theme, paper, author, from = 0, to = Infinity }, loosely) => {
	const words = loosely ? terms.map(bare).filter(Boolean) : terms
	const read = volumes.filter((at) => at.to > from && at.from < to)
	const grams = words.map(gramsOf)
	const sure = !loosely && grams.every((all) => all.length === 1)
	// few are enough to begin with
	const some = grams.map((all) => spread(loosely ? all : coverOf(all), grams.length > 1 ? 2 : 3))
	const filed = terms.map(async (term, n) => {
		if (!loosely || !isReading(words[n])) return filedUnder(term)
		const names = (await namesReadAs(words[n])).filter(({ kind, reading }) => KINDS.includes(kind) && lettersOf(reading).includes(words[n]))
		const ids = inAny(...await Promise.all(names.map(({ kind, name }) => named(name, [kind]))))
		return async (at) => inVolume(ids, at)
	})
	const [known, by] = [terms.map(() => new Set()), author && named(author, ['author'])]
	const markers = [[0xFDD1, theme], [0xFDD2, paper]].filter((facet) => facet[1] >= 0).map((facet) => pair(...facet))
	const sectionsOf = async (at, n, exact) => {
		const lists = async () => {
			const all = await Promise.all(some[n].map(({ gram }) => articlesOf(at, gram)))
			return [0, 1, 2].map((section) => inAll(all.map((own) => loosely ? inAny(own[section], section ? [] : own[3]) : own[section])))
		}
		const [own, more, read] = await Promise.all([exact && grams[n].length > 1 ? holdersOf(at, words[n]) : lists(), filed[n].then((under) => under(at)), loosely && isReading(words[n]) ? readAs(at, words[n]) : []])
		more.forEach((id) => known[n].add(id + at.from))
		return [inAny(own[0], more, read), own[1], own[2]]
	}
	const inVolumes = async (exact) => agreed(await Promise.all(read.map(async (at) => {
		const [all, ids, ...facets] = await Promise.all([Promise.all(words.map((_, n) => sectionsOf(at, n, exact))), by, ...markers.map((gram) => articlesOf(at, gram))])
		return { from: at.from, terms: all, facets: [...facets.map((sections) => sections[0]), ...ids ? [inVolume(ids, at)] : []] }
	})), exact)
	const rankOf = (lines, id) => {
		const text = loosely ? bare : fold
		return [[LINES, LINES + 1], [LINES + 1, LINES + 3], [LINES]].map((part) => lines.slice(...part).map(text).join('\n'))
			.findIndex((part, rank) => words.every((word, n) => part.includes(word) || rank > 1 && (known[n].has(id) || loosely && isReading(word) && readsAs(lines[LINES - 1], word))))
	}
	return { whole: read.length === volumes.length, sure, rankOf, candidates: words.length ? await inVolumes(sure) : [], exact: () => inVolumes(true) }
}
// what marks the places of terms in a folded text
export const placesOf = (terms, loosely) => new RegExp(terms.map((term) => loosely ? [...bare(term)].join(`${MARK}*`) : term.replace(/[^\w ]/g, '\\$&')).filter(Boolean).sort().reverse().join('|') || '$.', 'g')
