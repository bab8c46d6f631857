//! The desk: a place where an editor corrects pages, in a browser. The preview serves it, on this machine alone.
//!
//! 1. `edit`: an editor's work on a page, from an action to the corrections of its sidecar
//! 2. `page_state`: a page with its corrections, and the sidecar that an action makes of them
//! 3. `article_files`: the articles' files, and conflicts with what a person edited in them; `adoption`: such edits as corrections
//! 4. `history`: undoing and doing again, across restarts; `reviewed`: which pages were looked at
//! 5. `doubts`: where a look pays; `page_view`: a page as a browser is given it
//! 6. `pages`: the site's pages, read; [`desk`]: all of it for a site; `error`: why it does nothing
//! 7. `queue`: all pages, ranked; `intake`: new pages
//!
//! `assets/` is its page in the browser.

pub(crate) mod adoption;
pub(crate) mod article_files;
pub(crate) mod desk;
#[cfg(test)]
mod desk_tests;
pub(crate) mod doubts;
pub(crate) mod edit;
pub(crate) mod error;
pub(crate) mod history;
pub(crate) mod intake;
pub(crate) mod page_state;
pub(crate) mod page_view;
pub(crate) mod pages;
pub(crate) mod queue;
pub(crate) mod reviewed;
