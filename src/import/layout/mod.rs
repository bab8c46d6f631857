//! Layout analysis: the printed lines of a page, with their rectangles → the lines that labelling and linking read.
//!
//! 1. `pieces`: printed lines in clean rectangles; `skew`: the page turned upright
//! 2. `type_sizes`: the size of body text and the distance of its lines
//! 3. `gutters`: lines that run over the gutter between two columns are split; `verticals`: characters one below the other become
//!    vertical lines
//! 4. `neighbours`: what stands next above and below; `strips`: lines of one column, one below the other
//! 5. `paragraphs`: a strip's lines → paragraphs, by indents, line ends, blanks and type
//! 6. `elements`: strips, headlines and pictures; `heads`: lines of headlines that belong together
//! 7. `regions`: the page cut along rules, blanks and gutters; `blocks`: a region as headlines with the strips under them, in reading order
//! 8. `assembly`: the lines of the page with their attributes; `analysis`: all steps

pub(crate) mod analysis;
mod assembly;
mod blocks;
mod elements;
mod gutters;
mod heads;
mod neighbours;
mod paragraphs;
mod pieces;
mod regions;
mod skew;
mod strips;
mod type_sizes;
mod verticals;
