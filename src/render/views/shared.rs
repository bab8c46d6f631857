//! The views that many templates share: links, days, cards of articles, issues, key figures, calendars.

use crate::render::views::made::Shared;
use serde::Serialize;

/// Something that has a page.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub(crate) struct Link {
    pub(crate) name: String,
    pub(crate) path: String,
    /// articles behind it, where it is a list
    pub(crate) count: usize,
}

/// A theme, wherever it is named.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub(crate) struct ThemeTag {
    pub(crate) id: String,
    pub(crate) name: String,
    pub(crate) path: String,
    pub(crate) feed: String,
    pub(crate) description: String,
    pub(crate) count: usize,
    /// 1 to 8, in the order of site.toml: the class `hue-3` sets its colour
    pub(crate) hue: usize,
}

/// A day: `2025-02-25`, `2025年2月25日`, `2月25日`, `星期二`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub(crate) struct Day {
    pub(crate) iso: String,
    pub(crate) text: String,
    pub(crate) short: String,
    pub(crate) weekday: &'static str,
}

/// An article, in a list or as the head of its own page.
pub(crate) type Card = Shared<CardFields>;

/// What a template sees of a card.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct CardFields {
    pub(crate) title: String,
    pub(crate) title_inferred: bool,
    pub(crate) kicker: Option<String>,
    pub(crate) subtitle: Option<String>,
    pub(crate) column: Option<String>,
    pub(crate) path: String,
    pub(crate) date: Option<Shared<Day>>,
    pub(crate) paper: Option<String>,
    /// 版
    pub(crate) page: Option<u32>,
    /// news, photo, commentary, theory, brief
    pub(crate) kind: &'static str,
    /// 评论, 理论 …; none for news
    pub(crate) kind_name: Option<&'static str>,
    pub(crate) authors: Vec<Link>,
    pub(crate) themes: Vec<Shared<ThemeTag>>,
    pub(crate) excerpt: String,
    /// 字数
    pub(crate) count: usize,
    pub(crate) minutes: usize,
}

/// An issue where it is only named.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct IssueLink {
    pub(crate) paper: String,
    pub(crate) date: Day,
    pub(crate) number: Option<u32>,
    pub(crate) path: String,
    /// articles
    pub(crate) count: usize,
    /// source pages
    pub(crate) pages: usize,
}

/// A source page with its articles.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct PageBlock {
    /// 第1版, or the file's name
    pub(crate) name: String,
    pub(crate) path: String,
    pub(crate) number: Option<u32>,
    pub(crate) file: Option<String>,
    pub(crate) articles: Vec<Card>,
}

/// An issue with all that stands in it.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct IssueBlock {
    pub(crate) issue: IssueLink,
    pub(crate) pages: Vec<PageBlock>,
    /// articles that tell of no page
    pub(crate) loose: Vec<Card>,
}

/// A theme with its newest articles.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct ThemeBlock {
    pub(crate) theme: ThemeTag,
    pub(crate) newest: Vec<Card>,
}

/// A key figure: a number and what it counts, in the words of an article.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct FigureView {
    /// the words before the number, the number with its measure word, the words after it
    pub(crate) before: String,
    pub(crate) number: String,
    pub(crate) after: String,
    /// the place in the text: the article's path, with `#` and the paragraph's id
    pub(crate) path: String,
    /// that id, `p3`; none where the text is not shown, and the path leads to the article
    pub(crate) paragraph: Option<String>,
    /// the article's title
    pub(crate) title: String,
    pub(crate) date: Option<Day>,
}

/// Where in a long list a page stands; parts count from 1.
#[derive(Debug, PartialEq, Eq, Serialize)]
pub(crate) struct Pager {
    pub(crate) part: usize,
    pub(crate) parts: usize,
    /// paths
    pub(crate) newer: Option<String>,
    pub(crate) older: Option<String>,
}

/// A month as weeks of seven days from Monday on; its path is empty where it has no page.
#[derive(Debug, Default, PartialEq, Eq, Serialize)]
pub(crate) struct Calendar {
    pub(crate) year: i16,
    pub(crate) month: i8,
    /// 2025年2月
    pub(crate) name: String,
    pub(crate) path: String,
    pub(crate) count: usize,
    pub(crate) weeks: Vec<Vec<CalendarDay>>,
}

/// One day of a calendar; 0 before the first and after the last.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub(crate) struct CalendarDay {
    pub(crate) day: i8,
    /// articles
    pub(crate) count: usize,
    /// where it leads, if it has any
    pub(crate) path: String,
}
