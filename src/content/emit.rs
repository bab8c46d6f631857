//! Emits an article as the text of its file.
//!
//! Keys are in the documented order, absent ones are left out. Texts of the front matter are single lines: a line break in one
//! becomes a space, since a line `+++` would end the front matter. Parsing the result gives the same article (a property test
//! checks it).

use crate::content::article::{Article, ArticleKind, ContinuedLines, FrontMatter, PageLines};
use jiff::civil::Date;
use serde::{Serialize, Serializer};
use std::borrow::Cow;
use toml::value::Datetime;

/// The keys of an article's file, with days in the form `D`. TOML leaves out fields that are None.
#[derive(Serialize)]
struct FrontMatterKeys<'a, D> {
    title: &'a str,
    #[serde(skip_serializing_if = "is_false")]
    title_inferred: bool,
    kicker: Option<&'a str>,
    subtitle: Option<&'a str>,
    column: Option<&'a str>,
    authors: &'a [String],
    byline: Option<Cow<'a, str>>,
    date: Option<D>,
    paper: Option<&'a str>,
    issue: Option<u32>,
    page: Option<u32>,
    themes: &'a [String],
    themes_override: Option<&'a [String]>,
    kind: ArticleKind,
    #[serde(skip_serializing_if = "is_false")]
    draft: bool,
    slug: Option<&'a str>,
    #[serde(skip_serializing_if = "<[String]>::is_empty")]
    aliases: &'a [String],
    correction: Option<Cow<'a, str>>,
    updated: Option<D>,
    missing_before: Option<Cow<'a, str>>,
    missing_after: Option<Cow<'a, str>>,
    #[serde(skip_serializing_if = "is_false")]
    breaks_off: bool,
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
/// let article = Article { file: "a.md".to_owned(), front, byline: None, body: "\n正文。\n".to_owned() };
/// let text = emit::article(&article);
/// assert_eq!(text, "+++\ntitle = \"家门口的微工厂\"\nauthors = []\nthemes = []\nkind = \"news\"\n+++\n\n正文。\n");
/// ```
pub fn article(article: &Article) -> String {
    format!("+++\n{}+++\n{}", front_matter(article), article.body)
}

fn front_matter(article: &Article) -> String {
    let front = with_single_lines(&article.front);
    toml::to_string(&keys(&front, article.byline.as_deref(), toml_date))
        .expect("strings, numbers, dates and lists of strings are always TOML")
}

/// The keys of an article's file for other formats than TOML: the same names and values, days as `2025-03-18`.
#[derive(Debug, Clone, Copy)]
pub(crate) struct ArticleKeys<'a>(pub(crate) &'a Article);

impl Serialize for ArticleKeys<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let Self(Article { front, byline, .. }) = self;
        keys(&with_single_lines(front), byline.as_deref(), Some).serialize(serializer)
    }
}

fn keys<'a, D>(
    front: &'a FrontMatter,
    byline: Option<&'a str>,
    day: impl Fn(Date) -> Option<D>,
) -> FrontMatterKeys<'a, D> {
    let gaps = front.gaps();
    FrontMatterKeys {
        title: &front.title,
        title_inferred: front.title_inferred,
        kicker: front.kicker.as_deref(),
        subtitle: front.subtitle.as_deref(),
        column: front.column.as_deref(),
        authors: &front.authors,
        byline: byline.map(single_line),
        date: front.date.and_then(&day),
        paper: front.paper.as_deref(),
        issue: front.issue,
        page: front.page,
        themes: &front.themes,
        themes_override: front.themes_override(),
        kind: front.kind,
        draft: front.draft,
        slug: front.slug(),
        aliases: front.aliases(),
        correction: front.correction().map(single_line),
        updated: front.rare.as_ref().and_then(|fields| fields.updated).and_then(&day),
        missing_before: gaps.and_then(|gaps| gaps.missing_before.as_deref()).map(single_line),
        missing_after: gaps.and_then(|gaps| gaps.missing_after.as_deref()).map(single_line),
        breaks_off: gaps.is_some_and(|gaps| gaps.breaks_off),
        source: front.source.as_deref().map(|PageLines { page, lines, more }| SourceKeys { page, lines, more }),
    }
}

fn toml_date(date: Date) -> Option<Datetime> {
    date.to_string().parse().ok()
}

/// The front matter without line breaks in the texts that a person may have given import.
fn with_single_lines(front: &FrontMatter) -> Cow<'_, FrontMatter> {
    let optional = [&front.kicker, &front.subtitle, &front.column, &front.paper];
    let mut texts = [&front.title].into_iter().chain(&front.authors).chain(optional.into_iter().flatten());
    if !texts.any(|text| text.contains(LINE_BREAKS)) {
        return Cow::Borrowed(front);
    }
    let single = |text: &mut String| *text = single_line(text).into_owned();
    let mut front = front.clone();
    single(&mut front.title);
    front.authors.iter_mut().for_each(single);
    [&mut front.kicker, &mut front.subtitle, &mut front.column, &mut front.paper]
        .into_iter()
        .flatten()
        .for_each(single);
    Cow::Owned(front)
}

fn single_line(text: &str) -> Cow<'_, str> {
    match text.contains(LINE_BREAKS) {
        true => text.replace("\r\n", " ").replace(LINE_BREAKS, " ").into(),
        false => text.into(),
    }
}

const LINE_BREAKS: [char; 2] = ['\n', '\r'];

#[cfg(test)]
mod tests {
    use super::*;
    use crate::content::article::{Gaps, RareFields};
    use crate::content::parse;
    use crate::diagnostics::source::Source;
    use jiff::civil::Date;
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
                rare: (draft || inferred)
                    .then(|| RareFields {
                        themes_override: draft.then(Vec::new),
                        slug: None,
                        aliases: if draft { vec!["/2019/旧/a.html".into(), "/b".into()] } else { Vec::new() },
                        correction: draft.then(|| "第二段的数字应为12".to_owned()),
                        updated: draft.then(|| jiff::civil::date(2025, 3, 1)),
                        gaps: Gaps {
                            missing_before: None, missing_after: Some("下转第3版".into()), breaks_off: draft
                        },
                    })
                    .and_then(RareFields::boxed),
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
        fn parse_reads_what_emit_wrote(
            front in fronts(),
            byline in proptest::option::of("\\PC{0,20}"),
            body in "(?s).{0,200}",
        ) {
            let written = Article { file: "a.md".into(), front, byline, body };
            let source = Source::new("a.md", article(&written));
            let text = parse::text(&source).unwrap();
            prop_assert_eq!((&text.byline, &text.body), (&written.byline, &written.body));
            let (read, diagnostics) = parse::article(&source, &["产改".to_owned()]);
            prop_assert_eq!(diagnostics, vec![]);
            prop_assert_eq!(read.unwrap(), written);
        }
    }
}
