//! Documents of the search index: what a result shows of an article, and its text.
//!
//! A browser shows any white space as a single space and no control characters, so texts are stored that way.

use crate::catalog::entry::EntryId;
use crate::content::article::FrontMatter;
use crate::content::plain_text;
use crate::site::body::{TextSource, published_body};
use crate::site::facets::papers;
use crate::site::page::Page;
use crate::site::site::Site;
use crate::text::pinyin::syllables;
use jiff::civil::Date;
use std::collections::HashMap;
use std::str::FromStr;

/// An article in the search index: all that its postings are made from.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Document {
    pub(crate) filed: Filed,
    pub(crate) day: Option<Date>,
    /// their names, joined
    pub(crate) authors: String,
    pub(crate) page: Option<u32>,
    /// the syllables of the headline's reading
    pub(crate) reading: Vec<String>,
    pub(crate) headings: Headings,
    /// one line for each paragraph, each with its line break
    pub(crate) body: String,
}

/// Where the site has an article: its address below the root, and the positions of its paper and its themes in the facets.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Filed {
    pub(crate) path: String,
    pub(crate) paper: usize,
    pub(crate) themes: Vec<usize>,
}

/// The headings of an article.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
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

impl Document {
    pub(crate) fn of(filed: Filed, front: &FrontMatter, body: &str) -> Self {
        let authors: Vec<String> = front.authors.iter().map(|author| normalize(author)).collect();
        let paragraphs = plain_text::paragraphs(body).into_iter();
        Self {
            filed,
            day: front.date,
            authors: authors.join("、"),
            page: front.page,
            reading: syllables(&front.title),
            headings: Headings::of(front),
            body: paragraphs.map(|paragraph| normalize(&paragraph.text) + "\n").collect(),
        }
    }

    /// Its encoding in a file of texts, with the terminator.
    pub(crate) fn encoded(&self) -> String {
        let Self {
            filed: Filed { path, paper, themes }, authors, headings: Headings { title, subtitles }, body, ..
        } = self;
        let day = self.day.map_or_else(String::new, |day| day.to_string());
        let page = self.page.map_or_else(String::new, |page| page.to_string());
        let themes: Vec<String> = themes.iter().map(usize::to_string).collect();
        let (themes, reading) = (themes.join(","), self.reading.join(" "));
        format!("{path}\n{day}\n{paper}\n{themes}\n{authors}\n{page}\n{reading}\n{title}\n{subtitles}\n{body}\0")
    }

    /// The document of an encoding without its terminator; none where it is none.
    pub(crate) fn decoded(encoded: &str) -> Option<Self> {
        let lines: Vec<&str> = encoded.splitn(11, '\n').collect();
        let &[path, day, paper, themes, authors, page, reading, title, kicker, subtitle, body] = lines.as_slice()
        else {
            return None;
        };
        let themes = themes.split(',').filter(|theme| !theme.is_empty()).map(str::parse);
        let filed =
            Filed { path: path.to_owned(), paper: paper.parse().ok()?, themes: themes.collect::<Result<_, _>>().ok()? };
        let (title, subtitles) = (title.to_owned(), format!("{kicker}\n{subtitle}"));
        Some(Self {
            filed,
            day: optional(day)?,
            authors: authors.to_owned(),
            page: optional(page)?,
            reading: reading.split_whitespace().map(str::to_owned).collect(),
            headings: Headings { title, subtitles },
            body: body.to_owned(),
        })
    }
}

/// The value of a line that may be empty; none where it is another.
fn optional<T: FromStr>(line: &str) -> Option<Option<T>> {
    if line.is_empty() { Some(None) } else { line.parse().ok().map(Some) }
}

/// The documents of a site.
pub(crate) struct Documents<'a> {
    site: &'a Site,
    bodies: &'a TextSource<'a>,
    /// name of a paper → its position in the facets
    papers: HashMap<Option<String>, usize>,
}

impl<'a> Documents<'a> {
    /// `bodies` returns the Markdown of an article file.
    pub(crate) fn new(site: &'a Site, bodies: &'a TextSource<'a>) -> Self {
        let papers = papers(site).into_iter().enumerate().map(|(position, paper)| (paper.name, position)).collect();
        Self { site, bodies, papers }
    }

    pub(crate) fn has_page(&self, id: EntryId) -> bool {
        self.site.page_at(&self.site.address(Page::Article(id)).file()) == Some(Page::Article(id))
    }

    /// None where an article has no page, or no text that can be read.
    pub(crate) fn get(&self, id: EntryId) -> Option<Document> {
        let front = self.has_page(id).then(|| &self.site.catalog.entries[id].front)?;
        let body = published_body(self.site, id, None, self.bodies).ok()?;
        let filed = Filed {
            path: self.site.address(Page::Article(id)).to_string(),
            // in a site of shards, papers that site.toml does not list are those without a name
            paper: self.papers.get(&front.paper).or(self.papers.get(&None)).copied().unwrap_or_default(),
            themes: self.site.catalog.themes_of(id),
        };
        Some(Document::of(filed, front, &body))
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
        let filed = Filed { path: "2025/02/05/p1-01/".into(), paper: 1, themes: vec![2, 0] };
        let document = Document::of(filed, &front, "第一\n段\0。\n\n## 小标题\n\n**第二**段。\n");
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
        fn the_lines_of_a_document_can_be_split_whatever_its_text(
            title in "(?s).{0,30}", body in "(?s).{0,60}", themes: Vec<usize>, paper: usize, page: Option<u32>, day: Option<u8>,
        ) {
            let date = day.map(|day| date(2025, 1, 1).saturating_add(jiff::Span::new().days(day)));
            let front = FrontMatter { title, kicker: Some(body.clone()), authors: vec![body.clone()], page, date, ..FrontMatter::default() };
            let filed = Filed { path: "2025/02/05/p1-01/".into(), paper, themes };
            let document = Document::of(filed, &front, &body);
            let encoded = document.encoded();
            prop_assert_eq!(encoded.matches('\0').count(), 1);
            prop_assert!(!encoded.contains("  "));
            prop_assert_eq!(Document::decoded(encoded.trim_end_matches('\0')), Some(document));
        }
    }
}
