//! An editor's work on a page, from an action to the corrections of its sidecar.
//!
//! 1. `action`: one step, as a browser sends it
//! 2. `arrangement`: the page as the editor arranges it, changed by steps
//! 3. `corrections`, `text_correction`: an arrangement and the text of a line, said as corrections
//! 4. `file_edit`: what a person changed in an article's file, said as steps

pub(crate) mod action;
pub(crate) mod arrangement;
pub(crate) mod corrections;
pub(crate) mod file_edit;
pub(crate) mod text_correction;
