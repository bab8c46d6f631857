//! The paragraphs of articles, each with the lines that it is made from.

use crate::import::article::assemble::body_blocks_of;
use crate::import::article::body::{Block, BlockKind};
use crate::import::issue::stitch::{Part, WholeArticle, whole_article};
use crate::import::page::lines::Page;
use crate::import::page::role::Role;
use crate::import::page_import::PageImport;
use serde::Serialize;

/// A paragraph of an article's text.
#[derive(Debug, Serialize)]
pub(crate) struct Paragraph {
    /// `body`, `subhead` or `caption`
    role: &'static str,
    /// as in the article's file, without markup
    text: String,
    /// numbers of the page's lines that it is made from, in reading order
    lines: Vec<usize>,
    /// those of other pages of the issue
    #[serde(skip_serializing_if = "Vec::is_empty")]
    more: Vec<LinesOfPage>,
}

#[derive(Debug, Serialize)]
struct LinesOfPage {
    /// its file's name
    page: String,
    lines: Vec<usize>,
}

/// The paragraphs of each article of a page.
pub(crate) fn paragraphs_of_page(import: &PageImport) -> Vec<Vec<Paragraph>> {
    let (page, partition) = import.overrides.in_reading_order(&import.page, &import.partition);
    let articles = body_blocks_of(&page, &partition, import.punctuation_as_printed);
    let of_article = |blocks: Vec<Block>| blocks.into_iter().map(|block| paragraph(block, &page)).collect();
    articles.into_iter().map(of_article).collect()
}

/// The paragraphs of an article with parts on several pages.
pub(crate) fn paragraphs_of_chain(imports: &[PageImport], chain: &[Part]) -> Vec<Paragraph> {
    let Some(WholeArticle { page, partition, ends }) = whole_article(imports, chain) else { return Vec::new() };
    let mut articles = body_blocks_of(&page, &partition, imports[chain[0].page].punctuation_as_printed);
    let with_pages = |mut block: Block| {
        let first = block.lines.partition_point(|&line| line < ends[0]);
        let elsewhere = block.lines.split_off(first);
        let mut paragraph = paragraph(block, &page);
        for line in elsewhere {
            let part = ends.partition_point(|&end| end <= line);
            let file = imports[chain[part].page].file();
            if paragraph.more.last().is_none_or(|last| last.page != file) {
                paragraph.more.push(LinesOfPage { page: file.to_owned(), lines: Vec::new() });
            }
            paragraph.more.last_mut().into_iter().for_each(|more| more.lines.extend(page.lines[line].numbers()));
        }
        paragraph
    };
    articles.swap_remove(chain[0].article).into_iter().map(with_pages).collect()
}

fn paragraph(block: Block, page: &Page) -> Paragraph {
    let role = match block.kind {
        BlockKind::Paragraph => Role::Body,
        BlockKind::Subhead => Role::Subhead,
        BlockKind::Caption => Role::Caption,
    };
    let lines = block.lines.iter().flat_map(|&line| page.lines[line].numbers()).collect();
    Paragraph { role: role.name(), text: block.text, lines, more: Vec::new() }
}
