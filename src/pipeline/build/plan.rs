//! Plans a site: everything that a build does before it writes a page.
//!
//! 1. source pages that are new or have changed are imported
//! 2. the content is loaded; faults in it are diagnostics, and the rest is built
//! 3. articles are indexed and pages are planned; at the same time the templates are loaded
//! 4. the address book is written, where names are new

use crate::catalog::catalog::Catalog;
use crate::catalog::entry::{Entry, EntryId};
use crate::catalog::source_files::SourceFiles;
use crate::config::settings::Config;
use crate::content::address_book::AddressBook;
use crate::diagnostics::code::Code;
use crate::diagnostics::diagnostic::Diagnostic;
use crate::diagnostics::error::{Error, Result};
use crate::extract::extractor::Extractor;
use crate::import::record::PageRecord;
use crate::io::fs::file;
use crate::io::fs::stamp::Stamp;
use crate::io::fs::walk::FoundFile;
use crate::io::progress::Progress;
use crate::message;
use crate::pipeline::build::address_book::StoredAddresses;
use crate::pipeline::build::changed_articles::{changed_texts, edited};
use crate::pipeline::build::facsimiles::add_facsimiles;
use crate::pipeline::build::sources::{KnownSources, Sources};
use crate::pipeline::build::static_files::{StaticFile, in_order_of_claims, static_files, templates_without_page};
use crate::pipeline::import::job::{ImportJob, ImportReport, PageFile, Recorded, pages_among};
use crate::pipeline::import::run::import;
use crate::pipeline::import::unused::unused_files;
use crate::pipeline::incremental::cache::{Cache, CacheHeader};
use crate::pipeline::incremental::import_check::last_import;
use crate::pipeline::incremental::survey::{StampTrust, Survey};
use crate::pipeline::incremental::up_to_date::digest_of_sources;
use crate::pipeline::load::content::{ArticleFile, content};
use crate::pipeline::load::locate::located;
use crate::pipeline::ocr::cache::has_result;
use crate::pipeline::options::BuildOptions;
use crate::pipeline::tables::article_files::ArticleFiles;
use crate::pipeline::tables::json_lines::as_json_lines;
use crate::pipeline::tables::rows::Rows;
use crate::project::{ARTICLES, CONTENT, PAGES, TEMPLATES, settings, shown};
use crate::render::engine::templates::Templates;
use crate::render::engine::unused_fields::{ARTICLE_TEMPLATE, RELATED_FIELD};
use crate::site::page::Page;
use crate::site::plan;
use crate::site::site::Site;
use crate::template;
use crate::util::digest::Digest;
use crate::util::parallel;
use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

/// A site that is ready to be rendered.
#[derive(Debug)]
pub struct PlannedSite {
    pub(crate) site: Site,
    pub(crate) extractor: Extractor,
    pub(crate) templates: Templates,
    /// by their paths below `static/`
    pub(crate) statics: BTreeMap<String, StaticFile>,
    pub(crate) imported: ImportReport,
    /// findings about the content and the templates
    pub diagnostics: Vec<Diagnostic>,
    /// source files that are used for nothing: known from the survey alone, and so no reason to look at the site again
    pub(crate) unused: Vec<Diagnostic>,
    /// the texts of articles and pages
    pub(crate) article_files: ArticleFiles,
    /// of each article, in the order of the catalog
    files: Vec<Option<ArticleFile>>,
    /// articles that are not shown: drafts, and those that the filter of the site does not pass
    drafts: Vec<(Entry, ArticleFile)>,
    /// the articles whose texts have changed, where nothing else has since the last build
    pub(crate) changed_texts: Option<Vec<EntryId>>,
    /// articles whose files have changed since the last build, ascending, and the digests that these had in it
    pub(crate) edited: Vec<(EntryId, Digest)>,
    /// for the cache of this build
    pub(crate) header: CacheHeader,
    /// digest of all that decides on how pages are made: settings, templates, static files, options
    pub(crate) rendering: Digest,
    /// digest of what all parts of a site have in common of this
    pub(crate) shared: Digest,
    pub(crate) progress: Progress,
}

