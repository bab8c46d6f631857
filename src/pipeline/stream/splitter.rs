//! Splits the pages of a request into articles, as an import of the same file does it.
//!
//! 1. The file's bytes are decoded to its pages, and what is known of each is gathered: request, sidecar, name.
//! 2. Of a file with several pages, paper and day that most of them print hold for all.
//! 3. Each page is split, its articles are filed under themes.

use crate::config::settings::Config;
use crate::content::page_name::{file_and_number, stem_of};
use crate::diagnostics::code::Code;
use crate::diagnostics::diagnostic::Diagnostic;
use crate::diagnostics::source::Source;
use crate::import::article::assemble::Draft;
use crate::import::input::decode::{PageOfFile, decode_alone, decode_pages};
use crate::import::input::scan::Scan;
use crate::import::issue::shared_masthead::SharedMasthead;
use crate::import::page::masthead::Masthead;
use crate::import::page_import::{PageImport, import_parsed};
use crate::import::page_metadata::{PageMetadata, resolve_masthead};
use crate::import::record::MetadataOptions;
use crate::import::sidecar::corrections::Sidecar;
use crate::import::sidecar::parse::parse_sidecar;
use crate::io::fs::file;
use crate::message;
use crate::pipeline::import::parsed_pages::{ParseResult, ParsedSource};
use crate::pipeline::stream::request::{FailedRequest, PageRequest, bad_request, parse_request};
use crate::theme::classify::{ArticleText, Classifier};
use serde_json::Value;
use std::path::Path;

/// Splits pages by the settings of a site.
#[derive(Debug)]
pub struct Splitter {
    pub(crate) config: Config,
    classifier: Classifier,
}

/// A page, split.
#[derive(Debug)]
pub(crate) struct SplitPage {
    /// the number of its request, from 1
    pub(crate) line: usize,
    /// that of its request
    pub(crate) id: Value,
    pub(crate) import: PageImport,
    /// of its decoding and its sidecar
    pub(crate) diagnostics: Vec<Diagnostic>,
}

/// What became of a page.
pub(crate) type SplitResult = Result<SplitPage, Box<FailedRequest>>;

impl Splitter {
    /// With the themes, papers and other settings of site.toml.
    pub fn new(config: Config) -> Self {
        let classifier = Classifier::new(&config.themes, &config.filing);
        Self { config, classifier }
    }

    /// The pages that a line of a stream asks for, in the order of their file. `number` is the line's, from 1.
    pub(crate) fn split_line(&self, number: usize, line: &str) -> Vec<SplitResult> {
        let request = match parse_request::<PageRequest>(number, line) {
            Ok(request) => request,
            Err(failed) => return vec![Err(failed)],
        };
        self.split(number, &request)
    }

    /// The pages of a request, in the order of their file.
    pub(crate) fn split(&self, number: usize, request: &PageRequest) -> Vec<SplitResult> {
        let fail = |name, reason| Box::new(FailedRequest { line: number, id: request.id.clone(), name, reason });
        let pages = match decoded_pages(request) {
            Ok(pages) => pages,
            Err(reason) => return vec![Err(fail(None, reason))],
        };
        let pages: Vec<KnownPage> = pages.into_iter().map(|page| self.known_page(request, page)).collect();
        let shared = match pages.len() {
            1 => SharedMasthead::default(),
            _ => SharedMasthead::of(&pages.iter().map(KnownPage::own_masthead).collect::<Vec<_>>()),
        };
        let split = |KnownPage { name, parsed, metadata, mut diagnostics, .. }: KnownPage| {
            let parsed = parsed.map_err(|reason| fail(Some(name), reason))?;
            let ParsedSource { source, parsed, diagnostics: of_decoding, .. } = parsed;
            diagnostics.extend(of_decoding);
            let import = import_parsed(&source, parsed, &shared.complete(metadata), |draft| self.themes(draft));
            Ok(SplitPage { line: number, id: request.id.clone(), import, diagnostics })
        };
        let mut wanted = pages.into_iter().filter(|page| request.wants(&page.own_name)).map(split).peekable();
        if wanted.peek().is_none() {
            let message = message!("the file has no page of this number");
            return vec![Err(fail(Some(request.name().to_owned()), Diagnostic::new(Code::NoPage, message)))];
        }
        wanted.collect()
    }

