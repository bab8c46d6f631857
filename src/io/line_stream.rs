//! A stream of lines, worked on in parallel: results come in the order of the lines, and memory is bounded.
//!
//! 1. A thread reads lines; before each it takes one of [`WINDOW`] permits, so that it stops reading where results are not taken (back
//!    pressure).
//! 2. Each line is a task of its own for the pool: a slow one holds up none of those behind it that fit in the window.
//! 3. Results wait for those before them, are put out, and give their permits back.
//!
//! A line is worked on as soon as it is there: a process that writes one and waits for its answer gets it.

use crate::diagnostics::error::{Error, Result};
use crate::io::fs::os_error::io_error;
use crate::io::thread_pool::thread_pool;
use crate::message;
use rayon::Scope;
use std::collections::VecDeque;
use std::fs::File;
use std::io::{BufRead, BufReader, Error as IoError, Read, Result as IoResult};
use std::ops::ControlFlow;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::Path;
use std::result::Result as StdResult;
use std::sync::mpsc::{Receiver, Sender, channel};
use std::thread;

/// Lines in memory at a time, waiting or with a result that waits for those before it.
const WINDOW: usize = 64;
/// Bytes of a line, at most: the OCR result of a page with the places of its words has some 2 MB.
const MAX_LINE: u64 = 16 << 20;

/// Why there is no result for a line.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum LineFailure {
    /// longer than [`MAX_LINE`]
    TooLong,
    NotUtf8,
    /// the work on it stopped by a mistake of the program
    Panicked,
}

type LineResult<R> = StdResult<R, LineFailure>;

/// What happens in a stream.
enum Event<R> {
    /// a line that is not blank was read; its number from 1
    Line(usize, LineResult<String>),
    /// the work on a line is done; its position among those that were read
    Done(usize, LineResult<R>),
    End(IoResult<()>),
}

/// Does the work on each line of a file, or of standard input, that is not blank, on so many threads (0: as many as there are
/// processors). `put` takes the numbers of the lines and their results, in their order, and may stop the stream.
///
/// # Errors
/// The file cannot be opened or read; the operating system gives no threads.
pub(crate) fn map_lines<R: Send + 'static>(
    file: Option<&Path>,
    threads: usize,
    work: impl Fn(usize, &str) -> R + Sync,
    put: &mut dyn FnMut(usize, LineResult<R>) -> ControlFlow<()>,
) -> Result<()> {
    let input = open(file).map_err(|error| cannot_read(file, error))?;
    let pool = thread_pool(threads)?;
    let (events, received) = channel();
    let (permit, permits) = channel();
    let sender = events.clone();
    // it is not waited for: where the stream is stopped, it may be waiting for a line
    let reader = thread::Builder::new().spawn(move || read_lines(BufReader::new(input), &permits, &sender));
    reader.map_err(|error| io_error(message!("no thread to read with"), error))?;
    let guarded = |number: usize, line: &str| {
        catch_unwind(AssertUnwindSafe(|| work(number, line))).map_err(|_| LineFailure::Panicked)
    };
    let mut stream = Stream { waiting: VecDeque::new(), put_out: 0, permit, put };
    (0..WINDOW).for_each(|_| stream.allow_line());
    pool.in_place_scope(|scope| stream.run(scope, &events, &received, &guarded))
        .map_err(|error| cannot_read(file, error))
}

fn open(file: Option<&Path>) -> IoResult<Box<dyn Read + Send>> {
    Ok(match file {
        Some(path) => Box::new(File::open(path)?),
        None => Box::new(std::io::stdin()),
    })
}

fn cannot_read(file: Option<&Path>, error: IoError) -> Error {
    let message = match file {
        Some(path) => message!("cannot read {path}", path = path.display()),
        None => message!("cannot read standard input"),
    };
    io_error(message, error)
}

/// Lines under way, in their order.
struct Stream<'a, R> {
    /// their numbers, and their results where there are
    waiting: VecDeque<(usize, Option<LineResult<R>>)>,
    /// lines that were put out
    put_out: usize,
    permit: Sender<()>,
    put: &'a mut dyn FnMut(usize, LineResult<R>) -> ControlFlow<()>,
}

