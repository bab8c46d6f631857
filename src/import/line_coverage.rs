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
//! Which files hold a line, `line_holders` says.

use crate::import::line_holders::{
    CoveredFile, CoveredFiles, CoveredPage, PlannedAction, held_as_own, held_by, page_names, stands_on,
};
use crate::import::text_index::TextIndex;
use std::cell::LazyCell;
use std::collections::{BTreeMap, BTreeSet};

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
    let names = page_names(pages);
    for (name, file) in files.iter_mut().filter(|(_, file)| file.action.is_rewrite()) {
        let absent = file.declared.as_ref().and_then(|declared| declared.absent_part(&names));
        // a renamed page is there
        if let Some(absent) = absent.filter(|_| !stands_on(pages, &file.text)) {
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
        let kept = held_as_own(page, files, |action| action == PlannedAction::Keep);
        let rewritten = held_as_own(page, files, PlannedAction::is_rewrite);
        for ((line, kept), rewritten) in page.lines.iter().zip(kept).zip(rewritten) {
            if kept.is_empty() && !takes_its_lines(&line.file, files) {
                losing.extend(rewritten.first().map(|&name| name.to_owned()));
            }
        }
    }
    losing
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
/// files taken out, each with the one that holds its lines. (A continuation has a headline of its own, which a joined article
/// does not repeat: where texts decide, the head need not be found in an article whose own page is absent.)
pub(crate) fn supersede(pages: &mut [CoveredPage], files: &mut CoveredFiles) -> BTreeMap<String, String> {
    let mut superseded = BTreeMap::new();
    if !files.values().any(|file| file.action == PlannedAction::Keep) {
        return superseded;
    }
    for page in pages.iter_mut() {
        superseded.extend(superseded_by_page(page, files));
        for line in &mut page.lines {
            if let Some(holder) = superseded.get(&line.file) {
                line.file.clone_from(holder);
            }
        }
    }
    files.retain(|name, _| !superseded.contains_key(name));
    superseded
}

fn superseded_by_page(page: &CoveredPage, files: &CoveredFiles) -> Vec<(String, String)> {
    let mut holders: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    let kept = held_by(page, files, |action| action == PlannedAction::Keep);
    let is_new = |name: &str| files.get(name).is_some_and(|file| file.is_new);
    let lines = || page.lines.iter().zip(&kept).filter(|(line, _)| is_new(&line.file));
    for (line, kept) in lines().filter(|(line, _)| !line.is_head) {
        holders.entry(&line.file).or_insert_with(|| kept.clone()).retain(|holder| kept.contains(holder));
    }
    let may_lack_head = |holder: &str| {
        files.get(holder).is_some_and(|file| file.names_absent_page && file.is_found_by_text(holder, page))
    };
    for (line, kept) in lines().filter(|(line, _)| line.is_head) {
        holders.entry(&line.file).or_default().retain(|holder| kept.contains(holder) || may_lack_head(holder));
    }
    let found =
        holders.into_iter().filter_map(|(file, holders)| Some((file.to_owned(), (*holders.first()?).to_owned())));
    found.collect()
}

/// The lines that are not in exactly one file when the plan is carried out, those of the same files together.
pub(crate) fn faults(pages: &[CoveredPage], files: &CoveredFiles) -> Vec<Fault> {
    let owned = LazyCell::new(|| texts_of_files(pages));
    let index = LazyCell::new(|| TextIndex::of(owned.iter().map(|(&file, text)| (file, text.as_str()))));
    // texts may be alike: a byline, or a notice that two articles print
    let is_copy =
        |text: &str, file: &str| text.chars().count() >= LEAST_COPY && !index.files_containing(text).contains(&file);
    pages.iter().enumerate().flat_map(|(at, page)| faults_of_page(at, page, files, &is_copy)).collect()
}

/// Characters of a line that is a copy where a file has it which it does not belong to.
const LEAST_COPY: usize = 20;

/// The text of the lines that belong to each file.
fn texts_of_files(pages: &[CoveredPage]) -> BTreeMap<&str, String> {
    let mut texts: BTreeMap<&str, String> = BTreeMap::new();
    for line in pages.iter().flat_map(|page| &page.lines) {
        texts.entry(&line.file).or_default().extend(line.texts());
    }
    texts
}

fn faults_of_page(
    index: usize,
    page: &CoveredPage,
    files: &CoveredFiles,
    is_copy: &impl Fn(&str, &str) -> bool,
) -> Vec<Fault> {
    let mut misplaced: BTreeMap<(&str, Option<&str>), Vec<usize>> = BTreeMap::new();
    let mut doubled: BTreeMap<(&str, &str), Vec<usize>> = BTreeMap::new();
    let kept = held_as_own(page, files, |action| action == PlannedAction::Keep);
    let is_by_number = |file: &str| files.get(file).is_some_and(|held| !held.is_found_by_text(file, page));
    for (line, kept) in page.lines.iter().zip(kept) {
        let owner = line.file.as_str();
        let other = kept.iter().copied().find(|holder| *holder != owner);
        let is_kept = files.get(owner).is_some_and(|file| file.action == PlannedAction::Keep);
        if kept.contains(&owner) || takes_its_lines(owner, files) {
            if let Some(other) = other.filter(|other| is_by_number(other) || is_copy(&line.text, other)) {
                doubled.entry((owner, other)).or_default().push(line.number);
            }
        } else if other.is_some() || is_kept && is_by_number(owner) {
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
    use crate::import::line_holders::{CoveredLine, DeclaredLines};
    use crate::import::sidecar::ranges::Ranges;

    fn declared(lines: &[(&str, &str)]) -> Option<DeclaredLines> {
        let ranges = |&(page, lines): &(&str, &str)| (page.to_owned(), Ranges::parse(lines).unwrap());
        Some(DeclaredLines(lines.iter().map(ranges).collect()))
    }

    fn page(lines: &[(usize, &str)]) -> CoveredPage {
        let line = |&(number, file): &(usize, &str)| CoveredLine {
            number,
            file: file.to_owned(),
            text: String::new(),
            as_printed: None,
            is_head: false,
            is_byline: false,
        };
        let lines = lines.iter().map(line).collect();
        CoveredPage { names: ["p".to_owned(), "p".to_owned()], lines, ..CoveredPage::default() }
    }

    fn files(list: &[(&str, PlannedAction, Option<DeclaredLines>)]) -> CoveredFiles {
        let file = |(name, action, declared): &(&str, _, Option<_>)| {
            (
                (*name).to_owned(),
                CoveredFile {
                    action: *action,
                    is_new: false,
                    declared: declared.clone(),
                    text: String::new(),
                    names_absent_page: false,
                },
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
        changed.bytes = "now".to_owned();
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

    #[test]
    fn a_copy_on_a_changed_page_is_a_fault_unless_the_text_belongs_to_both_articles() {
        const TEXT: &str = "市总工会提醒，领取服务卡请带上身份证和劳动合同，窗口每天开到晚上八点。";
        let mut changed = page(&[(1, "a"), (2, "b")]);
        changed.bytes = "now".to_owned();
        changed.lines[1].text = TEXT.to_owned();
        let mut planned = files(&[("a", Keep, declared(&[("p", "1")])), ("b", Generate, None)]);
        planned.get_mut("a").unwrap().text = TEXT.to_owned();
        let [file, other] = ["b", "a"].map(str::to_owned);
        let fault = Fault::Doubled { page: 0, lines: vec![2], file, other };
        assert_eq!(faults(std::slice::from_ref(&changed), &planned), [fault]);
        changed.lines[0].text = TEXT.to_owned();
        assert_eq!(faults(&[changed], &planned), []);
    }
}
