//! The view of a page that a browser is given: its lines, its articles, and where a look pays.

use crate::content::article::ArticleKind;
use crate::desk::doubts::{Doubt, doubts};
use crate::desk::history::{Change, History};
use crate::desk::page_state::{FiledTheme, PageState, sidecar_path};
use crate::diagnostics::diagnostic::Diagnostic;
use crate::import::ledger::reason_of;
use crate::import::page::lines::Line;
use crate::import::page::role::Role;
use crate::import::page_import::UnnamedArticle;
use crate::import::sidecar::apply::belongs_to_no_article;
use crate::import::sidecar::corrections::FrontMatterOverride;
use crate::import::uncertain_lines::UNCERTAIN;
use crate::text::lang::Lang;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use std::borrow::Cow;

/// The part of an article that stands on another page.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub(crate) struct OtherPart {
    /// the name of that page
    pub(crate) page: String,
    /// of that page, or of the article that goes on here
    pub(crate) title: String,
}

/// The site as it is previewed.
pub(crate) trait PreviewedSite {
    /// The address of an article's page, by its file below the site's root.
    fn url_of(&self, file: &str) -> Option<String>;
    /// The address of the picture of a source page, which shows the whole sheet.
    fn picture_of(&self, page: &str) -> Option<String>;
    /// Where an article goes on, by its file; or for a part without a file of its own, by its page and lines (`13-35,40`), where it begins.
    fn other_part(&self, page: &str, file: Option<&str>, lines: &str) -> Option<OtherPart>;
}

/// A page, as JSON.
#[derive(Debug, Serialize)]
pub(crate) struct PageView {
    name: String,
    version: String,
    looked: bool,
    /// below the site's root
    file: String,
    sidecar: String,
    masthead: MastheadView,
    /// the fields of it that a person set
    masthead_set: Vec<&'static str>,
    /// width and height in points
    sheet: Option<[f64; 2]>,
    picture: Option<String>,
    /// in the order of the page
    lines: Vec<LineView>,
    articles: Vec<ArticleView>,
    doubts: Vec<Doubt>,
    /// the names of the actions that are undone and done again next
    undo: Option<String>,
    redo: Option<String>,
    findings: Vec<FindingView>,
}

#[derive(Debug, Serialize)]
struct MastheadView {
    paper: Option<String>,
    date: Option<Date>,
    issue: Option<u32>,
    page: Option<u32>,
}

#[derive(Debug, Serialize)]
struct LineView {
    /// its index on the page
    i: usize,
    /// its number in the file
    n: usize,
    numbers: Vec<usize>,
    text: String,
    /// as it is printed, where a person corrected it
    printed: Option<String>,
    role: Role,
    article: Option<usize>,
    /// in the language of the site
    why: String,
    certainty: f64,
    doubt: bool,
    /// left, top, right and bottom in points
    rects: Vec<[f64; 4]>,
    /// places of low confidence: first and last + 1 in UTF-16 units, confidence
    unsure: Vec<(usize, usize, f64)>,
    /// a person or the page's markup decided
    set: bool,
    duplicate: Option<usize>,
}

#[derive(Debug, Serialize)]
struct ArticleView {
    k: usize,
    title: String,
    inferred: bool,
    /// this and the next ones are empty where the article has none
    kicker: String,
    subtitle: String,
    column: String,
    authors: Vec<String>,
    byline: String,
    kind: ArticleKind,
    date: Option<Date>,
    themes: Vec<ThemeView>,
    /// the fields that a person set
    set: Vec<&'static str>,
    /// in reading order
    lines: Vec<usize>,
    /// below the site's root; none where the article has no file of its own
    file: Option<String>,
    url: Option<String>,
    /// a person edited the file
    edited: bool,
    continues: Option<OtherPart>,
}

#[derive(Debug, Serialize)]
struct ThemeView {
    id: String,
    name: String,
    set: bool,
    /// 0.5 where the score just files it, 1 from twice that score
    sure: f64,
    evidence: Vec<String>,
}

/// A finding, as JSON.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct FindingView {
    pub(crate) code: Cow<'static, str>,
    /// `error`, `warning` or `note`
    pub(crate) severity: Cow<'static, str>,
    pub(crate) message: String,
    /// empty where there is none
    pub(crate) hint: String,
    pub(crate) file: String,
    /// in the file, from 1; of a page, the index of its line
    pub(crate) line: Option<usize>,
}

impl FindingView {
    pub(crate) fn of(finding: &Diagnostic, lang: Lang) -> Self {
        Self {
            code: finding.code.name().into(),
            severity: finding.severity().name().into(),
            message: finding.message.text(lang),
            hint: finding.hint.as_ref().map(|hint| hint.text(lang)).unwrap_or_default(),
            file: finding.location.as_ref().map(|at| at.file.clone()).unwrap_or_default(),
            line: finding.location.as_ref().map(|at| at.line).filter(|&line| line > 0),
        }
    }
}

/// The file of an article, and what is known of it.
#[derive(Debug, Clone, Default)]
pub(crate) struct ArticleFileView {
    pub(crate) file: Option<String>,
    pub(crate) url: Option<String>,
    pub(crate) edited: bool,
    pub(crate) continues: Option<OtherPart>,
}

