//! Pages and texts as a stream: a JSON object a line in, a JSON object a line out. Nothing is written to a site, and nothing is known of
//! other lines, so that an engine that distributes data can run it anywhere.
//!
//! 1. [`request`]: a line of the input → what is asked for
//! 2. [`splitter`]: a request → its pages, split into articles as an import does it
//! 3. `issue.rs`: pages of one issue → stitched, their articles named
//! 4. [`object`]: what a page became, as JSON; `paragraphs.rs`: the paragraphs of its articles
//! 5. [`batch`]: many requests at once
//! 6. [`classifier`]: a text → its themes

pub mod batch;
pub mod classifier;
pub(crate) mod issue;
pub mod object;
pub(crate) mod paragraphs;
pub mod request;
pub mod splitter;
