//! Output to the terminal: results on standard output, everything else on standard error.
//!
//! Colour follows the terminal, `NO_COLOR` and `CLICOLOR_FORCE`. Where standard output cannot be written, the work goes on and
//! the command ends with a message and exit code 1. A reader who closes the pipe early is no failure where the result is text for
//! people (`themes | head`). Where it is data for a script (`--json`), the exit code is 1, without a message: nobody is left to
//! read one, and the data is incomplete.

use crate::diagnostics::code::{Code, Severity};
use crate::diagnostics::diagnostic::Diagnostic;
use crate::diagnostics::error::Error;
use crate::diagnostics::message::{Message, Value};
use crate::io::fs::os_error::io_error;
use crate::message;
use crate::text::lang::Lang;
use crate::util::sync::lock;
use std::collections::BTreeMap;
use std::io::{ErrorKind, Result as IoResult, Write};
use std::sync::{Mutex, OnceLock};

/// Errors and warnings of one code that are printed in full.
const SHOWN: usize = 100;
/// Remarks of one code that are printed in full: they require nothing of the reader.
const SHOWN_REMARKS: usize = 5;

/// Why a part of the results did not reach standard output.
#[derive(Debug)]
enum LostOutput {
    /// the reader closed the pipe before all data was read
    Closed,
    Failed(Error),
}

/// The language of what is printed; English until it is known.
static LANGUAGE: OnceLock<Lang> = OnceLock::new();

/// Sets the language of what is printed, once.
pub fn set_language(lang: Lang) {
    let _ = LANGUAGE.set(lang);
}

/// The language of what is printed.
pub(crate) fn language() -> Lang {
    LANGUAGE.get().copied().unwrap_or(Lang::En)
}

/// The first loss of this process, which [`report_lost_output`] reports at its end.
static LOST_OUTPUT: Mutex<Option<LostOutput>> = Mutex::new(None);

/// Prints a result for people to standard output, with a line break. A failure is reported at the end by
/// [`report_lost_output`].
pub(crate) fn print(text: &str) {
    note_output(write_line(&mut anstream::stdout().lock(), text));
}

/// As [`print()`], in the language of the terminal.
pub(crate) fn print_result(message: &Message) {
    print(&message.text(language()));
}

/// As [`print()`], for data that is of use only as a whole.
pub(crate) fn print_data(text: &str) {
    note(lost_output(write_line(&mut anstream::stdout().lock(), text)));
}

/// As [`print_data`], for one of many records; says whether more of them are of use.
pub(crate) fn print_record(text: &str) -> bool {
    let lost = lost_output(write_line(&mut anstream::stdout().lock(), text));
    let is_written = lost.is_none();
    note(lost);
    is_written
}

/// Prints a text of the command line: to standard error where it says what is wrong, to standard output where it was asked for.
pub fn print_usage(text: &str, is_error: bool) {
    match is_error {
        true => print_to_stderr(text.trim_end()),
        false => print(text.trim_end()),
    }
}

/// Notes whether a text for people was written to standard output, for [`report_lost_output`].
fn note_output(written: IoResult<()>) {
    note(lost_output(written).filter(|lost| matches!(lost, LostOutput::Failed(_))));
}

fn note(lost: Option<LostOutput>) {
    if let Some(lost) = lost {
        lock(&LOST_OUTPUT).get_or_insert(lost);
    }
}

/// The exit code of the results: 0 where all of them were written. Otherwise 1, and the reason is printed to standard error
/// unless the reader closed the pipe.
pub fn report_lost_output() -> u8 {
    let lost = lock(&LOST_OUTPUT).take();
    if let Some(LostOutput::Failed(error)) = &lost {
        print_error(error);
    }
    u8::from(lost.is_some())
}

/// Prints a line about the progress or the outcome of a command to standard error.
pub(crate) fn print_status(message: &Message) {
    print_to_stderr(&message.text(language()));
}

fn print_to_stderr(text: &str) {
    // Where standard error cannot be written, there is no channel left to report that.
    let _ = write_line(&mut anstream::stderr().lock(), text);
}

