//! Finds the file of a source page by its name.
//!
//! An article names its page by the file's name alone, and pages lie in folders of any depth, so two may have the same name.
//! The record of the import says which of them an article came from; without it, only a unique name is resolved. A page of a file
//! with several is named by the file's name and its number.

use crate::content::page_name::{file_and_number, name_of_page, stem_of};
use std::collections::{BTreeMap, BTreeSet};

/// The files of source pages.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct SourceFiles {
    /// article file → page file, both below the site's root
    recorded: BTreeMap<String, String>,
    /// name → the pages of that name
    named: BTreeMap<String, BTreeSet<String>>,
    /// the pages whose text is not there
    lost: BTreeSet<String>,
}

impl SourceFiles {
    /// `files` are all page files, `recorded` the page of each article that the import recorded, all below the site's root; `names` are
    /// those of pages that articles name; `lost` are pages whose text is not there, so that no article shows it.
    pub(crate) fn new<'a>(
        files: impl IntoIterator<Item = String>,
        recorded: impl IntoIterator<Item = (String, String)>,
        names: impl IntoIterator<Item = &'a str>,
        lost: BTreeSet<String>,
    ) -> Self {
        let mut pages = Self { recorded: recorded.into_iter().collect(), lost, ..Self::default() };
        for file in files {
            pages.named.entry(name(&file).to_owned()).or_default().insert(file);
        }
        for page in names {
            let (file, Some(number)) = file_and_number(page) else { continue };
            let named = pages.named.get(file).into_iter().flatten();
            let named = named.map(|file| name_of_page(file, number, usize::MAX)).collect();
            pages.named.insert(page.to_owned(), named);
        }
        pages
    }

    /// The page named `page` that an article came from or continues on: its file, with its number where that has several.
    pub(crate) fn file(&self, article: &str, page: &str) -> Option<&str> {
        let files = self.named.get(page)?;
        let recorded = self.recorded.get(article);
        // the pages of an issue are in one folder
        let beside = recorded.map(|own| own[..own.len() - name(own).len()].to_owned() + page);
        let known = beside.and_then(|beside| files.get(&beside));
        let file = known.or_else(|| files.first().filter(|_| files.len() == 1));
        file.filter(|file| !self.lost.contains(*file)).map(String::as_str)
    }

    /// The page that a sidecar corrects.
    pub(crate) fn page_of_sidecar(&self, sidecar: &str) -> Option<&str> {
        let stem = sidecar.strip_suffix(".toml")?;
        self.named.values().flatten().map(String::as_str).find(|page| stem_of(page) == stem)
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
        let pages = [&pages[..], &["content/pages/18/i.pdf", "content/pages/19/i.pdf"]].concat();
        let recorded = [("a.md", "content/pages/19/01.txt"), ("c.md", "content/pages/19/i.pdf#2")];
        let lost = BTreeSet::from(["content/pages/19/03.txt".to_owned()]);
        let recorded = recorded.map(|(a, b)| (a.to_owned(), b.to_owned()));
        let files =
            SourceFiles::new(pages.into_iter().map(str::to_owned), recorded, ["01.txt", "i.pdf#2", "gone.pdf#2"], lost);
        assert_eq!(files.file("c.md", "i.pdf#2"), Some("content/pages/19/i.pdf#2"));
        assert_eq!((files.file("c.md", "gone.pdf#2"), files.file("b.md", "i.pdf#2")), (None, None));
        assert_eq!(files.file("a.md", "01.txt"), Some("content/pages/19/01.txt"));
        assert_eq!(files.file("a.md", "03.txt"), None);
        let files = SourceFiles { lost: BTreeSet::new(), ..files };
        assert_eq!(files.file("a.md", "03.txt"), Some("content/pages/19/03.txt"));
        assert_eq!(files.file("b.md", "x.txt"), Some("content/pages/x.txt"));
        assert_eq!(files.file("b.md", "01.txt"), None);
        assert_eq!(files.file("a.md", "gone.txt"), None);
        assert_eq!(files.page_of_sidecar("content/pages/18/01.toml"), Some("content/pages/18/01.txt"));
        assert_eq!(files.page_of_sidecar("content/pages/19/i.2.toml"), Some("content/pages/19/i.pdf#2"));
        assert_eq!(files.page_of_sidecar("content/pages/y.toml"), None);
    }
}
