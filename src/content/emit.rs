//! Emits an article as the text of its file.
//!
//! Keys are in the documented order, absent ones are left out, strings are basic strings. Parsing the result gives the same
//! article (a property test checks it).

use crate::content::article::{Article, ArticleKind, ContinuedLines, FrontMatter, PageLines};
use jiff::civil::Date;
use serde::Serialize;
use toml::value::{Date as TomlDate, Datetime};

#[derive(Serialize)]
struct FrontMatterKeys<'a> {
    title: &'a str,
    #[serde(skip_serializing_if = "is_false")]
    title_inferred: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    kicker: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    subtitle: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    column: Option<&'a str>,
    authors: &'a [String],
    #[serde(skip_serializing_if = "Option::is_none")]
    date: Option<Datetime>,
    #[serde(skip_serializing_if = "Option::is_none")]
    paper: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    issue: Option<u32>,
    #[serde(skip_serializing_if = "Option::is_none")]
    page: Option<u32>,
    themes: &'a [String],
    #[serde(skip_serializing_if = "Option::is_none")]
    themes_override: Option<&'a [String]>,
    kind: ArticleKind,
    #[serde(skip_serializing_if = "is_false")]
    draft: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    slug: Option<&'a str>,
    #[serde(skip_serializing_if = "<[String]>::is_empty")]
    aliases: &'a [String],
    #[serde(skip_serializing_if = "Option::is_none")]
    source: Option<SourceKeys<'a>>,
}

#[derive(Serialize)]
struct SourceKeys<'a> {
    page: &'a str,
    lines: &'a str,
    #[serde(skip_serializing_if = "<[ContinuedLines]>::is_empty")]
    more: &'a [ContinuedLines],
}

fn is_false(value: &bool) -> bool {
    !value
}

/// The text of an article's file.
///
/// ```
/// use wenzhai::content::article::{Article, FrontMatter};
/// use wenzhai::content::emit;
///
/// let front = FrontMatter { title: "家门口的微工厂".to_owned(), ..FrontMatter::default() };
/// let text = emit::article(&Article { file: "a.md".to_owned(), front, body: "\n正文。\n".to_owned() });
/// assert_eq!(text, "+++\ntitle = \"家门口的微工厂\"\nauthors = []\nthemes = []\nkind = \"news\"\n+++\n\n正文。\n");
/// ```
pub fn article(article: &Article) -> String {
    format!("+++\n{}+++\n{}", front_matter(&article.front), article.body)
}

fn front_matter(front: &FrontMatter) -> String {
    let keys = FrontMatterKeys {
        title: &front.title,
        title_inferred: front.title_inferred,
        kicker: front.kicker.as_deref(),
        subtitle: front.subtitle.as_deref(),
        column: front.column.as_deref(),
        authors: &front.authors,
        date: front.date.map(toml_date),
        paper: front.paper.as_deref(),
        issue: front.issue,
        page: front.page,
        themes: &front.themes,
        themes_override: front.themes_override(),
        kind: front.kind,
        draft: front.draft,
        slug: front.slug(),
        aliases: front.aliases(),
        source: front.source.as_deref().map(source_keys),
    };
    toml::to_string(&keys).expect("strings, numbers, dates and lists of strings are always TOML")
}

fn source_keys(source: &PageLines) -> SourceKeys<'_> {
    SourceKeys { page: &source.page, lines: &source.lines, more: &source.more }
}

fn toml_date(date: Date) -> Datetime {
    Datetime {
        date: Some(TomlDate {
            year: u16::try_from(date.year()).unwrap_or(0),
            month: date.month() as u8,
            day: date.day() as u8,
        }),
        time: None,
        offset: None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::content::article::EditorFields;
    use crate::content::parse;
    use crate::diagnostics::source::Source;
    use proptest::prelude::*;

    fn fronts() -> impl Strategy<Value = FrontMatter> {
        let text = "\\PC{0,20}";
        (
            "[^\\s]\\PC{0,20}",
            proptest::option::of(text),
            proptest::option::of(text),
            proptest::collection::vec(text, 0..3),
            proptest::option::of((1i16..9999, 1i8..=12, 1i8..=28)),
            proptest::option::of(0u32..30_000),
            any::<(bool, bool)>(),
        )
            .prop_map(|(title, kicker, paper, authors, day, issue, (draft, inferred))| FrontMatter {
                title,
                title_inferred: inferred,
                subtitle: kicker.clone(),
                kicker,
                paper,
                authors,
                date: day.map(|(y, m, d)| Date::new(y, m, d).unwrap()),
                issue,
                themes: vec!["产改".into()],
                draft,
                by_editor: draft.then(|| {
                    let aliases = vec!["/2019/旧/a.html".into(), "/b".into()];
                    Box::new(EditorFields { themes_override: Some(Vec::new()), slug: None, aliases })
                }),
                source: inferred.then(|| {
                    let more = ContinuedLines { page: "p3.txt".into(), lines: "4".into() };
                    let more = if draft { vec![more] } else { Vec::new() };
                    Box::new(PageLines { page: "p.txt".into(), lines: "1-2".into(), more })
                }),
                ..FrontMatter::default()
            })
    }

    proptest! {
        #[test]
        fn parse_reads_what_emit_wrote(front in fronts(), body in "(?s).{0,200}") {
            let written = Article { file: "a.md".into(), front, body };
            let source = Source::new("a.md", article(&written));
            let (read, diagnostics) = parse::article(&source, &["产改".to_owned()]);
            prop_assert_eq!(diagnostics, vec![]);
            prop_assert_eq!(read.unwrap(), written);
        }
    }
}
