//! Parses a sidecar: TOML → corrections.
//!
//! `000.txt` may have a `000.toml` beside it ([`parse_sidecar`] has an example), all of whose keys are optional. A correction
//! that contradicts one before it is left out, with a diagnostic.

use crate::content::article::ArticleKind;
use crate::content::parse::unknown_theme;
use crate::diagnostics::code::Code;
use crate::diagnostics::diagnostic::{Diagnostic, closest_match};
use crate::diagnostics::message::Message;
use crate::diagnostics::source::Source;
use crate::diagnostics::toml::{date_of, toml_diagnostic};
use crate::import::page::role::Role;
use crate::import::sidecar::corrections::{
    ArticleCorrection, ArticleSelector, FrontMatterOverride, LineCorrection, LineSelection, Sidecar, TextCorrection,
};
use crate::import::sidecar::ranges::{ClaimedLines, Ranges};
use crate::message;
use serde::Deserialize;
use std::ops::Range;
use toml::{Spanned, Value};

#[derive(Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct SidecarKeys {
    date: Option<Spanned<Value>>,
    paper: Option<String>,
    issue: Option<u32>,
    page: Option<u32>,
    #[serde(default)]
    lines: Vec<Spanned<LineKeys>>,
    #[serde(default)]
    articles: Vec<Spanned<ArticleKeys>>,
    #[serde(default)]
    text: Vec<TextKeys>,
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
    byline: Option<String>,
    kind: Option<ArticleKind>,
    themes: Option<Vec<Spanned<String>>>,
    complete: Option<bool>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct TextKeys {
    at: Spanned<Value>,
    printed: Spanned<String>,
    text: Spanned<String>,
}

/// Parses a sidecar. `themes` are the ids that site.toml defines. A correction that cannot be followed is left out, with a
/// diagnostic, be it that its TOML is broken; the others are followed.
///
/// ```
/// use wenzhai::diagnostics::source::Source;
/// use wenzhai::import::sidecar::parse::parse_sidecar;
///
/// let text = r#"
/// date = 2025-02-25            # what the page does not print, or prints wrong
/// paper = "示范工人报"
/// issue = 8126
/// page = 3
///
/// [[lines]]                    # the role of lines
/// at = "27"                    # or "25-31", or "25-31,40": lines of the page, counted from 1
/// role = "title"               # any role of the ledger; furniture belongs to no article
///
/// [[lines]]                    # the article of lines
/// at = "50-54"
/// with = 13                    # that of line 13
///
/// [[articles]]                 # an article by its lines: exactly these, read in this order
/// lines = "13-25,36-41,26-30"
/// title = "家门口的微工厂"     # replaces what was found: title, kicker, subtitle, column, authors = ["…"], byline, kind
/// themes = ["产改"]            # the themes that it is filed under
///
/// [[articles]]                 # or by one of its lines
/// at = 60
/// kind = "commentary"
/// complete = true              # its text ends as it should, though it seems to break off
///
/// [[text]]                     # what a line should say: a character that was misread
/// at = 27
/// printed = "津帖"             # stands in line 27 once
/// text = "津贴"
/// "#;
/// let (_, diagnostics) = parse_sidecar(&Source::new("000.toml", text), &["产改".to_owned()]);
/// assert_eq!(diagnostics, []);
/// ```
pub fn parse_sidecar(source: &Source, themes: &[String]) -> (Sidecar, Vec<Diagnostic>) {
    let (keys, diagnostics) = parse_blocks(source);
    let (with_role, with_article) = (ClaimedLines::default(), ClaimedLines::default());
    let mut parser = SidecarParser { source, themes, with_role, with_article, diagnostics };
    let date =
        |_: &mut _, value: Spanned<Value>| date_of(value.get_ref()).map_err(|found| found.at(source, value.span()));
    let date = parser.parse_all(keys.date, date).pop();
    let articles = parser.parse_all(keys.articles, SidecarParser::article_correction);
    let lines = parser.parse_all(keys.lines, SidecarParser::line_correction);
    let text = parser.parse_all(keys.text, |parser, keys| text_correction(parser.source, keys));
    let SidecarKeys { paper, issue, page, .. } = keys;
    (Sidecar { date, paper, issue, page, lines, articles, text }, parser.diagnostics)
}

