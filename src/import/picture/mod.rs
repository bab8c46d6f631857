//! The picture of an imported page, as SVG: what import made of each place on it, for the person who corrects a page or the importer.
//!
//! 1. `fitted_text`: the text of a line, broken into rows that fill its rectangles
//! 2. `svg`: text, numbers and colours as SVG writes them
//! 3. `reading_path`: the order in which an article's lines are read, as arrows
//! 4. `legend`: the articles with their headlines, and what the signs mean
//! 5. `page_picture`: the page with all of it; `file_names`: the files of several pages

pub(crate) mod file_names;
mod fitted_text;
mod legend;
pub(crate) mod page_picture;
mod reading_path;
mod svg;
