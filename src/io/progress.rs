//! Progress of a command, which is a sequence of stages, each with a name and a counter.
//!
//! - on a terminal: a stage that takes longer than [`BAR_DELAY`] shows a progress bar, which is removed when the stage ends
//! - with `-v`: each stage prints a line on standard error: its name, count, bytes and time
//! - with `--json`: each stage prints the same as a JSON line on standard output
//! - for a server in the same process: [`running_stage`], whatever the stage prints

use crate::diagnostics::message::{Message, translation};
use crate::io::clock::{Elapsed, Stopwatch};
use crate::io::terminal;
use crate::message;
use crate::text::columns::left_aligned;
use crate::text::lang::Lang;
use crate::util::sync::lock;
use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};
use serde::Serialize;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, OnceLock};
use std::time::Duration;

/// A stage that is over sooner shows no progress bar.
const BAR_DELAY: Duration = Duration::from_millis(500);

/// Which reports are printed; none by default.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Progress {
    bars: bool,
    verbose: bool,
    json: bool,
}

impl Progress {
    pub(crate) fn new(verbose: bool, json: bool) -> Self {
        Self { bars: true, verbose, json }
    }

    /// Without progress bars, for a stage that runs beside another, which shows its own.
    pub(crate) fn without_bars(self) -> Self {
        Self { bars: false, ..self }
    }

    /// Starts a stage such as `render`, with a unit such as `pages`. The total is 0 where it is unknown.
    pub(crate) fn stage(self, name: &'static str, unit: &'static str, total: usize) -> Stage {
        let (total, watch) = (total as u64, Stopwatch::start());
        let counter = Arc::new(Counter { name, total, watch, count: AtomicU64::new(0) });
        lock(&RUNNING).push(counter.clone());
        Stage { progress: self, unit, counter, bytes: AtomicU64::new(0), bar: OnceLock::new() }
    }

    /// Prints a record as a JSON line, where `--json` requests that.
    pub(crate) fn print_json(self, record: &impl Serialize) {
        if self.json
            && let Ok(line) = serde_json::to_string(record)
        {
            terminal::print_data(&line);
        }
    }
}

/// The stages that run in this process, oldest first.
static RUNNING: Mutex<Vec<Arc<Counter>>> = Mutex::new(Vec::new());

/// How far a stage is.
#[derive(Debug)]
struct Counter {
    name: &'static str,
    /// 0 where it is unknown
    total: u64,
    watch: Stopwatch,
    count: AtomicU64,
}

/// How far a running stage is, as JSON: `{"what":"ocr","done":2,"total":9}`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub(crate) struct RunningStage {
    #[serde(rename = "what")]
    pub(crate) name: &'static str,
    pub(crate) done: u64,
    /// 0 where it is unknown
    pub(crate) total: u64,
}

/// The oldest stage of this process that has run for longer than [`BAR_DELAY`].
pub(crate) fn running_stage() -> Option<RunningStage> {
    let running = lock(&RUNNING);
    let counter = running.iter().find(|counter| counter.watch.elapsed() > Elapsed(BAR_DELAY))?;
    let done = counter.count.load(Ordering::Relaxed);
    Some(RunningStage { name: counter.name, done, total: counter.total })
}

/// A running stage, which many threads may count in. It ends when it is dropped.
#[derive(Debug)]
pub(crate) struct Stage {
    progress: Progress,
    unit: &'static str,
    counter: Arc<Counter>,
    bytes: AtomicU64,
    /// created once the stage has taken longer than [`BAR_DELAY`]
    bar: OnceLock<ProgressBar>,
}

#[derive(Debug, Serialize, PartialEq)]
struct StageReport {
    stage: &'static str,
    unit: &'static str,
    count: u64,
    #[serde(skip_serializing_if = "Option::is_none")]
    bytes: Option<u64>,
    milliseconds: f64,
}

impl Stage {
    pub(crate) fn add_one(&self) {
        self.add(1);
    }

    pub(crate) fn add(&self, count: usize) {
        let count = self.counter.count.fetch_add(count as u64, Ordering::Relaxed) + count as u64;
        if self.progress.bars && self.counter.watch.elapsed() > Elapsed(BAR_DELAY) {
            self.bar.get_or_init(|| self.new_bar()).set_position(count);
        }
    }