/// Broken blocks that are reported; in a file with more, the rest is not looked at.
const MAX_BROKEN: usize = 20;

/// The keys of all blocks that are valid TOML with known keys, and a diagnostic for each other one. A block is a table `[[…]]`, or
/// a line before the first of these.
fn parse_blocks(source: &Source) -> (SidecarKeys, Vec<Diagnostic>) {
    let mut text = source.text.clone();
    let mut diagnostics = Vec::new();
    loop {
        let error = match toml::from_str(&text) {
            Ok(keys) => return (keys, diagnostics),
            Err(error) => error,
        };
        diagnostics.push(toml_diagnostic(source, 0, &error));
        let block = block_at(&text, error.span().map_or(0, |span| span.start));
        if diagnostics.len() == MAX_BROKEN || text[block.clone()].trim().is_empty() {
            return (SidecarKeys::default(), diagnostics);
        }
        // blanks of the same length, so that the other blocks keep their locations
        let blank: String = text[block.clone()].bytes().map(|byte| if byte == b'\n' { '\n' } else { ' ' }).collect();
        text.replace_range(block, &blank);
    }
}

/// The byte range of the block that holds a position.
fn block_at(text: &str, at: usize) -> Range<usize> {
    let lines = || {
        text.split_inclusive('\n').scan(0, |start, line| Some((std::mem::replace(start, *start + line.len()), line)))
    };
    let mut block = 0..text.len();
    let mut in_table = false;
    for (start, line) in lines() {
        let begins_table = line.trim_start().starts_with("[[");
        if begins_table || !in_table {
            if start > at {
                block.end = start;
                break;
            }
            block.start = start;
        }
        in_table |= begins_table;
    }
    block
}

struct SidecarParser<'a> {
    source: &'a Source,
    themes: &'a [String],
    /// lines whose role a correction before has set
    with_role: ClaimedLines,
    /// lines whose article a correction before has set
    with_article: ClaimedLines,
    diagnostics: Vec<Diagnostic>,
}

