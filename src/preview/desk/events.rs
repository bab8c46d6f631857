//! Messages to the browsers that show the desk: something changed, by another tab, by a file, or by an import. They fetch what they show
//! again.

use crate::io::progress::running_stage;
use axum::response::sse::Event;
use futures_util::stream::{Stream, unfold};
use serde_json::json;
use std::convert::Infallible;
use std::time::Duration;
use tokio::sync::watch::Sender;
use tokio::time::timeout;

/// How soon a browser reconnects after the preview was restarted.
const RETRY: Duration = Duration::from_millis(500);
/// How often work under way is looked at.
const LOOK_AT_WORK: Duration = Duration::from_millis(200);

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

    /// A message at once, and whenever something changes: `{"version":12,"pages":null,…}`; any page may have changed. Work that takes
    /// long is sent with `"pages":[]`, since it changes none until it is done.
    pub(crate) fn events(&self) -> impl Stream<Item = Result<Event, Infallible>> + use<> {
        let mut changes = self.changes.subscribe();
        changes.mark_changed();
        unfold((changes, None), |(mut changes, sent)| async move {
            loop {
                let changed = timeout(LOOK_AT_WORK, changes.changed()).await;
                let working = running_stage();
                let pages = match changed {
                    Ok(Err(_)) => return None,
                    Ok(Ok(())) => None,
                    Err(_) if working == sent => continue,
                    Err(_) => Some([(); 0]),
                };
                let version = *changes.borrow_and_update();
                let data = json!({"version": version, "pages": pages, "working": working}).to_string();
                return Some((Ok(Event::default().retry(RETRY).data(data)), (changes, working)));
            }
        })
    }
}
