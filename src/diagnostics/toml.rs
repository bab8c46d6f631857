//! Errors of the TOML parser as diagnostics, and TOML dates as days, for settings, front matter and sidecars alike.

use crate::diagnostics::code::Code;
use crate::diagnostics::diagnostic::{Diagnostic, closest_match};
use crate::diagnostics::message::Message;
use crate::diagnostics::source::Source;
use crate::message;
use crate::template;
use jiff::civil::Date;

/// A TOML error as a diagnostic, with the most similar key where one is unknown. `offset` is the start of the TOML in the
/// source, in bytes.
pub(crate) fn toml_diagnostic(source: &Source, offset: usize, error: &toml::de::Error) -> Diagnostic {
    let message = in_plain_words(error.message());
    let span = error.span().map_or(offset..offset, |span| span.start + offset..span.end + offset);
    let quoted: Vec<&str> = message.split('`').skip(1).step_by(2).collect();
    let unknown = message.starts_with("unknown field") || message.starts_with("unknown variant");
    let (code, text) = if unknown {
        (Code::UnknownKey, message!("there is no key {key}", key = quoted.first().unwrap_or(&"")))
    } else {
        (Code::BrokenToml, Message::foreign(message.clone(), meaning(&message)))
    };
    let hint = match quoted.split_first() {
        Some((word, known)) if unknown => match closest_match(word, known.iter().copied()) {
            Some(meant) => message!("did you mean {meant}?", meant),
            None => message!("known here: {known}", known = known.join(", ")),
        },
        _ => hint(&message),
    };
    Diagnostic::new(code, text).at(source, span).hint(hint)
}

/// The parser's message without the names of Rust's types.
fn in_plain_words(message: &str) -> String {
    let types = ["u8", "u16", "u32", "u64", "i64", "usize"];
    let words = message.lines().collect::<Vec<_>>().join("; ").replace(" as i128", "");
    types.iter().fold(words, |words, name| match words.strip_suffix(&format!("expected {name}")) {
        Some(before) => format!("{before}expected a whole number"),
        None => words,
    })
}

/// The parser's message in this program's words, less exact than it.
fn meaning(message: &str) -> Message {
    let key = message.split('`').nth(1).unwrap_or_default();
    match message {
        _ if message.starts_with("missing field") => message!("the key {key} is missing", key),
        _ if message.starts_with("duplicate key") => message!("this key stands here twice"),
        _ if message.starts_with("invalid type") => message!("this value is of another kind than it has to be"),
        _ if message.starts_with("invalid value") => message!("this value cannot be used here"),
        _ => message!("this is not as TOML is written"),
    }
}

/// Advice by a word of the parser's message; the first that matches.
const HINTS: &[(&str, &str)] = &[
    ("unquoted key", template!("a key that is not of ASCII letters is written in quotation marks: \"产改\" = 3.0")),
    ("duplicate key", template!("remove one of the two")),
    ("missing field", template!("add it to the file's front matter or settings")),
    ("date", template!("a date is written 2025-02-25, without quotation marks")),
    (
        "basic string",
        template!("a text is written between two quotation marks, on one line; a \" in it is written \\\""),
    ),
    (
        "expected a whole number",
        template!("a whole number is written 12: not below 0, not huge, without quotation marks"),
    ),
    ("expected a string", template!("a text is written between two quotation marks")),
    ("expected a sequence", template!("a list is written [\"…\", \"…\"]")),
    ("expected a boolean", template!("write true or false, without quotation marks")),
];

fn hint(message: &str) -> Message {
    let found = HINTS.iter().find(|(word, _)| message.contains(word));
    match found {
        Some((_, hint)) => Message::of(hint),
        None => message!("a line is written key = value; text in quotation marks, numbers and dates without"),
    }
}

/// A TOML date as a day that exists, or a diagnostic without a location. A date with a time counts as its day.
pub(crate) fn date_of(value: &toml::Value) -> Result<Date, Diagnostic> {
    let bad_date = |message: Message| {
        Diagnostic::new(Code::BadDate, message).hint(message!("a date is written 2025-02-25, without quotation marks"))
    };
    let datetime = value.as_datetime().ok_or_else(|| bad_date(message!("this is not a date")))?;
    let day = datetime.date.ok_or_else(|| bad_date(message!("this is a time without a day")))?;
    let year = i16::try_from(day.year).ok();
    year.and_then(|year| Date::new(year, day.month as i8, day.day as i8).ok())
        .ok_or_else(|| bad_date(message!("there is no day {day}", day)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde::Deserialize;
    use std::collections::BTreeMap;

    #[derive(Debug, Deserialize)]
    #[serde(deny_unknown_fields)]
    #[allow(dead_code, reason = "only parsed to fail")]
    struct Keys {
        title: String,
        page: Option<u32>,
        size: Option<usize>,
        draft: Option<bool>,
        authors: Option<Vec<String>>,
        terms: Option<BTreeMap<String, f64>>,
    }

    fn diagnostic_of(text: &str) -> Diagnostic {
        let source = Source::new("a.md", format!("+++\n{text}"));
        toml_diagnostic(&source, 4, &toml::from_str::<Keys>(text).unwrap_err())
    }

    #[test]
    fn every_mistake_has_a_location_and_advice() {
        let cases = [
            ("title = 'x'\n[terms]\n产改 = 3.0", 4, "\"产改\" = 3.0"),
            ("title = 'x'\ntitle = 'y'", 3, "remove one"),
            ("draft = true", 2, "add it"),
            ("title = \"x", 2, "two quotation marks"),
            ("title = 'x'\npage = 99999999999", 3, "a whole number is written"),
            ("title = 'x'\nsize = 99999999999999999999", 3, "a whole number is written"),
            ("title = 'x'\npage = -3", 3, "a whole number is written"),
            ("title = 5", 2, "two quotation marks"),
            ("title = 'x'\nauthors = '凌霄'", 3, "a list is written"),
            ("title = 'x'\ndraft = 'yes'", 3, "true or false"),
            ("title = 'x'\n]", 3, "key = value"),
            ("titel = 'x'", 2, "did you mean title?"),
        ];
        for (text, line, hint) in cases {
            let diagnostic = diagnostic_of(text);
            assert!(diagnostic.advice().contains(hint), "{text}: {diagnostic:?}");
            assert_eq!(diagnostic.location.as_ref().unwrap().line, line, "{text}: {diagnostic:?}");
            assert!(
                !["u32", "usize", "i128"].iter().any(|name| diagnostic.message.english().contains(name)),
                "{diagnostic:?}"
            );
        }
    }
}
