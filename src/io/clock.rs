//! How long something took, for the summary that a person reads. Nothing that is written depends on it.

use std::fmt;
use std::time::{Duration, Instant};

/// Runs from [`Stopwatch::start`] on.
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

/// A stretch of time, shown as a person says it: `340 ms`, `2.5 s`, `3 min 20 s`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Elapsed(pub(crate) Duration);

impl Elapsed {
    /// For scripts: to the microsecond.
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
    fn time_is_told_as_people_do() {
        let told = |millis| Elapsed(Duration::from_millis(millis)).to_string();
        assert_eq!(
            [told(0), told(999), told(2_560), told(59_999), told(200_000)],
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
