//! `PAGE.toml` beside a page: what a person knows better than the page tells, or than import makes of it.
//!
//! `000.txt` may have a `000.toml`. All of it is optional, and all of it is honoured by every later import:
//!
//! ```toml
//! date = 2025-02-25            # what the page does not print, or prints wrong
//! paper = "示范工人报"
//! issue = 8126
//! page = 3
//!
//! [[lines]]                    # what these lines are
//! at = "27"                    # or "25-31", or "25-31,40": lines of the page, counted from 1
//! role = "title"               # column, kicker, title, subtitle, byline, body, subhead, caption, credit, jump;
//!                              # furniture: belongs to no article
//!
//! [[lines]]                    # where these lines belong
//! at = "50-54"
//! with = 13                    # into the article of line 13
//!
//! [[articles]]                 # an article by its lines: these, no others, read in the order written here
//! lines = "13-25,36-41,26-30"
//! title = "…"                  # what its head should say: title, kicker, subtitle, column, authors = ["…"], kind
//! themes = ["产改"]            # and where it is to be filed
//!
//! [[articles]]                 # or by one line: the article that line 60 stands in
//! at = 60
//! kind = "commentary"
//! ```
//!
//! What is wrong is a finding at its place, and the rest holds: a correction that contradicts one before it is left out.

use crate::content::article::ArticleKind;
use crate::content::parse::unknown_theme;
use crate::diagnostics::code::Code;
use crate::diagnostics::diagnostic::{Diagnostic, closest_match};
use crate::diagnostics::source::{Location, Source};
use crate::diagnostics::toml::{date_of, toml_diagnostic};
use crate::import::page::role::Role;
use crate::import::sidecar::ranges::{Claims, Ranges};
use jiff::civil::Date;
use serde::Deserialize;
use toml::{Spanned, Value};

/// What a sidecar says.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Sidecar {
    pub(crate) date: Option<Date>,
    pub(crate) paper: Option<String>,
    pub(crate) issue: Option<u32>,
    pub(crate) page: Option<u32>,
    pub(crate) lines: Vec<LineWord>,
    pub(crate) articles: Vec<ArticleWord>,
}

/// Lines, and the place that names them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Named {
    pub(crate) ranges: Ranges,
    pub(crate) place: Location,
}

/// What a person says of lines.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct LineWord {
    pub(crate) at: Named,
    pub(crate) role: Option<Role>,
    /// one line: they stand in its article
    pub(crate) with: Option<Named>,
}

/// What a person says of an article.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct ArticleWord {
    pub(crate) which: Which,
    pub(crate) head: HeadWord,
}

/// The article that is meant.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Which {
    /// the one of these lines, and no others
    Lines(Named),
    /// the one that this line stands in
    At(Named),
}

