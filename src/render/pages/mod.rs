//! The makers of pages: functions from the planned site to the view of one page, called by `render/page_views.rs`.
//!
//! 1. `home`: the home page; `article`: articles and plain pages; `search`: the search page
//! 2. `themes`, `archive`, `papers`, `places`, and `lists` for people and columns: lists of articles
//! 3. `source_page`: the text of a source page
//! 4. `byline`, `evidence`, `figures`, `calendar`: parts of these pages; `share_cards`: the pictures that they name, and icons

pub(crate) mod archive;
pub(crate) mod article;
pub(crate) mod byline;
pub(crate) mod calendar;
pub(crate) mod evidence;
pub(crate) mod figures;
pub(crate) mod home;
pub(crate) mod lists;
pub(crate) mod papers;
pub(crate) mod places;
pub(crate) mod search;
pub(crate) mod share_cards;
pub(crate) mod source_page;
pub(crate) mod themes;
