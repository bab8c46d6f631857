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
//! What feeds are given stands in `feed_views.rs`.

use serde::{Serialize, Serializer};
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
    /// the path of the search page, where there is one
    pub search: Option<String>,
    /// days of the first and the last article
    pub since: Option<Day>,
    pub until: Option<Day>,
}

/// The page that is rendered: `page`.
#[derive(Debug, Serialize)]
pub struct Frame {
    /// home, article, themes, theme, issues, issue, source-page, archive, year, month, people, person, plain,
    /// search, not-found
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

/// A day: `2025-02-25`, `2025年2月25日`, `2月25日`, `星期二`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Day {
    pub iso: String,
    pub text: String,
    pub short: String,
    pub weekday: &'static str,
}

/// An article, in a list or as the head of its own page: the [`CardFields`], made once and shared by the pages that show
/// it. Nobody but a template looks into a card: so what stands for it can be a digest, where only a page's key is wanted.
#[derive(Debug, Clone)]
pub struct Card(pub Value);

impl Serialize for Card {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        // the engine takes a value as it is, without a copy
        self.0.serialize(serializer)
    }
}

/// What a template sees of a card.
#[derive(Debug, Clone, Serialize)]
pub struct CardFields {
    pub title: String,
    pub title_inferred: bool,
    pub kicker: Option<String>,
    pub subtitle: Option<String>,
    pub column: Option<String>,
    pub path: String,
    pub date: Option<Day>,
    pub paper: Option<String>,
    /// 版
    pub page: Option<u32>,
    /// news, photo, commentary, theory, brief
    pub kind: &'static str,
    /// 评论, 理论 …; none for news
    pub kind_name: Option<&'static str>,
    pub authors: Vec<Link>,
    pub themes: Vec<ThemeTag>,
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
    /// the issues before the latest
    pub issues: Vec<IssueLink>,
}

/// `article.html`
#[derive(Debug, Serialize)]
pub struct ArticleView {
    pub article: Card,
    /// HTML
    pub body: String,
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
}

/// The reference in the forms of reference managers.
#[derive(Debug, Serialize)]
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

/// `themes.html`
#[derive(Debug, Serialize)]
pub struct ThemesView {
    pub themes: Vec<ThemeBlock>,
}

/// `theme.html`
#[derive(Debug, Serialize)]
pub struct ThemeView {
    pub theme: ThemeTag,
    pub articles: Vec<Card>,
    /// paths of all its articles in other forms; none where site.toml switches them off
    pub exports: Option<ExportPaths>,
    pub pager: Pager,
}

/// The articles of a theme in other forms.
#[derive(Debug, Serialize)]
pub struct ExportPaths {
    pub csv: String,
    pub bibtex: String,
}

/// Where in a long list a page stands; parts count from 1.
#[derive(Debug, PartialEq, Eq, Serialize)]
pub struct Pager {
    pub part: usize,
    pub parts: usize,
    /// paths
    pub newer: Option<String>,
    pub older: Option<String>,
}

/// `issues.html`
#[derive(Debug, Serialize)]
pub struct IssuesView {
    pub papers: Vec<PaperView>,
    /// source pages without a date
    pub undated: Vec<Link>,
}

/// A paper and its issues, newest first.
#[derive(Debug, Serialize)]
pub struct PaperView {
    pub name: String,
    pub years: Vec<PaperYear>,
}

#[derive(Debug, Serialize)]
pub struct PaperYear {
    pub year: i16,
    /// 2025年
    pub name: String,
    pub issues: Vec<IssueLink>,
}

/// `issue.html`
#[derive(Debug, Serialize)]
pub struct IssueView {
    pub block: IssueBlock,
    pub newer: Option<IssueLink>,
    pub older: Option<IssueLink>,
}

/// `source-page.html`
#[derive(Debug, Serialize)]
pub struct SourcePageView {
    pub block: PageBlock,
    pub issue: Option<IssueLink>,
    /// all pages of the issue, this one among them
    pub pages: Vec<Link>,
    /// the page's text; none where it is not shown
    pub printed: Option<PrintedView>,
}

/// A source page as it was printed.
#[derive(Debug, Serialize)]
pub struct PrintedView {
    /// lines that hold something
    pub lines: Vec<PrintedLine>,
    /// the articles that stand here, and those that go on here
    pub articles: Vec<Stand>,
}

#[derive(Debug, Serialize)]
pub struct PrintedLine {
    /// from 1, empty lines counted: the line's place on the page is `L51`
    pub number: usize,
    pub text: String,
    /// of the articles that it belongs to
    pub marks: Vec<String>,
}

/// Where on a source page an article stands.
#[derive(Debug, Serialize)]
pub struct Stand {
    /// names the article among those of the page: `a1`
    pub mark: String,
    pub title: String,
    pub path: String,
    /// its first line
    pub first: usize,
    /// `13-35, 40`
    pub lines: String,
}

/// `archive.html`
#[derive(Debug, Serialize)]
pub struct ArchiveView {
    pub years: Vec<YearBlock>,
    pub undated: Vec<Card>,
}

/// A year and its twelve months, those without articles with a count of 0.
#[derive(Debug, Serialize)]
pub struct YearBlock {
    pub year: i16,
    /// 2025年
    pub name: String,
    pub path: String,
    pub count: usize,
    pub months: Vec<MonthLink>,
}

#[derive(Debug, Serialize)]
pub struct MonthLink {
    pub month: i8,
    /// 2月
    pub name: &'static str,
    pub path: String,
    pub count: usize,
}

/// `year.html`
#[derive(Debug, Serialize)]
pub struct YearView {
    pub year: i16,
    pub count: usize,
    /// months that have articles, newest first
    pub months: Vec<Calendar>,
    pub newer: Option<Link>,
    pub older: Option<Link>,
}

/// `month.html`
#[derive(Debug, Serialize)]
pub struct MonthView {
    pub calendar: Calendar,
    /// days that have articles, newest first
    pub days: Vec<DayBlock>,
    pub newer: Option<Link>,
    pub older: Option<Link>,
}

#[derive(Debug, Serialize)]
pub struct DayBlock {
    pub date: Day,
    /// the day's place on the page: `d25`
    pub anchor: String,
    pub articles: Vec<Card>,
}

/// A month as weeks of seven days from Monday on.
#[derive(Debug, Default, PartialEq, Eq, Serialize)]
pub struct Calendar {
    pub year: i16,
    pub month: i8,
    /// 2025年2月
    pub name: String,
    pub path: String,
    pub count: usize,
    pub weeks: Vec<Vec<Cell>>,
}

/// One day of a calendar; 0 before the first and after the last.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize)]
pub struct Cell {
    pub day: i8,
    pub count: usize,
}

/// `people.html`
#[derive(Debug, Serialize)]
pub struct PeopleView {
    pub people: Vec<Link>,
}

/// `person.html`
#[derive(Debug, Serialize)]
pub struct PersonView {
    pub name: String,
    pub articles: Vec<Card>,
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

/// `text.txt`: a file that programs read, as it is
#[derive(Debug, Serialize)]
pub struct TextView {
    pub text: String,
}

/// `404.html`
#[derive(Debug, Serialize)]
pub struct NotFoundView {}
