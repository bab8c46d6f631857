// @ts-check
/**
 * Elements and lists of elements. Text from the server gets into the document as text nodes alone, never as markup.
 */

/**
 * @typedef {Record<string, unknown> & {on?: Record<string, (event: any) => void>, value?: string, checked?: boolean}} Properties
 */

/**
 * Makes an element. `on` has event listeners, `value` and `checked` are set as properties, everything else as attributes; `false`,
 * `null` and `undefined` leave an attribute out.
 * @template {keyof HTMLElementTagNameMap} T
 * @param {T} tag
 * @param {Properties} [properties]
 * @param {(Node|string|null|undefined|false)[]} children
 * @returns {HTMLElementTagNameMap[T]}
 */
export function h(tag, properties = {}, ...children) {
  const element = document.createElement(tag);
  const { on = {}, value, checked, ...attributes } = properties;
  setAttributes(element, attributes);
  for (const child of children) if (child !== null && child !== undefined && child !== false) element.append(child);
  if (value !== undefined) Object.assign(element, { value });
  if (checked !== undefined) Object.assign(element, { checked });
  for (const [type, listener] of Object.entries(on)) element.addEventListener(type, listener);
  return element;
}

/**
 * @template {keyof SVGElementTagNameMap} T
 * @param {T} tag
 * @param {Record<string, unknown>} [attributes]
 * @param {Node[]} children
 * @returns {SVGElementTagNameMap[T]}
 */
export function svg(tag, attributes = {}, ...children) {
  const element = document.createElementNS('http://www.w3.org/2000/svg', tag);
  setAttributes(element, attributes);
  element.append(...children);
  return element;
}

/**
 * @param {Element} element
 * @param {Record<string, unknown>} attributes
 */
export function setAttributes(element, attributes) {
  for (const [name, value] of Object.entries(attributes)) {
    if (value === false || value === null || value === undefined) element.removeAttribute(name);
    else {
      const text = value === true && !name.startsWith('aria-') ? '' : String(value);
      if (element.getAttribute(name) !== text) element.setAttribute(name, text);
    }
  }
}

/**
 * Sets the text where it differs, so that nothing is laid out anew where it does not.
 * @param {Element} element
 * @param {string} text
 */
export function setText(element, text) {
  if (element.textContent !== text) element.textContent = text;
}

/**
 * The element of the static page with this id.
 * @template {HTMLElement} [T=HTMLElement]
 * @param {string} id
 * @returns {T}
 */
export function byId(id) {
  const element = document.getElementById(id);
  if (!element) throw new Error(`index.html has no #${id}`);
  return /** @type {T} */ (element);
}

/**
 * A list whose elements are reused: an item that was shown before keeps its element, and only elements that are not in their place
 * are moved. Elements that left the list are taken out first, else each one behind them would have to be moved.
 * @template Item
 * @param {Element} parent
 * @param {Item[]} items
 * @param {(item: Item) => Element} elementOf  makes or finds the element, and brings it up to date
 */
export function arrange(parent, items, elementOf) {
  const elements = items.map(elementOf);
  const shown = new Set(elements);
  for (const element of [...parent.children]) if (!shown.has(element)) element.remove();
  let at = parent.firstElementChild;
  for (const element of elements) {
    if (element === at) at = at.nextElementSibling;
    else parent.insertBefore(element, at);
  }
}

/**
 * Keeps the elements that `make` returned for each key.
 * @template Key, Item
 * @param {(item: Item) => Key} keyOf
 * @param {(item: Item) => Element} make
 * @param {(element: any, item: Item) => void} update
 */
export function keyed(keyOf, make, update) {
  /** @type {Map<Key, Element>} */
  const kept = new Map();
  return {
    /** Shows the items in this order. @param {Element} parent @param {Item[]} items */
    show(parent, items) { arrange(parent, items, (item) => this.element(item)); },
    /** @param {Item} item */
    element(item) {
      const element = kept.get(keyOf(item)) ?? make(item);
      kept.set(keyOf(item), element);
      update(element, item);
      return element;
    },
    /** @param {Key} key */
    get: (key) => kept.get(key),
    /** Drops the elements of other keys. @param {(key: Key) => boolean} isKept */
    forget(isKept) {
      for (const key of kept.keys()) if (!isKept(key)) kept.delete(key);
    },
  };
}

/** Makes a text area as high as its text. @param {HTMLTextAreaElement} area */
export function fitHeight(area) {
  area.style.height = 'auto';
  area.style.height = `${area.scrollHeight + 2}px`;
}

/** A button with the key that does the same; the key is shown, and named to programs that read the screen aloud.
 * @param {{label: string, key?: string, class?: string, title?: string, on: () => void}} options
 */
export function button({ label, key, on, title, class: name }) {
  return h('button', { type: 'button', class: name, title, 'aria-keyshortcuts': key, on: { click: on } },
    h('span', {}, label), key && h('kbd', { 'aria-hidden': 'true' }, key));
}
