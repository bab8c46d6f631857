//! What of an article's text the site shows.
//!
//! Every page, twin, feed and the index of the search ask here, so that a text that may not be republished is nowhere.

use crate::catalog::access_tracker::AccessTracker;
use crate::catalog::entry::EntryId;
use crate::config::republish::Extent;
use crate::content::escape::inline;
use crate::diagnostics::error::Result;
use crate::site::site::Site;

/// Reads a file of content again: the body of an article, or the text of a source page.
pub(crate) type TextSource<'a> = dyn Fn(&str) -> Result<String> + Sync + 'a;

impl Site {
    /// How much of an article is shown.
    pub(crate) fn extent(&self, id: EntryId) -> Extent {
        self.config.extent(self.catalog.entries[id].front.paper.as_deref())
    }

    /// The body of an article as readers may see it, in CommonMark: its text, or no more than its excerpt and key figures.
    ///
    /// # Errors
    /// What `bodies` says where the text cannot be read.
    pub(crate) fn body(
        &self,
        id: EntryId,
        tracker: Option<&AccessTracker<'_>>,
        bodies: &TextSource<'_>,
    ) -> Result<String> {
        match self.extent(id) {
            Extent::Full => bodies(&self.catalog.entries[id].file),
            Extent::Excerpt => Ok(self.excerpted(id, tracker)),
        }
    }

    /// What the page of an article shows, which lists the key figures beside it, where its text is `text`.
    pub(crate) fn shown(&self, id: EntryId, text: String, tracker: Option<&AccessTracker<'_>>) -> String {
        match self.extent(id) {
            Extent::Full => text,
            Extent::Excerpt => format!("{}\n", inline(&self.catalog.summary(id, tracker).excerpt)),
        }
    }

    /// The excerpt, and the key figures that it does not hold.
    fn excerpted(&self, id: EntryId, tracker: Option<&AccessTracker<'_>>) -> String {
        let excerpt = &self.catalog.summary(id, tracker).excerpt;
        let figures = self.catalog.entries[id].figures.iter().filter(|figure| !excerpt.contains(&*figure.text));
        let figures: String = figures.map(|figure| format!("- {}\n", inline(&figure.text))).collect();
        format!("{}\n\n{figures}", inline(excerpt))
    }
}
