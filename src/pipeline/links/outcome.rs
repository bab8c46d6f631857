//! The outcome of asking an address, and how long it holds.

use crate::io::web::{Answer, NoAnswer};
use jiff::fmt::rfc2822::DateTimeParser;
use serde::{Deserialize, Serialize};
use std::time::Duration;

/// How long an address that works is taken to work, in milliseconds.
const HOLDS_GOOD: u64 = 14 * 24 * 60 * 60 * 1000;
/// How long one that does not, so that what was corrected at the other end soon shows.
const HOLDS_BAD: u64 = 60 * 60 * 1000;
/// The longest that a busy server is waited for.
const MAX_WAIT: Duration = Duration::from_secs(30);

/// What asking an address has shown.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub(crate) enum Outcome {
    Works,
    /// it works, and has moved for good to this address
    Moved(String),
    /// it leads to this machine or a private network
    Private,
    /// it leads nowhere
    Dead(Reason),
    /// it may work in a browser
    Unchecked(Reason),
}

/// Why an address does not work, or could not be checked.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub(crate) enum Reason {
    Status(u16),
    NoHost,
    Refused,
    Untrusted(String),
    TimedOut,
    Broken(String),
    ProxyRefused,
    /// the server asks for patience, with this status
    Busy(u16),
    /// it redirects to what is no address
    BadRedirect,
    ManyRedirects,
}

/// An outcome, and the address that it is of where the one that was asked redirects there.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub(crate) struct Visit {
    pub(crate) outcome: Outcome,
    pub(crate) via: Option<String>,
}

impl Outcome {
    /// Whether it still holds after so many milliseconds.
    pub(crate) fn holds_after(&self, age: u64) -> bool {
        match self {
            Self::Works | Self::Moved(_) => age < HOLDS_GOOD,
            Self::Dead(_) | Self::Unchecked(_) => age < HOLDS_BAD,
            // it follows from the settings, and from a name that is looked up again
            Self::Private => false,
        }
    }

    /// Whether no other address of the same origin can have another one.
    pub(crate) fn is_of_origin(&self) -> bool {
        matches!(
            self,
            Self::Dead(Reason::NoHost | Reason::Refused | Reason::Untrusted(_))
                | Self::Unchecked(Reason::ProxyRefused | Reason::Busy(_))
                | Self::Private
        )
    }

    /// Of an address that nobody answered at; none where that says nothing of the address, since the proxy cannot be reached.
    pub(crate) fn without_answer(no_answer: NoAnswer) -> Option<Self> {
        Some(match no_answer {
            NoAnswer::Refused => Self::Dead(Reason::Refused),
            NoAnswer::Untrusted(text) => Self::Dead(Reason::Untrusted(text)),
            NoAnswer::TimedOut => Self::Unchecked(Reason::TimedOut),
            NoAnswer::Broken(text) => Self::Unchecked(Reason::Broken(text)),
            NoAnswer::ProxyRefused => Self::Unchecked(Reason::ProxyRefused),
            NoAnswer::NoProxy => return None,
        })
    }
}

/// What an answer says of its address.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Meaning {
    Is(Outcome),
    /// the page is at this location
    Redirect {
        location: String,
        is_permanent: bool,
    },
    /// the server asks for patience; for how long, where it says so
    Busy(Option<Duration>),
}

/// What an answer says; `now` in milliseconds since 1970.
pub(crate) fn meaning_of(answer: Answer, now: u64) -> Meaning {
    let status = answer.status;
    match (status, answer.location) {
        (200..=299, _) => Meaning::Is(Outcome::Works),
        (301 | 302 | 303 | 307 | 308, Some(location)) => {
            Meaning::Redirect { location, is_permanent: matches!(status, 301 | 308) }
        }
        (404 | 410, _) => Meaning::Is(Outcome::Dead(Reason::Status(status))),
        (429 | 503, _) => Meaning::Busy(answer.retry_after.and_then(|after| wait(&after, now))),
        _ => Meaning::Is(Outcome::Unchecked(Reason::Status(status))),
    }
}

/// `Retry-After`: seconds or a time; none where that is later than anybody waits.
fn wait(retry_after: &str, now: u64) -> Option<Duration> {
    let seconds = retry_after.trim().parse().ok().map(Duration::from_secs);
    let until = || {
        let time = DateTimeParser::new().parse_timestamp(retry_after.trim()).ok()?;
        let milliseconds = u64::try_from(time.as_millisecond()).ok()?;
        Some(Duration::from_millis(milliseconds.saturating_sub(now)))
    };
    seconds.or_else(until).filter(|wait| *wait <= MAX_WAIT)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn meaning(status: u16, location: Option<&str>, retry_after: Option<&str>) -> Meaning {
        let [location, retry_after] = [location, retry_after].map(|text| text.map(str::to_owned));
        // 2025-03-18T08:00:00Z
        meaning_of(Answer { status, location, retry_after }, 1_742_284_800_000)
    }

    #[test]
    fn only_what_says_that_the_page_is_gone_is_dead() {
        let is = |status| match meaning(status, None, None) {
            Meaning::Is(outcome) => outcome,
            other => panic!("{status}: {other:?}"),
        };
        assert!([200, 204, 206].iter().all(|&status| is(status) == Outcome::Works));
        assert!([404, 410].iter().all(|&status| is(status) == Outcome::Dead(Reason::Status(status))));
        for status in [101, 300, 301, 304, 400, 401, 403, 405, 412, 451, 500, 502, 504, 521, 999] {
            assert_eq!(is(status), Outcome::Unchecked(Reason::Status(status)));
        }
    }

    #[test]
    fn a_redirect_is_permanent_or_not() {
        for (status, is_permanent) in [(301, true), (302, false), (303, false), (307, false), (308, true)] {
            let location = "/neu".to_owned();
            assert_eq!(meaning(status, Some("/neu"), None), Meaning::Redirect { location, is_permanent });
        }
    }

    #[test]
    fn a_busy_server_is_waited_for_as_long_as_it_asks_but_not_for_long() {
        let busy = |after| match meaning(429, None, after) {
            Meaning::Busy(wait) => wait.map(|wait| wait.as_secs()),
            other => panic!("{other:?}"),
        };
        assert_eq!([busy(Some("2")), busy(Some(" 30 ")), busy(Some("31"))], [Some(2), Some(30), None]);
        assert_eq!(busy(Some("Tue, 18 Mar 2025 08:00:07 GMT")), Some(7));
        assert_eq!(busy(Some("Tue, 18 Mar 2025 07:00:00 GMT")), Some(0), "it is over");
        assert_eq!([busy(Some("Tue, 18 Mar 2025 09:00:00 GMT")), busy(Some("soon")), busy(None)], [None; 3]);
        assert_eq!(meaning(503, None, Some("1")), Meaning::Busy(Some(Duration::from_secs(1))));
    }

    #[test]
    fn what_works_holds_for_days_and_what_does_not_for_an_hour() {
        const HOUR: u64 = 60 * 60 * 1000;
        let moved = Outcome::Moved("https://a.example/".into());
        assert!(Outcome::Works.holds_after(13 * 24 * HOUR) && moved.holds_after(13 * 24 * HOUR));
        assert!(!Outcome::Works.holds_after(14 * 24 * HOUR));
        for outcome in [Outcome::Dead(Reason::Status(404)), Outcome::Unchecked(Reason::TimedOut)] {
            assert!(outcome.holds_after(HOUR - 1) && !outcome.holds_after(HOUR));
        }
        assert!(!Outcome::Private.holds_after(0));
    }
}
