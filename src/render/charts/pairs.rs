//! Themes that stand together: half a square of squares, a theme's name at the end of its row and on top of its column.

use crate::render::charts::scale::level;
use crate::render::engine::i18n::format_message;
use crate::render::views::cards::Cards;
use crate::render::views::charts::{ChartFrame, ChartLabel, PairChart, PairLabel, Square, TableRow};

/// Units of the drawing.
const SIDE: usize = 28;
/// Themes that have room.
const MOST: usize = 10;
/// The width of a 汉字 in a name, about.
const LETTER: usize = 14;

/// None where charts are not wanted, or no two themes stand together.
pub(crate) fn pairs(cards: Cards<'_>) -> Option<PairChart> {
    let catalog = &cards.site.catalog;
    let themes: Vec<usize> =
        (0..catalog.themes.len()).filter(|&theme| !catalog.themes[theme].is_empty()).take(MOST).collect();
    let together = catalog.together();
    let count = |a: usize, b: usize| together.get(&(a.min(b), a.max(b))).copied().unwrap_or(0);
    let mut ranked: Vec<(usize, usize, usize)> = Vec::new();
    for (row, &a) in themes.iter().enumerate() {
        ranked.extend(themes[..row].iter().map(|&b| (count(a, b), b, a)));
    }
    ranked.sort_by_key(|&(count, b, a)| (std::cmp::Reverse(count), b, a));
    let (most, first, second) =
        ranked.first().copied().filter(|(most, ..)| *most > 0 && cards.site.config.charts.enabled)?;
    let name = |theme: usize| cards.site.config.themes[theme].name.clone();
    let told = [("a", name(first)), ("b", name(second)), ("n", most.to_string())];
    let rows = ranked.iter().filter(|(count, ..)| *count > 0).map(|&(count, b, a)| TableRow {
        name: format_message(cards.messages().text("pair"), &[("a", name(b)), ("b", name(a))]),
        path: String::new(),
        counts: vec![count],
    });
    let widest = themes.iter().map(|&theme| name(theme).chars().map(units).sum()).max().unwrap_or(0);
    Some(PairChart {
        frame: ChartFrame {
            id: "pairs",
            title: cards.messages().text("pairs").to_owned(),
            description: format_message(cards.messages().text("pairs_told"), &told),
            width: (themes.len() - 1) * SIDE + 8 + widest,
            height: themes.len() * SIDE,
            head: ["themes", "chart_articles"].map(|word| cards.messages().text(word).to_owned()).into(),
            rows: rows.collect(),
        },
        names: (themes.iter().enumerate())
            .map(|(at, &theme)| PairLabel {
                label: ChartLabel { x: at * SIDE + 5, y: at * SIDE + SIDE - 9, text: name(theme) },
                hue: cards.theme(theme).hue,
            })
            .collect(),
        cells: squares(&themes, &count, most),
        side: SIDE - 2,
    })
}

fn squares(themes: &[usize], count: &dyn Fn(usize, usize) -> usize, most: usize) -> Vec<Square> {
    let mut cells = Vec::new();
    for (row, &a) in themes.iter().enumerate() {
        cells.extend(themes[..row].iter().enumerate().map(|(column, &b)| {
            let count = count(a, b);
            Square { x: column * SIDE, y: row * SIDE, count, level: level(count, most) }
        }));
    }
    cells
}

/// The width of a letter in a drawing, about.
fn units(c: char) -> usize {
    if c.is_ascii() { LETTER / 2 } else { LETTER }
}

/// The themes that a theme's articles stand under as well, the most frequent first.
pub(crate) fn beside(cards: Cards<'_>, theme: usize) -> Vec<(usize, usize)> {
    let together = cards.site.catalog.together();
    let other = |(&(a, b), &count): (&(usize, usize), &usize)| match (a == theme, b == theme) {
        (true, _) => Some((b, count)),
        (_, true) => Some((a, count)),
        _ => None,
    };
    let mut beside: Vec<(usize, usize)> = together.iter().filter_map(other).collect();
    beside.sort_by_key(|&(theme, count)| (std::cmp::Reverse(count), theme));
    beside
}
