//! The index that a browser reads: any text of two characters or more finds exactly the articles that hold it.
//!
//! 1. [`fold`]: what counts as the same character: `Ａ`, `A` and `a` are one
//! 2. [`record`]: an article as the search knows it: what a result shows, and the text
//! 3. [`grams`]: the pairs of characters in a text, and the file that each is looked up in
//! 4. [`postings`]: the articles that hold a gram, as bytes; [`packed`] while they are gathered ([`varint`]: their numbers)
//! 5. [`index`]: a site → the files of its index
//!
//! `static/search-index.js` is the reader. It looks up the grams of what was typed, keeps the articles that hold them all, and
//! checks each against its text before it is shown: the grams only suggest, the text decides. A text of two characters is a
//! gram itself, so that its articles can be counted without reading any of them; of a longer one, the articles are counted
//! as they are checked, the newest first. (Places of grams within articles would spare that, and make the index three times
//! as large: more for every reader to load, to spare few of them some texts.)
//!
//! ## Format
//!
//! Numbers are varints: seven bits a byte, the lowest first, the high bit set on all but the last. A *shard* of grams
//! begins with a table and its length in bytes (four bytes, the lowest first): for each gram, in ascending order, the
//! difference to the one before and the length of its list in bytes. The lists follow in the same order. A *list* holds ascending numbers. It begins with 0, and goes on with the
//! difference of each to the one before (the first as it is), or with 1, and goes on with a bit for each number from 0 on,
//! the lowest bit of a byte first: whichever is shorter. In a volume the numbers count its articles; in `heads/` a number
//! is twice an article's place, plus one where the gram stands in kicker or subtitle instead of the headline.
//!
//! A file of texts is UTF-16LE: its articles, each ended by U+0000; of each, a line for address, day, place of its paper,
//! places of its themes (parted by commas), headline, kicker and subtitle, and then its paragraphs, a line each. An article
//! that has no page is empty.

pub mod fold;
pub mod grams;
pub mod index;
pub mod packed;
pub mod postings;
#[cfg(test)]
mod reader;
pub mod record;
pub mod varint;
