//! The articles that were chosen for a book, a print or a mail, and what they are called.

use crate::catalog::entry::EntryId;
use crate::render::views::cards::Cards;
use crate::site::page::Page;
use crate::text::placeholders::fill;
use jiff::civil::Date;
use std::cmp::Reverse;

/// The articles that were chosen. Every condition that is set holds for each of them.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Selection {
    /// positions in site.toml
    pub(crate) theme: Option<usize>,
    /// positions in the catalog
    pub(crate) paper: Option<usize>,
    pub(crate) issue: Option<usize>,
    pub(crate) period: Period,
    /// no more than the newest of them
    pub(crate) newest: Option<usize>,
}

/// The time in which articles were printed.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) enum Period {
    /// also those without a date
    #[default]
    Any,
    Month {
        year: i16,
        month: i8,
    },
    /// both days included; none is open
    Days(Option<Date>, Option<Date>),
}

impl Period {
    fn contains(self, date: Option<Date>) -> bool {
        match (self, date) {
            (Self::Any, _) => true,
            (Self::Month { year, month }, Some(date)) => (date.year(), date.month()) == (year, month),
            (Self::Days(from, to), Some(date)) => {
                from.is_none_or(|from| from <= date) && to.is_none_or(|to| date <= to)
            }
            (_, None) => false,
        }
    }
}

/// Which article of a selection comes first.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Order {
    /// as in a book: day after day
    Reading,
    NewestFirst,
}

impl Selection {
    /// The articles in an order; those of a day as they stand in the paper, those without a date last.
    pub(crate) fn articles(&self, cards: Cards<'_>, order: Order) -> Vec<EntryId> {
        let catalog = &cards.site.catalog;
        let of_paper = |id: &EntryId| match self.paper {
            Some(paper) => catalog.entries[*id].front.paper == catalog.papers[paper].name,
            None => true,
        };
        let all: Box<dyn Iterator<Item = EntryId> + '_> = match (self.issue, self.theme) {
            (Some(issue), None) => Box::new(catalog.issues.articles(issue)),
            (Some(issue), Some(theme)) => {
                let is_filed = move |id: &EntryId| catalog.themes[theme].binary_search(id).is_ok();
                Box::new(catalog.issues.articles(issue).filter(is_filed))
            }
            (None, Some(theme)) => Box::new(catalog.themes[theme].iter().copied()),
            (None, None) => Box::new(0..catalog.entries.len()),
        };
        let date = |id: &EntryId| catalog.entries[*id].front.date;
        let chosen = all.filter(of_paper).filter(|id| self.period.contains(date(id)));
        let mut chosen: Vec<EntryId> = chosen.take(self.newest.unwrap_or(usize::MAX)).collect();
        match order {
            Order::Reading => chosen.sort_by_key(|id| (date(id).is_none(), date(id))),
            Order::NewestFirst => chosen.sort_by_key(|id| Reverse(date(id))),
        }
        chosen
    }

    /// What the articles are called, in two parts: 示范工人报 and 2025年3月18日. The second may be empty.
    pub(crate) fn title(&self, cards: Cards<'_>) -> [String; 2] {
        let site = cards.site;
        let theme = self.theme.map(|theme| site.config.themes[theme].name.clone());
        let issue = self.issue.map(|issue| &site.catalog.issues.issues[issue]);
        let paper = match (issue, self.paper) {
            (Some(issue), _) => Some(cards.paper_name(issue.paper.as_deref())),
            (None, Some(paper)) => Some(cards.paper_name(site.catalog.papers[paper].name.as_deref())),
            (None, None) => None,
        };
        let named: Vec<String> = [paper, theme].into_iter().flatten().collect();
        let name = if named.is_empty() { site.config.title.clone() } else { named.join(" · ") };
        let time = issue.map_or_else(|| self.time(cards), |issue| cards.day(issue.date).text);
        let newest = self.newest.map(|_| cards.messages().text("newest_articles").to_owned());
        let gap = cards.messages().text("citation_gap");
        [name, [Some(time).filter(|time| !time.is_empty()), newest].into_iter().flatten().collect::<Vec<_>>().join(gap)]
    }

    fn time(&self, cards: Cards<'_>) -> String {
        let words = cards.messages();
        let day = |date| words.day(date);
        match self.period {
            Period::Month { year, month } => words.month(year, month),
            Period::Days(Some(from), Some(to)) if from == to => day(from),
            Period::Days(Some(from), Some(to)) => {
                fill(words.text("days_from_to"), &[("from", day(from)), ("to", day(to))])
            }
            Period::Days(Some(from), None) => fill(words.text("days_since"), &[("from", day(from))]),
            Period::Days(None, Some(to)) => fill(words.text("days_until"), &[("to", day(to))]),
            Period::Days(None, None) | Period::Any => String::new(),
        }
    }

    /// A name for a file, in ASCII and without ending: `sfgrb-2025-03-18`, `craft-2025-03`.
    pub(crate) fn file_name(&self, cards: Cards<'_>) -> String {
        let issues = &cards.site.catalog.issues.issues;
        let slug = |page| cards.path(page).trim_end_matches('/').rsplit('/').next().unwrap_or_default().to_owned();
        let of_issue = |issue: usize| cards.site.catalog.papers.iter().position(|it| it.name == issues[issue].paper);
        let mut parts: Vec<String> = Vec::new();
        parts.extend(self.issue.and_then(of_issue).or(self.paper).map(|paper| slug(Page::Paper(paper))));
        parts.extend(self.theme.map(|theme| cards.site.config.themes[theme].slug.clone()));
        if parts.is_empty() {
            parts.push("digest".to_owned());
        }
        match (self.issue, self.period) {
            (Some(issue), _) => parts.push(issues[issue].date.to_string()),
            (None, Period::Any) => {}
            (None, Period::Month { year, month }) => parts.push(format!("{year:04}-{month:02}")),
            (None, Period::Days(from, to)) => {
                parts.extend(from.map(|from| from.to_string()));
                parts.extend(to.filter(|_| from != to).map(|to| format!("to-{to}")));
            }
        }
        parts.extend(self.newest.map(|newest| format!("newest-{newest}")));
        parts.join("-")
    }
}
