//! The corrections of a sidecar, as plain data.

use crate::content::article::ArticleKind;
use crate::diagnostics::source::Location;
use crate::import::page::role::Role;
use crate::import::sidecar::ranges::Ranges;
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
}

/// Lines of the page, and where the sidecar names them, for diagnostics.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub(crate) struct LineSelection {
    pub(crate) ranges: Ranges,
    #[serde(skip)]
    pub(crate) location: Location,
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
}
