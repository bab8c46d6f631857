//! The site in memory, for a preview: metadata alone, with each page rendered on request.
//!
//! 1. [`PreviewModel::first`]: everything that a build does before it renders
//! 2. [`PreviewModel::after`]: reads changed files again; where only the texts of articles changed, the new model shares all but
//!    the summaries of those texts with the old one
//! 3. [`PreviewModel::file`]: the bytes of one file of the site

use crate::catalog::access_tracker::ChangedSummaries;
use crate::catalog::entry::{Entry, EntryId};
use crate::catalog::reprints::same_pairs;
use crate::check;
use crate::content::article::{ContinuedLines, FileText};
use crate::desk::page_view::{OtherPart, PreviewedSite};
use crate::diagnostics::diagnostic::Diagnostic;
use crate::diagnostics::error::Result;
use crate::io::fs::file;
use crate::pipeline::build::changed_articles::is_text_alone;
use crate::pipeline::build::facsimiles::facsimile_file;
use crate::pipeline::build::plan::{PlannedSite, plan, site_settings};
use crate::pipeline::build::sources::{KnownSources, Sources};
use crate::pipeline::build::static_files::StaticFile;
use crate::pipeline::import::job::{ImportReport, Recorded};
use crate::pipeline::incremental::cache::{Cache, CacheFile, CachedFile};
use crate::pipeline::incremental::survey::{StampTrust, Survey};
use crate::pipeline::incremental::up_to_date::digest_of_sources;
use crate::pipeline::load::content::ArticleFile;
use crate::pipeline::load::text::{read_entry, read_text};
use crate::pipeline::options::BuildOptions;
use crate::project::{PUBLIC, STATICS, settings};
use crate::render::pages::source_page;
use crate::render::renderer::Renderer;
use crate::render::views::cards::Cards;
use crate::search::index;
use crate::site::addresses::address::base_path;
use crate::site::page::Page;
use crate::site::site::FACSIMILE_FILES;
use crate::util::digest::Digest;
use crate::util::parallel;
use crate::util::sync::{into_inner, lock};
use percent_encoding::percent_decode_str;
use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::mem::{Discriminant, discriminant};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, OnceLock};

/// One state of the site, whatever changes meanwhile.
#[derive(Debug)]
pub struct PreviewModel {
    root: PathBuf,
    planned: Arc<PlannedSite>,
    /// the files that it was planned from
    sources: Arc<Sources>,
    /// of texts that changed since the site was planned
    changed_summaries: ChangedSummaries,
    /// of the files of these texts
    changed_digests: HashMap<EntryId, Digest>,
    /// the files of the search index, made on the first request
    index: OnceLock<BTreeMap<String, Vec<u8>>>,
}

/// The effect of changed files.
#[derive(Debug)]
pub enum Update {
    /// No source differs: an import's own files.
    Unchanged,
    /// Texts of articles changed, and nothing else.
    Texts(Box<PreviewModel>),
    /// Anything else: the whole site was planned again.
    Rebuilt(Box<PreviewModel>),
}

impl PreviewModel {
    /// The site at `root` as it is. The caller watches the site's folders from before this call on.
    ///
    /// # Errors
    /// A configuration error from site.toml; a failure where the content folder is missing or the disk refuses.
    pub fn first(root: &Path, options: &BuildOptions) -> Result<Self> {
        // Articles that are as the last build found them need not be read again.
        let cache = CacheFile::of(root, &root.join(PUBLIC)).read_files();
        let tables = site_settings(root, options)?.content.tables;
        Self::planned(root, options, Survey::of(root, &tables, StampTrust::Watched), cache, None)
    }

