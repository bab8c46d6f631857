//! The corrections of a sidecar, as plain data.

use crate::content::article::ArticleKind;
use crate::diagnostics::code::Code;
use crate::diagnostics::diagnostic::Diagnostic;
use crate::diagnostics::source::Location;
use crate::import::page::lines::Page;
use crate::import::page::role::Role;
use crate::import::sidecar::ranges::Ranges;
use crate::message;
use jiff::civil::Date;
use serde::Serialize;

/// The content of a sidecar. It takes precedence over what the page prints and over what import finds.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Sidecar {
    pub(crate) date: Option<Date>,
    pub(crate) paper: Option<String>,
    pub(crate) issue: Option<u32>,
    pub(crate) page: Option<u32>,
    pub(crate) lines: Vec<LineCorrection>,
    pub(crate) articles: Vec<ArticleCorrection>,
    pub(crate) text: Vec<TextCorrection>,
}

/// Lines of the page, and where the sidecar names them, for diagnostics.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub(crate) struct LineSelection {
    pub(crate) ranges: Ranges,
    #[serde(skip)]
    pub(crate) location: Location,
}

impl LineSelection {
    /// The indexes of the page's lines that are named, in the order named, and a diagnostic where some do not exist.
    pub(crate) fn line_indexes(&self, page: &Page) -> (Vec<usize>, Option<Diagnostic>) {
        let (indexes, error) = self.ranges.line_indexes(page);
        let diagnostic = error.map(|error| {
            let diagnostic = Diagnostic::new(Code::NoSuchLine, error).at_location(self.location.clone());
            diagnostic.hint(message!("lines count from 1, empty ones too, as in an editor's margin"))
        });
        (indexes, diagnostic)
    }
}

/// A table `[[lines]]`: the role or the article of lines.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub(crate) struct LineCorrection {
    pub(crate) lines: LineSelection,
    pub(crate) role: Option<Role>,
    /// a single line, whose article they belong to
    pub(crate) with: Option<LineSelection>,
}

/// A table `[[articles]]`: the lines or the front matter of an article.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub(crate) struct ArticleCorrection {
    pub(crate) article: ArticleSelector,
    pub(crate) front: FrontMatterOverride,
}

/// The article that a correction is about.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub(crate) enum ArticleSelector {
    /// an article of exactly these lines, in this order
    Lines(LineSelection),
    /// the article that this single line belongs to
    Containing(LineSelection),
}

/// A table `[[text]]`: what a line should say in the place of what it prints.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub(crate) struct TextCorrection {
    /// a single line
    pub(crate) line: LineSelection,
    /// a part of the line or all of it, which stands there once; never empty
    pub(crate) printed: String,
    /// may be empty: the line says the rest alone
    pub(crate) text: String,
}

/// Front matter that replaces what was found; absent fields stay as they were found.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub(crate) struct FrontMatterOverride {
    pub(crate) title: Option<String>,
    pub(crate) kicker: Option<String>,
    pub(crate) subtitle: Option<String>,
    pub(crate) column: Option<String>,
    pub(crate) authors: Option<Vec<String>>,
    pub(crate) byline: Option<String>,
    pub(crate) kind: Option<ArticleKind>,
    pub(crate) themes: Option<Vec<String>>,
    /// nothing is missing of the article, whatever its text seems to say
    pub(crate) complete: Option<bool>,
}

impl FrontMatterOverride {
    /// These fields; for one that is absent, that of `other`.
    pub(crate) fn or(self, other: Self) -> Self {
        Self {
            title: self.title.or(other.title),
            kicker: self.kicker.or(other.kicker),
            subtitle: self.subtitle.or(other.subtitle),
            column: self.column.or(other.column),
            authors: self.authors.or(other.authors),
            byline: self.byline.or(other.byline),
            kind: self.kind.or(other.kind),
            themes: self.themes.or(other.themes),
            complete: self.complete.or(other.complete),
        }
    }
}
