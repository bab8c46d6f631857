//! Reads what poppler's `pdftotext -bbox-layout` writes: pages of flows, blocks, lines and words, in points.

use crate::import::input::printed::pages::Pages;
use crate::import::input::printed::reason::Unreadable;
use crate::import::input::printed::sizes::estimate_sizes;
use crate::import::input::printed::text_line::line_of_words;
use crate::import::input::xml::tree::{named, number, parse};
use crate::import::page::printed_page::{PrintedBlock, PrintedLine, PrintedPage, PrintedWord, Rect};
use roxmltree::Node;

/// The pages of a file. (With `-bbox` alone there are no blocks: each word is a block of its own.)
pub(crate) fn decode_bbox_layout(text: &str, pages: &mut Pages<'_>) -> Result<(), Unreadable> {
    let document = parse(text)?;
    let found: Vec<Node<'_, '_>> = named(document.root(), "page").collect();
    pages.read(found.into_iter(), |page| Ok(decode_page(page)))
}

fn decode_page(node: Node<'_, '_>) -> PrintedPage {
    let extent = |name: &str| number(node, name).unwrap_or_default();
    let has_blocks = named(node, "block").next().is_some();
    let blocks = named(node, if has_blocks { "block" } else { "word" }).map(|block| {
        let lines: Vec<PrintedLine> = if has_blocks {
            named(block, "line")
                .filter_map(|line| line_of_words(named(line, "word").filter_map(word).collect(), rect(line)))
                .collect()
        } else {
            line_of_words(word(block).into_iter().collect(), None).into_iter().collect()
        };
        PrintedBlock { rect: rect(block).unwrap_or_default(), lines, ..PrintedBlock::default() }
    });
    let mut page = PrintedPage {
        width: extent("width"),
        height: extent("height"),
        blocks: blocks.collect(),
        ..PrintedPage::default()
    };
    estimate_sizes(&mut page);
    page
}

fn word(node: Node<'_, '_>) -> Option<PrintedWord> {
    Some(PrintedWord { text: node.text()?.to_owned(), rect: rect(node)?, confidence: None })
}

fn rect(node: Node<'_, '_>) -> Option<Rect> {
    Some(Rect::between(number(node, "xMin")?, number(node, "yMin")?, number(node, "xMax")?, number(node, "yMax")?))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::import::input::printed::pages::collect;

    #[test]
    fn blocks_have_lines_of_words() {
        let text = r#"<!DOCTYPE html PUBLIC "-//W3C//DTD XHTML 1.0 Transitional//EN" "http://www.w3.org/TR/xhtml1/DTD/xhtml1-transitional.dtd"><html xmlns="http://www.w3.org/1999/xhtml"><body><doc><page width="100" height="200"><flow><block xMin="1" yMin="2" xMax="50" yMax="30"><line xMin="1" yMin="2" xMax="50" yMax="15"><word xMin="1" yMin="2" xMax="21" yMax="15">微工</word><word xMin="21" yMin="2" xMax="31" yMax="15">厂</word></line></block></flow></page></doc></body></html>"#;
        let page = collect(|pages| decode_bbox_layout(text, pages)).unwrap().remove(0);
        assert_eq!((page.width, page.height), (100.0, 200.0));
        assert_eq!(page.blocks[0].lines[0].text, "微工厂");
        assert_eq!(page.blocks[0].lines[0].rect, Rect::between(1.0, 2.0, 50.0, 15.0));
    }
}
