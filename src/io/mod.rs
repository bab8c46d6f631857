//! io

pub mod clock;
pub mod fs;
pub mod output;
pub mod process;
pub mod progress;
pub mod terminal;
