//! An article as the search knows it: what a result shows, and the text.
//!
//! What a reader sees of white space is a single space, so a text is kept that way, and without the control characters
//! that no page shows.

use crate::content::article::FrontMatter;
use crate::content::plain_text;

/// An article's record.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Record {
    /// the lines before the text: address, day, paper, themes
    pub(crate) lines: String,
    pub(crate) head: Head,
    /// a paragraph a line, each with its end
    pub(crate) body: String,
}

/// What stands above an article's text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Head {
    pub(crate) title: String,
    /// kicker and subtitle, a line each
    pub(crate) beside: String,
}

impl Head {
    pub(crate) fn of(front: &FrontMatter) -> Self {
        let line = |text: &Option<String>| settled(text.as_deref().unwrap_or_default());
        Self { title: settled(&front.title), beside: format!("{}\n{}", line(&front.kicker), line(&front.subtitle)) }
    }
}

/// Where an article stands: its address below the root, and the places of its paper and its themes.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Place {
    pub(crate) path: String,
    pub(crate) paper: usize,
    pub(crate) themes: Vec<usize>,
}

impl Record {
    pub(crate) fn of(place: &Place, front: &FrontMatter, body: &str) -> Self {
        let day = front.date.map_or_else(String::new, |date| date.to_string());
        let themes: Vec<String> = place.themes.iter().map(usize::to_string).collect();
        let mut text = String::new();
        for paragraph in plain_text::paragraphs(body) {
            text.push_str(&settled(&paragraph.text));
            text.push('\n');
        }
        Self {
            lines: format!("{}\n{day}\n{}\n{}", place.path, place.paper, themes.join(",")),
            head: Head::of(front),
            body: text,
        }
    }

    /// As it stands in a file of texts, with its end.
    pub(crate) fn written(&self) -> String {
        format!("{}\n{}\n{}\n{}\0", self.lines, self.head.title, self.head.beside, self.body)
    }
}

/// What stands in a file of texts for an article that has no page.
pub(crate) const NONE: &str = "\0";

/// White space as one space, none at the ends, and no control characters.
fn settled(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    // what stays as it is goes over in one piece
    let mut from = 0;
    for (at, c) in text.char_indices().filter(|(_, c)| !stays(*c)) {
        out.push_str(&text[from..at]);
        from = at + c.len_utf8();
        if c.is_whitespace() && !out.is_empty() && !out.ends_with(' ') {
            out.push(' ');
        }
    }
    out.push_str(&text[from..]);
    if out.ends_with(' ') {
        out.pop();
    }
    out
}

/// Neither white space nor a control character: there is none of either beyond the ideographic space.
fn stays(c: char) -> bool {
    c > '\u{3000}' || !(c.is_whitespace() || c.is_control())
}

/// A file of texts.
pub(crate) fn utf16(text: &str) -> Vec<u8> {
    // a Chinese character takes three bytes in the one and two in the other
    let mut bytes = Vec::with_capacity(text.len());
    text.encode_utf16().for_each(|unit| bytes.extend_from_slice(&unit.to_le_bytes()));
    bytes
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;
    use proptest::prelude::*;

    #[test]
    fn a_record_has_a_line_for_each_part() {
        let front = FrontMatter {
            title: "让 “产改”\u{3000}落地".into(),
            subtitle: Some("——某地\u{C}探索".into()),
            date: Some(date(2025, 2, 5)),
            ..FrontMatter::default()
        };
        let place = Place { path: "2025/02/05/p1-01/".into(), paper: 1, themes: vec![2, 0] };
        let record = Record::of(&place, &front, "第一\n段\0。\n\n## 小标题\n\n**第二**段。\n");
        assert_eq!(
            record.written(),
            "2025/02/05/p1-01/\n2025-02-05\n1\n2,0\n让 “产改” 落地\n\n——某地 探索\n第一段。\n小标题\n第二段。\n\0"
        );
    }

    #[test]
    fn beyond_the_ideographic_space_every_character_stays() {
        let lost = |c: &char| c.is_whitespace() || c.is_control();
        assert_eq!((char::MIN..=char::MAX).rfind(lost), Some('\u{3000}'));
        assert_eq!(settled(" \t\u{3000}甲\u{7}\u{85} \u{0}乙 \u{1}"), "甲 乙");
    }

    proptest! {
        #[test]
        fn whatever_a_text_holds_its_lines_can_be_told_apart(title in "(?s).{0,30}", body in "(?s).{0,60}") {
            let front = FrontMatter { title, kicker: Some(body.clone()), ..FrontMatter::default() };
            let written = Record::of(&Place::default(), &front, &body).written();
            prop_assert_eq!(written.matches('\0').count(), 1);
            prop_assert_eq!(written.lines().nth(3), Some(""));
            prop_assert!(!written.contains("  "));
        }
    }
}
