//! A page, and what its lines are found to be.
//!
//! 1. [`lines`]: a page's text as lines; `parsed_page`: the lines of any input format
//!    `printed_page`: printed lines with their geometry; `line_layout`: what it says of a line; `rendition`: a laid-out page as text
//! 2. [`masthead`]: paper, date and numbers that the page prints; `duplicates`: lines that stand on it twice
//! 3. `parsed_page`: what the parser of an input format returns
//! 4. [`role`], [`partition`]: what labelling and linking assign to each line: its role and its article
//! 5. `jump_notes`: notes that an article continues on another page; `continuations`: what they say about the partition
//! 6. `unsure_words`: words that the format is unsure of
//! 7. `line_ranges`: the lines of each article as a person names them

pub(crate) mod continuations;
pub(crate) mod duplicates;
pub(crate) mod jump_notes;
pub(crate) mod line_layout;
pub(crate) mod line_ranges;
pub mod lines;
pub mod masthead;
pub(crate) mod parsed_page;
pub mod partition;
pub(crate) mod printed_page;
pub(crate) mod rendition;
pub mod role;
pub(crate) mod unsure_words;
