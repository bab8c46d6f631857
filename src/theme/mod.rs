//! Themes: classifies articles by weighted terms that an editor writes in site.toml.
//!
//! 1. `lexicon`: finds the terms of all themes in a text
//! 2. [`classify`]: scores each theme by its terms, and decides which themes fit
//! 3. `evaluate`: precision, recall and F1 against labelled texts
//! 4. `report`: classifications and evaluations as lines of text or JSON

pub mod classify;
pub(crate) mod evaluate;
pub(crate) mod lexicon;
pub(crate) mod report;
