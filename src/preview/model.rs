//! The site in memory, for a preview: its metadata; a page is rendered when it is requested.
//!
//! 1. [`PreviewModel::first`]: every step of a build up to rendering
//! 2. [`PreviewModel::after`]: after changes on disk, a model for which only the changed files are read again. Where nothing but
//!    texts of articles changed, it shares everything with the old model except the summaries of those texts: bodies are
//!    read when their pages are rendered
//! 3. [`PreviewModel::file`]: the bytes of one file of the site
//!
//! A model is immutable: its owner sees one state of the site, whatever changes meanwhile.

use crate::catalog::access_tracker::ChangedSummaries;
use crate::catalog::entry::Entry;
use crate::diagnostics::diagnostic::Diagnostic;
use crate::diagnostics::error::Result;
use crate::io::fs::file;
use crate::pipeline::build::load::{ArticleFile, body, reread};
use crate::pipeline::builder::{Builder, Prepared, Static, shows_alone_in_texts};
use crate::pipeline::import::job::ImportReport;
use crate::pipeline::incremental::cache::{Cache, CacheFile, CachedFile};
use crate::pipeline::incremental::survey::{StampTrust, Survey};
use crate::pipeline::incremental::up_to_date::whole;
use crate::pipeline::options::BuildOptions;
use crate::project::{PUBLIC, STATICS};
use crate::render::renderer::Renderer;
use crate::search::index;
use crate::site::page::Page;
use crate::util::sync::{into_inner, lock};
use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::mem::{Discriminant, discriminant};
use std::path::Path;
use std::sync::{Arc, Mutex, OnceLock};

/// One state of the site.
#[derive(Debug)]
pub struct PreviewModel {
    builder: Builder,
    ready: Arc<Prepared>,
    /// the summaries of texts that changed since it was prepared
    changed_summaries: ChangedSummaries,
    /// the search index, created on the first request
    index: OnceLock<BTreeMap<String, Vec<u8>>>,
}

/// The effect of changes on disk.
#[derive(Debug)]
pub enum Update {
    /// Nothing changed that the model does not include, such as the files that an import wrote.
    Unchanged,
    /// Nothing but texts of articles changed.
    Texts(Box<PreviewModel>),
    /// Anything may have changed.
    Rebuilt(Box<PreviewModel>),
}

impl PreviewModel {
    /// The site at `root` as it is. The caller has to watch the site's folders before it calls this.
    ///
    /// # Errors
    /// A configuration error from site.toml; a failure where the content folder is missing or the disk fails.
    pub fn first(root: &Path, options: &BuildOptions) -> Result<Self> {
        // Articles that have not changed since the last build need not be read again.
        let cache = CacheFile::of(root, &root.join(PUBLIC)).read_files();
        Self::prepare(root, options, Survey::of(root, StampTrust::Watched), cache)
    }

    fn prepare(root: &Path, options: &BuildOptions, survey: Survey, mut cache: Cache) -> Result<Self> {
        let builder = Builder::new(root);
        let ready = builder.ready(builder.config(options)?, options, survey, &mut cache, |_| StampTrust::Watched)?;
        Ok(Self { builder, ready: Arc::new(ready), changed_summaries: ChangedSummaries::new(), index: OnceLock::new() })
    }

    /// The effect of changes, given by their paths below the root; a folder includes its content.
    ///
    /// # Errors
    /// As [`Self::first`]; this model stays usable.
    pub fn after(&self, changed: &BTreeSet<String>, options: &BuildOptions) -> Result<Update> {
        if let Some(changed_summaries) = self.changed_summaries(changed) {
            let (builder, ready) = (Builder::new(self.builder.root()), self.ready.clone());
            return Ok(Update::Texts(Box::new(Self { builder, ready, changed_summaries, index: OnceLock::new() })));
        }
        let survey = Survey::of(self.builder.root(), StampTrust::Watched);
        let whole = whole(options, &survey);
        if whole.is_some() && whole == self.ready.head.whole {
            return Ok(Update::Unchanged);
        }
        let model = Self::prepare(self.builder.root(), options, survey, self.unchanged(changed))?;
        Ok(Update::Rebuilt(Box::new(model)))
    }

