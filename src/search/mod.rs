//! The search index that a browser reads: any text of two characters or more finds exactly the articles that contain it.
//!
//! 1. `fold`: text folding: `Ａ`, `A` and `a` match each other
//! 2. `document`: what a result shows of an article, and its text
//! 3. `ngrams`: the character bigrams of a text, and the shard of each; `places`: where each of them stands
//! 4. `posting_buffer`: posting lists while they grow; `shard_builder`: encoded in shards; `varint`: their numbers;
//!    `packing`: compressed texts
//! 5. `names`: people, columns, places, papers and themes by their first characters and their readings
//! 6. `pairs`: which characters stand beside each other, for what may have been meant
//! 7. [`index`]: writes all files of the index
//! 8. `revision`: changes those of a volume in which a few texts were edited, by what `shard_reader` reads of the others
//!
//! `static/search-index.js` is the reader. It looks up some n-grams of what was typed, intersects their posting lists, and
//! verifies the first candidates against their texts before it shows them: a request for each n-gram and one for each result. How
//! many articles there are, and in which order, is known from the places of n-grams that cover all that was typed, without a text.
//! A query of two characters is a bigram itself and needs no places.
//!
//! ## Format
//!
//! Numbers are varints: seven bits a byte, the lowest first, the high bit set on all but the last. A *shard* begins with the
//! length of its table in bytes (four bytes, the lowest first) and the table: for each n-gram, in ascending order, the
//! difference to the one before and the length of its list in bytes. The lists follow in the same order.
//!
//! In shards of *articles* the length is doubled, plus one where lists of further sections follow: of articles whose headline has the
//! n-gram, of those whose kicker or subtitle has it, and of those in which punctuation parts it; the lengths of all three are in the table too. A list has the ascending numbers
//! of articles in the volume. It begins with 0 and the deltas (the first number as it is), or with 1 and a bitmap with a
//! bit for each number from 0 on, the lowest bit of a byte first: whichever is shorter.
//!
//! In shards of *places* a list has the deltas of places (`places.rs`). The file of *slots* has the number of slots of each article of the
//! volume, as raw DEFLATE.
//!
//! A file of texts is UTF-8, as raw DEFLATE: its articles, each terminated by U+0000; of each, a line for address, day, position of its
//! paper, positions of its themes (separated by commas), authors, page, syllables of the headline's reading, headline, kicker and subtitle, and then one line for each paragraph.
//! An article that has no page is empty. A file of names (`names.rs`) files of pairs (`pairs.rs`) and that of variant characters
//! (each before its simplified one) are UTF-8 as well.

pub(crate) mod document;
pub(crate) mod fold;
pub mod index;
pub(crate) mod names;
pub(crate) mod ngrams;
pub(crate) mod packing;
pub(crate) mod pairs;
pub(crate) mod places;
pub(crate) mod posting_buffer;
pub(crate) mod revision;
pub(crate) mod shard_builder;
pub(crate) mod shard_reader;
#[cfg(test)]
mod test_reader;
pub(crate) mod varint;
