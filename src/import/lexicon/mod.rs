//! The lexicon: what the words of a single line say, with no page around it.
//!
//! 1. `words`, `surnames`: dictionaries of words and family names; `names`: the names of people by their form;
//!    `offices`: offices and institutions
//! 2. `byline_words`, `people`: bylines, datelines and names in brackets; `credits`: picture credits and captions
//! 3. `column_labels`: names of columns and boxes; `furniture`: lines that belong to no article; `jumps`: notes that a
//!    text continues on another page
//! 4. `reason`: reasons for what a line is
//! 5. `sentences`: where sentences begin and end in a line, and whether one goes on in another line

pub(crate) mod byline_words;
pub(crate) mod column_labels;
pub(crate) mod credits;
pub(crate) mod furniture;
pub(crate) mod jumps;
pub(crate) mod misreadings;
pub(crate) mod names;
pub(crate) mod offices;
pub(crate) mod people;
pub mod reason;
pub(crate) mod sentences;
pub(crate) mod surnames;
pub(crate) mod words;
