//! The views of the pages that are not lists: home page, article, plain page, search, page not found.

use crate::render::views::charts::BarChart;
use crate::render::views::common::{Card, Day, FigureView, IssueBlock, IssueLink, Link, ThemeBlock, ThemeTag};
use serde::Serialize;

/// `home.html`
#[derive(Debug, Serialize)]
pub(crate) struct HomeView {
    /// date of the newest article
    pub(crate) date: Option<Day>,
    /// the lead: the first suitable article of the newest issue, or of all articles if there are no issues
    pub(crate) lead: Option<Card>,
    /// beginning of the lead's text, longer than an excerpt
    pub(crate) opening: String,
    /// up to six articles beside the lead
    pub(crate) front: Vec<Card>,
    /// the newest issue, with its first headlines
    pub(crate) latest: Option<IssueBlock>,
    /// the themes that have articles
    pub(crate) themes: Vec<ThemeBlock>,
    /// key figures of the newest articles that are filed under a theme, of sentences that no excerpt on the page has
    pub(crate) figures: Vec<FigureView>,
    /// the newest issue is so short that key figures stand in the rail beside the stories
    pub(crate) figures_in_rail: bool,
    /// … and the issues before it
    pub(crate) issues_in_rail: bool,
    /// articles by month, if there are enough months
    pub(crate) trend: Option<BarChart>,
    /// the issues before the newest
    pub(crate) issues: Vec<IssueLink>,
}

/// `article.html`
#[derive(Debug, Serialize)]
pub(crate) struct ArticleView {
    /// the article
    pub(crate) article: Card,
    /// its byline as printed, with offices and places, in parts; empty if that says no more than the authors' names. The authors
    /// that it does not name come last
    pub(crate) byline: Vec<BylinePart>,
    /// its text as HTML
    pub(crate) body: String,
    /// the body is only the excerpt, because the text may not be republished
    pub(crate) excerpt_only: bool,
    /// the top-level headings of its text
    pub(crate) subheads: Vec<Subhead>,
    /// the issue that it was printed in
    pub(crate) issue: Option<IssueLink>,
    /// the source page that it begins on
    pub(crate) source_page: Option<Link>,
    /// the lines that it was read from, one entry for each source page, in the order of the text
    pub(crate) sources: Vec<SourceLocation>,
    /// what is missing of it; none if nothing is known to be
    pub(crate) missing: Option<MissingParts>,
    /// what was corrected since it was published; none if nothing was
    pub(crate) correction: Option<Correction>,
    /// its themes, each with the words that filed the article under it
    #[serde(rename = "filing")]
    pub(crate) evidence: Vec<ThemeEvidence>,
    /// citation according to GB/T 7714
    pub(crate) citation: String,
    /// the reference in the formats of reference managers
    #[serde(rename = "quote")]
    pub(crate) reference: ReferenceView,
    /// paths of the article in other formats; none if site.toml asks for none
    #[serde(rename = "twins")]
    pub(crate) alternates: Option<AlternatePaths>,
    /// schema.org metadata, to be put into a `<script>` without escaping
    pub(crate) json_ld: String,
    /// the articles before and after it in its first theme, or on its source page if it is filed under none
    pub(crate) turn: Option<Turn>,
    /// other printings of the same text, each by its page as it is cited
    pub(crate) reprints: Vec<Link>,
    /// articles with similar texts
    pub(crate) related: Vec<Card>,
    /// other articles of the same source page
    pub(crate) on_page: Vec<Card>,
    /// key figures of the text, in reading order
    pub(crate) figures: Vec<FigureView>,
    /// the places that the text names
    pub(crate) places: Vec<Link>,
    /// the page of its column
    pub(crate) column: Option<Link>,
}

/// A part of a byline: a person, or the words between two.
#[derive(Debug, PartialEq, Eq, Serialize)]
pub(crate) struct BylinePart {
    /// as printed
    pub(crate) text: String,
    /// the author whose name it is, with a link to the articles; none for other words
    pub(crate) person: Option<Link>,
}

/// The reference to an article in the formats of reference managers.
#[derive(Debug, Default, Serialize)]
pub(crate) struct ReferenceView {
    /// citation key in both formats: ASCII, unique in the site
    pub(crate) key: String,
    /// issue number
    pub(crate) issue: Option<u32>,
    /// BibTeX entry
    pub(crate) bibtex: String,
    /// RIS record
    pub(crate) ris: String,
    /// a link that holds the BibTeX entry, to be saved
    pub(crate) bibtex_link: String,
    /// a link that holds the RIS record, to be saved
    pub(crate) ris_link: String,
}

/// The paths of an article in other formats.
#[derive(Debug, Serialize)]
pub(crate) struct AlternatePaths {
    /// Markdown with YAML front matter, if the site has it
    pub(crate) markdown: Option<String>,
    /// JSON
    pub(crate) json: Option<String>,
    /// BibTeX
    pub(crate) bibtex: Option<String>,
    /// RIS
    pub(crate) ris: Option<String>,
}

