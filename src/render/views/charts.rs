//! What the templates of charts are given: shapes with their places, in units of the drawing, and the table behind them.
//!
//! Rust says where everything stands, the templates in `templates/parts/` draw it. A drawing is 360 units wide or less, so
//! that its letters are as large as text on a phone.

use serde::Serialize;

/// What every chart has: words for those who do not see it, and its numbers as a table.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub(crate) struct ChartFrame {
    /// of the elements of this chart, on its page: `trend`
    pub(crate) id: &'static str,
    pub(crate) title: String,
    /// what there is to see, in a sentence or two
    pub(crate) description: String,
    pub(crate) width: usize,
    pub(crate) height: usize,
    pub(crate) head: Vec<String>,
    pub(crate) rows: Vec<TableRow>,
}

/// A row of the table behind a chart: what it is about, and a number in each column.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub(crate) struct TableRow {
    pub(crate) name: String,
    /// where it leads; empty where it leads nowhere
    pub(crate) path: String,
    pub(crate) counts: Vec<usize>,
}

/// A bar, from its top left corner.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub(crate) struct Bar {
    pub(crate) x: usize,
    pub(crate) y: usize,
    pub(crate) width: usize,
    pub(crate) height: usize,
}

/// Words in a drawing, from where they begin.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub(crate) struct ChartLabel {
    pub(crate) x: usize,
    pub(crate) y: usize,
    pub(crate) text: String,
}

/// `parts/bars.html`: how many, over time.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub(crate) struct BarChart {
    pub(crate) frame: ChartFrame,
    pub(crate) bars: Vec<Bar>,
    /// the height of the ground line
    pub(crate) ground: usize,
    /// the greatest number, over its bar
    pub(crate) most: ChartLabel,
    pub(crate) ticks: Vec<ChartLabel>,
}

/// `parts/rows.html`: how many over time, a row for each theme.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub(crate) struct RowChart {
    pub(crate) frame: ChartFrame,
    pub(crate) rows: Vec<ChartRow>,
    pub(crate) ticks: Vec<ChartLabel>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub(crate) struct ChartRow {
    pub(crate) label: ChartLabel,
    /// the colour of its theme, 1 to 8
    pub(crate) hue: usize,
    /// in all
    pub(crate) count: usize,
    pub(crate) bars: Vec<Bar>,
    /// the height of its ground line
    pub(crate) ground: usize,
}

/// `parts/pairs.html`: how often two stand together. A name stands at the end of its row and on top of its column.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub(crate) struct PairChart {
    pub(crate) frame: ChartFrame,
    pub(crate) names: Vec<PairLabel>,
    pub(crate) cells: Vec<Square>,
    /// the side of a square
    pub(crate) side: usize,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub(crate) struct PairLabel {
    pub(crate) label: ChartLabel,
    pub(crate) hue: usize,
}

/// A square with a number; its level, 0 to 4, says how great it is beside the others.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub(crate) struct Square {
    pub(crate) x: usize,
    pub(crate) y: usize,
    pub(crate) count: usize,
    pub(crate) level: usize,
}

/// `parts/tiles.html`: a tile for each province, about where it lies.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub(crate) struct TileMap {
    pub(crate) frame: ChartFrame,
    pub(crate) tiles: Vec<Tile>,
    pub(crate) side: usize,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub(crate) struct Tile {
    pub(crate) square: Square,
    pub(crate) name: String,
}
