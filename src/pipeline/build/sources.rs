//! Keeps what is known of a site's source files since it was last planned in the same process: a preview looks at changed files alone.

use crate::diagnostics::diagnostic::Diagnostic;
use crate::import::record;
use crate::io::fs::file;
use crate::io::fs::stamp::Stamp;
use crate::pipeline::import::job::{EarlierImport, ImportReport, Recorded};
use crate::pipeline::incremental::survey::{StampTrust, Survey};
use crate::project::{ARTICLES, RECORD};
use std::collections::BTreeSet;
use std::path::Path;
use std::sync::Arc;

/// The source files that a site was planned from.
#[derive(Debug, Clone)]
pub(crate) struct Sources {
    pub(crate) survey: Survey,
    /// the record of imports, where it could be read
    pub(crate) recorded: Option<Recorded>,
    /// the files that the import had findings about, which it has again until they are corrected; none where one names no file
    named: Option<BTreeSet<String>>,
}

/// The source files that a site was planned from, and what may have changed since.
#[derive(Debug, Clone, Copy)]
pub(crate) struct KnownSources<'a> {
    pub(crate) sources: &'a Sources,
    /// below the site's root
    pub(crate) changed: &'a BTreeSet<String>,
}

impl KnownSources<'_> {
    /// What an import of the files of a later survey may take as known; none where it has to look at all of them.
    pub(crate) fn earlier_import(&self, survey: &Survey) -> Option<EarlierImport> {
        let mut changed = survey.import.changed_since(&self.sources.survey.import)?;
        changed.extend(self.changed.iter().chain(self.sources.named.as_ref()?).cloned());
        Some(EarlierImport { recorded: self.sources.recorded.clone()?, changed })
    }
}

impl Sources {
    /// The files of a survey, where there was nothing to import. `recorded` is the record that was read or written last.
    pub(crate) fn unchanged(root: &Path, survey: Survey, recorded: Option<Recorded>) -> Self {
        let recorded = recorded.filter(|it| it.stamp == survey.import.record()).or_else(|| recorded_at(root));
        Self { survey, recorded, named: Some(BTreeSet::new()) }
    }

    /// The files of a later survey, between which and this one nothing was imported.
    pub(crate) fn with_survey(&self, survey: Survey) -> Self {
        Self { survey, recorded: self.recorded.clone(), named: self.named.clone() }
    }

    /// The files after an import. `later` returns the trust in stamps of articles that it wrote, given the stamp of the last of them; where
    /// others are reported by a watcher (`is_watched`), only the articles that it wrote or removed are looked at.
    pub(crate) fn after_import(
        root: &Path,
        survey: Survey,
        imported: &mut ImportReport,
        is_watched: bool,
        later: impl FnOnce(Stamp) -> StampTrust,
    ) -> Self {
        let recorded = imported.recorded.take();
        let located = |found: &Diagnostic| found.location.as_ref().map(|at| at.file.clone());
        let named: Option<BTreeSet<String>> = imported.diagnostics.iter().map(located).collect();
        let own = imported.written.iter().chain(&imported.removed).map(|file| format!("{ARTICLES}/{file}")).collect();
        let looked_at = if is_watched { survey.after(root, &own) } else { None };
        let survey = match looked_at {
            Some(survey) => survey,
            // another process may have imported meanwhile, so the report does not tell
            None if survey.has_new_articles(root) => survey.with_new_articles(root, later),
            None => survey,
        };
        // a record that another process has written since is not one to go by
        let is_own = recorded.as_ref().is_some_and(|it| it.stamp == survey.import.record());
        Self { named: named.filter(|_| is_own), ..Self::unchanged(root, survey, recorded) }
    }
}

/// The record of imports of the site at `root`, where it can be read.
fn recorded_at(root: &Path) -> Option<Recorded> {
    let articles = root.join(ARTICLES);
    let stamp = Stamp::behind_links(&articles.join(RECORD));
    let record = file::read_source(&articles, RECORD).and_then(|source| record::parse(&source)).ok()?.0;
    Some(Recorded { record: Arc::new(record), stamp })
}