    fn planned(
        root: &Path,
        options: &BuildOptions,
        survey: Survey,
        mut cache: Cache,
        known: Option<KnownSources<'_>>,
    ) -> Result<Self> {
        let mut config = site_settings(root, options)?;
        // what is being written is not for a browser to keep
        config.offline.enabled = false;
        let (planned, sources) = plan(root, config, options, survey, &mut cache, known, |_| StampTrust::Watched)?;
        Ok(Self {
            root: root.to_owned(),
            planned: Arc::new(planned),
            sources: Arc::new(sources),
            changed_summaries: ChangedSummaries::new(),
            changed_digests: HashMap::new(),
            index: OnceLock::new(),
        })
    }

    /// The model after changes of files, given by their paths below the root; a folder's path means all that is in it. Other files are not
    /// looked at: where this fails, the next call has to name these as well.
    ///
    /// # Errors
    /// As [`Self::first`]; this model remains usable.
    pub fn after(&self, changed: &BTreeSet<String>, options: &BuildOptions) -> Result<Update> {
        if let Some(update) = self.changed_texts(changed) {
            return Ok(update);
        }
        let known = KnownSources { sources: &self.sources, changed };
        let survey = self.survey_after(changed);
        let sources = digest_of_sources(options, &survey);
        if sources.is_some() && sources == self.planned.header.sources {
            return Ok(Update::Unchanged);
        }
        let model = Self::planned(&self.root, options, survey, self.cache_without(changed), Some(known))?;
        Ok(Update::Rebuilt(Box::new(model)))
    }

    fn survey_after(&self, changed: &BTreeSet<String>) -> Survey {
        let survey = self.sources.survey.after(&self.root, changed);
        // where the settings cannot be read, planning says so
        let tables = || settings(&self.root).map(|config| config.content.tables).unwrap_or_default();
        survey.unwrap_or_else(|| Survey::of(&self.root, &tables(), StampTrust::Watched))
    }

    /// The model after changes of texts; `None` where anything but texts of articles changed.
    fn changed_texts(&self, changed: &BTreeSet<String>) -> Option<Update> {
        let PlannedSite { site, templates, extractor, .. } = &*self.planned;
        let (mut summaries, mut digests) = (self.changed_summaries.clone(), self.changed_digests.clone());
        let mut is_same = true;
        for file in changed {
            let Some(Page::Article(id)) = site.page_of_file(file) else { return None };
            // a new file in the place of a row
            if self.planned.article_files.rows.contains(file) {
                return None;
            }
            let planned = self.planned.file(file)?.digest;
            let digest = Digest::of_bytes(file::read_source(&self.root, file).ok()?.text.as_bytes());
            if digest == digests.insert(id, digest).unwrap_or(planned) {
                continue;
            }
            is_same = false;
            let now = read_entry(&self.root, &site.config, extractor, file)?;
            let entry = &site.catalog.entries[id];
            let is_alone = digests.len() == 1;
            let same_reprints =
                entry.shingles == now.shingles || is_alone && same_pairs(&site.catalog.entries, id, &now.shingles);
            if !same_reprints || !is_text_alone(templates, entry.difference(&now)) {
                return None;
            }
            summaries.insert(id, now.summary);
        }
        match is_same {
            true => (!changed.is_empty()).then_some(Update::Unchanged),
            false => Some(Update::Texts(Box::new(Self {
                root: self.root.clone(),
                planned: self.planned.clone(),
                sources: Arc::new(self.sources.with_survey(self.survey_after(changed))),
                changed_summaries: summaries,
                changed_digests: digests,
                index: OnceLock::new(),
            }))),
        }
    }

    /// The cache of all files that need not be read again.
    fn cache_without(&self, changed: &BTreeSet<String>) -> Cache {
        let is_same = |file: &str| !changed.iter().any(|path| is_within(file, path));
        let cached = |(entry, file): (&Entry, &ArticleFile)| {
            let &ArticleFile { stamp, digest, has_links, loses_html } = file;
            (entry.file.clone(), CachedFile { stamp, digest, has_links, loses_html, entry: Some(entry.clone()) })
        };
        let articles: Vec<_> = self.planned.articles().filter(|(entry, _)| is_same(&entry.file)).collect();
        let files = parallel::map(&articles, |&article| cached(article)).into_iter().collect();
        Cache { header: self.planned.header.clone(), files, ..Cache::default() }
    }

