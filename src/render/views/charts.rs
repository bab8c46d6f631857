//! What the templates of charts are given: shapes with their places, in units of the drawing, and the table behind them.
//!
//! Rust says where everything stands, the templates in `templates/parts/` draw it. A drawing is 360 units wide or less, so
//! that its letters are as large as text on a phone.

use serde::Serialize;

/// What every chart has: words for those who do not see it, and its numbers as a table.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Frame {
    /// of the elements of this chart, on its page: `trend`
    pub id: &'static str,
    pub title: String,
    /// what there is to see, in a sentence or two
    pub description: String,
    pub width: usize,
    pub height: usize,
    pub head: Vec<String>,
    pub rows: Vec<TableRow>,
}

/// A row of the table behind a chart: what it is about, and a number in each column.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct TableRow {
    pub name: String,
    /// where it leads; empty where it leads nowhere
    pub path: String,
    pub counts: Vec<usize>,
}

/// A bar, from its top left corner.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct Bar {
    pub x: usize,
    pub y: usize,
    pub width: usize,
    pub height: usize,
}

/// Words in a drawing, from where they begin.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Label {
    pub x: usize,
    pub y: usize,
    pub text: String,
}

/// `parts/bars.html`: how many, over time.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Bars {
    pub frame: Frame,
    pub bars: Vec<Bar>,
    /// the height of the ground line
    pub ground: usize,
    /// the greatest number, over its bar
    pub most: Label,
    pub ticks: Vec<Label>,
}

/// `parts/rows.html`: how many over time, a row for each theme.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Rows {
    pub frame: Frame,
    pub rows: Vec<Row>,
    pub ticks: Vec<Label>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Row {
    pub label: Label,
    /// the colour of its theme, 1 to 8
    pub hue: usize,
    /// in all
    pub count: usize,
    pub bars: Vec<Bar>,
    /// the height of its ground line
    pub ground: usize,
}

/// `parts/pairs.html`: how often two stand together. A name stands at the end of its row and on top of its column.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Pairs {
    pub frame: Frame,
    pub names: Vec<Name>,
    pub cells: Vec<Square>,
    /// the side of a square
    pub side: usize,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Name {
    pub label: Label,
    pub hue: usize,
}

/// A square with a number; its level, 0 to 4, says how great it is beside the others.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Square {
    pub x: usize,
    pub y: usize,
    pub count: usize,
    pub level: usize,
}

/// `parts/tiles.html`: a tile for each province, about where it lies.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Tiles {
    pub frame: Frame,
    pub tiles: Vec<Tile>,
    pub side: usize,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Tile {
    pub square: Square,
    pub name: String,
}
