//! Asks one address.
//!
//! 1. Nothing is asked of a host that has no name in the net, that is private, or of which enough is known.
//! 2. HEAD; GET where HEAD gets a refusal or none at all, since many servers answer it wrongly.
//! 3. A busy server is asked again after the time that it names.
//! 4. Redirects are followed, each by these steps. As long as all of them are permanent, the page has moved for good.

use crate::config::check::CheckRules;
use crate::io::web::{Answer, Method, NoAnswer, Web};
use crate::pipeline::links::host::Hosts;
use crate::pipeline::links::outcome::{Meaning, Outcome, Reason, Visit, meaning_of};
use crate::pipeline::links::target::{Target, is_private_ip, joined, target_of_url};
use std::sync::atomic::{AtomicBool, Ordering};
use url::{Host, Url};

pub(crate) const MAX_REDIRECTS: usize = 8;
/// How often a busy server is asked again.
const BUSY_RETRIES: usize = 2;

/// Asks addresses, on any number of threads.
pub(crate) struct Visitor<'a> {
    web: &'a dyn Web,
    rules: &'a CheckRules,
    hosts: Hosts,
    is_offline: AtomicBool,
}

/// This machine has no network: nothing is known of the address.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Offline;

/// What asking an address once has shown.
enum Step {
    End(Outcome),
    Redirect { to: Url, is_permanent: bool },
}

impl<'a> Visitor<'a> {
    pub(crate) fn new(web: &'a dyn Web, rules: &'a CheckRules) -> Self {
        Self { web, rules, hosts: Hosts::default(), is_offline: AtomicBool::new(false) }
    }

    /// Asks an address.
    ///
    /// # Errors
    /// There is no network; from then on, nothing is asked.
    pub(crate) fn visit(&self, url: &Url) -> Result<Visit, Offline> {
        let (mut at, mut moved, mut is_permanent_so_far) = (url.clone(), None, true);
        for _ in 0..=MAX_REDIRECTS {
            match self.step(&at)? {
                Step::Redirect { to, is_permanent } => {
                    is_permanent_so_far &= is_permanent;
                    if is_permanent_so_far {
                        moved = Some(to.to_string());
                    }
                    at = to;
                }
                Step::End(Outcome::Works) => {
                    let outcome = moved.filter(|to| to != url.as_str()).map_or(Outcome::Works, Outcome::Moved);
                    return Ok(Visit { outcome, via: None });
                }
                Step::End(outcome) => {
                    return Ok(Visit { outcome, via: (at != *url).then(|| at.to_string()) });
                }
            }
        }
        Ok(Visit { outcome: Outcome::Unchecked(Reason::ManyRedirects), via: None })
    }

    /// Asks an address without following its redirect.
    fn step(&self, url: &Url) -> Result<Step, Offline> {
        if self.is_offline.load(Ordering::Relaxed) {
            return Err(Offline);
        }
        match target_of_url(url.clone(), self.rules) {
            Target::Private => return Ok(Step::End(Outcome::Private)),
            // a redirect leads there, which is all that is to be known
            Target::LeftOut | Target::Invalid => return Ok(Step::End(Outcome::Works)),
            Target::Ask(_) => {}
        }
        if let Some(outcome) = self.hosts.decided(url) {
            return Ok(Step::End(outcome));
        }
        let step = match self.unreachable(url)? {
            Some(outcome) => Step::End(outcome),
            None => self.asked(url)?,
        };
        if let Step::End(outcome) = &step {
            self.hosts.record(url, outcome);
        }
        Ok(step)
    }

    /// The outcome where the host's name leads nowhere, or into a private network.
    fn unreachable(&self, url: &Url) -> Result<Option<Outcome>, Offline> {
        let Some(Host::Domain(name)) = url.host() else { return Ok(None) };
        if self.hosts.is_found(url) {
            return Ok(None);
        }
        match self.web.addresses(name) {
            // a name is not found either where there is no network
            None if !self.web.is_online() => Err(self.offline()),
            None => Ok(Some(Outcome::Dead(Reason::NoHost))),
            Some(found) => {
                // where a public address is among them, readers get there; some proxies add private ones of their own
                let is_inside = !found.is_empty() && found.iter().all(|&ip| is_private_ip(ip));
                let is_private = is_inside && !self.rules.is_reachable(name);
                if !is_private {
                    self.hosts.set_found(url);
                }
                Ok(is_private.then_some(Outcome::Private))
            }
        }
    }

