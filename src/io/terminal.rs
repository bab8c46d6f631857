//! What a person sees: answers on standard output, everything else on standard error.
//!
//! Findings are told in the order of the files they stand in, whatever the order in which threads found them, and a
//! finding that comes hundreds of times is counted after the first hundred. Colour follows the terminal, `NO_COLOR` and
//! `CLICOLOR_FORCE`. A reader who has seen enough (`| head`) is no failure.

use crate::diagnostics::code::Code;
use crate::diagnostics::code::Severity;
use crate::diagnostics::diagnostic::Diagnostic;
use crate::diagnostics::error::{Error, Result};
use crate::io::fs::os_error::stopped;
use std::collections::BTreeMap;
use std::io::{ErrorKind, Result as IoResult, Write};

/// Findings of one code that are shown one by one, where they ask for something.
const SHOWN: usize = 100;
/// Remarks of one code that are shown one by one.
const SHOWN_REMARKS: usize = 5;

/// An answer: to standard output, with a line break. Fails where the output is a file on a disk that refuses.
pub(crate) fn print(text: &str) -> Result<()> {
    unless_closed(write_line(&mut anstream::stdout().lock(), text))
        .map_err(|error| stopped("cannot write to standard output", &error))
}

/// What a person who waits wants to know: to standard error, with a line break.
pub(crate) fn tell(text: &str) {
    // where not even standard error can be written to, nobody can be told so
    let _ = write_line(&mut anstream::stderr().lock(), text);
}

/// Findings, in order, to standard error.
pub fn tell_notes(diagnostics: &[Diagnostic]) {
    let _ = write_notes(&mut anstream::stderr().lock(), diagnostics);
}

/// What stopped the command, to standard error.
pub fn tell_error(error: &Error) {
    for diagnostic in &error.diagnostics {
        tell(&diagnostic.render(true));
    }
}

/// How many findings of each kind there are, as `2 errors, 1 warning`; nothing where there are none.
pub(crate) fn tally(diagnostics: &[Diagnostic]) -> Option<String> {
    let kinds = [(Severity::Error, "error"), (Severity::Warning, "warning"), (Severity::Info, "remark")];
    let told: Vec<String> = kinds
        .into_iter()
        .map(|(severity, word)| {
            (diagnostics.iter().filter(|diagnostic| diagnostic.severity() == severity).count(), word)
        })
        .filter(|(count, _)| *count > 0)
        .map(|(count, word)| format!("{count} {word}{}", if count == 1 { "" } else { "s" }))
        .collect();
    (!told.is_empty()).then(|| told.join(", "))
}

fn write_line(out: &mut impl Write, text: &str) -> IoResult<()> {
    out.write_all(text.as_bytes())?;
    out.write_all(b"\n")?;
    out.flush()
}

fn unless_closed(result: IoResult<()>) -> IoResult<()> {
    match result {
        Err(error) if error.kind() == ErrorKind::BrokenPipe => Ok(()),
        other => other,
    }
}

fn write_notes(out: &mut impl Write, diagnostics: &[Diagnostic]) -> IoResult<()> {
    let mut met: BTreeMap<(Severity, Code), usize> = BTreeMap::new();
    for diagnostic in in_order(diagnostics) {
        let count = met.entry((diagnostic.severity(), diagnostic.code)).or_default();
        *count += 1;
        if *count <= shown(diagnostic.severity()) {
            write_line(out, &diagnostic.render(true))?;
        }
    }
    for ((severity, code), count) in met.into_iter().filter(|((severity, _), count)| *count > shown(*severity)) {
        write_line(out, &format!("… and {} more of {code}", count - shown(severity)))?;
    }
    Ok(())
}

/// Findings of one code that are shown one by one: of remarks, which ask for nothing, a few.
fn shown(severity: Severity) -> usize {
    if severity == Severity::Info { SHOWN_REMARKS } else { SHOWN }
}