/// What an article's front matter should say; what is absent stays as it was found.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct HeadWord {
    pub(crate) title: Option<String>,
    pub(crate) kicker: Option<String>,
    pub(crate) subtitle: Option<String>,
    pub(crate) column: Option<String>,
    pub(crate) authors: Option<Vec<String>>,
    pub(crate) kind: Option<ArticleKind>,
    pub(crate) themes: Option<Vec<String>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Keys {
    date: Option<Spanned<Value>>,
    paper: Option<String>,
    issue: Option<u32>,
    page: Option<u32>,
    #[serde(default)]
    lines: Vec<Spanned<LineKeys>>,
    #[serde(default)]
    articles: Vec<Spanned<ArticleKeys>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct LineKeys {
    at: Spanned<Value>,
    role: Option<Spanned<String>>,
    with: Option<Spanned<Value>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct ArticleKeys {
    lines: Option<Spanned<Value>>,
    at: Option<Spanned<Value>>,
    title: Option<Spanned<String>>,
    kicker: Option<String>,
    subtitle: Option<String>,
    column: Option<String>,
    authors: Option<Vec<String>>,
    kind: Option<ArticleKind>,
    themes: Option<Vec<Spanned<String>>>,
}

/// Reads a sidecar; `themes` are the ids that site.toml defines. What cannot be read is left out, with a finding at its
/// place; TOML that does not parse says nothing at all.
pub fn parse_sidecar(source: &Source, themes: &[String]) -> (Sidecar, Vec<Diagnostic>) {
    let keys: Keys = match toml::from_str(&source.text) {
        Ok(keys) => keys,
        Err(error) => return (Sidecar::default(), vec![toml_diagnostic(source, 0, &error)]),
    };
    let mut reader =
        Reader { source, themes, roles: Claims::default(), places: Claims::default(), diagnostics: Vec::new() };
    let date = keys.date.and_then(|value| {
        let read = date_of(value.get_ref()).map_err(|diagnostic| diagnostic.at(source, value.span()));
        reader.kept(read)
    });
    let articles = keys.articles.into_iter().filter_map(|article| reader.article(article)).collect();
    let lines = keys.lines.into_iter().filter_map(|line| reader.line(line)).collect();
    (Sidecar { date, paper: keys.paper, issue: keys.issue, page: keys.page, lines, articles }, reader.diagnostics)
}

struct Reader<'a> {
    source: &'a Source,
    themes: &'a [String],
    /// lines that have been given a role
    roles: Claims,
    /// lines that have been given an article
    places: Claims,
    diagnostics: Vec<Diagnostic>,
}

impl Reader<'_> {
    /// The value, or its finding kept.
    fn kept<T>(&mut self, read: Result<T, Diagnostic>) -> Option<T> {
        read.map_err(|diagnostic| self.diagnostics.push(diagnostic)).ok()
    }

    fn line(&mut self, keys: Spanned<LineKeys>) -> Option<LineWord> {
        let span = keys.span();
        let keys = keys.into_inner();
        let at = named(self.source, &keys.at);
        let at = self.kept(at)?;
        let role = match keys.role {
            Some(role) => {
                let read = role_of(self.source, &role);
                Some(self.kept(read)?)
            }
            None => None,
        };
        let with = match keys.with {
            Some(with) => {
                let read = one_line(self.source, &with);
                Some(self.kept(read)?)
            }
            None => None,
        };
        if role.is_none() && with.is_none() {
            let diagnostic =
                Diagnostic::new(Code::EmptyCorrection, "nothing is said about these lines").at(self.source, span);
            self.diagnostics
                .push(diagnostic.hint("say what they are with role = \"…\", or where they belong with with = LINE"));
            return None;
        }
        let role_taken = role.map_or(Ok(()), |_| self.roles.take(&at.ranges));
        let place_taken = with.as_ref().map_or(Ok(()), |_| self.places.take(&at.ranges));
        let free = role_taken.and(place_taken).map_err(|line| overlap(line, &at));
        self.kept(free)?;
        Some(LineWord { at, role, with })
    }

    fn article(&mut self, keys: Spanned<ArticleKeys>) -> Option<ArticleWord> {
        let span = keys.span();
        let keys = keys.into_inner();
        let which = match (&keys.lines, &keys.at) {
            (Some(lines), None) => named(self.source, lines).map(Which::Lines),
            (None, Some(at)) => one_line(self.source, at).map(Which::At),
            _ => Err(Diagnostic::new(Code::WhichArticle, "it is not said which article is meant")
                .at(self.source, span)
                .hint("name its lines with lines = \"13-35\", or one of them with at = 13; not both")),
        };
        let which = self.kept(which)?;
        if let Which::Lines(lines) = &which {
            let free = self.places.take(&lines.ranges).map_err(|line| overlap(line, lines));
            self.kept(free)?;
        }
        let title = keys.title.filter(|title| self.is_headline(title)).map(Spanned::into_inner);
        let head = HeadWord {
            title,
            kicker: keys.kicker,
            subtitle: keys.subtitle,
            column: keys.column,
            authors: keys.authors,
            kind: keys.kind,
            themes: keys.themes.map(|ids| self.known_themes(ids)),
        };
        Some(ArticleWord { which, head })
    }

    fn is_headline(&mut self, title: &Spanned<String>) -> bool {
        let empty = title.get_ref().trim().is_empty();
        if empty {
            let diagnostic = Diagnostic::new(Code::EmptyTitle, "the title is empty").at(self.source, title.span());
            self.diagnostics.push(diagnostic.hint("leave title out where the page's own headline is right"));
        }
        !empty
    }

    fn known_themes(&mut self, ids: Vec<Spanned<String>>) -> Vec<String> {
        let (known, unknown): (Vec<_>, Vec<_>) = ids.into_iter().partition(|id| self.themes.contains(id.get_ref()));
        for id in unknown {
            self.diagnostics.push(unknown_theme(self.source, id.get_ref(), id.span(), self.themes));
        }
        known.into_iter().map(Spanned::into_inner).collect()
    }
}

fn named(source: &Source, value: &Spanned<Value>) -> Result<Named, Diagnostic> {
    let bad = |why: String| {
        let diagnostic = Diagnostic::new(Code::BadLines, why).at(source, value.span());
        diagnostic.hint("lines are written 27, \"25-31\" or \"25-31,40\", and count from 1")
    };
    let ranges = match value.get_ref() {
        Value::Integer(number) => Ranges::parse(&number.to_string()),
        Value::String(text) => Ranges::parse(text),
        other => Err(format!("a {} names no lines", other.type_str())),
    };
    Ok(Named { ranges: ranges.map_err(bad)?, place: source.location(value.span()) })
}

