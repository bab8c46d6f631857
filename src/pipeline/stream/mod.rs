//! Pages and texts as a stream: a JSON object a line in, a JSON object a line out. Nothing is written to a site, and nothing is known of
//! other lines, so that an engine that distributes data can run it anywhere.
//!
//! 1. `request.rs`: a line of the input → what is asked for
//! 2. `splitter.rs`: a request → its pages, split into articles as an import does it
//! 3. `issue.rs`: pages of one issue → stitched, their articles named
//! 4. `object.rs`: what a page became, as JSON; `paragraphs.rs`: the paragraphs of its articles
//! 5. `classifier.rs`: a text → its themes

pub(crate) mod classifier;
pub(crate) mod issue;
pub(crate) mod object;
pub(crate) mod paragraphs;
pub(crate) mod request;
pub(crate) mod splitter;