    /// The changed summaries, where nothing but texts of articles changed.
    fn changed_summaries(&self, changed: &BTreeSet<String>) -> Option<ChangedSummaries> {
        let Prepared { site, templates, extractor, .. } = &*self.ready;
        let mut changed_summaries = self.changed_summaries.clone();
        for file in changed {
            let Some(Page::Article(id)) = site.page_of_file(file) else { return None };
            let now = reread(self.builder.root(), &site.config, extractor, file)?;
            if !shows_alone_in_texts(templates, site.catalog.entries[id].difference(&now)) {
                return None;
            }
            changed_summaries.insert(id, now.summary);
        }
        (!changed.is_empty()).then_some(changed_summaries)
    }

    /// What need not be read again.
    fn unchanged(&self, changed: &BTreeSet<String>) -> Cache {
        let is_same = |file: &str| !changed.iter().any(|path| is_within(file, path));
        let known = |(entry, file): (&Entry, &ArticleFile)| {
            let &ArticleFile { stamp, digest, links } = file;
            (entry.file.clone(), CachedFile { stamp, digest, links, entry: Some(entry.clone()) })
        };
        let files = self.ready.articles().filter(|(entry, _)| is_same(&entry.file)).map(known).collect();
        Cache { head: self.ready.head.clone(), files, outputs: HashMap::new() }
    }

    /// The bytes of a file of the site; `None` where the site has no file of this path.
    ///
    /// # Errors
    /// The diagnostic of a page that cannot be rendered or a file that cannot be read.
    pub fn file(&self, path: &str) -> Option<std::result::Result<Vec<u8>, Diagnostic>> {
        if let Some(file) = self.ready.statics.get(path) {
            return Some(match file {
                Static::Builtin(text) => Ok(text.as_bytes().to_vec()),
                Static::Own(_) => file::read(&self.builder.root().join(STATICS), path),
            });
        }
        match self.ready.site.page_at(path) {
            Some(page) => Some(self.page(page)),
            None if path.starts_with("search/") => self.index().get(path).cloned().map(Ok),
            None => None,
        }
    }

    fn page(&self, page: Page) -> std::result::Result<Vec<u8>, Diagnostic> {
        let press = Renderer::new(&self.ready.site, &self.ready.templates).changed_summaries(&self.changed_summaries);
        press.page(page, &|file| self.body(file))
    }

    fn body(&self, file: &str) -> Result<String> {
        body(self.builder.root(), file).map(|(body, _)| body)
    }

    /// The files of the search index, created on the first call.
    fn index(&self) -> &BTreeMap<String, Vec<u8>> {
        self.index.get_or_init(|| {
            let files = Mutex::new(BTreeMap::new());
            let put = |path: &str, bytes: Vec<u8>| {
                lock(&files).insert(path.to_owned(), bytes);
                Ok(())
            };
            // An article that cannot be read is omitted; its own page shows the error.
            let _ = index::write(&self.ready.site, &|file| self.body(file), &put);
            into_inner(files)
        })
    }

    /// The diagnostics of rendering one page of each kind, so that mistakes in templates show before the pages are requested.
    pub(crate) fn trial(&self) -> Vec<Diagnostic> {
        let mut kinds: Vec<Discriminant<Page>> = Vec::new();
        let mut diagnostics: Vec<Diagnostic> = Vec::new();
        for &page in &self.ready.site.pages {
            if kinds.contains(&discriminant(&page)) {
                continue;
            }
            kinds.push(discriminant(&page));
            if let Err(diagnostic) = self.page(page)
                && !diagnostics.contains(&diagnostic)
                && !self.ready.templates.has_reported(&diagnostic)
            {
                diagnostics.push(diagnostic);
            }
        }
        diagnostics
    }

    /// The diagnostics of the import, the content and the templates.
    pub(crate) fn diagnostics(&self) -> Vec<Diagnostic> {
        [self.ready.imported.diagnostics.as_slice(), self.ready.diagnostics.as_slice()].concat()
    }

    /// What the import did.
    pub(crate) fn imported(&self) -> &ImportReport {
        &self.ready.imported
    }

    /// The address of the site.
    pub(crate) fn base_url(&self) -> &str {
        &self.ready.site.config.base_url
    }

    /// The number of articles.
    pub(crate) fn articles(&self) -> usize {
        self.ready.site.catalog.entries.len()
    }

    /// The number of pages of the site.
    pub(crate) fn pages(&self) -> usize {
        self.ready.site.pages.len()
    }
}

/// Whether a file is `path` or below it.
fn is_within(file: &str, path: &str) -> bool {
    file.strip_prefix(path).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
}
