//! Decodes the pages of a file, whatever it is: text, OCR results and PDFs with text as they are; a scan, and a page of a PDF without
//! text, by what the OCR command made of it.
//!
//! A page of a PDF with several is a scan where a picture takes most of it, or where no page of the file has text. Where nothing can
//! read it, it has no text, as an advertisement has none; a file without any text is an error.

use crate::config::ocr::OcrRules;
use crate::content::page_name::file_and_number;
use crate::diagnostics::code::Code;
use crate::diagnostics::diagnostic::Diagnostic;
use crate::import::input::decode::{Decoded, PageOfFile, decode, decode_alone, decode_pages};
use crate::import::input::detect::{Detected, PrintedFormat, detect};
use crate::import::input::scan::Scan;
use crate::import::record;
use crate::message;
use crate::pipeline::ocr::results::{KeptResults, OcrResults, Picture, Recognized};
use crate::util::parallel;
use std::path::Path;

/// Bytes of a scan, at most.
const MAX_SCAN: usize = 256 << 20;
/// Pages whose results are in memory at a time.
const BATCH: usize = 16;

/// A decoded page.
#[derive(Debug)]
pub(crate) struct DecodedPage {
    /// `issue.pdf#3`, or that of the file where it has one page
    pub(crate) name: String,
    /// an error concerns this page alone
    pub(crate) decoded: Result<Decoded, Diagnostic>,
    /// the name of the OCR command's result among those that are kept; empty where it was not needed
    pub(crate) ocr: String,
    /// why a page that may be a scan was not read, and is one without text
    pub(crate) unread: Option<Diagnostic>,
}

/// Decodes the pages of a file, whose bytes have the fingerprint `hash`; those that are scans come last. Returns how many there are.
///
/// # Errors
/// As [`decode_pages`]; none of the scans can be read; a picture is too small for a page.
pub(crate) fn decode_file(
    file: &str,
    bytes: &[u8],
    hash: &str,
    results: &impl OcrResults,
    put: &mut dyn FnMut(DecodedPage),
) -> Result<usize, Diagnostic> {
    let picture = Picture { name: file, hash, bytes };
    if let Some(scan) = Scan::of(bytes) {
        check_size(file, bytes, scan)?;
        let Recognized { key, bytes } = results.scan(picture, scan)?;
        let mut put = |PageOfFile { name, decoded }| put(DecodedPage { name, decoded, ocr: key.clone(), unread: None });
        return decode_pages(file, &bytes, &mut put).map_err(|error| not_recognised(file, error));
    }
    let (mut count, mut without_text) = (0, Vec::new());
    let decoded = decode_pages(file, bytes, &mut |page| {
        count += 1;
        match lacks_text(&page) {
            true => without_text.push(page),
            false => put(DecodedPage { name: page.name, decoded: page.decoded, ocr: String::new(), unread: None }),
        }
    });
    let is_without = decoded.as_ref().is_err_and(|error| error.code == Code::NoTextLayer);
    let (scans, empty): (Vec<_>, Vec<_>) = without_text.into_iter().partition(|page| is_without || may_be_read(page));
    let read = read_scans(scans, !is_without, picture, results, put);
    let result = match (decoded, read) {
        (Err(_), Read { has_text: true, .. }) => Ok(count),
        (Err(_), Read { failure: Some(failure), .. }) => Err(failure.in_file(file)),
        (decoded, _) => decoded,
    };
    for PageOfFile { name, decoded } in empty {
        put(DecodedPage { name, decoded, ocr: String::new(), unread: None });
    }
    result
}

/// As [`decode_file`], of the site at `root`, with results of the OCR command that are kept.
///
/// # Errors
/// As [`decode_pages`]; the result of a scan is not there.
pub(crate) fn decode_kept_pages(
    root: &Path,
    rules: &OcrRules,
    file: &str,
    bytes: &[u8],
    put: &mut dyn FnMut(DecodedPage),
) -> Result<usize, Diagnostic> {
    decode_file(file, bytes, &record::fingerprint(bytes), &KeptResults::of_site(root, rules), put)
}

/// Decodes the page `name` of the site at `root` alone, with a result of the OCR command that is kept.
///
/// # Errors
/// As [`decode`]; the result of a scan is not there.
pub(crate) fn decode_kept(root: &Path, rules: &OcrRules, name: &str, bytes: &[u8]) -> Result<Decoded, Diagnostic> {
    let results = KeptResults::of_site(root, rules);
    let hash = || record::fingerprint(bytes);
    if let Some(scan) = Scan::of(bytes) {
        return decode(name, &results.scan(Picture { name, hash: &hash(), bytes }, scan)?.bytes);
    }
    let page = PageOfFile { name: name.to_owned(), decoded: decode(name, bytes) };
    if !lacks_text(&page) {
        return page.decoded;
    }
    let kept = results.pdf_page(Picture { name, hash: &hash(), bytes }, index_of(name));
    match (page.decoded, kept) {
        (decoded, Ok(kept)) => decode_alone(name, &kept.bytes).or(decoded),
        (Err(_), Err(lost)) => Err(lost),
        (Ok(empty), Err(_)) => Ok(empty),
    }
}

