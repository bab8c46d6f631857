//! Elapsed time, for the summaries that people and scripts read, and the day, for what is due after some days. No output file
//! depends on it.

use std::fmt;
use std::time::{Duration, Instant, SystemTime, UNIX_EPOCH};

/// A clock that runs from [`Stopwatch::start`].
#[derive(Debug, Clone, Copy)]
pub(crate) struct Stopwatch {
    started: Instant,
}

impl Stopwatch {
    pub(crate) fn start() -> Self {
        Self { started: Instant::now() }
    }

    pub(crate) fn elapsed(self) -> Elapsed {
        Elapsed(self.started.elapsed())
    }
}

/// The day by this machine's clock, counted from 1970.
#[allow(clippy::disallowed_methods, reason = "the clock is read here")]
pub(crate) fn today() -> u32 {
    let since = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
    u32::try_from(since.as_secs() / (24 * 60 * 60)).unwrap_or(u32::MAX)
}

/// The time by this machine's clock, in UTC to the second: `2026-11-22T14:03:09Z`.
#[allow(clippy::disallowed_methods, reason = "the clock is read here")]
pub(crate) fn now() -> String {
    let since = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
    let seconds = i64::try_from(since.as_secs()).unwrap_or(i64::MAX);
    jiff::Timestamp::from_second(seconds).map_or_else(|_| String::new(), |time| time.to_string())
}

/// A duration, displayed as `340 ms`, `2.5 s` or `3 min 20 s`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Elapsed(pub(crate) Duration);

impl Elapsed {
    /// Milliseconds, rounded to microseconds.
    pub(crate) fn milliseconds(self) -> f64 {
        (self.0.as_secs_f64() * 1e6).round() / 1e3
    }
}

impl fmt::Display for Elapsed {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let seconds = self.0.as_secs();
        match seconds {
            0 => write!(f, "{} ms", self.0.as_millis()),
            1..60 => write!(f, "{seconds}.{} s", self.0.subsec_millis() / 100),
            _ => write!(f, "{} min {} s", seconds / 60, seconds % 60),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn durations_are_displayed_in_fitting_units() {
        let displayed = |millis| Elapsed(Duration::from_millis(millis)).to_string();
        assert_eq!(
            [displayed(0), displayed(999), displayed(2_560), displayed(59_999), displayed(200_000)],
            ["0 ms", "999 ms", "2.5 s", "59.9 s", "3 min 20 s"]
        );
    }

    #[test]
    fn a_stopwatch_goes_forward() {
        let watch = Stopwatch::start();
        let first = watch.elapsed();
        std::thread::sleep(Duration::from_millis(2));
        assert!(watch.elapsed() > first);
    }
}
