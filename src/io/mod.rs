//! io

pub(crate) mod clock;
pub mod fs;
pub mod output;
pub(crate) mod process;
pub(crate) mod progress;
pub mod terminal;
