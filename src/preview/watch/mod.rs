//! preview/watch

pub(crate) mod events;
pub(crate) mod watcher;
