//! Groups of pages that are imported together: those of one issue, since articles jump between them.
//!
//! An issue is imported as a whole where one of its pages has changed, was added or has moved to another issue. A page that is
//! gone changes nothing: its articles are content. The pages of a file are of one issue, though none prints its day.

use crate::import::record::ImportRecord;
use crate::pipeline::import::changes::PageStatus;
use crate::pipeline::import::job::PageFile;
use std::collections::{BTreeSet, HashMap};

/// Gives pages that print no paper to the only paper of their day: inner pages often print the day alone.
pub(crate) fn with_known_papers(mut statuses: Vec<PageStatus>) -> Vec<PageStatus> {
    let mut papers: HashMap<String, BTreeSet<String>> = HashMap::new();
    for issue in statuses.iter().map(|status| &status.issue) {
        if let Some((_, day)) = issue.rsplit_once(' ') {
            papers.entry(day.to_owned()).or_default().insert(issue.clone());
        }
    }
    for status in &mut statuses {
        let of_day = papers.get(&status.issue).filter(|of_day| of_day.len() == 1);
        if let Some(only) = of_day.and_then(BTreeSet::first) {
            status.issue.clone_from(only);
        }
    }
    statuses
}

/// Pages that are imported together, by their indexes in the job.
pub(crate) type Group = Vec<usize>;

/// The groups in the order of their first pages: issues, and single pages of no known issue. None has more than `most` pages,
/// which bounds memory.
pub(crate) fn groups(statuses: &[PageStatus], most: usize) -> Vec<Group> {
    let mut groups: Vec<Group> = Vec::new();
    let mut of_issue: HashMap<&str, usize> = HashMap::new();
    for (at, status) in statuses.iter().enumerate() {
        match of_issue.get(status.issue.as_str()).filter(|&&group| groups[group].len() < most) {
            Some(&group) if !status.issue.is_empty() => groups[group].push(at),
            _ => {
                of_issue.insert(&status.issue, groups.len());
                groups.push(vec![at]);
            }
        }
    }
    groups
}

/// The groups that have to be imported.
pub(crate) fn due(
    groups: Vec<Group>,
    pages: &[PageFile],
    statuses: &[PageStatus],
    before: &ImportRecord,
) -> Vec<Group> {
    let known = |at: usize| before.pages.get(&pages[at].path);
    let left: BTreeSet<&str> = (0..pages.len())
        .filter_map(|at| Some(known(at)?.issue.as_str()).filter(|&issue| issue != statuses[at].issue))
        .collect();
    let is_due = |group: &Group| {
        let issue = statuses[group[0]].issue.as_str();
        let grown = |at: usize| !issue.is_empty() && known(at).is_none_or(|known| known.issue_pages < group.len());
        group.iter().any(|&at| statuses[at].changed || grown(at)) || !issue.is_empty() && left.contains(issue)
    };
    groups.into_iter().filter(is_due).collect()
}

/// The groups in batches of at most `most` pages, or of one group.
pub(crate) fn batches(groups: Vec<Group>, most: usize) -> Vec<Vec<Group>> {
    let mut batches: Vec<Vec<Group>> = Vec::new();
    for group in groups {
        match batches.last_mut() {
            Some(batch) if batch.iter().map(Vec::len).sum::<usize>() + group.len() <= most => batch.push(group),
            _ => batches.push(vec![group]),
        }
    }
    batches
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::import::record::PageRecord;

    fn statuses(issues: &[(&str, bool)]) -> Vec<PageStatus> {
        issues.iter().map(|&(issue, changed)| PageStatus { issue: issue.to_owned(), changed }).collect()
    }

    fn pages(count: usize) -> Vec<PageFile> {
        (0..count).map(|at| PageFile { path: format!("{at}.txt"), requested: true, ..PageFile::default() }).collect()
    }

    fn record(pages: &[(&str, usize)]) -> ImportRecord {
        let record = |&(issue, issue_pages): &(&str, usize)| PageRecord {
            issue: issue.to_owned(),
            issue_pages,
            ..PageRecord::default()
        };
        ImportRecord { pages: pages.iter().enumerate().map(|(at, page)| (format!("{at}.txt"), record(page))).collect() }
    }

    #[test]
    fn an_issue_is_one_group_and_no_group_is_endless() {
        let seen = statuses(&[("甲", true), ("", true), ("乙", true), ("甲", true), ("", true), ("甲", true)]);
        assert_eq!(groups(&seen, 2), [vec![0, 3], vec![1], vec![2], vec![4], vec![5]]);
        assert_eq!(
            batches(vec![vec![0, 3], vec![1], vec![2, 4, 5]], 3),
            [vec![vec![0, 3], vec![1]], vec![vec![2, 4, 5]]]
        );
        assert_eq!(batches(Vec::new(), 3), Vec::<Vec<Group>>::new());
    }

    #[test]
    fn a_page_without_a_paper_is_of_the_only_one_of_its_day() {
        let of = |issues: &[(&str, bool)]| {
            with_known_papers(statuses(issues)).into_iter().map(|g| g.issue).collect::<Vec<_>>()
        };
        let (one, other, day) = ("甲 2025-05-06", "乙 2025-05-06", "2025-05-06");
        assert_eq!(of(&[(day, true), (one, true), ("", true)]), [one, one, ""]);
        assert_eq!(of(&[(day, true), (one, true), (other, true)]), [day, one, other]);
        assert_eq!(of(&[(day, true), ("甲 2025-05-07", true)]), [day, "甲 2025-05-07"]);
    }

    #[test]
    fn an_issue_is_due_when_one_of_its_pages_changed_came_or_left() {
        let due = |seen: &[(&str, bool)], before: &[(&str, usize)]| {
            let seen = statuses(seen);
            due(groups(&seen, 9), &pages(seen.len()), &seen, &record(before))
        };
        let nothing: [Group; 0] = [];
        assert_eq!(due(&[("甲", false), ("甲", false), ("", false)], &[("甲", 2), ("甲", 2), ("", 0)]), nothing);
        assert_eq!(due(&[("甲", false), ("甲", true), ("乙", false)], &[("甲", 2), ("甲", 2), ("乙", 1)]), [[0, 1]]);
        assert_eq!(due(&[("甲", false), ("甲", true)], &[("甲", 1)]), [[0, 1]]);
        assert_eq!(due(&[("甲", false), ("乙", true)], &[("甲", 2), ("甲", 2)]), [[0], [1]]);
        // a page that is gone
        assert_eq!(due(&[("甲", false)], &[("甲", 2), ("甲", 2)]), nothing);
    }
}
