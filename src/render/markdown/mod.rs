//! Markdown bodies as HTML.
//!
//! 1. `links`: a body for its page or for a feed, with its links resolved
//! 2. `html`: renders a body, with `footnotes`, `headings`, `picture`, `tables` and `highlight` (code blocks)
//! 3. `events`: writes events as HTML and as plain text
//! 4. `addresses` and `sanitize`: nothing that an editor wrote runs, unless site.toml says so; `left_out`: what that costs
//! 5. `outbound`: the addresses of other sites in a body; `raw_html`: its raw HTML as one text

pub(crate) mod addresses;
pub(crate) mod events;
pub(crate) mod footnotes;
pub(crate) mod headings;
pub(crate) mod highlight;
pub mod html;
pub(crate) mod left_out;
pub(crate) mod links;
pub(crate) mod outbound;
pub(crate) mod picture;
pub(crate) mod raw_html;
pub(crate) mod sanitize;
pub(crate) mod tables;
