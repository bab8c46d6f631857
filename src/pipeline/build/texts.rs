//! The texts that the pages of a build show, and their fingerprints.

use crate::content::article::FileText;
use crate::diagnostics::error::Result;
use crate::pipeline::build::page_texts::PageTexts;
use crate::pipeline::build::plan::PlannedSite;
use crate::pipeline::load::text::read_digest;
use crate::render::fingerprint::TextFingerprint;
use crate::site::page::Page;
use crate::util::digest::Digest;
use crate::util::sync::lock;
use std::collections::HashMap;
use std::sync::Mutex;
use std::sync::atomic::{AtomicBool, Ordering};

/// Texts in memory.
const RECENT: usize = 64;

/// Reads texts again when pages show them, and notices files that have changed since they were fingerprinted.
pub(crate) struct Texts<'a> {
    planned: &'a PlannedSite,
    /// the digest of all addresses that a text may link to
    link_targets: Digest,
    /// the digests of files other than those of articles, when they were fingerprinted; none where one could not be read
    other_files: Mutex<HashMap<String, Option<Digest>>>,
    /// texts that were read last, with their files
    recent: [Mutex<Option<(String, FileText)>>; RECENT],
    /// texts of source pages that share a file
    page_texts: PageTexts,
    have_changed: AtomicBool,
}

impl<'a> Texts<'a> {
    /// The texts of a planned site.
    pub(crate) fn new(planned: &'a PlannedSite) -> Self {
        Self {
            planned,
            link_targets: link_targets(planned),
            other_files: Mutex::default(),
            recent: std::array::from_fn(|_| Mutex::default()),
            page_texts: PageTexts::default(),
            have_changed: AtomicBool::new(false),
        }
    }

    /// The fingerprint of a text: of its file, and of the addresses of other files where it may link to these.
    pub(crate) fn fingerprint(&self, file: &str) -> TextFingerprint {
        match self.planned.file(file) {
            Some(article) if article.has_links => TextFingerprint::of(&(article.digest, self.link_targets)),
            Some(article) => TextFingerprint::of(&article.digest),
            None => TextFingerprint::of(&self.read_other(file)),
        }
    }

    /// Reads a file other than an article's, such as a source page, for its digest. It is not decoded: what it shows follows from its bytes.
    fn read_other(&self, file: &str) -> Option<Digest> {
        let digest = read_digest(self.planned.article_files.root(), file).ok();
        lock(&self.other_files).insert(file.to_owned(), digest);
        digest
    }

    /// The text of an article or of a source page. Texts that were read last are reused, since an article's page and
    /// its other formats are rendered one after another.
    ///
    /// # Errors
    /// The file cannot be read any more.
    pub(crate) fn read(&self, file: &str) -> Result<FileText> {
        let slot = self.slot(file);
        if let Some((_, text)) = lock(slot).as_ref().filter(|(there, _)| there == file) {
            return Ok(text.clone());
        }
        let read = self.page_texts.read(&self.planned.article_files, &self.planned.site.config, file);
        let expected = match self.planned.file(file) {
            Some(article) => Some(article.digest),
            None => lock(&self.other_files).get(file).copied().flatten(),
        };
        // a file that cannot be decoded has its digest too
        let digest = read
            .as_ref()
            .map_or_else(|_| read_digest(self.planned.article_files.root(), file).ok(), |(_, digest)| Some(*digest));
        if digest != expected {
            self.have_changed.store(true, Ordering::Relaxed);
        }
        let (text, _) = read?;
        *lock(slot) = Some((file.to_owned(), text.clone()));
        Ok(text)
    }

    fn slot(&self, file: &str) -> &Mutex<Option<(String, FileText)>> {
        &self.recent[Digest::of_bytes(file.as_bytes()).0 as usize % RECENT]
    }

    /// Whether a file changed between its fingerprint and the reading of its text.
    pub(crate) fn have_changed(&self) -> bool {
        self.have_changed.load(Ordering::Relaxed)
    }
}

/// The digest of the addresses of all files that a text may link to, where any text has links.
fn link_targets(planned: &PlannedSite) -> Digest {
    let site = &planned.site;
    if !planned.articles().any(|(_, file)| file.has_links) {
        return Digest::of_bytes(b"");
    }
    let elsewhere = site.elsewhere.iter().map(|(file, address)| (file.as_str(), address.to_string()));
    let targets: Vec<(&str, String)> = (site.pages.iter())
        .filter_map(|&page| match page {
            Page::Article(id) => Some((site.catalog.entries[id].file.as_str(), site.address(page).to_string())),
            Page::Plain(plain) => Some((site.plain_pages[plain].file.as_str(), site.address(page).to_string())),
            _ => None,
        })
        .chain(elsewhere)
        .collect();
    Digest::of(&targets)
}
