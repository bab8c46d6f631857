//! What each template is given: the contract with those who write templates.
//!
//! Every template sees the fields of its view, and beside them:
//!
//! - `page`: the [`Frame`] of the page that is rendered
//! - `root`: the way to the site's root from this page (`../../`); every `path` below is written after it:
//!   `<a href="{{ root }}{{ article.path }}">`
//! - `site`: the [`SiteView`]
//! - `words`: the words of the interface, by name
//!
//! Fields that may be absent are `Option`s: none in a template, so `{% if article.kicker %}`.
//!
//! What lists are given stands in `list_views.rs`, charts in `chart_views.rs`, feeds in `feed_views.rs`.

use crate::render::views::charts::Bars;
use crate::util::digest::Digest;
use serde::{Serialize, Serializer};
use std::marker::PhantomData;
use tera::Value;

/// The site as a whole: `site`.
#[derive(Debug, Serialize)]
pub struct SiteView {
    pub title: String,
    pub description: String,
    /// of the interface and the pages, as in site.toml's `lang`: `zh-Hans`, `zh-Hant`, `en`
    pub language: &'static str,
    /// of the articles
    pub text_language: &'static str,
    /// ends with a slash; empty where site.toml tells none
    pub base_url: String,
    pub author: String,
    pub themes: Vec<ThemeTag>,
    /// plain pages, in the order of the menu
    pub menu: Vec<Link>,
    pub articles: usize,
    pub issues: usize,
    /// the path of `static/custom.css`, where the site has one
    pub custom_style: Option<&'static str>,
    /// the path of the search page, where there is one
    pub search: Option<String>,
    /// the paths of the pages of all columns, and of all places, where there are any
    pub columns: Option<String>,
    pub places: Option<String>,
    /// days of the first and the last article
    pub since: Option<Day>,
    pub until: Option<Day>,
}

/// The page that is rendered: `page`.
#[derive(Debug, Serialize)]
pub struct Frame {
    /// home, article, themes, theme, key-figures, issues, paper, issue, source-page, archive, year, month, undated, people, person,
    /// columns, column, places, place, plain, search, not-found
    pub kind: &'static str,
    /// empty on the home page
    pub title: String,
    pub description: String,
    /// below the root
    pub path: String,
    /// absolute, where the site's address is known
    pub canonical: Option<String>,
    /// an Atom feed of what is shown here, besides the site's own
    pub feed: Option<String>,
    /// holds code, and needs the style sheet of the highlighter
    pub has_code: bool,
}

/// Something that has a page.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Link {
    pub name: String,
    pub path: String,
    /// articles behind it, where it is a list
    pub count: usize,
}

/// A theme, wherever it is named.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ThemeTag {
    pub id: String,
    pub name: String,
    pub path: String,
    pub feed: String,
    pub description: String,
    pub count: usize,
    /// 1 to 8, in the order of site.toml: the class `hue-3` sets its colour
    pub hue: usize,
}

/// A small view that is made once and shared by all that show it. Nobody but a template looks into one: so what stands for it
/// can be a digest, where only a page's key is wanted.
#[derive(Debug, Clone)]
pub struct Shared<T> {
    pub made: Made,
    of: PhantomData<T>,
}

impl<T> From<Made> for Shared<T> {
    fn from(made: Made) -> Self {
        Self { made, of: PhantomData }
    }
}

impl<T> Serialize for Shared<T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.made.serialize(serializer)
    }
}

/// A view as templates see it; or, where only a page's key is wanted, what stands for it.
#[derive(Debug, Clone)]
pub enum Made {
    Value(Value),
    Digest(Digest),
}

impl Serialize for Made {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            // the engine takes a value as it is, without a copy
            Self::Value(value) => value.serialize(serializer),
            Self::Digest(digest) => digest.serialize(serializer),
        }
    }
}

/// A day: `2025-02-25`, `2025年2月25日`, `2月25日`, `星期二`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Day {
    pub iso: String,
    pub text: String,
    pub short: String,
    pub weekday: &'static str,
}

/// An article, in a list or as the head of its own page.
pub type Card = Shared<CardFields>;

/// What a template sees of a card.
#[derive(Debug, Clone, Serialize)]
pub struct CardFields {
    pub title: String,
    pub title_inferred: bool,
    pub kicker: Option<String>,
    pub subtitle: Option<String>,
    pub column: Option<String>,
    pub path: String,
    pub date: Option<Shared<Day>>,
    pub paper: Option<String>,
    /// 版
    pub page: Option<u32>,
    /// news, photo, commentary, theory, brief
    pub kind: &'static str,
    /// 评论, 理论 …; none for news
    pub kind_name: Option<&'static str>,
    pub authors: Vec<Link>,
    pub themes: Vec<Shared<ThemeTag>>,
    pub excerpt: String,
    /// 字数
    pub count: usize,
    pub minutes: usize,
}

/// An issue where it is only named.
#[derive(Debug, Clone, Serialize)]
pub struct IssueLink {
    pub paper: String,
    pub date: Day,
    pub number: Option<u32>,
    pub path: String,
    /// articles
    pub count: usize,
    /// source pages
    pub pages: usize,
}

/// A source page with its articles.
#[derive(Debug, Clone, Serialize)]
pub struct PageBlock {
    /// 第1版, or the file's name
    pub name: String,
    pub path: String,
    pub number: Option<u32>,
    pub file: Option<String>,
    pub articles: Vec<Card>,
}

