//! Says an arrangement as the corrections of a sidecar.
//!
//! 1. lines whose role is another than the one found get it
//! 2. articles whose lines, or their order, are others than those that follow from 1 are named by their lines
//! 3. what a person set of the front matter stands with its article
//! 4. the corrections are applied to the page as it was found: what they give has to be the arrangement
//!
//! They depend on the arrangement alone and not on the actions that led to it, so that what is undone leaves nothing behind.

use crate::desk::edit::arrangement::{ArrangedArticle, Arrangement};
use crate::diagnostics::source::{Location, Source};
use crate::import::page::lines::Page;
use crate::import::page_import::{LinkedPage, PageImport, import_linked};
use crate::import::page_metadata::PageMetadata;
use crate::import::sidecar::corrections::{
    ArticleCorrection, ArticleSelector, FrontMatterOverride, LineCorrection, LineSelection, Sidecar,
};
use crate::import::sidecar::ranges::Ranges;

/// The corrections that give `wanted`; metadata and corrections of the text are those of `earlier`.
///
/// # Errors
/// `None` where line numbers cannot say it: of a page in HTML, several texts can stand on one line of the file.
pub(crate) fn corrections_for(linked: &LinkedPage, wanted: &Arrangement, earlier: &Sidecar) -> Option<Sidecar> {
    let base = Sidecar { lines: Vec::new(), articles: Vec::new(), ..earlier.clone() };
    let roles = role_corrections(linked, wanted)?;
    let with_roles = Sidecar { lines: roles, ..base };
    let found = arranged_by(linked, &with_roles);
    let mut articles = Vec::new();
    for article in &wanted.articles {
        let is_found = found.articles.iter().any(|other| other.lines == article.lines);
        if !is_found || article.front != FrontMatterOverride::default() {
            articles.push(article_correction(&linked.page, article, is_found)?);
        }
    }
    let sidecar = Sidecar { articles, ..with_roles };
    (arranged_by(linked, &sidecar) == *wanted).then_some(sidecar)
}

/// The arrangement that a sidecar gives.
fn arranged_by(linked: &LinkedPage, sidecar: &Sidecar) -> Arrangement {
    Arrangement::of(&corrected(linked, sidecar))
}

/// The page with the corrections of a sidecar, for its lines alone.
fn corrected(linked: &LinkedPage, sidecar: &Sidecar) -> PageImport {
    let sidecar = Sidecar { text: Vec::new(), ..sidecar.clone() };
    let metadata = PageMetadata { sidecar, ..PageMetadata::default() };
    import_linked(&Source::new("", ""), linked.clone(), &metadata, |_| Vec::new())
}

fn role_corrections(linked: &LinkedPage, wanted: &Arrangement) -> Option<Vec<LineCorrection>> {
    let mut corrections: Vec<LineCorrection> = Vec::new();
    let changed: Vec<usize> =
        (0..wanted.roles.len()).filter(|&line| linked.partition.lines[line].role != wanted.roles[line]).collect();
    let same = |a: &usize, b: &usize| *b == a + 1 && wanted.roles[*a] == wanted.roles[*b];
    for lines in changed.chunk_by(same) {
        let role = Some(wanted.roles[lines[0]]);
        corrections.push(LineCorrection { lines: selection(&linked.page, lines)?, role, with: None });
    }
    Some(corrections)
}

/// `is_found`: the article has these lines without a correction.
fn article_correction(page: &Page, article: &ArrangedArticle, is_found: bool) -> Option<ArticleCorrection> {
    let selector = match is_found {
        true => ArticleSelector::Containing(selection(page, &article.lines[..1])?),
        false => ArticleSelector::Lines(selection(page, &article.lines)?),
    };
    Some(ArticleCorrection { article: selector, front: article.front.clone() })
}

/// Names exactly these lines, in this order; none where numbers cannot.
pub(crate) fn selection(page: &Page, lines: &[usize]) -> Option<LineSelection> {
    let ranges = Ranges::of_indexes(page, lines.iter().copied());
    (ranges.line_indexes(page).0 == lines).then(|| LineSelection { ranges, location: Location::file("") })
}
