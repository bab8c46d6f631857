//! Makes lines of the text of a block whose printed lines a format does not give.
//!
//! A line break in such a text ends a paragraph, so each paragraph is a line, and has the part of the block's height that its
//! characters have of the block's.

use crate::import::input::printed::text_line::line_of_text;
use crate::import::page::printed_page::{PrintedLine, Rect};

/// The paragraphs of a block's text as lines, from top to bottom.
pub(crate) fn lines_of_block(text: &str, rect: Rect) -> Vec<PrintedLine> {
    let length = |paragraph: &str| paragraph.chars().count().max(1) as f32;
    let paragraphs: Vec<&str> = text.lines().filter(|paragraph| !paragraph.trim().is_empty()).collect();
    let total: f32 = paragraphs.iter().map(|paragraph| length(paragraph)).sum();
    let mut top = rect.y0;
    let mut lines = Vec::new();
    for paragraph in paragraphs {
        let bottom = top + rect.height() * length(paragraph) / total;
        lines.extend(line_of_text(paragraph, Rect { y0: top, y1: bottom, ..rect }, None));
        top = bottom;
    }
    lines
}

/// The text of a table or another fragment of HTML: what stands between its tags, cells apart.
pub(crate) fn text_of_html(html: &str) -> String {
    let mut out = String::new();
    for token in html5gum::Tokenizer::new(html).flatten() {
        match token {
            html5gum::Token::String(text) => out.push_str(&String::from_utf8_lossy(&text)),
            html5gum::Token::StartTag(tag) if *tag.name == b"tr"[..] => out.push('\n'),
            html5gum::Token::EndTag(tag) if matches!(&tag.name[..], b"td" | b"th") => out.push(' '),
            _ => {}
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paragraphs_share_the_height_of_their_block() {
        let lines = lines_of_block("三个字\n\n九个字九个字九个字", Rect::between(0.0, 0.0, 50.0, 120.0));
        let seen: Vec<_> = lines.iter().map(|line| (line.text.as_str(), line.rect.y0, line.rect.y1)).collect();
        assert_eq!(seen, [("三个字", 0.0, 30.0), ("九个字九个字九个字", 30.0, 120.0)]);
    }

    #[test]
    fn a_table_is_its_cells() {
        assert_eq!(text_of_html("<table><tr><td>甲</td><td>1&amp;2</td></tr></table>").trim(), "甲 1&2");
    }
}