    /// The bytes of a file of the site, or why its page cannot be rendered; `None` where the site has no such file.
    pub fn file(&self, path: &str) -> Option<Result<Vec<u8>, Diagnostic>> {
        if let Some(file) = self.planned.statics.get(path) {
            return Some(match file {
                StaticFile::Builtin(text) => Ok(text.as_bytes().to_vec()),
                StaticFile::Own(_) => file::read(&self.root.join(STATICS), path),
            });
        }
        match self.planned.site.page_at(path) {
            Some(page) => Some(self.page(page)),
            None if self.planned.site.facsimile_at(path).is_some() => {
                facsimile_file(&self.planned.site, path).map(|cached| file::read(&self.root, &cached))
            }
            None if path.starts_with("search/") => self.index().get(path).cloned().map(Ok),
            None => None,
        }
    }

    /// The source page that a page of the site shows, or that its article was made from, and the first line there.
    pub(crate) fn source_of(&self, url_path: &str) -> Option<(String, String)> {
        let site = &self.planned.site;
        let path = percent_decode_str(url_path.trim_start_matches('/')).decode_utf8().ok()?;
        let base = base_path(&site.config.base_url).trim_matches('/');
        let below = path.strip_prefix(base).map_or(&*path, |rest| rest.trim_start_matches('/'));
        let file =
            if below.is_empty() || below.ends_with('/') { format!("{below}index.html") } else { below.to_owned() };
        match site.page_at(&file)? {
            Page::Article(id) => self.source_of_article(id),
            Page::SourcePage(at) => {
                let articles = &site.catalog.issues.pages[at].articles;
                let name = site.catalog.issues.pages[at].file.as_deref()?;
                let page =
                    articles.iter().find_map(|&id| site.source_files.file(&site.catalog.entries[id].file, name))?;
                Some((page.to_owned(), String::new()))
            }
            _ => None,
        }
    }

    fn page(&self, page: Page) -> Result<Vec<u8>, Diagnostic> {
        let renderer = Renderer::new(&self.planned.site, &self.planned.templates);
        renderer.changed_summaries(&self.changed_summaries).page(page, &|file| self.text(file))
    }

    fn text(&self, file: &str) -> Result<FileText> {
        read_text(&self.planned.article_files, &self.planned.site.config, file).map(|(text, _)| text)
    }

    fn index(&self) -> &BTreeMap<String, Vec<u8>> {
        self.index.get_or_init(|| {
            let files = Mutex::new(BTreeMap::new());
            let put = |path: &str, bytes: Vec<u8>| {
                lock(&files).insert(path.to_owned(), bytes);
                Ok(())
            };
            // An article that cannot be read is left out, and its own page reports it.
            let _ = index::write(&self.planned.site, &|file| self.text(file), &put);
            into_inner(files)
        })
    }

    /// Renders the first page of each kind, so that mistakes of templates are reported before a browser requests a page. Kinds of which
    /// `before` has pages are passed over where nothing but content has changed since.
    pub(crate) fn trial(&self, before: Option<&Self>) -> Vec<Diagnostic> {
        let tried = before.filter(|before| before.planned.rendering == self.planned.rendering);
        let mut kinds: Vec<Discriminant<Page>> = tried.map(Self::kinds).unwrap_or_default();
        let mut diagnostics = Vec::new();
        for &page in &self.planned.site.pages {
            if kinds.contains(&discriminant(&page)) {
                continue;
            }
            kinds.push(discriminant(&page));
            if let Err(diagnostic) = self.page(page)
                && !diagnostics.contains(&diagnostic)
                && !self.planned.templates.has_reported(&diagnostic)
            {
                diagnostics.push(diagnostic);
            }
        }
        diagnostics
    }

