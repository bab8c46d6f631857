//! Converts HTML to blocks of text.
//!
//! The tokenizer follows the HTML standard and accepts any bytes; an element that is never closed ends with its parent. Runs of
//! white space become one space, and a line break between Chinese characters none.

use crate::import::input::html::tags::{ElementMeaning, is_block, is_heading, is_void, meaning_of};
use crate::import::page::role::Role;
use crate::text::han::is_chinese;
use html5gum::emitters::default::{DefaultEmitter, StartTag, Token};
use html5gum::{Span, Tokenizer};
use std::collections::BTreeSet;
use std::ops::Range;

/// A block of text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Block {
    pub(crate) text: String,
    /// its bytes in the file
    pub(crate) span: Range<usize>,
    /// the lines of the file that its text is on, from 1
    pub(crate) lines: BTreeSet<usize>,
    /// the role that its elements give
    pub(crate) role: Option<Role>,
    /// is inside an element for article text
    pub(crate) body: bool,
    /// all of it is inside links
    pub(crate) link: bool,
    /// all of it is bold
    pub(crate) strong: bool,
}

/// Innermost open elements among which that of an end tag is searched; it bounds the time for tags that nothing closes.
const SEARCH_DEPTH: usize = 64;

/// The blocks of a file, in its order.
pub(crate) fn blocks(html: &str) -> Vec<Block> {
    let blocks = collect_blocks(html, true);
    // where an element without content for readers is never closed, everything after it would be dropped
    if blocks.is_empty() { collect_blocks(html, false) } else { blocks }
}

/// The blocks of a file; `dropping` leaves out elements such as navigation.
fn collect_blocks(html: &str, dropping: bool) -> Vec<Block> {
    let mut emitter = DefaultEmitter::<usize>::new_with_span();
    emitter.naively_switch_states(true);
    let starts = std::iter::once(0).chain(html.match_indices('\n').map(|(at, _)| at + 1)).collect();
    let mut collector = BlockCollector { dropping, starts, ..BlockCollector::default() };
    for token in Tokenizer::new_with_emitter(html, emitter) {
        match token {
            Ok(Token::StartTag(tag)) => collector.start(&tag),
            Ok(Token::EndTag(tag)) => collector.end(&String::from_utf8_lossy(&tag.name)),
            Ok(Token::String(text)) => collector.text(&String::from_utf8_lossy(&text.value), text.span),
            Ok(_) => {}
            Err(never) => match never {},
        }
    }
    collector.close();
    collector.blocks
}

/// An open element; its fields include what its ancestors mean.
#[derive(Debug, Clone, Default)]
struct Element {
    tag: String,
    meaning: ElementMeaning,
    link: bool,
    strong: bool,
}

#[derive(Debug, Default)]
struct BlockCollector {
    dropping: bool,
    /// the offsets at which the file's lines begin
    starts: Vec<usize>,
    open: Vec<Element>,
    block: Option<Block>,
    /// white space since the last character: true where it contains a line break
    space: Option<bool>,
    blocks: Vec<Block>,
}

impl BlockCollector {
    fn start(&mut self, start: &StartTag<usize>) {
        let tag = String::from_utf8_lossy(&start.name).to_lowercase();
        if tag == "br" {
            match &self.block {
                // a headline of two lines is one headline
                Some(block) if block.role.is_some_and(Role::is_head) => self.space = Some(false),
                _ => self.close(),
            }
        } else if is_block(&tag) {
            self.close();
        }
        if tag == "p" {
            self.end("p");
        }
        if is_void(&tag) || start.self_closing && !is_block(&tag) {
            return;
        }
        let attribute = |name: &[u8]| start.attributes.get(name).map(|value| String::from_utf8_lossy(value));
        let [id, classes] = [b"id".as_slice(), b"class"].map(|name| attribute(name).unwrap_or_default());
        let own = meaning_of(&tag, &format!("{id} {classes}"));
        let parent = self.open.last().cloned().unwrap_or_default();
        // a heading inside the text of an article divides it
        let is_subhead = parent.meaning.body && is_heading(&tag) && tag != "h1";
        let role = if is_subhead { Some(Role::Subhead) } else { own.role.or(parent.meaning.role) };
        self.open.push(Element {
            meaning: ElementMeaning {
                role: if own.body { own.role } else { role },
                body: own.body || parent.meaning.body,
                dropped: self.dropping && (own.dropped || parent.meaning.dropped),
            },
            link: parent.link || tag == "a",
            strong: parent.strong || matches!(tag.as_str(), "b" | "strong"),
            tag,
        });
    }

    fn end(&mut self, tag: &str) {
        let tag = tag.to_lowercase();
        if is_block(&tag) {
            self.close();
        }
        let from = self.open.len().saturating_sub(SEARCH_DEPTH);
        if let Some(at) = self.open[from..].iter().rposition(|open| open.tag == tag) {
            self.open.truncate(from + at);
        }
    }

    fn text(&mut self, text: &str, span: Span<usize>) {
        let parent = self.open.last().cloned().unwrap_or_default();
        if parent.meaning.dropped || matches!(parent.tag.as_str(), "script" | "style") {
            return;
        }
        let mut line = self.starts.partition_point(|&start| start <= span.start);
        for c in text.chars() {
            if c.is_whitespace() || matches!(c, '\u{FEFF}' | '\u{200B}') {
                line += usize::from(c == '\n');
                self.space = Some(self.space == Some(true) || c == '\n');
            } else {
                self.push_char(c, line, &span, &parent);
            }
        }
    }

    fn push_char(&mut self, c: char, line: usize, span: &Span<usize>, parent: &Element) {
        let line = line.min(self.starts.len());
        let space = self.space.take();
        let block = self.block.get_or_insert_with(|| Block {
            text: String::new(),
            span: span.start..span.end,
            lines: BTreeSet::new(),
            role: parent.meaning.role,
            body: parent.meaning.body,
            link: true,
            strong: true,
        });
        if let (Some(has_line_break), Some(before)) = (space, block.text.chars().next_back())
            && !(has_line_break && (is_chinese(before) || is_chinese(c)))
        {
            block.text.push(' ');
        }
        block.text.push(c);
        block.lines.insert(line);
        block.span.end = block.span.end.max(span.end);
        block.link &= parent.link;
        block.strong &= parent.strong;
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
    fn blocks_have_text_lines_and_the_meaning_of_their_elements() {
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
    fn an_element_that_is_never_closed_loses_no_text() {
        let texts = |html: &str| blocks(html).into_iter().map(|block| block.text).collect::<Vec<_>>();
        assert_eq!(texts("<nav><p>正文。"), ["正文。"]);
        assert_eq!(texts("<table><tr><td><table><td>一</table><td>二"), ["一", "二"]);
        assert_eq!(texts("<div>".repeat(100_000).as_str()), Vec::<String>::new());
    }

    proptest! {
        #[test]
        fn any_text_is_parsed_and_lines_are_those_of_the_file(html in "(?s)(<(/?)(p|div|b|h1|script|td|a)( class=title)?>|一|二 |\n|&amp;|\\PC){0,80}") {
            let count = html.matches('\n').count() + 1;
            for block in blocks(&html) {
                prop_assert!(!block.text.trim().is_empty());
                prop_assert!(block.lines.iter().all(|line| (1..=count).contains(line)));
                prop_assert!(block.span.end <= html.len());
            }
        }
    }
}
