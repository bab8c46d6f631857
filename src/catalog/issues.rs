//! Papers, their issues and their source pages.
//!
//! An issue is all that one paper printed on one day; articles that name no paper make an issue of their own for the day.
//! A source page of an issue is identified by its number, or by its file where no number is known. A page without a date
//! belongs to no issue and is identified by its file alone.

use crate::catalog::entry::{Entry, EntryId};
use jiff::civil::Date;
use std::cmp::Reverse;
use std::collections::BTreeMap;
use std::ops::Range;

/// All issues and source pages.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Issues {
    /// newest first, the papers of a day by name
    pub(crate) issues: Vec<Issue>,
    /// those of each issue together, in the order of issues; then those of no issue
    pub(crate) pages: Vec<SourcePage>,
    /// for each entry, its page; in four bytes, since there are very many
    page_of: Vec<Option<u32>>,
    /// for each entry, its issue
    issue_of: Vec<Option<u32>>,
}

/// 期: what one paper printed on one day.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Issue {
    pub(crate) paper: Option<String>,
    pub(crate) date: Date,
    /// 第22076期
    pub(crate) number: Option<u32>,
    /// positions in [`Issues::pages`]
    pub(crate) pages: Range<usize>,
    /// articles whose page is not known
    pub(crate) loose: Vec<EntryId>,
    /// the same paper's issue before this one, and after it
    pub(crate) older: Option<usize>,
    pub(crate) newer: Option<usize>,
}

/// 版: one source page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct SourcePage {
    /// the issue it belongs to; none where it has no date
    pub(crate) issue: Option<usize>,
    pub(crate) paper: Option<String>,
    pub(crate) number: Option<u32>,
    /// the page's file name
    pub(crate) file: Option<String>,
    /// in their order on the page
    pub(crate) articles: Vec<EntryId>,
}

impl Issues {
    pub(crate) fn page_of(&self, id: EntryId) -> Option<usize> {
        self.page_of[id].map(|page| page as usize)
    }

    pub(crate) fn issue_of(&self, id: EntryId) -> Option<usize> {
        self.issue_of[id].map(|issue| issue as usize)
    }

    /// The pages of no issue.
    pub(crate) fn undated_pages(&self) -> Range<usize> {
        self.issues.last().map_or(0, |last| last.pages.end)..self.pages.len()
    }

    /// All articles of an issue, page by page.
    pub(crate) fn articles(&self, issue: usize) -> impl Iterator<Item = EntryId> + '_ {
        let issue = &self.issues[issue];
        let paged = self.pages[issue.pages.clone()].iter().flat_map(|page| &page.articles);
        paged.chain(&issue.loose).copied()
    }
}

/// The key of a page within its issue: its number or, after all numbers, its file.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
enum PageKey {
    Number(u32),
    File(String),
    /// no page is known
    Loose,
}

/// The articles of each page of an issue.
type Pages = BTreeMap<PageKey, Vec<EntryId>>;

/// Groups the entries, which are sorted newest first.
pub(crate) fn issues(entries: &[Entry]) -> Issues {
    // newest day first, then papers by name, those without one last
    let mut dated: BTreeMap<(Reverse<Date>, bool, Option<String>), Pages> = BTreeMap::new();
    let mut undated: BTreeMap<String, Vec<EntryId>> = BTreeMap::new();
    for (id, entry) in entries.iter().enumerate() {
        let front = &entry.front;
        if let Some(date) = front.date {
            let paper = front.paper.clone();
            let issue = dated.entry((Reverse(date), paper.is_none(), paper)).or_default();
            let key = match (front.page, &front.source) {
                (Some(number), _) => PageKey::Number(number),
                (None, Some(source)) => PageKey::File(source.page.clone()),
                (None, None) => PageKey::Loose,
            };
            issue.entry(key).or_default().push(id);
        } else if let Some(source) = &front.source {
            undated.entry(source.page.clone()).or_default().push(id);
        }
    }
    let none = vec![None; entries.len()];
    let mut issues = Issues { page_of: none.clone(), issue_of: none, ..Issues::default() };
    for ((Reverse(date), _, paper), pages) in dated {
        issues.add_issue(entries, date, paper, pages);
    }
    for (_, articles) in undated {
        issues.add_page(entries, None, articles);
    }
    issues.link();
    issues
}

impl Issues {
    fn add_issue(&mut self, entries: &[Entry], date: Date, paper: Option<String>, pages: Pages) {
        let (issue, from) = (self.issues.len(), self.pages.len());
        let number = pages.values().flatten().find_map(|&id| entries[id].front.issue);
        let mut loose = Vec::new();
        for (key, articles) in pages {
            articles.iter().for_each(|&id| self.issue_of[id] = u32::try_from(issue).ok());
            match key {
                PageKey::Loose => loose = articles,
                _ => self.add_page(entries, Some(issue), articles),
            }
        }
        let pages = from..self.pages.len();
        self.issues.push(Issue { paper, date, number, pages, loose, older: None, newer: None });
    }

