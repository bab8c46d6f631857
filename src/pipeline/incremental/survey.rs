//! The survey of all files that a site is made from: their paths and stamps. No file is read.

use crate::config::table_pattern::{TablePattern, is_table_extension};
use crate::content::page_name::has_extension;
use crate::diagnostics::diagnostic::Diagnostic;
use crate::io::fs::file;
use crate::io::fs::folder_tree::FolderTree;
use crate::io::fs::path::is_ignored_name;
use crate::io::fs::stamp::{DiskTime, Stamp};
use crate::io::fs::walk::{self, FoundFile};
use crate::pipeline::incremental::cache::{FOLDER as CACHES, RESULTS};
use crate::pipeline::incremental::table_files::table_files;
use crate::project::{ADDRESSES, ARTICLES, CONTENT, PAGES, RECORD, SETTINGS, STATICS, TEMPLATES};
use crate::util::digest::{Digest, Digester};
use std::collections::{BTreeSet, HashSet};
use std::path::Path;

/// Which stamps are reliable: see [`crate::io::fs::stamp`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum StampTrust {
    /// none: every file is read
    Nothing,
    /// those that were settled at this time of the disk
    Settled(DiskTime),
    /// all: a watcher reports changes
    Watched,
}

impl StampTrust {
    /// Trusts stamps settled at a time of the disk, where that is known.
    pub(crate) fn until(time: Option<DiskTime>) -> Self {
        time.map_or(Self::Nothing, Self::Settled)
    }

    fn trusts(self, stamp: Stamp) -> bool {
        match self {
            Self::Nothing => false,
            Self::Settled(now) => stamp.is_settled(now),
            Self::Watched => true,
        }
    }
}

/// The files that an import reads.
#[derive(Debug, Clone)]
pub(crate) struct ImportSurvey {
    /// at the disk's time before anything was listed
    trust: StampTrust,
    /// at the disk's time before the stamp of the record was taken
    record_trust: StampTrust,
    /// all below `content/pages`, sidecars included
    pub(crate) pages: Vec<FoundFile>,
    settings: Option<Stamp>,
    /// of the record of imports
    record: Option<Stamp>,
    /// why pages could not be listed
    pub(crate) diagnostics: Vec<Diagnostic>,
}

impl ImportSurvey {
    /// Lists the pages of the site at `root`.
    pub(crate) fn of(root: &Path, trust: StampTrust) -> Self {
        let (settings, record) = (stamp(root, SETTINGS), stamp(root, &record()));
        let (pages, diagnostics) = walk::list(root, PAGES, &[]);
        Self { trust, record_trust: trust, pages, settings, record, diagnostics }
    }

    /// Of files that are made from settings and templates alone: no pages.
    fn without_pages(root: &Path, trust: StampTrust) -> Self {
        let settings = stamp(root, SETTINGS);
        Self { trust, record_trust: trust, pages: Vec::new(), settings, record: None, diagnostics: Vec::new() }
    }

    /// Looks at the record again after an import. Pages stay: the next import notices those that changed meanwhile.
    pub(crate) fn with_new_record(self, root: &Path, trust: impl FnOnce(Stamp) -> StampTrust) -> Self {
        let record = stamp(root, &record());
        Self { record, record_trust: trust(record.unwrap_or_default()), ..self }
    }

    /// The files below `content/pages` that are other ones than in an earlier survey; none where the settings are.
    pub(crate) fn changed_since(&self, earlier: &Self) -> Option<BTreeSet<String>> {
        let (now, before) = (self.stamps(), earlier.stamps());
        let changed = now.symmetric_difference(&before).map(|&(path, _)| path.to_owned());
        (self.settings == earlier.settings).then(|| changed.collect())
    }

    fn stamps(&self) -> HashSet<(&str, Stamp)> {
        self.pages.iter().map(|file| (&*file.path, file.stamp)).collect()
    }

    /// The stamp of the record of imports.
    pub(crate) fn record(&self) -> Option<Stamp> {
        self.record
    }

    /// The digest of the files; none where a stamp is not reliable, or a folder could not be listed.
    pub(crate) fn digest(&self) -> Option<Digest> {
        let is_reliable = self.settings.is_none_or(|stamp| self.trust.trusts(stamp))
            && self.record.is_none_or(|stamp| self.record_trust.trusts(stamp));
        let pages = digest(&self.pages, |stamp| self.trust.trusts(stamp))?;
        let is_whole = self.diagnostics.is_empty() && is_reliable;
        is_whole.then(|| Digest::of_all([pages, Digest::of(&(self.settings, self.record))]))
    }
}