impl<R: Send> Stream<'_, R> {
    /// Handles events until all lines are put out, or no more are wanted.
    fn run<'scope>(
        &mut self,
        scope: &Scope<'scope>,
        events: &Sender<Event<R>>,
        received: &Receiver<Event<R>>,
        work: &'scope (impl Fn(usize, &str) -> LineResult<R> + Sync),
    ) -> IoResult<()>
    where
        R: 'scope,
    {
        let mut end = None;
        for event in received {
            match event {
                Event::Line(number, line) => {
                    let at = self.put_out + self.waiting.len();
                    self.waiting.push_back((number, None));
                    let events = events.clone();
                    // where the stream was stopped, nobody receives the result
                    scope.spawn(move |_| drop(events.send(Event::Done(at, line.and_then(|line| work(number, &line))))));
                }
                Event::Done(at, result) => {
                    self.waiting[at - self.put_out].1 = Some(result);
                    if self.put_finished().is_break() {
                        return Ok(());
                    }
                }
                Event::End(ended) => end = Some(ended),
            }
            if self.waiting.is_empty()
                && let Some(ended) = end.take()
            {
                return ended;
            }
        }
        Ok(())
    }

    /// Puts out the results that wait for none before them.
    fn put_finished(&mut self) -> ControlFlow<()> {
        while let Some((number, Some(result))) = self.waiting.front_mut().map(|(number, it)| (*number, it.take())) {
            self.waiting.pop_front();
            self.put_out += 1;
            self.allow_line();
            (self.put)(number, result)?;
        }
        ControlFlow::Continue(())
    }

    /// Lets the reader go on by a line; at the end of the input there is none.
    fn allow_line(&self) {
        let _ = self.permit.send(());
    }
}

/// Reads lines until the input ends or nobody takes them.
fn read_lines<R>(mut input: impl BufRead, permits: &Receiver<()>, events: &Sender<Event<R>>) {
    let mut number = 0;
    while permits.recv().is_ok() {
        let line = loop {
            number += 1;
            match read_line(&mut input) {
                Ok(Some(Ok(line))) if line.trim().is_empty() => {}
                Ok(Some(line)) => break Event::Line(number, line),
                Ok(None) => break Event::End(Ok(())),
                Err(error) => break Event::End(Err(error)),
            }
        };
        let is_end = matches!(line, Event::End(_));
        if events.send(line).is_err() || is_end {
            return;
        }
    }
}

/// The next line; None at the end. One that is too long is read to its end.
fn read_line(input: &mut impl BufRead) -> IoResult<Option<LineResult<String>>> {
    let mut line = Vec::new();
    if input.by_ref().take(MAX_LINE).read_until(b'\n', &mut line)? == 0 {
        return Ok(None);
    }
    if line.len() as u64 == MAX_LINE && line.last() != Some(&b'\n') {
        input.skip_until(b'\n')?;
        return Ok(Some(Err(LineFailure::TooLong)));
    }
    Ok(Some(String::from_utf8(line).map_err(|_| LineFailure::NotUtf8)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::time::Duration;

    /// The numbers of lines with their results, of a file that holds this.
    fn results(
        input: &[u8],
        threads: usize,
        work: impl Fn(usize, &str) -> String + Sync,
    ) -> Vec<(usize, LineResult<String>)> {
        let file = tempfile::NamedTempFile::new().unwrap();
        std::io::Write::write_all(&mut file.as_file(), input).unwrap();
        let mut found = Vec::new();
        map_lines(Some(file.path()), threads, work, &mut |number, result| {
            found.push((number, result));
            ControlFlow::Continue(())
        })
        .unwrap();
        found
    }

    #[test]
    fn results_have_the_order_of_the_lines_however_long_each_takes() {
        let input: String = (1..=500).map(|number| format!("{number}\n")).collect();
        let slow = |number: usize, line: &str| {
            if number.is_multiple_of(7) {
                thread::sleep(Duration::from_millis(2));
            }
            line.trim().to_owned()
        };
        for threads in [1, 4] {
            let expected: Vec<_> = (1..=500).map(|number| (number, Ok(number.to_string()))).collect();
            assert_eq!(results(input.as_bytes(), threads, slow), expected);
        }
    }

    #[test]
    fn a_line_without_a_result_stops_nothing() {
        let input = b"a\n\n\xff\nbad\n  \nlast";
        let work = |_: usize, line: &str| {
            assert!(!line.contains("bad"), "this panic belongs to the test");
            line.trim().to_owned()
        };
        let expected = [
            (1, Ok("a".to_owned())),
            (3, Err(LineFailure::NotUtf8)),
            (4, Err(LineFailure::Panicked)),
            (6, Ok("last".to_owned())),
        ];
        assert_eq!(results(input, 2, work), expected);
        assert_eq!(results(b"", 2, work), []);
    }

    #[test]
    fn a_stream_that_is_stopped_reads_no_more_than_its_window() {
        let file = tempfile::NamedTempFile::new().unwrap();
        std::io::Write::write_all(&mut file.as_file(), "x\n".repeat(10 * WINDOW).as_bytes()).unwrap();
        let begun = std::sync::atomic::AtomicUsize::new(0);
        let work = |_: usize, _: &str| begun.fetch_add(1, std::sync::atomic::Ordering::Relaxed);
        map_lines(Some(file.path()), 2, work, &mut |_, _| ControlFlow::Break(())).unwrap();
        assert!(begun.into_inner() <= WINDOW + 1);
    }
}
