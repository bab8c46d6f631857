//! The views of charts: shapes with their coordinates (from `render/charts/`), and the same numbers as a table.
//!
//! A chart is at most 360 units wide, so that its letters are as large as text on a phone. The origin is the top left corner.

use serde::Serialize;

/// What every chart has: a title, a description for screen readers, its size, and its numbers as a table.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub(crate) struct ChartFrame {
    /// prefix of the ids of the chart's elements: `trend`
    pub(crate) id: &'static str,
    /// title
    pub(crate) title: String,
    /// the content of the chart in a sentence or two
    pub(crate) description: String,
    /// width of the drawing
    pub(crate) width: usize,
    /// height of the drawing
    pub(crate) height: usize,
    /// column headings of the table
    pub(crate) head: Vec<String>,
    /// rows of the table
    pub(crate) rows: Vec<TableRow>,
}

/// A row of the table: a name, and a number for each column.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub(crate) struct TableRow {
    /// first cell
    pub(crate) name: String,
    /// path that the name links to; empty if there is none
    pub(crate) path: String,
    /// the other cells
    pub(crate) counts: Vec<usize>,
}

/// A bar.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub(crate) struct Bar {
    /// left edge
    pub(crate) x: usize,
    /// top edge
    pub(crate) y: usize,
    /// width
    pub(crate) width: usize,
    /// height
    pub(crate) height: usize,
}

/// A text in a drawing.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub(crate) struct ChartLabel {
    /// left end of the baseline
    pub(crate) x: usize,
    /// baseline
    pub(crate) y: usize,
    /// text
    pub(crate) text: String,
}

/// `parts/bars.html`: a number over time.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub(crate) struct BarChart {
    /// title, description, size, table
    pub(crate) frame: ChartFrame,
    /// one bar for each step of time with a number above 0
    pub(crate) bars: Vec<Bar>,
    /// y of the baseline of the bars
    pub(crate) ground: usize,
    /// the greatest number, above its bar
    pub(crate) most: ChartLabel,
    /// labels of the time axis
    pub(crate) ticks: Vec<ChartLabel>,
}

/// `parts/rows.html`: a number over time, in one row for each theme.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub(crate) struct RowChart {
    /// title, description, size, table
    pub(crate) frame: ChartFrame,
    /// one row for each theme that has articles
    pub(crate) rows: Vec<ChartRow>,
    /// labels of the time axis
    pub(crate) ticks: Vec<ChartLabel>,
}

/// A row of a chart: the bars of one theme.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub(crate) struct ChartRow {
    /// name of the theme
    pub(crate) label: ChartLabel,
    /// colour of the theme, 1 to 8
    pub(crate) hue: usize,
    /// sum over time
    pub(crate) count: usize,
    /// one bar for each step of time with a number above 0
    pub(crate) bars: Vec<Bar>,
    /// y of the baseline of the bars
    pub(crate) ground: usize,
}

/// `parts/pairs.html`: how many articles two themes share. A name is at the end of its row and at the top of its column.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub(crate) struct PairChart {
    /// title, description, size, table
    pub(crate) frame: ChartFrame,
    /// names of the themes
    pub(crate) names: Vec<PairLabel>,
    /// one square for each pair of themes
    pub(crate) cells: Vec<Square>,
    /// side of a square
    pub(crate) side: usize,
}

/// The name of a theme in a chart of pairs.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub(crate) struct PairLabel {
    /// the name
    pub(crate) label: ChartLabel,
    /// colour of the theme, 1 to 8
    pub(crate) hue: usize,
}

/// A square with a number.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub(crate) struct Square {
    /// left edge
    pub(crate) x: usize,
    /// top edge
    pub(crate) y: usize,
    /// the number
    pub(crate) count: usize,
    /// the number relative to the greatest: 0 (none) to 4
    pub(crate) level: usize,
}

/// `parts/tiles.html`: a map of one tile for each province, roughly in its geographic position.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub(crate) struct TileMap {
    /// title, description, size, table
    pub(crate) frame: ChartFrame,
    /// the tiles
    pub(crate) tiles: Vec<Tile>,
    /// side of a tile
    pub(crate) side: usize,
}

/// A province on the map.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub(crate) struct Tile {
    /// its tile, with the number of articles
    pub(crate) square: Square,
    /// short name of the province
    pub(crate) name: String,
}
