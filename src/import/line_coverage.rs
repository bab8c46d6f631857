//! Line coverage: each line of a page that is text of an article stands in exactly one article file.
//!
//! Import writes files so that this holds. It can be broken where a person's file takes part, which import does not change, and
//! where a part of an article is on a page that was not imported. Before anything is written:
//!
//! 1. a file whose replacement or removal would take a line out of every article is kept as it is ([`restrain`]); this is
//!    repeated, since what a kept file does not take over may be lost from another one
//! 2. a new file is not written where a kept one holds all of its lines ([`supersede`]): the article that they are a part of
//!    belongs to a page that was not imported
//! 3. the lines that still stand in no file, or in two, are found ([`faults`])
//!
//! The lines that a file holds are those that its front matter names (`source`). Where the page has changed since, numbers prove
//! nothing, and a file holds the lines whose text it contains, which an editor may have corrected ([`TextIndex`]).

use crate::content::article::PageLines;
use crate::import::sidecar::ranges::Ranges;
use crate::import::text_index::TextIndex;
use std::collections::{BTreeMap, BTreeSet};

/// The lines that a file says it holds: the file name of a page, and ranges of its lines.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct DeclaredLines(Vec<(String, Ranges)>);

impl DeclaredLines {
    /// Of a file's front matter. Ranges that cannot be read hold nothing.
    pub(crate) fn of(source: &PageLines) -> Self {
        let first = (source.page.clone(), Ranges::parse(&source.lines).unwrap_or_default());
        let more = source.more.iter().map(|more| (more.page.clone(), Ranges::parse(&more.lines).unwrap_or_default()));
        Self([first].into_iter().chain(more).collect())
    }

    /// Whether the file has parts on other pages than its own.
    pub(crate) fn has_parts(&self) -> bool {
        self.0.len() > 1
    }

    /// The first page besides the article's own that is not among `pages`.
    fn absent_part<'a>(&'a self, pages: &[CoveredPage]) -> Option<&'a str> {
        let parts = self.0.iter().skip(1).map(|(name, _)| name.as_str());
        parts.into_iter().find(|name| !pages.iter().any(|page| page.has_name(name)))
    }
}

/// An imported page of the issue.
#[derive(Debug, Default)]
pub(crate) struct CoveredPage {
    /// its file name, and the one it had at the last import
    pub(crate) names: [String; 2],
    /// it has the bytes that it had at the last import, so that line numbers mean the same
    pub(crate) is_unchanged: bool,
    /// the lines that belong to an article, ascending
    pub(crate) lines: Vec<CoveredLine>,
}

/// A line of a page that belongs to an article.
#[derive(Debug)]
pub(crate) struct CoveredLine {
    pub(crate) number: usize,
    /// the article's file
    pub(crate) file: String,
    /// empty where the page is unchanged
    pub(crate) text: String,
}

impl CoveredPage {
    fn has_name(&self, name: &str) -> bool {
        self.names.iter().any(|own| own == name)
    }
}

/// What is planned for an article's file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum PlannedAction {
    /// it comes to hold the lines that import gives it
    Generate,
    /// it is removed, as the page has no such article any more
    Remove,
    /// it stays as it is
    Keep,
    /// a person has removed it, and it is not written again
    StayAway,
}

impl PlannedAction {
    fn is_rewrite(self) -> bool {
        matches!(self, Self::Generate | Self::Remove)
    }
}

/// An article's file in the plan of an import.
#[derive(Debug)]
pub(crate) struct CoveredFile {
    pub(crate) action: PlannedAction,
    /// there is no such file on the disk
    pub(crate) is_new: bool,
    /// of the file on the disk, where that is to be replaced or removed, or is kept; None also where it names no lines
    pub(crate) declared: Option<DeclaredLines>,
    /// the text of the file on the disk, in the same cases
    pub(crate) text: String,
}

/// The files of a plan by their names.
pub(crate) type CoveredFiles = BTreeMap<String, CoveredFile>;

/// Why a file that was to be replaced or removed is kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Restraint {
    /// lines would be lost: they belong to a file that does not take them
    Lines,
    /// a part of it is on this page, which was not imported
    AbsentPart(String),
}

/// Lines of a page that are not in exactly one file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Fault {
    /// they belong to `file`, which a person has changed or removed and which does not hold them; `kept_by` does, if any
    Misplaced { page: usize, lines: Vec<usize>, file: String, kept_by: Option<String> },
    /// they stand in `file`, to which they belong, and in `other`, which is kept as it is
    Doubled { page: usize, lines: Vec<usize>, file: String, other: String },
}

