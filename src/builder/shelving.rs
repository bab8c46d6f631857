//! Article files → library.
//!
//! Every file is read; what an earlier build made of the same bytes is kept. Only metadata stays: a body is read again when
//! its page is rendered.

use crate::base::error::{Error, Result};
use crate::base::note::Note;
use crate::base::source::Source;
use crate::base::stage::{self, Memo};
use crate::builder::project::{ARTICLES, CONTENT, PAGES};
use crate::config::Config;
use crate::content::parse;
use crate::content::plain::{PlainPage, plain_page};
use crate::edge::progress::Progress;
use crate::edge::{disk, walk};
use crate::import::decode::decode;
use crate::library::entry::Entry;
use crate::library::reading::Reading;
use std::path::Path;

/// What the content folder holds.
#[derive(Debug, Default)]
pub struct Content {
    pub entries: Vec<Entry>,
    pub plains: Vec<PlainPage>,
    pub notes: Vec<Note>,
}

/// What was made of an article file.
type Made = (Option<Entry>, Vec<Note>);

/// What earlier builds made of article files: by file, bytes and themes.
#[derive(Debug, Default)]
pub struct Shelving {
    made: Memo<(String, blake3::Hash), Made>,
}

impl Shelving {
    /// Reads the content of the site at `root`; drafts only where they are wanted.
    pub fn read(&mut self, root: &Path, config: &Config, drafts: bool, progress: Progress) -> Content {
        let mut content = Content::default();
        let (files, notes) = walk::list(root, ARTICLES, &["md"]);
        content.notes.extend(notes);
        let themes = config.theme_ids();
        let stage = progress.stage("read", "articles", files.len());
        let sources = stage::map(&files, |file| {
            stage.one();
            disk::read_source(root, &file.path).inspect(|source| stage.bytes(source.text.len()))
        });
        let mut read: Vec<Source> = Vec::new();
        for source in sources {
            match source {
                Ok(source) => read.push(source),
                Err(note) => content.notes.push(note),
            }
        }
        let reading = Reading::new(config);
        let salt = format!("{}\0{}", themes.join("\0"), reading.salt());
        let key = |source: &Source| (source.name.clone(), hash(&salt, &source.text));
        for (entry, notes) in self.made.map(&read, key, |source| made(source, &themes, &reading)) {
            content.entries.extend(entry.filter(|entry| drafts || !entry.front.draft));
            content.notes.extend(notes);
        }
        let (plains, notes) = plains(root, drafts);
        content.plains = plains;
        content.notes.extend(notes);
        content
    }
}

fn hash(salt: &str, text: &str) -> blake3::Hash {
    let mut hasher = blake3::Hasher::new();
    hasher.update(salt.as_bytes()).update(b"\0").update(text.as_bytes());
    hasher.finalize()
}

fn made(source: &Source, themes: &[String], reading: &Reading) -> Made {
    let (article, notes) = parse::article(source, themes);
    (article.as_ref().map(|article| Entry::of(article, reading)), notes)
}

/// `content/*.md`: only what stands right in the folder.
fn plains(root: &Path, drafts: bool) -> (Vec<PlainPage>, Vec<Note>) {
    let (mut plains, mut notes) = (Vec::new(), Vec::new());
    let (files, findings) = walk::list(root, CONTENT, &["md"]);
    let is_own = |path: &str| path.matches('/').count() == CONTENT.matches('/').count() + 1;
    // what stands deeper is told by those who look there
    notes.extend(findings.into_iter().filter(|note| note.place.as_ref().is_some_and(|place| is_own(&place.file))));
    for file in files.iter().filter(|file| is_own(&file.path)) {
        match disk::read_source(root, &file.path).and_then(|source| plain_page(&source)) {
            Ok(page) if drafts || !page.draft => plains.push(page),
            Ok(_) => {}
            Err(note) => notes.push(note),
        }
    }
    (plains, notes)
}

/// The body of an article, or the text of a source page, read again for its page on the site.
///
/// # Errors
/// Where the file has gone since, or is no article any more.
pub fn body(root: &Path, file: &str) -> Result<String> {
    if file.starts_with(&format!("{PAGES}/")) {
        let bytes = disk::read(root, file).map_err(Error::failure)?;
        return Ok(decode(file, &bytes).map_err(Error::failure)?.source.text);
    }
    let source = disk::read_source(root, file).map_err(Error::failure)?;
    let parts = parse::split(&source).map_err(Error::failure)?;
    Ok(source.text[parts.body].to_owned())
}
