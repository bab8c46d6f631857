//! Opens one page for a person who corrects it: its lines with the roles and articles that import finds, before corrections.

use crate::config::settings::Config;
use crate::content::page_name::{file_and_number, file_of};
use crate::diagnostics::code::Code;
use crate::diagnostics::diagnostic::Diagnostic;
use crate::diagnostics::source::Source;
use crate::import::page_import::{LinkedPage, find_articles};
use crate::import::page_metadata::PageMetadata;
use crate::import::record::ImportRecord;
use crate::import::sidecar::corrections::Sidecar;
use crate::io::progress::Progress;
use crate::message;
use crate::pipeline::import::job::{ImportJob, PageFile};
use crate::pipeline::import::parsed_pages::ParsedSource;
use crate::pipeline::import::read::{LookedAt, OpenedPage, PageReader};
use std::path::Path;

/// A page before its corrections.
#[derive(Debug, Clone)]
pub(crate) struct UncorrectedPage {
    pub(crate) source: Source,
    pub(crate) linked: LinkedPage,
    /// what is known of the page beside its text; without its sidecar
    pub(crate) metadata: PageMetadata,
    /// of its decoding
    pub(crate) diagnostics: Vec<Diagnostic>,
}

/// The names of the pages of a file.
///
/// # Errors
/// Why the file cannot be read.
pub(crate) fn pages_of_file(
    root: &Path,
    config: &Config,
    record: &ImportRecord,
    file: &str,
) -> Result<Vec<String>, Vec<Diagnostic>> {
    let file =
        PageFile { path: file.to_owned(), name: file.to_owned(), requested: true, named: true, ..PageFile::default() };
    let mut job = ImportJob::of_files(root, vec![file.clone()], Progress::default());
    job.dry_run = true;
    let pages = PageReader::new(&job, config, record, None).look(&file).pages;
    Ok(pages.into_iter().map(|(page, _)| page.path).collect())
}

/// Opens a page, named by its path below the site's root.
///
/// # Errors
/// Why it cannot be read.
pub(crate) fn open_page(
    root: &Path,
    config: &Config,
    record: &ImportRecord,
    page: &str,
) -> Result<UncorrectedPage, Vec<Diagnostic>> {
    let (file, number) = file_and_number(page);
    let numbers = number.into_iter().collect();
    let file = PageFile { path: file.to_owned(), name: file.to_owned(), requested: true, named: true, numbers };
    let mut job = ImportJob::of_files(root, vec![file.clone()], Progress::default());
    job.dry_run = true;
    let reader = PageReader::new(&job, config, record, None);
    let LookedAt { pages, .. } = reader.look(&file);
    let Some((page, _)) = pages.into_iter().find(|(it, _)| it.path == page) else {
        let message = message!("{file} has no page {page}", file = file_of(page), page);
        return Err(vec![Diagnostic::new(Code::NoPage, message).in_file(page)]);
    };
    reader.prepare(&[&page]);
    let OpenedPage { parsed, metadata, .. } = reader.open(&page)?;
    let ParsedSource { source, parsed, diagnostics, .. } = parsed;
    let partition = parsed.partition.unwrap_or_else(|| find_articles(&parsed.page));
    let linked = LinkedPage { page: parsed.page, partition, texts_of_line: parsed.texts_of_line };
    let metadata = PageMetadata { sidecar: Sidecar::default(), ..metadata };
    Ok(UncorrectedPage { source, linked, metadata, diagnostics })
}
