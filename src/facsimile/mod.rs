//! Facsimiles: the picture of a source page, for the site to show beside its text.
//!
//! 1. `pdf_page`: a page of a PDF is drawn, by a `canvas` with the pictures in it as `raster`s; or `scan`: a picture file is decoded
//! 2. `picture`: its pixels, made smaller
//! 3. `jpeg`: the pixels in a file of bounded size
//! 4. `render`: all steps; it alone is there where the program is built without the feature `facsimile`

#[cfg(feature = "facsimile")]
mod canvas;
#[cfg(feature = "facsimile")]
mod jpeg;
#[cfg(feature = "facsimile")]
mod pdf_page;
#[cfg(feature = "facsimile")]
mod picture;
#[cfg(feature = "facsimile")]
mod raster;
pub(crate) mod render;
#[cfg(feature = "facsimile")]
mod scan;