    fn add_page(&mut self, entries: &[Entry], issue: Option<usize>, articles: Vec<EntryId>) {
        articles.iter().for_each(|&id| self.page_of[id] = u32::try_from(self.pages.len()).ok());
        let first = |read: &dyn Fn(&Entry) -> Option<String>| articles.iter().find_map(|&id| read(&entries[id]));
        self.pages.push(SourcePage {
            issue,
            paper: first(&|entry| entry.front.paper.clone()),
            number: articles.iter().find_map(|&id| entries[id].front.page),
            file: first(&|entry| entry.front.source.as_ref().map(|source| source.page.clone())),
            articles,
        });
    }

    /// Links each issue to the same paper's issues before and after it.
    fn link(&mut self) {
        let mut last: BTreeMap<Option<String>, usize> = BTreeMap::new();
        for at in 0..self.issues.len() {
            let newer = last.insert(self.issues[at].paper.clone(), at);
            self.issues[at].newer = newer;
            if let Some(newer) = newer {
                self.issues[newer].older = Some(at);
            }
        }
    }
}

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

/// The position of the paper of each of `count` issues.
pub(crate) fn papers_of_issues(papers: &[PaperIssues], count: usize) -> Vec<u32> {
    let mut positions = vec![0; count];
    for (position, paper) in (0..).zip(papers) {
        paper.issues.iter().for_each(|&issue| positions[issue] = position);
    }
    positions
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::content::article::{FrontMatter, PageLines};
    use jiff::civil::date;

    fn entry(paper: Option<&str>, day: i8, page: Option<u32>, file: Option<&str>) -> Entry {
        let front = FrontMatter {
            paper: paper.map(str::to_owned),
            date: (day > 0).then(|| date(2025, 2, day)),
            page,
            issue: paper.map(|_| 100 + u32::try_from(day).unwrap()),
            source: file
                .map(|file| Box::new(PageLines { page: file.to_owned(), lines: "1-2".to_owned(), more: Vec::new() })),
            ..FrontMatter::default()
        };
        Entry { file: format!("{paper:?}{day}{page:?}{file:?}"), front, ..Entry::default() }
    }

    fn indexed(mut entries: Vec<Entry>) -> Issues {
        entries.sort_by(Entry::order);
        issues(&entries)
    }

    #[test]
    fn a_days_paper_is_one_issue_with_its_pages_in_order() {
        let made = indexed(vec![
            entry(Some("甲报"), 3, Some(2), Some("b.txt")),
            entry(Some("甲报"), 3, Some(1), Some("a.txt")),
            entry(Some("甲报"), 3, None, Some("z.txt")),
            entry(Some("甲报"), 3, None, None),
            entry(Some("乙报"), 3, Some(1), None),
            entry(None, 3, Some(1), None),
        ]);
        let papers: Vec<_> = made.issues.iter().map(|issue| issue.paper.as_deref()).collect();
        assert_eq!(papers, [Some("乙报"), Some("甲报"), None]);
        let own = &made.issues[1];
        let pages: Vec<_> = made.pages[own.pages.clone()].iter().map(|page| page.number).collect();
        assert_eq!((pages, own.loose.len(), own.number), (vec![Some(1), Some(2), None], 1, Some(103)));
        assert_eq!(made.articles(1).count(), 4);
    }

    #[test]
    fn issues_of_one_paper_are_linked() {
        let made = indexed(vec![
            entry(Some("甲报"), 3, Some(1), None),
            entry(Some("乙报"), 4, Some(1), None),
            entry(Some("甲报"), 5, Some(1), None),
        ]);
        assert_eq!((made.issues[0].older, made.issues[0].newer), (Some(2), None));
        assert_eq!((made.issues[2].older, made.issues[2].newer), (None, Some(0)));
        assert_eq!((made.issues[1].older, made.issues[1].newer), (None, None));
    }

    #[test]
    fn a_page_without_a_date_is_identified_by_its_file() {
        let made = indexed(vec![
            entry(Some("甲报"), 0, Some(1), Some("a.txt")),
            entry(None, 0, None, Some("a.txt")),
            entry(None, 0, None, None),
            entry(None, 2, Some(1), None),
        ]);
        assert_eq!((made.issues.len(), made.undated_pages()), (1, 1..2));
        let page = &made.pages[1];
        assert_eq!((page.issue, page.number, page.articles.len()), (None, Some(1), 2));
        assert_eq!((made.page_of(1), made.page_of(2), made.page_of(3)), (Some(1), None, Some(1)));
    }

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
