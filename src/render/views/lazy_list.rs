//! Long lists whose entries are made while they are serialised, so that they are never all in memory.

use serde::{Serialize, Serializer};
use std::fmt;

/// A list of views, of which the view that holds it knows only the length and how to make an entry.
pub(crate) struct LazyList<'a, T> {
    length: usize,
    entry: Box<dyn Fn(usize) -> T + 'a>,
}

impl<'a, T> LazyList<'a, T> {
    /// A list of `length` entries; `entry` makes the one at an index.
    pub(crate) fn new(length: usize, entry: impl Fn(usize) -> T + 'a) -> Self {
        Self { length, entry: Box::new(entry) }
    }
}

impl<T: Serialize> Serialize for LazyList<'_, T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_seq((0..self.length).map(&self.entry))
    }
}

impl<T> fmt::Debug for LazyList<'_, T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "LazyList of {}", self.length)
    }
}
