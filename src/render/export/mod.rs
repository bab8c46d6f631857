//! Books, prints, mails and tables of chosen articles.
//!
//! 1. `selection`: the chosen articles in reading order, what they are called, and `sections`: by page, day or month
//! 2. `volume`: the views of a book and of its articles; `xhtml` makes XML of their texts, of what `elements` allows
//! 3. `epub` (an archive, written by `archive`), `print` (one HTML file) and `mail` (HTML and text, joined by `mime`)
//! 4. `tables`: the articles, their paragraphs, figures, places and people as rows

pub(crate) mod archive;
pub(crate) mod elements;
pub(crate) mod epub;
pub(crate) mod mail;
pub(crate) mod mime;
pub(crate) mod print;
pub(crate) mod sections;
pub(crate) mod selection;
pub(crate) mod tables;
pub(crate) mod volume;
pub(crate) mod xhtml;
