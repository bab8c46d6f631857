// The search page: results as one types. What finds them: search-index.js.
{
const [form, outcome, found, more, years, hints] = ['search', 'outcome', 'found', 'more', 'years', 'hints'].map((id) => document.getElementById(id))
const fields = ['q', 'theme', 'paper', 'year', 'author', 'order'].map((name) => form.elements[name])
const [box, theme, paper, year, author, order] = fields
const say = form.dataset
if (location.protocol === 'file:') say.failed = say.fromFolder
const SCREEN = 10 // results listed at once,
const FIRST = 3 // these before the others are loaded

import('./search-index.js').then(({ fold, variants, termsOf, find, article, placesOf, suggestions, meant }) => {
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
	const text = body.reduce((best, other) => held(other) > held(best) ? other : best, body[0] || '')
	const at = fold(text).search(terms)
	const [from, to] = [at > 40 ? at - 30 : 0, at + 90]
	const part = text.slice(from, to).replace(/^[\uDC00-\uDFFF]|[\uD800-\uDBFF]$/g, '')
	return (from ? '…' : '') + part + (to < text.length ? '…' : '')
}
const show = ([path, day, from, themes, authors, page, reading, title, kicker, subtitle, ...body], terms) => {
	const line = (name, text) => text ? [make('p', name, ...marked(text, terms))] : []
	const link = make('a', '', ...marked(title, terms))
	link.href = say.root + path
	const date = day && new Date(day).toLocaleDateString(document.documentElement.lang, { dateStyle: 'long', timeZone: 'UTC' })
	const tags = themes.split(',').filter(Boolean).map((at) => make('span', `tag hue-${at % 8 + 1}`, theme[+at + 1].text))
	found.append(make('article', 'story', ...line('kicker', kicker), make('h2', '', link), ...line('subtitle', subtitle),
		...line('excerpt', excerpt(body, terms)), make('p', 'meta', make('span', '', date), make('span', '', ...marked(paper[+from + 1].text, terms)),
			...authors ? [make('span', '', ...marked(authors, terms))] : [], ...tags)))
}

// a bar for each year that has some of the articles; it narrows the search to its year
const bars = (ids) => {
	const all = [...year].slice(1).reverse().map((one) => ({ one, n: ids.filter((id) => id >= one.dataset.from && id < one.dataset.to).length }))
	const most = Math.max(...all.map(({ n }) => n))
	const listed = most ? all.filter(({ n }) => n) : []
	years.replaceChildren(...listed.length > 1 ? listed.map(({ one, n }) => {
		const bar = make('span', '')
		bar.style.blockSize = `${Math.ceil(n / most * 28)}px`
		const button = make('button', '', bar, one.value)
		button.type = 'button'
		button.title = button.ariaLabel = `${one.text} · ${n}`
		button.ariaPressed = one.selected
		button.onclick = () => {
			year.selectedIndex = one.selected ? 0 : one.index
			search()
		}
		return button
	}) : [])
}

// Offers what may be meant: names that begin so, or other texts; each searches when it is chosen.
const offer = (all, before = '') => hints.replaceChildren(before, ...all.map(({ kind, name, count }) => {
	const button = make('button', '', name, ...kind ? [' ', make('small', '', `${say[kind]} ${count}`)] : [])
	button.type = 'button'
	button.onclick = () => {
		if (kind === 'theme') return location.href = `${say.root}themes/${[...theme].find((one) => one.text === name).value}/`
		box.value = name
		search()
	}
	return button
}))

let round = 0
let counted = {} // what was found in all years
let go = () => {} // more results were asked for, or another search
const search = async () => {
	const mine = ++round
	const fresh = () => mine === round
	go()
	const typed = box.value.trim()
	history.replaceState(null, '', `?${new URLSearchParams(fields.filter(({ value }) => value).map(({ name, value }) => [name, value]))}`)
	const tell = (words, busy, n = 0) => {
		outcome.textContent = words.replace(/{(\w+)\|?(\w*)}/g, (_, one, many) => many ? n === 1 ? one : many : one === 'n' ? n : typed)
		found.setAttribute('aria-busy', busy)
	}
	const { from = 0, to = Infinity } = year.selectedOptions[0].dataset
	// in the chosen order, of the chosen year
	const arranged = (all) => (order.value ? [...all].sort((a, b) => a.id - b.id) : [...all]).filter(({ id }) => id >= from && id < to)
	const shown = new Set()
	// Looks for articles and lists them, a screen at a time. Returns whether there are any.
	const run = async (terms, loosely) => {
		const any = placesOf(terms, loosely)
		const filters = { theme: theme.selectedIndex - 1, paper: paper.selectedIndex - 1, author: author.value.trim(), from, to }
		const { whole, candidates, sure, exact, rankOf } = await find(terms, filters, loosely)
		let all = candidates
		let left = arranged(all)
		// Shows articles of `left` until `limit` are shown. Whether those that are not `sure` have the terms is seen first.
		const list = async (limit, sure) => {
			while (left.length && shown.size < limit) {
				// few at first, so that they are there soon
				const some = left.splice(0, shown.size ? limit - shown.size : FIRST)
				const texts = some.map(({ id }) => article(id))
				for (const [n, { id, rank }] of some.entries()) {
					const lines = await texts[n]
					if (!fresh()) throw undefined
					const own = sure ? rank : rankOf(lines, id)
					if (shown.has(id) || own < 0 || !order.value && own !== rank) continue
					if (!shown.size) found.replaceChildren()
					shown.add(id)
					show(lines, any)
				}
			}
		}
		await list(SCREEN, sure)
		// where all were looked at, they need not be counted
		const seen = !left.length && !(from || to < Infinity)
		if (!sure && !loosely && candidates.length && !seen) {
			all = await exact()
			left = arranged(all).filter(({ id }) => !shown.has(id))
			await list(SCREEN, true)
		} else if (!sure) {
			all = [...shown].map((id) => ({ id }))
		}
		if (!fresh()) throw undefined
		if (!all.length) return false
		const ids = all.map(({ id }) => id)
		const asked = [loosely, ...[box, theme, paper, author].map(({ value }) => value)].join('\n')
		if (whole) counted = { asked, ids }
		bars(counted.asked === asked ? counted.ids : ids.filter((id) => id >= from && id < to))
		for (let limit = 2 * SCREEN; ; limit += SCREEN) {
			const open = loosely && left.length
			tell(open ? say.atLeast : loosely ? say.loosely : say.found, false, loosely ? shown.size : arranged(all).length)
			more.hidden = !left.length
			await new Promise((next) => go = next)
			if (!fresh()) return true
			more.hidden = true
			found.setAttribute('aria-busy', true)
			await list(limit, !loosely)
		}
	}
	try {
		await variants(typed)
		const terms = termsOf(typed)
		tell(terms.length ? say.checking : '', true)
		offer([])
		suggestions(typed).then((all) => fresh() && hints.children.length === 0 && offer(all)).catch(() => {})
		for (const loosely of terms.length ? [false, true] : []) if (await run(terms, loosely)) return
		found.replaceChildren()
		bars([])
		more.hidden = true
		tell(terms.length ? say.none : '', false)
		if (terms.length !== 1) return
		const others = await meant(typed)
		if (fresh() && others.length) offer(others.map((name) => ({ name })), say.meant)
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
fields.slice(1).forEach((field) => field.onchange = search)
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
}).catch(() => outcome.textContent = say.failed)
}
