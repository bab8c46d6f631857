//! Applies the check of line coverage to the plan for an issue, and turns what it finds into diagnostics.

use crate::diagnostics::code::Code;
use crate::diagnostics::diagnostic::Diagnostic;
use crate::diagnostics::source::{Location, Source};
use crate::import::ledger::LedgerEntry;
use crate::import::line_coverage::{Fault, Restraint, faults, restrain, supersede};
use crate::import::line_holders::{CoveredFiles, CoveredLine, CoveredPage, mark_files_of_absent_pages, page_names};
use crate::import::page::line_ranges::format_line_ranges;
use crate::import::page::lines::Line;
use crate::import::page::role::Role;
use crate::import::page_import::PageImport;
use crate::import::record::PageRecord;
use crate::message;
use crate::pipeline::import::files::PlannedFile;
use std::collections::{BTreeMap, BTreeSet};

/// A page of the issue with the plan for its files.
pub(crate) struct PlannedPage<'a> {
    pub(crate) import: &'a PageImport,
    /// the page's path at the last import
    pub(crate) earlier: &'a str,
    /// its record, and that of the last import
    pub(crate) record: &'a PageRecord,
    pub(crate) before: Option<&'a PageRecord>,
    /// its ledger, with the articles' files
    pub(crate) entries: &'a [LedgerEntry],
    pub(crate) plan: &'a [PlannedFile],
}

/// The result of the check.
#[derive(Debug, Default)]
pub(crate) struct Coverage {
    /// files that have to be kept as they are
    pub(crate) kept: BTreeSet<String>,
    /// new files that are not written, each with the file that holds its lines
    pub(crate) superseded: BTreeMap<String, String>,
    pub(crate) diagnostics: Vec<Diagnostic>,
    /// indexes of the pages that have to be imported again
    pub(crate) unsettled: BTreeSet<usize>,
    /// of each page: kept files whose line numbers are of other bytes, for the record
    pub(crate) numbered_by: Vec<BTreeMap<String, String>>,
}

