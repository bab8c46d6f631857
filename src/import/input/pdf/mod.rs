//! PDF with a text layer.
//!
//! 1. [`document`]: bytes → pages, within bounds; what cannot be read says why
//! 2. [`streams`]: streams unpacked within bounds
//! 3. [`interpreter`]: the operators of a page → glyphs, drawn lines, pictures; [`matrix`]: coordinates; [`paths`]: drawn lines
//! 4. [`fonts`]: codes of a font → characters and widths; [`encodings`]: of fonts without a table of characters
//! 5. [`cmaps`]: tables of characters
//! 6. [`runs`]: glyphs → runs in the order of the file; [`lines`]: runs → printed lines; [`turn`]: lines that are turned on the page

pub(crate) mod cmaps;
pub(crate) mod document;
pub(crate) mod encodings;
pub(crate) mod fonts;
pub(crate) mod interpreter;
pub(crate) mod lines;
pub(crate) mod matrix;
pub(crate) mod paths;
pub(crate) mod runs;
pub(crate) mod streams;
pub(crate) mod turn;
