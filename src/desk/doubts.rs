//! The places of a page where a look pays most: how much a mistake there would harm, times how likely it is.
//!
//! A headline that is missing or another article's misleads every reader and hides a whole article; a sentence in the wrong
//! article spoils two; a caption taken for text spoils a line. Harms are set by hand in these proportions, since no gold says what
//! an editor minds; how likely a mistake is comes from the import.

use crate::content::article::{ArticleKind, FrontMatter};
use crate::desk::page_state::PageState;
use crate::import::lexicon::jumps::is_continued_from_elsewhere;
use crate::import::page::partition::LineAssignment;
use crate::import::page::role::Role;
use crate::import::page_import::PageImport;
use crate::import::uncertain_lines::UNCERTAIN;
use serde::{Deserialize, Serialize};

/// What may be wrong at a place.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(crate) enum DoubtKind {
    /// the page has no date
    Date,
    /// a headline that is missing, or may belong to another article
    Headline,
    /// text that may belong to another article
    Boundary,
    /// what a line is
    Role,
    /// words that were read with low confidence
    Text,
    /// what an article is filed under
    Theme,
}

/// A place where a look may pay.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub(crate) struct Doubt {
    /// index of the page's line; of the page as a whole, its first
    pub(crate) line: usize,
    pub(crate) kind: DoubtKind,
    /// harm times probability
    pub(crate) score: f64,
    pub(crate) article: Option<usize>,
}

/// Harm of an article without its date.
const NO_DATE: f64 = 6.0;
/// Of a headline that was made from the text: most such articles have one somewhere on the page, or are parts of another article.
const INFERRED: f64 = 3.0;
/// Of an article in the list of a theme that it has nothing to do with.
const MISFILED: f64 = 1.5;
/// A theme is doubtful below this, at the desk (`head_form.js`) too; 0.5 is what just files an article.
const DOUBTFUL_THEME: f64 = 0.7;
/// Of a misread word; most are noticed by a reader.
const MISREAD: f64 = 0.4;

fn harm(role: Role) -> (DoubtKind, f64) {
    match role {
        Role::Title => (DoubtKind::Headline, 5.0),
        Role::Kicker | Role::Subtitle => (DoubtKind::Headline, 2.5),
        Role::Body => (DoubtKind::Boundary, 3.0),
        Role::Column | Role::Byline | Role::Subhead | Role::Jump => (DoubtKind::Role, 2.0),
        Role::Caption | Role::Credit => (DoubtKind::Role, 1.0),
        Role::Furniture => (DoubtKind::Role, 0.5),
    }
}

/// The doubtful places of a page, the one first where a look pays most.
pub(crate) fn doubts(state: &PageState) -> Vec<Doubt> {
    let themes = (0..state.import.articles.len()).filter_map(|article| of_theme(state, article));
    let mut doubts: Vec<Doubt> = of_lines(&state.import).into_iter().chain(themes).collect();
    doubts.sort_by(|a, b| b.score.total_cmp(&a.score).then_with(|| a.line.cmp(&b.line)));
    doubts
}

/// The theme of an article that is least sure, where no person decided.
fn of_theme(state: &PageState, article: usize) -> Option<Doubt> {
    let themes = state.filed_themes(article).into_iter().filter(|theme| !theme.is_set);
    let sure = themes.map(|theme| theme.sure).min_by(f64::total_cmp).filter(|sure| *sure < DOUBTFUL_THEME)?;
    let line = state.import.partition.lines.iter().position(|line| line.article == Some(article))?;
    Some(Doubt { line, kind: DoubtKind::Theme, score: MISFILED * (1.0 - sure), article: Some(article) })
}

fn of_lines(import: &PageImport) -> Vec<Doubt> {
    let assigned = || import.partition.lines.iter().enumerate();
    let mut doubts: Vec<Doubt> = assigned().filter_map(|(line, it)| of_line(line, it)).collect();
    for (article, _) in import.articles.iter().enumerate().filter(|(_, article)| lacks_headline(&article.front)) {
        let own = assigned().find(|(_, it)| it.article == Some(article)).map(|(line, _)| line);
        let own = own.filter(|&line| !continues_another_page(import, line));
        let doubt = |line| Doubt { line, kind: DoubtKind::Headline, score: INFERRED, article: Some(article) };
        doubts.extend(own.map(doubt));
    }
    for (line, it) in assigned().filter(|(_, it)| it.role != Role::Furniture) {
        let unsure = import.page.lines[line].layout.iter().flat_map(|layout| &layout.unsure);
        let score: f64 = unsure.map(|place| MISREAD * (1.0 - f64::from(place.confidence) / 100.0)).sum();
        if score > 0.0 {
            doubts.push(Doubt { line, kind: DoubtKind::Text, score, article: it.article });
        }
    }
    if import.masthead.date.is_none() && !import.page.lines.is_empty() {
        doubts.push(Doubt { line: 0, kind: DoubtKind::Date, score: NO_DATE, article: None });
    }
    doubts
}