/// Prints diagnostics to standard error, sorted; those of one code are only counted after the first `SHOWN`.
pub fn print_diagnostics(diagnostics: &[Diagnostic]) {
    let _ = write_diagnostics(&mut anstream::stderr().lock(), &[(None, diagnostics)], language());
}

/// As [`print_diagnostics`], for several groups, each under a heading of its own.
pub(crate) fn print_diagnostic_groups(groups: &[(Message, Vec<Diagnostic>)]) {
    let groups: Vec<_> = groups.iter().map(|(heading, found)| (Some(heading), found.as_slice())).collect();
    let _ = write_diagnostics(&mut anstream::stderr().lock(), &groups, language());
}

/// Prints the error that stopped a command, with its causes, to standard error.
pub fn print_error(error: &Error) {
    print_to_stderr(&error.render(language(), true));
}

/// The number of diagnostics of each severity, as `2 errors, 1 warning`; `None` where there are none.
pub(crate) fn severity_counts(diagnostics: &[Diagnostic]) -> Option<Value> {
    let count_of = |severity| diagnostics.iter().filter(|found| found.severity() == severity).count();
    let [errors, warnings, remarks] = [Severity::Error, Severity::Warning, Severity::Info].map(count_of);
    let counts = [
        (errors > 0).then(|| message!("{n} {error|errors}", n = errors)),
        (warnings > 0).then(|| message!("{n} {warning|warnings}", n = warnings)),
        (remarks > 0).then(|| message!("{n} {remark|remarks}", n = remarks)),
    ];
    let counts: Vec<Message> = counts.into_iter().flatten().collect();
    (!counts.is_empty()).then_some(Value::List(counts))
}

fn write_line(out: &mut impl Write, text: &str) -> IoResult<()> {
    out.write_all(text.as_bytes())?;
    out.write_all(b"\n")?;
    out.flush()
}

fn lost_output(written: IoResult<()>) -> Option<LostOutput> {
    let error = written.err()?;
    let is_closed = error.kind() == ErrorKind::BrokenPipe;
    Some(if is_closed {
        LostOutput::Closed
    } else {
        LostOutput::Failed(io_error(message!("cannot write to standard output"), error))
    })
}

/// Diagnostics under an optional heading.
type Group<'a> = (Option<&'a Message>, &'a [Diagnostic]);

