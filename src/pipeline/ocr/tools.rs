//! Runs the OCR command on a picture, and `pdftoppm` on a page of a PDF.
//!
//! The OCR command's result is a file that it makes at `{output}` with an extension of its choice, or what it prints. Of several
//! files, one that says where lines stand is preferred.

use crate::config::ocr::{DPI, IMAGE, OUTPUT, OcrRules};
use crate::diagnostics::code::Code;
use crate::diagnostics::diagnostic::Diagnostic;
use crate::diagnostics::error::Error;
use crate::diagnostics::message::Message;
use crate::import::input::decode::decode_pages;
use crate::import::input::detect::{Detected, detect};
use crate::import::input::scan::Scan;
use crate::io::fs::file;
use crate::io::fs::walk;
use crate::io::tool::{Tool, ToolFailure};
use crate::message;
use std::ffi::OsString;
use std::path::Path;
use std::time::Duration;

/// Bytes of a result, at most.
const MAX_RESULT: u64 = 64 << 20;
/// Dots per inch of the picture of a PDF page.
const PDF_DPI: &str = "300";
/// What is installed for the default command.
const INSTALL: &str = "apt install tesseract-ocr tesseract-ocr-chi-sim";
/// Pages are read at the same time, so each is left one thread: Tesseract's threads share a page badly.
const ENVIRONMENT: &[(&str, &str)] = &[("OMP_THREAD_LIMIT", "1")];
/// Characters of a tool's error output that are shown.
const SHOWN: usize = 300;

/// How tools run.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Toolbox<'a> {
    pub(crate) rules: &'a OcrRules,
    /// the site's root, where tools run
    pub(crate) root: &'a Path,
}

