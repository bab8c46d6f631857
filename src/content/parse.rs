//! Parses an article file.
//!
//! 1. split the front matter between `+++` lines from the body
//! 2. deserialise it from TOML: an unknown key is a diagnostic with the key that could be meant
//! 3. check what TOML cannot: dates, themes that site.toml defines, slugs and aliases that can be addresses
//!
//! A broken file gives diagnostics and no article.

use crate::content::alias;
use crate::content::article::{Article, ArticleKind, FileText, FrontMatter, Gaps, PageLines, RareFields};
use crate::diagnostics::code::Code;
use crate::diagnostics::diagnostic::{Diagnostic, closest_match};
use crate::diagnostics::source::Source;
use crate::diagnostics::toml::{date_of, toml_diagnostic};
use crate::message;
use crate::text::slug::is_slug;
use serde::Deserialize;
use serde::de::DeserializeOwned;
use std::ops::Range;
use toml::Spanned;

const FENCE: &str = "+++";

/// Front matter and body as byte ranges of a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct FrontMatterSpans {
    pub(crate) front: Range<usize>,
    pub(crate) body: Range<usize>,
}

/// The keys of an article's front matter, with their locations in the file.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct ArticleKeys {
    title: Spanned<String>,
    #[serde(default)]
    title_inferred: bool,
    kicker: Option<String>,
    subtitle: Option<String>,
    column: Option<String>,
    #[serde(default)]
    authors: Vec<String>,
    byline: Option<String>,
    date: Option<Spanned<toml::Value>>,
    paper: Option<String>,
    issue: Option<u32>,
    page: Option<u32>,
    #[serde(default)]
    themes: Vec<Spanned<String>>,
    themes_override: Option<Vec<Spanned<String>>>,
    #[serde(default)]
    kind: ArticleKind,
    #[serde(default)]
    draft: bool,
    slug: Option<Spanned<String>>,
    #[serde(default)]
    aliases: Vec<Spanned<String>>,
    correction: Option<String>,
    updated: Option<Spanned<toml::Value>>,
    missing_before: Option<String>,
    missing_after: Option<String>,
    #[serde(default)]
    breaks_off: bool,
    source: Option<PageLines>,
}

/// Parses an article. `themes` are the ids that site.toml defines. No article where there is a diagnostic.
///
/// ```
/// use wenzhai::content::parse;
/// use wenzhai::diagnostics::source::Source;
///
/// let text = "+++\ntitle = \"家门口的微工厂\"\nthemes = [\"就业\"]\n+++\n\n正文。\n";
/// let (article, diagnostics) = parse::article(&Source::new("a.md", text), &["就业".to_owned()]);
/// assert_eq!(diagnostics, []);
/// assert_eq!(article.unwrap().front.title, "家门口的微工厂");
///
/// let (article, diagnostics) = parse::article(&Source::new("a.md", text), &[]);
/// assert!(article.is_none());
/// assert_eq!(diagnostics.len(), 1, "site.toml defines no theme 就业");
/// ```
pub fn article(source: &Source, themes: &[String]) -> (Option<Article>, Vec<Diagnostic>) {
    let mut diagnostics = Vec::new();
    let parsed = split_front_matter(source)
        .and_then(|parts| Ok((parse_front_matter::<ArticleKeys>(source, &parts)?, parts)))
        .map(|(mut keys, parts)| {
            let byline = keys.byline.take();
            let front = check_keys(source, &parts, keys, themes, &mut diagnostics);
            Article { file: source.name.clone(), front, byline, body: source.text[parts.body].to_owned() }
        })
        .map_err(|diagnostic| diagnostics.push(diagnostic));
    (parsed.ok().filter(|_| diagnostics.is_empty()), diagnostics)
}

/// The key that [`text`] reads.
#[derive(Deserialize)]
struct BylineKey {
    byline: Option<String>,
}

