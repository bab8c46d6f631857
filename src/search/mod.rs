//! The search index that a browser reads: any text of two characters or more finds exactly the articles that contain it.
//!
//! 1. `fold`: text folding: `Ａ`, `A` and `a` match each other
//! 2. `document`: what a result shows of an article, and its text
//! 3. `ngrams`: the character bigrams of a text, and the shard of each
//! 4. `posting_buffer`: posting lists while they grow; `shard_builder`: encoded in shards; `varint`: their numbers
//! 5. [`index`]: writes all files of the index
//!
//! `static/search-index.js` is the reader. It looks up the n-grams of what was typed, intersects their posting lists, and
//! verifies each candidate against its text before it is shown. A query of two characters is a bigram itself, so its articles
//! are counted without reading any of them; those of a longer one are counted as they are verified, the newest first.
//! (Positions of n-grams within articles would spare that, and make the index three times as large.)
//!
//! ## Format
//!
//! Numbers are varints: seven bits a byte, the lowest first, the high bit set on all but the last. A *shard* begins with the
//! length of its table in bytes (four bytes, the lowest first) and the table: for each n-gram, in ascending order, the
//! difference to the one before and the length of its list in bytes. The lists follow in the same order. A *posting list*
//! contains ascending numbers. It begins with 0 and the deltas (the first number as it is), or with 1 and a bitmap with a
//! bit for each number from 0 on, the lowest bit of a byte first: whichever is shorter. In a volume the numbers count its
//! articles; in `heads/` a number is twice an article's position, plus one where the n-gram is in kicker or subtitle instead
//! of the headline.
//!
//! A file of texts is UTF-16LE: its articles, each terminated by U+0000; of each, a line for address, day, position of its
//! paper, positions of its themes (separated by commas), headline, kicker and subtitle, and then one line for each paragraph.
//! An article that has no page is empty.

pub(crate) mod document;
pub(crate) mod fold;
pub mod index;
pub(crate) mod ngrams;
pub(crate) mod posting_buffer;
pub(crate) mod shard_builder;
#[cfg(test)]
mod test_reader;
pub(crate) mod varint;
