//! The body of an article: lines → blocks → Markdown.
//!
//! A sentence that the end of a column cut is joined with its continuation, even where a caption is printed between the two.

use crate::content::escape;
use crate::import::article::article_line::ArticleLine;
use crate::import::lexicon::jumps::without_jump;
use crate::import::lexicon::sentences::bounds::{has_comma, has_inner_end, stops_mid_sentence};
use crate::import::page::role::Role;
use crate::text::han::{ends_clause, is_han};

/// Marks that the items of lists begin with.
const ITEM_MARKS: &[char] = &['①', '②', '③', '④', '⑤', '⑥', '⑦', '⑧', '⑨', '⑩', '●', '◆', '■', '▲', '★'];

/// A block of an article's body.
#[derive(Debug)]
pub(crate) struct Block {
    pub(crate) kind: BlockKind,
    /// as printed, without markup
    pub(crate) text: String,
    /// indexes of the lines that it is made of, in reading order
    pub(crate) lines: Vec<usize>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum BlockKind {
    Paragraph,
    Subhead,
    Caption,
}

impl Block {
    /// Appends a line that is none of a sentence.
    fn append(&mut self, line: usize, text: &str) {
        self.text.extend([" ", text]);
        self.lines.push(line);
    }
}

/// The blocks of a body in reading order, cut sentences joined, duplicates left out.
pub(crate) fn body_blocks(lines: &[ArticleLine<'_>]) -> Vec<Block> {
    let mut blocks: Vec<Block> = Vec::new();
    // index of the paragraph that stops in mid-sentence
    let mut open_paragraph: Option<usize> = None;
    // index of its line
    let mut last_subhead = None;
    for line in lines.iter().filter(|line| line.assigned.duplicate_of.is_none()) {
        let text = without_jump(line.text());
        let block = |kind| Block { kind, text: text.to_owned(), lines: vec![line.index] };
        match line.role() {
            Role::Body => {
                let joined = open_paragraph.filter(|_| !begins_list_item(text));
                match joined {
                    Some(index) => {
                        append_sentence(&mut blocks[index].text, text);
                        blocks[index].lines.push(line.index);
                    }
                    None => blocks.push(block(BlockKind::Paragraph)),
                }
                let index = joined.unwrap_or(blocks.len() - 1);
                open_paragraph = stops_mid_sentence(text).then_some(index);
            }
            Role::Subhead => {
                match (blocks.last_mut(), last_subhead) {
                    // a subhead of two lines
                    (Some(before), Some(last)) if before.kind == BlockKind::Subhead && last + 1 == line.index => {
                        before.append(line.index, text);
                    }
                    _ => {
                        blocks.push(block(BlockKind::Subhead));
                        open_paragraph = None;
                    }
                }
                last_subhead = Some(line.index);
            }
            Role::Caption => blocks.push(block(BlockKind::Caption)),
            Role::Credit => match blocks.last_mut() {
                Some(caption) if caption.kind == BlockKind::Caption => caption.append(line.index, text),
                _ => {
                    blocks.push(block(BlockKind::Paragraph));
                    open_paragraph = None;
                }
            },
            _ => {}
        }
    }
    blocks
}

/// Whether the text of an article stops inside a sentence: the page lost the rest, or import did not find it. What is no prose,
/// such as lines of a list or of a poem, ends in any way.
pub(crate) fn breaks_off(blocks: &[Block]) -> bool {
    let Some(last) = blocks.iter().rfind(|block| block.kind != BlockKind::Caption) else { return false };
    let prose = |block: &&Block| block.kind == BlockKind::Paragraph && !stops_mid_sentence(&block.text);
    last.kind == BlockKind::Paragraph
        && stops_mid_sentence(&last.text)
        && last.text.ends_with(|c| is_han(c) || ends_clause(c))
        && (has_inner_end(&last.text) || blocks.iter().any(|block| prose(&block)) && has_comma(&last.text))
}

/// `1.发给谁：…`, `（二）…`, `③…`: an item of a list is a paragraph of its own, whatever the one before it ends with.
fn begins_list_item(text: &str) -> bool {
    let inner = text.trim_start_matches(['（', '(']);
    let after_number = inner.trim_start_matches(|c: char| c.is_ascii_digit() || "一二三四五六七八九十".contains(c));
    let separators: &[char] = if inner.len() < text.len() { &['）', ')'] } else { &['.', '．', '、'] };
    let is_numbered = after_number.len() < inner.len() && after_number.starts_with(separators);
    // 3.5 is no item
    let has_text = after_number.chars().nth(1).is_some_and(|c| !c.is_ascii_digit());
    is_numbered && has_text || text.starts_with(ITEM_MARKS)
}

/// Appends the continuation of a sentence: without a space, but for words of Latin letters.
fn append_sentence(sentence: &mut String, text: &str) {
    if sentence.ends_with(|c: char| c.is_ascii_alphabetic()) && text.starts_with(|c: char| c.is_ascii_alphabetic()) {
        sentence.push(' ');
    }
    sentence.push_str(text);
}

/// The blocks as Markdown that reads as printed, each after an empty line.
pub(crate) fn to_markdown(blocks: &[Block]) -> String {
    let markdown = |block: &Block| {
        let text = escape::inline(&block.text);
        match block.kind {
            BlockKind::Paragraph => format!("\n{text}\n"),
            BlockKind::Subhead => format!("\n## {text}\n"),
            // a figure without a file, which text cannot hold: an editor may write its name between the brackets
            BlockKind::Caption => format!("\n![{text}]()\n"),
        }
    };
    blocks.iter().map(markdown).collect()
}

/// The texts of the paragraphs.
pub(crate) fn paragraphs(blocks: &[Block]) -> Vec<&str> {
    let paragraphs = blocks.iter().filter(|block| matches!(block.kind, BlockKind::Paragraph));
    paragraphs.map(|block| block.text.as_str()).collect()
}

/// The blocks as plain text, one on a line.
pub(crate) fn plain_text(blocks: &[Block]) -> String {
    blocks.iter().map(|block| block.text.as_str()).collect::<Vec<_>>().join("\n")
}

/// A text without the mark of a list item, or that of a caption, which points to its picture.
pub(crate) fn without_item_mark(text: &str) -> &str {
    text.trim_start_matches(|c: char| ITEM_MARKS.contains(&c) || c.is_whitespace()).trim_end()
}
