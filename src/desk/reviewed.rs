//! The pages that a person has looked at: a file beside the record of imports, kept with the content.
//!
//! A page counts as looked at as long as its outcome, the articles that its lines become, is the one that was looked at.

use crate::diagnostics::error::Result;
use crate::io::fs::file;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::path::Path;

/// In the folder of articles.
const FILE: &str = ".reviewed.toml";
const HEAD: &str = "# Pages that were looked at at the desk, each with a fingerprint of what it became.\n";

/// Source page → fingerprint of the outcome that was looked at.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct ReviewedPages {
    #[serde(default)]
    pages: BTreeMap<String, String>,
}

impl ReviewedPages {
    /// Reads the file; one that cannot be read names no page.
    pub(crate) fn read(articles: &Path) -> Self {
        let bytes = file::read(articles, FILE).unwrap_or_default();
        toml::from_str(&String::from_utf8_lossy(&bytes)).unwrap_or_default()
    }

    pub(crate) fn is_reviewed(&self, page: &str, outcome: &str) -> bool {
        self.pages.get(page).is_some_and(|reviewed| reviewed == outcome)
    }

    /// Notes or takes back that a page was looked at, and writes the file.
    pub(crate) fn set(&mut self, articles: &Path, page: &str, outcome: Option<String>) -> Result<()> {
        match outcome {
            Some(outcome) => drop(self.pages.insert(page.to_owned(), outcome)),
            None => drop(self.pages.remove(page)),
        }
        let text = toml::to_string(self).expect("texts are always TOML");
        file::make_folder(articles)?;
        file::write(&articles.join(FILE), format!("{HEAD}{text}").as_bytes())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use tempfile::tempdir;

    #[test]
    fn a_page_is_looked_at_until_its_outcome_changes() {
        let home = tempdir().unwrap();
        let page = "content/pages/issue.pdf#3";
        let mut reviewed = ReviewedPages::read(home.path());
        assert!(!reviewed.is_reviewed(page, "1"));
        reviewed.set(home.path(), page, Some("1".to_owned())).unwrap();
        let mut reviewed = ReviewedPages::read(home.path());
        assert!(reviewed.is_reviewed(page, "1") && !reviewed.is_reviewed(page, "2"));
        reviewed.set(home.path(), page, None).unwrap();
        assert!(!ReviewedPages::read(home.path()).is_reviewed(page, "1"));
    }
}
