//! From the lines of an article to a draft of its file.
//!
//! 1. `article_line`: a line with its role
//! 2. `headline`: the lines of the headline block → column label, kicker, title (else inferred), subtitle
//! 3. `authors`: people out of byline, dateline, signature and photo credit; `byline`: the byline as printed
//! 4. `body`: body lines → paragraphs, subheads and captions → Markdown
//! 5. `punctuation`: half-width punctuation → full width
//! 6. `kind`: news, photo, commentary, theory or brief
//! 7. [`assemble`]: runs the steps and returns the drafts of a page

pub(crate) mod article_line;
pub mod assemble;
pub(crate) mod authors;
pub(crate) mod body;
pub(crate) mod byline;
pub(crate) mod headline;
pub(crate) mod kind;
pub(crate) mod punctuation;
