//! A file watcher with debouncing.
//!
//! 1. [`events`]: which events of the system are changes, and when a series of changes is complete
//! 2. [`watcher`]: the watcher: an iterator over changes

pub(crate) mod events;
pub(crate) mod watcher;