    fn asked(&self, url: &Url) -> Result<Step, Offline> {
        let mut retries = 0..BUSY_RETRIES;
        loop {
            let answer = match self.answer(url) {
                Ok(answer) => answer,
                Err(no_answer) => {
                    return Outcome::without_answer(no_answer).map(Step::End).ok_or_else(|| self.offline());
                }
            };
            let status = answer.status;
            match meaning_of(answer, self.web.now()) {
                Meaning::Is(outcome) => return Ok(Step::End(outcome)),
                Meaning::Redirect { location, is_permanent } => {
                    let bad = Step::End(Outcome::Unchecked(Reason::BadRedirect));
                    return Ok(joined(url, &location).map_or(bad, |to| Step::Redirect { to, is_permanent }));
                }
                Meaning::Busy(Some(wait)) if retries.next().is_some() => self.hosts.hold(self.web, url, wait),
                Meaning::Busy(_) => return Ok(Step::End(Outcome::Unchecked(Reason::Busy(status)))),
            }
        }
    }

    /// The answer to HEAD, or to GET where HEAD gets none that can be relied on.
    fn answer(&self, url: &Url) -> Result<Answer, NoAnswer> {
        match self.hosts.ask(self.web, Method::Head, url) {
            Ok(answer) if answer.status < 400 || matches!(answer.status, 429 | 503) => Ok(answer),
            Ok(_) | Err(NoAnswer::Broken(_)) => self.hosts.ask(self.web, Method::Get, url),
            Err(no_answer) => Err(no_answer),
        }
    }

