//! Reads the text of an article or a source page again, when a page shows it.

use crate::catalog::entry::Entry;
use crate::config::settings::Config;
use crate::content::article::{FileText, LinePlaces};
use crate::content::page_name::file_of;
use crate::content::parse;
use crate::diagnostics::error::{Error, Result};
use crate::extract::extractor::Extractor;
use crate::import::input::decode::Decoded;
use crate::import::page::lines::{Line, Page};
use crate::io::fs::file;
use crate::pipeline::ocr::page::{DecodedPage, decode_kept, decode_kept_pages};
use crate::pipeline::tables::article_files::ArticleFiles;
use crate::project::PAGES;
use crate::util::digest::Digest;
use std::collections::HashMap;
use std::path::Path;

/// The text of an article or of a source page, and the digest of the file's bytes. Of a file with several pages, only the one that
/// is asked for is decoded.
///
/// # Errors
/// The file cannot be read, or has no front matter any more.
pub(crate) fn read_text(files: &ArticleFiles, config: &Config, file: &str) -> Result<(FileText, Digest)> {
    let root = files.root();
    if file.starts_with(&format!("{PAGES}/")) {
        let bytes = file::read(root, file_of(file)).map_err(Error::failure)?;
        let decoded = decode_kept(root, &config.ocr, file, &bytes).map_err(Error::failure)?;
        return Ok((text_with_places(decoded), Digest::of_bytes(&bytes)));
    }
    let source = files.source(file).map_err(Error::failure)?;
    let text = parse::text(&source).map_err(Error::failure)?;
    Ok((text, Digest::of_bytes(source.text.as_bytes())))
}

/// The digest of the bytes of a file or, for a page of a file with several, of that file.
///
/// # Errors
/// The file cannot be read.
pub(crate) fn read_digest(root: &Path, file: &str) -> Result<Digest> {
    file::read(root, file_of(file)).map(|bytes| Digest::of_bytes(&bytes)).map_err(Error::failure)
}

/// The texts of a file's pages by their names, and the digest of the file's bytes. Pages that cannot be read are left out.
///
/// # Errors
/// The file cannot be read.
pub(crate) fn read_page_texts(root: &Path, config: &Config, file: &str) -> Result<(HashMap<String, FileText>, Digest)> {
    let bytes = file::read(root, file).map_err(Error::failure)?;
    let mut texts = HashMap::new();
    decode_kept_pages(root, &config.ocr, file, &bytes, &mut |page: DecodedPage| {
        texts.extend(page.decoded.ok().map(|decoded| (page.name, text_with_places(decoded))));
    })
    .map_err(Error::failure)?;
    Ok((texts, Digest::of_bytes(&bytes)))
}

/// The text of a page with the places of its lines, where their file tells.
fn text_with_places(decoded: Decoded) -> FileText {
    let places = decoded.laid_out.as_ref().and_then(line_places).map(Box::new);
    FileText { places, ..decoded.source.text.into() }
}

fn line_places(page: &Page) -> Option<LinePlaces> {
    let sheet = page.sheet.filter(|[width, height]| *width > 0 && *height > 0)?;
    let rects = |line: &Line| Some((line.number, line.layout.as_ref()?.rects.clone()));
    Some(LinePlaces { sheet, rects: page.lines.iter().filter_map(rects).collect() })
}

/// The entry of an article file as it is now; none where the file has diagnostics.
pub(crate) fn read_entry(root: &Path, config: &Config, extractor: &Extractor, file: &str) -> Option<Entry> {
    let source = file::read_source(root, file).ok()?;
    match parse::article(&source, &config.theme_ids()) {
        (Some(article), diagnostics) if diagnostics.is_empty() => Some(Entry::of(&article, extractor)),
        _ => None,
    }
}
