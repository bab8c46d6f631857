//! Sentences: where they begin and end in a line, and whether one goes on in another line.
//!
//! 1. [`bounds`]: the ends of sentences in a line
//! 2. [`openings`]: how well a line opens a paragraph; [`lists`]: the items of lists, and rows of tables
//! 3. [`continuation`]: how well one line continues the sentence of another

pub(crate) mod bounds;
pub(crate) mod continuation;
pub(crate) mod lists;
pub(crate) mod openings;