/// The view of a page. `files` are those of its articles; `picture` is the address of its picture, instead of which one can be drawn where
/// the lines have places.
pub(crate) fn page_view(
    state: &PageState,
    history: &History,
    files: &[ArticleFileView],
    looked: bool,
    picture: Option<String>,
) -> PageView {
    let import = &state.import;
    let masthead = &import.masthead;
    let sidecar = &state.sidecar;
    let set = [
        ("date", sidecar.date.is_some()),
        ("paper", sidecar.paper.is_some()),
        ("issue", sidecar.issue.is_some()),
        ("page", sidecar.page.is_some()),
    ];
    let findings = [&state.sidecar_findings, &state.uncorrected.diagnostics, &import.diagnostics];
    let label = |change: Option<&Change>| change.map(|change| change.label.clone());
    PageView {
        name: state.name().to_owned(),
        version: state.version(),
        looked,
        file: state.name().to_owned(),
        sidecar: sidecar_path(state.name()),
        masthead: MastheadView {
            paper: masthead.paper.clone(),
            date: masthead.date,
            issue: masthead.issue,
            page: masthead.page,
        },
        masthead_set: names_of(set),
        sheet: import.page.sheet.map(|sheet| sheet.map(points)),
        picture: picture.filter(|_| import.page.has_layout()),
        lines: (0..import.page.lines.len()).map(|line| line_view(state, line)).collect(),
        articles: (0..import.articles.len()).map(|article| article_view(state, article, files)).collect(),
        doubts: doubts(state),
        undo: label(history.last()),
        redo: label(history.next()),
        findings: findings.into_iter().flatten().map(|finding| finding_on_page(state, finding)).collect(),
    }
}

/// A finding, with the index of its line where it is about one of the page.
fn finding_on_page(state: &PageState, finding: &Diagnostic) -> FindingView {
    let view = FindingView::of(finding, state.settings.config.lang);
    let is_on = |line: &Line| line.numbers().any(|number| Some(number) == view.line);
    let line = if view.file == state.name() { state.printed().lines.iter().position(is_on) } else { None };
    FindingView { line, ..view }
}

fn names_of<const N: usize>(fields: [(&'static str, bool); N]) -> Vec<&'static str> {
    fields.into_iter().filter(|(_, is_set)| *is_set).map(|(name, _)| name).collect()
}

/// Tenths of a point → points.
fn points(tenths: i32) -> f64 {
    f64::from(tenths) / 10.0
}

fn line_view(state: &PageState, index: usize) -> LineView {
    let (line, assigned) = (&state.import.page.lines[index], &state.import.partition.lines[index]);
    let printed = &state.printed().lines[index].text;
    let layout = line.layout.as_deref();
    LineView {
        i: index,
        n: line.number,
        numbers: line.numbers().collect(),
        text: line.text.clone(),
        printed: (*printed != line.text).then(|| printed.clone()),
        role: assigned.role,
        article: assigned.article.filter(|_| !belongs_to_no_article(assigned.role)),
        why: reason_of(&state.import.page, &state.import.partition, index).message().text(state.settings.config.lang),
        certainty: assigned.certainty,
        doubt: assigned.certainty < UNCERTAIN && !assigned.is_stated(),
        rects: layout.map(|it| it.rects.iter().map(|rect| rect.map(points)).collect()).unwrap_or_default(),
        unsure: unsure(line),
        set: assigned.is_stated(),
        duplicate: assigned.duplicate_of,
    }
}

fn unsure(line: &Line) -> Vec<(usize, usize, f64)> {
    let units = |to: usize| line.text.get(..to).map(|text| text.encode_utf16().count());
    let places = line.layout.iter().flat_map(|layout| &layout.unsure);
    let place = places.filter_map(|place| {
        Some((units(place.span.start)?, units(place.span.end)?, f64::from(place.confidence) / 100.0))
    });
    place.collect()
}

fn article_view(state: &PageState, k: usize, files: &[ArticleFileView]) -> ArticleView {
    let import = &state.import;
    let UnnamedArticle { front, byline, .. } = &import.articles[k];
    let own = |&&line: &&usize| {
        let assigned = &import.partition.lines[line];
        assigned.article == Some(k) && !belongs_to_no_article(assigned.role)
    };
    let lines: Vec<usize> = import.overrides.reading_order().iter().filter(own).copied().collect();
    let set = import.overrides.merged_front_matter(k);
    let ArticleFileView { file, url, edited, continues } = files.get(k).cloned().unwrap_or_default();
    ArticleView {
        k,
        title: front.title.clone(),
        inferred: front.title_inferred,
        kicker: front.kicker.clone().unwrap_or_default(),
        subtitle: front.subtitle.clone().unwrap_or_default(),
        column: front.column.clone().unwrap_or_default(),
        authors: front.authors.clone(),
        byline: byline.clone().unwrap_or_default(),
        kind: front.kind,
        date: front.date,
        themes: themes(state, k),
        set: fields_of(&set),
        lines,
        file,
        url,
        edited,
        continues,
    }
}

fn fields_of(set: &FrontMatterOverride) -> Vec<&'static str> {
    names_of([
        ("title", set.title.is_some()),
        ("kicker", set.kicker.is_some()),
        ("subtitle", set.subtitle.is_some()),
        ("column", set.column.is_some()),
        ("authors", set.authors.is_some()),
        ("byline", set.byline.is_some()),
        ("kind", set.kind.is_some()),
        ("themes", set.themes.is_some()),
        ("complete", set.complete.is_some()),
    ])
}

/// The themes that an article is filed under.
fn themes(state: &PageState, k: usize) -> Vec<ThemeView> {
    let themes = &state.settings.config.themes;
    let name = |id: &String| themes.iter().find(|theme| theme.id == *id).map_or(id, |theme| &theme.name).clone();
    let view =
        |FiledTheme { id, is_set, sure, evidence }| ThemeView { name: name(&id), id, set: is_set, sure, evidence };
    state.filed_themes(k).into_iter().map(view).collect()
}
