//! The site → files, one page at a time.
//!
//! 1. [`templates`]: the built-in templates and the site's own, ready to render by the [`engine`], with
//!    [`template_notes`] for what is wrong in them ([`calls`]: what they name; [`known`]: what they could have meant)
//! 2. [`views`], [`list_views`], [`chart_views`], [`feed_views`]: what each template is given, as plain types: the contract
//!    with those who write templates
//! 3. [`cards`]: the small views that many pages share: an article in a list, a day, a theme; the [`drawer`] keeps those
//!    that are made
//! 4. [`front`], [`articles`], [`themes`], [`papers`], [`archive`], [`regions`], [`lists`], [`searching`], [`feeds`] (with
//!    [`feed_json`]): the views of each page, made from the site, with their [`figures`] and [`charts`]; [`filing`],
//!    [`printed`]: why an article is here, and where it was printed
//! 5. [`calendar`], [`words`], [`phrases`]: a month as weeks, the words of the interface, a headline in its phrases;
//!    [`cite`], [`bibtex`], [`ris`], [`linked`]: an article as others name it; [`twins`], [`exports`]: articles and
//!    themes in other forms; [`moved`]: old addresses
//! 6. [`html`]: a body → HTML, with [`picture`], [`footnotes`] and [`highlight`]
//! 7. [`sheets`]: a page → its template, its view and what stands in its [`frame`]; [`wanted`]: what of it nobody would see
//! 8. [`press`]: a page's bytes; or all pages, to a sink; [`document`]: what no document can hold is taken out of them
//! 9. [`key`]: whether a page's bytes would be others
//!
//! Nothing here reads or writes a file: bodies come from a function, and bytes go to one.

pub mod archive;
pub mod articles;
pub mod bibtex;
pub mod calendar;
pub mod calls;
pub mod cards;
pub mod chart_views;
pub mod charts;
pub mod cite;
pub mod document;
pub mod drawer;
pub mod engine;
pub mod exports;
pub mod feed_json;
pub mod feed_views;
pub mod feeds;
pub mod figures;
pub mod filing;
pub mod footnotes;
pub mod frame;
pub mod front;
pub mod highlight;
pub mod html;
pub mod key;
pub mod known;
pub mod linked;
pub mod links;
pub mod list_views;
pub mod lists;
pub mod moved;
pub mod papers;
pub mod phrases;
pub mod picture;
pub mod press;
pub mod printed;
pub mod regions;
pub mod ris;
#[cfg(test)]
pub mod sample;
pub mod searching;
pub mod sheets;
pub mod template_notes;
pub mod templates;
pub mod themes;
pub mod twins;
pub mod views;
pub mod wanted;
pub mod words;
