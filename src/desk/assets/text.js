// @ts-check
/**
 * Offsets in the text of a line, and the difference between two texts. Offsets are UTF-16 code units, as in the server's answers
 * and in JavaScript's strings.
 */

/**
 * @typedef {{text: string, from: number, confidence: number|null}} Segment
 */

/**
 * Splits a text at the places that recognition is unsure of. Places outside the text are cut, and what overlaps an earlier place
 * is left out, so that the segments always join to the text.
 * @param {string} text
 * @param {[number, number, number][]} unsure
 * @returns {Segment[]}
 */
export function segments(text, unsure) {
  /** @type {Segment[]} */
  const result = [];
  let at = 0;
  const places = unsure.map(([from, to, confidence]) => ({ from: whole(text, from, -1), to: whole(text, to, 1), confidence }));
  for (const { from, to, confidence } of places.sort((a, b) => a.from - b.from)) {
    if (from < at || to <= from) continue;
    if (from > at) result.push({ text: text.slice(at, from), from: at, confidence: null });
    result.push({ text: text.slice(from, to), from, confidence });
    at = to;
  }
  if (at < text.length) result.push({ text: text.slice(at), from: at, confidence: null });
  return result;
}

/**
 * An offset inside the text that is not between the halves of a character beyond U+FFFF.
 * @param {string} text
 * @param {number} offset
 * @param {-1|1} by  where to go from between the halves
 */
function whole(text, offset, by) {
  const at = Math.max(0, Math.min(text.length, offset));
  const low = text.charCodeAt(at);
  const high = text.charCodeAt(at - 1);
  return low >= 0xdc00 && low <= 0xdfff && high >= 0xd800 && high <= 0xdbff ? at + by : at;
}

/**
 * What differs between two texts, without what they begin and end with alike. Characters are compared whole.
 * @param {string} before
 * @param {string} after
 * @returns {{start: string, before: string, after: string, end: string}}
 */
export function textDifference(before, after) {
  const [a, b] = [[...before], [...after]];
  const shorter = Math.min(a.length, b.length);
  let start = 0;
  while (start < shorter && a[start] === b[start]) start += 1;
  let end = 0;
  while (end < shorter - start && a[a.length - 1 - end] === b[b.length - 1 - end]) end += 1;
  return {
    start: a.slice(0, start).join(''),
    before: a.slice(start, a.length - end).join(''),
    after: b.slice(start, b.length - end).join(''),
    end: a.slice(a.length - end).join(''),
  };
}

/**
 * Shortens a text for a message.
 * @param {string} text
 * @param {number} [length]
 */
export function shortened(text, length = 18) {
  const characters = [...text];
  return characters.length > length ? `${characters.slice(0, length).join('')}…` : text;
}

/**
 * A typed text as one line: what is pasted may have line breaks, which a line of a page cannot have.
 * @param {string} text
 */
export function oneLine(text) {
  return text.replace(/[\r\n\u2028\u2029\t]+/g, ' ').trim();
}

/**
 * Names as an editor types them: separated by spaces, commas or 、.
 * @param {string} text
 * @returns {string[]}
 */
export function names(text) {
  // a name in Latin letters keeps its spaces where another separator is there
  const separator = /[、,，;；]/.test(text) ? /[、,，;；]+/ : /[\s\u3000]+/;
  return [...new Set(text.split(separator).map((name) => name.trim()).filter(Boolean))];
}
