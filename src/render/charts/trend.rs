//! Articles over time: one row of bars for a list of articles, or one for each theme.

use crate::library::entry::EntryId;
use crate::library::series::{Span, Step};
use crate::render::cards::Cards;
use crate::render::chart_views::{Bar, Bars, Frame, Label, Row, Rows, TableRow};
use crate::render::charts::scale::height;
use crate::render::words::say;
use crate::site::page::Page;

/// Units of the drawing.
const WIDTH: usize = 360;
/// The room of the bars, and what stands over and under them.
const BARS: usize = 84;
const OVER: usize = 18;
const UNDER: usize = 20;
/// A theme's row: its name, then its bars.
const NAME: usize = 18;
const ROW: usize = 46;
/// Fewer steps than this make no trend.
const FEWEST: usize = 3;
/// Days named under the bars.
const TICKS: usize = 4;
/// A theme's bars stand in the table only where they are few: a table of eight themes over years is none to read.
const WIDEST: usize = 24;

/// Over how much time the site's articles reach; none where charts are not wanted, or the time is too short for a trend.
fn span(cards: Cards<'_>) -> Option<Span> {
    if !cards.site.config.charts.enabled {
        return None;
    }
    Span::of(&cards.site.library).filter(|span| span.steps >= FEWEST)
}

/// A list of articles over the time of the site.
pub fn bars(cards: Cards<'_>, articles: &[EntryId]) -> Option<Bars> {
    let span = span(cards)?;
    let counts = span.counts(&cards.site.library, articles);
    let most = counts.iter().copied().max().filter(|&most| most > 0)?;
    let at = counts.iter().position(|&count| count == most)?;
    let ground = OVER + BARS;
    let names: Vec<String> = (0..span.steps).map(|step| name(cards, span, step)).collect();
    let total: usize = counts.iter().sum();
    let told = [
        ("from", names.first()?.clone()),
        ("to", names.last()?.clone()),
        ("n", total.to_string()),
        ("most", names[at].clone()),
        ("m", most.to_string()),
    ];
    Some(Bars {
        frame: Frame {
            id: "trend",
            title: cards.words().text(title(span.step)).to_owned(),
            description: say(cards.words().text("trend_told"), &told),
            width: WIDTH,
            height: ground + UNDER,
            head: [title_of_time(span.step), "chart_articles"].map(|word| cards.words().text(word).to_owned()).into(),
            rows: names
                .into_iter()
                .zip(&counts)
                .map(|(name, &count)| TableRow { name, path: String::new(), counts: vec![count] })
                .collect(),
        },
        bars: drawn(&counts, most, ground, BARS),
        ground,
        most: Label { x: (left(at, span.steps) + left(at + 1, span.steps)) / 2, y: OVER - 5, text: most.to_string() },
        ticks: ticks(cards, span, ground + 15),
    })
}

/// Every theme that has articles, on one scale.
pub fn rows(cards: Cards<'_>) -> Option<Rows> {
    let span = span(cards)?;
    let library = &cards.site.library;
    let counted = library.themes.iter().map(|shelf| span.counts(library, shelf));
    let themes: Vec<(usize, Vec<usize>)> =
        counted.enumerate().filter(|(_, counts)| counts.iter().any(|&count| count > 0)).collect();
    let most = themes.iter().flat_map(|(_, counts)| counts).copied().max()?;
    let rows: Vec<Row> =
        (themes.iter().enumerate()).map(|(at, (theme, counts))| row(cards, *theme, at, counts, most)).collect();
    let leading = rows.iter().max_by_key(|row| row.count)?;
    let told = [
        ("from", name(cards, span, 0)),
        ("to", name(cards, span, span.steps - 1)),
        ("most", leading.label.text.clone()),
        ("n", leading.count.to_string()),
    ];
    let bottom = rows.len() * ROW;
    let mut head = vec![cards.words().text("themes").to_owned()];
    let shown = if span.steps <= WIDEST { span.steps } else { 0 };
    head.extend((0..shown).map(|step| name(cards, span, step)));
    head.push(cards.words().text("chart_articles").to_owned());
    let table = themes.iter().zip(&rows).map(|((theme, counts), row)| TableRow {
        name: row.label.text.clone(),
        path: cards.path(Page::Theme { theme: *theme, part: 1 }),
        counts: counts[..shown].iter().copied().chain([row.count]).collect(),
    });
    Some(Rows {
        frame: Frame {
            id: "trends",
            title: cards.words().text("trends").to_owned(),
            description: say(cards.words().text("trends_told"), &told),
            width: WIDTH,
            height: bottom + UNDER,
            head,
            rows: table.collect(),
        },
        rows,
        ticks: ticks(cards, span, bottom + 14),
    })
}

fn row(cards: Cards<'_>, theme: usize, at: usize, counts: &[usize], most: usize) -> Row {
    let tag = cards.theme(theme);
    let ground = (at + 1) * ROW - 4;
    Row {
        label: Label { x: 0, y: at * ROW + 13, text: tag.name },
        hue: tag.hue,
        count: counts.iter().sum(),
        bars: drawn(counts, most, ground, ROW - NAME - 4),
        ground,
    }
}

/// The bars of steps side by side, those of no height left out.
fn drawn(counts: &[usize], most: usize, ground: usize, room: usize) -> Vec<Bar> {
    let bar = |(at, &count): (usize, &usize)| {
        let (x, next) = (left(at, counts.len()), left(at + 1, counts.len()));
        let gap = if next - x > 4 { 2 } else { 0 };
        let height = height(count, most, room);
        Bar { x, y: ground - height, width: (next - x).saturating_sub(gap).max(1), height }
    };
    counts.iter().enumerate().map(bar).filter(|bar| bar.height > 0).collect()
}

/// Where a step begins.
fn left(step: usize, steps: usize) -> usize {
    step * WIDTH / steps
}

fn ticks(cards: Cards<'_>, span: Span, y: usize) -> Vec<Label> {
    let every = span.steps.div_ceil(TICKS);
    let label = |step| Label { x: left(step, span.steps), y, text: name(cards, span, step) };
    (0..span.steps).step_by(every).map(label).collect()
}

/// 2025年3月, 2025年第1季度, 2025年
fn name(cards: Cards<'_>, span: Span, step: usize) -> String {
    let (year, within) = span.at(step);
    match span.step {
        Step::Month => cards.words().month(year, within),
        Step::Quarter => say(cards.words().text("quarter"), &[("y", year.to_string()), ("q", within.to_string())]),
        Step::Year => cards.words().year(year),
    }
}

fn title(step: Step) -> &'static str {
    match step {
        Step::Month => "trend_months",
        Step::Quarter => "trend_quarters",
        Step::Year => "trend_years",
    }
}

fn title_of_time(step: Step) -> &'static str {
    match step {
        Step::Month => "chart_month",
        Step::Quarter => "chart_quarter",
        Step::Year => "chart_year",
    }
}
