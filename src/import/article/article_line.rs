//! The lines of one article, with what was found about each.

use crate::import::page::lines::{Line, Page};
use crate::import::page::partition::{LineAssignment, Partition};
use crate::import::page::role::Role;

#[derive(Debug, Clone, Copy)]
pub(crate) struct ArticleLine<'a> {
    /// its index among the page's lines
    pub(crate) index: usize,
    pub(crate) line: &'a Line,
    pub(crate) assigned: &'a LineAssignment,
}

impl<'a> ArticleLine<'a> {
    pub(crate) fn role(&self) -> Role {
        self.assigned.role
    }

    pub(crate) fn text(&self) -> &'a str {
        &self.line.text
    }
}

/// The lines of each article of a page, in the page's order.
pub(crate) fn lines_by_article<'a>(page: &'a Page, partition: &'a Partition) -> Vec<Vec<ArticleLine<'a>>> {
    let mut articles = vec![Vec::new(); partition.article_count];
    for (index, (line, assigned)) in page.lines.iter().zip(&partition.lines).enumerate() {
        if let Some(article) = assigned.article {
            articles[article].push(ArticleLine { index, line, assigned });
        }
    }
    articles
}

pub(crate) fn texts_with_role<'a>(lines: &[ArticleLine<'a>], role: Role) -> impl Iterator<Item = &'a str> {
    lines.iter().filter(move |line| line.role() == role).map(ArticleLine::text)
}
