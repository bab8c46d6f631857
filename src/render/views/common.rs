//! The views that many templates have in common: links, dates, cards of articles, issues, key figures, pagers, calendars.

use crate::render::views::shared::Shared;
use serde::Serialize;

/// A link to a page of the site.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub(crate) struct Link {
    /// text of the link
    pub(crate) name: String,
    /// path of the page
    pub(crate) path: String,
    /// number of articles on the page, if it is a list
    pub(crate) count: usize,
}

/// A theme.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub(crate) struct ThemeTag {
    /// the theme's id in site.toml
    pub(crate) id: String,
    /// the theme's name
    pub(crate) name: String,
    /// path of the theme's page
    pub(crate) path: String,
    /// path of the theme's Atom feed
    pub(crate) feed: String,
    /// the theme's description in site.toml
    pub(crate) description: String,
    /// number of articles under the theme
    pub(crate) count: usize,
    /// 1 to 8, in the order of site.toml: the class `hue-3` sets the theme's colour
    pub(crate) hue: usize,
}

/// A date: `2025-02-25`, `2025年2月25日`, `2月25日`, `星期二`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub(crate) struct Day {
    /// ISO 8601
    pub(crate) iso: String,
    /// with the year
    pub(crate) text: String,
    /// without the year
    pub(crate) short: String,
    /// day of the week
    pub(crate) weekday: &'static str,
    /// path of the page of the day, if it has articles
    pub(crate) path: Option<String>,
}

/// An article in a list, or at the top of its own page.
pub(crate) type Card = Shared<CardFields>;

/// An article in a list, or at the top of its own page.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct CardFields {
    /// headline
    pub(crate) title: String,
    /// the headline is not printed but made from the text
    pub(crate) title_inferred: bool,
    /// the line above the headline
    pub(crate) kicker: Option<String>,
    /// the line below the headline
    pub(crate) subtitle: Option<String>,
    /// column label
    pub(crate) column: Option<String>,
    /// path of the article
    pub(crate) path: String,
    /// publication date
    pub(crate) date: Option<Shared<Day>>,
    /// name of the newspaper
    pub(crate) paper: Option<String>,
    /// number of the newspaper page (版)
    pub(crate) page: Option<u32>,
    /// news, photo, commentary, theory, brief
    pub(crate) kind: &'static str,
    /// name of the kind (评论, 理论 …); none for news
    pub(crate) kind_name: Option<&'static str>,
    /// authors, with links to their articles
    pub(crate) authors: Vec<Link>,
    /// themes, most fitting first
    pub(crate) themes: Vec<Shared<ThemeTag>>,
    /// beginning of the text
    pub(crate) excerpt: String,
    /// length of the text (字数)
    pub(crate) count: usize,
    /// reading time
    pub(crate) minutes: usize,
    /// where else the dispatch is printed: 另见3报
    pub(crate) also_in: Option<String>,
}

/// A link to an issue of a newspaper.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct IssueLink {
    /// name of the newspaper
    pub(crate) paper: String,
    /// publication date
    pub(crate) date: Day,
    /// issue number
    pub(crate) number: Option<u32>,
    /// path of the issue
    pub(crate) path: String,
    /// number of articles
    pub(crate) count: usize,
    /// number of source pages
    pub(crate) pages: usize,
}

/// A source page with its articles.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct PageBlock {
    /// 第1版, or what it is called without a number
    pub(crate) name: String,
    /// path of the source page
    pub(crate) path: String,
    /// page number
    pub(crate) number: Option<u32>,
    /// articles that begin on the page
    pub(crate) articles: Vec<Card>,
}

/// An issue with all its articles.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct IssueBlock {
    /// the issue
    pub(crate) issue: IssueLink,
    /// its source pages with their articles
    pub(crate) pages: Vec<PageBlock>,
    /// articles without a source page
    pub(crate) loose: Vec<Card>,
}

/// A theme with its newest articles.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct ThemeBlock {
    /// the theme
    pub(crate) theme: ThemeTag,
    /// its newest articles
    pub(crate) newest: Vec<Card>,
}

/// A key figure: a number and what it counts, as the article prints it.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct FigureView {
    /// text before the number
    pub(crate) before: String,
    /// the number with its measure word
    pub(crate) number: String,
    /// text after the number
    pub(crate) after: String,
    /// path of the article, with the paragraph as its fragment (`#p3`) if the text is shown
    pub(crate) path: String,
    /// id of the paragraph, `p3`; none if the text is not shown
    pub(crate) paragraph: Option<String>,
    /// headline of the article
    pub(crate) title: String,
    /// publication date of the article
    pub(crate) date: Option<Day>,
}

/// Links between the parts of a list that is divided over several pages.
#[derive(Debug, PartialEq, Eq, Serialize)]
pub(crate) struct Pager {
    /// number of this part, from 1
    pub(crate) part: usize,
    /// number of parts
    pub(crate) parts: usize,
    /// path of the part before this one
    pub(crate) newer: Option<String>,
    /// path of the part after this one
    pub(crate) older: Option<String>,
    /// the first and the last part and those beside this one; none where there is one part
    pub(crate) pages: Vec<PagerPage>,
    /// where each year begins; none where the list has one part or one year
    pub(crate) years: Vec<Link>,
    /// the years that begin in this part
    pub(crate) starts: Vec<YearStart>,
}

/// A link to a part of a list.
#[derive(Debug, PartialEq, Eq, Serialize)]
pub(crate) struct PagerPage {
    /// number of the part, from 1
    pub(crate) part: usize,
    /// path of the part
    pub(crate) path: String,
    /// parts between the one before it and this one are left out
    pub(crate) after_gap: bool,
}

/// A year that begins in a part of a list.
#[derive(Debug, PartialEq, Eq, Serialize)]
pub(crate) struct YearStart {
    /// position of its first article in the part, from 0
    pub(crate) at: usize,
    /// id that the links of `years` lead to: `y2024`
    pub(crate) anchor: String,
    /// 2024年
    pub(crate) name: String,
}

/// The calendar of a month, in weeks of seven days from Monday.
#[derive(Debug, Default, PartialEq, Eq, Serialize)]
pub(crate) struct Calendar {
    /// year
    pub(crate) year: i16,
    /// month, 1 to 12
    pub(crate) month: i8,
    /// 2025年2月
    pub(crate) name: String,
    /// path of the month's page; empty if it has none
    pub(crate) path: String,
    /// number of articles
    pub(crate) count: usize,
    /// weeks of seven days each
    pub(crate) weeks: Vec<Vec<CalendarDay>>,
}

/// A day of a calendar, or an empty cell before the first or after the last day of the month.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub(crate) struct CalendarDay {
    /// day of the month; 0 in an empty cell
    pub(crate) day: i8,
    /// number of articles
    pub(crate) count: usize,
    /// path of the day's articles; empty if there are none
    pub(crate) path: String,
}