impl PlannedSite {
    /// The file of an article that is shown.
    pub(crate) fn file(&self, file: &str) -> Option<&ArticleFile> {
        match self.site.page_of_file(file) {
            Some(Page::Article(id)) => self.files[id].as_ref(),
            _ => None,
        }
    }

    /// The articles that are shown, with their files.
    pub(crate) fn shown(&self) -> impl Iterator<Item = (&Entry, &ArticleFile)> {
        let shown = self.site.catalog.entries.iter().zip(&self.files);
        shown.filter_map(|(entry, file)| Some((entry, file.as_ref()?)))
    }

    /// All articles with their files, those that are shown first.
    pub(crate) fn articles(&self) -> impl Iterator<Item = (&Entry, &ArticleFile)> {
        self.shown().chain(self.drafts.iter().map(|(entry, file)| (entry, file)))
    }
}

/// The settings of the site at `root`. Whether that can be built is checked before anything is written.
///
/// # Errors
/// A configuration error from site.toml; a failure where the content folder is missing.
pub(crate) fn site_settings(root: &Path, options: &BuildOptions) -> Result<Config> {
    let config = settings(root)?;
    // without its content, a site would come out empty
    if !file::exists(&root.join(CONTENT)) {
        let diagnostic = Diagnostic::new(
            Code::NoContent,
            message!("there is no folder {content}/ in {root}", content = CONTENT, root = shown(root)),
        );
        let hint = message!("source pages belong into content/pages/, plain pages into content/");
        return Err(Error::failure(diagnostic.hint(hint)));
    }
    match &options.base_url {
        Some(url) => config.at_base_url(url),
        None => Ok(config),
    }
}

/// Plans the site at `root`. Files are taken out of `cache`. `later` returns the trust in stamps of articles that an import has
/// just written, given the stamp of the last of them.
///
/// # Errors
/// The disk refuses to write what is imported.
pub(crate) fn plan(
    root: &Path,
    config: Config,
    options: &BuildOptions,
    survey: Survey,
    cache: &mut Cache,
    known: Option<KnownSources<'_>>,
    later: impl Fn(Stamp) -> StampTrust,
) -> Result<(PlannedSite, Sources)> {
    let (imported, mut sources) = import_changes(root, &config, options, survey, &cache.header, known, &later)?;
    let survey = &mut sources.survey;
    let addresses = StoredAddresses::read(root, survey);
    let (own, unread) = own_templates(root, survey);
    let extractor =
        Extractor::new(&config).with_keywords(Templates::will_mention(&own, ARTICLE_TEMPLATE, RELATED_FIELD));
    // all that entries are made from, files aside
    let entry_inputs = Digest::of(&(config.theme_ids(), extractor.fingerprint()));
    if cache.header.entry_inputs != Some(entry_inputs) {
        cache.files.retain(|_, file| file.entry.is_none());
    }
    let (article_files, found, of_rows) = articles(root, survey, &config);
    let mut content = content(&article_files, &found, survey, &config, &extractor, &mut cache.files, options);
    content.changes = cache.changes.take().unwrap_or(content.changes);
    let stage = options.progress.stage(template!("plan"), template!("articles"), content.entries.len());
    stage.add(content.entries.len());
    let (mut statics, misnamed) = static_files(survey);
    let names = in_order_of_claims(&statics);
    let plan = || {
        let catalog = plan::index(content.entries, &config);
        let (book, part) = (addresses.book.clone(), options.part.clone());
        plan::plan_part(config, catalog, content.plains, &names, book, addresses.were_hashed, part)
    };
    let ((mut site, findings), (templates, faults)) = rayon::join(plan, || Templates::load(&own));
    let shared = shared_inputs(&site, &templates, entry_inputs, options, &addresses.book);
    let of_addresses = addresses.keep(root, &site, survey, options, &later);
    let survey = &*survey;
    site.source_files = source_files(root, &site.catalog, survey, sources.recorded.as_ref());
    let unrendered = add_facsimiles(root, &mut site, survey, options.progress);
    statics.retain(|name, _| site.part.copies_statics() && site.statics.contains(name));
    let of_pages = findings.into_iter().map(|diagnostic| located(&article_files, diagnostic)).collect();
    let of_content = [survey.diagnostics.clone(), of_rows, content.diagnostics, of_addresses, of_pages, unrendered];
    let of_templates = [misnamed, templates_without_page(&own, &statics), unread, faults];
    let diagnostics = of_content.into_iter().chain(of_templates).flatten().collect();
    drop(stage);
    let of_rendering = rendering_inputs(&site, &templates, options, &names);
    let rendering = Digest::of_all([of_rendering, Digest::of(&site.index_files)]);
    // the search page, which alone shows how many files the index has, shows every article and so each change of one
    let page_inputs = page_inputs(of_rendering, survey);
    let is_same_but_articles = page_inputs.is_some() && page_inputs == cache.header.page_inputs;
    let inputs = CacheHeader { entry_inputs: Some(entry_inputs), page_inputs, ..CacheHeader::default() };
    let header = cache_header(inputs, &site, &imported, options, survey);
    let unused = unused_pages(survey);
    let planned = PlannedSite {
        edited: edited(&site, &content.changes),
        changed_texts: changed_texts(&site, &templates, &content.changes).filter(|_| is_same_but_articles),
        files: in_order_of_catalog(&site, &found, content.files),
        drafts: content.drafts,
        article_files,
        progress: options.progress,
        site,
        extractor,
        templates,
        statics,
        imported,
        diagnostics,
        rendering,
        shared,
        unused,
        header,
    };
    Ok((planned, sources))
}

