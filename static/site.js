// Colour scheme; ← and → turn pages; / leads to the search; references are copied.
{
	const { style } = document.documentElement
	const button = document.getElementById('scheme') || document.createElement('button')
	// the first step can be seen
	const steps = matchMedia('(prefers-color-scheme: dark)').matches ? ['', 'light', 'dark'] : ['', 'dark', 'light']
	// storage may be blocked
	const kept = (work) => { try { work() } catch {} }
	const show = () => {
		button.value = style.colorScheme || 'system'
		button.title = button.ariaLabel = button.dataset[button.value]
		button.hidden = false
	}
	button.onclick = () => {
		style.colorScheme = steps[(steps.indexOf(style.colorScheme) + 1) % 3]
		kept(() => localStorage.scheme = style.colorScheme)
		show()
	}
	// chosen in another window, or since this page was left
	onstorage = onpageshow = () => {
		kept(() => style.colorScheme = localStorage.scheme || '')
		show()
	}

	const leads = { ArrowLeft: 'a[rel=prev]', ArrowRight: 'a[rel=next]', '/': 'input[name=q]' }
	onkeydown = (event) => {
		const to = document.querySelector(leads[event.key] || 'none')
		if (!to || event.ctrlKey || event.metaKey || event.altKey || event.shiftKey && to.href) return
		if (event.target.closest('input, select, textarea, pre, [contenteditable], [tabindex]')) return
		event.preventDefault()
		to.focus()
		to.href ? to.click() : to.select()
	}
}

// opened from a folder: no server that finds index.html
if (location.protocol === 'file:') {
	for (const link of document.links) if (link.protocol === 'file:' && link.pathname.endsWith('/')) link.pathname += 'index.html'
	for (const form of document.forms) form.action = form.action.replace(/\/$/, '/index.html')
}

for (const button of document.querySelectorAll('.copy')) {
	button.hidden = !navigator.clipboard
	button.onclick = () => navigator.clipboard.writeText(button.previousElementSibling.textContent.trim())
		.then(() => button.textContent = button.dataset.done)
}
