//! Hosts while they are asked: one request at a time with a pause behind it, and what is known of an origin as a whole.

use crate::io::web::{Answer, Method, NoAnswer, Web};
use crate::pipeline::links::outcome::{Outcome, Reason};
use crate::util::sync::lock;
use std::collections::HashMap;
use std::sync::{Arc, Mutex};
use std::time::Duration;
use url::Url;

/// Between two requests to a host: at most four a second.
const PAUSE: Duration = Duration::from_millis(250);
/// An origin that so many addresses in turn got no answer from in time is not asked any more.
const TIMEOUTS: u32 = 2;

/// All hosts that were asked.
#[derive(Debug, Default)]
pub(crate) struct Hosts(Mutex<HashMap<String, Arc<Mutex<Host>>>>);

/// What is known of a host.
#[derive(Debug, Default)]
struct Host {
    /// when it may be asked again, in milliseconds since 1970
    free_at: u64,
    /// its name has been looked up, and leads to the net
    is_found: bool,
    /// origin → the outcome of all its addresses
    decided: HashMap<String, Outcome>,
    /// origin → addresses in turn that timed out
    timeouts: HashMap<String, u32>,
}

impl Hosts {
    fn host(&self, url: &Url) -> Arc<Mutex<Host>> {
        lock(&self.0).entry(url.host_str().unwrap_or_default().to_owned()).or_default().clone()
    }

    /// Whether the host's name has been found before.
    pub(crate) fn is_found(&self, url: &Url) -> bool {
        lock(&self.host(url)).is_found
    }

    pub(crate) fn set_found(&self, url: &Url) {
        lock(&self.host(url)).is_found = true;
    }

    /// The outcome of all addresses of this one's origin, where it has been decided.
    pub(crate) fn decided(&self, url: &Url) -> Option<Outcome> {
        lock(&self.host(url)).decided.get(&origin(url)).cloned()
    }

    /// Takes note of an address's outcome for its origin.
    pub(crate) fn record(&self, url: &Url, outcome: &Outcome) {
        let (host, origin) = (self.host(url), origin(url));
        let mut host = lock(&host);
        let timeouts = host.timeouts.entry(origin.clone()).or_default();
        *timeouts = if *outcome == Outcome::Unchecked(Reason::TimedOut) { *timeouts + 1 } else { 0 };
        if *timeouts >= TIMEOUTS || outcome.is_of_origin() {
            host.decided.insert(origin, outcome.clone());
        }
    }

    /// Asks an address, once its host may be asked.
    pub(crate) fn ask(&self, web: &dyn Web, method: Method, url: &Url) -> Result<Answer, NoAnswer> {
        let host = self.host(url);
        // the lock is what keeps others from asking meanwhile
        let mut host = lock(&host);
        let wait = host.free_at.saturating_sub(web.now());
        if wait > 0 {
            web.pause(Duration::from_millis(wait));
        }
        let answer = web.ask(method, url.as_str());
        host.free_at = web.now() + millis(PAUSE);
        answer
    }

    /// Lets nobody ask a host for a while.
    pub(crate) fn hold(&self, web: &dyn Web, url: &Url, wait: Duration) {
        let host = self.host(url);
        let mut host = lock(&host);
        host.free_at = host.free_at.max(web.now() + millis(wait));
    }
}

/// Scheme, host and port.
pub(crate) fn origin(url: &Url) -> String {
    url.origin().ascii_serialization()
}

fn millis(duration: Duration) -> u64 {
    u64::try_from(duration.as_millis()).unwrap_or(u64::MAX)
}