impl SidecarParser<'_> {
    /// The corrections of the keys that can be followed; the errors are collected.
    fn parse_all<K, T>(
        &mut self,
        keys: impl IntoIterator<Item = K>,
        parse: impl Fn(&mut Self, K) -> Result<T, Diagnostic>,
    ) -> Vec<T> {
        let keys = keys.into_iter();
        keys.filter_map(|keys| parse(self, keys).map_err(|diagnostic| self.diagnostics.push(diagnostic)).ok()).collect()
    }

    fn line_correction(&mut self, keys: Spanned<LineKeys>) -> Result<LineCorrection, Diagnostic> {
        let span = keys.span();
        let keys = keys.into_inner();
        let lines = parse_lines(self.source, &keys.at)?;
        let role = keys.role.map(|role| parse_role(self.source, &role)).transpose()?;
        let with = keys.with.map(|with| parse_one_line(self.source, &with)).transpose()?;
        if role.is_none() && with.is_none() {
            return Err(Diagnostic::new(Code::EmptyCorrection, message!("nothing is said about these lines"))
                .at(self.source, span)
                .hint(message!("say what they are with role = \"…\", or where they belong with with = LINE")));
        }
        let role_claim = role.map_or(Ok(()), |_| self.with_role.claim(&lines.ranges));
        let article_claim = with.as_ref().map_or(Ok(()), |_| self.with_article.claim(&lines.ranges));
        role_claim.and(article_claim).map_err(|line| overlapping_lines(line, &lines))?;
        Ok(LineCorrection { lines, role, with })
    }

    fn article_correction(&mut self, keys: Spanned<ArticleKeys>) -> Result<ArticleCorrection, Diagnostic> {
        let span = keys.span();
        let keys = keys.into_inner();
        let article = match (&keys.lines, &keys.at) {
            (Some(lines), None) => parse_lines(self.source, lines).map(ArticleSelector::Lines),
            (None, Some(at)) => parse_one_line(self.source, at).map(ArticleSelector::Containing),
            _ => Err(Diagnostic::new(Code::WhichArticle, message!("it is not said which article is meant"))
                .at(self.source, span)
                .hint(message!("name its lines with lines = \"13-35\", or one of them with at = 13; not both"))),
        }?;
        if let ArticleSelector::Lines(lines) = &article {
            self.with_article.claim(&lines.ranges).map_err(|line| overlapping_lines(line, lines))?;
        }
        let front = FrontMatterOverride {
            title: keys.title.and_then(|title| self.check_title(title)),
            kicker: keys.kicker,
            subtitle: keys.subtitle,
            column: keys.column,
            authors: keys.authors,
            byline: keys.byline,
            kind: keys.kind,
            themes: keys.themes.map(|ids| self.known_themes(ids)),
            complete: keys.complete,
        };
        Ok(ArticleCorrection { article, front })
    }

    /// The title; None, with a diagnostic, where it is empty.
    fn check_title(&mut self, title: Spanned<String>) -> Option<String> {
        if title.get_ref().trim().is_empty() {
            let diagnostic =
                Diagnostic::new(Code::EmptyTitle, message!("the title is empty")).at(self.source, title.span());
            self.diagnostics.push(diagnostic.hint(message!("leave title out where the page's own headline is right")));
            return None;
        }
        Some(title.into_inner())
    }

    /// The ids that site.toml defines, with a diagnostic for each other one.
    fn known_themes(&mut self, ids: Vec<Spanned<String>>) -> Vec<String> {
        let (known, unknown): (Vec<_>, Vec<_>) = ids.into_iter().partition(|id| self.themes.contains(id.get_ref()));
        for id in unknown {
            self.diagnostics.push(unknown_theme(self.source, id.get_ref(), id.span(), self.themes));
        }
        known.into_iter().map(Spanned::into_inner).collect()
    }
}

fn text_correction(source: &Source, keys: TextKeys) -> Result<TextCorrection, Diagnostic> {
    let TextKeys { at, printed, text } = keys;
    let bad_text = |why: Message, of: &Spanned<String>| Diagnostic::new(Code::BadText, why).at(source, of.span());
    let line = parse_one_line(source, &at)?;
    if let Some(broken) = [&printed, &text].into_iter().find(|it| it.get_ref().contains(is_no_text_of_a_line)) {
        let diagnostic = bad_text(message!("a line has no line breaks and no control characters"), broken);
        return Err(diagnostic.hint(message!("correct each line in a [[text]] of its own")));
    }
    if printed.get_ref().is_empty() {
        let diagnostic = bad_text(message!("it is not said what is printed"), &printed);
        return Err(
            diagnostic.hint(message!("to add text, repeat what stands before it: printed = \"津\", text = \"津贴\""))
        );
    }
    if printed.get_ref() == text.get_ref() {
        return Err(Diagnostic::new(Code::EmptyCorrection, message!("the text is what is printed"))
            .at(source, text.span())
            .hint(message!("say what the line should read instead, or take the correction out")));
    }
    Ok(TextCorrection { line, printed: printed.into_inner(), text: text.into_inner() })
}

fn is_no_text_of_a_line(c: char) -> bool {
    c.is_control() && c != '\t' || matches!(c, '\u{2028}' | '\u{2029}')
}

