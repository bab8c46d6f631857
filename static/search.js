// The search page: results as one types. What finds them: search-index.js.
{
const [form, told, found, more] = ['search', 'told', 'found', 'more'].map((id) => document.getElementById(id))
const fields = ['q', 'theme', 'paper', 'year'].map((name) => form.elements[name])
const [box, theme, paper, year] = fields
const say = form.dataset
const SCREEN = 10 // results listed at once,
const FIRST = 3 // these before the others are loaded

import('./search-index.js').then(({ fold, termsOf, find, article, rankOf }) => {
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
	const fresh = () => mine === round
	go()
	const typed = box.value.trim()
	history.replaceState(null, '', `?${new URLSearchParams(fields.filter(({ value }) => value).map(({ name, value }) => [name, value]))}`)
	const terms = termsOf(typed)
	const any = new RegExp(terms.map((term) => term.replace(/[^\w ]/g, '\\$&')).sort().reverse().join('|'), 'g')
	const tell = (words, busy, n = 0) => {
		told.textContent = words.replace(/{(\w+)\|?(\w*)}/g, (_, one, many) => many ? n === 1 ? one : many : one === 'n' ? n : typed)
		found.setAttribute('aria-busy', busy)
	}
	const shown = new Set()
	// Shows articles of `left` until `limit` are shown. Whether those that are not `sure` have the terms is seen first.
	const list = async (left, limit, sure) => {
		while (left.length && shown.size < limit) {
			// few at first, so that they are there soon
			const some = left.splice(0, shown.size ? limit - shown.size : FIRST)
			const texts = some.map(({ id }) => article(id))
			for (const [n, { id, rank }] of some.entries()) {
				const lines = await texts[n]
				if (!fresh()) throw undefined
				if (shown.has(id) || !sure && rankOf(lines, terms) !== rank) continue
				if (!shown.size) found.replaceChildren()
				shown.add(id)
				show(lines, any)
			}
		}
	}
	try {
		tell(terms.length ? say.checking : '', true)
		const { from, to } = year.selectedOptions[0].dataset
		const filters = { theme: theme.selectedIndex - 1, paper: paper.selectedIndex - 1, from, to }
		let { candidates: left, sure, exact } = terms.length ? await find(terms, filters) : { candidates: [], sure: true }
		let count = left.length
		for (let limit = SCREEN; fresh(); limit += SCREEN) {
			await list(left, limit, sure)
			if (!sure) {
				// where all were looked at, they need not be counted
				left = left.length ? await exact() : []
				count = left.length || shown.size
				left = left.filter(({ id }) => !shown.has(id))
				sure = true
				await list(left, limit, sure)
			}
			if (!fresh()) return
			if (!shown.size) found.replaceChildren()
			tell(count ? say.found : terms.length ? say.none : '', false, count)
			more.hidden = !left.length
			await new Promise((next) => go = next)
			more.hidden = true
			found.setAttribute('aria-busy', true)
		}
	} catch {
		if (fresh()) tell(say.failed, false)
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
