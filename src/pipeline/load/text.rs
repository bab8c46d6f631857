//! Reads the text of an article or a source page again, when a page shows it.

use crate::catalog::entry::Entry;
use crate::config::settings::Config;
use crate::content::article::FileText;
use crate::content::parse;
use crate::diagnostics::error::{Error, Result};
use crate::extract::extractor::Extractor;
use crate::import::input::decode::decode;
use crate::io::fs::file;
use crate::project::PAGES;
use crate::util::digest::Digest;
use std::path::Path;

/// The text of an article file or of a source page, and the digest of the file's bytes.
///
/// # Errors
/// The file cannot be read, or has no front matter any more.
pub(crate) fn read_text(root: &Path, file: &str) -> Result<(FileText, Digest)> {
    if file.starts_with(&format!("{PAGES}/")) {
        let bytes = file::read(root, file).map_err(Error::failure)?;
        let text = decode(file, &bytes).map_err(Error::failure)?.source.text;
        return Ok((text.into(), Digest::of_bytes(&bytes)));
    }
    let source = file::read_source(root, file).map_err(Error::failure)?;
    let text = parse::text(&source).map_err(Error::failure)?;
    Ok((text, Digest::of_bytes(source.text.as_bytes())))
}

/// The entry of an article file as it is now; none where the file has diagnostics.
pub(crate) fn read_entry(root: &Path, config: &Config, extractor: &Extractor, file: &str) -> Option<Entry> {
    let source = file::read_source(root, file).ok()?;
    match parse::article(&source, &config.theme_ids()) {
        (Some(article), diagnostics) if diagnostics.is_empty() => Some(Entry::of(&article, extractor)),
        _ => None,
    }
}
