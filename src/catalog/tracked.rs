//! Through which a page reads what texts say.
//!
//! A page shows what others say, too: a list holds the beginning of every article's text. So that an edit of one text leads
//! to the pages that show something of it, and to no others, whoever makes a page reads through a [`Reader`], and the build
//! keeps what it noted. Nobody can read the gist of a text past it:
//! [`Library::gist`](crate::catalog::catalog::Library::gist) is the only door.
//!
//! A preview has something to add: texts that were edited since the library was shelved. Their gists stand beside it.

use crate::catalog::entry::{EntryId, Gist, Sealed};
use crate::util::sync::{into_inner, lock};
use std::collections::BTreeMap;
use std::sync::Mutex;

/// What texts say now that were edited since the library was shelved.
pub(crate) type Retold = BTreeMap<EntryId, Sealed>;

/// Notes which articles are read, where somebody wants to know.
#[derive(Debug, Default)]
pub(crate) struct Reader<'a> {
    seen: Option<Mutex<Vec<u32>>>,
    retold: Option<&'a Retold>,
}

impl<'a> Reader<'a> {
    pub(crate) fn noting() -> Self {
        Self { seen: Some(Mutex::default()), retold: None }
    }

    pub(crate) fn with(retold: Option<&'a Retold>) -> Self {
        Self { seen: None, retold }
    }

    /// Something of an article is read; tells its gist where it is not the library's.
    pub(crate) fn note(&self, id: EntryId) -> Option<&'a Gist> {
        if let Some(seen) = &self.seen {
            lock(seen).push(u32::try_from(id).unwrap_or(u32::MAX));
        }
        self.retold?.get(&id).map(|gist| &gist.0)
    }

    /// What was noted, in ascending order: ids in four bytes, since a build keeps some dozen for each page.
    pub(crate) fn into_seen(self) -> Box<[u32]> {
        let mut seen = into_inner(self.seen.unwrap_or_default());
        seen.sort_unstable();
        seen.dedup();
        seen.into_boxed_slice()
    }
}
