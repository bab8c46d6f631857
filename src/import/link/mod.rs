//! Linking: which lines of a page are one article, and in which order they are read.
//!
//! The labels of [`label`](crate::import::label) are input; the output is a
//! [`Partition`](crate::import::page::partition::Partition) of the page. In reading order:
//!
//! 1. [`linker`]: the entry point, which runs the steps below
//! 2. [`cues`]: whether a line can begin, continue or end a text; [`shared_words`]: the similarity of lines by rare words
//! 3. [`context`]: page, labels, cues and similarities, which every decision is made from; [`costs`]: the table of all costs
//!    and limits
//! 4. [`hypothesis`]: a partial partition of the page; [`expansions`]: the ways to assign its next line, with their costs,
//!    among them those of [`heads`] and of a [`junction`], where one line of text follows another in an article
//! 5. [`beam`]: the beam search over hypotheses; [`backtrace`]: the best hypothesis as a partition
//! 6. [`chains`]: the articles as chains of text lines; [`refine`]: local search that moves parts between chains

pub(crate) mod backtrace;
pub(crate) mod beam;
pub(crate) mod chains;
pub(crate) mod context;
pub(crate) mod costs;
pub(crate) mod cues;
pub(crate) mod expansions;
pub(crate) mod heads;
pub(crate) mod hypothesis;
pub(crate) mod junction;
pub(crate) mod linker;
pub(crate) mod refine;
pub(crate) mod shared_words;