/// Lines written as a number or as ranges.
fn parse_lines(source: &Source, value: &Spanned<Value>) -> Result<LineSelection, Diagnostic> {
    let bad_lines = |why: Message| {
        let diagnostic = Diagnostic::new(Code::BadLines, why).at(source, value.span());
        diagnostic.hint(message!("lines are written 27, \"25-31\" or \"25-31,40\", and count from 1"))
    };
    let ranges = match value.get_ref() {
        Value::Integer(number) => Ranges::parse(&number.to_string()),
        Value::String(text) => Ranges::parse(text),
        other => Err(message!("a {kind} names no lines", kind = other.type_str())),
    };
    Ok(LineSelection { ranges: ranges.map_err(bad_lines)?, location: source.location(value.span()) })
}

fn parse_one_line(source: &Source, value: &Spanned<Value>) -> Result<LineSelection, Diagnostic> {
    let selection = parse_lines(source, value)?;
    match selection.ranges.0.as_slice() {
        [only] if only.start() == only.end() => Ok(selection),
        _ => Err(Diagnostic::new(Code::BadLines, message!("one line is meant here"))
            .at(source, value.span())
            .hint(message!("of an article any line will do, such as that of its headline: 13"))),
    }
}

fn parse_role(source: &Source, role: &Spanned<String>) -> Result<Role, Diagnostic> {
    let name = role.get_ref().as_str();
    Role::ALL.into_iter().find(|role| role.name() == name).ok_or_else(|| {
        let names: Vec<&str> = Role::ALL.iter().map(|role| role.name()).collect();
        let diagnostic =
            Diagnostic::new(Code::UnknownRole, message!("there is no role {name}", name)).at(source, role.span());
        match closest_match(name, names.iter().copied()) {
            Some(meant) => diagnostic.hint(message!("did you mean {meant}?", meant)),
            None => diagnostic.hint(message!("roles are: {names}", names = names.join(", "))),
        }
    })
}

