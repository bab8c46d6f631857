//! The charts of articles over time: one row of bars for a list of articles, or one row for each theme.

use crate::catalog::entry::EntryId;
use crate::catalog::time_series::{Period, Step};
use crate::render::charts::scale::height;
use crate::render::views::cards::Cards;
use crate::render::views::charts::{Bar, BarChart, ChartFrame, ChartLabel, ChartRow, RowChart, TableRow};
use crate::site::page::Page;
use crate::text::placeholders::fill;

/// The width of a chart across the page, in units of the drawing.
pub(crate) const WIDE: usize = 360;
/// The width of a chart in a narrow column.
pub(crate) const NARROW: usize = 256;
/// The heights of the bars, and of the space above and below them.
const BARS: usize = 84;
const ABOVE: usize = 18;
const BELOW: usize = 20;
/// The heights of a theme's name, and of its row with name and bars.
const NAME: usize = 18;
const ROW: usize = 46;
/// Steps of time that a chart needs, at least.
const MIN_STEPS: usize = 3;
/// The width of a label of the time axis with the gap to the next.
const TICK: usize = 100;
/// The approximate width of a 汉字 in it, without the gap between characters.
const HAN_WIDTH: usize = 12;
/// Columns of the table, one a step of time, at most: nobody reads eight themes over many years.
const MAX_COLUMNS: usize = 24;

/// The time between the first and the last article; none if site.toml switches charts off, or the time is too short.
fn span(cards: Cards<'_>) -> Option<Period> {
    Period::of(&cards.site.catalog).filter(|span| cards.site.config.charts.enabled && span.steps >= MIN_STEPS)
}

/// A list of articles over the time span of the site, in a chart of this width.
pub(crate) fn bars(cards: Cards<'_>, articles: &[EntryId], width: usize) -> Option<BarChart> {
    let span = span(cards)?;
    let counts = span.counts(&cards.site.catalog, articles);
    let most = counts.iter().copied().max().filter(|&most| most > 0)?;
    let at = counts.iter().position(|&count| count == most)?;
    let ground = ABOVE + BARS;
    let names: Vec<String> = (0..span.steps).map(|step| name(cards, span, step)).collect();
    let values = [
        ("from", names.first()?.clone()),
        ("to", names.last()?.clone()),
        ("n", counts.iter().sum::<usize>().to_string()),
        ("most", names[at].clone()),
        ("m", most.to_string()),
    ];
    let row = |(name, &count): (String, &usize)| TableRow { name, path: String::new(), counts: vec![count] };
    let (title, step) = headings(span.step);
    Some(BarChart {
        frame: ChartFrame {
            id: "trend",
            title: cards.messages().text(title).to_owned(),
            description: fill(cards.messages().text("trend_told"), &values),
            width,
            height: ground + BELOW,
            head: [step, "chart_articles"].map(|word| cards.messages().text(word).to_owned()).into(),
            rows: names.into_iter().zip(&counts).map(row).collect(),
        },
        bars: draw_bars(&counts, most, ground, BARS, width),
        ground,
        most: ChartLabel {
            x: (left(at, span.steps, width) + left(at + 1, span.steps, width)) / 2,
            y: ABOVE - 5,
            text: most.to_string(),
        },
        ticks: ticks(cards, span, ground + 15, width),
    })
}

/// All themes that have articles, on one scale.
pub(crate) fn rows(cards: Cards<'_>) -> Option<RowChart> {
    let span = span(cards)?;
    let catalog = &cards.site.catalog;
    let counted = catalog.themes.iter().map(|ids| span.counts(catalog, ids));
    let themes: Vec<(usize, Vec<usize>)> =
        counted.enumerate().filter(|(_, counts)| counts.iter().any(|&count| count > 0)).collect();
    let most = themes.iter().flat_map(|(_, counts)| counts).copied().max()?;
    let rows: Vec<ChartRow> =
        (themes.iter().enumerate()).map(|(at, (theme, counts))| row(cards, *theme, at, counts, most)).collect();
    let leading = rows.iter().max_by_key(|row| row.count)?;
    let values = [
        ("from", name(cards, span, 0)),
        ("to", name(cards, span, span.steps - 1)),
        ("most", leading.label.text.clone()),
        ("n", leading.count.to_string()),
    ];
    let bottom = rows.len() * ROW;
    let mut head = vec![cards.messages().text("themes").to_owned()];
    let shown = if span.steps <= MAX_COLUMNS { span.steps } else { 0 };
    head.extend((0..shown).map(|step| name(cards, span, step)));
    head.push(cards.messages().text("chart_articles").to_owned());
    let table = themes.iter().zip(&rows).map(|((theme, counts), row)| TableRow {
        name: row.label.text.clone(),
        path: cards.path(Page::Theme { theme: *theme, part: 1 }),
        counts: counts[..shown].iter().copied().chain([row.count]).collect(),
    });
    Some(RowChart {
        frame: ChartFrame {
            id: "trends",
            title: cards.messages().text("trends").to_owned(),
            description: fill(cards.messages().text("trends_told"), &values),
            width: WIDE,
            height: bottom + BELOW,
            head,
            rows: table.collect(),
        },
        rows,
        ticks: ticks(cards, span, bottom + 14, WIDE),
    })
}

fn row(cards: Cards<'_>, theme: usize, at: usize, counts: &[usize], most: usize) -> ChartRow {
    let tag = cards.theme(theme);
    let ground = (at + 1) * ROW - 4;
    ChartRow {
        label: ChartLabel { x: 0, y: at * ROW + 13, text: tag.name },
        hue: tag.hue,
        count: counts.iter().sum(),
        bars: draw_bars(counts, most, ground, ROW - NAME - 4, WIDE),
        ground,
    }
}

