//! How far a command has come, for a person who waits and for a script that measures.
//!
//! A command's work is a row of stages: each has a name, and counts what it has done. What is told of them depends on who
//! listens:
//!
//! - on a terminal, a stage that takes more than [`PATIENCE`] shows a line that moves: what, how many of how many, how fast,
//!   how long still; it is gone when the stage ends
//! - with `-v`, each stage leaves a line on standard error: its name, its count, its bytes, its time
//! - with `--json`, each stage leaves a JSON line on standard output that says the same
//!
//! Through a pipe nothing moves. A [`Progress`] is a handle: clones tell of the same command, and the default one is silent,
//! so a stage never asks whether somebody listens.

use crate::io::clock::{Elapsed, Stopwatch};
use crate::io::terminal;
use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};
use serde::Serialize;
use std::sync::OnceLock;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

/// What is done sooner than this shows nothing.
const PATIENCE: Duration = Duration::from_millis(500);

/// Who listens; nobody, where nothing is said.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Progress {
    /// a person at a terminal
    moves: bool,
    /// `-v`
    verbose: bool,
    /// `--json`
    json: bool,
}

impl Progress {
    /// As the command line asks.
    pub(crate) fn new(verbose: bool, json: bool) -> Self {
        Self { moves: true, verbose, json }
    }

    /// Of a stage that goes on beside another, which is the one whose line moves.
    pub(crate) fn beside(self) -> Self {
        Self { moves: false, ..self }
    }

    /// Begins a stage: `render`, of so many `pages`. The total is 0 where nobody can know it yet.
    pub(crate) fn stage(self, name: &'static str, unit: &'static str, total: usize) -> Stage {
        Stage {
            listeners: self,
            name,
            unit,
            total: total as u64,
            watch: Stopwatch::start(),
            count: AtomicU64::new(0),
            bytes: AtomicU64::new(0),
            bar: OnceLock::new(),
        }
    }

    /// Says a fact to scripts, as a JSON line.
    pub(crate) fn say(self, fact: &impl Serialize) {
        if self.json
            && let Ok(line) = serde_json::to_string(fact)
        {
            // a reader that has gone away is no failure of the work
            let _ = terminal::print(&line);
        }
    }
}

/// A stage under way; many threads may count at once. It is over when it is dropped.
#[derive(Debug)]
pub(crate) struct Stage {
    listeners: Progress,
    name: &'static str,
    unit: &'static str,
    total: u64,
    watch: Stopwatch,
    count: AtomicU64,
    bytes: AtomicU64,
    /// there once the stage has taken longer than a person waits gladly
    bar: OnceLock<ProgressBar>,
}

/// What is told of a stage that is over.
#[derive(Debug, Serialize, PartialEq)]
struct Told {
    stage: &'static str,
    unit: &'static str,
    count: u64,
    #[serde(skip_serializing_if = "Option::is_none")]
    bytes: Option<u64>,
    milliseconds: f64,
}

impl Stage {
    /// One more is done.
    pub(crate) fn one(&self) {
        self.more(1);
    }

    /// So many more are done.
    pub(crate) fn more(&self, count: usize) {
        let count = self.count.fetch_add(count as u64, Ordering::Relaxed) + count as u64;
        if self.listeners.moves && self.watch.elapsed() > Elapsed(PATIENCE) {
            self.bar.get_or_init(|| self.shown()).set_position(count);
        }
    }

    /// So many bytes were read, written or sent.
    pub(crate) fn bytes(&self, bytes: usize) {
        self.bytes.fetch_add(bytes as u64, Ordering::Relaxed);
    }

