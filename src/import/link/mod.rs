//! Which lines are one article: decided for the page as a whole.
//!
//! The lines are read in the extractor's order, and at each one every reading of the page so far is carried on in every way
//! that makes sense: a text line goes on an article that is open, comes back to one that was interrupted, or begins one
//! below the head that waits; a head waits for its text, or turns out to be the headline of a text that came before it. A
//! line may take another role than its label where that costs little. Each move has a cost; the best readings are kept (a
//! beam), and the cheapest one at the page's end is the page.
//!
//! 1. [`doubles`]: lines that the extractor returned twice are set aside
//! 2. [`lines`]: what each line says about going on, ending and beginning
//! 3. [`kinship`]: which lines share words that the rest of the page does not have
//! 4. [`reading`]: the articles of a page as far as it has been read
//! 5. [`moves`]: the ways to go on with a reading at a line; what text costs ([`board`]) and heads ([`headings`]), by one
//!    table of [`costs`]
//! 6. [`search`]: the beam, and the best reading told line by line
//! 7. [`chains`], [`exchange`]: when all is read, parts of texts change hands where that makes the page cheaper
//! 8. [`linking`]: all of it in a row; [`linked`]: what it finds

pub mod board;
pub mod chains;
pub mod costs;
pub mod doubles;
pub mod exchange;
pub mod headings;
pub mod kinship;
pub mod lines;
pub mod linked;
pub mod linking;
pub mod moves;
pub mod reading;
pub mod search;