/// By file, line, column and code; findings of no place first, equal ones as they came.
fn in_order(diagnostics: &[Diagnostic]) -> Vec<&Diagnostic> {
    let mut ordered: Vec<&Diagnostic> = diagnostics.iter().collect();
    ordered.sort_by_key(|diagnostic| {
        (diagnostic.location.as_ref().map(|place| (place.file.as_str(), place.line, place.column)), diagnostic.code)
    });
    ordered
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostics::source::Source;
    use proptest::prelude::*;
    use std::io::Error as IoError;

    /// Takes a number of bytes and then is closed, or full.
    struct Pipe(usize, ErrorKind);

    impl Write for Pipe {
        fn write(&mut self, bytes: &[u8]) -> IoResult<usize> {
            let taken = bytes.len().min(self.0);
            self.0 -= taken;
            if taken == 0 { Err(IoError::from(self.1)) } else { Ok(taken) }
        }

        fn flush(&mut self) -> IoResult<()> {
            Ok(())
        }
    }

    fn told(diagnostics: &[Diagnostic]) -> String {
        let mut out = anstream::StripStream::new(Vec::new());
        write_notes(&mut out, diagnostics).unwrap();
        String::from_utf8(out.into_inner()).unwrap()
    }

    #[test]
    fn a_closed_pipe_is_no_failure_and_a_full_disk_is_one() {
        assert!(unless_closed(write_line(&mut Pipe(4, ErrorKind::BrokenPipe), "a long answer")).is_ok());
        assert!(unless_closed(write_line(&mut Pipe(4, ErrorKind::StorageFull), "a long answer")).is_err());
    }

    #[test]
    fn findings_come_in_the_order_of_their_files() {
        let source = Source::new("b.md", "one\ntwo\n");
        let diagnostics = [
            Diagnostic::new(Code::Watch, "third").at(&source, 4..7),
            Diagnostic::new(Code::NotStitched, "second").at(&source, 0..3),
            Diagnostic::new(Code::Kept, "first").at(&source, 0..3),
            Diagnostic::new(Code::Watch, "zeroth").in_file("a.md"),
            Diagnostic::new(Code::Watch, "of no place"),
        ];
        let messages: Vec<&str> = in_order(&diagnostics).iter().map(|diagnostic| diagnostic.message.as_str()).collect();
        assert_eq!(messages, ["of no place", "zeroth", "first", "second", "third"]);
    }

    #[test]
    fn a_flood_is_counted() {
        let mut diagnostics: Vec<Diagnostic> =
            (0..150).map(|at| Diagnostic::new(Code::NotUtf8, format!("wrong ({at})"))).collect();
        diagnostics.push(Diagnostic::new(Code::SameLines, "the other one"));
        let told = told(&diagnostics);
        assert_eq!(told.matches("wrong (").count(), 100);
        assert!(told.contains("the other one"));
        assert!(told.ends_with("… and 50 more of not-utf8\n"), "{told}");
    }

    #[test]
    fn a_tally_counts_by_weight() {
        let diagnostics =
            [Diagnostic::new(Code::Disk, ""), Diagnostic::new(Code::SameLines, ""), Diagnostic::new(Code::Exists, "")];
        assert_eq!(tally(&diagnostics).unwrap(), "2 errors, 1 warning");
        assert_eq!(tally(&diagnostics[1..2]).unwrap(), "1 warning");
        assert_eq!(tally(&[]), None);
    }

    #[test]
    fn a_file_name_cannot_command_the_terminal() {
        let told = told(&[Diagnostic::new(Code::Unreadable, "cannot read \x1b]0;x\x07.md")
            .in_file("\x1b[2J.md")
            .hint("\x1b[2J")]);
        assert!(!told.contains(['\x1b', '\x07']), "{told:?}");
    }

    proptest! {
        #[test]
        fn the_order_does_not_depend_on_who_came_first(mut at in prop::collection::vec((0..3usize, 0..3usize), 0..12)) {
            let source = Source::new("a", "x\ny\nz\n");
            let diagnostic = |&(line, column): &(usize, usize)| Diagnostic::new(Code::Disk, "m").at(&source, line * 2 + column..line * 2 + column);
            let there = told(&at.iter().map(diagnostic).collect::<Vec<_>>());
            at.reverse();
            prop_assert_eq!(told(&at.iter().map(diagnostic).collect::<Vec<_>>()), there);
        }
    }
}
