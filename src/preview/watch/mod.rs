//! preview/watch

pub mod events;
pub mod watcher;
