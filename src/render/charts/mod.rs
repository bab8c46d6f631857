//! render/charts

pub mod pairs;
pub mod scale;
pub mod tiles;
pub mod trend;
