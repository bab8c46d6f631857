//! The site → files, one page at a time.
//!
//! 1. [`templates`]: the built-in templates and the site's own, ready to render, with [`template_notes`] for
//!    what is wrong in them
//! 2. [`views`], [`feed_views`]: what each template is given, as plain types: the contract with those who write templates
//! 3. [`cards`]: the small views that many pages share: an article in a list, a day, a theme
//! 4. [`lists`], [`articles`], [`searching`], [`feeds`]: the views of each page, made from the site
//! 5. [`calendar`], [`cite`], [`words`], [`phrases`]: a month as weeks, a citation, the words of the interface, where a
//!    headline is broken
//! 6. [`html`]: a body → HTML, with [`picture`], [`footnotes`] and [`highlight`]
//! 7. [`sheets`]: a page → its template, its view and what stands in its frame
//! 8. [`press`]: a page's bytes; or all pages, to a sink
//!
//! Nothing here reads or writes a file: bodies come from a function, and bytes go to one.

pub mod articles;
pub mod calendar;
pub mod cards;
pub mod cite;
pub mod feed_views;
pub mod feeds;
pub mod footnotes;
pub mod highlight;
pub mod html;
pub mod lists;
pub mod phrases;
pub mod picture;
pub mod press;
pub mod searching;
pub mod sheets;
pub mod template_notes;
pub mod templates;
pub mod views;
pub mod words;
