// The search page: results as one types. What finds them: search-index.js.
{
const [form, told, found, more] = ['search', 'told', 'found', 'more'].map((id) => document.getElementById(id))
const fields = ['q', 'theme', 'paper', 'year'].map((name) => form.elements[name])
const [box, theme, paper, year] = fields
const say = form.dataset
const SCREEN = 20 // results listed at once
const AHEAD = 40 // and looked for

import('./search-index.js').then(({ fold, termsOf, holding }) => {
const make = (tag, name, ...inside) => {
	const made = document.createElement(tag)
	made.className = name
	made.append(...inside)
	return made
}
const marked = (text, terms) => {
	const parts = []
	let from = 0
	fold(text).replace(terms, (term, at) => {
		parts.push(text.slice(from, at), make('mark', '', text.slice(at, from = at + term.length)))
	})
	return [...parts, text.slice(from)]
}
// of the paragraph with most of the terms, what is around the first place
const excerpt = (body, terms) => {
	const held = (text) => new Set(fold(text).match(terms)).size
	const text = body.reduce((best, other) => held(other) > held(best) ? other : best, '')
	const at = fold(text).search(terms)
	const [from, to] = [at > 40 ? at - 30 : 0, at + 90]
	const part = text.slice(from, to).replace(/^[\uDC00-\uDFFF]|[\uD800-\uDBFF]$/g, '')
	return (from ? '…' : '') + part + (to < text.length ? '…' : '')
}
const show = ([path, day, from, themes, title, kicker, subtitle, ...body], terms) => {
	const line = (name, text) => text ? [make('p', name, ...marked(text, terms))] : []
	const link = make('a', '', ...marked(title, terms))
	link.href = say.root + path
	const date = day && new Date(day).toLocaleDateString(document.documentElement.lang, { dateStyle: 'long', timeZone: 'UTC' })
	const tags = themes.split(',').filter(Boolean).map((at) => make('span', `tag hue-${at % 8 + 1}`, theme[+at + 1].text))
	found.append(make('article', 'story', ...line('kicker', kicker), make('h2', '', link), ...line('subtitle', subtitle),
		...line('excerpt', excerpt(body, terms)), make('p', 'meta', make('span', '', date), make('span', '', paper[+from + 1].text), ...tags)))
}

let round = 0
let go = () => {} // more results were asked for, or another search
const search = async () => {
	const mine = ++round
	go()
	const typed = box.value.trim()
	history.replaceState(null, '', `?${new URLSearchParams(fields.filter(({ value }) => value).map(({ name, value }) => [name, value]))}`)
	const terms = termsOf(typed)
	const any = new RegExp(terms.map((term) => term.replace(/[^\w ]/g, '\\$&')).sort().reverse().join('|'), 'g')
	const all = []
	const state = { stale: () => mine !== round, atMost: 0 }
	let [shown, limit] = [0, SCREEN]
	const tell = (words, busy) => {
		const values = { n: all.length, m: state.atMost, q: typed }
		told.textContent = words.replace(/{(\w+)\|?(\w*)}/g, (_, one, many) => many ? all.length === 1 ? one : many : values[one])
		found.setAttribute('aria-busy', busy)
		if (!shown && (all.length || !busy)) found.replaceChildren()
		while (shown < Math.min(limit, all.length)) show(all[shown++], any)
		more.hidden = busy || shown >= all.length
	}
	if (terms.every((term) => term.length < 2)) return tell(typed && say.short, false)
	try {
		tell(say.checking, true)
		const { from, to } = year.selectedOptions[0].dataset
		const results = holding(terms, { theme: theme.selectedIndex - 1, paper: paper.selectedIndex - 1, from, to }, state)
		while (!state.stale()) {
			const { value, done } = await results.next()
			if (state.stale()) return
			if (value) all.push(value)
			tell(say.checking, true)
			// shown before others are loaded
			if (all.length === 1) await new Promise((next) => setTimeout(next, 50))
			if (!done && all.length < limit + AHEAD) continue
			// a term of two characters is a gram: how many hold it is known
			const some = terms.every((term) => term.length === 2) ? say.known : say.atLeast
			tell(done ? all.length ? say.found : say.none : state.atMost ? some : say.checking, false)
			await new Promise((next) => go = next)
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
box.oninput = soon
box.addEventListener('compositionend', soon)
fields.slice(1).forEach((list) => list.onchange = search)
form.onsubmit = () => {
	search()
	return false
}
more.onclick = () => {
	const { length } = links()
	go()
	setTimeout(() => links()[length]?.focus())
}
document.onkeydown = (event) => {
	const stops = [box, ...links()]
	const at = stops.indexOf(event.target)
	const to = { ArrowDown: at + 1, ArrowUp: at - 1, Escape: 0 }[event.key]
	if (event.isComposing || at < 0 || to === undefined) return
	event.preventDefault()
	stops[to]?.focus()
	if (event.key !== 'Escape') return
	box.value = ''
	search()
}
for (const field of fields) {
	field.value = new URLSearchParams(location.search).get(field.name) || ''
	if (field.selectedIndex < 0) field.selectedIndex = 0
}
search()
}).catch(() => told.textContent = say.failed)
}