    /// Counts bytes that were read, written or sent.
    pub(crate) fn add_bytes(&self, bytes: usize) {
        self.bytes.fetch_add(bytes as u64, Ordering::Relaxed);
    }

    /// A progress bar on standard error, drawn only where that is a terminal.
    fn new_bar(&self) -> ProgressBar {
        let total = Some(self.counter.total).filter(|&total| total > 0);
        let bar = ProgressBar::with_draw_target(total, ProgressDrawTarget::stderr());
        let lang = terminal::language();
        let unit = translation(self.unit, lang);
        let template = match total {
            Some(_) => message!("{prefix} {pos}/{len} {unit} {wide_bar} {per_sec}, {eta} left", unit).text(lang),
            None => format!("{{prefix}} {{pos}} {unit} {{per_sec}}"),
        };
        let style = ProgressStyle::with_template(&template).unwrap_or_else(|_| ProgressStyle::default_bar());
        bar.with_style(style)
            .with_prefix(translation(self.counter.name, lang))
            .with_elapsed(self.counter.watch.elapsed().0)
    }

    fn report(&self) -> StageReport {
        let bytes = self.bytes.load(Ordering::Relaxed);
        StageReport {
            stage: self.counter.name,
            unit: self.unit,
            count: self.counter.count.load(Ordering::Relaxed),
            bytes: (bytes > 0).then_some(bytes),
            milliseconds: self.counter.watch.elapsed().milliseconds(),
        }
    }
}

impl Drop for Stage {
    fn drop(&mut self) {
        lock(&RUNNING).retain(|counter| !Arc::ptr_eq(counter, &self.counter));
        if let Some(bar) = self.bar.get() {
            bar.finish_and_clear();
        }
        if self.progress.verbose {
            terminal::print_status(&Message::verbatim(line(&self.report(), terminal::language())));
        }
        self.progress.print_json(&self.report());
    }
}

/// `  render      10012 pages    31.2 MB    840.1 ms`
fn line(report: &StageReport, lang: Lang) -> String {
    let StageReport { stage, unit, count, bytes, milliseconds } = report;
    let bytes = bytes.map_or_else(String::new, size);
    let [stage, unit] = [(stage, 12), (unit, 9)].map(|(word, columns)| left_aligned(translation(word, lang), columns));
    format!("  {stage}{count:>9} {unit}{bytes:>10}{milliseconds:>11.1} ms")
}

/// A number of bytes as `980 B` or `31.2 MB`, in decimal units.
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
    fn counts_of_many_threads_add_up() {
        let stage = Progress::default().stage("render", "pages", 4000);
        std::thread::scope(|scope| {
            for _ in 0..4 {
                scope.spawn(|| {
                    for _ in 0..1000 {
                        stage.add_one();
                        stage.add_bytes(2);
                    }
                });
            }
        });
        let report = stage.report();
        assert_eq!((report.count, report.bytes), (4000, Some(8000)));
        assert!(stage.bar.get().is_none(), "a silent stage has no bar");
    }

    #[test]
    fn a_report_is_a_line_of_text_or_json() {
        let report = StageReport {
            stage: "render",
            unit: "pages",
            count: 10_012,
            bytes: Some(31_234_567),
            milliseconds: 840.12,
        };
        assert_eq!(line(&report, Lang::En), "  render          10012 pages       31.2 MB      840.1 ms");
        assert_eq!(
            serde_json::to_string(&report).unwrap(),
            r#"{"stage":"render","unit":"pages","count":10012,"bytes":31234567,"milliseconds":840.12}"#
        );
        let without = StageReport { bytes: None, ..report };
        assert!(!serde_json::to_string(&without).unwrap().contains("bytes"));
    }

    #[test]
    fn a_short_stage_shows_no_bar() {
        let stage = Progress::new(false, false).stage("read", "files", 2);
        stage.add_one();
        assert!(stage.bar.get().is_none());
        std::thread::sleep(BAR_DELAY + Duration::from_millis(20));
        stage.add_one();
        assert_eq!(stage.bar.get().map(ProgressBar::position), Some(2));
        assert!(running_stage().is_some(), "this one, or that of another test");
    }

    #[test]
    fn sizes_have_fitting_units() {
        assert_eq!(
            [0, 999, 1000, 31_234_567, 2_000_000_000].map(size),
            ["0 B", "999 B", "1.0 kB", "31.2 MB", "2.0 GB"]
        );
    }
}