fn write_diagnostics(out: &mut impl Write, groups: &[Group<'_>], lang: Lang) -> IoResult<()> {
    let mut counts: BTreeMap<(Severity, Code), usize> = BTreeMap::new();
    for (heading, diagnostics) in groups {
        // a group of which nothing is printed in full needs no heading
        let mut heading = *heading;
        for diagnostic in sorted(diagnostics) {
            let count = counts.entry((diagnostic.severity(), diagnostic.code)).or_default();
            *count += 1;
            if *count <= shown(diagnostic.severity()) {
                if let Some(heading) = heading.take() {
                    write_line(out, &format!("\n{}", heading.text(lang)))?;
                }
                write_line(out, &diagnostic.render(lang, true))?;
            }
        }
    }
    for ((severity, code), count) in counts.into_iter().filter(|((severity, _), count)| *count > shown(*severity)) {
        let more = message!("… and {n} more of {code}", n = count - shown(severity), code);
        write_line(out, &more.text(lang))?;
    }
    Ok(())
}

/// The number of diagnostics of one code that are printed in full.
fn shown(severity: Severity) -> usize {
    if severity == Severity::Info { SHOWN_REMARKS } else { SHOWN }
}

/// By file, line, column and code; those without a location first, equal ones in their original order.
fn sorted(diagnostics: &[Diagnostic]) -> Vec<&Diagnostic> {
    let mut ordered: Vec<&Diagnostic> = diagnostics.iter().collect();
    ordered.sort_by_key(|it| (it.location.as_ref().map(|at| (at.file.as_str(), at.line, at.column)), it.code));
    ordered
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostics::source::Source;
    use proptest::prelude::*;
    use std::io::Error as IoError;

    /// Accepts a number of bytes and then fails.
    struct Pipe(usize, ErrorKind);

    impl Write for Pipe {
        fn write(&mut self, bytes: &[u8]) -> IoResult<usize> {
            let accepted = bytes.len().min(self.0);
            self.0 -= accepted;
            if accepted == 0 { Err(IoError::from(self.1)) } else { Ok(accepted) }
        }

        fn flush(&mut self) -> IoResult<()> {
            Ok(())
        }
    }

    fn written(diagnostics: &[Diagnostic]) -> String {
        let mut out = anstream::StripStream::new(Vec::new());
        write_diagnostics(&mut out, &[(None, diagnostics)], Lang::En).unwrap();
        String::from_utf8(out.into_inner()).unwrap()
    }

    #[test]
    fn a_closed_pipe_is_lost_output_without_a_message_and_a_full_disk_has_one() {
        let lost = |kind| lost_output(write_line(&mut Pipe(4, kind), "a long result"));
        assert!(matches!(lost(ErrorKind::BrokenPipe), Some(LostOutput::Closed)));
        assert!(matches!(lost(ErrorKind::StorageFull), Some(LostOutput::Failed(_))));
        assert!(lost_output(write_line(&mut Pipe(99, ErrorKind::StorageFull), "a result")).is_none());
    }

    #[test]
    fn diagnostics_come_in_the_order_of_their_files() {
        let source = Source::new("b.md", "one\ntwo\n");
        let diagnostics = [
            Diagnostic::new(Code::Watch, Message::verbatim("third")).at(&source, 4..7),
            Diagnostic::new(Code::NotStitched, Message::verbatim("second")).at(&source, 0..3),
            Diagnostic::new(Code::Kept, Message::verbatim("first")).at(&source, 0..3),
            Diagnostic::new(Code::Watch, Message::verbatim("zeroth")).in_file("a.md"),
            Diagnostic::new(Code::Watch, Message::verbatim("without location")),
        ];
        let messages: Vec<String> =
            sorted(&diagnostics).iter().map(|diagnostic| diagnostic.message.english()).collect();
        assert_eq!(messages, ["without location", "zeroth", "first", "second", "third"]);
    }

    #[test]
    fn many_diagnostics_of_one_code_are_counted() {
        let mut diagnostics: Vec<Diagnostic> =
            (0..150).map(|at| Diagnostic::new(Code::NotUtf8, Message::verbatim(format!("wrong ({at})")))).collect();
        diagnostics.push(Diagnostic::new(Code::SameLines, Message::verbatim("the other one")));
        let text = written(&diagnostics);
        assert_eq!(text.matches("wrong (").count(), 100);
        assert!(text.contains("the other one"));
        assert!(text.ends_with("… and 50 more of not-utf8\n"), "{text}");
    }

    #[test]
    fn counts_are_by_severity() {
        let diagnostics = [
            Diagnostic::new(Code::Disk, Message::verbatim("")),
            Diagnostic::new(Code::SameLines, Message::verbatim("")),
            Diagnostic::new(Code::Exists, Message::verbatim("")),
        ];
        let counts = |diagnostics| severity_counts(diagnostics).map(|counts| message!("{counts}", counts).english());
        assert_eq!(counts(&diagnostics).unwrap(), "2 errors, 1 warning");
        assert_eq!(counts(&diagnostics[1..2]).unwrap(), "1 warning");
        assert_eq!(counts(&[]), None);
    }

    #[test]
    fn a_file_name_cannot_control_the_terminal() {
        let text = written(&[Diagnostic::new(Code::Unreadable, Message::verbatim("cannot read \x1b]0;x\x07.md"))
            .in_file("\x1b[2J.md")
            .hint(Message::verbatim("\x1b[2J"))]);
        assert!(!text.contains(['\x1b', '\x07']), "{text:?}");
    }

    proptest! {
        #[test]
        fn the_order_does_not_depend_on_the_order_of_discovery(mut at in prop::collection::vec((0..3usize, 0..3usize), 0..12)) {
            let source = Source::new("a", "x\ny\nz\n");
            let diagnostic = |&(line, column): &(usize, usize)| Diagnostic::new(Code::Disk, Message::verbatim("m")).at(&source, line * 2 + column..line * 2 + column);
            let expected = written(&at.iter().map(diagnostic).collect::<Vec<_>>());
            at.reverse();
            prop_assert_eq!(written(&at.iter().map(diagnostic).collect::<Vec<_>>()), expected);
        }
    }
}
