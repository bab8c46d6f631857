//! Finds what the command line names: themes, papers, issues and days. A name that the site does not have gets the closest one.

use crate::diagnostics::code::Code;
use crate::diagnostics::diagnostic::{Diagnostic, closest_match};
use crate::diagnostics::error::{Error, Result};
use crate::diagnostics::message::Message;
use crate::message;
use crate::render::export::selection::{Order, Period, Selection};
use crate::render::views::cards::Cards;
use crate::site::page::Page;
use jiff::ToSpan;
use jiff::civil::Date;

/// Issues that a message lists.
const LISTED: usize = 5;

/// What the command line names. Nothing at all is the newest issue.
#[derive(Debug, Clone, Default, PartialEq)]
pub(crate) struct Choice {
    /// a paper and a day (示范工人报/2025-03-18), or one of the two
    pub(crate) issue: Option<String>,
    pub(crate) theme: Option<String>,
    pub(crate) paper: Option<String>,
    /// year and month
    pub(crate) month: Option<(i16, i8)>,
    pub(crate) from: Option<Date>,
    pub(crate) to: Option<Date>,
    /// so many days, the last of them that of the newest article
    pub(crate) days: Option<u16>,
    /// so many of the newest articles
    pub(crate) newest: Option<usize>,
}

impl Choice {
    /// Whether the command line names nothing.
    pub(crate) fn is_empty(&self) -> bool {
        *self == Self::default()
    }
}

/// The selection that a choice means on this site.
///
/// # Errors
/// A name that the site does not have, or a selection without articles.
pub(crate) fn selection(cards: Cards<'_>, choice: &Choice) -> Result<Selection> {
    let theme = choice.theme.as_deref().map(|name| theme(cards, name)).transpose()?;
    let paper = choice.paper.as_deref().map(|name| paper(cards, name)).transpose()?;
    let of_whole_time = Selection { theme, paper, ..Selection::default() };
    let is_any = theme.is_none() && paper.is_none() && choice.newest.is_none();
    let has_period = choice.month.is_some() || choice.days.is_some() || choice.from.is_some() || choice.to.is_some();
    let issue = match choice.issue.as_deref() {
        Some(name) => Some(issue(cards, name)?),
        None if is_any && !has_period => newest_issue(cards),
        None => None,
    };
    let period = period(cards, choice, &of_whole_time);
    let selection = Selection { issue, period, newest: choice.newest, ..of_whole_time };
    match selection.articles(cards, Order::Reading).is_empty() {
        true => Err(nothing_chosen(cards, &selection)),
        false => Ok(selection),
    }
}

fn newest_issue(cards: Cards<'_>) -> Option<usize> {
    (!cards.site.catalog.issues.issues.is_empty()).then_some(0)
}

fn period(cards: Cards<'_>, choice: &Choice, of_whole_time: &Selection) -> Period {
    match (choice.month, choice.days, choice.from, choice.to) {
        (Some((year, month)), ..) => Period::Month { year, month },
        (None, Some(days), ..) => {
            let articles = of_whole_time.articles(cards, Order::NewestFirst);
            let last = articles.first().and_then(|&id| cards.site.catalog.entries[id].front.date);
            let first = last.and_then(|last| last.checked_sub((i64::from(days) - 1).days()).ok());
            Period::Days(first, last)
        }
        (None, None, None, None) => Period::Any,
        (None, None, from, to) => Period::Days(from, to),
    }
}

/// A theme by its id, its name or its slug.
fn theme(cards: Cards<'_>, name: &str) -> Result<usize> {
    let themes = &cards.site.config.themes;
    let found =
        themes.iter().position(|theme| theme.id == name || theme.name == name || theme.slug.eq_ignore_ascii_case(name));
    let names = || themes.iter().flat_map(|theme| [theme.name.as_str(), theme.id.as_str(), theme.slug.as_str()]);
    let list = || themes.iter().map(|theme| theme.name.as_str()).collect::<Vec<_>>();
    found.ok_or_else(|| {
        let message = message!("site.toml defines no theme {name}", name);
        unknown(Code::UnknownTheme, message, closest_match(name, names()), &list())
    })
}

/// A paper by its name or its slug.
fn paper(cards: Cards<'_>, name: &str) -> Result<usize> {
    let papers = &cards.site.catalog.papers;
    let slugs: Vec<String> = (0..papers.len()).map(|at| slug(cards, at)).collect();
    let is_named = |at: usize| papers[at].name.as_deref() == Some(name) || slugs[at].eq_ignore_ascii_case(name);
    (0..papers.len()).find(|&at| is_named(at)).ok_or_else(|| {
        let listed: Vec<&str> = papers.iter().filter_map(|paper| paper.name.as_deref()).collect();
        let known = listed.iter().copied().chain(slugs.iter().map(String::as_str));
        let message = message!("the site has no issue of a paper {name}", name);
        unknown(Code::UnknownPaper, message, closest_match(name, known), &listed)
    })
}

fn slug(cards: Cards<'_>, paper: usize) -> String {
    let path = cards.path(Page::Paper(paper));
    path.trim_end_matches('/').rsplit('/').next().unwrap_or_default().to_owned()
}

