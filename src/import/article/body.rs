//! The body of an article: lines → blocks → Markdown.
//!
//! A sentence that the end of a column cut is joined with its continuation, even where a caption is printed between the two.

use crate::content::escape;
use crate::import::article::article_line::ArticleLine;
use crate::import::lexicon::jumps::without_jump;
use crate::import::lexicon::sentences::stops_mid_sentence;
use crate::import::page::role::Role;

/// Marks that the items of lists begin with.
const ITEM_MARKS: &[char] = &['①', '②', '③', '④', '⑤', '⑥', '⑦', '⑧', '⑨', '⑩', '●', '◆', '■', '▲', '★'];

/// A block of an article's body; its text is as printed, without markup.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Block {
    Paragraph(String),
    Subhead(String),
    Caption(String),
}

impl Block {
    fn text(&self) -> &str {
        let (Self::Paragraph(text) | Self::Subhead(text) | Self::Caption(text)) = self;
        text
    }

    pub(crate) fn text_mut(&mut self) -> &mut String {
        let (Self::Paragraph(text) | Self::Subhead(text) | Self::Caption(text)) = self;
        text
    }
}

/// The blocks of a body in reading order, cut sentences joined, duplicates left out.
pub(crate) fn body_blocks(lines: &[ArticleLine<'_>]) -> Vec<Block> {
    let mut blocks: Vec<Block> = Vec::new();
    // index of the paragraph that stops in mid-sentence
    let mut open_paragraph: Option<usize> = None;
    // index of the line of the last subhead
    let mut subhead_line = None;
    for line in lines.iter().filter(|line| line.assigned.duplicate_of.is_none()) {
        let text = without_jump(line.text());
        match line.role() {
            Role::Body => {
                match open_paragraph.filter(|_| !begins_list_item(text)) {
                    Some(index) => append_sentence(blocks[index].text_mut(), text),
                    None => {
                        blocks.push(Block::Paragraph(text.to_owned()));
                        open_paragraph = Some(blocks.len() - 1);
                    }
                }
                if !stops_mid_sentence(text) {
                    open_paragraph = None;
                }
            }
            Role::Subhead => match (blocks.last_mut(), subhead_line) {
                // a subhead of two lines
                (Some(Block::Subhead(before)), Some(last)) if last + 1 == line.index => {
                    append_words(before, text);
                    subhead_line = Some(line.index);
                }
                _ => {
                    blocks.push(Block::Subhead(text.to_owned()));
                    (open_paragraph, subhead_line) = (None, Some(line.index));
                }
            },
            Role::Caption => blocks.push(Block::Caption(text.to_owned())),
            Role::Credit => match blocks.last_mut() {
                Some(Block::Caption(caption)) => append_words(caption, text),
                _ => {
                    blocks.push(Block::Paragraph(text.to_owned()));
                    open_paragraph = None;
                }
            },
            _ => {}
        }
    }
    blocks
}

/// `1.发给谁：…`, `（二）…`, `③…`: an item of a list is a paragraph of its own, whatever the one before it ends with.
fn begins_list_item(text: &str) -> bool {
    let inner = text.trim_start_matches(['（', '(']);
    let after_number = inner.trim_start_matches(|c: char| c.is_ascii_digit() || "一二三四五六七八九十".contains(c));
    let (is_numbered, is_bracketed) = (after_number.len() < inner.len(), inner.len() < text.len());
    let has_separator = if is_bracketed {
        after_number.starts_with(['）', ')'])
    } else {
        after_number.starts_with(['.', '．', '、'])
    };
    // 3.5 is no item
    let has_text = after_number.chars().nth(1).is_some_and(|c| !c.is_ascii_digit());
    is_numbered && has_separator && has_text || text.starts_with(ITEM_MARKS)
}

/// Appends the continuation of a sentence: without a space, but for words of Latin letters.
fn append_sentence(sentence: &mut String, text: &str) {
    let is_letter = |c: Option<char>| c.is_some_and(|c| c.is_ascii_alphabetic());
    if is_letter(sentence.chars().next_back()) && is_letter(text.chars().next()) {
        sentence.push(' ');
    }
    sentence.push_str(text);
}

fn append_words(to: &mut String, text: &str) {
    to.push(' ');
    to.push_str(text);
}

/// The blocks as Markdown that reads as printed, each after an empty line.
pub(crate) fn to_markdown(blocks: &[Block]) -> String {
    let mut out = String::new();
    for block in blocks {
        let text = escape::inline(block.text());
        let markdown = match block {
            Block::Paragraph(_) => text,
            Block::Subhead(_) => format!("## {text}"),
            // a figure without a file, which text cannot hold: an editor may write its name between the brackets
            Block::Caption(_) => format!("![{text}]()"),
        };
        out.push('\n');
        out.push_str(&markdown);
        out.push('\n');
    }
    out
}

/// The blocks as plain text, one on a line.
pub(crate) fn plain_text(blocks: &[Block]) -> String {
    let texts: Vec<&str> = blocks.iter().map(Block::text).collect();
    texts.join("\n")
}

/// A text without the mark of a list item, or that of a caption, which points to its picture.
pub(crate) fn without_item_mark(text: &str) -> &str {
    text.trim_start_matches(|c: char| ITEM_MARKS.contains(&c) || c.is_whitespace()).trim_end()
}
