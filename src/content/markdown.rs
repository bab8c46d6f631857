//! Markdown → pulldown-cmark events, corrected for Chinese.
//!
//! 1. [`emphasis`]: delimiters that CommonMark leaves literal next to Chinese punctuation are enabled
//! 2. parse: CommonMark with tables, footnotes and strikethrough
//! 3. the markers of step 1 are removed, with control characters and noncharacters
//! 4. [`line_breaks`](crate::content::line_breaks): soft line breaks that are no spaces are removed
//!
//! Plain text and HTML are both made from these events, so that counts, excerpts and pages agree.

use crate::content::emphasis;
use crate::content::line_breaks::JoinedLines;
use crate::text::xml_chars::may_hold_invalid_chars;
use memchr::memchr2;
use pulldown_cmark::{CodeBlockKind, CowStr, Event, Options, Parser, Tag};
use std::borrow::Cow;
use std::ops::Range;

const OPTIONS: Options = Options::ENABLE_TABLES.union(Options::ENABLE_FOOTNOTES).union(Options::ENABLE_STRIKETHROUGH);

/// A body, prepared for parsing.
#[derive(Debug, Clone)]
pub(crate) struct Markdown<'a> {
    source: Cow<'a, str>,
    /// no event can have markers or control characters
    is_clean: bool,
}

impl<'a> Markdown<'a> {
    pub(crate) fn new(body: &'a str) -> Self {
        let source = emphasis::enable_delimiters(body);
        let bytes = source.as_bytes();
        // `&#1;` is a control character too, and the parser passes on some of `\r`
        let is_clean = !may_hold_invalid_chars(bytes) && memchr2(b'&', b'\r', bytes).is_none();
        Self { source, is_clean }
    }

    /// The events in reading order. Texts hold no control characters but tab and line break.
    pub(crate) fn events(&self) -> impl Iterator<Item = Event<'_>> {
        let clean = |event| if self.is_clean { event } else { clean_event(event) };
        JoinedLines::new(Parser::new_ext(&self.source, OPTIONS).map(clean))
    }
}

/// A part of a body that an editor wrote for the browser.
#[derive(Debug)]
pub(crate) enum RawPart<'a> {
    /// raw HTML: a tag in a paragraph, or a line of a block
    Html(CowStr<'a>, Range<usize>),
    /// the address of a link or a picture
    Address { address: CowStr<'a>, is_picture: bool, span: Range<usize> },
}

/// The raw parts of a body, with their locations in it.
pub(crate) fn raw_parts(body: &str) -> impl Iterator<Item = RawPart<'_>> {
    Parser::new_ext(body, OPTIONS).into_offset_iter().filter_map(|(event, span)| match event {
        Event::Html(html) | Event::InlineHtml(html) => Some(RawPart::Html(html, span)),
        Event::Start(Tag::Link { dest_url, .. }) => {
            Some(RawPart::Address { address: dest_url, is_picture: false, span })
        }
        Event::Start(Tag::Image { dest_url, .. }) => {
            Some(RawPart::Address { address: dest_url, is_picture: true, span })
        }
        _ => None,
    })
}

