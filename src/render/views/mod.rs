//! Views: the data that templates are given, and nothing else is.
//!
//! 1. `site`: the variables of every template
//! 2. `common`: the views that many templates have in common, such as cards of articles
//! 3. `pages`, `papers`, `lists`, `feeds`, `charts`, `books`: the views of single templates
//! 4. `cards`: makes the shared views from the planned site; `card_cache` makes each once, as a `shared` view; a `lazy_list` is made while it is serialised
//!
//! `render/templates.md` is generated from the doc comments of the views.

pub(crate) mod books;
pub(crate) mod card_cache;
pub(crate) mod cards;
pub(crate) mod charts;
pub(crate) mod common;
pub(crate) mod feeds;
pub(crate) mod lazy_list;
pub(crate) mod lists;
pub(crate) mod pages;
pub(crate) mod papers;
#[cfg(test)]
pub(crate) mod sample;
pub(crate) mod shared;
pub(crate) mod site;
