//! The files of source pages, and which article came from which.

use crate::catalog::source_files::SourceFiles;
use crate::import::record;
use crate::io::fs::file;
use crate::pipeline::import::job::pages_in;
use crate::project::{ARTICLES, PAGES, RECORD};
use std::path::Path;

/// The files of source pages of the site at `root`. Those that cannot be read are reported by import.
pub(crate) fn origins(root: &Path) -> SourceFiles {
    let pages = pages_in(root, PAGES).0.into_iter().map(|page| page.path);
    let record = file::read_source(&root.join(ARTICLES), RECORD).and_then(|source| record::parse(&source));
    let recorded = record.unwrap_or_default().pages.into_iter().flat_map(|(page, record)| {
        record.articles.into_keys().map(move |article| (format!("{ARTICLES}/{article}"), page.clone()))
    });
    SourceFiles::new(pages, recorded)
}
