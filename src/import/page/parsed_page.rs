//! The lines of a page as its input format gives them: what every parser of an input format returns.

use crate::import::page::lines::Page;
use crate::import::page::partition::Partition;
use std::collections::BTreeMap;

/// A page's lines, and its articles where the input format marks them up.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct ParsedPage {
    pub(crate) page: Page,
    /// the articles, where the markup states them; None: they have to be found
    pub(crate) partition: Option<Partition>,
    /// for markup and printed lines, whose texts do not correspond to lines of the file: each non-empty line of the file (from 1)
    /// → the indexes of the page's lines whose text it holds, none for markup alone. Empty for plain text in paragraphs.
    pub(crate) texts_of_line: BTreeMap<usize, Vec<usize>>,
}