/// Changes the plan so that no line is lost by it. Returns the files that are kept for that.
pub(crate) fn restrain(pages: &[CoveredPage], files: &mut CoveredFiles) -> BTreeMap<String, Restraint> {
    let mut restrained = BTreeMap::new();
    for (name, file) in files.iter_mut().filter(|(_, file)| file.action.is_rewrite()) {
        if let Some(absent) = file.declared.as_ref().and_then(|declared| declared.absent_part(pages)) {
            restrained.insert(name.clone(), Restraint::AbsentPart(absent.to_owned()));
            file.action = PlannedAction::Keep;
        }
    }
    loop {
        let losing = files_that_lose_lines(pages, files);
        if losing.is_empty() {
            return restrained;
        }
        for name in losing {
            if let Some(file) = files.get_mut(&name) {
                file.action = PlannedAction::Keep;
            }
            restrained.insert(name, Restraint::Lines);
        }
    }
}

/// The files that hold a line on the disk which no file of the plan holds.
fn files_that_lose_lines(pages: &[CoveredPage], files: &CoveredFiles) -> BTreeSet<String> {
    let mut losing = BTreeSet::new();
    let is_on_disk = |file: &CoveredFile| file.declared.is_some() || !file.text.is_empty();
    if !files.values().any(|file| file.action.is_rewrite() && is_on_disk(file)) {
        return losing;
    }
    for page in pages {
        let kept = held_by(page, files, |action| action == PlannedAction::Keep);
        let rewritten = held_by(page, files, PlannedAction::is_rewrite);
        for ((line, kept), rewritten) in page.lines.iter().zip(kept).zip(rewritten) {
            if kept.is_empty() && !takes_its_lines(&line.file, files) {
                losing.extend(rewritten.first().map(|&name| name.to_owned()));
            }
        }
    }
    losing
}

/// For each line of a page the files of certain actions that hold it on the disk.
fn held_by<'f>(
    page: &CoveredPage,
    files: &'f CoveredFiles,
    is_meant: impl Fn(PlannedAction) -> bool,
) -> Vec<Vec<&'f str>> {
    let meant = files.iter().filter(|(_, file)| is_meant(file.action));
    if !page.is_unchanged {
        let index = TextIndex::of(meant.map(|(name, file)| (name.as_str(), file.text.as_str())));
        return page.lines.iter().map(|line| index.files_containing(&line.text)).collect();
    }
    let mut names = vec![Vec::new(); page.lines.len()];
    for (name, file) in meant {
        let declared = file.declared.iter().flat_map(|declared| &declared.0).filter(|(of, _)| page.has_name(of));
        for range in declared.flat_map(|(_, ranges)| &ranges.0) {
            let from = page.lines.partition_point(|line| line.number < *range.start());
            let to = page.lines.partition_point(|line| line.number <= *range.end());
            names[from..to.max(from)].iter_mut().for_each(|names| names.push(name.as_str()));
        }
    }
    names
}

/// Whether a file comes to hold all lines that import gives it, whatever it holds now.
fn takes_its_lines(owner: &str, files: &CoveredFiles) -> bool {
    files.get(owner).is_some_and(|file| match file.action {
        PlannedAction::Generate => true,
        // a file that names no lines may hold them
        PlannedAction::Keep => file.declared.is_none(),
        PlannedAction::Remove | PlannedAction::StayAway => false,
    })
}

/// Takes new files out of the plan whose lines all stand in one file that is kept, and gives their lines to that. Returns the
/// files taken out, each with the one that holds its lines.
pub(crate) fn supersede(pages: &mut [CoveredPage], files: &mut CoveredFiles) -> BTreeMap<String, String> {
    let mut superseded = BTreeMap::new();
    if !files.values().any(|file| file.action == PlannedAction::Keep) {
        return superseded;
    }
    for page in pages.iter_mut() {
        let mut holders: BTreeMap<&str, Option<&str>> = BTreeMap::new();
        let kept = held_by(page, files, |action| action == PlannedAction::Keep);
        for (line, kept) in page.lines.iter().zip(&kept) {
            let holder = holders.entry(&line.file).or_insert(kept.first().copied());
            *holder = holder.filter(|holder| kept.contains(holder));
        }
        let is_new = |name: &str| files.get(name).is_some_and(|file| file.is_new);
        let found = holders.into_iter().filter(|(file, _)| is_new(file));
        let found: Vec<(String, String)> =
            found.filter_map(|(file, holder)| Some((file.to_owned(), holder?.to_owned()))).collect();
        superseded.extend(found);
        for line in &mut page.lines {
            if let Some(holder) = superseded.get(&line.file) {
                line.file.clone_from(holder);
            }
        }
    }
    files.retain(|name, _| !superseded.contains_key(name));
    superseded
}