/// Every file that the site is made from.
#[derive(Debug, Clone)]
pub(crate) struct Survey {
    pub(crate) import: ImportSurvey,
    pub(crate) articles: Vec<FoundFile>,
    /// of articles, as site.toml names them
    pub(crate) tables: Vec<FoundFile>,
    /// `content/*.md`
    pub(crate) plains: Vec<FoundFile>,
    pub(crate) statics: Vec<FoundFile>,
    pub(crate) templates: Vec<FoundFile>,
    /// of the address book
    addresses: Option<Stamp>,
    /// at the disk's time before that was taken
    addresses_trust: StampTrust,
    /// which results of the OCR command are kept: source pages show their text
    pub(crate) results: Digest,
    /// why folders could not be listed; import reports those of pages
    pub(crate) diagnostics: Vec<Diagnostic>,
}

fn articles(root: &Path) -> (Vec<FoundFile>, Vec<Diagnostic>) {
    walk::list(root, ARTICLES, &["md"])
}

/// The digest of the names of results, which say what is in them.
fn results(root: &Path) -> Digest {
    let folder = root.join(CACHES).join(RESULTS);
    let found = if file::exists(&folder) { walk::list_shallow(&folder, "", &[]).0 } else { Vec::new() };
    Digest::of(&found.into_iter().map(|found| found.path).collect::<Vec<String>>())
}

fn stamp(root: &Path, name: &str) -> Option<Stamp> {
    Stamp::behind_links(&root.join(name))
}

impl Survey {
    /// Lists the folders of the site at `root`, and the tables that match the patterns.
    pub(crate) fn of(root: &Path, patterns: &[TablePattern], trust: StampTrust) -> Self {
        // the record is looked at before the articles, so that an import that ends in between is noticed
        let import = ImportSurvey::of(root, trust);
        let (articles, mut diagnostics) = articles(root);
        let (tables, findings) = table_files(root, patterns);
        diagnostics.extend(findings);
        let rest = Self::without_articles(root, trust);
        diagnostics.extend(rest.diagnostics);
        Self { import, articles, tables, results: results(root), diagnostics, ..rest }
    }

    /// Lists the files that pages are made from, but for articles and source pages.
    pub(crate) fn without_articles(root: &Path, trust: StampTrust) -> Self {
        let mut diagnostics = Vec::new();
        let mut add = |(files, findings)| {
            diagnostics.extend::<Vec<_>>(findings);
            files
        };
        let plains = add(walk::list_shallow(root, CONTENT, &["md"]));
        let statics = add(walk::list(root, STATICS, &[]));
        let templates = add(walk::list(root, TEMPLATES, &[]));
        let (import, addresses) = (ImportSurvey::without_pages(root, trust), stamp(root, ADDRESSES));
        let (articles, tables, results, addresses_trust) = (Vec::new(), Vec::new(), Digest::default(), trust);
        Self { import, articles, tables, plains, statics, templates, addresses, addresses_trust, results, diagnostics }
    }

    /// The survey of some of the articles and source pages. `results` is the digest of what else is known of these pages.
    pub(crate) fn narrowed(
        &self,
        articles: Vec<FoundFile>,
        tables: Vec<FoundFile>,
        pages: Vec<FoundFile>,
        results: Digest,
    ) -> Self {
        let import = ImportSurvey { pages, record: None, diagnostics: Vec::new(), ..self.import };
        let Self { plains, statics, templates, diagnostics, .. } = self.clone();
        let (addresses, addresses_trust) = (self.addresses, self.addresses_trust);
        Self { import, articles, tables, plains, statics, templates, addresses, addresses_trust, results, diagnostics }
    }

    /// Whether there is an address book.
    pub(crate) fn has_addresses(&self) -> bool {
        self.addresses.is_some()
    }

    /// Looks at the address book again after it was written.
    pub(crate) fn look_at_addresses(&mut self, root: &Path, trust: impl FnOnce(Stamp) -> StampTrust) {
        self.addresses = stamp(root, ADDRESSES);
        self.addresses_trust = trust(self.addresses.unwrap_or_default());
    }

    /// The survey after changes of these paths below the root, which a watcher reported: only they are looked at. None where that does
    /// not tell, since folders or links are among them.
    pub(crate) fn after(&self, root: &Path, changed: &BTreeSet<String>) -> Option<Self> {
        if !(self.diagnostics.is_empty() && self.import.diagnostics.is_empty()) {
            return None;
        }
        let (settings, record) = (stamp(root, SETTINGS), stamp(root, &record()));
        let mut survey = Self { results: results(root), addresses: stamp(root, ADDRESSES), ..self.clone() };
        (survey.import.settings, survey.import.record) = (settings, record);
        let tree = FolderTree::new(root);
        changed.iter().all(|path| survey.look_at(root, &tree, path)).then_some(survey)
    }