/// What is read again of an article's file when a page shows it.
///
/// # Errors
/// A diagnostic where there is no front matter any more, or where it cannot be parsed.
pub(crate) fn text(source: &Source) -> Result<FileText, Diagnostic> {
    let parts = split_front_matter(source)?;
    // many files have no byline, and TOML takes long to parse
    let byline = match source.text[parts.front.clone()].contains("byline") {
        true => parse_front_matter::<BylineKey>(source, &parts)?.byline,
        false => None,
    };
    Ok(FileText { byline, body: source.text[parts.body].to_owned(), places: None })
}

/// The spans of front matter and body. The front matter opens on the first line.
///
/// # Errors
/// A diagnostic where there is none, or where it is never closed.
pub(crate) fn split_front_matter(source: &Source) -> Result<FrontMatterSpans, Diagnostic> {
    let text = source.text.as_str();
    let start = if text.starts_with('\u{FEFF}') { '\u{FEFF}'.len_utf8() } else { 0 };
    let front_start = line_end(text, start);
    if text[start..front_start].trim_end() != FENCE {
        return Err(Diagnostic::new(Code::NoFrontMatter, message!("the file does not begin with front matter"))
            .at(source, start..front_start)
            .hint(message!("the first line has to be +++, then TOML such as title = \"…\", then +++ again")));
    }
    let mut at = front_start;
    while at < text.len() {
        let end = line_end(text, at);
        if text[at..end].trim_end() == FENCE {
            return Ok(FrontMatterSpans { front: front_start..at, body: end..text.len() });
        }
        at = end;
    }
    Err(Diagnostic::new(Code::OpenFrontMatter, message!("the front matter is never closed"))
        .at(source, start..front_start)
        .hint(message!("put a line +++ between the front matter and the text")))
}

/// The end of the line that begins at `at`, with its line break.
fn line_end(text: &str, at: usize) -> usize {
    text[at..].find('\n').map_or(text.len(), |found| at + found + 1)
}

/// Deserialises the front matter of a file.
///
/// # Errors
/// A diagnostic at its location: TOML that does not parse, a key that is missing, unknown or of another type.
pub(crate) fn parse_front_matter<T: DeserializeOwned>(
    source: &Source,
    parts: &FrontMatterSpans,
) -> Result<T, Diagnostic> {
    toml::from_str(&source.text[parts.front.clone()])
        .map_err(|error| toml_diagnostic(source, parts.front.start, &error))
}

/// The front matter of valid keys; what is invalid gives diagnostics. `known` are the ids of themes.
fn check_keys(
    source: &Source,
    parts: &FrontMatterSpans,
    keys: ArticleKeys,
    known: &[String],
    diagnostics: &mut Vec<Diagnostic>,
) -> FrontMatter {
    let offset = parts.front.start;
    let in_file = |span: Range<usize>| span.start + offset..span.end + offset;
    if keys.title.get_ref().trim().is_empty() {
        diagnostics.push(
            Diagnostic::new(Code::EmptyTitle, message!("the title is empty"))
                .at(source, in_file(keys.title.span()))
                .hint(message!("give the article a headline; title_inferred = true says that the page prints none")),
        );
    }
    let mut checked_date = |value: Option<Spanned<toml::Value>>| {
        let value = value?;
        let span = in_file(value.span());
        date_of(value.get_ref()).map_err(|diagnostic| diagnostics.push(diagnostic.at(source, span))).ok()
    };
    let (date, updated) = (checked_date(keys.date), checked_date(keys.updated));
    let mut check_themes = |listed: Vec<Spanned<String>>| -> Vec<String> {
        for id in &listed {
            if !known.contains(id.get_ref()) {
                diagnostics.push(unknown_theme(source, id.get_ref(), in_file(id.span()), known));
            }
        }
        listed.into_iter().map(Spanned::into_inner).collect()
    };
    let themes = check_themes(keys.themes);
    let themes_override = keys.themes_override.map(check_themes);
    diagnostics.extend(keys.slug.as_ref().and_then(|slug| bad_slug(source, slug.get_ref(), in_file(slug.span()))));
    let aliases = alias::check_aliases(source, offset, keys.aliases, diagnostics);
    FrontMatter {
        title: keys.title.into_inner(),
        title_inferred: keys.title_inferred,
        kicker: keys.kicker,
        subtitle: keys.subtitle,
        column: keys.column,
        authors: keys.authors,
        date,
        paper: keys.paper,
        issue: keys.issue,
        page: keys.page,
        themes,
        kind: keys.kind,
        draft: keys.draft,
        rare: RareFields {
            themes_override,
            slug: keys.slug.map(Spanned::into_inner),
            aliases,
            correction: keys.correction.filter(|text| !text.trim().is_empty()),
            updated,
            gaps: Gaps {
                missing_before: keys.missing_before,
                missing_after: keys.missing_after,
                breaks_off: keys.breaks_off,
            },
        }
        .boxed(),
        source: keys.source.map(Box::new),
    }
}

