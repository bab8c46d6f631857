//! Tags and text → blocks of text.
//!
//! A tokenizer after the standard's rules reads any bytes; elements that are never closed end with what they stand in. White
//! space is one space, and none where a line of the file ends between Chinese characters.

use crate::import::input::html::tags::{Says, is_block, is_heading, is_void, says};
use crate::import::page::role::Role;
use crate::text::han::{is_han, is_han_punctuation};
use html5gum::emitters::default::{DefaultEmitter, StartTag, Token};
use html5gum::{Span, Tokenizer};
use std::collections::BTreeSet;
use std::ops::Range;

/// A block of text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Block {
    pub(crate) text: String,
    /// where it stands in the file
    pub(crate) span: Range<usize>,
    /// lines of the file that its text stands on, from 1
    pub(crate) lines: BTreeSet<usize>,
    /// what the elements around it say
    pub(crate) role: Option<Role>,
    /// stands in the text of an article
    pub(crate) body: bool,
    /// all of it leads elsewhere
    pub(crate) link: bool,
    /// all of it is strong
    pub(crate) strong: bool,
}

/// Open elements that an end tag is looked for in: tables in tables are not deeper.
const DEEP: usize = 64;

/// The blocks of a file, in its order.
pub(crate) fn blocks(html: &str) -> Vec<Block> {
    let found = read(html, true);
    // an element that is never closed may have swallowed the page
    if found.is_empty() { read(html, false) } else { found }
}

fn read(html: &str, dropping: bool) -> Vec<Block> {
    let mut emitter = DefaultEmitter::<usize>::new_with_span();
    emitter.naively_switch_states(true);
    let mut reader = Reader { dropping, starts: line_starts(html), ..Reader::default() };
    for token in Tokenizer::new_with_emitter(html, emitter) {
        match token {
            Ok(Token::StartTag(tag)) => reader.start(&tag),
            Ok(Token::EndTag(tag)) => reader.end(&String::from_utf8_lossy(&tag.name)),
            Ok(Token::String(text)) => reader.text(&String::from_utf8_lossy(&text.value), text.span),
            Ok(_) => {}
            Err(never) => match never {},
        }
    }
    reader.close();
    reader.blocks
}

fn line_starts(text: &str) -> Vec<usize> {
    std::iter::once(0).chain(text.match_indices('\n').map(|(at, _)| at + 1)).collect()
}

/// An open element, with all that the elements around it say.
#[derive(Debug, Clone, Default)]
struct Element {
    tag: String,
    says: Says,
    link: bool,
    strong: bool,
}

#[derive(Debug, Default)]
struct Reader {
    dropping: bool,
    /// where the file's lines begin
    starts: Vec<usize>,
    open: Vec<Element>,
    block: Option<Block>,
    /// white space that has been read, and whether a line ended in it
    space: Option<bool>,
    blocks: Vec<Block>,
}

impl Reader {
    fn start(&mut self, start: &StartTag<usize>) {
        let tag = String::from_utf8_lossy(&start.name).to_lowercase();
        if tag == "br" {
            // a headline of two lines is one headline
            let in_head = self.block.as_ref().is_some_and(|block| block.role.is_some_and(Role::is_head));
            if in_head {
                self.space = Some(false);
            } else {
                self.close();
            }
        }
        if is_block(&tag) {
            self.close();
        }
        if tag == "p" {
            self.end("p");
        }
        if is_void(&tag) || start.self_closing && !is_block(&tag) {
            return;
        }
        let word = |name: &[u8]| start.attributes.get(name).map(|value| String::from_utf8_lossy(value).into_owned());
        let words = format!("{} {}", word(b"id").unwrap_or_default(), word(b"class").unwrap_or_default());
        let own = says(&tag, &words);
        let around = self.open.last().cloned().unwrap_or_default();
        // a heading inside the text of an article divides it
        let inner = around.says.body && is_heading(&tag) && tag != "h1";
        let role = if inner { Some(Role::Subhead) } else { own.role.or(around.says.role) };
        self.open.push(Element {
            says: Says {
                role: if own.body { own.role } else { role },
                body: own.body || around.says.body,
                dropped: self.dropping && (own.dropped || around.says.dropped),
            },
            link: around.link || tag == "a",
            strong: around.strong || matches!(tag.as_str(), "b" | "strong"),
            tag,
        });
    }

