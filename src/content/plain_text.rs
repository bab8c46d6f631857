//! A body as plain text: for excerpts and counts, for the theme classifier and for search.
//!
//! It has what a reader sees: no delimiters, addresses, raw HTML or alternative texts of pictures, but their captions.

use crate::content::markdown::Markdown;
use crate::text::excerpt::excerpt;
use crate::text::han::is_chinese;
use crate::text::word_count::WordCount;
use pulldown_cmark::{Event, Tag, TagEnd};

/// A paragraph, heading, caption, table row or the like.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Paragraph {
    pub(crate) role: ParagraphRole,
    /// number of the paragraph in the body, from 1, footnotes not counted; 0 for other blocks, such as headings. The
    /// paragraph's id on its page has this number.
    pub(crate) number: usize,
    /// trimmed, not empty
    pub(crate) text: String,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum ParagraphRole {
    Heading,
    Text,
    /// outside the running text: captions, tables (a row each), code, footnotes
    Aside,
}

/// The beginning and the length of a body, for lists of articles.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(crate) struct BodySummary {
    pub(crate) excerpt: String,
    pub(crate) word_count: WordCount,
}

/// The plain text of a body, a paragraph on a line.
pub(crate) fn plain_text(body: &str) -> String {
    join(&paragraphs(body))
}

fn join(paragraphs: &[Paragraph]) -> String {
    paragraphs.iter().map(|paragraph| paragraph.text.as_str()).collect::<Vec<_>>().join("\n")
}

/// An excerpt of at most about `limit` characters, and the word count of the whole body.
pub(crate) fn summarize(body: &str, limit: usize) -> BodySummary {
    summarize_paragraphs(&paragraphs(body), limit)
}

/// [`summarize`] for a body whose paragraphs are known.
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
    let mut collector = ParagraphCollector::default();
    Markdown::new(body).events().for_each(|event| collector.push_event(&event));
    collector.into_paragraphs()
}

/// Collects paragraphs from events; the caller can use the events for something else at the same time.
#[derive(Debug, Default)]
pub(crate) struct ParagraphCollector {
    paragraphs: Vec<Paragraph>,
    text: String,
    /// number of the last paragraph
    count: usize,
    /// number of the open paragraph
    number: usize,
    /// open footnotes, tables and code blocks
    aside: usize,
    /// open footnotes
    footnotes: usize,
    /// for each open image, whether it has an address; one without is its alternative text
    images: Vec<bool>,
    /// the paragraph begins with the text of an image without address, a caption
    captioned: bool,
    /// the titles of the images since the last paragraph
    titles: Vec<String>,
}

impl ParagraphCollector {
    pub(crate) fn push_event(&mut self, event: &Event<'_>) {
        match event {
            Event::Text(text) | Event::Code(text) if !self.in_picture() => self.text.push_str(text),
            Event::SoftBreak if !self.in_picture() => self.text.push(' '),
            Event::HardBreak if !self.in_picture() => push_break(&mut self.text),
            Event::Start(tag) => self.open(tag),
            Event::End(tag) => self.close(*tag),
            _ => {}
        }
    }

    /// The plain text of all events, as [`plain_text`] returns it.
    pub(crate) fn into_plain(self) -> String {
        join(&self.into_paragraphs())
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
                self.footnotes += usize::from(matches!(tag, Tag::FootnoteDefinition(_)));
            }
            Tag::Paragraph => {
                self.finish(ParagraphRole::Text);
                if self.footnotes == 0 {
                    self.count += 1;
                    self.number = self.count;
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
                self.footnotes -= usize::from(matches!(tag, TagEnd::FootnoteDefinition));
            }
            TagEnd::Heading(_) => self.finish(ParagraphRole::Heading),
            _ => self.finish(ParagraphRole::Text),
        }
    }

    fn in_picture(&self) -> bool {
        self.images.contains(&true)
    }

    /// Ends the open paragraph, if it has text. A picture without text around it has its title as a caption.
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

/// A hard break becomes a space between Latin words, and nothing in Chinese.
fn push_break(text: &mut String) {
    if text.ends_with(|c: char| !is_chinese(c) && !c.is_whitespace()) {
        text.push(' ');
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn a_body_is_split_into_paragraphs() {
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
    fn a_picture_in_a_sentence_has_no_text() {
        assert_eq!(plain_text("见![图](a.png \"题\")右。\n\n![图](b.png)\n\n# ！"), "见右。\n！");
    }

    #[test]
    fn the_excerpt_has_running_text_and_the_count_all_text() {
        let summary = summarize("## 小标题\n\n```\nx\n```\n\n第一\n\n句，pay\n\nrank。第二句。", 12);
        assert_eq!(summary.excerpt, "第一句，pay rank。");
        assert_eq!((summary.word_count.han, summary.word_count.words), (9, 3));
    }

    proptest! {
        #[test]
        fn the_paragraphs_of_any_body_are_trimmed(body in "([*#>|`!\\[\\]() \n-]|(?s).){0,80}") {
            for paragraph in paragraphs(&body) {
                prop_assert!(!paragraph.text.is_empty());
                prop_assert_eq!(paragraph.text.trim(), &paragraph.text);
            }
            prop_assert!(summarize(&body, 10).excerpt.chars().count() < 40);
        }
    }

    #[test]
    fn lines_that_are_broken_by_hand_stay_two_words() {
        assert_eq!(plain_text("one\\\ntwo"), "one two");
        assert_eq!(plain_text("one\ntwo ![a\\\nb](x.jpg)"), "one two");
    }
}