/// The diagnostic for a slug that no address can have.
fn bad_slug(source: &Source, slug: &str, span: Range<usize>) -> Option<Diagnostic> {
    let diagnostic =
        Diagnostic::new(Code::BadSlug, message!("{slug} cannot be part of an address", slug = format!("{slug:?}")))
            .at(source, span);
    (!is_slug(slug)).then(|| diagnostic.hint(message!("use ASCII letters, digits, - and _, at most 255")))
}

/// The diagnostic for a theme that is not among those `known`.
pub(crate) fn unknown_theme(source: &Source, id: &str, span: Range<usize>, known: &[String]) -> Diagnostic {
    let diagnostic =
        Diagnostic::new(Code::UnknownTheme, message!("site.toml defines no theme {id}", id)).at(source, span);
    match closest_match(id, known.iter().map(String::as_str)) {
        Some(meant) => diagnostic.hint(message!("did you mean {meant}?", meant)),
        None if known.is_empty() => {
            diagnostic.hint(message!("it defines no themes at all: each is a table [[themes]]"))
        }
        None => diagnostic.hint(message!("defined are: {known}", known = known.join(", "))),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn diagnostics_of(text: &str) -> Vec<Diagnostic> {
        let themes = ["产改".to_owned(), "工匠".to_owned()];
        article(&Source::new("a.md", text), &themes).1
    }

    #[test]
    fn each_mistake_is_a_diagnostic_at_its_location() {
        let cases = [
            ("标题\n", "no-front-matter", 1),
            ("+++\ntitle = \"x\"\n", "open-front-matter", 1),
            ("+++\ntitle = \"x\"\ntitel = \"y\"\n+++\n", "unknown-key", 3),
            ("+++\ntitle = \"x\"\nthemes = [\"产该\"]\n+++\n", "unknown-theme", 3),
            ("+++\ntitle = \"x\"\ndate = 2025-02-30\n+++\n", "broken-toml", 3),
            ("+++\ntitle = \"x\"\ndate = \"2025-02-20\"\n+++\n", "bad-date", 3),
            ("+++\ntitle = \"x\"\ndate = 10:00:00\n+++\n", "bad-date", 3),
            ("+++\ntitle = \"\"\n+++\n", "empty-title", 2),
            ("+++\ntitle = \"x\"\nslug = \"产改\"\n+++\n", "bad-slug", 3),
            ("+++\ntitle = \"x\n+++\n", "broken-toml", 2),
            ("+++\ntitle = \"x\"\nkind = \"poem\"\n+++\n", "unknown-key", 3),
        ];
        for (text, code, line) in cases {
            let diagnostics = diagnostics_of(text);
            assert_eq!(diagnostics.len(), 1, "{text}");
            assert_eq!(
                (diagnostics[0].code.name(), diagnostics[0].location.as_ref().unwrap().line),
                (code, line),
                "{text}"
            );
        }
    }

    #[test]
    fn a_body_may_hold_fences_of_its_own() {
        let (article, diagnostics) = article(&Source::new("a.md", "+++\ntitle = \"x\"\n+++\n\n正文\n\n+++\n"), &[]);
        assert_eq!(diagnostics, []);
        assert_eq!(article.unwrap().body, "\n正文\n\n+++\n");
    }
}
