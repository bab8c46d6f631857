//! The miniature of a source page: columns that the articles share by the lengths of their texts, in the colours of their themes.
//!
//! 1. the articles of a page follow each other, in the order of the page, down its columns
//! 2. an article begins with a bar, which stands for its headline; a blank parts it from the next one
//! 3. all bars of a colour are one path, and all texts of a colour another

use crate::render::views::papers::{Miniature, MiniaturePath};
use std::collections::BTreeMap;
use std::fmt::Write;

/// Columns of a page, their width and the blank between them; rows of a column: the units of the drawing.
const COLUMNS: usize = 5;
const WIDTH: usize = 11;
const GAP: usize = 1;
const ROWS: usize = 84;
/// Rows of a headline, in an article that has at least as many rows as [`WITH_HEAD`].
const HEAD: usize = 3;
const WITH_HEAD: usize = 6;
/// Articles that are drawn, at most.
const MAX: usize = 40;

/// An article: the colour of its theme, 1 to 8, if it has one, and how much text it has on the page.
pub(crate) type Share = (Option<usize>, usize);

/// The miniature of a page with these articles, in their order; none of a page without text.
pub(crate) fn miniature(articles: &[Share]) -> Option<Miniature> {
    let articles = &articles[..articles.len().min(MAX)];
    let total: usize = articles.iter().map(|(_, text)| text).sum();
    if total == 0 {
        return None;
    }
    let mut paths: BTreeMap<(Option<usize>, bool), String> = BTreeMap::new();
    let mut before = 0;
    for &(hue, text) in articles {
        let row = |text: usize| (text * COLUMNS * ROWS + total / 2) / total;
        let (from, to) = (row(before), row(before + text).saturating_sub(1));
        before += text;
        let head = if from + WITH_HEAD <= to { from + HEAD } else { from };
        for (from, to, is_head) in [(from, head, true), (head, to, false)] {
            if from < to {
                draw(paths.entry((hue, is_head)).or_default(), from, to);
            }
        }
    }
    let paths = paths.into_iter().map(|((hue, is_head), path)| MiniaturePath { hue, is_head, path }).collect();
    Some(Miniature { width: COLUMNS * (WIDTH + GAP) - GAP, height: ROWS, paths })
}

/// Adds a rectangle in each column that these rows, counted through all columns, reach into.
fn draw(path: &mut String, from: usize, to: usize) {
    for column in from / ROWS..=(to - 1) / ROWS {
        let (top, bottom) = (from.max(column * ROWS) - column * ROWS, to.min((column + 1) * ROWS) - column * ROWS);
        let left = column * (WIDTH + GAP);
        write!(path, "M{left} {top}h{WIDTH}v{}H{left}z", bottom - top).expect("a string can be written to");
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn an_article_is_as_large_as_its_text_and_goes_on_in_the_next_column() {
        let drawn = miniature(&[(Some(1), 300), (None, 100)]).unwrap();
        assert_eq!((drawn.width, drawn.height), (59, 84));
        let path = |hue, is_head| {
            let found = drawn.paths.iter().find(|path| (path.hue, path.is_head) == (hue, is_head));
            found.map_or("", |found| &found.path)
        };
        assert_eq!(path(Some(1), true), "M0 0h11v3H0z");
        assert_eq!(path(Some(1), false), "M0 3h11v81H0zM12 0h11v84H12zM24 0h11v84H24zM36 0h11v62H36z");
        assert_eq!(path(None, true), "M36 63h11v3H36z");
        assert_eq!(path(None, false), "M36 66h11v18H36zM48 0h11v83H48z");
        assert_eq!(miniature(&[]), None);
        assert_eq!(miniature(&[(None, 0)]), None);
    }

    proptest! {
        #[test]
        fn it_is_small_and_stays_within_its_frame(articles in prop::collection::vec((prop::option::of(1usize..9), 0usize..9000), 0..90)) {
            let Some(drawn) = miniature(&articles) else { return Ok(()) };
            let bytes: usize = drawn.paths.iter().map(|path| path.path.len() + 40).sum();
            prop_assert!(bytes <= 2000, "{bytes}");
            for rectangle in drawn.paths.iter().flat_map(|path| path.path.split('M').skip(1)) {
                let numbers: Vec<usize> =
                    rectangle.split(|c: char| !c.is_ascii_digit()).filter_map(|part| part.parse().ok()).collect();
                prop_assert!(numbers[0] + numbers[2] <= drawn.width && numbers[1] + numbers[3] <= drawn.height);
            }
        }
    }
}