/// A heading of the text.
#[derive(Debug, Serialize)]
pub(crate) struct Subhead {
    /// its id on the page
    pub(crate) id: String,
    /// its text
    pub(crate) text: String,
}

/// The articles before and after one in a list.
#[derive(Debug, Serialize)]
pub(crate) struct Turn {
    /// the list: a theme, or a source page
    pub(crate) within: Link,
    /// the article before it, in a theme the older one
    pub(crate) previous: Option<Card>,
    /// the article after it, in a theme the newer one
    pub(crate) next: Option<Card>,
}

/// What is missing of an article that the paper printed.
#[derive(Debug, Serialize)]
pub(crate) struct MissingParts {
    /// the note that leads to a part before the text, as printed: 上接第1版
    pub(crate) before: Option<String>,
    /// the note that leads to a part behind the text: 下转第3版
    pub(crate) after: Option<String>,
    /// the text stops inside a sentence
    pub(crate) breaks_off: bool,
}

/// What was corrected of an article since it was published.
#[derive(Debug, Serialize)]
pub(crate) struct Correction {
    /// what an editor says of it; none if only the day is known
    pub(crate) text: Option<String>,
    /// day of the last change
    pub(crate) date: Option<Day>,
}

/// Lines of a source page that an article was read from.
#[derive(Debug, Serialize)]
pub(crate) struct SourceLocation {
    /// the page as it is cited: 示范工人报 2025年2月25日 第1版; of further pages of the same issue, 第3版
    pub(crate) name: String,
    /// line numbers: `51-73` or `13-35,40`
    pub(crate) lines: String,
    /// the source page
    pub(crate) page: Option<Link>,
    /// path of the first of these lines, with `#L51`; none if the text of the page is not shown
    pub(crate) path: Option<String>,
    /// path of the article's area on the page's picture, with `#P51`; none if the page has no picture
    pub(crate) facsimile: Option<String>,
}

/// A theme of an article, and the reason why it is filed there.
#[derive(Debug, Serialize)]
pub(crate) struct ThemeEvidence {
    /// the theme
    pub(crate) theme: ThemeTag,
    /// an editor filed the article; then there are no words
    pub(crate) by_editor: bool,
    /// the words of the text that filed it, strongest first
    #[serde(rename = "words")]
    pub(crate) terms: Vec<EvidenceTerm>,
}

/// A word of a text that filed the article under a theme.
#[derive(Debug, Serialize)]
pub(crate) struct EvidenceTerm {
    /// the word
    #[serde(rename = "word")]
    pub(crate) term: String,
    /// number of its occurrences
    pub(crate) count: usize,
}

/// `plain.html`
#[derive(Debug, Serialize)]
pub(crate) struct PlainView {
    /// text of the page as HTML
    pub(crate) body: String,
}

/// `search.html`: what `search.js` has to know of the index, and the filters of a search.
#[derive(Debug, Serialize)]
pub(crate) struct SearchView {
    /// number of articles
    pub(crate) articles: usize,
    /// number of articles in a volume of the index
    pub(crate) volume: usize,
    /// number of articles in a file of texts
    pub(crate) texts: usize,
    /// the volumes of the index: their folder below `search/`, their articles, and for each the number of its shards, as `:70000:123,45,6`; of a site in shards such a part for each, separated by spaces
    pub(crate) shards: String,
    /// number of shards of the index of names
    pub(crate) names: usize,
    /// number of files of pairs of characters
    pub(crate) pairs: usize,
    /// a hash that changes with the articles, so that a browser does not use cached files of an older index
    pub(crate) version: String,
    /// filter by theme, in the order in which the index numbers them
    pub(crate) themes: Vec<FacetValue>,
    /// filter by newspaper, in the order in which the index numbers them
    pub(crate) papers: Vec<FacetValue>,
    /// filter by year
    pub(crate) years: Vec<YearFacet>,
}

/// A value of a filter of the search.
#[derive(Debug, PartialEq, Eq, Serialize)]
pub(crate) struct FacetValue {
    /// the value in the address of a search
    pub(crate) value: String,
    /// the name that is shown
    pub(crate) name: String,
}

/// A year as a filter of the search.
#[derive(Debug, PartialEq, Eq, Serialize)]
pub(crate) struct YearFacet {
    /// year
    pub(crate) year: i16,
    /// 2025年
    pub(crate) name: String,
    /// number of its first article in the index
    pub(crate) from: usize,
    /// number after its last article
    pub(crate) to: usize,
}

/// `alias.html`: a redirect from an earlier address of a page.
#[derive(Debug, Serialize)]
pub(crate) struct AliasView {
    /// title of the page
    pub(crate) title: String,
    /// path of the page
    pub(crate) path: String,
    /// absolute address of the page, if the address of the site is known
    pub(crate) canonical: Option<String>,
}

/// `404.html`
#[derive(Debug, Serialize)]
pub(crate) struct NotFoundView {}

/// `offline.html`
#[derive(Debug, Serialize)]
pub(crate) struct OfflineView {}
