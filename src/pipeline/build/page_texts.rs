//! Texts of the pages of files with several, so that no file is decoded once for each of its pages.
//!
//! The first page of a file that is asked for is decoded alone: after an edit, a build shows no other. With the second, all are.

use crate::config::settings::Config;
use crate::content::article::FileText;
use crate::content::page_name::file_of;
use crate::diagnostics::error::Result;
use crate::pipeline::load::text::{read_page_texts, read_text};
use crate::pipeline::tables::article_files::ArticleFiles;
use crate::util::digest::Digest;
use crate::util::sync::lock;
use std::collections::HashMap;
use std::sync::Mutex;

/// Files in memory.
const RECENT: usize = 16;
/// Bytes of the texts of a file in memory, at most; a page has some ten thousand characters.
const MOST: usize = 8 << 20;

/// A file of which a page was asked for.
#[derive(Debug)]
struct RecentFile {
    file: String,
    digest: Digest,
    /// None as long as it was one page
    texts: Option<HashMap<String, FileText>>,
}

/// The texts of the files that were read last.
#[derive(Debug, Default)]
pub(crate) struct PageTexts {
    recent: [Mutex<Option<RecentFile>>; RECENT],
}

impl PageTexts {
    /// The text of a page and the digest of its file's bytes, as [`read_text`].
    ///
    /// # Errors
    /// As [`read_text`].
    pub(crate) fn read(&self, files: &ArticleFiles, config: &Config, page: &str) -> Result<(FileText, Digest)> {
        let file = file_of(page);
        if file == page {
            return read_text(files, config, page);
        }
        let slot = &self.recent[Digest::of_bytes(file.as_bytes()).0 as usize % RECENT];
        // not locked while the file is read: two threads may both read it
        let is_second = match lock(slot).as_ref().filter(|recent| recent.file == file) {
            Some(RecentFile { digest, texts: Some(texts), .. }) => match texts.get(page) {
                Some(text) => return Ok((text.clone(), *digest)),
                None => false,
            },
            Some(_) => true,
            None => false,
        };
        if !is_second {
            let (text, digest) = read_text(files, config, page)?;
            let mut recent = lock(slot);
            if recent.as_ref().is_none_or(|recent| recent.file != file) {
                *recent = Some(RecentFile { file: file.to_owned(), digest, texts: None });
            }
            return Ok((text, digest));
        }
        let (mut texts, digest) = read_page_texts(files.root(), config, file)?;
        let Some(text) = texts.get(page).cloned() else { return read_text(files, config, page) };
        let mut size = 0;
        texts.retain(|_, text| {
            size += text.body.len();
            size <= MOST
        });
        *lock(slot) = Some(RecentFile { file: file.to_owned(), digest, texts: Some(texts) });
        Ok((text, digest))
    }
}
