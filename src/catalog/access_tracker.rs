//! Through which a page reads what texts say.
//!
//! A page shows what others say, too: a list holds the beginning of every article's text. So that an edit of one text leads
//! to the pages that show something of it, and to no others, whoever makes a page reads through a [`AccessTracker`], and the build
//! keeps what it noted. Nobody can read the summary of a text past it:
//! [`Catalog::summary`](crate::catalog::catalog::Catalog::summary) is the only door.
//!
//! A preview has something to add: texts that were edited since the catalog was shelved. Their gists stand beside it.

use crate::catalog::entry::{EntryId, Summary, TrackedSummary};
use crate::util::sync::{into_inner, lock};
use std::collections::BTreeMap;
use std::sync::Mutex;

/// What texts say now that were edited since the catalog was shelved.
pub(crate) type ChangedSummaries = BTreeMap<EntryId, TrackedSummary>;

/// Notes which articles are read, where somebody wants to know.
#[derive(Debug, Default)]
pub(crate) struct AccessTracker<'a> {
    seen: Option<Mutex<Vec<u32>>>,
    changed_summaries: Option<&'a ChangedSummaries>,
}

impl<'a> AccessTracker<'a> {
    pub(crate) fn recording() -> Self {
        Self { seen: Some(Mutex::default()), changed_summaries: None }
    }

    pub(crate) fn replacing(changed_summaries: Option<&'a ChangedSummaries>) -> Self {
        Self { seen: None, changed_summaries }
    }

    /// Something of an article is read; tells its summary where it is not the catalog's.
    pub(crate) fn note(&self, id: EntryId) -> Option<&'a Summary> {
        if let Some(seen) = &self.seen {
            lock(seen).push(u32::try_from(id).unwrap_or(u32::MAX));
        }
        self.changed_summaries?.get(&id).map(|summary| &summary.0)
    }

    /// What was noted, in ascending order: ids in four bytes, since a build keeps some dozen for each page.
    pub(crate) fn into_seen(self) -> Box<[u32]> {
        let mut seen = into_inner(self.seen.unwrap_or_default());
        seen.sort_unstable();
        seen.dedup();
        seen.into_boxed_slice()
    }
}