    /// Looks at one path again; false where only a new survey tells.
    fn look_at(&mut self, root: &Path, tree: &FolderTree, path: &str) -> bool {
        if path.rsplit_once('.').is_some_and(|(_, extension)| is_table_extension(extension)) {
            return false;
        }
        let Some((files, is_listed)) = self.list_of(path) else { return path == ADDRESSES };
        let at = files.binary_search_by(|file| file.path.as_str().cmp(path));
        if tree.link_at(path).is_some() {
            return false;
        }
        let Some(stamp) = Stamp::at(&root.join(path)) else {
            let below = format!("{path}/");
            let was_folder = files.iter().any(|file| file.path.starts_with(&below));
            at.map(|at| files.remove(at)).ok();
            return !was_folder && !file::exists(&root.join(path));
        };
        match at {
            Ok(at) => files[at].stamp = stamp,
            Err(at) if is_listed => files.insert(at, FoundFile { path: path.to_owned(), stamp }),
            Err(_) => {}
        }
        true
    }

    /// The list that a path belongs to, and whether it names a file that is listed there; none of a folder that others are in.
    fn list_of(&mut self, path: &str) -> Option<(&mut Vec<FoundFile>, bool)> {
        let below = |folder: &str| path.strip_prefix(folder).and_then(|rest| rest.strip_prefix('/'));
        let is_listed = |rest: &str| !rest.split('/').any(is_ignored_name);
        let is_article = has_extension(path, &["md"]);
        if let Some(rest) = below(PAGES) {
            Some((&mut self.import.pages, is_listed(rest)))
        } else if let Some(rest) = below(ARTICLES) {
            Some((&mut self.articles, is_listed(rest) && is_article))
        } else if let Some(rest) = below(STATICS) {
            Some((&mut self.statics, is_listed(rest)))
        } else if let Some(rest) = below(TEMPLATES) {
            Some((&mut self.templates, is_listed(rest)))
        } else {
            let rest = below(CONTENT).filter(|rest| !rest.contains('/') && is_article)?;
            Some((&mut self.plains, is_listed(rest)))
        }
    }

    /// Whether an import wrote articles after they were listed.
    pub(crate) fn has_new_articles(&self, root: &Path) -> bool {
        stamp(root, &record()) != self.import.record
    }

    /// Lists the articles again after an import.
    pub(crate) fn with_new_articles(self, root: &Path, trust: impl FnOnce(Stamp) -> StampTrust) -> Self {
        let import = self.import.with_new_record(root, trust);
        let (articles, _) = articles(root);
        Self { articles, import, results: results(root), ..self }
    }

    /// Whether the stamp of an article is reliable: articles are listed again after an import.
    pub(crate) fn trusts_article(&self, stamp: Stamp) -> bool {
        self.import.record_trust.trusts(stamp)
    }

    /// Whether the stamp of any other file is.
    pub(crate) fn trusts(&self, stamp: Stamp) -> bool {
        self.import.trust.trusts(stamp)
    }

    /// The digest of all files; none where a stamp is not reliable, or a folder could not be listed.
    pub(crate) fn digest(&self) -> Option<Digest> {
        let rest = [&self.tables, &self.plains, &self.statics, &self.templates].into_iter().flatten();
        let articles = digest(&self.articles, |stamp| self.trusts_article(stamp))?;
        let addresses = Digest::of(&self.addresses);
        let whole =
            [self.import.digest()?, articles, digest(rest, |stamp| self.trusts(stamp))?, addresses, self.results];
        let is_reliable = self.addresses.is_none_or(|stamp| self.addresses_trust.trusts(stamp));
        (self.diagnostics.is_empty() && is_reliable).then(|| Digest::of_all(whole))
    }
}

fn record() -> String {
    format!("{ARTICLES}/{RECORD}")
}

/// The digest of files and their stamps, where all stamps are reliable.
fn digest<'a>(files: impl IntoIterator<Item = &'a FoundFile>, trusts: impl Fn(Stamp) -> bool) -> Option<Digest> {
    let mut digester = Digester::default();
    for file in files {
        if !trusts(file.stamp) {
            return None;
        }
        digester.add(file.path.as_bytes()).add(b"\0").add(&file.stamp.bytes());
    }
    Some(digester.digest())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::io::fs::file;
    use tempfile::tempdir;

    /// The stamp of an article that was written after the survey's time may stay the same though the text changes again.
    #[test]
    fn a_digest_is_made_only_where_every_stamp_is_reliable() {
        let home = tempdir().unwrap();
        let articles = home.path().join(ARTICLES);
        file::make_folder(&articles).unwrap();
        file::write(&articles.join("p1-01.md"), "# 驿站开了灯\n".as_bytes()).unwrap();

        let watched = Survey::of(home.path(), &[], StampTrust::Watched);
        assert!(watched.trusts_article(watched.articles[0].stamp));
        assert!(watched.digest().is_some());

        let unknown = Survey::of(home.path(), &[], StampTrust::Nothing);
        assert!(!unknown.trusts_article(unknown.articles[0].stamp));
        assert!(unknown.digest().is_none());

        // articles are listed again after an import, and have the reliability of that time
        let imported = watched.with_new_articles(home.path(), |_| StampTrust::Nothing);
        assert!(!imported.trusts_article(imported.articles[0].stamp));
    }
}
