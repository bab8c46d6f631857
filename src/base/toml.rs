//! TOML's complaints as findings, and its dates as days.
//!
//! Settings, front matter and sidecars are all TOML that a person wrote: what is wrong in any of them is told in the same
//! way, at its place and with what could have been meant.

use crate::base::note::{Note, could_have_meant};
use crate::base::source::Source;
use jiff::civil::Date;

/// A TOML error as a finding, with what could have been meant where a key is unknown. `offset` is where the TOML begins.
pub fn toml_note(source: &Source, offset: usize, error: &toml::de::Error) -> Note {
    let message = error.message().to_owned();
    let span = error.span().map_or(offset..offset, |span| span.start + offset..span.end + offset);
    let quoted: Vec<&str> = message.split('`').skip(1).step_by(2).collect();
    let unknown = message.starts_with("unknown field") || message.starts_with("unknown variant");
    let hint = match quoted.split_first() {
        Some((word, known)) if unknown => Some(match could_have_meant(word, known.iter().copied()) {
            Some(meant) => format!("did you mean {meant}?"),
            None => format!("known here: {}", known.join(", ")),
        }),
        _ if message.contains("missing field") => Some("add it to the file's front matter or settings".to_owned()),
        _ if message.contains("date") => Some("a date is written 2025-02-25, without quotation marks".to_owned()),
        _ => None,
    };
    let (code, said) = if unknown {
        ("unknown-key", format!("there is no key {}", quoted.first().unwrap_or(&"of this name")))
    } else {
        ("broken-toml", message.lines().collect::<Vec<_>>().join("; "))
    };
    let note = Note::error(code, said).at(source, span);
    match hint {
        Some(hint) => note.hint(hint),
        None => note,
    }
}

/// A TOML date as a day that exists. A date with a time counts as its day.
///
/// # Errors
/// A finding without a place.
pub fn date_of(value: &toml::Value) -> Result<Date, Note> {
    let written = "a date is written 2025-02-25, without quotation marks";
    let toml::Value::Datetime(datetime) = value else {
        return Err(Note::error("bad-date", "this is not a date").hint(written));
    };
    let Some(day) = datetime.date else {
        return Err(Note::error("bad-date", "this is a time without a day").hint(written));
    };
    i16::try_from(day.year)
        .ok()
        .and_then(|year| Date::new(year, day.month as i8, day.day as i8).ok())
        .ok_or_else(|| Note::error("bad-date", format!("there is no day {day}")).hint(written))
}
