//! Turns errors of the template engine into diagnostics at their location.
//!
//! 1. [`syntax_error`]: a text that is no template, whatever the other templates are
//! 2. [`templates_at_fault`]: the templates to leave out if the engine rejects all of them together
//! 3. [`rendering_error`]: a page that cannot be rendered, because a variable does not exist

use crate::diagnostics::code::Code;
use crate::diagnostics::diagnostic::{Diagnostic, closest_match};
use crate::diagnostics::error::library_reason;
use crate::diagnostics::message::Message;
use crate::diagnostics::source::Source;
use crate::message;
use crate::render::engine::references::{Texts, transitive_references};
use crate::render::engine::suggest::{hint, suggestion};
use crate::render::engine::tera::new_engine;
use std::collections::BTreeMap;
use std::ops::Range;
use tera::{Error, ErrorKind};

/// The syntax error of a text, if it has one.
pub(crate) fn syntax_error(name: &str, text: &str) -> Option<Diagnostic> {
    let error = new_engine().add_raw_template(name, text).err()?;
    let ErrorKind::SyntaxError(report) = error.kind() else { return None };
    Some(diagnostic_at(name, text, report.message(), report.span().range.clone()))
}

/// The site's own templates to leave out after the engine has rejected all templates with `error`, each with its diagnostic. At
/// least one, none of those that are `broken` already.
pub(crate) fn templates_at_fault(
    own: &[(String, String)],
    broken: &BTreeMap<String, Diagnostic>,
    texts: &Texts,
    error: &Error,
) -> Vec<(String, Diagnostic)> {
    let own = own.iter().map(|(name, _)| name.as_str());
    let suspects: Vec<&str> = own.filter(|name| !broken.contains_key(*name)).collect();
    let reported = match error.kind() {
        ErrorKind::MissingParent { current, parent } => vec![missing_parent(texts, current, parent)],
        ErrorKind::CircularExtend { tpl, .. } | ErrorKind::CircularInclude { tpl, .. } => {
            let message = message!("this template extends or includes itself");
            vec![(tpl.clone(), Diagnostic::new(Code::Template, message).in_file(path_of(tpl)))]
        }
        kind => reported_errors(&kind.to_string(), texts),
    };
    let found: Vec<(String, Diagnostic)> =
        reported.iter().filter(|(name, _)| suspects.contains(&name.as_str())).cloned().collect();
    if found.is_empty() { incompatible_overrides(&suspects, texts, reported.first(), error) } else { found }
}

/// The suspects that a built-in template depends on and that lack what it needs, such as a block of the template that they
/// replace. `reported` is the error of that built-in template.
fn incompatible_overrides(
    suspects: &[&str],
    texts: &Texts,
    reported: Option<&(String, Diagnostic)>,
    error: &Error,
) -> Vec<(String, Diagnostic)> {
    let is_needed = |name: &&str| reported.is_none_or(|(user, _)| transitive_references(texts, user).contains(name));
    let mut at_fault: Vec<&str> = suspects.iter().copied().filter(is_needed).collect();
    if at_fault.is_empty() {
        at_fault = suspects.to_vec();
    }
    let message = match reported {
        Some((user, diagnostic)) => {
            message!("the built-in {user} does not fit this template: {message}", user, message = diagnostic.message)
        }
        None => message!("the templates do not fit together: {reason}", reason = library_reason(error)),
    };
    let hint =
        message!("keep the blocks of the built-in template, or replace the templates that override them as well");
    let diagnostic =
        |name: &str| Diagnostic::new(Code::Template, message.clone()).in_file(path_of(name)).hint(hint.clone());
    at_fault.into_iter().map(|name| (name.to_owned(), diagnostic(name))).collect()
}

