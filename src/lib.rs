//! # wenzhai 文摘
//!
//! Newspaper pages in, a themed digest site out. An editor drops the text of scanned or exported newspaper pages into
//! `content/pages/`; wenzhai separates the articles on each page, files them under themes, writes each as Markdown that the
//! editor can correct, and renders a static site. This essay is the map: the rooms of the house in reading order, what
//! passes between them, and what must never be there.
//!
//! ## The way of the data
//!
//! ```text
//! bytes → Source → Page → labelled lines → Linked → Drafts + Ledger → Sheet → Article → Markdown   (import)
//!                                                                                │ the editor corrects
//! Markdown → Article → Library → Site → View → output file                                         (render)
//! output files + what a target holds → Plan → published                                           (publish)
//! ```
//!
//! The folder `content/` is the truth between the two halves. Import never looks at the site, and the site never looks at
//! how an article was found. What import wrote is remembered beside the articles (`.imported.toml`): that is how it knows
//! which of them a person has edited or taken out, and leaves those alone.
//!
//! The heart is the step from labelled lines to articles. Two decisions are made for the page as a whole: the best sequence
//! of roles (`import/label/viterbi.rs`, max-product over a chain), and which lines are one article (`import/link/`, a beam over
//! readings of the page in which heads wait for their text, cut sentences for their rest, and a line may take its second
//! role where that makes the page cheaper; then, with all of it read, parts of texts change hands where the page as a whole
//! speaks for it, so that a rest may stand before its head). Everything they weigh stands in two tables, each number with its reason:
//! `import/label/weights.rs` and `import/link/costs.rs`. What a person says in `PAGE.toml` is put in after that, and wins; then
//! the pages of an issue are stitched where an article goes on on another page.
//!
//! Publishing rests on one promise: at whatever moment it breaks off, no page at the target links to a missing one. The
//! argument, and the order that follows from it, stand in `publish/order.rs`.
//!
//! ## Three laws
//!
//! 1. **Floors.** A room imports only from lower floors, and a name from the file that defines it (no re-exports). No
//!    circles, inside a room neither. `tests/house.rs` reads the `use` lines and holds the house to this.
//! 2. **Pure stages.** A stage is a function from its input to its output plus notes. Files, clocks, sockets, processes and
//!    the terminal live in [`edge`] alone, so every stage can be tested with strings.
//! 3. **Streams, not piles.** Rendered files go to a sink as they are made. The library holds what front matter says and an
//!    excerpt; bodies are read again when their page is rendered, so memory follows metadata and not the site's size. What is
//!    known of files stands once, at their places in a list (`util/path_list.rs`, `pipeline/incremental/outputs.rs`): a build holds a good
//!    kilobyte for each article.
//!
//! ## The rooms
//!
//! | floor | room | what it is |
//! |---|---|---|
//! | 9 | `main.rs` | argv → command → notes → exit code |
//! | 8 | [`cli`] | the command line, one table |
//! | 7 | [`commands`] | each command: a short script over the stages |
//! | 6 | [`builder`] | pages and content → site, keeping what earlier builds made; the one place that knows the whole chain |
//! | 5 | [`render`] | Markdown → HTML, views, templates, feeds |
//! | 5 | [`check`] | what an editor wants to know before publishing: a table of rules |
//! | 5 | [`search`] | the index that a browser reads: pairs of characters in static shards |
//! | 4 | [`site`] | what pages the site has, and their addresses: the one maker of urls |
//! | 4 | [`publish`] | what to send, in which order, and to where: one file a kind of target |
//! | 4 | [`import`] | decode → page → label → link → heads → assemble → corrections → stitch → edits |
//! | 3 | [`library`] | articles shelved by theme, day, page, person, column, place: indexes, never copies; their key figures |
//! | 3 | [`theme`] | lexicon, classify: what files an article, and why |
//! | 2 | [`config`] | site.toml → plain types |
//! | 2 | [`content`] | article and plain page: parse and emit undo each other |
//! | 2 | [`edge`] | disk, watch, http, process, terminal: knows paths and bytes, never an article |
//! | 1 | [`base`] | source, note, error, han, stage |
//! | 1 | [`builtin`] | the look, the settings and the starter site that are in the binary |
//!
//! Against the first plan, `config` stands one floor lower: the themes that it describes are plain data, which `theme` and
//! `library` read. There are no blocks between lines and articles: link decides line by line, since what is one block is
//! just what is in question. Charts are drawn in [`render`], not in `site`: what they draw is counted in [`library`], and their
//! words are those of the interface.
//!
//! ## What is not done twice
//!
//! A page is its template and its view: rendering knows no clock and no file. So its **key**, a digest of the template with
//! all that it builds on and of the view, tells whether its bytes would be others (`render/fingerprint.rs`). A field that is added to
//! a view is in the key from then on; nobody has to say what depends on what. It is hashed as it is serialised, without
//! becoming a value of the template engine. Digests stand for what would be dear: a card's,
//! that of what is told of an article in many forms, and in the place of its body that of its file. A view may take a body as it is, and links to other files
//! from it; whatever else it found in a body by asking the site would have to be put into the view beside it.
//!
//! Most edits change a text and nothing else. What lists say of a text, its **gist**, is read through a `Reader`
//! (`catalog/tracked.rs`), which notes who read what, and there is no other way to it; so after such an edit the keys of those
//! pages alone are made again that read that text. Whatever else differs (a headline, a theme, a setting, a file more) has
//! all keys made again, which is a matter of microseconds a page.
//!
//! What has to be read is told by **stamps** (`io/fs/stamp.rs`): size, times, inode; a file that changed in the same step of the
//! disk's clock in which it was looked at is read again. `.wenzhai/` keeps stamps, entries and keys for the next build, is
//! written last and as a whole, and is thrown away when another program wrote it, or the disk tore it. `tests/incremental.rs` compares such a build
//! with a build of everything over random rows of edits.
//!
//! The preview needs no keys: it holds the metadata (`preview/model.rs`), and a page is rendered when a browser asks for it.
//! After the edit of a text it goes on with all that it holds and the new gist beside it.
//!
//! ## What readers see
//!
//! A page is made from its view alone (`render/views/views.rs` and its neighbours; `render/templates.md` is made from them), and the
//! words of the interface from one table (`render/words.txt`). How much of an article's text may be shown is decided in one
//! place, `site/body.rs`: pages, other forms, feeds and the index of the search all ask there, so that a text that may not be
//! republished is nowhere.
//!
//! ## Two kinds of wrong
//!
//! A [`note`](base::note) is a finding about content: code, message, place with the text underlined, hint. The stage goes on
//! with the rest, and the command ends with exit code 1. An [`error`](base::error) stops a command and says what to do:
//! exit code 2 where the command line or site.toml is to be mended, 1 where the work failed.

pub mod builtin;
pub mod catalog;
pub mod check;
pub mod cli;
pub mod commands;
pub mod config;
pub mod content;
pub mod diagnostics;
pub mod extract;
pub mod import;
pub mod io;
pub mod pipeline;
pub mod preview;
pub mod project;
pub mod publish;
pub mod render;
pub mod search;
pub mod site;
pub mod text;
pub mod theme;
pub mod util;
