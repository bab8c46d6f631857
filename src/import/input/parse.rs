//! Parses a decoded page by its input format, which the file's extension tells. A new input format is added here.

use crate::diagnostics::source::Source;
use crate::import::input::html::articles::parse_html;
use crate::import::input::html::tags::is_html;
use crate::import::page::lines::parse_page;
use crate::import::page::parsed_page::ParsedPage;
use std::collections::BTreeMap;

/// The lines of a page: of HTML where the file's name ends so, of plain text otherwise.
pub(crate) fn parse_input(source: &Source) -> ParsedPage {
    if is_html(&source.name) {
        return parse_html(source);
    }
    ParsedPage { page: parse_page(source), partition: None, texts_of_line: BTreeMap::new() }
}