/// The articles of a site, files and rows, sorted by path, and why rows cannot be articles.
fn articles(root: &Path, survey: &Survey, config: &Config) -> (ArticleFiles, Vec<FoundFile>, Vec<Diagnostic>) {
    let (filter, mut diagnostics) = (&config.content.filter, Vec::new());
    let tables = as_json_lines(root, &survey.tables, filter, &mut diagnostics);
    let rows = Rows::of(tables, filter, &survey.articles, &mut diagnostics);
    let mut found: Vec<FoundFile> = survey.articles.iter().cloned().chain(rows.found_files()).collect();
    found.sort_by(|a, b| a.path.cmp(&b.path));
    (ArticleFiles::new(root, rows), found, diagnostics)
}

/// What the cache of this build begins with, `inputs` completed by what the site was planned from.
fn cache_header(
    inputs: CacheHeader,
    site: &Site,
    imported: &ImportReport,
    options: &BuildOptions,
    survey: &Survey,
) -> CacheHeader {
    CacheHeader {
        sources: digest_of_sources(options, survey),
        import: survey.import.digest().filter(|_| imported.diagnostics.is_empty()),
        articles: site.catalog.entries.len(),
        pages: site.reader_pages(),
        ..inputs
    }
}

/// A finding for each file in the folder of pages that is used for nothing.
pub(crate) fn unused_pages(survey: &Survey) -> Vec<Diagnostic> {
    unused_files(survey.import.pages.iter().map(|file| file.path.as_str()))
}

/// Imports source pages, where some may be new or have changed.
///
/// # Errors
/// The disk refuses to write.
pub(crate) fn import_changes(
    root: &Path,
    config: &Config,
    options: &BuildOptions,
    survey: Survey,
    before: &CacheHeader,
    known: Option<KnownSources<'_>>,
    later: impl FnOnce(Stamp) -> StampTrust,
) -> Result<(ImportReport, Sources)> {
    let is_same = || {
        let digest = survey.import.digest();
        digest.is_some() && (before.import == digest || last_import(root) == digest)
    };
    if options.no_import || !options.full && is_same() {
        let recorded = known.and_then(|known| known.sources.recorded.clone());
        return Ok((ImportReport::default(), Sources::unchanged(root, survey, recorded)));
    }
    let job = ImportJob::of_files(root, listed_pages(&survey), options.progress);
    let earlier = known.and_then(|known| known.earlier_import(&survey)).filter(|_| !options.no_import);
    let job = ImportJob { includes_unchanged: options.full, earlier, ..job };
    let mut imported = import(&job, config, &mut |_| Ok(()))?;
    let sources = Sources::after_import(root, survey, &mut imported, known.is_some(), later);
    imported.diagnostics.extend(sources.survey.import.diagnostics.iter().cloned());
    Ok((imported, sources))
}