/// The lines that are not in exactly one file when the plan is carried out, those of the same files together.
pub(crate) fn faults(pages: &[CoveredPage], files: &CoveredFiles) -> Vec<Fault> {
    pages.iter().enumerate().flat_map(|(index, page)| faults_of_page(index, page, files)).collect()
}

fn faults_of_page(index: usize, page: &CoveredPage, files: &CoveredFiles) -> Vec<Fault> {
    let mut misplaced: BTreeMap<(&str, Option<&str>), Vec<usize>> = BTreeMap::new();
    let mut doubled: BTreeMap<(&str, &str), Vec<usize>> = BTreeMap::new();
    let kept = held_by(page, files, |action| action == PlannedAction::Keep);
    for (line, kept) in page.lines.iter().zip(kept) {
        let owner = line.file.as_str();
        let other = kept.iter().copied().find(|holder| *holder != owner);
        let is_kept = files.get(owner).is_some_and(|file| file.action == PlannedAction::Keep);
        if kept.contains(&owner) || takes_its_lines(owner, files) {
            // texts may be alike
            if let Some(other) = other.filter(|_| page.is_unchanged) {
                doubled.entry((owner, other)).or_default().push(line.number);
            }
        } else if other.is_some() || is_kept && page.is_unchanged {
            misplaced.entry((owner, other)).or_default().push(line.number);
        }
    }
    let misplaced = misplaced.into_iter().map(|((file, kept_by), lines)| Fault::Misplaced {
        page: index,
        lines,
        file: file.to_owned(),
        kept_by: kept_by.map(str::to_owned),
    });
    let doubled = doubled.into_iter().map(|((file, other), lines)| Fault::Doubled {
        page: index,
        lines,
        file: file.to_owned(),
        other: other.to_owned(),
    });
    misplaced.chain(doubled).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn declared(lines: &[(&str, &str)]) -> Option<DeclaredLines> {
        let ranges = |&(page, lines): &(&str, &str)| (page.to_owned(), Ranges::parse(lines).unwrap());
        Some(DeclaredLines(lines.iter().map(ranges).collect()))
    }

    fn page(lines: &[(usize, &str)]) -> CoveredPage {
        let line = |&(number, file): &(usize, &str)| CoveredLine { number, file: file.to_owned(), text: String::new() };
        let lines = lines.iter().map(line).collect();
        CoveredPage { names: ["p".to_owned(), "p".to_owned()], is_unchanged: true, lines }
    }

    fn files(list: &[(&str, PlannedAction, Option<DeclaredLines>)]) -> CoveredFiles {
        let file = |(name, action, declared): &(&str, _, Option<_>)| {
            (
                (*name).to_owned(),
                CoveredFile { action: *action, is_new: false, declared: declared.clone(), text: String::new() },
            )
        };
        list.iter().map(file).collect()
    }

    use PlannedAction::{Generate, Keep, Remove, StayAway};

    #[test]
    fn a_line_that_an_edited_file_does_not_take_stays_where_it_is() {
        let pages = [page(&[(1, "a"), (2, "b"), (3, "a")])];
        let plan = [("a", Keep, declared(&[("p", "1")])), ("b", Generate, declared(&[("p", "2-3")]))];
        let mut planned = files(&plan);
        assert_eq!(restrain(&pages, &mut planned), BTreeMap::from([("b".to_owned(), Restraint::Lines)]));
        let [file, kept_by] = ["a", "b"].map(str::to_owned);
        let fault = Fault::Misplaced { page: 0, lines: vec![3], file, kept_by: Some(kept_by) };
        assert_eq!(faults(&pages, &planned), [fault]);
    }

    #[test]
    fn what_a_kept_file_does_not_take_over_is_not_lost_from_a_third() {
        let pages = [page(&[(1, "a"), (2, "a"), (3, "b"), (4, "c")])];
        let mut planned = files(&[
            ("a", Keep, declared(&[("p", "1")])),
            ("b", Generate, declared(&[("p", "2")])),
            ("c", Generate, declared(&[("p", "3-4")])),
        ]);
        assert_eq!(restrain(&pages, &mut planned).into_keys().collect::<Vec<_>>(), ["b", "c"]);
    }

    #[test]
    fn lines_that_move_between_generated_files_move() {
        let pages = [page(&[(1, "a"), (2, "b")])];
        let plan = [
            ("a", Generate, declared(&[("p", "2")])),
            ("b", Generate, declared(&[("p", "1")])),
            ("c", Remove, declared(&[("p", "3")])),
        ];
        let mut planned = files(&plan);
        assert_eq!((restrain(&pages, &mut planned), faults(&pages, &planned)), (BTreeMap::new(), Vec::new()));
    }

    #[test]
    fn a_part_on_a_page_that_was_not_imported_is_kept() {
        let plan = [("a", Generate, declared(&[("p", "1"), ("q", "5-9")])), ("b", Remove, declared(&[("gone", "2")]))];
        let mut planned = files(&plan);
        let absent = BTreeMap::from([("a".to_owned(), Restraint::AbsentPart("q".to_owned()))]);
        assert_eq!(restrain(&[page(&[(1, "a")])], &mut planned), absent);
    }

    #[test]
    fn a_line_in_two_files_is_a_fault() {
        let pages = [page(&[(1, "a"), (2, "b")])];
        let mut planned = files(&[("a", Keep, declared(&[("p", "1-2")])), ("b", Generate, None)]);
        assert_eq!(restrain(&pages, &mut planned), BTreeMap::new());
        let [file, other] = ["b", "a"].map(str::to_owned);
        assert_eq!(faults(&pages, &planned), [Fault::Doubled { page: 0, lines: vec![2], file, other }]);
    }

    #[test]
    fn a_file_that_a_person_removed_takes_its_own_lines_with_it_and_no_others() {
        let pages = [page(&[(1, "a"), (2, "a"), (3, "b")])];
        let mut planned = files(&[("a", StayAway, None), ("b", Generate, declared(&[("p", "2-3")]))]);
        assert_eq!(restrain(&pages, &mut planned).into_keys().collect::<Vec<_>>(), ["b"]);
        let [file, kept_by] = ["a", "b"].map(str::to_owned);
        let fault = Fault::Misplaced { page: 0, lines: vec![2], file, kept_by: Some(kept_by) };
        assert_eq!(faults(&pages, &planned), [fault]);
    }

    #[test]
    fn a_part_that_a_kept_article_holds_has_no_file_of_its_own() {
        let mut pages = [page(&[(1, "part"), (2, "part"), (3, "own")])];
        let mut planned = files(&[
            ("whole", Keep, declared(&[("gone", "5"), ("p", "1-2")])),
            ("part", Generate, None),
            ("own", Generate, None),
        ]);
        planned.values_mut().for_each(|file| file.is_new = file.action == Generate);
        let [part, whole] = ["part", "whole"].map(str::to_owned);
        assert_eq!(supersede(&mut pages, &mut planned), BTreeMap::from([(part, whole)]));
        assert_eq!(planned.keys().collect::<Vec<_>>(), ["own", "whole"]);
        assert_eq!(faults(&pages, &planned), []);
    }

    #[test]
    fn files_without_numbers_are_taken_to_hold_their_lines() {
        let mut planned = files(&[("a", Keep, None), ("b", Generate, declared(&[("p", "1-2")]))]);
        let pages = [page(&[(1, "a"), (2, "b")])];
        assert_eq!((restrain(&pages, &mut planned), faults(&pages, &planned)), (BTreeMap::new(), Vec::new()));
    }

    #[test]
    fn on_a_changed_page_texts_count_and_not_numbers() {
        const MOVED: &str = "退休前的最后一个月，他把三十年的窍门写成一本书。";
        let mut changed = page(&[(1, "a"), (2, "a")]);
        changed.is_unchanged = false;
        changed.lines[0].text = "司机们有了歇脚的地方，冬天有热水。".to_owned();
        changed.lines[1].text = MOVED.to_owned();
        let plan = |edited: &str| {
            let mut plan = files(&[("a", Keep, declared(&[("p", "7")])), ("b", Generate, declared(&[("p", "1-2")]))]);
            plan.get_mut("a").unwrap().text = format!("司机们终于有了歇脚的地方，冬天有热水。{edited}");
            plan.get_mut("b").unwrap().text = format!("题目\n{MOVED}");
            plan
        };
        let pages = [changed];
        let mut lost = plan("");
        assert_eq!(restrain(&pages, &mut lost).into_keys().collect::<Vec<_>>(), ["b"]);
        let [file, kept_by] = ["a", "b"].map(str::to_owned);
        let fault = Fault::Misplaced { page: 0, lines: vec![2], file, kept_by: Some(kept_by) };
        assert_eq!(faults(&pages, &lost), [fault]);
        let mut taken = plan("退休前最后一个月，他把三十年的窍门写成了一本书。");
        assert_eq!((restrain(&pages, &mut taken), faults(&pages, &taken)), (BTreeMap::new(), Vec::new()));
    }
}
