//! Findings about links out of the site, at their places.

use crate::diagnostics::code::Code;
use crate::diagnostics::diagnostic::Diagnostic;
use crate::diagnostics::message::Message;
use crate::diagnostics::source::{Location, Source};
use crate::message;
use crate::pipeline::links::outcome::{Outcome, Reason, Visit};
use crate::pipeline::links::places::{Links, Place};
use crate::pipeline::links::visit::MAX_REDIRECTS;
use crate::pipeline::tables::article_files::ArticleFiles;
use std::collections::BTreeMap;
use url::Url;

/// So many places of an address that leads nowhere have a finding each.
const PLACES: usize = 5;
/// Characters of an address in a message; the text at the place shows more.
const SHOWN: usize = 200;

/// What is known of an address of [`Links`].
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum State {
    Invalid,
    Visited(Visit),
}

/// An address with all its places.
struct Linked<'l> {
    address: &'l str,
    via: Option<&'l str>,
    places: &'l [Place],
}

/// Host and reason → addresses that could not be checked.
type Unchecked<'l> = BTreeMap<(String, &'l Reason), Vec<Linked<'l>>>;

/// The findings about addresses; those that work have none.
pub(crate) fn findings(texts: &ArticleFiles, links: &Links, states: &BTreeMap<&str, State>) -> Vec<Diagnostic> {
    let (mut found, mut unchecked) = (Vec::new(), Unchecked::new());
    for (&address, state) in states {
        let places = links.places[address].as_slice();
        let (outcome, via) = match state {
            State::Invalid => {
                found.extend(at_places(&invalid(address), places, PLACES));
                continue;
            }
            State::Visited(Visit { outcome, via }) => (outcome, via.as_deref()),
        };
        match outcome {
            Outcome::Works => {}
            Outcome::Moved(to) => found.extend(at_places(&moved(address, to), places, 1)),
            Outcome::Dead(reason) => found.extend(at_places(&dead(address, via, reason), places, PLACES)),
            Outcome::Private => found.extend(at_places(&private(address, via), places, PLACES)),
            Outcome::Unchecked(reason) => {
                let key = (host_of(via.unwrap_or(address)), reason);
                unchecked.entry(key).or_default().push(Linked { address, via, places });
            }
        }
    }
    found.extend(unchecked.into_iter().flat_map(|((host, reason), linked)| remark(&host, reason, linked)));
    found.sort_by_key(|(place, _)| place_key(place));
    located(texts, links, found)
}

/// One remark on all addresses of a host that could not be checked for the same reason, at the first place of them.
fn remark<'l>(host: &str, reason: &Reason, mut linked: Vec<Linked<'l>>) -> Vec<(&'l Place, Diagnostic)> {
    linked.sort_by_key(|linked| linked.places.first().map(place_key));
    let Some(Linked { address, via, places }) = linked.first() else { return Vec::new() };
    let finding = unchecked_link(address, *via, reason);
    let finding = match linked.len() - 1 {
        0 => finding,
        n => with_more(finding, |finding| {
            message!("{finding}; likewise {n} more {address|addresses} of {host}", finding, n, host)
        }),
    };
    at_places(&finding, places, 1)
}

/// Places are sorted by it: by file, then as they are read.
fn place_key(place: &Place) -> (usize, usize) {
    (place.file, place.span.start)
}

/// The finding where nothing could be asked.
pub(crate) fn offline(unasked: usize) -> Diagnostic {
    let message = message!("there is no network: {n} {address was|addresses were} not asked", n = unasked);
    Diagnostic::new(Code::UncheckedLink, message)
        .hint(message!("connect this machine, or correct HTTPS_PROXY, and run the command again"))
}

/// The finding at the first places of an address; the last of them says how many more there are.
fn at_places<'p>(finding: &Diagnostic, places: &'p [Place], most: usize) -> Vec<(&'p Place, Diagnostic)> {
    let shown = &places[..places.len().min(most)];
    let mut found: Vec<(&Place, Diagnostic)> = shown.iter().map(|place| (place, finding.clone())).collect();
    let n = places.len() - shown.len();
    if n > 0
        && let Some((_, last)) = found.last_mut()
    {
        *last = with_more(last.clone(), |finding| {
            message!("{finding}; {n} more {place links|places link} to it", finding, n)
        });
    }
    found
}

