//! Documents of the search index: what a result shows of an article, and its text.
//!
//! A browser shows any white space as a single space and no control characters, so texts are stored that way.

use crate::content::article::FrontMatter;
use crate::content::plain_text;
use crate::text::pinyin::syllables;

/// An article in the search index.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Document {
    /// the lines of its metadata: address, day, paper, themes, authors, page, reading of the headline
    pub(crate) metadata: String,
    pub(crate) headings: Headings,
    /// one line for each paragraph, each with its line break
    pub(crate) body: String,
}

/// The headings of an article.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Headings {
    pub(crate) title: String,
    /// kicker and subtitle, one line each
    pub(crate) subtitles: String,
}

impl Headings {
    pub(crate) fn of(front: &FrontMatter) -> Self {
        let line = |text: &Option<String>| normalize(text.as_deref().unwrap_or_default());
        let subtitles = format!("{}\n{}", line(&front.kicker), line(&front.subtitle));
        Self { title: normalize(&front.title), subtitles }
    }
}

/// The metadata of an article: its address below the root, and the positions of its paper and its themes in the facets.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Metadata {
    pub(crate) path: String,
    pub(crate) paper: usize,
    pub(crate) themes: Vec<usize>,
}

impl Document {
    pub(crate) fn of(metadata: &Metadata, front: &FrontMatter, body: &str) -> Self {
        let day = front.date.map_or_else(String::new, |date| date.to_string());
        let themes: Vec<String> = metadata.themes.iter().map(usize::to_string).collect();
        let authors: Vec<String> = front.authors.iter().map(|author| normalize(author)).collect();
        let (authors, page) = (authors.join("、"), front.page.map_or_else(String::new, |page| page.to_string()));
        let reading = syllables(&front.title).join(" ");
        let paragraphs = plain_text::paragraphs(body).into_iter();
        Self {
            metadata: format!(
                "{}\n{day}\n{}\n{}\n{authors}\n{page}\n{reading}",
                metadata.path,
                metadata.paper,
                themes.join(",")
            ),
            headings: Headings::of(front),
            body: paragraphs.map(|paragraph| normalize(&paragraph.text) + "\n").collect(),
        }
    }

    /// Its encoding in a file of texts, with the terminator.
    pub(crate) fn encoded(&self) -> String {
        format!("{}\n{}\n{}\n{}\0", self.metadata, self.headings.title, self.headings.subtitles, self.body)
    }
}

/// The text with white space as single spaces, none at the ends, and without control characters.
fn normalize(text: &str) -> String {
    // there is neither white space nor a control character beyond the ideographic space
    let is_changed = |c: char| c <= '\u{3000}' && (c.is_whitespace() || c.is_control());
    // unchanged characters are copied in runs
    let (mut out, mut from) = (String::with_capacity(text.len()), 0);
    for (at, c) in text.char_indices().filter(|(_, c)| is_changed(*c)) {
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

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;
    use proptest::prelude::*;

    #[test]
    fn a_document_has_a_line_for_each_field() {
        let front = FrontMatter {
            title: "让 “产改”\u{3000}落地".into(),
            subtitle: Some("——某地\u{C}探索".into()),
            date: Some(date(2025, 2, 5)),
            authors: vec!["岑望舒".into(), "凌\n牧".into()],
            page: Some(3),
            ..FrontMatter::default()
        };
        let metadata = Metadata { path: "2025/02/05/p1-01/".into(), paper: 1, themes: vec![2, 0] };
        let document = Document::of(&metadata, &front, "第一\n段\0。\n\n## 小标题\n\n**第二**段。\n");
        assert_eq!(
            document.encoded(),
            "2025/02/05/p1-01/\n2025-02-05\n1\n2,0\n岑望舒、凌 牧\n3\nrang chan gai luo di\n让 “产改” 落地\n\n——某地 探索\n第一段。\n小标题\n第二段。\n\0"
        );
    }

    #[test]
    fn no_character_beyond_the_ideographic_space_changes() {
        let changes = |c: &char| c.is_whitespace() || c.is_control();
        assert_eq!((char::MIN..=char::MAX).rfind(changes), Some('\u{3000}'));
        assert_eq!(normalize(" \t\u{3000}甲\u{7}\u{85} \u{0}乙 \u{1}"), "甲 乙");
    }

    proptest! {
        #[test]
        fn the_lines_of_a_document_can_be_split_whatever_its_text(title in "(?s).{0,30}", body in "(?s).{0,60}") {
            let front = FrontMatter { title, kicker: Some(body.clone()), ..FrontMatter::default() };
            let encoded = Document::of(&Metadata::default(), &front, &body).encoded();
            prop_assert_eq!(encoded.matches('\0').count(), 1);
            prop_assert_eq!(encoded.lines().nth(3), Some(""));
            prop_assert!(!encoded.contains("  "));
        }
    }
}