    fn offline(&self) -> Offline {
        self.is_offline.store(true, Ordering::Relaxed);
        Offline
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::settings::parse;
    use crate::diagnostics::source::Source;
    use crate::pipeline::links::target::url_of;
    use crate::pipeline::links::test_web::{TestWeb, redirect, status};

    fn visited(web: &TestWeb, address: &str) -> (Outcome, Option<String>) {
        let rules = CheckRules::default();
        let Visit { outcome, via } = Visitor::new(web, &rules).visit(&url_of(address).unwrap()).unwrap();
        (outcome, via)
    }

    fn dead(status: u16) -> Outcome {
        Outcome::Dead(Reason::Status(status))
    }

    #[test]
    fn get_is_asked_only_where_head_is_refused_or_broken() {
        let web = TestWeb::new().with("HEAD https://a.example/", status(200));
        assert_eq!(visited(&web, "https://a.example/#s1"), (Outcome::Works, None));
        assert_eq!(web.requests(), ["HEAD https://a.example/"]);
        for refusal in [status(403), status(404), status(405), status(501), Err(NoAnswer::Broken("reset".into()))] {
            let web = TestWeb::new().with("HEAD https://a.example/x", refusal);
            let web = web.with("GET https://a.example/x", status(200));
            assert_eq!(visited(&web, "https://a.example/x").0, Outcome::Works);
        }
        let web =
            TestWeb::new().with("HEAD https://a.example/", status(404)).with("GET https://a.example/", status(410));
        assert_eq!(visited(&web, "https://a.example/"), (dead(410), None));
        let web = TestWeb::new().with("HEAD https://a.example/", Err(NoAnswer::Refused));
        assert_eq!(visited(&web, "https://a.example/").0, Outcome::Dead(Reason::Refused));
    }

    #[test]
    fn only_permanent_redirects_from_the_beginning_on_move_a_page() {
        let web = TestWeb::new()
            .with("HEAD http://a.example/", redirect(301, "https://a.example/"))
            .with("HEAD https://a.example/", redirect(308, "/neu"))
            .with("HEAD https://a.example/neu", redirect(302, "https://b.example/login"))
            .with("HEAD https://b.example/login", redirect(301, "/in"))
            .with("HEAD https://b.example/in", status(200));
        assert_eq!(visited(&web, "http://a.example/").0, Outcome::Moved("https://a.example/neu".into()));
        assert_eq!(visited(&web, "https://a.example/neu").0, Outcome::Works);
    }

    #[test]
    fn a_redirect_to_what_does_not_work_names_it() {
        let web = TestWeb::new()
            .with("HEAD http://a.example/", redirect(301, "http://b.example/x"))
            .with("HEAD http://b.example/x", status(404))
            .with("GET http://b.example/x", status(404))
            .with("HEAD http://c.example/", redirect(302, "http://192.168.0.1/admin"))
            .with("HEAD http://d.example/", redirect(302, "file:///etc/passwd"))
            .with("HEAD http://e.example/", redirect(302, "/"));
        assert_eq!(visited(&web, "http://a.example/"), (dead(404), Some("http://b.example/x".into())));
        let private = (Outcome::Private, Some("http://192.168.0.1/admin".into()));
        assert_eq!(visited(&web, "http://c.example/"), private, "and it is not asked");
        assert_eq!(visited(&web, "http://d.example/").0, Outcome::Unchecked(Reason::BadRedirect));
        assert_eq!(visited(&web, "http://e.example/").0, Outcome::Unchecked(Reason::ManyRedirects));
    }

    #[test]
    fn a_busy_server_is_asked_again_when_it_says_and_not_for_ever() {
        let busy = |after: &str| Ok(Answer { status: 429, location: None, retry_after: Some(after.to_owned()) });
        let web =
            TestWeb::new().with("HEAD https://a.example/", busy("7")).with("HEAD https://a.example/", status(200));
        assert_eq!(visited(&web, "https://a.example/").0, Outcome::Works);
        assert_eq!(web.times(), [0, 7010]);
        let web = TestWeb::new().with("HEAD https://a.example/", busy("1"));
        assert_eq!(visited(&web, "https://a.example/").0, Outcome::Unchecked(Reason::Busy(429)));
        assert_eq!(web.requests().len(), 1 + BUSY_RETRIES);
        let web = TestWeb::new().with("HEAD https://a.example/", busy("3600"));
        assert_eq!(visited(&web, "https://a.example/").0, Outcome::Unchecked(Reason::Busy(429)));
        assert_eq!(web.requests().len(), 1);
    }

    #[test]
    fn a_name_that_leads_nowhere_or_into_a_private_network_is_not_asked() {
        let web = TestWeb::new().host_at("inside.example", &[[10, 0, 0, 1]]);
        assert_eq!(visited(&web, "https://gone.example/").0, Outcome::Dead(Reason::NoHost));
        assert_eq!(visited(&web, "https://inside.example/").0, Outcome::Private);
        assert_eq!(web.requests(), [""; 0]);
        let web = web.with("HEAD https://inside.example/", status(200)).with("HEAD https://both.example/", status(200));
        let web = web.host_at("both.example", &[[10, 0, 0, 1], [203, 0, 113, 9]]);
        assert_eq!(visited(&web, "https://both.example/").0, Outcome::Works);
        let rules = parse(&Source::new("site.toml", "[check]\nprivate_hosts = ['inside.example']")).unwrap().check;
        let visit = Visitor::new(&web, &rules).visit(&url_of("https://inside.example/").unwrap());
        assert_eq!(visit, Ok(Visit { outcome: Outcome::Works, via: None }));
    }

    #[test]
    fn without_a_network_nothing_is_known_of_any_address() {
        for web in [TestWeb::offline(), TestWeb::new().with("HEAD https://a.example/", Err(NoAnswer::NoProxy))] {
            let rules = CheckRules::default();
            let visitor = Visitor::new(&web, &rules);
            assert_eq!(visitor.visit(&url_of("https://a.example/").unwrap()), Err(Offline));
            let asked = web.requests().len();
            assert_eq!(visitor.visit(&url_of("https://8.8.8.8/").unwrap()), Err(Offline));
            assert_eq!(web.requests().len(), asked, "nothing is asked any more");
        }
    }
}
