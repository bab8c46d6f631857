//! render/charts

pub(crate) mod pairs;
pub(crate) mod scale;
pub(crate) mod tiles;
pub(crate) mod trend;
