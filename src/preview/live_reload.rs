//! What the preview tells a page that is open in a browser: that the site was built again, or that it could not be.
//!
//! [`LiveReload`] holds one state, which every open page hears when it changes and a new page hears at once. The page's
//! part is `live.js`, which [`with_script`] puts into every page with the version of the site that the page was made
//! from: a page that was fetched just before a build knows that it is old.

use axum::response::sse::Event;
use futures_util::stream::{Stream, unfold};
use serde::Serialize;
use std::convert::Infallible;
use std::time::Duration;
use tokio::sync::watch::{Receiver, Sender};

/// The page's part.
pub(crate) const SCRIPT: &str = include_str!("live_reload.js");

/// How soon a page asks again when the preview was restarted.
const RETRY: Duration = Duration::from_millis(500);

/// A handle on all open pages; clones are the same handle.
#[derive(Debug, Clone)]
pub(crate) struct LiveReload {
    state: Sender<State>,
}

#[derive(Debug, Default)]
struct State {
    builds: u64,
    /// how often the style sheets changed
    styles: u64,
    error: Option<String>,
}

impl Default for LiveReload {
    fn default() -> Self {
        Self::new()
    }
}

impl LiveReload {
    pub(crate) fn new() -> Self {
        Self { state: Sender::new(State::default()) }
    }

    /// The site was built again, and the preview shows it already: pages load themselves anew. An error that is shown goes
    /// on being shown.
    pub(crate) fn reload(&self) {
        self.state.send_modify(|state| state.builds += 1);
    }

    /// Style sheets changed, and nothing else: pages take the new ones, and stay as they are.
    pub(crate) fn restyle(&self) {
        self.state.send_modify(|state| state.styles += 1);
    }

    /// Show a text over every page until [`clear_error`](LiveReload::clear_error).
    pub(crate) fn show_error(&self, text: impl Into<String>) {
        self.state.send_modify(|state| state.error = Some(text.into()));
    }

    pub(crate) fn clear_error(&self) {
        self.state.send_if_modified(|state| state.error.take().is_some());
    }

    /// A word that is another one after each build and in each process.
    pub(crate) fn version(&self) -> String {
        version(self.state.borrow().builds)
    }

    /// The state now, and again whenever it changes.
    pub(crate) fn events(&self) -> impl Stream<Item = Result<Event, Infallible>> + use<> {
        let mut states = self.state.subscribe();
        states.mark_changed();
        unfold(states, |mut states| async move {
            states.changed().await.ok()?;
            let event = Event::default().retry(RETRY).data(told(&mut states));
            Some((Ok(event), states))
        })
    }
}

fn version(builds: u64) -> String {
    format!("{}.{builds}", std::process::id())
}

fn told(states: &mut Receiver<State>) -> String {
    #[derive(Serialize)]
    struct Told<'a> {
        version: String,
        styles: u64,
        error: Option<&'a str>,
    }
    let state = states.borrow_and_update();
    let told = Told { version: version(state.builds), styles: state.styles, error: state.error.as_deref() };
    serde_json::to_string(&told).expect("strings and a number are always JSON")
}

/// A page with the script before its last `</body>`, or at its end where it has none.
pub(crate) fn with_script(page: &[u8], version: &str) -> Vec<u8> {
    const END: &[u8] = b"</body>";
    let at = page.windows(END.len()).rposition(|part| part.eq_ignore_ascii_case(END)).unwrap_or(page.len());
    let script = format!("<script src=\"/__wenzhai/live.js\" data-version=\"{version}\" defer></script>");
    [&page[..at], script.as_bytes(), &page[at..]].concat()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_script_stands_before_the_last_end_of_the_body() {
        let page = with_script("<body><pre>&lt;/body></pre><!-- </body> --></BODY></html>".as_bytes(), "1.0");
        let page = String::from_utf8(page).unwrap();
        assert!(
            page.ends_with("--><script src=\"/__wenzhai/live.js\" data-version=\"1.0\" defer></script></BODY></html>")
        );
        assert!(String::from_utf8(with_script("产".as_bytes(), "1.0")).unwrap().starts_with("产<script "));
    }

    #[test]
    fn an_error_is_told_as_one_line_and_stays_over_a_reload() {
        let live = LiveReload::new();
        let mut states = live.state.subscribe();
        live.show_error("a.md:1\n<b>wrong</b>");
        let first = live.version();
        live.reload();
        let told = told(&mut states);
        assert_eq!(
            told,
            format!("{{\"version\":\"{}\",\"styles\":0,\"error\":\"a.md:1\\n<b>wrong</b>\"}}", live.version())
        );
        assert_ne!(live.version(), first);
    }

    #[test]
    fn clearing_what_is_clear_tells_nobody() {
        let live = LiveReload::new();
        let states = live.state.subscribe();
        live.clear_error();
        assert!(!states.has_changed().unwrap());
        live.clone().show_error("x");
        assert!(states.has_changed().unwrap());
    }
}
