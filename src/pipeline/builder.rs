//! Catalog → site → files.
//!
//! 1. settings; 2. import what is new; 3. read the content; 4. shelve and plan; 5. load templates and static files;
//! 6. render every page into memory, or what has changed into a folder ([`crate::pipeline::build::write`])
//!
//! What is wrong with content is a finding and the rest is built; the command then ends with 1.

use crate::builtin;
use crate::catalog::catalog::Catalog;
use crate::catalog::entry::{Difference, Entry, EntryId};
use crate::config::settings::Config;
use crate::diagnostics::code::Code;
use crate::diagnostics::diagnostic::Diagnostic;
use crate::diagnostics::error::{Error, Result};
use crate::extract::extractor::Extractor;
use crate::io::fs::file;
use crate::io::fs::stamp::Stamp;
use crate::io::fs::walk::FoundFile;
use crate::io::output::sink::{MemorySink, Sink};
use crate::io::progress::Progress;
use crate::pipeline::build::load::{ArticleFile, Since, body, content, salt};
use crate::pipeline::build::locate::located;
use crate::pipeline::build::origins::origins;
use crate::pipeline::import::job::{ImportJob, ImportReport, pages_in};
use crate::pipeline::import::run::import;
use crate::pipeline::incremental::cache::{Cache, CacheHeader};
use crate::pipeline::incremental::survey::{StampTrust, Survey};
use crate::pipeline::incremental::up_to_date::whole;
use crate::pipeline::options::BuildOptions;
use crate::project::{ARTICLES, CONTENT, PAGES, STATICS, TEMPLATES, settings, shown};
use crate::render::engine::templates::Templates;
use crate::render::engine::unused_fields::{ARTICLE_TEMPLATE, RELATED_FIELD};
use crate::render::renderer::Renderer;
use crate::search::index;
use crate::site::page::Page;
use crate::site::plan::plan;
use crate::site::site::Site;
use crate::util::digest::Digest;
use crate::util::parallel;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

/// A site, ready to be rendered.
#[derive(Debug)]
pub struct Prepared {
    pub(crate) site: Site,
    /// finds in a text what its entry holds
    pub(crate) extractor: Extractor,
    pub(crate) templates: Templates,
    /// path below `static/` → where its bytes are
    pub(crate) statics: BTreeMap<String, Static>,
    pub(crate) imported: ImportReport,
    pub diagnostics: Vec<Diagnostic>,
    /// of each article
    files: Vec<Option<ArticleFile>>,
    /// drafts that are not shown
    hidden: Vec<(Entry, ArticleFile)>,
    /// the articles whose texts changed, where nothing else did since the last build
    pub(crate) changed_summaries: Option<Vec<EntryId>>,
    /// what stands for everything, for the next build
    pub(crate) head: CacheHeader,
    pub(crate) progress: Progress,
}

impl Prepared {
    /// What is known of an article that is shown, by its file.
    pub(crate) fn file(&self, file: &str) -> Option<&ArticleFile> {
        match self.site.page_of_file(file) {
            Some(Page::Article(id)) => self.files[id].as_ref(),
            _ => None,
        }
    }

    /// All articles, those that are shown first.
    pub(crate) fn articles(&self) -> impl Iterator<Item = (&Entry, &ArticleFile)> {
        let shown = self.site.catalog.entries.iter().zip(&self.files);
        let shown = shown.filter_map(|(entry, file)| Some((entry, file.as_ref()?)));
        shown.chain(self.hidden.iter().map(|(entry, file)| (entry, file)))
    }
}

/// A static file: the site's own, or one that is built in.
#[derive(Debug, Clone)]
pub(crate) enum Static {
    /// its stamp, where that can be believed
    Own(Option<Stamp>),
    Builtin(&'static str),
}

/// Builds a site.
#[derive(Debug)]
pub struct Builder {
    root: PathBuf,
}

impl Builder {
    pub fn new(root: &Path) -> Self {
        Self { root: root.to_owned() }
    }

    pub(crate) fn root(&self) -> &Path {
        &self.root
    }

    /// Does everything but render.
    ///
    /// # Errors
    /// A configuration error from site.toml; a failure where the content folder is missing or the disk refuses.
    pub fn prepare(&self, options: &BuildOptions) -> Result<Prepared> {
        let config = self.config(options)?;
        let survey = Survey::of(&self.root, StampTrust::Nothing);
        self.ready(config, options, survey, &mut Cache::default(), |_| StampTrust::Nothing)
    }

