//! What the template engine says → findings at their places.
//!
//! 1. [`syntax_error`]: a text that is no template, whatever stands beside it
//! 2. [`blamed`]: the engine refuses all templates together: which of the site's own to leave out, and why
//! 3. [`rendering_error`]: a page that cannot be rendered: a variable that is not there

use crate::diagnostics::code::Code;
use crate::diagnostics::diagnostic::{Diagnostic, closest_match};
use crate::diagnostics::source::Source;
use crate::render::engine::references::{Texts, closure};
use crate::render::engine::suggest::hint;
use crate::render::engine::tera::engine;
use std::collections::BTreeMap;
use std::ops::Range;
use tera::{Error, ErrorKind};

/// What keeps a text from being a template, whatever stands beside it.
pub(crate) fn syntax_error(name: &str, text: &str) -> Option<Diagnostic> {
    match engine().add_raw_template(name, text).err()?.kind() {
        ErrorKind::SyntaxError(report) => Some(note_at(name, text, report.message(), report.span().range.clone())),
        _ => None,
    }
}

/// Which of the site's own templates to leave out after the engine refused them all, and why: at least one.
pub(crate) fn blamed(
    own: &[(String, String)],
    broken: &BTreeMap<String, Diagnostic>,
    texts: &Texts,
    error: &Error,
) -> Vec<(String, Diagnostic)> {
    let suspects: Vec<&str> =
        own.iter().map(|(name, _)| name.as_str()).filter(|name| !broken.contains_key(*name)).collect();
    let said = match error.kind() {
        ErrorKind::MissingParent { current, parent } => vec![call_note(texts, current, parent)],
        ErrorKind::CircularExtend { tpl, .. } | ErrorKind::CircularInclude { tpl, .. } => {
            let diagnostic =
                Diagnostic::new(Code::Template, "this template extends or includes itself").in_file(file(tpl));
            vec![(tpl.clone(), diagnostic)]
        }
        kind => reports(&kind.to_string(), texts),
    };
    let found: Vec<(String, Diagnostic)> =
        said.iter().filter(|(name, _)| suspects.contains(&name.as_str())).cloned().collect();
    if !found.is_empty() {
        return found;
    }
    suspects_of_misfit(&suspects, texts, said.first(), error)
}

/// A built-in template misses a block: one of the site's own took the place of what it builds on.
fn suspects_of_misfit(
    suspects: &[&str],
    texts: &Texts,
    said: Option<&(String, Diagnostic)>,
    error: &Error,
) -> Vec<(String, Diagnostic)> {
    let built_on = |name: &&str| said.is_none_or(|(misfit, _)| closure(texts, misfit).contains(name));
    let mut blamed: Vec<&str> = suspects.iter().copied().filter(built_on).collect();
    if blamed.is_empty() {
        blamed = suspects.to_vec();
    }
    let what = match said {
        Some((misfit, diagnostic)) => {
            format!("the built-in {misfit} does not fit this template: {}", diagnostic.message)
        }
        None => format!("the templates do not fit together: {error}"),
    };
    let hint = "keep the blocks of the built-in template, or bring your own of those that fill them";
    let diagnostic = |name: &str| Diagnostic::new(Code::Template, what.clone()).in_file(file(name)).hint(hint);
    blamed.into_iter().map(|name| (name.to_owned(), diagnostic(name))).collect()
}

fn call_note(texts: &Texts, current: &str, called: &str) -> (String, Diagnostic) {
    let text = texts.get(current).map_or("", String::as_str);
    let at = text.find(called).unwrap_or(0);
    let mut diagnostic = Diagnostic::new(Code::Template, format!("there is no template {called}"))
        .at(&Source::new(file(current), text), at..at + called.len());
    if let Some(meant) = closest_match(called, texts.keys().map(String::as_str)) {
        diagnostic = diagnostic.hint(format!("did you mean {meant}?"));
    }
    (current.to_owned(), diagnostic)
}

/// The engine's reports on calls that lead nowhere: `error: what` and, on the next line, `--> name:line:column`.
fn reports(said: &str, texts: &Texts) -> Vec<(String, Diagnostic)> {
    let mut found = Vec::new();
    let mut what = "";
    for line in said.lines() {
        if let Some(message) = line.strip_prefix("error: ") {
            what = message;
        } else if let Some(place) = line.trim_start().strip_prefix("--> ") {
            let mut parts = place.rsplitn(3, ':');
            let (column, row, name) = (parts.next(), parts.next(), parts.next());
            let number = |part: Option<&str>| part.and_then(|part| part.parse::<usize>().ok()).unwrap_or(1);
            if let Some((name, text)) = name.and_then(|name| texts.get_key_value(name)) {
                let at = offset(text, number(row), number(column));
                let word = quoted(what).filter(|word| text[at..].contains(word)).unwrap_or_default();
                let at = at + text[at..].find(word).unwrap_or(0);
                let diagnostic = note_at(name, text, what, at..at + word.len());
                let diagnostic = match hint(texts, name, what, word) {
                    Some(hint) => diagnostic.hint(hint),
                    None => diagnostic,
                };
                found.push((name.clone(), diagnostic));
            }
        }
    }
    found
}

/// The byte at which a line and a column, counting from 1, stand.
fn offset(text: &str, line: usize, column: usize) -> usize {
    let start = text.split_inclusive('\n').take(line - 1).map(str::len).sum::<usize>();
    text[start..].char_indices().nth(column.saturating_sub(1)).map_or(text.len(), |(at, _)| start + at)
}

/// The word between the first two backquotes.
fn quoted(message: &str) -> Option<&str> {
    message.split('`').nth(1)
}

fn note_at(name: &str, text: &str, message: &str, span: Range<usize>) -> Diagnostic {
    let (said, hint) = match message.split_once(". Available ") {
        Some((said, known)) => (said, did_you_mean(quoted(said), known)),
        None => (message.lines().next().unwrap_or(message), "tags are {{ … }}, {% … %} and {# … #}".to_owned()),
    };
    Diagnostic::new(Code::Template, said.to_owned()).at(&Source::new(file(name), text), span).hint(hint)
}

/// What could have been meant by a name, of those in `known`: `fields: date, title`.
fn did_you_mean(word: Option<&str>, known: &str) -> String {
    let names = known.split_once(": ").map_or(known, |(_, names)| names);
    match word.and_then(|word| closest_match(word, names.split(", "))) {
        Some(meant) => format!("did you mean {meant}?"),
        None => format!("known here: {names}"),
    }
}

/// Where a person finds a template.
fn file(name: &str) -> String {
    format!("templates/{name}")
}

/// Why a page cannot be rendered from the template `name`.
pub(crate) fn rendering_error(name: &str, texts: &Texts, error: &Error) -> Diagnostic {
    match error.kind() {
        ErrorKind::RenderingError(report) => {
            let text = texts.get(report.filename()).map_or("", String::as_str);
            note_at(report.filename(), text, report.message(), report.span().range.clone())
        }
        kind => Diagnostic::new(Code::Template, format!("the template cannot be rendered: {kind}")).in_file(file(name)),
    }
}
