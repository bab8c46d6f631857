//! Articles by name: people and columns.

use crate::catalog::entry::{Entry, EntryId};
use std::collections::BTreeMap;

/// The articles of one name: a person named in bylines, or a 栏目.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct NamedArticles {
    pub(crate) name: String,
    /// newest first
    pub(crate) articles: Vec<EntryId>,
}

/// Groups the entries by the names that `names` returns for each; most articles first, then by name.
pub(crate) fn by_name<'e, N>(entries: &'e [Entry], names: impl Fn(&'e Entry) -> N) -> Vec<NamedArticles>
where
    N: IntoIterator<Item = &'e String>,
{
    let mut index: BTreeMap<&str, Vec<EntryId>> = BTreeMap::new();
    for (id, entry) in entries.iter().enumerate() {
        for name in names(entry).into_iter().map(|name| name.trim()).filter(|name| !name.is_empty()) {
            let articles = index.entry(name).or_default();
            if articles.last() != Some(&id) {
                articles.push(id);
            }
        }
    }
    let named = |(name, articles): (&str, _)| NamedArticles { name: name.to_owned(), articles };
    let mut listed: Vec<NamedArticles> = index.into_iter().map(named).collect();
    listed.sort_by(|a, b| b.articles.len().cmp(&a.articles.len()).then_with(|| a.name.cmp(&b.name)));
    listed
}

/// The positions of a list's names in alphabetical order, for binary search; the names themselves are not copied.
#[derive(Debug, Default)]
pub(crate) struct NameIndex(Vec<u32>);

impl NameIndex {
    pub(crate) fn of(listed: &[NamedArticles]) -> Self {
        let mut positions: Vec<u32> = (0..).zip(listed).map(|(position, _)| position).collect();
        positions.sort_unstable_by(|a, b| name(listed, *a).cmp(name(listed, *b)));
        Self(positions)
    }

    /// The position of a name in the list that this index was made of.
    pub(crate) fn find(&self, listed: &[NamedArticles], searched: &str) -> Option<usize> {
        let at = self.0.binary_search_by(|position| name(listed, *position).cmp(searched)).ok()?;
        Some(self.0[at] as usize)
    }
}

fn name(listed: &[NamedArticles], position: u32) -> &str {
    &listed[position as usize].name
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_name_is_found_at_its_position() {
        let listed = ["乙", "甲", "丙", ""].map(|name| NamedArticles { name: name.to_owned(), articles: Vec::new() });
        let index = NameIndex::of(&listed);
        for (position, named) in listed.iter().enumerate() {
            assert_eq!(index.find(&listed, &named.name), Some(position));
        }
        assert_eq!(index.find(&listed, "丁"), None);
    }
}
