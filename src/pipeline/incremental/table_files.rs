//! Lists the tables of articles that site.toml names.

use crate::config::table_pattern::{JSON_LINES, PARQUET, TablePattern};
use crate::diagnostics::code::Code;
use crate::diagnostics::diagnostic::Diagnostic;
use crate::io::fs::walk::{self, FoundFile};
use crate::message;
use crate::project::SETTINGS;
use std::path::Path;

/// The tables that patterns name, sorted and each once, and a finding for each pattern that names none.
pub(crate) fn table_files(root: &Path, patterns: &[TablePattern]) -> (Vec<FoundFile>, Vec<Diagnostic>) {
    let (mut tables, mut diagnostics) = (Vec::new(), Vec::new());
    for pattern in patterns {
        let (listed, findings) = walk::list(root, pattern.folder(), &[JSON_LINES, PARQUET].concat());
        let matching = listed.into_iter().filter(|found| pattern.matches(&found.path));
        let before = tables.len();
        tables.extend(matching);
        if tables.len() == before && findings.is_empty() {
            diagnostics.push(no_table(pattern));
        }
        diagnostics.extend(findings);
    }
    tables.sort_by(|a: &FoundFile, b| a.path.cmp(&b.path));
    tables.dedup_by(|a, b| a.path == b.path);
    (tables, diagnostics)
}

fn no_table(pattern: &TablePattern) -> Diagnostic {
    let message = message!("{pattern} names no table", pattern = format!("{:?}", pattern.as_str()));
    let hint = message!("[content] articles in site.toml names files below the site's folder, or absolute ones");
    Diagnostic::new(Code::NoTable, message).in_file(SETTINGS).hint(hint)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::io::fs::file;
    use tempfile::tempdir;

    #[test]
    fn tables_are_found_below_the_root_and_elsewhere() {
        let (home, elsewhere) = (tempdir().unwrap(), tempdir().unwrap());
        for path in ["t/b.jsonl", "t/year=2025/a.parquet", "t/a.csv"] {
            file::write(&home.path().join(path), b"").unwrap();
        }
        file::write(&elsewhere.path().join("c.ndjson"), b"").unwrap();
        let absolute = format!("{}/*.ndjson", elsewhere.path().display());
        let patterns = ["t/*.jsonl", "t/**/*.parquet", "**/*.jsonl", &absolute, "u/*.jsonl"];
        let patterns: Vec<TablePattern> = patterns.iter().map(|text| TablePattern::new(text).unwrap()).collect();
        let (found, diagnostics) = table_files(home.path(), &patterns);
        let paths: Vec<&str> = found.iter().map(|found| found.path.as_str()).collect();
        let other = elsewhere.path().join("c.ndjson");
        assert_eq!(paths, [other.to_str().unwrap(), "t/b.jsonl", "t/year=2025/a.parquet"]);
        assert_eq!(diagnostics.len(), 1);
        assert_eq!(diagnostics[0].message.english(), "\"u/*.jsonl\" names no table");
    }
}