    /// The kinds of pages that there are.
    fn kinds(&self) -> Vec<Discriminant<Page>> {
        let mut kinds = Vec::new();
        for kind in self.planned.site.pages.iter().map(discriminant) {
            if !kinds.contains(&kind) {
                kinds.push(kind);
            }
        }
        kinds
    }

    /// The findings of import, content and templates.
    pub(crate) fn diagnostics(&self) -> Vec<Diagnostic> {
        let PlannedSite { imported, diagnostics, unused, .. } = &*self.planned;
        [imported.diagnostics.as_slice(), diagnostics, unused].concat()
    }

    /// What the rules of `wenzhai check` find.
    pub(crate) fn rule_findings(&self) -> Vec<Diagnostic> {
        check::findings(&self.planned.site.catalog)
    }

    /// Whether site.toml leaves findings of this kind switched on.
    pub(crate) fn reports(&self, finding: &Diagnostic) -> bool {
        self.planned.site.config.check.reports(finding)
    }

    /// The page of an article file, and the first line of it that the article is made from.
    pub(crate) fn page_of_article(&self, file: &str) -> Option<(String, usize)> {
        let Page::Article(id) = self.planned.site.page_of_file(file)? else { return None };
        let (page, line) = self.source_of_article(id)?;
        Some((page, line.parse().unwrap_or(0)))
    }

    fn source_of_article(&self, id: EntryId) -> Option<(String, String)> {
        let site = &self.planned.site;
        let entry = &site.catalog.entries[id];
        let source = entry.front.source.as_ref()?;
        let page = site.source_files.file(&entry.file, &source.page)?;
        let line = source.lines.split(['-', ',']).next().unwrap_or_default();
        Some((page.to_owned(), line.to_owned()))
    }

    pub(crate) fn imported(&self) -> &ImportReport {
        &self.planned.imported
    }

    /// The record of imports that the site was planned with.
    pub(crate) fn recorded(&self) -> Option<&Recorded> {
        self.sources.recorded.as_ref()
    }

    pub(crate) fn base_url(&self) -> &str {
        &self.planned.site.config.base_url
    }

    pub(crate) fn articles(&self) -> usize {
        self.planned.site.catalog.entries.len()
    }

    pub(crate) fn pages(&self) -> usize {
        self.planned.site.reader_pages()
    }
}

impl PreviewedSite for PreviewModel {
    fn url_of(&self, file: &str) -> Option<String> {
        let site = &self.planned.site;
        Some(site.address(site.page_of_file(file)?).as_str().to_owned())
    }

    fn picture_of(&self, page: &str) -> Option<String> {
        let site = &self.planned.site;
        let cards = Cards::of(site);
        let at = site.facsimiles.keys().find(|&&at| source_page::file(cards, at) == Some(page))?;
        Some(format!("/{}", site.beside(*at, FACSIMILE_FILES[1])))
    }

    fn other_part(&self, page: &str, file: Option<&str>, lines: &str) -> Option<OtherPart> {
        let site = &self.planned.site;
        let parts = |entry: &Entry| entry.front.source.as_ref().map_or_else(Vec::new, |source| source.more.clone());
        if let Some(file) = file {
            let Page::Article(id) = site.page_of_file(file)? else { return None };
            let title = parts(&site.catalog.entries[id]).into_iter().next()?.page;
            return Some(OtherPart { page: site.source_files.file(file, &title)?.to_owned(), title });
        }
        let is_here = |entry: &Entry, part: &ContinuedLines| {
            part.lines == lines && site.source_files.file(&entry.file, &part.page) == Some(page)
        };
        let of = site.catalog.entries.iter().find(|entry| parts(entry).iter().any(|part| is_here(entry, part)))?;
        let begins = site.source_files.file(&of.file, &of.front.source.as_ref()?.page)?;
        Some(OtherPart { page: begins.to_owned(), title: of.front.title.clone() })
    }
}

/// Whether a file is the path itself or below it.
fn is_within(file: &str, path: &str) -> bool {
    file.strip_prefix(path).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
}
