//! Writes the articles of a page to their files, unless a person has changed these, and reports what was done.
//!
//! An article that a person edited or removed stays as it is. Where an import finds fewer articles on a page than the one before,
//! the files that are left over are removed, unless a person edited them.

use crate::content::article::Article;
use crate::content::emit;
use crate::content::parse;
use crate::diagnostics::code::Code;
use crate::diagnostics::diagnostic::Diagnostic;
use crate::diagnostics::error::Result;
use crate::import::record::{self, ImportRecord, WriteDecision, decide_write};
use crate::io::fs::file;
use crate::pipeline::import::job::{ImportJob, ImportReport, PageFile};
use std::collections::BTreeMap;

/// The article files of an import, and its report so far.
pub(crate) struct ArticleFiles<'a> {
    pub(crate) job: &'a ImportJob,
    /// the record of earlier imports
    pub(crate) before: &'a ImportRecord,
    pub(crate) report: ImportReport,
}

/// Article file, below the folder of articles → its fingerprint in the record.
type Fingerprints = BTreeMap<String, String>;

impl ArticleFiles<'_> {
    /// Whether a person has changed an article's file, or removed it. `earlier` is the page's path in the record.
    pub(crate) fn is_edited(&self, page: &PageFile, earlier: &str, file: &str) -> bool {
        let recorded = self.before.pages.get(earlier).and_then(|page| page.articles.get(file));
        match (file::read(&self.job.into, file), recorded) {
            (Ok(present), Some(recorded)) => record::fingerprint(&present) != *recorded,
            (Ok(_), None) => true,
            (Err(_), recorded) => recorded.is_some() && !self.is_restored(page),
        }
    }

    /// Whether the front matter of an article's file names a page beside the first one.
    pub(crate) fn continues_on(&self, file: &str, page: &str) -> bool {
        let front: Result<toml::Table, Diagnostic> = file::read_source(&self.job.into, file)
            .and_then(|source| parse::parse_front_matter(&source, &parse::split_front_matter(&source)?));
        let more = front.as_ref().ok().and_then(|front| front.get("source")?.get("more")?.as_array());
        more.into_iter().flatten().any(|more| more.get("page").and_then(toml::Value::as_str) == Some(page))
    }

    /// Writes the articles of a page. Returns what to record of their files.
    ///
    /// # Errors
    /// An I/O error while writing.
    pub(crate) fn write(&mut self, page: &PageFile, earlier: &str, articles: &[Article]) -> Result<Fingerprints> {
        let (unrecorded, mut written) = (Fingerprints::new(), Fingerprints::new());
        let recorded = self.before.pages.get(earlier).map_or(&unrecorded, |page| &page.articles);
        for article in articles {
            if let Some(fingerprint) = self.write_article(page, article, recorded.get(&article.file))? {
                written.insert(article.file.clone(), fingerprint);
            }
        }
        self.remove_left_over(&page.path, recorded, articles)?;
        Ok(written)
    }

    fn write_article(
        &mut self,
        page: &PageFile,
        article: &Article,
        recorded: Option<&String>,
    ) -> Result<Option<String>> {
        let Article { file, .. } = article;
        let text = emit::article(article);
        let present = file::read(&self.job.into, file).ok();
        match decide_write(recorded.map(String::as_str), present.as_deref(), text.as_bytes()) {
            WriteDecision::Removed if !self.is_restored(page) => {
                let hint = "name the page to bring it back: wenzhai import PAGE";
                self.report_kept(&page.path, file, "was removed by hand, and is not written again", hint);
                return Ok(recorded.cloned());
            }
            WriteDecision::Edited => {
                let hint = "to import it anew, remove the file and name the page";
                self.report_kept(&page.path, file, "was edited, and is kept as it is", hint);
                return Ok(recorded.cloned());
            }
            WriteDecision::Unchanged => self.report.unchanged += 1,
            WriteDecision::Write | WriteDecision::Removed => {
                if !self.job.dry_run {
                    file::write(&self.job.into.join(file), text.as_bytes())?;
                }
                self.report.written.push(file.clone());
            }
        }
        Ok(Some(record::fingerprint(text.as_bytes())))
    }

    /// Removes files that an earlier import of the page wrote and that are not of these articles.
    ///
    /// # Errors
    /// An I/O error while removing a file.
    pub(crate) fn remove_left_over(&mut self, page: &str, recorded: &Fingerprints, articles: &[Article]) -> Result<()> {
        for (file, fingerprint) in recorded {
            if articles.iter().any(|article| article.file == *file) {
                continue;
            }
            match file::read(&self.job.into, file) {
                Ok(bytes) if record::fingerprint(&bytes) == *fingerprint => {
                    let path = self.job.into.join(file);
                    if !self.job.dry_run {
                        file::remove(&path)?;
                        file::remove_empty_parents(&path, &self.job.into);
                    }
                    self.report.removed += 1;
                }
                Ok(_) => self.report_left_over(page, file, articles),
                Err(_) => {}
            }
        }
        Ok(())
    }

    /// Reports an edited article that its page no longer has, or has under another name since the page's day or number changed.
    fn report_left_over(&mut self, page: &str, file: &str, articles: &[Article]) {
        let number = |file: &str| file.rsplit_once('-').map(|(_, number)| number.to_owned());
        match articles.iter().find(|article| number(&article.file) == number(file)) {
            Some(now) => {
                let now = format!("{}{}", self.job.into_shown, now.file);
                let hint = format!("carry your edit over to {now}, and remove one of the two");
                self.report_kept(page, file, "was edited, and is kept; its page now gives it another file name", &hint);
            }
            None => {
                let what = "is no longer found on its page, but was edited, and is kept";
                self.report_kept(page, file, what, "remove it by hand if it is not wanted");
            }
        }
    }

    /// Whether articles of the page that a person removed are written again.
    fn is_restored(&self, page: &PageFile) -> bool {
        self.job.restores_removed && page.requested
    }

    fn report_kept(&mut self, page: &str, file: &str, what: &str, hint: &str) {
        let shown = format!("{}{file}", self.job.into_shown);
        let message = format!("an article of {page} {what}");
        self.report.diagnostics.push(Diagnostic::new(Code::Kept, message).in_file(shown).hint(hint));
    }
}
