// Marks what was searched for in an article: its address names it with ?q=, or it was opened from the search page. Leads to the
// places one after another, until they are put away.
{
	const say = document.currentScript.dataset
	const query = (address) => address && new URL(address).searchParams.get('q')
	const asked = query(location.href) || /\/search\/(\?|$)/.test(document.referrer) && query(document.referrer)
	const make = (tag, name, text = '') => {
		const made = document.createElement(tag)
		made.className = name
		made.textContent = text
		return made
	}
	// Marks the places in a block of text, which may cross the bounds of its elements. Returns the first mark of each.
	const markIn = (block, text, places) => {
		const nodes = []
		const walk = document.createTreeWalker(block, NodeFilter.SHOW_TEXT)
		for (let at = 0; walk.nextNode(); at += walk.currentNode.length) nodes.push([walk.currentNode, at])
		const found = [...text.matchAll(places)].filter(([place]) => place)
		// from the end, so that what is before stays where it is
		return found.reverse().map(({ index, 0: { length } }) => {
			let first
			for (const [node, at] of [...nodes].reverse()) {
				const [from, to] = [Math.max(index - at, 0), Math.min(index + length - at, node.length)]
				if (from >= to) continue
				node.splitText(to)
				first = make('mark', '')
				const part = node.splitText(from)
				part.replaceWith(first)
				first.append(part)
			}
			return first
		}).reverse()
	}
	const start = async () => {
		const { fold, variants, termsOf, placesOf } = await import('./search-index.js')
		// its headings and text; by whom and where it is only if they have no place
		const parts = ['hgroup > *, .body :is(p, h2, h3, h4, li, figcaption, td, th, pre):not(:has(p, li))', '.from > *, .column, .byline']
			.map((part) => [...document.querySelector('.text').querySelectorAll(part)])
		const blocks = parts.flat()
		await variants(asked)
		await variants(blocks.map((block) => block.textContent).join(''))
		let marks = []
		for (const [part, loosely] of [[0, false], [0, true], [1, true]]) {
			if (!marks.length) marks = parts[part].flatMap((block) => markIn(block, fold(block.textContent), placesOf(termsOf(asked.trim()), loosely)))
		}
		if (!marks.length) return
		const style = make('link', '')
		style.rel = 'stylesheet'
		style.href = document.querySelector('link[rel=stylesheet]').href.replace('style.css', 'search.css')
		document.head.append(style)
		const [bar, status] = [make('div', 'places'), make('span', '')]
		bar.role = 'region'
		status.role = 'status'
		let here = 0
		const go = (by) => {
			marks[here].classList.remove('here')
			here = (here + by + marks.length) % marks.length
			marks[here].classList.add('here')
			marks[here].scrollIntoView({ block: 'center' })
			status.textContent = say.places.replace(/{(\w)}/g, (_, name) => ({ q: asked.trim(), n: here + 1, m: marks.length })[name])
		}
		const away = () => {
			bar.remove()
			document.querySelectorAll('.text mark').forEach((mark) => mark.replaceWith(...mark.childNodes))
			blocks.forEach((block) => block.normalize())
		}
		bar.append(status, ...[[say.previous, () => go(-1)], [say.next, () => go(1)], [say.away, away]].map(([name, work]) => {
			const button = make('button', '', name)
			button.type = 'button'
			button.onclick = work
			return button
		}))
		bar.ariaLabel = asked.trim()
		document.body.append(bar)
		go(0)
	}
	// without them the article is as it was
	if (asked && asked.trim()) start().catch(() => {})
}
