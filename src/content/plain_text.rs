//! A body as plain text: for excerpts and counts, for filing under themes and for search.
//!
//! What a reader sees and nothing else: marks of emphasis, addresses, raw HTML and what pictures say to those who do not
//! see them are left out; a picture's caption is read.

use crate::content::markdown::Markdown;
use crate::text::excerpt::excerpt;
use crate::text::han::{is_han, is_han_punctuation};
use crate::text::word_count::WordCount;
use pulldown_cmark::{Event, Tag, TagEnd};

/// A piece of a body that is read as one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Paragraph {
    pub(crate) role: ParagraphRole,
    /// which of the body's paragraphs it is, from 1, those of footnotes not counted; 0 for what is none, such as a heading.
    /// On its page the paragraph has this number in its id.
    pub(crate) number: usize,
    /// trimmed, not empty
    pub(crate) text: String,
}

/// Where a paragraph stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum ParagraphRole {
    Heading,
    Text,
    /// beside the text: captions, tables (a row each), code, footnotes
    Aside,
}

/// What a list of articles says about one.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(crate) struct BodySummary {
    pub(crate) excerpt: String,
    pub(crate) word_count: WordCount,
}

/// All that is read, a paragraph a line.
pub(crate) fn plain_text(body: &str) -> String {
    joined(&paragraphs(body))
}

fn joined(paragraphs: &[Paragraph]) -> String {
    let texts: Vec<&str> = paragraphs.iter().map(|paragraph| paragraph.text.as_str()).collect();
    texts.join("\n")
}

/// The beginning of the text, at most about `limit` characters, and how much there is to read in all.
pub(crate) fn summarize(body: &str, limit: usize) -> BodySummary {
    summarize_paragraphs(&paragraphs(body), limit)
}

/// [`digest`] of a text that has been read already.
pub(crate) fn summarize_paragraphs(paragraphs: &[Paragraph], limit: usize) -> BodySummary {
    let mut word_count = WordCount::default();
    let mut text = String::new();
    for paragraph in paragraphs {
        let own = WordCount::of(&paragraph.text);
        word_count = WordCount { han: word_count.han + own.han, words: word_count.words + own.words };
        if paragraph.role == ParagraphRole::Text {
            push_break(&mut text);
            text.push_str(&paragraph.text);
        }
    }
    BodySummary { excerpt: excerpt(&text, limit), word_count }
}

/// The paragraphs in reading order.
pub(crate) fn paragraphs(body: &str) -> Vec<Paragraph> {
    let mut reader = ParagraphReader::default();
    for event in Markdown::new(body).events() {
        reader.read(&event);
    }
    reader.into_paragraphs()
}

/// Reads a body from its events, which somebody else may want as well.
#[derive(Debug, Default)]
pub(crate) struct ParagraphReader {
    paragraphs: Vec<Paragraph>,
    text: String,
    /// paragraphs so far, and the one that is open
    counted: usize,
    number: usize,
    /// open footnotes, tables and code blocks
    aside: usize,
    /// open footnotes
    diagnostics: usize,
    /// open images: is each a picture? One without an address is its words
    images: Vec<bool>,
    /// words of an image without an address stand in the paragraph
    captioned: bool,
    /// the titles of the images since the last paragraph
    titles: Vec<String>,
}

impl ParagraphReader {
    /// Takes the next event.
    pub(crate) fn read(&mut self, event: &Event<'_>) {
        match event {
            Event::Text(text) | Event::Code(text) if !self.in_picture() => self.text.push_str(text),
            Event::SoftBreak if !self.in_picture() => self.text.push(' '),
            Event::HardBreak if !self.in_picture() => push_break(&mut self.text),
            Event::Start(tag) => self.open(tag),
            Event::End(tag) => self.close(*tag),
            _ => {}
        }
    }

    /// All that was read, as [`plain`] tells it.
    pub(crate) fn into_plain(self) -> String {
        joined(&self.into_paragraphs())
    }

    fn into_paragraphs(mut self) -> Vec<Paragraph> {
        self.finish(ParagraphRole::Text);
        self.paragraphs
    }

    fn open(&mut self, tag: &Tag<'_>) {
        match tag {
            Tag::Emphasis | Tag::Strong | Tag::Strikethrough | Tag::Link { .. } | Tag::TableCell => {}
            Tag::Image { title, dest_url, .. } => {
                let pictured = !dest_url.trim().is_empty();
                self.images.push(pictured);
                if pictured {
                    self.titles.push(title.trim().to_owned());
                } else {
                    self.captioned |= self.text.trim().is_empty();
                }
            }
            Tag::FootnoteDefinition(_) | Tag::Table(_) | Tag::CodeBlock(_) => {
                self.finish(ParagraphRole::Text);
                self.aside += 1;
                self.diagnostics += usize::from(matches!(tag, Tag::FootnoteDefinition(_)));
            }
            Tag::Paragraph => {
                self.finish(ParagraphRole::Text);
                if self.diagnostics == 0 {
                    self.counted += 1;
                    self.number = self.counted;
                }
            }
            _ => self.finish(ParagraphRole::Text),
        }
    }

