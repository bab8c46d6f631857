//! Lays the outline of each article, with its number, over the facsimile of a page.

use crate::content::article::LinePlaces;
use crate::render::facsimile::outline::{Rect, outline};
use crate::render::views::papers::{ArticleOnPage, FacsimileView, OutlineView};
use crate::site::site::FACSIMILE_FILES;
use std::ops::RangeInclusive;

/// Coordinates of lines, at most: twenty times a broadsheet.
const FARTHEST: i32 = 200_000;

/// The facsimile of a page with the outlines of its articles. `beside` gives the path of a file beside the page.
pub(crate) fn facsimile(
    places: &LinePlaces,
    articles: &[(ArticleOnPage, Vec<RangeInclusive<usize>>)],
    beside: impl Fn(&str) -> String,
) -> FacsimileView {
    let holder =
        |number: usize| articles.iter().position(|(_, ranges)| ranges.iter().any(|range| range.contains(&number)));
    let bounded = |rect: &Rect| rect.map(|edge| edge.clamp(-FARTHEST, FARTHEST));
    let placed: Vec<(Option<usize>, Rect)> = (places.rects.iter())
        .flat_map(|(&number, rects)| rects.iter().map(move |rect| (holder(number), bounded(rect))))
        .collect();
    let outline_of = |(index, (article, _)): (usize, &(ArticleOnPage, _))| {
        let (own, others): (Vec<_>, Vec<_>) = placed.iter().partition(|(holder, _)| *holder == Some(index));
        let rects = |placed: Vec<&(Option<usize>, Rect)>| placed.into_iter().map(|(_, rect)| *rect).collect::<Vec<_>>();
        let (own, others) = (rects(own), rects(others));
        let badge = own.iter().min_by_key(|[x0, y0, ..]| (*y0, *x0)).map_or([0, 0], |&[x0, y0, ..]| [x0, y0]);
        OutlineView {
            number: index + 1,
            hue: article.hue,
            path: article.path.clone(),
            title: article.title.clone(),
            first: article.first,
            outline: outline(&own, &others),
            x: badge[0],
            y: badge[1],
        }
    };
    let [width, height] = places.sheet.map(|side| side.min(FARTHEST));
    let [view, large] = FACSIMILE_FILES.map(beside);
    FacsimileView { view, large, width, height, outlines: articles.iter().enumerate().map(outline_of).collect() }
}
