//! The views of the pages that are no lists: home page, article, plain page, search, page not found.

use crate::render::views::charts::BarChart;
use crate::render::views::shared::{Card, Day, FigureView, IssueBlock, IssueLink, Link, ThemeBlock, ThemeTag};
use serde::Serialize;

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
    pub(crate) trend: Option<BarChart>,
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
    pub(crate) sources: Vec<SourceLocation>,
    /// its themes, and what filed it under each
    #[serde(rename = "filing")]
    pub(crate) evidence: Vec<ThemeEvidence>,
    /// GB/T 7714
    pub(crate) citation: String,
    #[serde(rename = "quote")]
    pub(crate) reference: ReferenceView,
    /// paths of the article in other forms; none where site.toml switches them off
    #[serde(rename = "twins")]
    pub(crate) alternates: Option<AlternatePaths>,
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
pub(crate) struct ReferenceView {
    /// names the article in both: ASCII, one for each article
    pub(crate) key: String,
    /// 第22076期
    pub(crate) issue: Option<u32>,
    pub(crate) bibtex: String,
    pub(crate) ris: String,
}

/// An article in other forms.
#[derive(Debug, Serialize)]
pub(crate) struct AlternatePaths {
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
pub(crate) struct SourceLocation {
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
pub(crate) struct ThemeEvidence {
    pub(crate) theme: ThemeTag,
    /// an editor filed it: no words are told
    pub(crate) by_editor: bool,
    /// strongest first
    #[serde(rename = "words")]
    pub(crate) terms: Vec<EvidenceTerm>,
}

#[derive(Debug, Serialize)]
pub(crate) struct EvidenceTerm {
    #[serde(rename = "word")]
    pub(crate) term: String,
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
    pub(crate) themes: Vec<FacetValue>,
    pub(crate) papers: Vec<FacetValue>,
    pub(crate) years: Vec<YearFacet>,
}

/// One of the values that a search can be narrowed to, as it stands in an address.
#[derive(Debug, PartialEq, Eq, Serialize)]
pub(crate) struct FacetValue {
    pub(crate) value: String,
    pub(crate) name: String,
}

/// A year, and which articles are of it: `from` until before `to`.
#[derive(Debug, PartialEq, Eq, Serialize)]
pub(crate) struct YearFacet {
    pub(crate) year: i16,
    /// 2025年
    pub(crate) name: String,
    pub(crate) from: usize,
    pub(crate) to: usize,
}

/// `404.html`
#[derive(Debug, Serialize)]
pub(crate) struct NotFoundView {}
