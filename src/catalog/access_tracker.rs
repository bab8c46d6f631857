//! Access tracking: records which summaries the rendering of a page reads.
//!
//! A list shows the beginning of every article's text. So that an edit of one text invalidates the pages that show something
//! of it, and no others, every summary is read by [`Catalog::summary`](crate::catalog::catalog::Catalog::summary) through an
//! [`AccessTracker`], and the build stores what that recorded.

use crate::catalog::entry::{EntryId, Summary, TrackedSummary};
use crate::util::sync::{into_inner, lock};
use std::collections::BTreeMap;
use std::sync::Mutex;

/// In a preview, the summaries of texts that were edited since the catalog was indexed.
pub(crate) type ChangedSummaries = BTreeMap<EntryId, TrackedSummary>;

/// Records which articles are read, where the caller needs to know.
#[derive(Debug, Default)]
pub(crate) struct AccessTracker<'a> {
    accessed: Option<Mutex<Vec<u32>>>,
    changed: Option<&'a ChangedSummaries>,
}

impl<'a> AccessTracker<'a> {
    /// A tracker that records every access.
    pub(crate) fn recording() -> Self {
        Self { accessed: Some(Mutex::default()), changed: None }
    }

    /// A tracker that records nothing and returns changed summaries instead of the catalog's.
    pub(crate) fn replacing(changed: Option<&'a ChangedSummaries>) -> Self {
        Self { accessed: None, changed }
    }

    /// Records that an article is read. Returns its changed summary, where it has one.
    pub(crate) fn record(&self, id: EntryId) -> Option<&'a Summary> {
        if let Some(accessed) = &self.accessed {
            lock(accessed).push(u32::try_from(id).unwrap_or(u32::MAX));
        }
        self.changed?.get(&id).map(|summary| &summary.0)
    }

    /// The articles that were read, in ascending order. Four bytes each, since a build stores some dozen for each page.
    pub(crate) fn into_accessed(self) -> Box<[u32]> {
        let mut accessed = into_inner(self.accessed.unwrap_or_default());
        accessed.sort_unstable();
        accessed.dedup();
        accessed.into_boxed_slice()
    }
}