    fn close(&mut self, tag: TagEnd) {
        match tag {
            TagEnd::Emphasis | TagEnd::Strong | TagEnd::Strikethrough | TagEnd::Link => {}
            TagEnd::Image => _ = self.images.pop(),
            TagEnd::TableCell => self.text.push(' '),
            TagEnd::FootnoteDefinition | TagEnd::Table | TagEnd::CodeBlock => {
                self.finish(ParagraphRole::Text);
                self.aside -= 1;
                self.diagnostics -= usize::from(matches!(tag, TagEnd::FootnoteDefinition));
            }
            TagEnd::Heading(_) => self.finish(ParagraphRole::Heading),
            _ => self.finish(ParagraphRole::Text),
        }
    }

    fn in_picture(&self) -> bool {
        self.images.contains(&true)
    }

    /// What was read since the last paragraph is one. A picture that stands alone shows its title as a caption.
    fn finish(&mut self, role: ParagraphRole) {
        let titles = std::mem::take(&mut self.titles);
        let text = std::mem::take(&mut self.text);
        let captioned = std::mem::take(&mut self.captioned);
        let number = std::mem::take(&mut self.number);
        let (role, text) = match (text.trim(), titles.as_slice()) {
            ("", [title]) => (ParagraphRole::Aside, title.as_str()),
            (text, _) if self.aside > 0 || captioned => (ParagraphRole::Aside, text),
            (text, _) => (role, text),
        };
        if !text.is_empty() {
            self.paragraphs.push(Paragraph { role, number, text: text.to_owned() });
        }
    }
}

/// A break that was wanted is a space between words, and nothing in Chinese.
fn push_break(text: &mut String) {
    if text.ends_with(|c: char| !is_han(c) && !is_han_punctuation(c) && !c.is_whitespace()) {
        text.push(' ');
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn a_body_is_read_as_its_paragraphs() {
        let body = "新华社电 **“产改”**取得\n进展。\n\n## 小*标题*\n\n![工人](a.jpg \"焊工在 车间\")\n\n\
                    - 一[条](x.md)[^1]\n- 二\n\n|甲|乙|\n|-|-|\n|1|2|\n\n```sh\nls\n```\n\n[^1]: 注\n\n<div>x</div>\n\n句\\\n尾";
        let read: Vec<_> = paragraphs(body).into_iter().map(|p| (p.role, p.text)).collect();
        let expected = [
            (ParagraphRole::Text, "新华社电 “产改”取得进展。"),
            (ParagraphRole::Heading, "小标题"),
            (ParagraphRole::Aside, "焊工在 车间"),
            (ParagraphRole::Text, "一条"),
            (ParagraphRole::Text, "二"),
            (ParagraphRole::Aside, "甲 乙"),
            (ParagraphRole::Aside, "1 2"),
            (ParagraphRole::Aside, "ls"),
            (ParagraphRole::Aside, "注"),
            (ParagraphRole::Text, "句尾"),
        ];
        assert_eq!(read, expected.map(|(role, text)| (role, text.to_owned())));
    }

    #[test]
    fn paragraphs_are_counted_and_footnotes_are_not() {
        let body = "一\n\n## 题\n\n[^1]: 注\n\n> 二\n\n- 紧\n\n![图](a.png)\n\n四[^1]";
        let numbers: Vec<_> = paragraphs(body).into_iter().map(|p| (p.text, p.number)).collect();
        let expected = [("一", 1), ("题", 0), ("注", 0), ("二", 2), ("紧", 0), ("四", 4)];
        assert_eq!(numbers, expected.map(|(text, number)| (text.to_owned(), number)));
    }

    #[test]
    fn a_picture_in_a_sentence_says_nothing() {
        assert_eq!(plain_text("见![图](a.png \"题\")右。\n\n![图](b.png)\n\n# ！"), "见右。\n！");
    }

    #[test]
    fn an_excerpt_is_made_of_text_and_the_amount_of_all() {
        let digest = summarize("## 小标题\n\n```\nx\n```\n\n第一\n\n句，pay\n\nrank。第二句。", 12);
        assert_eq!(digest.excerpt, "第一句，pay rank。");
        assert_eq!((digest.word_count.han, digest.word_count.words), (9, 3));
    }

    proptest! {
        #[test]
        fn any_body_is_read_in_trimmed_lines(body in "([*#>|`!\\[\\]() \n-]|(?s).){0,80}") {
            for paragraph in paragraphs(&body) {
                prop_assert!(!paragraph.text.is_empty());
                prop_assert_eq!(paragraph.text.trim(), &paragraph.text);
            }
            prop_assert!(summarize(&body, 10).excerpt.chars().count() < 40);
        }
    }
}
