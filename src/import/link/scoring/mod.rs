//! Scores the decisions of linking; the searches weigh what these say.
//!
//! 1. [`cues`]: whether a line can begin, continue or end a text; [`shared_words`]: the similarity of lines by rare words
//! 2. [`costs`]: the table of all costs and limits
//! 3. [`context`]: page, labels, cues and similarities, which every decision is made from; [`junction`]: what it costs that one line of
//!    text follows another in an article

pub(crate) mod context;
pub(crate) mod costs;
pub(crate) mod cues;
pub(crate) mod junction;
pub(crate) mod layout_costs;
pub(crate) mod placement;
pub(crate) mod shared_words;