fn overlapping_lines(line: usize, selection: &LineSelection) -> Diagnostic {
    Diagnostic::new(Code::OverlappingLines, message!("line {line} is in another correction already", line))
        .at_location(selection.location.clone())
        .hint(message!("each line can be given one role and one article: take it out of one of the two ranges"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::Date;

    fn parse(text: &str) -> (Sidecar, Vec<Diagnostic>) {
        parse_sidecar(&Source::new("p.toml", text), &["产改".to_owned()])
    }

    fn diagnostic(text: &str) -> Diagnostic {
        let (_, diagnostics) = parse(text);
        assert_eq!(diagnostics.len(), 1, "{text}: {diagnostics:?}");
        diagnostics.into_iter().next().unwrap()
    }

    #[test]
    fn metadata_is_parsed() {
        assert_eq!(parse("date = 2025-02-25\npage = 3").0.date, Some(Date::constant(2025, 2, 25)));
        assert_eq!(diagnostic("dat = 2025-02-25").advice(), "did you mean date?");
        assert_eq!(diagnostic("date = \"2025-02-25\"").code, Code::BadDate);
    }

    #[test]
    fn corrections_of_lines_and_articles_are_parsed() {
        let text = "[[lines]]\nat = \"27\"\nrole = \"title\"\n[[lines]]\nat = \"50-54\"\nwith = 13\n\
                    [[articles]]\nlines = \"13-25,36-41,26-30\"\nthemes = [\"产改\"]\n[[articles]]\nat = 60\nkind = \"commentary\"";
        let (sidecar, diagnostics) = parse(text);
        assert_eq!(diagnostics, []);
        let [role, with] = sidecar.lines.as_slice() else { panic!("{:?}", sidecar.lines) };
        assert_eq!((role.role, &role.lines.ranges.0[..]), (Some(Role::Title), &[27..=27][..]));
        assert_eq!(with.with.as_ref().map(|line| &line.ranges.0[..]), Some(&[13..=13][..]));
        let [by_lines, by_line] = sidecar.articles.as_slice() else { panic!("{:?}", sidecar.articles) };
        let ArticleSelector::Lines(lines) = &by_lines.article else { panic!("{by_lines:?}") };
        assert_eq!(lines.ranges.0, [13..=25, 36..=41, 26..=30]);
        assert_eq!(by_lines.front.themes.as_deref(), Some(&["产改".to_owned()][..]));
        assert!(matches!(by_line.article, ArticleSelector::Containing(_)));
        assert_eq!(by_line.front.kind, Some(ArticleKind::Commentary));
    }

    #[test]
    fn corrections_of_text_are_parsed() {
        let (sidecar, diagnostics) = parse("[[text]]\nat = 27\nprinted = \"津帖\"\ntext = \"津贴\"");
        let [TextCorrection { line, printed, text }] = sidecar.text.as_slice() else { panic!("{:?}", sidecar.text) };
        assert_eq!((&line.ranges.0[..], printed.as_str(), text.as_str()), (&[27..=27][..], "津帖", "津贴"));
        assert_eq!(diagnostics, []);
        assert_eq!(parse("[[text]]\nat = 2\nprinted = \"一\\t\"\ntext = \"\"").1, []);
        let wrong = |at: &str, printed: &str, text: &str| {
            diagnostic(&format!("[[text]]\nat = {at}\nprinted = \"{printed}\"\ntext = \"{text}\"")).code
        };
        assert_eq!((wrong("2", "", "字"), wrong("2", "字", "字")), (Code::BadText, Code::EmptyCorrection));
        assert_eq!((wrong("2", "一\\n二", "字"), wrong("2", "字", "一\\u2028")), (Code::BadText, Code::BadText));
        assert_eq!((wrong("2", "一", "\\u0007"), wrong("\"2-3\"", "一", "二")), (Code::BadText, Code::BadLines));
        assert_eq!(diagnostic("[[text]]\nat = 2\nprint = \"字\"\ntext = \"\"").code, Code::UnknownKey);
        assert_eq!(diagnostic("[[text]]\nat = 2\nprinted = \"字\"").code, Code::BrokenToml);
    }

    #[test]
    fn a_mistake_is_a_diagnostic_at_its_location() {
        let role = diagnostic("[[lines]]\nat = 3\nrole = \"tilte\"");
        assert_eq!((role.code, role.advice()), (Code::UnknownRole, "did you mean title?".to_owned()));
        let excerpt = role.location.unwrap().excerpt.unwrap();
        assert_eq!(&excerpt.text[excerpt.marked], "\"tilte\"");
        assert_eq!(diagnostic("[[lines]]\nat = \"9-3\"\nrole = \"body\"").code, Code::BadLines);
        assert_eq!(diagnostic("[[lines]]\nat = 3").code, Code::EmptyCorrection);
        assert_eq!(diagnostic("[[lines]]\nat = 3\nwith = \"1-2\"").code, Code::BadLines);
        assert_eq!(diagnostic("[[articles]]\ntitle = \"题\"").code, Code::WhichArticle);
        assert_eq!(diagnostic("[[articles]]\nat = 1\ntitle = \" \"").code, Code::EmptyTitle);
        assert_eq!(diagnostic("[[articles]]\nat = 1\nthemes = [\"产该\"]").code, Code::UnknownTheme);
        assert_eq!(diagnostic("[[articles]]\nat = 1\ntitel = \"题\"").code, Code::UnknownKey);
    }

    #[test]
    fn a_correction_that_contradicts_another_is_left_out_and_the_others_are_followed() {
        let twice = "[[articles]]\nlines = \"1-5\"\n[[articles]]\nlines = \"5-9\"\n[[lines]]\nat = 9\nrole = \"body\"";
        let (sidecar, diagnostics) = parse(twice);
        assert_eq!((diagnostics[0].code, diagnostics[0].location.as_ref().unwrap().line), (Code::OverlappingLines, 4));
        assert_eq!((sidecar.articles.len(), sidecar.lines.len()), (1, 1));
    }
}
