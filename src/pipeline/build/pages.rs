//! Writes pages, unless their fingerprints are those of the last build.
//!
//! 1. where only texts of articles have changed, a page that shows none of them keeps its fingerprint
//! 2. the fingerprint of any other page is made from its view
//! 3. where the fingerprint or the output file has changed, the page is rendered from the same view

use crate::catalog::access_tracker::AccessTracker;
use crate::diagnostics::diagnostic::Diagnostic;
use crate::diagnostics::error::Result;
use crate::io::fs::stamp::Stamp;
use crate::io::progress::Stage;
use crate::pipeline::build::output_writer::OutputWriter;
use crate::pipeline::build::plan::PlannedSite;
use crate::pipeline::build::texts::Texts;
use crate::render::fingerprint::{Fingerprint, Fingerprinter};
use crate::render::renderer::Renderer;
use crate::site::page::Page;
use crate::template;
use std::sync::atomic::{AtomicUsize, Ordering};

/// Writes all pages. Returns the diagnostics, and the number of pages whose views were made.
///
/// # Errors
/// The disk refuses to write.
pub(crate) fn write_pages(
    planned: &PlannedSite,
    outputs: &OutputWriter<'_>,
    texts: &Texts<'_>,
) -> Result<(Vec<Diagnostic>, usize)> {
    let renderer = Renderer::new(&planned.site, &planned.templates);
    let pages = PageWriter {
        planned,
        outputs,
        texts,
        fingerprinter: Fingerprinter::new(&renderer),
        renderer: &renderer,
        stage: planned.progress.stage(template!("render"), template!("pages"), planned.site.pages.len()),
        compared: AtomicUsize::new(0),
    };
    let diagnostics = renderer.each(&|page| pages.write(page))?;
    Ok((diagnostics, pages.compared.into_inner()))
}

struct PageWriter<'a> {
    planned: &'a PlannedSite,
    outputs: &'a OutputWriter<'a>,
    texts: &'a Texts<'a>,
    renderer: &'a Renderer<'a>,
    fingerprinter: Fingerprinter<'a>,
    stage: Stage,
    compared: AtomicUsize,
}

impl PageWriter<'_> {
    /// Writes or keeps a page. Returns the diagnostic of a page that cannot be rendered.
    fn write(&self, page: Page) -> Result<Option<Diagnostic>> {
        let path = self.planned.site.address(page).file();
        if let Some((fingerprint, stamp)) = self.unaffected(&path) {
            return self.outputs.keep(&path, fingerprint, stamp).map(|()| None);
        }
        self.compared.fetch_add(1, Ordering::Relaxed);
        let tracker = AccessTracker::recording();
        let view = self.renderer.view(page, &tracker);
        let digest = match self.fingerprinter.digest(&view, &|file| self.texts.fingerprint(file)) {
            Ok(digest) => digest,
            Err(diagnostic) => return Ok(Some(diagnostic)),
        };
        if let Some(stamp) = self.outputs.up_to_date(&path, digest) {
            drop(view);
            let fingerprint = Fingerprint { digest, articles: tracker.into_accessed() };
            return self.outputs.keep(&path, fingerprint, stamp).map(|()| None);
        }
        match self.renderer.render(view, &|file| self.texts.read(file)) {
            Ok(bytes) => {
                let fingerprint = Fingerprint { digest, articles: tracker.into_accessed() };
                self.outputs.put(&self.stage, &path, fingerprint, &bytes).map(|()| None)
            }
            Err(diagnostic) => Ok(Some(diagnostic)),
        }
    }

    /// The fingerprint and the stamp of an up-to-date page that shows no changed text, where nothing but texts has changed.
    fn unaffected(&self, path: &str) -> Option<(Fingerprint, Stamp)> {
        let changed = self.planned.changed_texts.as_ref()?;
        let before = self.outputs.cached_output(path)?;
        if changed.iter().any(|&id| u32::try_from(id).is_ok_and(|id| before.articles.binary_search(&id).is_ok())) {
            return None;
        }
        let stamp = self.outputs.up_to_date(path, before.fingerprint)?;
        Some((Fingerprint { digest: before.fingerprint, articles: before.articles.clone() }, stamp))
    }
}