/// Checks the plan for an issue. `absent` are files of its pages that are not imported now; `into` is the folder of articles in
/// messages, with `/` at the end.
pub(crate) fn check(issue: &[PlannedPage<'_>], absent: &[PlannedFile], into: &str) -> Coverage {
    let mut pages: Vec<CoveredPage> = issue.iter().map(covered_page).collect();
    let mut files = covered_files(issue, absent, &pages);
    let restrained = restrain(&pages, &mut files);
    let superseded = supersede(&mut pages, &mut files);
    let numbered_by = pages.iter().map(|page| page.files_of_other_numbers(&files)).collect();
    let kept = restrained.keys().cloned().collect();
    let mut coverage = Coverage { kept, superseded, numbered_by, ..Coverage::default() };
    for (index, page) in issue.iter().enumerate() {
        coverage.report_absent_parts(index, page, &restrained, into);
    }
    for fault in faults(&pages, &files) {
        coverage.report_fault(issue, &fault, into);
    }
    coverage
}

fn covered_files(issue: &[PlannedPage<'_>], absent: &[PlannedFile], pages: &[CoveredPage]) -> CoveredFiles {
    let names = page_names(pages);
    let of_page = |page: &PlannedPage<'_>, planned: &PlannedFile| {
        let mut covered = planned.covered();
        if let Some(declared) = &mut covered.declared {
            declared.set_own_page(page.import.file(), &names);
        }
        (planned.file.clone(), covered)
    };
    let own = issue.iter().flat_map(|page| page.plan.iter().map(move |planned| of_page(page, planned)));
    let others = absent.iter().map(|planned| (planned.file.clone(), planned.covered()));
    let mut files: CoveredFiles = own.chain(others).collect();
    mark_files_of_absent_pages(&names, &mut files);
    files
}

fn covered_page(page: &PlannedPage<'_>) -> CoveredPage {
    let name = |path: &str| path.rsplit('/').next().unwrap_or(path).to_owned();
    let lines = page.entries.iter().filter_map(|entry| {
        let file = entry.article.clone()?;
        let is_head = Role::ALL.into_iter().any(|role| role.is_head() && role.name() == entry.role);
        let text = text_of_line(page.import, entry.line, |line| &line.text);
        let as_printed = Some(text_of_line(page.import, entry.line, Line::printed_text)).filter(|it| *it != text);
        let is_byline = entry.role == Role::Byline.name();
        Some(CoveredLine { number: entry.line, file, text, as_printed, is_head, is_byline })
    });
    CoveredPage {
        names: [page.import.file().to_owned(), name(page.earlier)],
        bytes: page.record.bytes.clone(),
        bytes_before: page.before.map(|before| before.bytes.clone()).unwrap_or_default(),
        numbered_by: page.before.map(|before| before.numbered_by.clone()).unwrap_or_default(),
        lines: lines.collect(),
    }
}

/// The text of a line of the page's file, of which HTML may have several; the whole of one that is printed on several lines.
fn text_of_line(import: &PageImport, number: usize, text: fn(&Line) -> &str) -> String {
    let lines = &import.page.lines;
    if let Some(texts) = import.texts_of_line.get(&number) {
        let begins_or_goes_on = |line: &&Line| line.numbers().any(|own| own == number);
        return texts.iter().map(|&at| &lines[at]).filter(begins_or_goes_on).map(text).collect();
    }
    let from = lines.partition_point(|line| line.number < number);
    lines[from..].iter().take_while(|line| line.number == number).map(text).collect()
}

impl Coverage {
    fn report_absent_parts(
        &mut self,
        index: usize,
        page: &PlannedPage<'_>,
        restrained: &BTreeMap<String, Restraint>,
        into: &str,
    ) {
        for planned in page.plan {
            let Some(Restraint::AbsentPart(part)) = restrained.get(&planned.file) else { continue };
            let message =
                message!("the article is kept as it is: a part of it is on {part}, which was not imported now", part);
            let hint = message!(
                "import {part} together with {file}; where it is gone for good, take it out of `more`",
                part,
                file = page.import.file()
            );
            let shown = format!("{into}{}", planned.file);
            self.diagnostics.push(Diagnostic::new(Code::PartAbsent, message).in_file(shown).hint(hint));
            self.unsettled.insert(index);
        }
    }

    fn report_fault(&mut self, issue: &[PlannedPage<'_>], fault: &Fault, into: &str) {
        let &(Fault::Misplaced { page, .. } | Fault::Doubled { page, .. }) = fault;
        let import = issue[page].import;
        let all: Vec<usize> = issue[page].entries.iter().map(|entry| entry.line).collect();
        let shown = |lines: &[usize]| {
            message!("{line|lines} {numbers}", n = lines.len(), numbers = format_line_ranges(lines, &all))
        };
        let diagnostic = match fault {
            Fault::Misplaced { lines, file, kept_by, .. } => {
                let lines_shown = shown(lines);
                let stay = match kept_by {
                    Some(kept_by) => message!("so the text stays in {file}", file = format!("{into}{kept_by}")),
                    None => message!("so the text is in no article"),
                };
                let message = message!(
                    "{lines_shown} of the page belong to {into}{file}, which a person has changed or removed, {stay}",
                    lines_shown,
                    into,
                    file,
                    stay
                );
                let hint = message!(
                    "put the text into {file} and its lines into `lines` there, or remove that file and import the page by its name",
                    file
                );
                Diagnostic::new(Code::LineUnplaced, message).at_location(location(import, lines)).hint(hint)
            }
            Fault::Doubled { lines, file, other, .. } => {
                let message = message!(
                    "{lines} of the page stand in {into}{file} and in {into}{other}, which is kept as it is",
                    lines = shown(lines),
                    into,
                    file,
                    other
                );
                let hint = message!(
                    "take them out of one of the two; if they belong to {other}, say so beside the page: [[lines]] with at and with",
                    other
                );
                Diagnostic::new(Code::LineInTwo, message).at_location(location(import, lines)).hint(hint)
            }
        };
        self.diagnostics.push(diagnostic);
        if matches!(fault, Fault::Misplaced { .. }) {
            self.unsettled.insert(page);
        }
    }
}

/// The location of the first of these lines.
fn location(import: &PageImport, lines: &[usize]) -> Location {
    let first =
        lines.first().and_then(|&first| import.page.lines.iter().find(|line| line.numbers().any(|own| own == first)));
    match first {
        Some(line) => {
            let source = Source::new(&import.name, &line.text);
            Location { line: line.number, ..source.location(0..line.text.len()) }
        }
        None => Location::file(&import.name),
    }
}
