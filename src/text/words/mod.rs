//! Words of Chinese text, and where a headline may break between them.
//!
//! 1. `list`: the words and how frequent each is, built in as a packed file
//! 2. `segmentation`: a text → its most probable words, and how sure each boundary is
//! 3. `tokens`: a headline → words, numbers, Latin words and punctuation
//! 4. `breaks`: tokens → break opportunities
//! 5. [`counting`]: a dictionary and texts → the packed file; used by `examples/train.rs` alone
//!
//! The shipped list has the words of the dictionary of jieba 0.42 (`LICENSE-jieba` beside this file) that stand in news text, and the
//! theme terms of `site.toml`: 76,000 words in 390 KB. Frequencies were counted on eight million characters of broadcast news.

pub(crate) mod breaks;
pub mod counting;
pub(crate) mod list;
pub(crate) mod segmentation;
pub(crate) mod tokens;
