//! Linking: which lines of a page are one article, and in which order they are read.
//!
//! The labels of [`label`](crate::import::label) are input; the output is a
//! [`Partition`](crate::import::page::partition::Partition) of the page. In reading order:
//!
//! 1. [`linker`]: the entry point, which runs the steps below
//! 2. [`scoring`]: what is observed of lines, and what each decision costs
//! 3. [`hypothesis`]: a partial partition of the page; [`expansions`]: the ways to assign its next line, with their costs, among
//!    them those of [`heads`]
//! 4. [`beam`]: the beam search over hypotheses; [`backtrace`]: the best hypothesis as a partition
//! 5. [`chains`]: the articles as chains of text lines; [`refine`]: local search that moves parts between chains; [`ordering`]: and
//!    within each

pub(crate) mod backtrace;
pub(crate) mod beam;
pub(crate) mod chains;
pub(crate) mod expansions;
pub(crate) mod heads;
pub(crate) mod hypothesis;
pub(crate) mod linker;
pub(crate) mod ordering;
pub(crate) mod refine;
pub(crate) mod scoring;