fn with_more(finding: Diagnostic, more: impl FnOnce(&Message) -> Message) -> Diagnostic {
    Diagnostic { message: more(&finding.message), ..finding }
}

/// The findings with their locations; a file is read once for all of its findings.
fn located(texts: &ArticleFiles, links: &Links, found: Vec<(&Place, Diagnostic)>) -> Vec<Diagnostic> {
    let mut source: Option<(usize, Option<Source>)> = None;
    let at = |(place, diagnostic): (&Place, Diagnostic)| {
        if source.as_ref().is_none_or(|(file, _)| *file != place.file) {
            source = Some((place.file, texts.source(&links.files[place.file]).ok()));
        }
        match &source {
            Some((_, Some(source))) => diagnostic.at(source, place.span.clone()),
            _ => diagnostic.at_location(Location::file(&links.files[place.file])),
        }
    };
    found.into_iter().map(at).collect()
}

fn invalid(address: &str) -> Diagnostic {
    let message = message!("{address} is no address of the web", address = shown(address));
    let hint = message!("write it with scheme and host, such as https://example.org/digest/");
    Diagnostic::new(Code::DeadLink, message).hint(hint)
}

fn moved(address: &str, to: &str) -> Diagnostic {
    let message = message!("{address} has moved for good to {to}", address = shown(address), to = shown(to));
    Diagnostic::new(Code::MovedLink, message)
        .hint(message!("look whether it is the same page, and write the new address"))
}

fn private(address: &str, via: Option<&str>) -> Diagnostic {
    let address = redirected(address, via);
    let message = message!("{address} leads to this machine or to a private network", address);
    let hint = message!(
        "link to an address that readers can open; where they are in that network too, list the host in [check] private_hosts"
    );
    Diagnostic::new(Code::PrivateLink, message).hint(hint)
}

fn dead(address: &str, via: Option<&str>, reason: &Reason) -> Diagnostic {
    let hint = match reason {
        Reason::Untrusted(_) => message!("open it in a browser: where that shows a warning, readers see it too"),
        Reason::NoHost | Reason::Refused => {
            message!("look for a typing mistake in it; else look whether the site has moved, or take the link out")
        }
        _ => message!("look for the page's new address, or for a copy in an archive; else take the link out"),
    };
    let reason = reason_of(via.unwrap_or(address), reason);
    let message = message!("{address} leads nowhere: {reason}", address = redirected(address, via), reason);
    Diagnostic::new(Code::DeadLink, message).hint(hint)
}

fn unchecked_link(address: &str, via: Option<&str>, reason: &Reason) -> Diagnostic {
    let reason = reason_of(via.unwrap_or(address), reason);
    let message = message!("{address} could not be checked: {reason}", address = redirected(address, via), reason);
    let hint = message!("open it in a browser; [check] skip_hosts leaves out hosts that answer browsers alone");
    Diagnostic::new(Code::UncheckedLink, message).hint(hint)
}

fn reason_of(address: &str, reason: &Reason) -> Message {
    let host = host_of(address);
    match reason {
        Reason::Status(404) => message!("{host} has no such page (404)", host),
        Reason::Status(410) => message!("{host} has removed the page for good (410)", host),
        Reason::Status(status) => message!("{host} answers with status {status}", host, status),
        Reason::Busy(status) => message!("{host} is busy or wants fewer requests ({status})", host, status),
        Reason::NoHost => message!("there is no host {host}", host),
        Reason::Refused => message!("nobody answers at {host}", host),
        Reason::Untrusted(text) => message!("{host} could not prove who it is: {text}", host, text),
        Reason::TimedOut => message!("{host} did not answer in time", host),
        Reason::Broken(text) => message!("the connection to {host} broke: {text}", host, text),
        Reason::ProxyRefused => message!("the proxy does not lead to {host}", host),
        Reason::BadRedirect => message!("{host} redirects to what is no address of the web", host),
        Reason::ManyRedirects => message!("it redirects more than {n} times", n = MAX_REDIRECTS),
    }
}

/// The address, and where it redirects to.
fn redirected(address: &str, via: Option<&str>) -> Message {
    match via {
        Some(via) => message!("{address}, which redirects to {via},", address = shown(address), via = shown(via)),
        None => Message::verbatim(shown(address)),
    }
}

