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
pub(crate) struct SiteView {
    pub(crate) title: String,
    pub(crate) description: String,
    /// of the interface and the pages, as in site.toml's `lang`: `zh-Hans`, `zh-Hant`, `en`
    pub(crate) language: &'static str,
    /// of the articles
    pub(crate) text_language: &'static str,
    /// ends with a slash; empty where site.toml tells none
    pub(crate) base_url: String,
    pub(crate) author: String,
    pub(crate) themes: Vec<ThemeTag>,
    /// plain pages, in the order of the menu
    pub(crate) menu: Vec<Link>,
    pub(crate) articles: usize,
    pub(crate) issues: usize,
    /// the path of `static/custom.css`, where the site has one
    pub(crate) custom_style: Option<&'static str>,
    /// the path of the search page, where there is one
    pub(crate) search: Option<String>,
    /// the paths of the pages of all columns, and of all places, where there are any
    pub(crate) columns: Option<String>,
    pub(crate) places: Option<String>,
    /// days of the first and the last article
    pub(crate) since: Option<Day>,
    pub(crate) until: Option<Day>,
}

/// The page that is rendered: `page`.
#[derive(Debug, Serialize)]
pub(crate) struct Frame {
    /// home, article, themes, theme, key-figures, issues, paper, issue, source-page, archive, year, month, undated, people, person,
    /// columns, column, places, place, plain, search, not-found
    pub(crate) kind: &'static str,
    /// empty on the home page
    pub(crate) title: String,
    pub(crate) description: String,
    /// below the root
    pub(crate) path: String,
    /// absolute, where the site's address is known
    pub(crate) canonical: Option<String>,
    /// an Atom feed of what is shown here, besides the site's own
    pub(crate) feed: Option<String>,
    /// holds code, and needs the style sheet of the highlighter
    pub(crate) has_code: bool,
}

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

/// A small view that is made once and shared by all that show it. Nobody but a template looks into one: so what stands for it
/// can be a digest, where only a page's key is wanted.
#[derive(Debug, Clone)]
pub(crate) struct Shared<T> {
    pub(crate) made: Made,
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
pub(crate) enum Made {
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

/// `home.html`
#[derive(Debug, Serialize)]
pub(crate) struct HomeView {
    /// the day of the newest issue
    pub(crate) date: Option<Day>,
    /// the first story of the newest issue, or the newest article of all
    pub(crate) lead: Option<Card>,
    /// the beginning of its text, longer than an excerpt
    pub(crate) opening: String,
    /// the stories after it, up to six
    pub(crate) front: Vec<Card>,
    pub(crate) latest: Option<IssueBlock>,
    /// themes that have articles
    pub(crate) themes: Vec<ThemeBlock>,
    /// key figures of the newest articles
    pub(crate) figures: Vec<FigureView>,
    /// articles by month, where there are enough months
    pub(crate) trend: Option<Bars>,
    /// the issues before the latest
    pub(crate) issues: Vec<IssueLink>,
}

/// `article.html`
#[derive(Debug, Serialize)]
pub(crate) struct ArticleView {
    pub(crate) article: Card,
    /// HTML
    pub(crate) body: String,
    /// the body is no more than the excerpt: the text may not be republished
    pub(crate) excerpt_only: bool,
    pub(crate) subheads: Vec<Subhead>,
    pub(crate) issue: Option<IssueLink>,
    pub(crate) source_page: Option<Link>,
    /// where it was read, the parts of an article on several pages in order
    pub(crate) sources: Vec<SourceView>,
    /// its themes, and what filed it under each
    pub(crate) filing: Vec<FilingView>,
    /// GB/T 7714
    pub(crate) citation: String,
    pub(crate) quote: QuoteView,
    /// paths of the article in other forms; none where site.toml switches them off
    pub(crate) twins: Option<TwinPaths>,
    /// schema.org, to stand in a `<script>` as it is
    pub(crate) json_ld: String,
    pub(crate) newer: Option<Card>,
    pub(crate) older: Option<Card>,
    pub(crate) related: Vec<Card>,
    /// the other articles of its source page
    pub(crate) on_page: Vec<Card>,
    /// the numbers of its text that say most
    pub(crate) figures: Vec<FigureView>,
    /// the places that it tells of
    pub(crate) places: Vec<Link>,
    /// the page of its column
    pub(crate) column: Option<Link>,
}

/// The reference in the forms of reference managers.
#[derive(Debug, Default, Serialize)]
pub(crate) struct QuoteView {
    /// names the article in both: ASCII, one for each article
    pub(crate) key: String,
    /// 第22076期
    pub(crate) issue: Option<u32>,
    pub(crate) bibtex: String,
    pub(crate) ris: String,
}

/// An article in other forms.
#[derive(Debug, Serialize)]
pub(crate) struct TwinPaths {
    pub(crate) markdown: String,
    pub(crate) json: String,
    pub(crate) bibtex: String,
    pub(crate) ris: String,
}

/// A heading of the text, and its place on the page.
#[derive(Debug, Serialize)]
pub(crate) struct Subhead {
    pub(crate) id: String,
    pub(crate) text: String,
}

/// Where an article was read.
#[derive(Debug, Serialize)]
pub(crate) struct SourceView {
    /// the page's file name
    pub(crate) file: String,
    /// `51-73` or `13-35,40`
    pub(crate) lines: String,
    pub(crate) page: Option<Link>,
    /// path of these lines, with `#L51`; none where the page's text is not shown
    pub(crate) path: Option<String>,
}

/// Why an article stands under a theme.
#[derive(Debug, Serialize)]
pub(crate) struct FilingView {
    pub(crate) theme: ThemeTag,
    /// an editor filed it: no words are told
    pub(crate) by_editor: bool,
    /// strongest first
    pub(crate) words: Vec<FilingWord>,
}

#[derive(Debug, Serialize)]
pub(crate) struct FilingWord {
    pub(crate) word: String,
    /// how often it stands there
    pub(crate) count: usize,
}

/// `plain.html`
#[derive(Debug, Serialize)]
pub(crate) struct PlainView {
    /// HTML
    pub(crate) body: String,
}

/// `search.html`: what `search.js` has to know of the index, and what a search can be narrowed to.
#[derive(Debug, Serialize)]
pub(crate) struct SearchView {
    pub(crate) articles: usize,
    /// articles of a volume, and of a file of texts
    pub(crate) volume: usize,
    pub(crate) texts: usize,
    /// shards of each volume, parted by spaces
    pub(crate) shards: String,
    /// shards of the heads
    pub(crate) heads: usize,
    /// changes with the articles: what a browser keeps of an older index is then asked for again
    pub(crate) version: String,
    /// in the order in which the index counts them
    pub(crate) themes: Vec<Choice>,
    pub(crate) papers: Vec<Choice>,
    pub(crate) years: Vec<YearChoice>,
}

/// One of the values that a search can be narrowed to, as it stands in an address.
#[derive(Debug, PartialEq, Eq, Serialize)]
pub(crate) struct Choice {
    pub(crate) value: String,
    pub(crate) name: String,
}

/// A year, and which articles are of it: `from` until before `to`.
#[derive(Debug, PartialEq, Eq, Serialize)]
pub(crate) struct YearChoice {
    pub(crate) year: i16,
    /// 2025年
    pub(crate) name: String,
    pub(crate) from: usize,
    pub(crate) to: usize,
}

/// `404.html`
#[derive(Debug, Serialize)]
pub(crate) struct NotFoundView {}