    /// A page with what is known of it beside its text.
    fn known_page(&self, request: &PageRequest, (own_name, parsed): (String, ParseResult)) -> KnownPage {
        let name = request.name_of(&own_name);
        let parsed = parsed.map(|mut parsed| {
            parsed.source.name.clone_from(&name);
            parsed
        });
        let (sidecar, diagnostics) = self.sidecar(request, &own_name);
        let (file, number) = file_and_number(&name);
        let options = MetadataOptions {
            date: request.date.map(|date| date.to_string()),
            paper: request.paper.clone(),
            page: request.page,
        };
        let metadata = PageMetadata::of_file(file, number, &options, sidecar, &self.config);
        let metadata = PageMetadata { issue: request.issue, ..metadata };
        KnownPage { own_name, name, parsed, metadata, diagnostics }
    }

    /// The themes that an article is filed under.
    pub(crate) fn themes(&self, draft: &Draft) -> Vec<String> {
        self.classifier.theme_ids_of(&ArticleText::of_draft(&draft.front, &draft.text))
    }

    /// The sidecar that the request has, or the one beside the page's file.
    fn sidecar(&self, request: &PageRequest, page: &str) -> (Sidecar, Vec<Diagnostic>) {
        let name = format!("{}.toml", stem_of(page));
        let source = match (&request.sidecar, &request.path) {
            (Some(sidecar), _) => Ok(Some(Source::new(&name, sidecar.as_str()))),
            (None, Some(_)) => file::read_if_present(Path::new(""), &name)
                .and_then(|bytes| bytes.map(|bytes| file::source(&name, bytes)).transpose()),
            (None, None) => Ok(None),
        };
        match source {
            Ok(source) => source.map(|it| parse_sidecar(&it, &self.config.theme_ids())).unwrap_or_default(),
            Err(diagnostic) => (Sidecar::default(), vec![diagnostic]),
        }
    }
}

/// A page of a request before it is split.
struct KnownPage {
    /// by its file
    own_name: String,
    /// as the request names it
    name: String,
    parsed: ParseResult,
    metadata: PageMetadata,
    /// of its sidecar
    diagnostics: Vec<Diagnostic>,
}

impl KnownPage {
    /// What the page itself prints of its issue, or its sidecar says; None for one that cannot be read.
    fn own_masthead(&self) -> Option<Masthead> {
        let said = PageMetadata { sidecar: self.metadata.sidecar.clone(), ..PageMetadata::default() };
        Some(resolve_masthead(&self.parsed.as_ref().ok()?.parsed.page, &said))
    }
}

/// All pages of a request's file with their names by the file.
///
/// # Errors
/// The request has no text and no file, or both; as [`decode_pages`]; the page is a scan.
fn decoded_pages(request: &PageRequest) -> Result<Vec<(String, ParseResult)>, Diagnostic> {
    let name = request.own_name();
    let (file, number) = file_and_number(name);
    let read;
    let bytes = match (&request.text, &request.path) {
        (Some(text), None) => text.as_bytes(),
        (None, Some(_)) => {
            read = file::read(Path::new(""), file)?;
            &read
        }
        (Some(_), Some(_)) => return Err(bad_request(message!("a page has a text or a path, not both"))),
        (None, None) => return Err(bad_request(message!("a page has neither a text nor a path"))),
    };
    if Scan::of(bytes).is_some() {
        let message = message!("the page is a scan, and no OCR program runs here");
        let hint = message!("have it read first, and send what the OCR program writes; `wenzhai import` runs one");
        return Err(Diagnostic::new(Code::NoOcr, message).in_file(name).hint(hint));
    }
    let parsed = |decoded: Result<_, Diagnostic>| decoded.map(ParsedSource::of);
    // the text of one page of a file with several
    if number.is_some() && request.text.is_some() {
        return Ok(vec![(name.to_owned(), parsed(decode_alone(name, bytes)))]);
    }
    let mut pages = Vec::new();
    decode_pages(file, bytes, &mut |PageOfFile { name, decoded }| pages.push((name, parsed(decoded))))?;
    Ok(pages)
}
