//! Finds the file of a source page by its name.
//!
//! An article names its page by the file's name alone, and pages lie in folders of any depth, so two may have the same name.
//! The record of the import says which of them an article came from; without it, only a unique name is resolved.

use std::collections::{BTreeMap, BTreeSet};

/// The files of source pages.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct SourceFiles {
    /// article file → page file, both below the site's root
    recorded: BTreeMap<String, String>,
    /// name → the page files of that name
    named: BTreeMap<String, BTreeSet<String>>,
}

impl SourceFiles {
    /// `pages` are all page files, `recorded` the page of each article that the import recorded, all below the site's root.
    pub(crate) fn new(
        pages: impl IntoIterator<Item = String>,
        recorded: impl IntoIterator<Item = (String, String)>,
    ) -> Self {
        let mut files = Self { recorded: recorded.into_iter().collect(), ..Self::default() };
        for page in pages {
            files.named.entry(name(&page).to_owned()).or_default().insert(page);
        }
        files
    }

    /// The page file named `page` that an article came from or continues on.
    pub(crate) fn file(&self, article: &str, page: &str) -> Option<&str> {
        let files = self.named.get(page)?;
        let recorded = self.recorded.get(article);
        // the pages of an issue are in one folder
        let beside = recorded.map(|own| own[..own.len() - name(own).len()].to_owned() + page);
        let known = beside.and_then(|beside| files.get(&beside));
        known.or_else(|| files.first().filter(|_| files.len() == 1)).map(String::as_str)
    }
}

fn name(file: &str) -> &str {
    file.rsplit('/').next().unwrap_or(file)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_that_two_pages_share_is_resolved_by_the_record_of_the_import() {
        let pages =
            ["content/pages/18/01.txt", "content/pages/19/01.txt", "content/pages/19/03.txt", "content/pages/x.txt"];
        let recorded = [("a.md", "content/pages/19/01.txt")].map(|(a, b)| (a.to_owned(), b.to_owned()));
        let files = SourceFiles::new(pages.map(str::to_owned), recorded);
        assert_eq!(files.file("a.md", "01.txt"), Some("content/pages/19/01.txt"));
        assert_eq!(files.file("a.md", "03.txt"), Some("content/pages/19/03.txt"));
        assert_eq!(files.file("b.md", "x.txt"), Some("content/pages/x.txt"));
        assert_eq!(files.file("b.md", "01.txt"), None);
        assert_eq!(files.file("a.md", "gone.txt"), None);
    }
}