fn one_line(source: &Source, value: &Spanned<Value>) -> Result<Named, Diagnostic> {
    let named = named(source, value)?;
    match named.ranges.0.as_slice() {
        [only] if only.start() == only.end() => Ok(named),
        _ => Err(Diagnostic::new(Code::BadLines, "one line is meant here")
            .at(source, value.span())
            .hint("any line of the article will do, such as that of its headline: 13")),
    }
}

fn role_of(source: &Source, role: &Spanned<String>) -> Result<Role, Diagnostic> {
    let word = role.get_ref().as_str();
    Role::ALL.into_iter().find(|role| role.name() == word).ok_or_else(|| {
        let names: Vec<&str> = Role::ALL.iter().map(|role| role.name()).collect();
        let diagnostic = Diagnostic::new(Code::UnknownRole, format!("there is no role {word}")).at(source, role.span());
        match closest_match(word, names.iter().copied()) {
            Some(meant) => diagnostic.hint(format!("did you mean {meant}?")),
            None => diagnostic.hint(format!("roles are: {}", names.join(", "))),
        }
    })
}

fn overlap(line: usize, named: &Named) -> Diagnostic {
    Diagnostic::new(Code::OverlappingLines, format!("line {line} is spoken for already"))
        .at_location(named.place.clone())
        .hint("each line can be given one role and one article: take it out of one of the two ranges")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> (Sidecar, Vec<Diagnostic>) {
        parse_sidecar(&Source::new("p.toml", text), &["产改".to_owned()])
    }

    fn finding(text: &str) -> Diagnostic {
        let (_, diagnostics) = read(text);
        assert_eq!(diagnostics.len(), 1, "{text}: {diagnostics:?}");
        diagnostics.into_iter().next().unwrap()
    }

    #[test]
    fn a_sidecar_tells_and_its_mistakes_are_told() {
        assert_eq!(read("date = 2025-02-25\npage = 3").0.date, Some(Date::constant(2025, 2, 25)));
        assert_eq!(finding("dat = 2025-02-25").hint.as_deref(), Some("did you mean date?"));
        assert_eq!(finding("date = \"2025-02-25\"").code, Code::BadDate);
    }

    #[test]
    fn the_example_of_the_head_is_read_as_it_stands() {
        let source = include_str!("parse.rs");
        let example = source.split("//! ```").nth(1).unwrap().trim_start_matches("toml");
        let text: Vec<&str> = example.lines().map(|line| line.trim_start_matches("//!")).collect();
        let (read, diagnostics) = read(&text.join("\n"));
        assert_eq!(diagnostics, []);
        assert_eq!((read.lines.len(), read.articles.len()), (2, 2));
        assert_eq!(read.lines[0].role, Some(Role::Title));
        assert_eq!(read.articles[0].head.themes.as_deref(), Some(&["产改".to_owned()][..]));
    }

    #[test]
    fn what_cannot_be_is_told_at_its_place_and_the_rest_holds() {
        let role = finding("[[lines]]\nat = 3\nrole = \"tilte\"");
        assert_eq!((role.code.name(), role.hint.as_deref()), ("unknown-role", Some("did you mean title?")));
        let excerpt = role.location.unwrap().excerpt.unwrap();
        assert_eq!(&excerpt.text[excerpt.marked], "\"tilte\"");
        assert_eq!(finding("[[lines]]\nat = \"9-3\"\nrole = \"body\"").code, Code::BadLines);
        assert_eq!(finding("[[lines]]\nat = 3").code, Code::EmptyCorrection);
        assert_eq!(finding("[[lines]]\nat = 3\nwith = \"1-2\"").code, Code::BadLines);
        assert_eq!(finding("[[articles]]\ntitle = \"题\"").code, Code::WhichArticle);
        assert_eq!(finding("[[articles]]\nat = 1\ntitle = \" \"").code, Code::EmptyTitle);
        assert_eq!(finding("[[articles]]\nat = 1\nthemes = [\"产该\"]").code, Code::UnknownTheme);
        assert_eq!(finding("[[articles]]\nat = 1\ntitel = \"题\"").code, Code::UnknownKey);
        let twice = "[[articles]]\nlines = \"1-5\"\n[[articles]]\nlines = \"5-9\"\n[[lines]]\nat = 9\nrole = \"body\"";
        let (kept, diagnostics) = read(twice);
        assert_eq!(
            (diagnostics[0].code.name(), diagnostics[0].location.as_ref().unwrap().line),
            ("overlapping-lines", 4)
        );
        assert_eq!((kept.articles.len(), kept.lines.len()), (1, 1));
    }
}
