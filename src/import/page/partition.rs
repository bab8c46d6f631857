//! What a page was found to be: for each line its role, its article, and why.

use crate::import::page::role::Role;
use std::collections::HashMap;

/// What the page was found to be.
#[derive(Debug, Clone, PartialEq)]
pub struct Linked {
    /// for each line of the page: its role, and its article
    pub lines: Vec<Placed>,
    /// number of articles; they count in the order in which they begin
    pub articles: usize,
    /// the lines' places, in reading order: that of the page, but for texts that are printed before their beginning
    pub(crate) order: Vec<usize>,
}

/// A line's place in the page.
#[derive(Debug, Clone, PartialEq)]
pub struct Placed {
    pub role: Role,
    /// from 0; None: belongs to no article
    pub article: Option<usize>,
    pub why: &'static str,
    /// how sure, 0 to 1
    pub certainty: f64,
    /// the line of the page that says the same, and is kept
    pub double_of: Option<usize>,
}

impl Linked {
    /// Lines that are read in the order of the page; articles count in the order of their first lines.
    pub fn of(mut lines: Vec<Placed>) -> Self {
        let mut counted: HashMap<usize, usize> = HashMap::new();
        for placed in &mut lines {
            if let Some(article) = &mut placed.article {
                let next = counted.len();
                *article = *counted.entry(*article).or_insert(next);
            }
        }
        Self { articles: counted.len(), order: (0..lines.len()).collect(), lines }
    }
}