/// The files of pages in a survey.
fn listed_pages(survey: &Survey) -> Vec<PageFile> {
    pages_among(survey.import.pages.iter().map(|file| file.path.as_str()), PAGES)
}

/// The files of source pages, and which article came from which. Those that cannot be read are reported by import.
fn source_files(root: &Path, catalog: &Catalog, survey: &Survey, recorded: Option<&Recorded>) -> SourceFiles {
    let unknown = BTreeMap::new();
    let recorded = recorded.map_or(&unknown, |recorded| &recorded.record.pages);
    // the text of a scan is shown as long as what the OCR command made of it is there
    let is_lost = |record: &PageRecord| !record.ocr.is_empty() && !has_result(root, &record.ocr);
    let lost: BTreeSet<String> =
        recorded.iter().filter(|(_, record)| is_lost(record)).map(|(page, _)| page.clone()).collect();
    let files = listed_pages(survey).into_iter().map(|page| page.path);
    let recorded = recorded.iter().flat_map(|(page, record)| {
        record.articles.keys().map(move |article| (format!("{ARTICLES}/{article}"), page.clone()))
    });
    let names = catalog.issues.pages.iter().filter_map(|page| page.file.as_deref());
    SourceFiles::new(files, recorded, names, lost)
}

/// The site's own templates as names and texts, and why some could not be read.
fn own_templates(root: &Path, survey: &Survey) -> (Vec<(String, String)>, Vec<Diagnostic>) {
    let (mut own, mut diagnostics) = (Vec::new(), Vec::new());
    for file in &survey.templates {
        match file::read_source(root, &file.path) {
            Ok(source) => {
                let name = file.path.strip_prefix(&format!("{TEMPLATES}/")).unwrap_or(&file.path);
                own.push((name.to_owned(), source.text));
            }
            Err(diagnostic) => diagnostics.push(diagnostic),
        }
    }
    (own, diagnostics)
}

/// The files of articles in the order of the catalog.
fn in_order_of_catalog(site: &Site, found: &[FoundFile], files: Vec<Option<ArticleFile>>) -> Vec<Option<ArticleFile>> {
    let pages = parallel::stream(found, |found| site.page_of_file(&found.path));
    let mut ordered = vec![None; site.catalog.entries.len()];
    for (page, file) in pages.zip(files) {
        if let Some(Page::Article(id)) = page {
            ordered[id] = file;
        }
    }
    ordered
}

/// The digest of all that decides on how pages are made, but for the number of files of the search index.
fn rendering_inputs(site: &Site, templates: &Templates, options: &BuildOptions, statics: &[String]) -> Digest {
    let Site { config, plain_pages, book, .. } = site;
    let settings = Digest::of(&(config, plain_pages, options.drafts, statics, book));
    Digest::of_all([settings, templates.digest_of_all()])
}

/// The digest of what all parts of a site are made from: their pages fit together where it is the same.
fn shared_inputs(
    site: &Site,
    templates: &Templates,
    entry_inputs: Digest,
    options: &BuildOptions,
    book: &AddressBook,
) -> Digest {
    let menu: Vec<(&str, &str)> = site.plain_pages.iter().map(|page| (&*page.file, &*page.title)).collect();
    let settings = Digest::of(&(site.config.of_shard(None), menu, options.drafts, &site.statics, book));
    Digest::of_all([settings, templates.digest_of_all(), entry_inputs])
}

/// The digest of all that pages are made from, articles aside; none where a stamp of a source page is not reliable.
fn page_inputs(rendering: Digest, survey: &Survey) -> Option<Digest> {
    Some(Digest::of_all([survey.import.digest()?, survey.results, rendering]))
}