    /// The settings of a site that can be built: nothing is written before it is known that there is one.
    ///
    /// # Errors
    /// A configuration error from site.toml; a failure where the content folder is missing.
    pub(crate) fn config(&self, options: &BuildOptions) -> Result<Config> {
        let config = settings(&self.root)?;
        self.demand_content()?;
        match &options.base_url {
            Some(url) => config.at_base_url(url),
            None => Ok(config),
        }
    }

    /// As [`Self::prepare`], with what the last build kept; what it kept of article files is taken out of it. `later` tells
    /// which stamps are believed of articles that an import has just written, by the stamp of the last of them.
    ///
    /// # Errors
    /// What the disk refuses.
    pub(crate) fn ready(
        &self,
        config: Config,
        options: &BuildOptions,
        survey: Survey,
        kept: &mut Cache,
        later: impl FnOnce(Stamp) -> StampTrust,
    ) -> Result<Prepared> {
        let (imported, survey) = self.imported(&config, options, survey, &kept.head, later)?;
        let (own, unread) = self.own_templates(&survey);
        let extractor =
            Extractor::new(&config).with_keywords(Templates::will_mention(&own, ARTICLE_TEMPLATE, RELATED_FIELD));
        let salt = salt(&config, &extractor);
        if kept.head.salt != Some(salt) {
            kept.files.retain(|_, known| known.entry.is_none());
        }
        let content =
            content(&self.root, &survey, &config, &extractor, &mut kept.files, options.drafts, options.progress);
        let stage = options.progress.stage("plan", "articles", content.entries.len());
        stage.add(content.entries.len());
        let statics = self.statics(&survey);
        let names: Vec<String> = statics.keys().cloned().collect();
        let plan = || {
            let catalog = Catalog::index(content.entries, &config.themes);
            plan(config, catalog, content.plains, &names)
        };
        let ((mut site, findings), (templates, faults)) = rayon::join(plan, || Templates::load(&own));
        site.source_files = origins(&self.root);
        let mut diagnostics = survey.diagnostics.clone();
        diagnostics.extend(content.diagnostics);
        diagnostics.extend(findings.into_iter().map(|diagnostic| located(&self.root, diagnostic)));
        diagnostics.extend(unread);
        diagnostics.extend(faults);
        drop(stage);
        let frame = frame(&site, &templates, options, &survey, &names);
        let changed_summaries = changed_summaries(&site, &templates, &content.since)
            .filter(|_| frame.is_some() && frame == kept.head.frame);
        let head = CacheHeader {
            salt: Some(salt),
            frame,
            whole: whole(options, &survey),
            import: survey.import().filter(|_| imported.diagnostics.is_empty()),
            articles: site.catalog.entries.len(),
            pages: site.pages.len(),
            ..CacheHeader::default()
        };
        let files = by_article(&site, &survey.articles, content.files);
        let (hidden, progress) = (content.hidden, options.progress);
        Ok(Prepared {
            site,
            extractor,
            templates,
            statics,
            imported,
            diagnostics,
            files,
            hidden,
            changed_summaries,
            head,
            progress,
        })
    }

    /// Without its content, a site would come out empty: better to stop.
    fn demand_content(&self) -> Result<()> {
        if file::exists(&self.root.join(CONTENT)) {
            return Ok(());
        }
        let diagnostic =
            Diagnostic::new(Code::NoContent, format!("there is no folder {CONTENT}/ in {}", shown(&self.root)));
        Err(Error::failure(diagnostic.hint("source pages belong into content/pages/, plain pages into content/")))
    }

    /// Imports what is new, where something may be.
    fn imported(
        &self,
        config: &Config,
        options: &BuildOptions,
        survey: Survey,
        before: &CacheHeader,
        later: impl FnOnce(Stamp) -> StampTrust,
    ) -> Result<(ImportReport, Survey)> {
        let is_same = before.import.is_some() && before.import == survey.import();
        if options.no_import || is_same && !options.full {
            return Ok((ImportReport::default(), survey));
        }
        let imported = self.import(config, options)?;
        // another process may have imported meanwhile
        if !survey.has_new_articles(&self.root) {
            return Ok((imported, survey));
        }
        let survey = survey.with_new_articles(&self.root, later);
        Ok((imported, survey))
    }

    fn import(&self, config: &Config, options: &BuildOptions) -> Result<ImportReport> {
        let (pages, diagnostics) = pages_in(&self.root, PAGES);
        let job = ImportJob {
            root: self.root.clone(),
            pages,
            into: self.root.join(ARTICLES),
            into_shown: format!("{ARTICLES}/"),
            date: None,
            paper: None,
            page: None,
            // an article that a person took out stays out, however often the site is built
            again: false,
            unchanged_too: options.full,
            dry_run: false,
            ledger: false,
            progress: options.progress,
        };
        let mut imported = import(&job, config, &mut |_| Ok(()))?;
        imported.diagnostics.extend(diagnostics);
        Ok(imported)
    }

