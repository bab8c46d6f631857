//! Messages to the browsers that show the desk: something changed, by another tab, by a file, or by an import. They fetch what they show
//! again.

use axum::response::sse::Event;
use futures_util::stream::{Stream, unfold};
use std::convert::Infallible;
use std::time::Duration;
use tokio::sync::watch::Sender;

/// How soon a browser reconnects after the preview was restarted.
const RETRY: Duration = Duration::from_millis(500);

/// A handle on all open desks; clones share it.
#[derive(Debug, Clone, Default)]
pub(crate) struct DeskEvents {
    /// the number of changes so far
    changes: Sender<u64>,
}

impl DeskEvents {
    /// Tells all browsers that something changed.
    pub(crate) fn send(&self) {
        self.changes.send_modify(|changes| *changes += 1);
    }

    /// A message at once, and whenever something changes: `{"version":12,"pages":null}`; any page may have changed.
    pub(crate) fn events(&self) -> impl Stream<Item = Result<Event, Infallible>> + use<> {
        let mut changes = self.changes.subscribe();
        changes.mark_changed();
        unfold(changes, |mut changes| async move {
            changes.changed().await.ok()?;
            let version = *changes.borrow_and_update();
            let data = format!("{{\"version\":{version},\"pages\":null,\"working\":null}}");
            Some((Ok(Event::default().retry(RETRY).data(data)), changes))
        })
    }
}
