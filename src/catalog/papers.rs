//! Papers, each with its issues.

use crate::catalog::issues::Issue;
use std::collections::BTreeMap;

/// A paper, or all issues that name none.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct PaperIssues {
    pub(crate) name: Option<String>,
    /// positions in the list of issues, newest first
    pub(crate) issues: Vec<usize>,
}

impl PaperIssues {
    /// The years of its issues, newest first, each with its issues, newest first.
    pub(crate) fn years<'a>(&'a self, issues: &'a [Issue]) -> impl Iterator<Item = (i16, &'a [usize])> {
        let year = |at: usize| issues[at].date.year();
        let runs = self.issues.chunk_by(move |a, b| year(*a) == year(*b));
        runs.filter_map(move |run| Some((year(*run.first()?), run)))
    }
}

/// The papers that have issues, by name, those without one last.
pub(crate) fn papers(issues: &[Issue]) -> Vec<PaperIssues> {
    let mut index: BTreeMap<(bool, Option<&str>), Vec<usize>> = BTreeMap::new();
    for (at, issue) in issues.iter().enumerate() {
        index.entry((issue.paper.is_none(), issue.paper.as_deref())).or_default().push(at);
    }
    index.into_iter().map(|((_, name), issues)| PaperIssues { name: name.map(str::to_owned), issues }).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    fn issue(paper: Option<&str>, year: i16, day: i8) -> Issue {
        Issue {
            paper: paper.map(str::to_owned),
            date: date(year, 3, day),
            number: None,
            pages: 0..0,
            loose: Vec::new(),
            older: None,
            newer: None,
        }
    }

    #[test]
    fn the_issues_of_a_paper_are_grouped_by_year() {
        let issues = [
            issue(None, 2026, 9),
            issue(Some("乙报"), 2026, 2),
            issue(Some("甲报"), 2025, 8),
            issue(Some("乙报"), 2024, 1),
        ];
        let papers = papers(&issues);
        let names: Vec<Option<&str>> = papers.iter().map(|paper| paper.name.as_deref()).collect();
        assert_eq!(names, [Some("乙报"), Some("甲报"), None]);
        let years: Vec<(i16, &[usize])> = papers[0].years(&issues).collect();
        assert_eq!(years, [(2026, &[1][..]), (2024, &[3])]);
    }
}
