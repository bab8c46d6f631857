//! Parses a decoded page by its input format.

use crate::diagnostics::source::Source;
use crate::import::input::html::articles::parse_html;
use crate::import::input::html::tags::is_html;
use crate::import::input::printed_text::printed_lines::join_printed_lines;
use crate::import::page::lines::{Page, parse_page};
use crate::import::page::parsed_page::ParsedPage;
use std::collections::BTreeMap;

/// The lines of a page: by its layout where its places are known, of HTML where the file's name ends so,
/// of plain text otherwise, whose printed lines are joined to paragraphs.
pub(crate) fn parse_input(source: &Source, laid_out: Option<Page>) -> ParsedPage {
    if let Some(page) = laid_out {
        return ParsedPage { page, partition: None, texts_of_line: BTreeMap::new() };
    }
    // without a tag it is the text of a page, such as that of hOCR
    if is_html(&source.name) && source.text.contains('<') {
        return parse_html(source);
    }
    let page = parse_page(source);
    let (page, texts_of_line) = join_printed_lines(&page).unwrap_or((page, BTreeMap::new()));
    ParsedPage { page, partition: None, texts_of_line }
}
