//! Training: what the import has learnt, from pages with gold. Used by `examples/train.rs` alone.
//!
//! 1. [`gold`]: what a page holds, as a person says; [`located_gold`]: where gold names no lines
//! 2. [`continuations`]: the weights of what speaks for one line continuing another
//! 3. [`roles`]: the weights of the labelling model
//! 4. [`objective`]: how well a page was split, in figures
//! 5. [`costs`]: the costs of linking, by those figures
//! 6. [`certainty`]: how certain the import may be of a line

pub mod certainty;
pub mod continuations;
pub mod costs;
pub mod gold;
pub mod located_gold;
pub mod objective;
pub mod roles;
