//! `PAGE.toml` beside a page: what a person knows that the page does not print.
//!
//! `000.txt` may have a `000.toml` with `date`, `paper`, `issue` and `page`. What it says is so: it wins over what was read
//! from the page.

use crate::base::note::Note;
use crate::base::source::Source;
use crate::base::toml::{date_of, toml_note};
use jiff::civil::Date;
use serde::Deserialize;
use toml::Spanned;

/// What a sidecar says.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Sidecar {
    pub date: Option<Date>,
    pub paper: Option<String>,
    pub issue: Option<u32>,
    pub page: Option<u32>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Keys {
    date: Option<Spanned<toml::Value>>,
    paper: Option<String>,
    issue: Option<u32>,
    page: Option<u32>,
}

/// Reads a sidecar.
///
/// # Errors
/// A finding at its place.
pub fn sidecar(source: &Source) -> Result<Sidecar, Note> {
    let keys: Keys = toml::from_str(&source.text).map_err(|error| toml_note(source, 0, &error))?;
    let date = match keys.date {
        Some(value) => Some(date_of(value.get_ref()).map_err(|note| note.at(source, value.span()))?),
        None => None,
    };
    Ok(Sidecar { date, paper: keys.paper, issue: keys.issue, page: keys.page })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_sidecar_tells_and_its_mistakes_are_told() {
        let read = |text: &str| sidecar(&Source::new("p.toml", text));
        assert_eq!(read("date = 2025-02-25\npage = 3").unwrap().date, Some(Date::constant(2025, 2, 25)));
        assert_eq!(read("dat = 2025-02-25").unwrap_err().hint.as_deref(), Some("did you mean date?"));
        assert_eq!(read("date = \"2025-02-25\"").unwrap_err().code, "bad-date");
    }
}
