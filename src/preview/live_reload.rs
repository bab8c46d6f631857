//! Live reload: messages from the preview server to the pages that are open in a browser.
//!
//! Every open page receives the state of a [`LiveReload`] when it connects and whenever it changes (server-sent events).
//! [`with_script`] adds the browser's part to every page together with the version of the site that the page was rendered from,
//! so that a page fetched just before an update knows that it is old.

use axum::response::sse::Event;
use futures_util::stream::{Stream, unfold};
use serde::Serialize;
use std::convert::Infallible;
use std::time::Duration;
use tokio::sync::watch::{Receiver, Sender};

pub(crate) const SCRIPT: &str = include_str!("live_reload.js");

/// How soon a page reconnects after the preview was restarted.
const RETRY: Duration = Duration::from_millis(500);

/// A handle on all open pages; clones share it.
#[derive(Debug, Clone, Default)]
pub(crate) struct LiveReload {
    state: Sender<State>,
}

#[derive(Debug, Default)]
struct State {
    /// the number of updates of the site
    builds: u64,
    /// the number of changes of style sheets alone
    styles: u64,
    error: Option<String>,
}

impl LiveReload {
    /// Reloads all pages, after the server has the new version. An error that is shown stays.
    pub(crate) fn reload(&self) {
        self.state.send_modify(|state| state.builds += 1);
    }

    /// Reloads the style sheets of all pages, and nothing else.
    pub(crate) fn restyle(&self) {
        self.state.send_modify(|state| state.styles += 1);
    }

    /// Shows a text over every page until [`clear_error`](LiveReload::clear_error).
    pub(crate) fn show_error(&self, text: impl Into<String>) {
        self.state.send_modify(|state| state.error = Some(text.into()));
    }

    /// Removes the text of [`show_error`](LiveReload::show_error).
    pub(crate) fn clear_error(&self) {
        self.state.send_if_modified(|state| state.error.take().is_some());
    }

    /// An identifier that differs after each update and in each process.
    pub(crate) fn version(&self) -> String {
        version(self.state.borrow().builds)
    }

    /// The state at once, and whenever it changes.
    pub(crate) fn events(&self) -> impl Stream<Item = Result<Event, Infallible>> + use<> {
        let mut states = self.state.subscribe();
        states.mark_changed();
        unfold(states, |mut states| async move {
            states.changed().await.ok()?;
            let event = Event::default().retry(RETRY).data(state_json(&mut states));
            Some((Ok(event), states))
        })
    }
}

fn version(builds: u64) -> String {
    format!("{}.{builds}", std::process::id())
}

fn state_json(states: &mut Receiver<State>) -> String {
    #[derive(Serialize)]
    struct Message<'a> {
        version: String,
        styles: u64,
        error: Option<&'a str>,
    }
    let state = states.borrow_and_update();
    let message = Message { version: version(state.builds), styles: state.styles, error: state.error.as_deref() };
    serde_json::to_string(&message).expect("strings and numbers can always be serialised")
}

/// A page with the script before its last `</body>`, or at its end where it has none. `desk` is the address of the desk, where there is one.
pub(crate) fn with_script(page: &[u8], version: &str, desk: Option<&str>) -> Vec<u8> {
    const END: &[u8] = b"</body>";
    let at = page.windows(END.len()).rposition(|part| part.eq_ignore_ascii_case(END)).unwrap_or(page.len());
    let desk = desk.map_or(String::new(), |desk| format!(" data-desk=\"{desk}\""));
    let script = format!("<script src=\"/__wenzhai/live.js\" data-version=\"{version}\"{desk} defer></script>");
    [&page[..at], script.as_bytes(), &page[at..]].concat()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_script_is_inserted_before_the_last_end_of_the_body() {
        let page = with_script("<body><pre>&lt;/body></pre><!-- </body> --></BODY></html>".as_bytes(), "1.0", None);
        let page = String::from_utf8(page).unwrap();
        assert!(
            page.ends_with("--><script src=\"/__wenzhai/live.js\" data-version=\"1.0\" defer></script></BODY></html>")
        );
        assert!(String::from_utf8(with_script("产".as_bytes(), "1.0", None)).unwrap().starts_with("产<script "));
    }

    #[test]
    fn an_error_is_sent_as_one_line_and_stays_over_a_reload() {
        let live = LiveReload::default();
        let mut states = live.state.subscribe();
        live.show_error("a.md:1\n<b>wrong</b>");
        let first = live.version();
        live.reload();
        let message = state_json(&mut states);
        assert_eq!(
            message,
            format!("{{\"version\":\"{}\",\"styles\":0,\"error\":\"a.md:1\\n<b>wrong</b>\"}}", live.version())
        );
        assert_ne!(live.version(), first);
    }

    #[test]
    fn clearing_no_error_sends_nothing() {
        let live = LiveReload::default();
        let states = live.state.subscribe();
        live.clear_error();
        assert!(!states.has_changed().unwrap());
        live.clone().show_error("x");
        assert!(states.has_changed().unwrap());
    }
}
