//! Parses a row of a table as the article file that it stands for.
//!
//! A row is a JSON object with the keys of an article's file, `body`, and `file` or `id`: what `wenzhai split --articles` writes. Other keys are for
//! others. Null counts as absent, since tables have each column in each row.

use crate::content::article::{Article, ArticleKind, ContinuedLines, FrontMatter, Gaps, PageLines, RareFields};
use crate::content::emit;
use crate::diagnostics::error::library_reason;
use crate::diagnostics::message::Message;
use crate::message;
use jiff::civil::Date;
use serde::de::{DeserializeOwned, Error as _};
use serde::{Deserialize, Deserializer};
use serde_json::Value;

/// The extension of article files.
const EXTENSION: &str = ".md";

/// The columns of a table that are read.
#[cfg_attr(not(feature = "parquet"), expect(dead_code, reason = "JSON lines are read whole"))]
pub(crate) const COLUMNS: &[&str] = &[
    "id",
    "file",
    "title",
    "title_inferred",
    "kicker",
    "subtitle",
    "column",
    "authors",
    "byline",
    "date",
    "paper",
    "issue",
    "page",
    "themes",
    "themes_override",
    "kind",
    "draft",
    "slug",
    "aliases",
    "correction",
    "updated",
    "missing_before",
    "missing_after",
    "breaks_off",
    "source",
    "body",
    "error",
];

/// What decides whether a row is an article of the site, and where its file would be.
#[derive(Debug, Default, Deserialize)]
pub(crate) struct RowHead {
    file: Option<String>,
    #[serde(default)]
    id: Value,
    pub(crate) paper: Option<String>,
    #[serde(default, deserialize_with = "day")]
    pub(crate) date: Option<Date>,
    themes: Option<Vec<String>>,
    themes_override: Option<Vec<String>>,
    /// of a page that `wenzhai split` could not read
    pub(crate) error: Option<RowError>,
}

/// Why a page has no articles.
#[derive(Debug, Default, Deserialize)]
pub(crate) struct RowError {
    #[serde(default)]
    pub(crate) message: String,
}

/// All keys of an article's file.
#[derive(Debug, Deserialize)]
struct RowKeys {
    title: Option<String>,
    title_inferred: Option<bool>,
    kicker: Option<String>,
    subtitle: Option<String>,
    column: Option<String>,
    authors: Option<Vec<String>>,
    byline: Option<String>,
    #[serde(default, deserialize_with = "day")]
    date: Option<Date>,
    paper: Option<String>,
    #[serde(default, deserialize_with = "whole_number")]
    issue: Option<u32>,
    #[serde(default, deserialize_with = "whole_number")]
    page: Option<u32>,
    themes: Option<Vec<String>>,
    themes_override: Option<Vec<String>>,
    kind: Option<ArticleKind>,
    draft: Option<bool>,
    slug: Option<String>,
    aliases: Option<Vec<String>>,
    correction: Option<String>,
    #[serde(default, deserialize_with = "day")]
    updated: Option<Date>,
    missing_before: Option<String>,
    missing_after: Option<String>,
    breaks_off: Option<bool>,
    source: Option<RowSource>,
    body: Option<String>,
}

#[derive(Debug, Deserialize)]
struct RowSource {
    page: String,
    lines: String,
    more: Option<Vec<ContinuedLines>>,
}

impl RowHead {
    /// Reads the head of a row.
    ///
    /// # Errors
    /// The row is no JSON object, or one of these keys has another type.
    pub(crate) fn parse(row: &[u8]) -> Result<Self, Message> {
        parsed(row)
    }

    /// The themes under which the article is filed.
    pub(crate) fn filed_under(&self) -> impl Iterator<Item = &str> {
        self.themes_override.as_ref().or(self.themes.as_ref()).into_iter().flatten().map(String::as_str)
    }

    /// The file below the folder of articles: the row's `file`, or its `id` with `.md`.
    ///
    /// # Errors
    /// There is neither, or it cannot be the name of a file.
    pub(crate) fn file(&self) -> Result<String, Message> {
        let file = match (&self.file, &self.id) {
            (Some(file), _) => file.clone(),
            (None, Value::String(id)) => format!("{id}{EXTENSION}"),
            (None, Value::Number(id)) => format!("{id}{EXTENSION}"),
            _ => return Err(message!("the row has neither file nor id, of which the address of its article is made")),
        };
        match is_article_file(&file) {
            true => Ok(file),
            false => Err(message!("{file} cannot be the name of an article's file", file = format!("{file:?}"))),
        }
    }
}

/// Whether a path below the folder of articles can be an article's file: every part is a name that is not hidden.
fn is_article_file(file: &str) -> bool {
    let is_name = |part: &str| !part.is_empty() && !part.starts_with('.') && part.len() <= 255;
    let is_plain = !file.contains(['\\', ':']) && !file.contains(char::is_control);
    is_plain && file.split('/').all(is_name) && file.ends_with(EXTENSION)
}

/// The text of the article file that a row stands for, `file` below the site's root. `paper` is that of a row that names none.
///
/// # Errors
/// The row is no JSON object, or a key has another type than in an article's file.
pub(crate) fn file_text(file: &str, row: &[u8], paper: Option<&str>) -> Result<String, Message> {
    let mut keys: RowKeys = parsed(row)?;
    keys.paper = keys.paper.or_else(|| paper.map(str::to_owned));
    let (byline, body) = (keys.byline.take(), keys.body.take().unwrap_or_default());
    Ok(emit::article(&Article { file: file.to_owned(), front: front_matter(keys), byline, body }))
}