    /// The line that moves; drawn on standard error, and only where that is a terminal.
    fn shown(&self) -> ProgressBar {
        let bar =
            ProgressBar::with_draw_target(Some(self.total).filter(|&total| total > 0), ProgressDrawTarget::stderr());
        let rate = format!("{{prefix}} {{pos}}/{{len}} {} {{wide_bar}} {{per_sec}}, {{eta}} left", self.unit);
        let endless = format!("{{prefix}} {{pos}} {} {{per_sec}}", self.unit);
        let template = if self.total > 0 { rate } else { endless };
        let style = ProgressStyle::with_template(&template).unwrap_or_else(|_| ProgressStyle::default_bar());
        bar.with_style(style).with_prefix(self.name).with_elapsed(self.watch.elapsed().0)
    }

    fn told(&self) -> Told {
        let bytes = self.bytes.load(Ordering::Relaxed);
        Told {
            stage: self.name,
            unit: self.unit,
            count: self.count.load(Ordering::Relaxed),
            bytes: (bytes > 0).then_some(bytes),
            milliseconds: self.watch.elapsed().milliseconds(),
        }
    }
}

impl Drop for Stage {
    fn drop(&mut self) {
        if let Some(bar) = self.bar.get() {
            bar.finish_and_clear();
        }
        if self.listeners.verbose {
            terminal::print_status(&line(&self.told()));
        }
        if self.listeners.json {
            self.listeners.say(&self.told());
        }
    }
}

/// `  render      10012 pages    31.2 MB    840.1 ms`
fn line(told: &Told) -> String {
    let Told { stage, unit, count, bytes, milliseconds } = told;
    let bytes = bytes.map_or_else(String::new, size);
    format!("  {stage:<12}{count:>9} {unit:<9}{bytes:>10}{milliseconds:>11.1} ms")
}

/// `980 B`, `31.2 MB`: in steps of a thousand, as disks are sold.
pub(crate) fn size(bytes: u64) -> String {
    const STEPS: [(u64, &str); 3] = [(1_000_000_000, "GB"), (1_000_000, "MB"), (1000, "kB")];
    match STEPS.iter().find(|(step, _)| bytes >= *step) {
        Some((step, unit)) => format!("{}.{} {unit}", bytes / step, bytes % step * 10 / step),
        None => format!("{bytes} B"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn many_threads_count_and_nothing_is_lost() {
        let stage = Progress::default().stage("render", "pages", 4000);
        std::thread::scope(|scope| {
            for _ in 0..4 {
                scope.spawn(|| {
                    for _ in 0..1000 {
                        stage.one();
                        stage.bytes(2);
                    }
                });
            }
        });
        let told = stage.told();
        assert_eq!((told.count, told.bytes), (4000, Some(8000)));
        assert!(stage.bar.get().is_none(), "nobody listens, so nothing moves");
    }

    #[test]
    fn a_stage_is_told_in_words_and_in_json() {
        let told =
            Told { stage: "render", unit: "pages", count: 10_012, bytes: Some(31_234_567), milliseconds: 840.12 };
        assert_eq!(line(&told), "  render          10012 pages       31.2 MB      840.1 ms");
        assert_eq!(
            serde_json::to_string(&told).unwrap(),
            r#"{"stage":"render","unit":"pages","count":10012,"bytes":31234567,"milliseconds":840.12}"#
        );
        let without = Told { bytes: None, ..told };
        assert!(!serde_json::to_string(&without).unwrap().contains("bytes"));
    }

    #[test]
    fn what_is_quick_shows_no_line_that_moves() {
        let stage = Progress::new(false, false).stage("read", "files", 2);
        stage.one();
        assert!(stage.bar.get().is_none());
        std::thread::sleep(PATIENCE + Duration::from_millis(20));
        stage.one();
        assert_eq!(stage.bar.get().map(ProgressBar::position), Some(2));
    }

    #[test]
    fn sizes_are_told_as_people_do() {
        assert_eq!(
            [0, 999, 1000, 31_234_567, 2_000_000_000].map(size),
            ["0 B", "999 B", "1.0 kB", "31.2 MB", "2.0 GB"]
        );
    }
}
