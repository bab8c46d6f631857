// The search page: results as one types. What finds them: search-index.js.
{
const form = document.getElementById('search')
const box = form.elements.q
const on = (at, name, work) => at.addEventListener(name, work)
const [told, found, more] = ['told', 'found', 'more'].map((id) => document.getElementById(id))
const say = form.dataset
const narrow = ['theme', 'paper', 'year'].map((name) => form.elements[name])
const [theme, paper, year] = narrow
const SCREEN = 20 // results listed at once
const AHEAD = 40 // and looked for besides, to count them

import('./search-index.js').then(({ fold, holding }) => {
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
		told.textContent = words.replace(/{([^|}]*)\|([^}]*)}/, all.length === 1 ? '$1' : '$2').replace('{n}', all.length).replace('{m}', state.atMost).replace('{q}', () => typed)
		found.setAttribute('aria-busy', busy)
		if (!shown && (all.length || !busy)) found.replaceChildren()
		while (shown < Math.min(limit, all.length)) show(all[shown++], q)
		more.hidden = busy || shown >= all.length
	}
	if (q.length < 2) return tell(typed && say.short, false)
	try {
		tell(say.checking, true)
		const { from, to } = year.selectedOptions[0].dataset
		const results = holding(q, { theme: theme.selectedIndex - 1, paper: paper.selectedIndex - 1, from, to }, state)
		while (!state.stale()) {
			const { value, done } = await results.next()
			if (state.stale()) return
			if (value) all.push(value)
			tell(say.checking, true)
			// the first is shown before others are loaded
			if (all.length === 1) await new Promise((resolve) => setTimeout(resolve, 50))
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
}).catch(() => {
	told.textContent = say.failed
})
}