    fn statics(&self, survey: &Survey) -> BTreeMap<String, Static> {
        let mut statics: BTreeMap<String, Static> =
            builtin::STATICS.iter().map(|&(name, text)| (name.to_owned(), Static::Builtin(text))).collect();
        for file in &survey.statics {
            let name = file.path.strip_prefix(&format!("{STATICS}/")).unwrap_or(&file.path).to_owned();
            let stamp = Some(file.stamp).filter(|stamp| survey.believes(*stamp));
            statics.insert(name, Static::Own(stamp));
        }
        statics
    }

    /// Name below `templates/` and text of the site's own, and why some could not be read.
    fn own_templates(&self, survey: &Survey) -> (Vec<(String, String)>, Vec<Diagnostic>) {
        let (mut own, mut diagnostics) = (Vec::new(), Vec::new());
        for file in &survey.templates {
            match file::read_source(&self.root, &file.path) {
                Ok(source) => {
                    let name = file.path.strip_prefix(&format!("{TEMPLATES}/")).unwrap_or(&file.path);
                    own.push((name.to_owned(), source.text));
                }
                Err(diagnostic) => diagnostics.push(diagnostic),
            }
        }
        (own, diagnostics)
    }

    /// Renders everything into memory: path → bytes.
    ///
    /// # Errors
    /// What a sink refuses: a path that leads nowhere.
    pub fn render_to_memory(&self, ready: &mut Prepared) -> Result<BTreeMap<String, Vec<u8>>> {
        let sink = MemorySink::default();
        for (name, file) in &ready.statics {
            match file {
                Static::Builtin(text) => sink.put(name, text.as_bytes()).map(drop)?,
                Static::Own(_) => match file::read(&self.root.join(STATICS), name) {
                    Ok(bytes) => sink.put(name, &bytes).map(drop)?,
                    Err(diagnostic) => ready.diagnostics.push(diagnostic),
                },
            }
        }
        let bodies = |file: &str| body(&self.root, file).map(|(body, _)| body);
        let put = |path: &str, bytes: Vec<u8>| sink.put(path, &bytes).map(drop);
        let findings = Renderer::new(&ready.site, &ready.templates).all(&bodies, &put)?;
        index::write(&ready.site, &bodies, &put)?;
        ready.diagnostics.extend(findings);
        Ok(sink.into_files())
    }
}

/// What is known of files, in the order of articles.
fn by_article(site: &Site, found: &[FoundFile], files: Vec<Option<ArticleFile>>) -> Vec<Option<ArticleFile>> {
    let pages = parallel::stream(found, |found| site.page_of_file(&found.path));
    let mut of = vec![None; site.catalog.entries.len()];
    for (page, file) in pages.zip(files) {
        if let Some(Page::Article(id)) = page {
            of[id] = file;
        }
    }
    of
}

/// What stands for all that pages are made from beside the articles; nothing where the files of source pages cannot be
/// believed.
fn frame(
    site: &Site,
    templates: &Templates,
    options: &BuildOptions,
    survey: &Survey,
    statics: &[String],
) -> Option<Digest> {
    let Site { config, plain_pages, shards, .. } = site;
    let settings = Digest::of(&(format!("{config:?} {plain_pages:?} {shards:?}"), options.drafts, statics));
    Some(Digest::of_all([survey.import()?, settings, templates.digest_of_all()]))
}

/// The articles whose texts changed, where pages can show no other change.
fn changed_summaries(site: &Site, templates: &Templates, since: &Since) -> Option<Vec<EntryId>> {
    let Since::Same { files, by } = since else { return None };
    let article = |file: &String| match site.page_of_file(file) {
        Some(Page::Article(id)) => Some(id),
        // a draft, which no page shows
        _ => None,
    };
    shows_alone_in_texts(templates, *by).then(|| files.iter().filter_map(article).collect())
}

/// Whether entries that differ so far make a difference to those pages alone that read their texts.
pub(crate) fn shows_alone_in_texts(templates: &Templates, by: Difference) -> bool {
    match by {
        Difference::None | Difference::Summary => true,
        // kin is told by words, and all articles may be kin
        Difference::Keywords => !templates.mentions(ARTICLE_TEMPLATE, RELATED_FIELD),
        Difference::Structure => false,
    }
}
