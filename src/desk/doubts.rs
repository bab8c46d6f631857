//! The places of a page where a look pays most: how much a mistake there would harm, times how likely it is.
//!
//! A headline that is missing or another article's misleads every reader and hides a whole article; a sentence in the wrong
//! article spoils two; a caption taken for text spoils a line. Harms are set by hand in these proportions, since no gold says what
//! an editor minds; how likely a mistake is comes from the import.

use crate::content::article::{ArticleKind, FrontMatter};
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
pub(crate) fn doubts(import: &PageImport) -> Vec<Doubt> {
    let assigned = || import.partition.lines.iter().enumerate();
    let mut doubts: Vec<Doubt> = assigned().filter_map(|(line, it)| of_line(line, it)).collect();
    // briefs have no headlines
    let is_missing = |front: &FrontMatter| front.title_inferred && front.kind != ArticleKind::Brief;
    let inferred = import.articles.iter().enumerate().filter(|(_, article)| is_missing(&article.front));
    for (article, _) in inferred {
        let own = assigned().find(|(_, it)| it.article == Some(article));
        let doubt = |(line, _)| Doubt { line, kind: DoubtKind::Headline, score: INFERRED, article: Some(article) };
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
    doubts.sort_by(|a, b| b.score.total_cmp(&a.score).then_with(|| a.line.cmp(&b.line)));
    doubts
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
    use crate::diagnostics::source::Source;
    use crate::import::page_import::{PageMetadata, import_page};

    #[test]
    fn a_missing_date_and_a_headline_pay_more_than_a_caption() {
        let text = "驿站开了灯\n\n本报讯（记者林屏之）驿站里有热水。\n\n图为驿站。\n";
        let mut import = import_page(&Source::new("p.txt", text), &PageMetadata::default(), |_| Vec::new());
        for assigned in &mut import.partition.lines {
            assigned.certainty = 0.5;
        }
        import.partition.lines[2].role = Role::Caption;
        let kinds: Vec<_> = doubts(&import).into_iter().map(|doubt| (doubt.kind, doubt.line)).collect();
        assert_eq!(kinds[0], (DoubtKind::Date, 0));
        assert_eq!(kinds[1], (DoubtKind::Headline, 0));
        assert_eq!(kinds.last(), Some(&(DoubtKind::Role, 2)));
        import.partition.lines.iter_mut().for_each(|assigned| assigned.certainty = 0.9);
        assert_eq!(doubts(&import).len(), 1, "what is certain is no doubt");
    }
}