    fn end(&mut self, tag: &str) {
        let tag = tag.to_lowercase();
        if is_block(&tag) {
            self.close();
        }
        let from = self.open.len().saturating_sub(DEEP);
        if let Some(at) = self.open[from..].iter().rposition(|open| open.tag == tag) {
            self.open.truncate(from + at);
        }
    }

    fn text(&mut self, text: &str, span: Span<usize>) {
        let around = self.open.last().cloned().unwrap_or_default();
        let raw = matches!(around.tag.as_str(), "script" | "style");
        if around.says.dropped || raw {
            return;
        }
        let mut line = self.starts.partition_point(|&start| start <= span.start);
        for c in text.chars() {
            if c.is_whitespace() || matches!(c, '\u{FEFF}' | '\u{200B}') {
                line += usize::from(c == '\n');
                self.space = Some(self.space == Some(true) || c == '\n');
            } else {
                self.put(c, line, &span, &around);
            }
        }
    }

    fn put(&mut self, c: char, line: usize, span: &Span<usize>, around: &Element) {
        let line = line.min(self.starts.len());
        let space = self.space.take();
        let block = self.block.get_or_insert_with(|| Block {
            text: String::new(),
            span: span.start..span.end,
            lines: BTreeSet::new(),
            role: around.says.role,
            body: around.says.body,
            link: true,
            strong: true,
        });
        if let (Some(line_ended), Some(before)) = (space, block.text.chars().next_back()) {
            let chinese = |c: char| is_han(c) || is_han_punctuation(c);
            if !(line_ended && (chinese(before) || chinese(c))) {
                block.text.push(' ');
            }
        }
        block.text.push(c);
        block.lines.insert(line);
        block.span.end = block.span.end.max(span.end);
        block.link &= around.link;
        block.strong &= around.strong;
    }

    fn close(&mut self) {
        self.space = None;
        self.blocks.extend(self.block.take());
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn blocks_have_their_text_their_lines_and_what_is_said_of_them() {
        let html = "<html><script>var a='<p>不是';</script>\n<h1>标题<br>两行</h1>\n<div id=ozoom><P>正文&ldquo;一&rdquo;\n    接着。\
                    <P>AT&amp;T <b>二</b><p><strong>小标题</strong></div><a href=x>下一篇</a>";
        let seen: Vec<_> = blocks(html)
            .into_iter()
            .map(|block| (block.text, block.lines.into_iter().collect::<Vec<_>>(), block.role, block.body))
            .collect();
        assert_eq!(
            seen,
            [
                ("标题 两行".to_owned(), vec![2], Some(Role::Title), false),
                ("正文“一”接着。".to_owned(), vec![3, 4], None, true),
                ("AT&T 二".to_owned(), vec![4], None, true),
                ("小标题".to_owned(), vec![4], None, true),
                ("下一篇".to_owned(), vec![4], None, false),
            ]
        );
        let last = blocks(html).pop().unwrap();
        assert!(last.link && !last.strong);
    }

    #[test]
    fn an_element_that_is_never_closed_swallows_nothing() {
        let texts = |html: &str| blocks(html).into_iter().map(|block| block.text).collect::<Vec<_>>();
        assert_eq!(texts("<nav><p>正文。"), ["正文。"]);
        assert_eq!(texts("<table><tr><td><table><td>一</table><td>二"), ["一", "二"]);
        assert_eq!(texts("<div>".repeat(100_000).as_str()), Vec::<String>::new());
    }

    proptest! {
        #[test]
        fn any_text_is_read_and_lines_are_those_of_the_file(html in "(?s)(<(/?)(p|div|b|h1|script|td|a)( class=title)?>|一|二 |\n|&amp;|\\PC){0,80}") {
            let count = html.matches('\n').count() + 1;
            for block in blocks(&html) {
                prop_assert!(!block.text.trim().is_empty());
                prop_assert!(block.lines.iter().all(|line| (1..=count).contains(line)));
                prop_assert!(block.span.end <= html.len());
            }
        }
    }
}
