//! Numbers → drawings.
//!
//! 1. [`scale`]: a number as a height, or as one of five depths of colour
//! 2. [`trend`]: articles over time, in all or theme by theme
//! 3. [`pairs`]: themes that stand together
//! 4. [`tiles`]: provinces, each a tile about where it lies
//!
//! No crate for charts: those there are draw on a canvas of fixed colours or carry a script, and what is drawn here (bars,
//! squares, words) takes colours and letters from the style sheet, in both colour schemes. SVG itself is written by the
//! templates, so that a site can draw differently.

pub mod pairs;
pub mod scale;
pub mod tiles;
pub mod trend;
