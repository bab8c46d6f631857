//! `wenzhai split` and `wenzhai classify`: pages and texts as a stream of JSON lines.

use crate::commands::outcome::Outcome;
use crate::diagnostics::code::Code;
use crate::diagnostics::diagnostic::Diagnostic;
use crate::diagnostics::error::Result;
use crate::diagnostics::message::Message;
use crate::io::line_stream::{LineFailure, map_lines};
use crate::io::terminal;
use crate::message;
use crate::pipeline::stream::classifier::{TextRequest, classified};
use crate::pipeline::stream::issue::{IssueGroups, IssueResult, stitch_pages};
use crate::pipeline::stream::object::OutputObject;
use crate::pipeline::stream::request::{FailedRequest, failed_line, parse_request};
use crate::pipeline::stream::splitter::{SplitPage, SplitResult, Splitter};
use crate::project::settings_or_builtin;
use crate::text::lang::Lang;
use crate::theme::classify::Classifier;
use std::ops::ControlFlow;
use std::path::{Path, PathBuf};
use std::result::Result as StdResult;

/// The options of both commands.
#[derive(Debug, Clone, Default)]
pub(crate) struct StreamRequest {
    /// standard input where there is none
    pub(crate) file: Option<PathBuf>,
    /// as many as there are processors where it is 0
    pub(crate) jobs: usize,
    /// a line an article
    pub(crate) articles: bool,
    /// stitches the articles of consecutive pages of an issue
    pub(crate) issues: bool,
}

/// Splits the pages of a stream into articles.
pub(crate) fn split(root: &Path, request: &StreamRequest) -> Result<Outcome> {
    let splitter = Splitter::new(settings_or_builtin(root)?);
    let mut output = Output { by_article: request.articles, lang: terminal::language(), ..Output::default() };
    match request.issues {
        true => split_issues(&splitter, request, &mut output)?,
        false => split_pages(&splitter, request, &mut output)?,
    }
    Ok(output.outcome(message!("{n} {page|pages} split", n = output.done)))
}

/// Files the texts of a stream under themes.
pub(crate) fn classify(root: &Path, request: &StreamRequest) -> Result<Outcome> {
    let config = settings_or_builtin(root)?;
    let classifier = Classifier::new(&config.themes, &config.filing);
    let mut output = Output { lang: terminal::language(), ..Output::default() };
    let lang = output.lang;
    let work = |number: usize, line: &str| match parse_request::<TextRequest>(number, line) {
        Ok(text) => Written { lines: vec![classified(&classifier, &text)], done: 1, failed: 0 },
        Err(failed) => Written::failure(&failed, lang),
    };
    map_lines(request.file.as_deref(), request.jobs, work, &mut |number, written| output.put(number, written))?;
    Ok(output.outcome(message!("{n} {text|texts} classified", n = output.done)))
}

/// Each page by itself.
fn split_pages(splitter: &Splitter, request: &StreamRequest, output: &mut Output) -> Result<()> {
    let Output { by_article, lang, .. } = *output;
    let work = |number: usize, line: &str| {
        let written = |page: SplitResult| match page {
            Ok(page) => Written::pages(splitter, vec![page], by_article, lang),
            Err(failed) => Written::failure(&failed, lang),
        };
        splitter.split_line(number, line).into_iter().map(written).fold(Written::default(), Written::followed_by)
    };
    map_lines(request.file.as_deref(), request.jobs, work, &mut |number, written| output.put(number, written))
}

/// Consecutive pages of an issue together.
fn split_issues(splitter: &Splitter, request: &StreamRequest, output: &mut Output) -> Result<()> {
    let Output { by_article, lang, .. } = *output;
    let mut issues = IssueGroups::default();
    let work = |number: usize, line: &str| splitter.split_line(number, line);
    let written = |issue: IssueResult| match issue {
        Ok(pages) => Written::pages(splitter, pages, by_article, lang),
        Err(failed) => Written::failure(&failed, lang),
    };
    map_lines(request.file.as_deref(), request.jobs, work, &mut |number, pages| {
        let pages = pages.unwrap_or_else(|failure| vec![Err(Box::new(failed_line(number, reason(failure))))]);
        let mut complete = pages.into_iter().flat_map(|page| issues.add(page));
        complete.try_for_each(|issue| output.print(&written(issue)))
    })?;
    // where nobody reads any more, there is nothing left to stop
    let _ = issues.take().map(|pages| output.print(&written(Ok(pages))));
    Ok(())
}

/// What is put out for a line of the input.
#[derive(Debug, Default)]
struct Written {
    lines: Vec<String>,
    /// pages or texts
    done: usize,
    failed: usize,
}

impl Written {
    /// Pages of one issue.
    fn pages(splitter: &Splitter, pages: Vec<SplitPage>, by_article: bool, lang: Lang) -> Self {
        let done = pages.len();
        let issue = stitch_pages(splitter, pages);
        let objects = OutputObject::of_issue(&issue, by_article, lang);
        Self { lines: objects.iter().map(OutputObject::to_json).collect(), done, failed: 0 }
    }

    fn failure(failed: &FailedRequest, lang: Lang) -> Self {
        Self { lines: vec![OutputObject::of_failure(failed, lang).to_json()], done: 0, failed: 1 }
    }

    fn followed_by(mut self, other: Self) -> Self {
        self.lines.extend(other.lines);
        Self { lines: self.lines, done: self.done + other.done, failed: self.failed + other.failed }
    }
}

/// What was put out so far.
#[derive(Debug, Clone, Copy, Default)]
struct Output {
    by_article: bool,
    lang: Lang,
    done: usize,
    failed: usize,
}

impl Output {
    /// Prints what a line became; breaks off where nobody reads it.
    fn put(&mut self, number: usize, written: StdResult<Written, LineFailure>) -> ControlFlow<()> {
        let failed = |failure| Written::failure(&failed_line(number, reason(failure)), self.lang);
        let written = written.unwrap_or_else(failed);
        self.print(&written)
    }

    fn print(&mut self, written: &Written) -> ControlFlow<()> {
        self.done += written.done;
        self.failed += written.failed;
        match written.lines.iter().all(|line| terminal::print_record(line)) {
            true => ControlFlow::Continue(()),
            false => ControlFlow::Break(()),
        }
    }

    /// The end of the command: an error where something could not be read.
    fn outcome(&self, summary: Message) -> Outcome {
        terminal::print_status(&summary);
        let failed = (self.failed > 0).then(|| {
            let message = message!("{n} {page or text|pages or texts} could not be read", n = self.failed);
            Diagnostic::new(Code::FailedLines, message).hint(message!("their lines of the output have `error`"))
        });
        Outcome::of(failed.into_iter().collect())
    }
}

fn reason(failure: LineFailure) -> Diagnostic {
    let message = match failure {
        LineFailure::TooLong => message!("the line is longer than 16 MiB"),
        LineFailure::NotUtf8 => message!("the line is not UTF-8"),
        LineFailure::Panicked => message!("wenzhai failed on this line, which is a mistake in wenzhai"),
    };
    let hint = match failure {
        LineFailure::TooLong => message!("name the page's file instead: `path`"),
        LineFailure::NotUtf8 => message!("a page in another encoding is named as a file: `path`"),
        LineFailure::Panicked => message!("please report it with the line"),
    };
    Diagnostic::new(Code::BadRequest, message).hint(hint)
}
