//! Loads article files and plain pages.
//!
//! A file whose stamp is that of the cache is not read; one whose bytes are those of the cache is not parsed. Only metadata
//! stays in memory: a body is read again when its page is rendered.

use crate::catalog::entry::Entry;
use crate::config::content::RawHtml;
use crate::config::settings::Config;
use crate::content::article::FrontMatter;
use crate::content::parse;
use crate::content::plain_page::{PlainPage, parse_plain_page};
use crate::diagnostics::code::Code;
use crate::diagnostics::diagnostic::Diagnostic;
use crate::diagnostics::source::Source;
use crate::extract::extractor::Extractor;
use crate::io::fs::stamp::Stamp;
use crate::io::fs::walk::FoundFile;
use crate::message;
use crate::pipeline::incremental::article_changes::ArticleChanges;
use crate::pipeline::incremental::cache::CachedFile;
use crate::pipeline::incremental::survey::Survey;
use crate::pipeline::options::BuildOptions;
use crate::pipeline::tables::article_files::ArticleFiles;
use crate::render::markdown::left_out::{LeftOut, left_out};
use crate::template;
use crate::util::digest::Digest;
use crate::util::parallel;
use std::collections::HashMap;

/// Files that are read in parallel before their entries are collected.
const BATCH: usize = 4096;

/// The content of a site.
#[derive(Debug, Default)]
pub(crate) struct Content {
    pub(crate) entries: Vec<Entry>,
    /// articles that are not shown: drafts, and those that the filter of the site does not pass
    pub(crate) drafts: Vec<(Entry, ArticleFile)>,
    pub(crate) plains: Vec<PlainPage>,
    /// of each article file, in the order of the survey; none where it has diagnostics or is not shown
    pub(crate) files: Vec<Option<ArticleFile>>,
    pub(crate) changes: ArticleChanges,
    pub(crate) diagnostics: Vec<Diagnostic>,
}

/// An article file, its entry aside.
#[derive(Debug, Clone, Copy)]
pub(crate) struct ArticleFile {
    /// none where it is not reliable
    pub(crate) stamp: Option<Stamp>,
    pub(crate) digest: Digest,
    /// the text may link to other files of the site
    pub(crate) has_links: bool,
    /// the text holds raw HTML that is not on the list of harmless HTML
    pub(crate) loses_html: bool,
}

/// Loads the content of a site: its articles, which `found` names, and its plain pages. Files are taken out of `cached`, whose entries the same
/// extractor made.
pub(crate) fn content(
    files: &ArticleFiles,
    found: &[FoundFile],
    survey: &Survey,
    config: &Config,
    extractor: &Extractor,
    cached: &mut HashMap<String, CachedFile>,
    options: &BuildOptions,
) -> Content {
    let &BuildOptions { drafts, progress, .. } = options;
    // lists that grow by doubling would take up to twice the memory
    let (entries, loaded) = (Vec::with_capacity(found.len()), Vec::with_capacity(found.len()));
    let mut content = Content { changes: ArticleChanges::none(), entries, files: loaded, ..Content::default() };
    let stage = progress.stage(template!("read"), template!("articles"), found.len());
    let themes = config.theme_ids();
    let shown = |front: &FrontMatter| {
        let filed_under = front.filed_under().iter().map(String::as_str);
        (drafts || !front.draft) && config.content.filter.passes(front.paper.as_deref(), front.date, filed_under)
    };
    for some in found.chunks(BATCH) {
        let loader = Loader { files, themes: &themes, extractor, cached };
        let read: Vec<Option<Read>> = parallel::map(some, |file| {
            stage.add_one();
            let read = loader.read(file);
            stage.add_bytes(read.as_ref().map_or(0, |_| usize::try_from(file.stamp.size).unwrap_or(usize::MAX)));
            read
        });
        for (found, read) in some.iter().zip(read) {
            let file = content.current_file(found, read, cached.remove(&found.path));
            let stamp = Some(found.stamp).filter(|stamp| survey.trusts_article(*stamp));
            if content.add(file, stamp, shown).is_some_and(|file| file.loses_html) {
                // few files have any, and they are read again in each build
                let source = files.source(&found.path).ok();
                content.diagnostics.extend(source.iter().flat_map(|source| html_findings(source, config)));
            }
        }
    }
    drop(stage);
    if cached.values().any(|removed| removed.entry.is_some()) {
        content.changes = ArticleChanges::OtherArticles;
    }
    for file in &survey.plains {
        match files.source(&file.path).and_then(|source| Ok((parse_plain_page(&source)?, source))) {
            Ok((page, source)) if drafts || !page.draft => {
                if !left_out(&page.body).is_empty() {
                    content.diagnostics.extend(html_findings(&source, config));
                }
                content.plains.push(page);
            }
            Ok(_) => {}
            Err(diagnostic) => content.diagnostics.push(diagnostic),
        }
    }
    content
}