/// Briefs have no headlines.
fn lacks_headline(front: &FrontMatter) -> bool {
    front.title_inferred && front.kind != ArticleKind::Brief
}

/// Whether an article begins with the line because a note above it says that it goes on there: its headline is on the other page.
fn continues_another_page(import: &PageImport, line: usize) -> bool {
    let above = line.checked_sub(1).filter(|&above| import.partition.lines[above].role == Role::Jump);
    [above, Some(line)].into_iter().flatten().any(|at| is_continued_from_elsewhere(&import.page.lines[at].text))
}

fn of_line(line: usize, assigned: &LineAssignment) -> Option<Doubt> {
    if assigned.certainty >= UNCERTAIN || assigned.is_stated() {
        return None;
    }
    let (kind, harm) = harm(assigned.role);
    Some(Doubt { line, kind, score: harm * (1.0 - assigned.certainty), article: assigned.article })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::desk::pages::SitePages;
    use crate::diagnostics::source::Source;
    use crate::import::page_import::import_page;
    use crate::import::page_metadata::PageMetadata;
    use crate::io::fs::file;
    use tempfile::tempdir;

    #[test]
    fn a_missing_date_and_a_headline_pay_more_than_a_caption() {
        let text = "驿站开了灯\n\n本报讯（记者林屏之）驿站里有热水。\n\n图为驿站。\n";
        let home = tempdir().unwrap();
        let settings = "title = \"x\"\n[[themes]]\nid = \"t\"\nslug = \"t\"\n[themes.terms]\n\"驿站\" = 4.0\n";
        file::write(&home.path().join("site.toml"), settings.as_bytes()).unwrap();
        file::write(&home.path().join("content/pages/p.txt"), text.as_bytes()).unwrap();
        let mut state = SitePages::new(home.path()).load("content/pages/p.txt").unwrap();
        for assigned in &mut state.import.partition.lines {
            assigned.certainty = 0.5;
        }
        state.import.partition.lines[2].role = Role::Caption;
        let kinds: Vec<_> = doubts(&state).into_iter().map(|doubt| (doubt.kind, doubt.line)).collect();
        assert_eq!(kinds[0], (DoubtKind::Date, 0));
        assert_eq!(kinds[1], (DoubtKind::Headline, 0));
        let at = |kind| kinds.iter().position(|it| it.0 == kind);
        assert!(
            at(DoubtKind::Headline) < at(DoubtKind::Theme) && at(DoubtKind::Boundary) < at(DoubtKind::Role),
            "{kinds:?}"
        );
        state.import.partition.lines.iter_mut().for_each(|assigned| assigned.certainty = 0.9);
        let kinds: Vec<_> = doubts(&state).into_iter().map(|doubt| doubt.kind).collect();
        assert_eq!(kinds, [DoubtKind::Date, DoubtKind::Theme], "what is certain is no doubt");
        assert!((0.5..DOUBTFUL_THEME).contains(&state.filed_themes(0)[0].sure));
    }

    #[test]
    fn a_part_that_continues_another_page_lacks_no_headline() {
        let text = "示范工人报\n2025年3月18日 星期二\n\n（上接第1版）\n\n驿站里有热水，司机可以歇脚。\n\n\
            灯一直亮到天明，谁来都能坐一会儿。\n\n还有人教他们怎样算工时。\n";
        let import = import_page(&Source::new("p.txt", text), &PageMetadata::default(), |_| Vec::new());
        assert!(import.articles[0].front.title_inferred);
        assert!(of_lines(&import).iter().all(|doubt| doubt.kind != DoubtKind::Headline || doubt.score != INFERRED));
        let alone = text.replace("（上接第1版）\n\n", "本报讯（记者林屏之）");
        let import = import_page(&Source::new("p.txt", alone.as_str()), &PageMetadata::default(), |_| Vec::new());
        assert!(of_lines(&import).iter().any(|doubt| doubt.score == INFERRED), "{:?}", import.articles);
    }
}