/// Whether pages of a file may come from scans; those of a PDF may.
pub(crate) fn may_be_scan(file: &str, bytes: &[u8]) -> bool {
    Scan::of(bytes).is_some() || detect(file, bytes) == Detected::Printed(PrintedFormat::Pdf)
}

/// The index of a page in its file, from 0.
pub(crate) fn index_of(name: &str) -> usize {
    file_and_number(name).1.unwrap_or(1) - 1
}

/// What became of the scans in a PDF.
#[derive(Debug, Default)]
struct Read {
    has_text: bool,
    /// the first reason why one could not be read
    failure: Option<Diagnostic>,
}

/// Reads pages of a PDF that are scans. Where other pages have text, one that no program reads may as well be a picture.
fn read_scans(
    pages: Vec<PageOfFile>,
    have_others_text: bool,
    pdf: Picture<'_>,
    results: &impl OcrResults,
    put: &mut dyn FnMut(DecodedPage),
) -> Read {
    let mut read = Read::default();
    let mut pages = pages.into_iter().peekable();
    while pages.peek().is_some() {
        let batch: Vec<PageOfFile> = pages.by_ref().take(BATCH).collect();
        let recognized = parallel::map(&batch, |page| {
            let Recognized { key, bytes } =
                results.pdf_page(Picture { name: &page.name, ..pdf }, index_of(&page.name))?;
            Ok((key, decode_alone(&page.name, &bytes).map_err(|error| not_recognised(&page.name, error))))
        });
        for (PageOfFile { name, decoded: original }, recognized) in batch.into_iter().zip(recognized) {
            let (ocr, decoded) = recognized.unwrap_or_else(|failure| (String::new(), Err(failure)));
            read.has_text |= decoded.is_ok();
            let mut unread = None;
            let decoded = decoded.or_else(|failure: Diagnostic| {
                read.failure.get_or_insert_with(|| failure.clone());
                match failure.code {
                    Code::EmptyPage => original,
                    Code::NoOcr | Code::NoTextLayer if have_others_text => {
                        unread = Some(failure);
                        original
                    }
                    _ => Err(failure),
                }
            });
            put(DecodedPage { name, decoded, ocr, unread });
        }
    }
    read
}

/// Whether a page of a PDF has no text, or none that says which characters it prints.
fn lacks_text(page: &PageOfFile) -> bool {
    match &page.decoded {
        Ok(decoded) => decoded.laid_out.as_ref().is_some_and(|page| page.lines.is_empty()),
        Err(error) => error.code == Code::NoTextLayer,
    }
}

/// Whether such a page is read as a scan, though others of its file have text.
fn may_be_read(page: &PageOfFile) -> bool {
    page.decoded.as_ref().map_or(true, |decoded| decoded.is_scan)
}

fn not_recognised(name: &str, error: Diagnostic) -> Diagnostic {
    if error.code != Code::EmptyPage {
        return error;
    }
    let hint = message!("if it is a page, scan it again at 300 dpi; otherwise move the file elsewhere");
    Diagnostic::new(Code::EmptyPage, message!("no text was recognised on this scan")).in_file(name).hint(hint)
}

fn check_size(name: &str, bytes: &[u8], scan: Scan) -> Result<(), Diagnostic> {
    if let Some((width, height)) = scan.size.filter(|_| scan.is_small()) {
        let message = message!("a picture of {width} × {height} pixels is too small for a page", width, height);
        let hint = message!("scan pages at 200 to 300 dpi; move pictures that are no pages elsewhere");
        return Err(Diagnostic::new(Code::UnknownFormat, message).in_file(name).hint(hint));
    }
    if bytes.len() > MAX_SCAN {
        let message = message!("the scan has more than {megabytes} MB", megabytes = MAX_SCAN >> 20);
        let hint = message!("save it in grey at 300 dpi");
        return Err(Diagnostic::new(Code::BrokenInput, message).in_file(name).hint(hint));
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_read_as_a_pdf_may_be_a_scan_whatever_stands_before_its_mark() {
        for (file, bytes, expected) in [
            ("p.pdf", "%PDF-1.4", true),
            ("p.pdf", "\u{FEFF}%PDF-1.4", true),
            ("p.pdf", "junk\n%PDF-1.4", true),
            ("p.png", "\u{89}PNG", false),
            ("p.txt", "本报讯 渡口重新开船。", false),
        ] {
            assert_eq!(may_be_scan(file, bytes.as_bytes()), expected, "{bytes:?}");
        }
        assert!(may_be_scan("p.png", b"\x89PNG\r\n\x1a\n"));
    }
}
