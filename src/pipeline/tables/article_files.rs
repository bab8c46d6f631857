//! The texts of article files, whether they are files or rows of tables.

use crate::diagnostics::diagnostic::Diagnostic;
use crate::diagnostics::source::Source;
use crate::io::fs::file;
use crate::pipeline::tables::rows::Rows;
use std::collections::HashMap;
use std::path::{Path, PathBuf};

/// The files of a site that are read again when pages show them.
#[derive(Debug, Default)]
pub(crate) struct ArticleFiles {
    root: PathBuf,
    pub(crate) rows: Rows,
    /// files that are not here, with what stands in them
    kept: HashMap<String, String>,
}

impl ArticleFiles {
    /// Those of the site at `root`, some of which are rows.
    pub(crate) fn new(root: &Path, rows: Rows) -> Self {
        Self { root: root.to_owned(), rows, kept: HashMap::new() }
    }

    /// Keeps the texts of files that are elsewhere.
    pub(crate) fn keep_texts(&mut self, texts: Vec<(String, String)>) {
        self.kept = texts.into_iter().collect();
    }

    /// The site's folder.
    pub(crate) fn root(&self) -> &Path {
        &self.root
    }

    /// The text of a file below the root, or of the row that stands for it.
    ///
    /// # Errors
    /// `unreadable`, `not-utf8`, `bad-row`.
    pub(crate) fn source(&self, file: &str) -> Result<Source, Diagnostic> {
        if let Some(text) = self.kept.get(file) {
            return Ok(Source::new(file, text.as_str()));
        }
        self.rows.source(file).unwrap_or_else(|| file::read_source(&self.root, file))
    }
}