/// A bar for each step with a number above 0.
fn draw_bars(counts: &[usize], most: usize, ground: usize, max_height: usize, width: usize) -> Vec<Bar> {
    let bar = |(at, &count): (usize, &usize)| {
        let (x, next) = (left(at, counts.len(), width), left(at + 1, counts.len(), width));
        let gap = if next - x > 4 { 2 } else { 0 };
        let height = height(count, most, max_height);
        Bar { x, y: ground - height, width: (next - x).saturating_sub(gap).max(1), height }
    };
    counts.iter().enumerate().map(bar).filter(|bar| bar.height > 0).collect()
}

/// The left edge of a step.
fn left(step: usize, steps: usize, width: usize) -> usize {
    step * width / steps
}

/// The labels of the time axis, as many as fit: the first step, the last, and some between. None extends over the right edge.
fn ticks(cards: Cards<'_>, span: Period, y: usize, width: usize) -> Vec<ChartLabel> {
    let named = (width / TICK).clamp(2, span.steps.max(2));
    let label = |at: usize| {
        let step = at * (span.steps - 1) / (named - 1);
        let text = name(cards, span, step);
        let rightmost = width.saturating_sub(text.chars().map(char_width).sum());
        ChartLabel { x: left(step, span.steps, width).min(rightmost), y, text }
    };
    (0..named).map(label).collect()
}

/// The approximate width of a character.
fn char_width(c: char) -> usize {
    if c.is_ascii() { HAN_WIDTH * 2 / 3 } else { HAN_WIDTH + 1 }
}

/// 2025年3月, 2025年第1季度, 2025年
fn name(cards: Cards<'_>, span: Period, step: usize) -> String {
    let ((year, within), messages) = (span.at(step), cards.messages());
    match span.step {
        Step::Month => messages.month(year, within),
        Step::Quarter => fill(messages.text("quarter"), &[("y", year.to_string()), ("q", within.to_string())]),
        Step::Year => messages.year(year),
    }
}

/// The names of the messages for the title of the chart and for the heading of its table's first column.
fn headings(step: Step) -> (&'static str, &'static str) {
    match step {
        Step::Month => ("trend_months", "chart_month"),
        Step::Quarter => ("trend_quarters", "chart_quarter"),
        Step::Year => ("trend_years", "chart_year"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::catalog::catalog::Catalog;
    use crate::catalog::entry::Entry;
    use crate::config::republish::Switch;
    use crate::config::settings::Config;
    use crate::config::themes::Theme;
    use crate::content::address_book::AddressBook;
    use crate::content::article::FrontMatter;
    use crate::site::plan::plan;
    use crate::site::site::Site;
    use jiff::civil::date;

    /// Articles of these months of 2025 under one theme, and a theme without any.
    fn site(months: &[i8], charts: bool) -> Site {
        let theme = |id: &str| Theme { id: id.into(), name: id.into(), slug: id.into(), ..Theme::default() };
        let (charts, themes) = (Switch { enabled: charts }, vec![theme("a"), theme("b")]);
        let config = Config { charts, themes, page_size: 9, ..Config::default() };
        let entry = |(at, &month): (usize, &i8)| Entry {
            file: format!("{at}.md"),
            front: FrontMatter { date: Some(date(2025, month, 1)), themes: vec!["a".into()], ..FrontMatter::default() },
            ..Entry::default()
        };
        let catalog = Catalog::index(months.iter().enumerate().map(entry).collect(), &config.themes);
        plan(config, catalog, vec![], &[], AddressBook::default(), false).0
    }

    #[test]
    fn bars_start_at_the_baseline_and_the_table_has_their_numbers() {
        let site = site(&[1, 3, 3, 3, 3, 6], true);
        let chart = bars(Cards::of(&site), &[0, 1, 2, 3, 4, 5], WIDE).unwrap();
        assert_eq!(chart.bars.len(), 3, "a month without articles has no bar");
        assert!(chart.bars.iter().all(|bar| bar.y + bar.height == chart.ground && bar.x + bar.width <= WIDE));
        assert_eq!((chart.bars[1].height, chart.most.text.as_str()), (BARS, "4"));
        let rows: Vec<(&str, usize)> = chart.frame.rows.iter().map(|row| (row.name.as_str(), row.counts[0])).collect();
        assert_eq!((rows.len(), rows[0], rows[2]), (6, ("2025年1月", 1), ("2025年3月", 4)));
        assert_eq!(chart.frame.description, "从2025年1月到2025年6月共6篇，最多的是2025年3月，4篇。");
        let ticks: Vec<&str> = chart.ticks.iter().map(|tick| tick.text.as_str()).collect();
        assert_eq!(ticks, ["2025年1月", "2025年3月", "2025年6月"]);
    }

    #[test]
    fn each_theme_that_has_articles_is_a_row() {
        let site = site(&[1, 3, 6], true);
        let chart = rows(Cards::of(&site)).unwrap();
        assert_eq!((chart.rows.len(), chart.rows[0].count, chart.rows[0].bars.len()), (1, 3, 3));
        assert_eq!(chart.frame.head.len(), chart.frame.rows[0].counts.len() + 1);
    }

    #[test]
    fn there_is_no_trend_over_a_short_time_or_without_charts() {
        assert!(bars(Cards::of(&site(&[1, 2], true)), &[0, 1], WIDE).is_none());
        let without = site(&[1, 3, 6], false);
        assert!(bars(Cards::of(&without), &[0, 1, 2], WIDE).is_none() && rows(Cards::of(&without)).is_none());
    }
}
