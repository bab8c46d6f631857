//! Soft line breaks inside a paragraph: removes those that are no spaces.
//!
//! Chinese is written without spaces, so a line break next to a 汉字 or Chinese punctuation is none; between words of other
//! scripts it is one. (Spacing between 汉字 and Latin is left to the browser.) Quotation marks, dashes and the ellipsis are
//! shared by the scripts, so the rule looks past them.

use crate::text::han::{is_chinese, is_shared_punctuation};
use pulldown_cmark::{Event, Tag};
use std::collections::VecDeque;

/// Events without the soft breaks that are no spaces.
#[derive(Debug)]
pub(crate) struct JoinedLines<'a, I> {
    events: I,
    /// events read ahead, to find the character after a break
    lookahead: VecDeque<Event<'a>>,
    /// the last character before a break that belongs to one script
    before: Option<char>,
}

impl<'a, I: Iterator<Item = Event<'a>>> JoinedLines<'a, I> {
    pub(crate) fn new(events: I) -> Self {
        Self { events, lookahead: VecDeque::new(), before: None }
    }

    fn is_space(&mut self) -> bool {
        !self.before.is_some_and(is_chinese) && !self.after().is_some_and(is_chinese)
    }

    /// The first character after a break that belongs to one script, if there is one before the next break.
    fn after(&mut self) -> Option<char> {
        for at in 0.. {
            if at == self.lookahead.len() {
                self.lookahead.push_back(self.events.next()?);
            }
            match &self.lookahead[at] {
                event if ends_line(event) => return None,
                Event::Text(text) | Event::Code(text) => {
                    if let Some(c) = text.chars().find(belongs_to_one_script) {
                        return Some(c);
                    }
                }
                _ => {}
            }
        }
        None
    }
}

impl<'a, I: Iterator<Item = Event<'a>>> Iterator for JoinedLines<'a, I> {
    type Item = Event<'a>;

    fn next(&mut self) -> Option<Event<'a>> {
        loop {
            let event = self.lookahead.pop_front().or_else(|| self.events.next())?;
            match &event {
                Event::SoftBreak if !self.is_space() => continue,
                Event::SoftBreak => {}
                Event::Text(text) | Event::Code(text) => {
                    self.before = text.chars().rev().find(belongs_to_one_script).or(self.before);
                }
                event if ends_line(event) => self.before = None,
                _ => {}
            }
            return Some(event);
        }
    }
}

/// Text after this event says nothing about the script of the text before it.
fn ends_line(event: &Event<'_>) -> bool {
    match event {
        Event::SoftBreak | Event::HardBreak => true,
        Event::Start(tag) => {
            !matches!(tag, Tag::Emphasis | Tag::Strong | Tag::Strikethrough | Tag::Link { .. } | Tag::Image { .. })
        }
        _ => false,
    }
}

fn belongs_to_one_script(c: &char) -> bool {
    !is_shared_punctuation(*c) && !c.is_whitespace()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use pulldown_cmark::Parser;

    fn joined(body: &str) -> String {
        let texts = JoinedLines::new(Parser::new(body)).map(|event| match event {
            Event::Text(text) | Event::Code(text) => text.into_string(),
            Event::SoftBreak => "/".to_owned(),
            _ => String::new(),
        });
        texts.collect()
    }

    #[test]
    fn the_rule_looks_past_shared_punctuation() {
        assert_eq!(joined("说…\n“**AI**”时代"), "说…“AI”时代");
        assert_eq!(joined("said “so”…\n— and *left*\n“home”"), "said “so”…/— and left/“home”");
    }

    #[test]
    fn text_before_another_break_or_block_decides_nothing() {
        assert_eq!(joined("a\n—\n产"), "a/—产");
        assert_eq!(joined("产\n\n—\na"), "产—/a");
    }

    proptest! {
        #[test]
        fn a_break_goes_beside_chinese_and_stays_between_words(left in "[产，a1]", right in "[改。bZ]") {
            let between = if left.is_ascii() && right.is_ascii() { "/" } else { "" };
            prop_assert_eq!(joined(&format!("{left}\n{right}")), format!("{left}{between}{right}"));
        }
    }
}
