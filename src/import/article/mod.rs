//! From the lines of an article to a draft of its file.
//!
//! 1. [`article_line`]: a line with its role
//! 2. [`headline`]: the lines of the headline block → column label, kicker, title, subtitle
//! 3. [`inferred_title`]: a title for an article whose page prints none
//! 4. [`authors`]: people out of byline, dateline, signature and photo credit
//! 5. [`body`]: body lines → paragraphs, subheads and captions → Markdown
//! 6. [`punctuation`]: half-width punctuation → full width
//! 7. [`kind`]: news, photo, commentary, theory or brief
//! 8. [`assemble`]: runs the steps and returns the drafts of a page

pub(crate) mod article_line;
pub mod assemble;
pub(crate) mod authors;
pub(crate) mod body;
pub(crate) mod headline;
pub(crate) mod inferred_title;
pub(crate) mod kind;
pub(crate) mod punctuation;
