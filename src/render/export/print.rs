//! Writes chosen articles as one HTML file to be printed: a cover, the contents, the articles and a list of sources.
//!
//! Page numbers, running heads and columns are those of the style sheet in it (`templates/export/print.css`), which browsers follow
//! when they print.

use crate::diagnostics::error::{Error, Result};
use crate::render::export::volume::{Layout, Volume};
use crate::render::renderer::Renderer;
use crate::site::body::TextSource;
use rayon::prelude::*;

/// Articles that are in memory at once.
const BATCH: usize = 256;

/// Writes a print, piece by piece, to `put`.
///
/// # Errors
/// Those of `put` and `texts`; a mistake in a template.
pub(crate) fn write(
    renderer: &Renderer<'_>,
    volume: &Volume<'_>,
    texts: &TextSource<'_>,
    put: &mut dyn FnMut(&[u8]) -> Result<()>,
) -> Result<()> {
    let of_lists = |template: &str| renderer.file(template, &volume.view).map_err(Error::failure);
    put(&of_lists("export/print-begin.html")?)?;
    let article = |at: usize| -> Result<Vec<u8>> {
        let view = volume.article(at, Layout::OneFile, texts)?;
        renderer.file("export/print-article.html", &view).map_err(Error::failure)
    };
    for from in (0..volume.len()).step_by(BATCH) {
        let batch = from..(from + BATCH).min(volume.len());
        let articles: Vec<Vec<u8>> = batch.into_par_iter().map(article).collect::<Result<_>>()?;
        articles.iter().try_for_each(|bytes| put(bytes))?;
    }
    put(&of_lists("export/print-end.html")?)
}
