//! Charts: the coordinates and tables of [`views::charts`](crate::render::views::charts).
//!
//! 1. `scale`: a number as a height or as a shade of colour
//! 2. `trend`: articles over time
//! 3. `pairs`: themes that articles share
//! 4. `tiles`: a map of the provinces
//! 5. `miniature`: a source page in small

pub(crate) mod miniature;
pub(crate) mod pairs;
pub(crate) mod scale;
pub(crate) mod tiles;
pub(crate) mod trend;