/// A finding for each kind of HTML that is left out of a file's text.
fn html_findings(source: &Source, config: &Config) -> Vec<Diagnostic> {
    let Ok(parts) = parse::split_front_matter(source) else { return Vec::new() };
    let finding = |LeftOut { what, count, span }| {
        let message = match count {
            0 | 1 => message!("{what} is left out of the page", what),
            count => message!("{what} is left out of the page, {count} times", what, count),
        };
        Diagnostic::new(Code::HtmlLeftOut, message)
            .at(source, parts.body.start + span.start..parts.body.start + span.end)
            .hint(message!("[content] html = \"keep\" in site.toml writes raw HTML as it stands, scripts included"))
    };
    match config.content.html {
        RawHtml::Safe => left_out(&source.text[parts.body.clone()]).into_iter().map(finding).collect(),
        RawHtml::Escape | RawHtml::Keep => Vec::new(),
    }
}

impl Content {
    /// A file as it is now, by what was read of it and by the cache.
    fn current_file(
        &mut self,
        found: &FoundFile,
        read: Option<Read>,
        before: Option<CachedFile>,
    ) -> Option<CachedFile> {
        match read {
            None => before,
            Some(Read::Same) => before.map(|file| CachedFile { stamp: Some(found.stamp), ..file }),
            Some(Read::New(new)) => {
                let before = before.as_ref().and_then(|file| Some((file.digest, file.entry.as_ref()?)));
                self.changes = std::mem::take(&mut self.changes).with(&found.path, new.entry.as_ref(), before);
                Some(*new)
            }
            Some(Read::Invalid(diagnostics)) => {
                self.changes = ArticleChanges::OtherArticles;
                self.diagnostics.extend(diagnostics);
                None
            }
        }
    }

    /// Adds the next file, where it is a valid article. Returns it where it is shown.
    fn add(
        &mut self,
        file: Option<CachedFile>,
        stamp: Option<Stamp>,
        is_shown: impl Fn(&FrontMatter) -> bool,
    ) -> Option<ArticleFile> {
        let Some(CachedFile { digest, has_links, loses_html, entry: Some(entry), .. }) = file else {
            self.files.push(None);
            return None;
        };
        let file = ArticleFile { stamp, digest, has_links, loses_html };
        let is_shown = is_shown(&entry.front);
        self.files.push(is_shown.then_some(file));
        match is_shown {
            true => self.entries.push(entry),
            false => self.drafts.push((entry, file)),
        }
        is_shown.then_some(file)
    }
}

/// The result of reading a file.
enum Read {
    /// it has the bytes of the cache
    Same,
    New(Box<CachedFile>),
    Invalid(Vec<Diagnostic>),
}

struct Loader<'a> {
    files: &'a ArticleFiles,
    themes: &'a [String],
    extractor: &'a Extractor,
    cached: &'a HashMap<String, CachedFile>,
}

impl Loader<'_> {
    /// None where the file need not be read.
    fn read(&self, found: &FoundFile) -> Option<Read> {
        let cached = self.cached.get(&found.path);
        if cached.is_some_and(|cached| cached.stamp == Some(found.stamp)) {
            return None;
        }
        Some(self.files.source(&found.path).map_or_else(
            |diagnostic| Read::Invalid(vec![diagnostic]),
            |source| {
                let digest = Digest::of_bytes(source.text.as_bytes());
                let is_same = cached.is_some_and(|cached| cached.digest == digest);
                if is_same { Read::Same } else { self.parsed(&source, digest) }
            },
        ))
    }

    fn parsed(&self, source: &Source, digest: Digest) -> Read {
        match parse::article(source, self.themes) {
            (Some(article), diagnostics) if diagnostics.is_empty() => Read::New(Box::new(CachedFile {
                stamp: None,
                digest,
                has_links: article.body.contains(".md"),
                loses_html: !left_out(&article.body).is_empty(),
                entry: Some(Entry::of(&article, self.extractor)),
            })),
            (_, diagnostics) => {
                Read::Invalid(diagnostics.into_iter().map(|found| self.files.rows.located(found)).collect())
            }
        }
    }
}
