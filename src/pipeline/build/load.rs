//! Article files → catalog.
//!
//! What an earlier build made of a file is taken as it is where the file's stamp is the same, and where its bytes are; only
//! other files are read and parsed. Only metadata stays: a body is read again when its page is rendered.

use crate::catalog::entry::{Difference, Entry};
use crate::config::settings::Config;
use crate::content::parse;
use crate::content::plain_page::{PlainPage, parse_plain_page};
use crate::diagnostics::diagnostic::Diagnostic;
use crate::diagnostics::error::{Error, Result};
use crate::diagnostics::source::Source;
use crate::extract::extractor::Extractor;
use crate::import::input::decode::decode;
use crate::io::fs::file;
use crate::io::fs::stamp::Stamp;
use crate::io::fs::walk::FoundFile;
use crate::io::progress::Progress;
use crate::pipeline::incremental::cache::CachedFile;
use crate::pipeline::incremental::survey::Survey;
use crate::project::PAGES;
use crate::util::digest::Digest;
use crate::util::parallel;
use std::collections::HashMap;
use std::path::Path;

/// Files that are read before what came of them is shelved.
const AT_ONCE: usize = 4096;

/// What the content folder holds.
#[derive(Debug, Default)]
pub(crate) struct Content {
    pub(crate) entries: Vec<Entry>,
    /// drafts, where they are not shown
    pub(crate) hidden: Vec<(Entry, ArticleFile)>,
    pub(crate) plains: Vec<PlainPage>,
    /// for each article file, where it is sound and shown
    pub(crate) files: Vec<Option<ArticleFile>>,
    pub(crate) since: Since,
    pub(crate) diagnostics: Vec<Diagnostic>,
}

/// How the articles stand to those that an earlier build knew.
#[derive(Debug, Default)]
pub(crate) enum Since {
    /// there are others, or none were known
    #[default]
    Others,
    /// the same; these files are not as they were, and their entries differ so far
    Same { files: Vec<String>, by: Difference },
}

impl Since {
    /// A file is not as it was.
    fn changed(self, file: &str, now: Option<&Entry>, before: Option<&Entry>) -> Self {
        match (self, now, before) {
            (Self::Same { mut files, by }, Some(now), Some(before)) => {
                files.push(file.to_owned());
                Self::Same { files, by: by.max(before.difference(now)) }
            }
            _ => Self::Others,
        }
    }
}

/// What is known of an article file beside its entry.
#[derive(Debug, Clone, Copy)]
pub(crate) struct ArticleFile {
    /// none where it could not be believed
    pub(crate) stamp: Option<Stamp>,
    pub(crate) digest: Digest,
    /// the text may link to other files of the site
    pub(crate) links: bool,
}

/// What entries depend on beside their files.
pub(crate) fn salt(config: &Config, extractor: &Extractor) -> Digest {
    Digest::of(&(config.theme_ids(), extractor.fingerprint()))
}

/// Reads the content of the site at `root`; drafts are shown only where they are wanted. `known` is what an earlier build
/// made under the same [`salt`].
pub(crate) fn content(
    root: &Path,
    survey: &Survey,
    config: &Config,
    extractor: &Extractor,
    known: &mut HashMap<String, CachedFile>,
    drafts: bool,
    progress: Progress,
) -> Content {
    let since = Since::Same { files: Vec::new(), by: Difference::None };
    // there may be very many: lists that double as they grow would come to twice of what is needed
    let (entries, files) = (Vec::with_capacity(survey.articles.len()), Vec::with_capacity(survey.articles.len()));
    let mut content = Content { since, entries, files, ..Content::default() };
    let stage = progress.stage("read", "articles", survey.articles.len());
    let themes = config.theme_ids();
    for some in survey.articles.chunks(AT_ONCE) {
        let shelving = Shelving { root, themes: &themes, extractor, known };
        let read: Vec<Option<Read>> = parallel::map(some, |file| {
            stage.add_one();
            let read = shelving.read(file);
            stage.add_bytes(read.as_ref().map_or(0, |_| usize::try_from(file.stamp.size).unwrap_or(usize::MAX)));
            read
        });
        for (found, read) in some.iter().zip(read) {
            let made = content.made(found, read, known.remove(&found.path));
            let stamp = Some(found.stamp).filter(|stamp| survey.believes_article(*stamp));
            content.shelve(made, stamp, drafts);
        }
    }
    drop(stage);
    if known.values().any(|gone| gone.entry.is_some()) {
        content.since = Since::Others;
    }
    let (plains, diagnostics) = plains(root, &survey.plains, drafts);
    content.plains = plains;
    content.diagnostics.extend(diagnostics);
    content
}