/// The event without markers and control characters in its texts.
fn clean_event(event: Event<'_>) -> Event<'_> {
    match event {
        Event::Text(text) => Event::Text(clean_text(text)),
        Event::Code(text) => Event::Code(clean_text(text)),
        Event::Html(text) => Event::Html(clean_text(text)),
        Event::InlineHtml(text) => Event::InlineHtml(clean_text(text)),
        Event::FootnoteReference(name) => Event::FootnoteReference(clean_text(name)),
        Event::Start(tag) => Event::Start(clean_tag(tag)),
        other => other,
    }
}

fn clean_tag(tag: Tag<'_>) -> Tag<'_> {
    match tag {
        Tag::Link { link_type, dest_url, title, id } => {
            Tag::Link { link_type, dest_url: clean_text(dest_url), title: clean_text(title), id: clean_text(id) }
        }
        Tag::Image { link_type, dest_url, title, id } => {
            Tag::Image { link_type, dest_url: clean_text(dest_url), title: clean_text(title), id: clean_text(id) }
        }
        Tag::CodeBlock(CodeBlockKind::Fenced(info)) => Tag::CodeBlock(CodeBlockKind::Fenced(clean_text(info))),
        Tag::FootnoteDefinition(name) => Tag::FootnoteDefinition(clean_text(name)),
        other => other,
    }
}

fn clean_text(text: CowStr<'_>) -> CowStr<'_> {
    if text.contains(is_forbidden) { text.replace(is_forbidden, "").into() } else { text }
}

/// Control characters and noncharacters: HTML 5, section 13.1, allows neither, as themselves or as `&#1;`. (The marker
/// of [`emphasis`] is one of them.)
fn is_forbidden(c: char) -> bool {
    c.is_control() && !matches!(c, '\t' | '\n')
        || matches!(c, '\u{FDD0}'..='\u{FDEF}')
        || matches!(u32::from(c) & 0xFFFF, 0xFFFE | 0xFFFF)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use pulldown_cmark::TagEnd;

    /// The events as one line: `<strong>` and its like by their first letters, blocks not at all.
    fn inline(body: &str) -> String {
        Markdown::new(body)
            .events()
            .map(|event| match event {
                Event::Start(Tag::Strong) => "<b>".to_owned(),
                Event::End(TagEnd::Strong) => "</b>".to_owned(),
                Event::Start(Tag::Emphasis) => "<i>".to_owned(),
                Event::End(TagEnd::Emphasis) => "</i>".to_owned(),
                Event::Start(Tag::Strikethrough) => "<s>".to_owned(),
                Event::End(TagEnd::Strikethrough) => "</s>".to_owned(),
                Event::Text(text) | Event::InlineHtml(text) => text.into_string(),
                Event::Code(code) => format!("`{code}`"),
                Event::SoftBreak => " ".to_owned(),
                _ => String::new(),
            })
            .collect()
    }

    #[test]
    fn bold_next_to_chinese_punctuation_is_bold() {
        let cases = [
            ("**“产改”**取得", "<b>“产改”</b>取得"),
            ("他说**“好”**。", "他说<b>“好”</b>。"),
            ("**“产改”**和**“工匠”**都", "<b>“产改”</b>和<b>“工匠”</b>都"),
            ("**注意：**这里", "<b>注意：</b>这里"),
            ("占**20%**的人", "占<b>20%</b>的人"),
            ("读*《工人日报》*报道", "读<i>《工人日报》</i>报道"),
            ("删~~“旧”~~新", "删<s>“旧”</s>新"),
            ("C919**“首飞”**成功", "C919<b>“首飞”</b>成功"),
            ("> **“产改”**取得", "<b>“产改”</b>取得"),
            ("## 让**“有为”**还", "让<b>“有为”</b>还"),
            ("|a|\n|-|\n|**“产改”**取得|", "a<b>“产改”</b>取得"),
            ("[**“产改”**取得](x)", "<b>“产改”</b>取得"),
            ("产改**——**取得", "产改<b>——</b>取得"),
            ("他说“**产改**”好", "他说“<b>产改</b>”好"),
        ];
        for (body, expected) in cases {
            assert_eq!(inline(body), expected, "{body}");
        }
    }

    #[test]
    fn asterisks_that_are_no_delimiters_stay() {
        let cases = [
            r"\*\*“产改”\*\*取得",
            r"\**“产改”\**取得",
            "5*（3+2）*2",
            "长*（宽+高）*深",
            "5 * 3 * “2”",
            "`**“产改”**取得`",
            "**产改",
            "他说**。后来**，",
            "约3~5天（10~12人）",
        ];
        for body in cases {
            assert_eq!(inline(body), body.replace('\\', ""), "{body}");
        }
        assert_eq!(inline("    **“产改”**取得"), "**“产改”**取得");
    }

    #[test]
    fn a_line_break_is_a_space_between_latin_words_only() {
        let cases = [
            ("产业\n工人", "产业工人"),
            ("产业，\nAI", "产业，AI"),
            ("pay\nrank", "pay rank"),
            ("产改\nAI", "产改AI"),
            ("he said\n“yes”", "he said “yes”"),
            ("他说\n“AI”", "他说“AI”"),
            ("C919\n**“首飞”**", "C919<b>“首飞”</b>"),
            ("**产业**\n*工人*", "<b>产业</b><i>工人</i>"),
            ("`a`\n`b`", "`a` `b`"),
            ("a<br>\nb", "a<br> b"),
        ];
        for (body, expected) in cases {
            assert_eq!(inline(body), expected, "{body}");
        }
    }

    #[test]
    fn control_characters_and_noncharacters_are_removed() {
        assert_eq!(inline("产&#1;改\u{7}\u{FDD0}"), "产改");
        assert_eq!(inline("`a\u{1F}b`"), "`ab`");
    }

    /// Everything but emphasis: blocks, links, breaks, and texts without the marks of emphasis.
    fn without_emphasis<'a>(events: impl Iterator<Item = Event<'a>>) -> Vec<Event<'static>> {
        let mut kept: Vec<Event<'static>> = Vec::new();
        for event in events {
            match (event, kept.last_mut()) {
                (Event::Start(Tag::Strong | Tag::Emphasis | Tag::Strikethrough), _)
                | (Event::End(TagEnd::Strong | TagEnd::Emphasis | TagEnd::Strikethrough), _) => {}
                (Event::Text(text), last) => {
                    let text = text.replace(['*', '_', '~'], "");
                    match last {
                        Some(Event::Text(before)) => *before = format!("{before}{text}").into(),
                        _ if text.is_empty() => {}
                        _ => kept.push(Event::Text(text.into())),
                    }
                }
                (event, _) => kept.push(event.into_static()),
            }
        }
        kept
    }

    fn with_marks() -> impl Strategy<Value = String> {
        let part = proptest::sample::select(vec![
            "*", "**", "***", "~~", "~", "“", "”", "。", "（", "）", "产", "改", "a", "5", " ", "\n", "\n\n", "`",
            "```\n", "[", "](x)", "]: y", "[^1]", "[^1]: ", "![", "\\", "<", ">", "<a b=\"", "\">", "|", "|-|\n", "- ",
            "> ", "# ", "    ", "&ast;", "http://", "_", "1. ", "<!--", "-->",
        ]);
        proptest::collection::vec(part, 0..40).prop_map(|parts| parts.concat())
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(1000))]

        #[test]
        fn enabling_delimiters_changes_nothing_but_emphasis(body in with_marks()) {
            let enabled = emphasis::enable_delimiters(&body);
            let read = without_emphasis(Parser::new_ext(&enabled, OPTIONS).map(clean_event));
            prop_assert_eq!(read, without_emphasis(Parser::new_ext(&body, OPTIONS)));
        }

        #[test]
        fn quoted_words_between_words_can_be_bold(
            before in "[他说A1]{0,4}", words in "[“《（][产改a，]{1,5}[”》）。！]", after in "[取得B]{0,4}",
        ) {
            let body = format!("{before}**{words}**{after}");
            prop_assert_eq!(inline(&body), format!("{before}<b>{words}</b>{after}"));
        }

        #[test]
        fn any_text_has_events(body in "(?s).{0,200}") {
            for event in Markdown::new(&body).events() {
                if let Event::Text(text) = event {
                    prop_assert!(!text.contains(is_forbidden));
                }
            }
        }
    }
}