/// An issue with all that stands in it.
#[derive(Debug, Clone, Serialize)]
pub struct IssueBlock {
    pub issue: IssueLink,
    pub pages: Vec<PageBlock>,
    /// articles that tell of no page
    pub loose: Vec<Card>,
}

/// A theme with its newest articles.
#[derive(Debug, Clone, Serialize)]
pub struct ThemeBlock {
    pub theme: ThemeTag,
    pub newest: Vec<Card>,
}

/// A key figure: a number and what it counts, in the words of an article.
#[derive(Debug, Clone, Serialize)]
pub struct FigureView {
    /// the words before the number, the number with its measure word, the words after it
    pub before: String,
    pub number: String,
    pub after: String,
    /// the place in the text: the article's path, with `#` and the paragraph's id
    pub path: String,
    /// that id, `p3`; none where the text is not shown, and the path leads to the article
    pub paragraph: Option<String>,
    /// the article's title
    pub title: String,
    pub date: Option<Day>,
}

/// `home.html`
#[derive(Debug, Serialize)]
pub struct HomeView {
    /// the day of the newest issue
    pub date: Option<Day>,
    /// the first story of the newest issue, or the newest article of all
    pub lead: Option<Card>,
    /// the beginning of its text, longer than an excerpt
    pub opening: String,
    /// the stories after it, up to six
    pub front: Vec<Card>,
    pub latest: Option<IssueBlock>,
    /// themes that have articles
    pub themes: Vec<ThemeBlock>,
    /// key figures of the newest articles
    pub figures: Vec<FigureView>,
    /// articles by month, where there are enough months
    pub trend: Option<Bars>,
    /// the issues before the latest
    pub issues: Vec<IssueLink>,
}

/// `article.html`
#[derive(Debug, Serialize)]
pub struct ArticleView {
    pub article: Card,
    /// HTML
    pub body: String,
    /// the body is no more than the excerpt: the text may not be republished
    pub excerpt_only: bool,
    pub subheads: Vec<Subhead>,
    pub issue: Option<IssueLink>,
    pub source_page: Option<Link>,
    /// where it was read, the parts of an article on several pages in order
    pub sources: Vec<SourceView>,
    /// its themes, and what filed it under each
    pub filing: Vec<FilingView>,
    /// GB/T 7714
    pub citation: String,
    pub quote: QuoteView,
    /// paths of the article in other forms; none where site.toml switches them off
    pub twins: Option<TwinPaths>,
    /// schema.org, to stand in a `<script>` as it is
    pub json_ld: String,
    pub newer: Option<Card>,
    pub older: Option<Card>,
    pub related: Vec<Card>,
    /// the other articles of its source page
    pub on_page: Vec<Card>,
    /// the numbers of its text that say most
    pub figures: Vec<FigureView>,
    /// the places that it tells of
    pub places: Vec<Link>,
    /// the page of its column
    pub column: Option<Link>,
}

/// The reference in the forms of reference managers.
#[derive(Debug, Default, Serialize)]
pub struct QuoteView {
    /// names the article in both: ASCII, one for each article
    pub key: String,
    /// 第22076期
    pub issue: Option<u32>,
    pub bibtex: String,
    pub ris: String,
}

/// An article in other forms.
#[derive(Debug, Serialize)]
pub struct TwinPaths {
    pub markdown: String,
    pub json: String,
    pub bibtex: String,
    pub ris: String,
}

/// A heading of the text, and its place on the page.
#[derive(Debug, Serialize)]
pub struct Subhead {
    pub id: String,
    pub text: String,
}

/// Where an article was read.
#[derive(Debug, Serialize)]
pub struct SourceView {
    /// the page's file name
    pub file: String,
    /// `51-73` or `13-35,40`
    pub lines: String,
    pub page: Option<Link>,
    /// path of these lines, with `#L51`; none where the page's text is not shown
    pub path: Option<String>,
}

/// Why an article stands under a theme.
#[derive(Debug, Serialize)]
pub struct FilingView {
    pub theme: ThemeTag,
    /// an editor filed it: no words are told
    pub by_editor: bool,
    /// strongest first
    pub words: Vec<FilingWord>,
}

#[derive(Debug, Serialize)]
pub struct FilingWord {
    pub word: String,
    /// how often it stands there
    pub count: usize,
}

/// `plain.html`
#[derive(Debug, Serialize)]
pub struct PlainView {
    /// HTML
    pub body: String,
}

/// `search.html`: what `search.js` has to know of the index, and what a search can be narrowed to.
#[derive(Debug, Serialize)]
pub struct SearchView {
    pub articles: usize,
    /// articles of a volume, and of a file of texts
    pub volume: usize,
    pub texts: usize,
    /// shards of each volume, parted by spaces
    pub shards: String,
    /// shards of the heads
    pub heads: usize,
    /// changes with the articles: what a browser keeps of an older index is then asked for again
    pub version: String,
    /// in the order in which the index counts them
    pub themes: Vec<Choice>,
    pub papers: Vec<Choice>,
    pub years: Vec<YearChoice>,
}

/// One of the values that a search can be narrowed to, as it stands in an address.
#[derive(Debug, PartialEq, Eq, Serialize)]
pub struct Choice {
    pub value: String,
    pub name: String,
}

/// A year, and which articles are of it: `from` until before `to`.
#[derive(Debug, PartialEq, Eq, Serialize)]
pub struct YearChoice {
    pub year: i16,
    /// 2025年
    pub name: String,
    pub from: usize,
    pub to: usize,
}

/// `404.html`
#[derive(Debug, Serialize)]
pub struct NotFoundView {}