impl Toolbox<'_> {
    /// What the OCR command makes of a picture, in a format that can be decoded. `name` is the page's file, for messages; `scratch`
    /// a private folder.
    pub(crate) fn recognize(
        &self,
        name: &str,
        picture: &[u8],
        scan: Scan,
        scratch: &Path,
    ) -> Result<Vec<u8>, Diagnostic> {
        let (image, results) = (scratch.join(format!("page.{}", scan.extension())), scratch.join("results"));
        let prepared = file::make_folder(&results).and_then(|()| file::replace(&image, picture));
        prepared.map_err(|error| unwritten(name, &error))?;
        let (output, dpi) = (results.join("page"), scan.resolution().to_string());
        let command = self.command(&image.to_string_lossy(), &output.to_string_lossy(), &dpi);
        let printed = self.run(&command, scan.pages, scratch).map_err(|failure| self.failed(name, &dpi, failure))?;
        let result = result_in(&results).or((!printed.is_empty()).then_some(printed));
        let program = &self.rules.command[0];
        let Some(result) = result else {
            let message = message!("{program} wrote no result for this scan", program);
            return Err(ocr_failed(name, message, self.by_hand(name, &dpi)));
        };
        match decode_pages("page", &result, &mut |_| ()) {
            Ok(count) if count < scan.pages => {
                let message = message!(
                    "the scan has {pages} pages, and {program} read {count} of them",
                    pages = scan.pages,
                    program,
                    count
                );
                Err(ocr_failed(name, message, message!("save each of its pages as a file")))
            }
            Ok(_) => Ok(result),
            // a picture without text is that the next time too
            Err(error) if error.code == Code::EmptyPage => Ok(result),
            Err(error) => {
                let message = message!(
                    "what {program} made of this scan cannot be read: {message}",
                    program,
                    message = error.message
                );
                Err(ocr_failed(name, message, self.by_hand(name, &dpi)))
            }
        }
    }

    /// The picture of a page of a PDF, its index from 0. None: there is no program that makes one.
    pub(crate) fn picture_of(
        &self,
        name: &str,
        pdf: &[u8],
        page: usize,
        scratch: &Path,
    ) -> Result<Option<Vec<u8>>, Diagnostic> {
        let source = scratch.join("page.pdf");
        file::replace(&source, pdf).map_err(|error| unwritten(name, &error))?;
        let number = (page + 1).to_string();
        let words = ["pdftoppm", "-gray", "-png", "-singlefile", "-r", PDF_DPI, "-f", &number, "-l", &number];
        let mut command: Vec<OsString> = words.iter().map(OsString::from).collect();
        command.extend([source.into_os_string(), scratch.join("picture").into_os_string()]);
        match self.run(&command, 1, scratch) {
            Ok(_) => Ok(Some(file::read(scratch, "picture.png")?)),
            Err(ToolFailure::NotFound) => Ok(None),
            Err(ToolFailure::TimedOut) => Err(self.timed_out(name, "pdftoppm")),
            Err(ToolFailure::Failed(how, why)) => {
                let hint = message!("see whether the PDF opens elsewhere, or scan the page");
                Err(ocr_failed(name, failed_tool("pdftoppm", &how, &why), hint))
            }
        }
    }

    fn run(&self, command: &[OsString], pages: usize, scratch: &Path) -> Result<Vec<u8>, ToolFailure> {
        let timeout = Duration::from_secs(self.rules.timeout.saturating_mul(pages as u64));
        Tool { command, folder: self.root, scratch, environment: ENVIRONMENT, timeout }.run()
    }

    fn command(&self, image: &str, output: &str, dpi: &str) -> Vec<OsString> {
        let replaced = |word: &String| word.replace(IMAGE, image).replace(OUTPUT, output).replace(DPI, dpi).into();
        self.rules.command.iter().map(replaced).collect()
    }

    fn failed(&self, name: &str, dpi: &str, failure: ToolFailure) -> Diagnostic {
        let program = &self.rules.command[0];
        match failure {
            ToolFailure::NotFound => {
                let message = message!("the scan is not read: there is no {program} on this machine", program);
                let is_default = self.rules.command == OcrRules::default().command;
                let hint = if is_default {
                    Message::verbatim(INSTALL)
                } else {
                    message!("install it, or correct `command` of [ocr] in site.toml")
                };
                Diagnostic::new(Code::NoOcr, message).in_file(name).hint(hint)
            }
            ToolFailure::TimedOut => self.timed_out(name, program),
            ToolFailure::Failed(how, why) if why.contains("traineddata") => ocr_failed(
                name,
                failed_tool(program, &how, &why),
                message!("install the language: {command}", command = INSTALL),
            ),
            ToolFailure::Failed(how, why) => {
                ocr_failed(name, failed_tool(program, &how, &why), self.by_hand(name, dpi))
            }
        }
    }

    fn timed_out(&self, name: &str, program: &str) -> Diagnostic {
        let message = message!(
            "{program} took more than {timeout} s a page, and was ended",
            program,
            timeout = self.rules.timeout
        );
        ocr_failed(name, message, message!("`timeout` of [ocr] in site.toml allows it more"))
    }

    /// A hint with the command as a person runs it.
    fn by_hand(&self, name: &str, dpi: &str) -> Message {
        let output = name.rsplit_once('.').map_or(name, |(stem, _)| stem);
        let command = self.command(name, output, dpi);
        let words: Vec<_> = command.iter().map(|word| word.to_string_lossy()).collect();
        message!("see what it does by hand: {command}", command = words.join(" "))
    }
}

/// The result among the files that a command made.
fn result_in(folder: &Path) -> Option<Vec<u8>> {
    let (files, _) = walk::list(folder, "", &[]);
    let results =
        files.iter().filter(|found| file::size(&folder.join(&found.path)).is_some_and(|size| size <= MAX_RESULT));
    let mut results: Vec<Vec<u8>> = results.filter_map(|found| file::read(folder, &found.path).ok()).collect();
    results.retain(|bytes| !bytes.is_empty());
    let printed = results.iter().position(|bytes| matches!(detect("page", bytes), Detected::Printed(_)));
    (!results.is_empty()).then(|| results.swap_remove(printed.unwrap_or(0)))
}

/// What went wrong with a tool, with the end of its error output.
fn failed_tool(program: &str, how: &Message, stderr: &str) -> Message {
    let lines: Vec<&str> = stderr.lines().map(str::trim).filter(|line| !line.is_empty()).collect();
    let mut text: Vec<char> = lines.join("; ").chars().filter(|c| !c.is_control()).collect();
    text.drain(..text.len().saturating_sub(SHOWN));
    if text.is_empty() {
        return message!("{program} {how}", program, how);
    }
    message!("{program} {how}: {why}", program, how, why = text.into_iter().collect::<String>())
}

fn ocr_failed(name: &str, message: Message, hint: Message) -> Diagnostic {
    Diagnostic::new(Code::OcrFailed, message).in_file(name).hint(hint)
}

fn unwritten(name: &str, error: &Error) -> Diagnostic {
    let message = message!("the scan could not be handed over: {reason}", reason = error.reason());
    ocr_failed(name, message, message!("see whether the disk is full"))
}
