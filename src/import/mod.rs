//! Newspaper pages → articles.
//!
//! 1. [`decode`]: bytes → text, whatever they are written in
//! 2. [`page`]: text → the lines of a page, in the extractor's order
//!    ([`html`]: that of a digital edition, whose markup says more)
//! 3. [`names`] ([`surnames`]), [`credits`], [`masthead`], [`furniture`], [`columns`], [`jumps`]: what a line says about
//!    people, pictures, the paper and the day, the column it opens and the page it points to
//! 4. [`words`]: does this seam make a word?
//! 5. [`features`], [`weights`], [`label`]: what speaks for each role of a line, and the best sequence of roles for the page
//! 6. [`link`]: which lines are one article, decided for the page as a whole
//!    ([`jumps`] tell that a text goes on elsewhere; [`carve`]: what comes from another page is an article of its own for now)
//! 7. [`heads`]: the lines of a head → kicker, title, subtitle, column, people
//! 8. [`assemble`]: lines of an article → front matter and Markdown,
//!    in which half-width [`punctuation`] is set in full width
//! 9. [`ledger`]: what became of every line
//! 10. [`sheet`]: one page through all of it, with what its [`sidecar`] says: [`corrections`] of its lines ([`ranges`]) and
//!     articles
//! 11. [`stitch`]: articles that go on on another page, over the pages of one issue ([`assignment`])
//! 12. [`show`]: a page with its articles marked, for a person to read; [`doubts`]: the places to look at
//! 13. [`naming`]: what the articles' files are called
//! 14. [`edits`]: what may be written, and what a person has changed
//!
//! Every step is a function of its input; no file is opened here. Nothing here knows how a site is made.

pub mod assemble;
pub mod assignment;
pub mod carve;
pub mod columns;
pub mod corrections;
pub mod credits;
pub mod decode;
pub mod doubts;
pub mod edits;
pub mod features;
pub mod furniture;
pub mod heads;
pub mod html;
pub mod jumps;
pub mod label;
pub mod ledger;
pub mod link;
pub mod masthead;
pub mod names;
pub mod naming;
pub mod page;
pub mod punctuation;
pub mod ranges;
pub mod sheet;
pub mod show;
pub mod sidecar;
pub mod stitch;
pub mod surnames;
pub mod weights;
pub mod words;
