//! Parsed pages, from the check for changes to the import, so that a file is decoded once: within a bound, since an archive may have
//! changed as a whole; pages beyond it are decoded again.

use crate::diagnostics::diagnostic::Diagnostic;
use crate::diagnostics::source::Source;
use crate::import::input::decode::Decoded;
use crate::import::input::parse::parse_input;
use crate::import::page::line_layout::LineLayout;
use crate::import::page::lines::Line;
use crate::import::page::parsed_page::ParsedPage;
use crate::util::sync::lock;
use std::collections::HashMap;
use std::mem::size_of;
use std::sync::Mutex;

/// Bytes of parsed pages in memory from the check for changes, about.
const MOST: usize = 64 << 20;

/// A page with its lines.
#[derive(Debug)]
pub(crate) struct ParsedSource {
    pub(crate) source: Source,
    pub(crate) parsed: ParsedPage,
    /// of its decoding
    pub(crate) diagnostics: Vec<Diagnostic>,
    /// the name of the OCR command's result that it comes from; empty where it was not needed
    pub(crate) ocr: String,
    /// why a page that may be a scan was not read, and is one without text
    pub(crate) unread: Option<Diagnostic>,
}

impl ParsedSource {
    pub(crate) fn of(decoded: Decoded) -> Self {
        let Decoded { source, laid_out, diagnostics, .. } = decoded;
        let parsed = parse_input(&source, laid_out);
        Self { source, parsed, diagnostics, ocr: String::new(), unread: None }
    }

    /// Bytes that it takes in memory, about.
    fn size(&self) -> usize {
        let layout = |line: &Line| line.layout.as_ref().map_or(0, |it| size_of::<LineLayout>() + 16 * it.rects.len());
        let line = |line: &Line| size_of::<Line>() + line.text.len() + 8 * line.further.len() + layout(line);
        self.source.text.len() + self.parsed.page.lines.iter().map(line).sum::<usize>()
    }
}

/// A parsed page, or why it cannot be read.
pub(crate) type ParseResult = Result<ParsedSource, Diagnostic>;

/// Parsed pages by their names.
#[derive(Debug, Default)]
pub(crate) struct ParsedPages {
    pages: Mutex<Pages>,
}

#[derive(Debug, Default)]
struct Pages {
    pages: HashMap<String, ParseResult>,
    size: usize,
}

impl ParsedPages {
    /// Keeps a page where the bound allows it.
    pub(crate) fn keep(&self, name: String, page: ParseResult) {
        let size = size_of_result(&page);
        let mut kept = lock(&self.pages);
        if kept.size + size <= MOST {
            kept.add(name, page, size);
        }
    }

    /// Keeps a page that is imported next.
    pub(crate) fn keep_in_any_case(&self, name: String, page: ParseResult) {
        let size = size_of_result(&page);
        lock(&self.pages).add(name, page, size);
    }

    pub(crate) fn has(&self, name: &str) -> bool {
        lock(&self.pages).pages.contains_key(name)
    }

    pub(crate) fn take(&self, name: &str) -> Option<ParseResult> {
        let mut kept = lock(&self.pages);
        let page = kept.pages.remove(name)?;
        kept.size -= size_of_result(&page);
        Some(page)
    }
}

impl Pages {
    fn add(&mut self, name: String, page: ParseResult, size: usize) {
        let before = self.pages.insert(name, page);
        self.size = self.size + size - before.as_ref().map_or(0, size_of_result);
    }
}

fn size_of_result(page: &ParseResult) -> usize {
    page.as_ref().map_or(0, ParsedSource::size)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::import::input::decode::decode;

    #[test]
    fn pages_are_kept_within_a_bound_and_given_once() {
        let pages = ParsedPages::default();
        let page = |text: &str| Ok(ParsedSource::of(decode("p.txt", text.as_bytes()).unwrap()));
        pages.keep("a".to_owned(), page("一行\n"));
        pages.keep("a".to_owned(), page("一行\n"));
        assert!(pages.has("a") && pages.take("a").is_some() && pages.take("a").is_none());
        assert_eq!(lock(&pages.pages).size, 0);
        let large = "工厂的一行。\n".repeat(MOST / 100);
        pages.keep("b".to_owned(), page(&large));
        pages.keep("c".to_owned(), page(&large));
        assert!(!pages.has("c"));
        pages.keep_in_any_case("c".to_owned(), page("一行\n"));
        assert!(pages.has("c"));
    }
}