/// Host and port.
fn host_of(address: &str) -> String {
    let url = Url::parse(address).ok();
    let host = url.as_ref().and_then(|url| Some((url.host_str()?, url.port())));
    match host {
        Some((host, Some(port))) => format!("{host}:{port}"),
        Some((host, None)) => host.to_owned(),
        None => address.to_owned(),
    }
}

fn shown(address: &str) -> String {
    match address.char_indices().nth(SHOWN) {
        Some((at, _)) => format!("{}…", &address[..at]),
        None => address.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::io::fs::file;
    use crate::pipeline::tables::rows::Rows;

    /// Findings on links to addresses in one file, one on each line; each address with its state and as many lines as it says.
    fn found(addresses: &[(&str, State, usize)]) -> Vec<(&'static str, usize, String)> {
        let home = tempfile::tempdir().unwrap();
        let (mut text, mut links, mut states) = (String::new(), Links::default(), BTreeMap::new());
        links.files.push("a.md".into());
        for (address, state, places) in addresses {
            states.insert(*address, state.clone());
            for _ in 0..*places {
                let span = text.len()..text.len() + address.len();
                links.places.entry((*address).to_owned()).or_default().push(Place { file: 0, span });
                text.push_str(&format!("{address}\n"));
            }
        }
        file::write(&home.path().join("a.md"), text.as_bytes()).unwrap();
        let found = findings(&ArticleFiles::new(home.path(), Rows::default()), &links, &states).into_iter();
        found.map(|found| (found.code.name(), found.location.unwrap().line, found.message.english())).collect()
    }

    fn visited(outcome: Outcome, via: Option<&str>) -> State {
        State::Visited(Visit { outcome, via: via.map(str::to_owned) })
    }

    #[test]
    fn a_dead_link_is_named_at_its_first_places_and_a_remark_at_the_first() {
        let dead = visited(Outcome::Dead(Reason::Status(404)), None);
        let moved = visited(Outcome::Moved("https://c.example/".into()), None);
        let works = visited(Outcome::Works, None);
        let found = found(&[
            ("https://a.example/x", dead, 8),
            ("https://b.example/", moved, 2),
            ("https://w.example", works, 3),
        ]);
        let message = "https://a.example/x leads nowhere: a.example has no such page (404)";
        let mut expected: Vec<_> = (1..=4).map(|line| ("dead-link", line, message.to_owned())).collect();
        expected.push(("dead-link", 5, format!("{message}; 3 more places link to it")));
        let moved = "https://b.example/ has moved for good to https://c.example/; 1 more place links to it";
        expected.push(("moved-link", 9, moved.to_owned()));
        assert_eq!(found, expected);
    }

    #[test]
    fn a_host_that_answers_programs_with_a_refusal_is_one_remark() {
        let refused = |status| visited(Outcome::Unchecked(Reason::Status(status)), None);
        let found = found(&[
            ("https://b.example/1", refused(403), 1),
            ("https://b.example/2", refused(403), 2),
            ("https://b.example/3", refused(500), 1),
            ("https://a.example/", refused(403), 1),
        ]);
        let expected = [
            (
                1,
                "https://b.example/1 could not be checked: b.example answers with status 403; likewise 1 more address of b.example",
            ),
            (4, "https://b.example/3 could not be checked: b.example answers with status 500"),
            (5, "https://a.example/ could not be checked: a.example answers with status 403"),
        ];
        assert_eq!(found, expected.map(|(line, message)| ("unchecked-link", line, message.to_owned())));
    }

    #[test]
    fn what_a_link_redirects_to_is_named() {
        let private = visited(Outcome::Private, Some("http://10.0.0.1/"));
        let gone = visited(Outcome::Dead(Reason::NoHost), Some("https://b.example:81/x"));
        let long = format!("http://{}", "x".repeat(300));
        let found =
            found(&[("http://a.example/", private, 1), ("http://c.example/", gone, 1), (&long, State::Invalid, 1)]);
        let messages: Vec<&str> = found.iter().map(|(_, _, message)| message.as_str()).collect();
        assert_eq!(
            messages[..2],
            [
                "http://a.example/, which redirects to http://10.0.0.1/, leads to this machine or to a private network",
                "http://c.example/, which redirects to https://b.example:81/x, leads nowhere: there is no host b.example:81",
            ]
        );
        assert!(messages[2].ends_with("xx… is no address of the web") && messages[2].len() < 300, "{}", messages[2]);
    }
}
