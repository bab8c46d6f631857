//! Writes chosen articles as an EPUB 3.3 publication.
//!
//! 1. `mimetype` first and stored, as the container format asks for, then `META-INF/container.xml`
//! 2. the package, the contents, the cover and the title page: made of the book's lists
//! 3. the articles, some hundred at a time on all processors, so that memory does not follow the length of the book
//! 4. the sources, and the directory of the archive

use crate::diagnostics::code::Code;
use crate::diagnostics::diagnostic::Diagnostic;
use crate::diagnostics::error::{Error, Result};
use crate::message;
use crate::render::export::archive::{Archive, MAX_FILES, Method, Packed};
use crate::render::export::volume::{Layout, Volume};
use crate::render::renderer::Renderer;
use crate::site::body::TextSource;
use rayon::prelude::*;

/// Articles that are in memory at once.
const BATCH: usize = 256;

const CONTAINER: &str = r#"<?xml version="1.0" encoding="UTF-8"?>
<container version="1.0" xmlns="urn:oasis:names:tc:opendocument:xmlns:container">
<rootfiles>
<rootfile full-path="EPUB/package.opf" media-type="application/oebps-package+xml"/>
</rootfiles>
</container>
"#;

/// The files that are made of the book's lists: name, template.
const BEFORE: [(&str, &str); 5] = [
    ("EPUB/package.opf", "export/package.xml"),
    ("EPUB/nav.xhtml", "export/nav.html"),
    ("EPUB/cover.svg", "export/cover.xml"),
    ("EPUB/book.css", "export/book.css"),
    ("EPUB/title.xhtml", "export/title.html"),
];
const SOURCES: (&str, &str) = ("EPUB/sources.xhtml", "export/sources.html");

/// Writes a book, piece by piece, to `put`.
///
/// # Errors
/// Those of `put` and `texts`; a mistake in a template; more articles than an archive holds files.
pub(crate) fn write(
    renderer: &Renderer<'_>,
    volume: &Volume<'_>,
    texts: &TextSource<'_>,
    put: &mut dyn FnMut(&[u8]) -> Result<()>,
) -> Result<()> {
    if volume.len() + BEFORE.len() + 3 > MAX_FILES {
        return Err(too_large(volume.len()));
    }
    let mut archive = Archive::default();
    let mut add = |file: Packed| match archive.add(&file) {
        Some(bytes) => put(&bytes),
        None => Err(too_large(volume.len())),
    };
    add(Packed::new("mimetype", b"application/epub+zip", Method::Stored))?;
    add(Packed::new("META-INF/container.xml", CONTAINER.as_bytes(), Method::Deflated))?;
    let of_lists = |(name, template): (&str, &str)| -> Result<Packed> {
        let bytes = renderer.file(template, &volume.view).map_err(Error::failure)?;
        Ok(Packed::new(name, &bytes, Method::Deflated))
    };
    for file in BEFORE {
        add(of_lists(file)?)?;
    }
    let chapter = |at: usize| -> Result<Packed> {
        let view = volume.article(at, Layout::Chapters, texts)?;
        let bytes = renderer.file("export/chapter.html", &view).map_err(Error::failure)?;
        Ok(Packed::new(&format!("EPUB/{}.xhtml", view.entry.id), &bytes, Method::Deflated))
    };
    for from in (0..volume.len()).step_by(BATCH) {
        let batch = from..(from + BATCH).min(volume.len());
        let chapters: Vec<Packed> = batch.into_par_iter().map(chapter).collect::<Result<_>>()?;
        chapters.into_iter().try_for_each(&mut add)?;
    }
    add(of_lists(SOURCES)?)?;
    put(&archive.finish().ok_or_else(|| too_large(volume.len()))?)
}

fn too_large(articles: usize) -> Error {
    let message = message!("a book of {articles} articles is larger than an EPUB can be", articles);
    let hint = message!("make several of them, such as one for each month: --month 2025-03");
    Error::failure(Diagnostic::new(Code::BookTooLarge, message).hint(hint))
}