/// An issue by its paper and its day; by the paper alone its newest one, by the day alone the only one of that day.
fn issue(cards: Cards<'_>, name: &str) -> Result<usize> {
    let all = &cards.site.catalog.issues.issues;
    let (of, day) = paper_and_day(name)?;
    let of = of.map(|name| paper(cards, name)).transpose()?;
    let is_of = |at: &usize| of.is_none_or(|paper| all[*at].paper == cards.site.catalog.papers[paper].name);
    let candidates: Vec<usize> = (0..all.len()).filter(is_of).collect();
    let found: Vec<usize> =
        candidates.iter().copied().filter(|&at| day.is_none_or(|day| all[at].date == day)).collect();
    match (found.as_slice(), day) {
        ([only], _) | ([only, ..], None) => Ok(*only),
        ([], _) => Err(no_issue(cards, name, nearest(cards, candidates, day))),
        (several, Some(_)) => Err(which_issue(cards, name, several)),
    }
}

/// The paper and the day that the name of an issue has: of `示范工人报/2025-03-18` both.
fn paper_and_day(name: &str) -> Result<(Option<&str>, Option<Date>)> {
    if let Some((of, day)) = name.rsplit_once('/') {
        return Ok((Some(of.trim()), Some(parse_day(name, day.trim())?)));
    }
    let (of, day) = name.rsplit_once(' ').unwrap_or(("", name));
    Ok(match day.parse::<Date>() {
        Ok(day) => (Some(of.trim()).filter(|of| !of.is_empty()), Some(day)),
        // the name of a paper may have spaces
        Err(_) => (Some(name), None),
    })
}

fn parse_day(name: &str, day: &str) -> Result<Date> {
    day.parse::<Date>().map_err(|_| {
        let diagnostic = Diagnostic::new(
            Code::BadDate,
            message!("{day} in --issue {name} is no day", day = format!("{day:?}"), name),
        );
        Error::configuration(diagnostic.hint(message!("write the paper and the day: --issue 示范工人报/2025-03-18")))
    })
}

/// The issues whose days are nearest to one.
fn nearest(cards: Cards<'_>, mut candidates: Vec<usize>, day: Option<Date>) -> Vec<usize> {
    let all = &cards.site.catalog.issues.issues;
    let distance = |at: &usize| day.and_then(|day| all[*at].date.since(day).ok()).map(|span| span.get_days().abs());
    candidates.sort_by_key(|at| distance(at).unwrap_or(i32::MAX));
    candidates.truncate(LISTED);
    candidates
}

fn no_issue(cards: Cards<'_>, name: &str, nearest: Vec<usize>) -> Error {
    let diagnostic = Diagnostic::new(Code::NoIssue, message!("the site has no issue {name}", name));
    Error::configuration(diagnostic.hint(message!("the nearest: {nearest}", nearest = listed(cards, &nearest))))
}

fn which_issue(cards: Cards<'_>, name: &str, several: &[usize]) -> Error {
    let diagnostic = Diagnostic::new(Code::NoIssue, message!("several papers have an issue of {name}", name));
    Error::configuration(diagnostic.hint(message!("say which: {several}", several = listed(cards, several))))
}

fn listed(cards: Cards<'_>, issues: &[usize]) -> String {
    let all = &cards.site.catalog.issues.issues;
    let named = |at: &usize| format!("{}/{}", all[*at].paper.as_deref().unwrap_or_default(), all[*at].date);
    issues.iter().map(named).collect::<Vec<_>>().join(", ")
}

fn unknown(code: Code, message: Message, closest: Option<&str>, known: &[&str]) -> Error {
    let hint = match (closest, known) {
        (Some(closest), _) => message!("did you mean {meant}?", meant = closest),
        (None, []) => message!("there are none yet"),
        (None, known) => message!("there are: {known}", known = known.join(", ")),
    };
    Error::configuration(Diagnostic::new(code, message).hint(hint))
}

/// The error of a selection without articles, with what there is of its theme and paper.
fn nothing_chosen(cards: Cards<'_>, selection: &Selection) -> Error {
    let title = selection.title(cards).join(" ");
    let message = message!("there is no article to export: {title}", title = title.trim());
    let wider = Selection { theme: selection.theme, paper: selection.paper, ..Selection::default() };
    let articles = wider.articles(cards, Order::Reading);
    let dates = || articles.iter().filter_map(|&id| cards.site.catalog.entries[id].front.date);
    let hint = match (dates().min(), dates().max()) {
        (Some(first), Some(last)) => {
            let of = wider.title(cards)[0].clone();
            message!("{of} has {n} articles, from {first} to {last}", of, n = articles.len(), first, last)
        }
        _ if articles.is_empty() => message!("the site has none of it yet; drafts are exported with --drafts"),
        _ => message!("{of} has {n} articles without a date", of = wider.title(cards)[0], n = articles.len()),
    };
    Error::failure(Diagnostic::new(Code::NothingChosen, message).hint(hint))
}
