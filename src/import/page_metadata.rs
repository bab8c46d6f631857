//! Metadata of a page: what is known of it beside its text, from the command line or a request, its sidecar, and its file's name.

use crate::config::settings::Config;
use crate::import::naming::{date_in_name, page_in_name, paper_of_name};
use crate::import::page::lines::Page;
use crate::import::page::masthead::{Masthead, parse_masthead};
use crate::import::record::MetadataOptions;
use crate::import::sidecar::corrections::Sidecar;
use jiff::civil::Date;
use serde::Serialize;

/// What is known of a page beside its text.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct PageMetadata {
    /// a person's corrections; they take precedence over what the page prints
    pub sidecar: Sidecar,
    /// for a page that prints no date: `--date`, or the date in the file's name
    pub date: Option<Date>,
    /// for a page that prints no paper: `--paper`, or the paper whose files are named so
    pub paper: Option<String>,
    /// for a page that prints no page number: `--page`, or the number in the file's name
    pub page: Option<u32>,
    /// for a page that prints no number of its issue
    pub issue: Option<u32>,
    /// keep half-width punctuation between Chinese characters, which is set in full width otherwise
    pub punctuation_as_printed: bool,
}

impl PageMetadata {
    /// Of a page of `file`, with its number where the file has several: the options first, then what the file's name says.
    pub(crate) fn of_file(
        file: &str,
        number: Option<usize>,
        options: &MetadataOptions,
        sidecar: Sidecar,
        config: &Config,
    ) -> Self {
        let first = options.page.or_else(|| page_in_name(file));
        let behind_first = |number: usize| first.unwrap_or(1).saturating_add(u32::try_from(number - 1).unwrap_or(0));
        Self {
            sidecar,
            date: options.date.as_ref().and_then(|date| date.parse().ok()).or_else(|| date_in_name(file)),
            paper: options.paper.clone().or_else(|| paper_of_name(file, &config.papers).map(str::to_owned)),
            page: number.map_or(first, |number| Some(behind_first(number))),
            issue: None,
            punctuation_as_printed: !config.import.full_width,
        }
    }
}

/// Paper, date, issue and page number of a page: the sidecar's take precedence, then what the page prints, then what is known of
/// it otherwise.
pub(crate) fn resolve_masthead(page: &Page, metadata: &PageMetadata) -> Masthead {
    let printed = parse_masthead(page);
    let sidecar = &metadata.sidecar;
    let paper = sidecar.paper.clone().or(printed.paper.map(without_letter_spacing)).or_else(|| metadata.paper.clone());
    Masthead {
        date: sidecar.date.or(printed.date).or(metadata.date),
        paper,
        page: sidecar.page.or(printed.page).or(metadata.page),
        issue: sidecar.issue.or(printed.issue).or(metadata.issue),
    }
}

/// `沿 江 劳 动 报` → `沿江劳动报`; spaces between Latin words stay.
fn without_letter_spacing(name: String) -> String {
    if name.contains(|c: char| c.is_ascii_alphanumeric()) { name } else { name.split_whitespace().collect() }
}
