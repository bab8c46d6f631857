//! Sidecars: `PAGE.toml` beside a source page, in which a person corrects the import.
//!
//! 1. `ranges`: lines of a page as a person names them
//! 2. [`corrections`]: what a sidecar holds
//! 3. [`parse`]: TOML → corrections, with a diagnostic for each that cannot be followed
//! 4. [`mod@emit`]: corrections → TOML
//! 5. `correct_text`: corrections + the lines as printed → the lines as they should read
//! 6. [`apply`]: corrections + the partition that was found → the corrected partition

pub mod apply;
pub(crate) mod correct_text;
pub mod corrections;
pub mod emit;
pub mod parse;
pub(crate) mod ranges;
