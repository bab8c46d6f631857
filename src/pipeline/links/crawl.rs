//! Asks many addresses: many hosts at once, the addresses of one origin in turn.

use crate::config::check::CheckRules;
use crate::diagnostics::error::Result;
use crate::io::progress::Stage;
use crate::io::thread_pool::thread_pool;
use crate::io::web::Web;
use crate::pipeline::links::cache::{Known, KnownLinks};
use crate::pipeline::links::host::origin;
use crate::pipeline::links::visit::Visitor;
use crate::util::sync::{into_inner, lock};
use rayon::prelude::*;
use std::collections::BTreeMap;
use std::sync::Mutex;
use url::Url;

/// Connections at once.
pub(crate) const THREADS: usize = 16;
/// What is known is saved so often, in milliseconds, for the case that the user stops the command.
const SAVE_EVERY: u64 = 5000;

/// Keeps what is known, whatever happens to this process.
pub(crate) type Save<'a> = &'a (dyn Fn(&KnownLinks) + Sync);

/// What is known, and when it was saved.
struct Progressing {
    known: KnownLinks,
    saved_at: u64,
}

/// Asks the addresses that are not `known`; returns all that is known then, and how many addresses could not be asked, since there is
/// no network.
///
/// # Errors
/// The operating system gives no threads.
pub(crate) fn crawl(
    web: &dyn Web,
    addresses: Vec<Url>,
    known: KnownLinks,
    rules: &CheckRules,
    stage: &Stage,
    save: Save<'_>,
) -> Result<(KnownLinks, usize)> {
    let pool = thread_pool(THREADS)?;
    let state = Mutex::new(Progressing { known, saved_at: web.now() });
    let visitor = Visitor::new(web, rules);
    let ask_all = |group: &Vec<Url>| {
        let unasked = group.iter().filter(|url| {
            let visit = visitor.visit(url);
            stage.add_one();
            visit.map(|visit| state_after(&state, url, Known::new(visit, web.now()), web.now(), save)).is_err()
        });
        unasked.count()
    };
    let groups = groups(addresses);
    let unasked = pool.install(|| groups.par_iter().with_max_len(1).map(ask_all).sum());
    let known = into_inner(state).known;
    save(&known);
    Ok((known, unasked))
}

/// Addresses by their origin; those with most of them first, since they take longest.
fn groups(addresses: Vec<Url>) -> Vec<Vec<Url>> {
    let mut groups: BTreeMap<String, Vec<Url>> = BTreeMap::new();
    for url in addresses {
        groups.entry(origin(&url)).or_default().push(url);
    }
    let mut groups: Vec<Vec<Url>> = groups.into_values().collect();
    groups.sort_by_key(|group| std::cmp::Reverse(group.len()));
    groups
}

fn state_after(state: &Mutex<Progressing>, url: &Url, known: Known, now: u64, save: Save<'_>) {
    let mut state = lock(state);
    state.known.insert(url.to_string(), known);
    if now.saturating_sub(state.saved_at) >= SAVE_EVERY {
        save(&state.known);
        state.saved_at = now;
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::io::progress::Progress;
    use crate::io::web::NoAnswer;
    use crate::pipeline::links::outcome::{Outcome, Reason};
    use crate::pipeline::links::target::url_of;
    use crate::pipeline::links::test_web::{TestWeb, status};

    fn crawled(web: &TestWeb, addresses: &[String], saved: &Mutex<Vec<usize>>) -> (KnownLinks, usize) {
        let urls = addresses.iter().map(|address| url_of(address).unwrap()).collect();
        let stage = Progress::default().stage("ask", "addresses", addresses.len());
        let save = |known: &KnownLinks| lock(saved).push(known.len());
        crawl(web, urls, KnownLinks::new(), &CheckRules::default(), &stage, &save).unwrap()
    }

    #[test]
    fn a_host_is_asked_four_times_a_second_and_what_is_known_is_saved_meanwhile() {
        let addresses: Vec<String> = (0..60).map(|n| format!("https://a.example/{n}")).collect();
        let web =
            addresses.iter().fold(TestWeb::new(), |web, address| web.with(&format!("HEAD {address}"), status(200)));
        let saved = Mutex::default();
        let (known, unasked) = crawled(&web, &addresses, &saved);
        assert_eq!((known.len(), unasked), (60, 0));
        assert!(known.values().all(|known| known.visit.outcome == Outcome::Works));
        assert!(web.times().windows(2).all(|pair| pair[1] - pair[0] >= 250), "{:?}", web.times());
        let saved = into_inner(saved);
        assert!(saved.len() >= 3 && saved.is_sorted() && saved.last() == Some(&60), "{saved:?}");
    }

    #[test]
    fn a_host_that_does_not_answer_is_not_asked_for_each_address() {
        let addresses: Vec<String> = (0..9).map(|n| format!("https://slow.example/{n}")).collect();
        let silent = |web: TestWeb, address: &String| web.with(&format!("HEAD {address}"), Err(NoAnswer::TimedOut));
        let web = addresses.iter().fold(TestWeb::new(), silent);
        let (known, _) = crawled(&web, &addresses, &Mutex::default());
        assert!(known.values().all(|known| known.visit.outcome == Outcome::Unchecked(Reason::TimedOut)));
        assert_eq!((known.len(), web.requests().len()), (9, 2));
        let addresses: Vec<String> = (0..9).map(|n| format!("http://gone.example:{}/{n}", 80 + n % 2)).collect();
        let refused = |web: TestWeb, address: &String| web.with(&format!("HEAD {address}"), Err(NoAnswer::Refused));
        let web = addresses.iter().fold(TestWeb::new(), |web, address| refused(web, &address.replace(":80/", "/")));
        assert_eq!((crawled(&web, &addresses, &Mutex::default()).0.len(), web.requests().len()), (9, 2), "one a port");
    }

    #[test]
    fn without_a_network_all_addresses_are_counted_and_none_is_kept() {
        let addresses: Vec<String> = (0..40).map(|n| format!("https://host{n}.example/")).collect();
        let web = TestWeb::offline();
        assert_eq!(crawled(&web, &addresses, &Mutex::default()), (KnownLinks::new(), 40));
    }
}
