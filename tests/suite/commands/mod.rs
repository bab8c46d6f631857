//! Commands that are no step from pages to a published site, and invalid input to every command.

mod init;
mod invalid_input;
mod preview;
