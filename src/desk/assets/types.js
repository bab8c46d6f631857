// @ts-check
/**
 * Types of what the server and the browser exchange, and of what the modules share. There is no code here: the types are read by
 * editors and by `tsc --checkJs`, never by the browser.
 *
 * @typedef {'furniture'|'jump'|'column'|'kicker'|'title'|'subtitle'|'byline'|'body'|'subhead'|'caption'|'credit'} Role
 * @typedef {'headline'|'boundary'|'role'|'text'|'date'|'theme'} DoubtKind
 * @typedef {'news'|'photo'|'commentary'|'theory'|'brief'} Kind
 * @typedef {'zh-Hans'|'zh-Hant'|'en'} Lang
 * @typedef {[number, number, number, number]} Rect  left, top, right, bottom, in units of the sheet
 *
 * @typedef {object} Line
 * @property {number} i  its index on the page
 * @property {number} n  its first number in the file
 * @property {number[]} numbers  all its numbers in the file
 * @property {string} text
 * @property {string|null} printed  as it was before a correction
 * @property {Role} role
 * @property {number|null} article
 * @property {string} why
 * @property {number} certainty  0 to 1
 * @property {boolean} doubt
 * @property {Rect[]} rects
 * @property {[number, number, number][]} unsure  from, to, confidence; UTF-16 offsets in the text
 * @property {boolean} set  a person decided
 * @property {number|null} duplicate
 *
 * @typedef {object} Theme
 * @property {string} id
 * @property {string} name
 * @property {boolean} set  a person decided
 * @property {number} sure  0 to 1
 * @property {string[]} evidence
 *
 * @typedef {object} Article
 * @property {number} k
 * @property {string} title
 * @property {boolean} inferred
 * @property {string} kicker
 * @property {string} subtitle
 * @property {string} column
 * @property {string[]} authors
 * @property {string} byline
 * @property {Kind} kind
 * @property {string|null} date
 * @property {Theme[]} themes
 * @property {string[]} set  fields that a person set
 * @property {number[]} lines  in reading order
 * @property {string|null} file
 * @property {string|null} url
 * @property {boolean} edited  the file was edited by hand
 * @property {{page: string, title: string}|null} continues
 *
 * @typedef {{line: number, kind: DoubtKind, score: number, article: number|null}} Doubt
 * @typedef {{code: string, severity: 'error'|'warning'|'note', message: string, hint: string, line: number|null}} PageFinding
 * @typedef {PageFinding & {file: string, at: number|null}} Finding  at: the number of a line in the page's file
 * @typedef {{paper: string|null, date: string|null, issue: number|null, page: number|null}} Masthead
 *
 * @typedef {object} Page
 * @property {string} name
 * @property {string} version
 * @property {boolean} looked
 * @property {string} file
 * @property {string} sidecar
 * @property {Masthead} masthead
 * @property {string[]} masthead_set
 * @property {[number, number]|null} sheet
 * @property {string|null} picture
 * @property {Line[]} lines  in the page's order
 * @property {Article[]} articles
 * @property {Doubt[]} doubts  the one that pays most first
 * @property {string|null} undo
 * @property {string|null} redo
 * @property {PageFinding[]} findings
 *
 * @typedef {object} Front  fields of an article's head; null: as it was found
 * @property {string|null} [title]
 * @property {string|null} [kicker]
 * @property {string|null} [subtitle]
 * @property {string|null} [column]
 * @property {string|null} [byline]
 * @property {string[]|null} [authors]
 * @property {Kind|null} [kind]
 * @property {string[]|null} [themes]
 *
 * @typedef {{do: 'role', lines: number[], role: Role}
 *   | {do: 'new', lines: number[]}
 *   | {do: 'split', lines: number[]}
 *   | {do: 'merge', article: number}
 *   | {do: 'move', lines: number[], to: number}
 *   | {do: 'order', lines: number[], by: -1|1}
 *   | {do: 'front', article: number, set: Front}
 *   | {do: 'masthead', set: Partial<Masthead>}
 *   | {do: 'text', line: number, text: string}} Action
 *
 * @typedef {{file: string, title: string, difference: string}} Conflict
 * @typedef {'keep'|'discard'|'adopt'|'part'} Choice
 *
 * @typedef {'act'|'step'|'rest'} ConflictKind  an action, undoing or doing again, or what corrections cannot say of the edits
 *
 * @typedef {object} Row  a page in the queue
 * @property {string} name
 * @property {string|null} paper
 * @property {string|null} date
 * @property {number|null} page
 * @property {number} articles
 * @property {number} lines
 * @property {number} doubts
 * @property {DoubtKind|null} worst
 * @property {number} score
 * @property {boolean} looked
 * @property {number} edited
 * @property {number} findings
 *
 * @typedef {{what: string, done: number, total: number}} Working
 * @typedef {{title: string, lang: Lang, folder: string, preview: string, themes: {id: string, name: string}[], kinds: Kind[],
 *   papers: string[]}} Site
 * @typedef {{count: number, files: string[]}} Paths  the first of them by name
 * @typedef {PageFinding & {file: string}} FileFinding
 * @typedef {{articles: number, pages: number, findings: FileFinding[]}} Built
 * @typedef {object} TargetPlan  what would change at a target
 * @property {string} name
 * @property {string} kind
 * @property {string} to  the target for people
 * @property {string} address  for readers
 * @property {Paths} add
 * @property {Paths} update
 * @property {Paths} remove
 * @property {string} size  of what would be sent
 * @property {FileFinding|null} refused  published only where a person says so once more
 * @property {FileFinding[]} findings
 * @property {FileFinding|null} failed  nothing is known of it
 * @typedef {{sent: number, unchanged: number, removed: number, size: string, address: string, findings: FileFinding[]}} Published
 * @typedef {{pages: string[], same_as: string|null, needs: ('date'|'paper'|'page')[]}} Received
 *
 * @typedef {{lines: Set<number>, focus: number|null, anchor: number|null}} Selection
 * @typedef {{view: 'queue'|'page'|'findings'|'publish', page: string|null, line: number|null}} Route
 * @typedef {{paper: string, day: string, worst: string, looked: ''|'yes'|'no', words: string}} Filters
 * @typedef {{text: string, kind: 'done'|'note'|'error'}} Status
 *
 * @typedef {object} State
 * @property {Site} site
 * @property {Row[]} pages
 * @property {Working|null} working
 * @property {Route} route
 * @property {Page|null} page  with the actions that the server has not answered yet
 * @property {Selection} selection
 * @property {number|null} article  the one shown in the article pane
 * @property {'articles'|'page'} order  of the lines pane
 * @property {Set<number>} changed  lines to be marked for a moment
 * @property {Status|null} status
 * @property {Filters} filters
 * @property {boolean} online
 *
 * @typedef {(id: string, ...values: (string|number)[]) => string} Translate
 *
 * @typedef {object} Desk  what the panes are given
 * @property {import('./state.js').Store} store
 * @property {import('./api.js').Api} api
 * @property {Translate} t
 * @property {(action: Action) => void} act
 * @property {(command: string) => void} run
 * @property {(i: number, mode?: 'only'|'toggle'|'range', from?: string) => void} select
 * @property {(k: number) => void} showArticle
 * @property {(line: number) => void} editText
 * @property {(article: number) => void} adopt
 * @property {(looked: boolean) => void} setLooked
 * @property {(address: string) => void} go
 * @property {(text: string, kind?: Status['kind']) => void} say
 * @property {() => Promise<void>} reloadQueue
 */

export {};