impl Content {
    /// What a file comes to, by what was read of it and what was known.
    fn made(&mut self, found: &FoundFile, read: Option<Read>, before: Option<CachedFile>) -> Option<CachedFile> {
        match read {
            None => before,
            Some(Read::Same) => before.map(|known| CachedFile { stamp: Some(found.stamp), ..known }),
            Some(Read::New(new)) => {
                let before = before.and_then(|known| known.entry);
                self.since = std::mem::take(&mut self.since).changed(&found.path, new.entry.as_ref(), before.as_ref());
                Some(*new)
            }
            Some(Read::Refused(diagnostics)) => {
                self.since = Since::Others;
                self.diagnostics.extend(diagnostics);
                None
            }
        }
    }

    /// The next file, where it is an article.
    fn shelve(&mut self, made: Option<CachedFile>, stamp: Option<Stamp>, drafts: bool) {
        let Some(CachedFile { digest, links, entry: Some(entry), .. }) = made else {
            self.files.push(None);
            return;
        };
        let file = ArticleFile { stamp, digest, links };
        let is_shown = drafts || !entry.front.draft;
        self.files.push(is_shown.then_some(file));
        match is_shown {
            true => self.entries.push(entry),
            false => self.hidden.push((entry, file)),
        }
    }
}

/// What came of reading a file.
enum Read {
    /// the bytes that were read before
    Same,
    New(Box<CachedFile>),
    Refused(Vec<Diagnostic>),
}

struct Shelving<'a> {
    root: &'a Path,
    themes: &'a [String],
    extractor: &'a Extractor,
    known: &'a HashMap<String, CachedFile>,
}

impl Shelving<'_> {
    /// Nothing where the file need not be read.
    fn read(&self, found: &FoundFile) -> Option<Read> {
        let known = self.known.get(&found.path);
        if known.is_some_and(|known| known.stamp == Some(found.stamp)) {
            return None;
        }
        Some(file::read_source(self.root, &found.path).map_or_else(
            |diagnostic| Read::Refused(vec![diagnostic]),
            |source| {
                let digest = Digest::of_bytes(source.text.as_bytes());
                match known.is_some_and(|known| known.digest == digest) {
                    true => Read::Same,
                    false => self.parsed(&source, digest),
                }
            },
        ))
    }

    fn parsed(&self, source: &Source, digest: Digest) -> Read {
        match parse::article(source, self.themes) {
            (Some(article), diagnostics) if diagnostics.is_empty() => Read::New(Box::new(CachedFile {
                stamp: None,
                digest,
                links: article.body.contains(".md"),
                entry: Some(Entry::of(&article, self.extractor)),
            })),
            (_, diagnostics) => Read::Refused(diagnostics),
        }
    }
}

/// Plain pages: what stands right in the folder.
fn plains(root: &Path, files: &[FoundFile], drafts: bool) -> (Vec<PlainPage>, Vec<Diagnostic>) {
    let (mut plains, mut diagnostics) = (Vec::new(), Vec::new());
    for file in files {
        match file::read_source(root, &file.path).and_then(|source| parse_plain_page(&source)) {
            Ok(page) if drafts || !page.draft => plains.push(page),
            Ok(_) => {}
            Err(diagnostic) => diagnostics.push(diagnostic),
        }
    }
    (plains, diagnostics)
}

/// The body of an article, or the text of a source page, read again for its page on the site.
///
/// # Errors
/// Where the file has gone since, or is no article any more.
pub(crate) fn body(root: &Path, file: &str) -> Result<(String, Digest)> {
    if file.starts_with(&format!("{PAGES}/")) {
        let bytes = file::read(root, file).map_err(Error::failure)?;
        let text = decode(file, &bytes).map_err(Error::failure)?.source.text;
        return Ok((text, Digest::of_bytes(&bytes)));
    }
    let source = file::read_source(root, file).map_err(Error::failure)?;
    let parts = parse::split_front_matter(&source).map_err(Error::failure)?;
    let digest = Digest::of_bytes(source.text.as_bytes());
    Ok((source.text[parts.body].to_owned(), digest))
}

/// What an article file comes to now; nothing where it is none, or has findings.
pub(crate) fn reread(root: &Path, config: &Config, extractor: &Extractor, file: &str) -> Option<Entry> {
    let source = file::read_source(root, file).ok()?;
    match parse::article(&source, &config.theme_ids()) {
        (Some(article), diagnostics) if diagnostics.is_empty() => Some(Entry::of(&article, extractor)),
        _ => None,
    }
}
