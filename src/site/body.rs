//! The part of an article's text that the site may show.
//!
//! Every page, alternate, feed and the search index take an article's text from here, so that a text that may not be
//! republished appears nowhere.

use crate::catalog::access_tracker::AccessTracker;
use crate::catalog::entry::EntryId;
use crate::config::republish::Extent;
use crate::content::article::FileText;
use crate::content::escape::inline;
use crate::diagnostics::error::Result;
use crate::site::site::Site;

/// Reads a text again by its file: that of an article or of a source page.
pub(crate) type TextSource<'a> = dyn Fn(&str) -> Result<FileText> + Sync + 'a;

/// How much of an article is shown.
pub(crate) fn extent(site: &Site, id: EntryId) -> Extent {
    site.config.extent(site.catalog.entries[id].front.paper.as_deref())
}

/// The body of an article as readers may see it, in CommonMark: its text, or no more than its excerpt and key figures.
///
/// # Errors
/// Those of `texts` where the text cannot be read.
pub(crate) fn published_body(
    site: &Site,
    id: EntryId,
    tracker: Option<&AccessTracker<'_>>,
    texts: &TextSource<'_>,
) -> Result<String> {
    match extent(site, id) {
        Extent::Full => Ok(texts(&site.catalog.entries[id].file)?.body),
        Extent::Excerpt => Ok(excerpt_and_figures(site, id, tracker)),
    }
}

/// The part of an article's `text` that the article's own page shows, which lists key figures separately.
pub(crate) fn text_of_own_page(site: &Site, id: EntryId, text: String, tracker: Option<&AccessTracker<'_>>) -> String {
    match extent(site, id) {
        Extent::Full => text,
        Extent::Excerpt => format!("{}\n", inline(&site.catalog.summary(id, tracker).excerpt)),
    }
}

/// The excerpt, and the key figures that it does not contain.
fn excerpt_and_figures(site: &Site, id: EntryId, tracker: Option<&AccessTracker<'_>>) -> String {
    let excerpt = &site.catalog.summary(id, tracker).excerpt;
    let figures = site.catalog.entries[id].figures.iter().filter(|figure| !excerpt.contains(&*figure.text));
    let figures: String = figures.map(|figure| format!("- {}\n", inline(&figure.text))).collect();
    format!("{}\n\n{figures}", inline(excerpt))
}