fn front_matter(keys: RowKeys) -> FrontMatter {
    let source = |RowSource { page, lines, more }| Box::new(PageLines { page, lines, more: more.unwrap_or_default() });
    FrontMatter {
        title: keys.title.unwrap_or_default(),
        title_inferred: keys.title_inferred.unwrap_or_default(),
        kicker: keys.kicker,
        subtitle: keys.subtitle,
        column: keys.column,
        authors: keys.authors.unwrap_or_default(),
        date: keys.date,
        paper: keys.paper,
        issue: keys.issue,
        page: keys.page,
        themes: keys.themes.unwrap_or_default(),
        kind: keys.kind.unwrap_or_default(),
        draft: keys.draft.unwrap_or_default(),
        rare: RareFields {
            themes_override: keys.themes_override,
            slug: keys.slug,
            aliases: keys.aliases.unwrap_or_default(),
            correction: keys.correction,
            updated: keys.updated,
            gaps: Gaps {
                missing_before: keys.missing_before,
                missing_after: keys.missing_after,
                breaks_off: keys.breaks_off.unwrap_or_default(),
            },
        }
        .boxed(),
        source: keys.source.map(source),
    }
}

fn parsed<T: DeserializeOwned>(row: &[u8]) -> Result<T, Message> {
    serde_json::from_slice(row).map_err(|error| {
        let reason = library_reason(&error);
        message!("the row cannot be read: {reason}", reason)
    })
}

/// A day as text, or the day of a time: `2025-03-18T00:00:00`.
fn day<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<Date>, D::Error> {
    let Some(text) = Option::<String>::deserialize(deserializer)? else { return Ok(None) };
    let day = text.split(['T', ' ']).next().unwrap_or_default();
    day.parse().map(Some).map_err(|_| D::Error::custom(format_args!("{text:?} is no day such as 2025-03-18")))
}

/// A number, also one that a program wrote as 8126.0, since its column has nulls.
fn whole_number<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<u32>, D::Error> {
    let Some(number) = Option::<f64>::deserialize(deserializer)? else { return Ok(None) };
    let is_whole = number.fract() == 0.0 && (0.0..=f64::from(u32::MAX)).contains(&number);
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "it is whole and in range")]
    let whole = number as u32;
    is_whole.then_some(Some(whole)).ok_or_else(|| D::Error::custom(format_args!("{number} is no whole number")))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text(row: &str) -> Result<String, String> {
        file_text("content/articles/a.md", row.as_bytes(), None).map_err(|why| why.english())
    }

    #[test]
    fn a_row_is_the_file_that_has_its_keys() {
        let row = r#"{"id": 7, "title": "灯亮了", "kicker": null, "authors": ["林屏之"], "date": "2025-03-18T00:00:00", "issue": 8126.0,
            "themes": ["工匠"], "themes_override": null, "kind": "photo", "breaks_off": true, "paragraphs": [],
            "source": {"page": "p1.txt", "lines": "1-3", "more": null}, "body": "\n正文。\n"}"#;
        let expected = "+++\ntitle = \"灯亮了\"\nauthors = [\"林屏之\"]\ndate = 2025-03-18\nissue = 8126\nthemes = [\"工匠\"]\n\
            kind = \"photo\"\nbreaks_off = true\n\n[source]\npage = \"p1.txt\"\nlines = \"1-3\"\n+++\n\n正文。\n";
        assert_eq!(text(row).unwrap(), expected);
    }

    #[test]
    fn a_value_of_another_type_is_named() {
        for (row, why) in [
            ("[]", "expected struct"),
            ("{", "EOF"),
            (r#"{"title": 3}"#, "expected a string"),
            (r#"{"title": "x", "date": "18.3.2025"}"#, "is no day such as 2025-03-18"),
            (r#"{"title": "x", "page": 1.5}"#, "1.5 is no whole number"),
            (r#"{"title": "x", "page": -1}"#, "-1 is no whole number"),
            (r#"{"title": "x", "kind": "poem"}"#, "unknown variant"),
        ] {
            let found = text(row).unwrap_err();
            assert!(found.contains(why), "{row}: {found}");
        }
    }

    #[test]
    fn a_file_is_named_by_the_row_and_stays_below_the_articles() {
        let file = |row: &str| RowHead::parse(row.as_bytes()).unwrap().file().map_err(|why| why.english());
        assert_eq!(file(r#"{"file": "2025/a.md", "id": 3}"#).unwrap(), "2025/a.md");
        assert_eq!(file(r#"{"id": 3}"#).unwrap(), "3.md");
        assert_eq!(file(r#"{"id": "示范-1"}"#).unwrap(), "示范-1.md");
        assert!(file(r#"{"title": "x"}"#).unwrap_err().contains("neither file nor id"));
        for name in ["../a.md", "/a.md", "a/.md", "a//b.md", "a\\b.md", "a.txt", ".hidden/a.md", "c:a.md", "a\u{0}.md"]
        {
            let row = serde_json::json!({ "file": name }).to_string();
            assert!(file(&row).unwrap_err().contains("cannot be the name"), "{name}");
        }
    }

    #[test]
    fn the_themes_of_an_editor_count_first() {
        let filed = |row: &str| RowHead::parse(row.as_bytes()).unwrap().filed_under().collect::<Vec<_>>().join(" ");
        assert_eq!(filed(r#"{"themes": ["a", "b"], "themes_override": null}"#), "a b");
        assert_eq!(filed(r#"{"themes": ["a", "b"], "themes_override": []}"#), "");
    }
}
