//! The ledger of an import: what `--report` writes about each line of each page.

use serde::Deserialize;

/// One line of the report.
#[derive(Debug, Deserialize)]
pub(crate) struct LedgerLine {
    pub(crate) page: String,
    /// counts from 1
    pub(crate) line: usize,
    pub(crate) role: String,
    /// the article file, or none: the line belongs to no article
    pub(crate) article: Option<String>,
    pub(crate) why: String,
}

/// The lines of a report.
pub(crate) fn parse_ledger(report: &str) -> Vec<LedgerLine> {
    report.lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}

/// The numbers of the lines of a page that are not blank.
pub(crate) fn printed_lines(page: &str) -> Vec<usize> {
    page.split('\n').zip(1..).filter(|(line, _)| !line.trim().is_empty()).map(|(_, number)| number).collect()
}

/// Fails unless the ledger has each line of the page that is not blank exactly once, in order.
#[track_caller]
pub(crate) fn assert_covers(ledger: &[LedgerLine], page: &str) {
    let lines: Vec<usize> = ledger.iter().map(|entry| entry.line).collect();
    assert_eq!(lines, printed_lines(page));
}
