//! Patterns of the tables that articles are read from: `content/tables/*.parquet`.

use crate::diagnostics::message::Message;
use crate::message;
use glob::{MatchOptions, Pattern};
use serde::{Serialize, Serializer};

/// The extensions of tables: JSON objects in lines, and Parquet.
pub(crate) const JSON_LINES: &[&str] = &["jsonl", "ndjson"];
pub(crate) const PARQUET: &[&str] = &["parquet", "parq"];

/// A hidden file, and one of a folder below, has to be named.
const OPTIONS: MatchOptions =
    MatchOptions { case_sensitive: true, require_literal_separator: true, require_literal_leading_dot: true };

/// A pattern of paths, below the site's root or absolute.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TablePattern(Pattern);

impl TablePattern {
    /// The pattern, or why it names no tables.
    pub(crate) fn new(pattern: &str) -> Result<Self, Message> {
        let parsed = Pattern::new(pattern).map_err(|error| {
            message!("{pattern} is no pattern: {error}", pattern = format!("{pattern:?}"), error = error.msg)
        })?;
        let names_tables = pattern.rsplit_once('.').is_some_and(|(_, extension)| is_table_extension(extension));
        match names_tables {
            true => Ok(Self(parsed)),
            false => Err(message!(
                "{pattern} does not end in {endings}",
                pattern = format!("{pattern:?}"),
                endings = [JSON_LINES, PARQUET].concat().join(", ")
            )),
        }
    }

    /// As it is written.
    pub(crate) fn as_str(&self) -> &str {
        self.0.as_str()
    }

    /// The folder in which all that matches lies: the parts of the path before the first one with a wildcard.
    pub(crate) fn folder(&self) -> &str {
        let text = self.as_str();
        let literal = text.find(['*', '?', '[']).unwrap_or(text.len());
        text[..literal].rsplit_once('/').map_or("", |(folder, _)| if folder.is_empty() { "/" } else { folder })
    }

    /// Whether a path matches.
    pub(crate) fn matches(&self, path: &str) -> bool {
        self.0.matches_with(path, OPTIONS)
    }
}

impl Serialize for TablePattern {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.as_str())
    }
}

/// Whether files with this extension are tables.
pub(crate) fn is_table_extension(extension: &str) -> bool {
    [JSON_LINES, PARQUET].into_iter().flatten().any(|known| known.eq_ignore_ascii_case(extension))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_pattern_names_tables_below_its_folder() {
        let pattern = TablePattern::new("content/tables/**/*.parquet").unwrap();
        assert_eq!(pattern.folder(), "content/tables");
        assert!(pattern.matches("content/tables/a.parquet") && pattern.matches("content/tables/year=2025/b.parquet"));
        assert!(!pattern.matches("content/tables/.hidden.parquet") && !pattern.matches("content/tables/a.jsonl"));
        assert!(!TablePattern::new("t/*.jsonl").unwrap().matches("t/a/b.jsonl"));
        assert_eq!(TablePattern::new("/*.jsonl").unwrap().folder(), "/");
        assert_eq!(TablePattern::new("*.jsonl").unwrap().folder(), "");
        assert_eq!(TablePattern::new("t/one.NDJSON").unwrap().folder(), "t");
        let problem = |pattern: &str| TablePattern::new(pattern).unwrap_err().english();
        assert!(problem("t/***.jsonl").contains("is no pattern"));
        assert!(problem("articles/").contains("does not end in jsonl, ndjson, parquet, parq"));
    }
}
