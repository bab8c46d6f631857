//! Shelves that have a name: people, columns.

use crate::library::entry::{Entry, EntryId};
use std::collections::BTreeMap;

/// The articles that one name stands in: someone named in bylines, or 栏目.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Named {
    pub name: String,
    /// newest first
    pub articles: Vec<EntryId>,
}

/// Shelves the entries by the names that `names` finds in each; the longest shelf comes first, then by name.
pub fn by_name<'e, N>(entries: &'e [Entry], names: impl Fn(&'e Entry) -> N) -> Vec<Named>
where
    N: IntoIterator<Item = &'e String>,
{
    let mut shelves: BTreeMap<&str, Vec<EntryId>> = BTreeMap::new();
    for (id, entry) in entries.iter().enumerate() {
        for name in names(entry).into_iter().map(|name| name.trim()).filter(|name| !name.is_empty()) {
            let shelf = shelves.entry(name).or_default();
            if shelf.last() != Some(&id) {
                shelf.push(id);
            }
        }
    }
    let named = |(name, articles): (&str, _)| Named { name: name.to_owned(), articles };
    let mut shelves: Vec<Named> = shelves.into_iter().map(named).collect();
    shelves.sort_by(|a, b| b.articles.len().cmp(&a.articles.len()).then_with(|| a.name.cmp(&b.name)));
    shelves
}
