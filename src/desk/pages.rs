//! The pages of a site as the desk reads them: always as the files are now, though what is slow to read is kept as long as its files
//! do not change.

use crate::config::settings::Config;
use crate::content::page_name::{PAGE_TYPES, file_of, has_extension};
use crate::desk::error::{DeskError, DeskResult};
use crate::desk::page_state::{DeskSettings, PageState, sidecar_path};
use crate::diagnostics::error::Result;
use crate::import::record::{ImportRecord, fingerprint};
use crate::io::fs::file;
use crate::io::fs::folder_tree::FolderTree;
use crate::io::fs::path::path_problem;
use crate::io::fs::stamp::Stamp;
use crate::pipeline::import::job::Recorded;
use crate::pipeline::import::open::{UncorrectedPage, open_page};
use crate::pipeline::import::run::read_record;
use crate::project::{ARTICLES, JOURNAL, PAGES, RECORD, SETTINGS, settings};
use crate::theme::classify::Classifier;
use crate::util::digest::Digest;
use crate::util::sync::lock;
use std::collections::HashMap;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex};

/// Pages in memory with their lines and articles as they were found.
const OPEN_PAGES: usize = 16;

/// The pages of a site.
#[derive(Debug)]
pub(crate) struct SitePages {
    pub(crate) root: PathBuf,
    settings: Mutex<Option<Known<DeskSettings>>>,
    record: Mutex<Option<Known<ImportRecord>>>,
    /// the one used last at the end
    open: Mutex<Vec<OpenPage>>,
    /// of article files, as long as their stamps are these
    fingerprints: Mutex<HashMap<String, (Stamp, String)>>,
}

/// What was read from files, as long as their stamps are these.
#[derive(Debug)]
struct Known<T> {
    stamps: [Option<Stamp>; 2],
    value: Arc<T>,
}

#[derive(Debug)]
struct OpenPage {
    name: String,
    stamp: Option<Stamp>,
    settings: Digest,
    page: Arc<UncorrectedPage>,
}

impl SitePages {
    pub(crate) fn new(root: &Path) -> Self {
        let (settings, record, open, fingerprints) = Default::default();
        Self { root: root.to_owned(), settings, record, open, fingerprints }
    }

    /// The settings of the site as they are now.
    pub(crate) fn settings(&self) -> Result<Arc<DeskSettings>> {
        let stamps = [Stamp::at(&self.root.join(SETTINGS)), None];
        if let Some(known) = lock(&self.settings).as_ref().filter(|known| known.stamps == stamps) {
            return Ok(known.value.clone());
        }
        let config: Config = settings(&self.root)?;
        let digest = Digest::of_bytes(&file::read(&self.root, SETTINGS).unwrap_or_default());
        let classifier = Classifier::new(&config.themes, &config.filing);
        let settings = Arc::new(DeskSettings { config, classifier, digest });
        *lock(&self.settings) = Some(Known { stamps, value: settings.clone() });
        Ok(settings)
    }

    /// What imports have written so far.
    pub(crate) fn record(&self) -> Arc<ImportRecord> {
        let articles = self.articles();
        // an import under way has its changes in the journal
        let stamps = [RECORD, JOURNAL].map(|name| Stamp::at(&articles.join(name)));
        if let Some(known) = lock(&self.record).as_ref().filter(|known| known.stamps == stamps) {
            return known.value.clone();
        }
        let record = Arc::new(read_record(&articles).0);
        *lock(&self.record) = Some(Known { stamps, value: record.clone() });
        record
    }

    /// Takes a record that was read or written already: one of a large site takes a while to parse.
    pub(crate) fn know_record(&self, recorded: &Recorded) {
        *lock(&self.record) = Some(Known { stamps: [recorded.stamp, None], value: recorded.record.clone() });
    }

    pub(crate) fn articles(&self) -> PathBuf {
        self.root.join(ARTICLES)
    }

    /// The files that an import has written for a page and that are others now, below the folder of articles.
    pub(crate) fn edited_files(&self, page: &str) -> Vec<String> {
        let record = self.record();
        let Some(page) = record.pages.get(page) else { return Vec::new() };
        let articles = self.articles();
        let is_edited = |(file, written): &(&String, &String)| {
            let path = articles.join(file);
            let Some(stamp) = Stamp::at(&path) else { return false };
            let known = lock(&self.fingerprints).get(*file).filter(|(known, _)| *known == stamp).cloned();
            let now = known.map(|(_, now)| now).or_else(|| {
                let now = fingerprint(&file::read(&articles, file).ok()?);
                lock(&self.fingerprints).insert((*file).clone(), (stamp, now.clone()));
                Some(now)
            });
            now.is_some_and(|now| now != **written)
        };
        page.articles.iter().filter(is_edited).map(|(file, _)| file.clone()).collect()
    }

    /// A page as it is now.
    pub(crate) fn load(&self, name: &str) -> DeskResult<PageState> {
        self.check_name(name)?;
        let settings = self.settings()?;
        let page = self.open(name, &settings)?;
        let sidecar = self.sidecar_text(name)?;
        Ok(PageState::new(settings, page, sidecar))
    }

    /// Only pages of the site are opened, and none behind a link.
    pub(crate) fn check_name(&self, name: &str) -> DeskResult<()> {
        let file = file_of(name);
        let is_page = path_problem(file).is_none()
            && file.strip_prefix(PAGES).is_some_and(|rest| rest.starts_with('/'))
            && has_extension(file, PAGE_TYPES)
            && FolderTree::new(&self.root).link_at(file).is_none()
            && file::is_file(&self.root.join(file));
        if is_page { Ok(()) } else { Err(DeskError::NoPage) }
    }

    fn open(&self, name: &str, settings: &DeskSettings) -> DeskResult<Arc<UncorrectedPage>> {
        let stamp = Stamp::at(&self.root.join(file_of(name)));
        let mut open = lock(&self.open);
        if let Some(at) = open.iter().position(|page| page.name == name) {
            let known = open.remove(at);
            if known.stamp == stamp && known.settings == settings.digest {
                let page = known.page.clone();
                open.push(known);
                return Ok(page);
            }
        }
        drop(open);
        let page = Arc::new(self.read(name, settings)?);
        let mut open = lock(&self.open);
        if open.len() >= OPEN_PAGES {
            open.remove(0);
        }
        open.push(OpenPage { name: name.to_owned(), stamp, settings: settings.digest, page: page.clone() });
        Ok(page)
    }

    /// A page before its corrections, read from its file.
    pub(crate) fn read(&self, name: &str, settings: &DeskSettings) -> DeskResult<UncorrectedPage> {
        open_page(&self.root, &settings.config, &self.record(), name).map_err(DeskError::Unreadable)
    }

    pub(crate) fn sidecar_text(&self, name: &str) -> DeskResult<Option<String>> {
        let path = sidecar_path(name);
        let Some(bytes) = file::read_if_present(&self.root, &path)? else { return Ok(None) };
        Ok(Some(file::source(&path, bytes)?.text))
    }

    /// Has the other pages of a page's file read again: paper and day of one hold for all.
    pub(crate) fn forget_siblings(&self, page: &str) {
        lock(&self.open).retain(|open| file_of(&open.name) != file_of(page) || open.name == page);
    }
}
