//! The chart of themes that articles share: a triangle of squares, with the name of a theme at the end of its row and at the top
//! of its column.

use crate::render::charts::scale::level;
use crate::render::views::cards::Cards;
use crate::render::views::charts::{ChartFrame, ChartLabel, PairChart, PairLabel, Square, TableRow};
use crate::text::placeholders::fill;

/// The side of a square and its gap, in units of the drawing.
const SIDE: usize = 28;
/// The most themes that fit.
const MAX_THEMES: usize = 10;
/// The approximate width of a 汉字 in a name.
const HAN_WIDTH: usize = 14;

/// None if site.toml switches charts off, or no article has two themes.
pub(crate) fn pairs(cards: Cards<'_>) -> Option<PairChart> {
    let catalog = &cards.site.catalog;
    let themes: Vec<usize> =
        (0..catalog.themes.len()).filter(|&theme| !catalog.themes[theme].is_empty()).take(MAX_THEMES).collect();
    let together = catalog.theme_pairs();
    let count = |column: usize, row: usize| together.get(&(themes[column], themes[row])).copied().unwrap_or(0);
    let triangle = (0..themes.len()).flat_map(|row| (0..row).map(move |column| (column, row)));
    let cells: Vec<(usize, usize, usize)> = triangle.map(|(column, row)| (count(column, row), column, row)).collect();
    let mut ranked = cells.clone();
    ranked.sort_by_key(|&(count, column, row)| (std::cmp::Reverse(count), column, row));
    let &(most, first, second) = ranked.first().filter(|(most, ..)| *most > 0 && cards.site.config.charts.enabled)?;
    let name = |at: usize| cards.site.config.themes[themes[at]].name.clone();
    let values = [("a", name(first)), ("b", name(second)), ("n", most.to_string())];
    let rows = ranked.iter().filter(|(count, ..)| *count > 0).map(|&(count, column, row)| TableRow {
        name: fill(cards.messages().text("pair"), &[("a", name(column)), ("b", name(row))]),
        path: String::new(),
        counts: vec![count],
    });
    let widest = (0..themes.len()).map(|at| name(at).chars().map(char_width).sum()).max().unwrap_or(0);
    Some(PairChart {
        frame: ChartFrame {
            id: "pairs",
            title: cards.messages().text("pairs").to_owned(),
            description: fill(cards.messages().text("pairs_told"), &values),
            width: (themes.len() - 1) * SIDE + 8 + widest,
            height: themes.len() * SIDE,
            head: ["themes", "chart_articles"].map(|word| cards.messages().text(word).to_owned()).into(),
            rows: rows.collect(),
        },
        names: (themes.iter().enumerate())
            .map(|(at, &theme)| PairLabel {
                label: ChartLabel { x: at * SIDE + 5, y: at * SIDE + SIDE - 9, text: name(at) },
                hue: cards.theme(theme).hue,
            })
            .collect(),
        cells: (cells.into_iter())
            .map(|(count, column, row)| Square { x: column * SIDE, y: row * SIDE, count, level: level(count, most) })
            .collect(),
        side: SIDE - 2,
    })
}

/// The approximate width of a character.
fn char_width(c: char) -> usize {
    if c.is_ascii() { HAN_WIDTH / 2 } else { HAN_WIDTH }
}

/// The other themes of a theme's articles, each with the number of articles that share both, most frequent first.
pub(crate) fn shared_themes(cards: Cards<'_>, theme: usize) -> Vec<(usize, usize)> {
    let together = cards.site.catalog.theme_pairs();
    let other = |(&(a, b), &count): (&(usize, usize), &usize)| match (a == theme, b == theme) {
        (true, _) => Some((b, count)),
        (_, true) => Some((a, count)),
        _ => None,
    };
    let mut shared: Vec<(usize, usize)> = together.iter().filter_map(other).collect();
    shared.sort_by_key(|&(theme, count)| (std::cmp::Reverse(count), theme));
    shared
}
