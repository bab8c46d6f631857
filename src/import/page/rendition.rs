//! A laid-out page as text: one line of the page a line, in reading order, with as many empty lines before it as stand it apart.
//!
//! The number of a line, as sidecars, the ledger and diagnostics use it, is its line in this text, empty lines counted. So all that works
//! on plain text works on laid-out pages.

use crate::import::page::lines::Page;

/// The text of a page, whose lines get their numbers and their places in it.
pub(crate) fn rendition(page: &mut Page) -> String {
    let (mut text, mut number) = (String::new(), 1);
    for line in &mut page.lines {
        if text.is_empty() {
            line.gap = 0;
        }
        text.extend(std::iter::repeat_n('\n', line.gap));
        line.number = number + line.gap;
        line.span = text.len()..text.len() + line.text.len();
        text.push_str(&line.text);
        text.push('\n');
        number = line.number + 1;
    }
    text
}
