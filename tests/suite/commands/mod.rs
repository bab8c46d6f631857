//! Commands that are no step from pages to a published site, and invalid input to every command.

mod begin;
mod check;
mod confined;
mod desk;
mod export;
mod init;
mod invalid_input;
mod language;
mod links;
mod preview;
mod stream;