fn missing_parent(texts: &Texts, current: &str, parent: &str) -> (String, Diagnostic) {
    let text = texts.get(current).map_or("", String::as_str);
    let at = text.find(parent).unwrap_or(0);
    let mut diagnostic = Diagnostic::new(Code::Template, message!("there is no template {parent}", parent))
        .at(&Source::new(path_of(current), text), at..at + parent.len());
    if let Some(similar) = closest_match(parent, texts.keys().map(String::as_str)) {
        diagnostic = diagnostic.hint(message!("did you mean {meant}?", meant = similar));
    }
    (current.to_owned(), diagnostic)
}

/// The errors that the engine reports as text: `error: MESSAGE` and, on the next line, `--> NAME:LINE:COLUMN`.
fn reported_errors(report: &str, texts: &Texts) -> Vec<(String, Diagnostic)> {
    let mut found = Vec::new();
    let mut message = "";
    for line in report.lines() {
        if let Some(text) = line.strip_prefix("error: ") {
            message = text;
        } else if let Some(location) = line.trim_start().strip_prefix("--> ") {
            found.extend(reported_error(message, location, texts));
        }
    }
    found
}

fn reported_error(message: &str, location: &str, texts: &Texts) -> Option<(String, Diagnostic)> {
    let mut parts = location.rsplitn(3, ':');
    let (column, line, name) = (parts.next(), parts.next(), parts.next());
    let number = |part: Option<&str>| part.and_then(|part| part.parse::<usize>().ok()).unwrap_or(1);
    let (name, text) = texts.get_key_value(name?)?;
    let start = byte_offset(text, number(line), number(column));
    let word = quoted(message).filter(|word| text[start..].contains(word)).unwrap_or_default();
    let start = start + text[start..].find(word).unwrap_or(0);
    let mut diagnostic = diagnostic_at(name, text, message, start..start + word.len());
    if let Some(hint) = hint(texts, name, message, word) {
        diagnostic = diagnostic.hint(hint);
    }
    Some((name.clone(), diagnostic))
}

/// The byte offset of a line and a column, both counted from 1.
fn byte_offset(text: &str, line: usize, column: usize) -> usize {
    let start = text.split_inclusive('\n').take(line - 1).map(str::len).sum::<usize>();
    text[start..].char_indices().nth(column.saturating_sub(1)).map_or(text.len(), |(at, _)| start + at)
}

/// A message of the engine, and in other languages what it is about.
fn meaning(message: &str) -> Message {
    Message::foreign(
        message,
        match quoted(message) {
            Some(name) => message!("the template has a mistake at {name}", name),
            None => message!("the template has a mistake here"),
        },
    )
}

/// The word between the first two backquotes.
fn quoted(message: &str) -> Option<&str> {
    message.split('`').nth(1)
}

/// A diagnostic from a message of the engine, which may end with the names that exist: `. Available fields: date, title`.
fn diagnostic_at(name: &str, text: &str, message: &str, span: Range<usize>) -> Diagnostic {
    let (message, hint) = match message.split_once(". Available ") {
        Some((message, available)) => {
            let names = available.split_once(": ").map_or(available, |(_, names)| names);
            (message, suggestion(quoted(message).unwrap_or_default(), &names.split(", ").collect::<Vec<_>>()))
        }
        None => (
            message.lines().next().unwrap_or(message),
            message!("tags are {forms}", forms = "{{ … }}, {% … %} and {# … #}"),
        ),
    };
    Diagnostic::new(Code::Template, meaning(message)).at(&Source::new(path_of(name), text), span).hint(hint)
}

/// The path of a template below the site's folder.
fn path_of(name: &str) -> String {
    format!("templates/{name}")
}

/// The diagnostic of a page that cannot be rendered from the template `name`.
pub(crate) fn rendering_error(name: &str, texts: &Texts, error: &Error) -> Diagnostic {
    let ErrorKind::RenderingError(report) = error.kind() else {
        let message = message!("the template cannot be rendered: {reason}", reason = library_reason(error.kind()));
        return Diagnostic::new(Code::Template, message).in_file(path_of(name));
    };
    let text = texts.get(report.filename()).map_or("", String::as_str);
    diagnostic_at(report.filename(), text, report.message(), report.span().range.clone())
}
