//! MinerU's `middle.json`: pages (`pdf_info`) of blocks, which may hold blocks, of lines of spans, in points.
//!
//! `preproc_blocks` are the blocks as they were found, with their printed lines; `para_blocks` the same with paragraphs run on over
//! blocks. The first are taken unless the second have more text. Discarded blocks are furniture to the engine, and stay.

use crate::import::input::json::values::{confidence, index, items, number, parse, rect, string, text_within};
use crate::import::input::printed::block_text::lines_of_block;
use crate::import::input::printed::labels::label_of;
use crate::import::input::printed::pages::Pages;
use crate::import::input::printed::reason::Unreadable;
use crate::import::input::printed::sizes::estimate_sizes;
use crate::import::input::printed::text_line::line_of_text;
use crate::import::input::printed::units::{UNKNOWN_HEIGHT, scaled};
use crate::import::page::printed_page::{BlockLabel, PrintedBlock, PrintedLine, PrintedPage, Rect};
use serde_json::Value;

/// Blocks within blocks, at most.
const MAX_DEPTH: usize = 8;

/// The pages of a file.
pub(crate) fn decode_middle(bytes: &[u8], pages: &mut Pages<'_>) -> Result<(), Unreadable> {
    let value = parse(bytes)?;
    pages.read(items(&value, "pdf_info").iter(), |page| Ok(page_of(page)))
}

fn page_of(value: &Value) -> PrintedPage {
    let [found, run_on] = ["preproc_blocks", "para_blocks"].map(|field| {
        let mut page = PrintedPage::default();
        items(value, field).iter().for_each(|block| add_block(block, None, 0, &mut page));
        page
    });
    let mut page = if characters(&run_on) > characters(&found) { run_on } else { found };
    let kept = page.blocks.len();
    items(value, "discarded_blocks")
        .iter()
        .for_each(|block| add_block(block, Some(BlockLabel::Furniture), 0, &mut page));
    // text in a margin is a headline printed downwards as often
    let is_aside = |at: usize| string(&items(value, "discarded_blocks")[at], "type") == "aside_text";
    let discarded = items(value, "discarded_blocks").len();
    if page.blocks.len() == kept + discarded {
        (0..discarded).filter(|at| is_aside(*at)).for_each(|at| page.blocks[kept + at].label = None);
    }
    set_size(&mut page, value.get("page_size"));
    estimate_sizes(&mut page);
    page
}

fn characters(page: &PrintedPage) -> usize {
    page.blocks.iter().flat_map(|block| &block.lines).map(|line| line.text.chars().count()).sum()
}

/// The size of the page, in points; without one, the blocks tell it, in an unknown unit.
fn set_size(page: &mut PrintedPage, size: Option<&Value>) {
    let extent =
        |at: usize| size?.get(at)?.as_f64().map(|extent| extent as f32).filter(|extent| (1.0..1e6).contains(extent));
    if let (Some(width), Some(height)) = (extent(0), extent(1)) {
        (page.width, page.height) = (width, height);
        return;
    }
    let all = page.blocks.iter().map(|block| block.rect).reduce(|all, block| all.union(&block)).unwrap_or_default();
    let scale = UNKNOWN_HEIGHT / all.y1.max(1.0);
    (page.width, page.height) = (all.x1.max(1.0) * scale, UNKNOWN_HEIGHT);
    page.pictures.iter_mut().for_each(|rect| *rect = scaled(*rect, scale));
    for block in &mut page.blocks {
        block.rect = scaled(block.rect, scale);
        block.lines.iter_mut().for_each(|line| line.rect = scaled(line.rect, scale));
    }
}

/// Adds a block, or the blocks in it.
fn add_block(value: &Value, label: Option<BlockLabel>, depth: usize, page: &mut PrintedPage) {
    let kind = string(value, "type");
    let rect = value.get("bbox").and_then(rect).unwrap_or_default();
    let label = label.or_else(|| label_of(kind));
    let is_picture = label == Some(BlockLabel::Picture);
    let parts = items(value, "blocks");
    if !parts.is_empty() && depth < MAX_DEPTH {
        parts
            .iter()
            .for_each(|part| add_block(part, label.filter(|label| *label == BlockLabel::Furniture), depth + 1, page));
        return;
    }
    if is_picture {
        page.pictures.push(rect);
    }
    let mut lines: Vec<PrintedLine> = items(value, "lines").iter().flat_map(|line| lines_of(line, rect)).collect();
    if lines.is_empty() {
        lines = lines_of_block(&text_within(value), rect);
    }
    // a paragraph that was run on into the block before it leaves an empty one
    if !lines.is_empty() || is_picture {
        page.blocks.push(PrintedBlock { rect, lines, label, order: index(value, "index"), article: None });
    }
}

/// The lines of a line: one, but for the text of a whole block or a table.
fn lines_of(value: &Value, block: Rect) -> Vec<PrintedLine> {
    let rect = value.get("bbox").and_then(rect).unwrap_or(block);
    let (mut text, mut scores) = (String::new(), Vec::new());
    for span in items(value, "spans") {
        let content = if string(span, "html").is_empty() { text_within(span) } else { text_within(&span["html"]) };
        let is_latin = |c: Option<char>| c.is_some_and(|c| c.is_ascii_alphanumeric());
        if is_latin(text.chars().next_back()) && is_latin(content.chars().next()) {
            text.push(' ');
        }
        text.push_str(&content);
        if !content.is_empty() && number(span, "score").is_some() {
            scores.extend(confidence(span.get("score")));
        }
    }
    let mean = (!scores.is_empty()).then(|| scores.iter().sum::<f32>() / scores.len() as f32);
    if text.trim().contains('\n') {
        return lines_of_block(&text, rect);
    }
    line_of_text(&text, rect, mean).into_iter().collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::import::input::printed::pages::collect;
    use serde_json::json;

    #[test]
    fn blocks_nested_and_discarded_are_read() {
        let line = |text: &str, y: i32| json!({"bbox": [10, y, 110, y + 10], "spans": [{"content": text, "score": 0.9, "type": "text"}]});
        let file = json!({"pdf_info": [{"page_idx": 0, "page_size": [1105, 1530],
            "preproc_blocks": [
                {"type": "title", "bbox": [10, 10, 110, 20], "index": 3, "lines": [line("家门口的微工厂", 10)]},
                {"type": "image", "bbox": [10, 30, 110, 90], "blocks": [
                    {"type": "image_body", "bbox": [10, 30, 110, 80], "lines": [{"bbox": [10, 30, 110, 80], "spans": [{"type": "image", "image_path": "a.jpg"}]}]},
                    {"type": "image_caption", "bbox": [10, 80, 110, 90], "lines": [line("图为车间", 80)]}]}],
            "para_blocks": [{"type": "title", "lines": [line("家", 1)]}],
            "discarded_blocks": [{"type": "header", "bbox": [0, 0, 9, 9], "lines": [line("要闻", 0)]}, {"type": "aside_text", "bbox": [0, 0, 9, 9], "lines": [line("夜班", 0)]}]}]});
        let page = collect(|pages| decode_middle(file.to_string().as_bytes(), pages)).unwrap().remove(0);
        let seen: Vec<_> =
            page.blocks.iter().map(|b| (b.lines.first().map_or("", |line| &line.text), b.label, b.order)).collect();
        assert_eq!(
            seen,
            [
                ("家门口的微工厂", Some(BlockLabel::Title), Some(3)),
                ("", Some(BlockLabel::Picture), None),
                ("图为车间", Some(BlockLabel::Caption), None),
                ("要闻", Some(BlockLabel::Furniture), None),
                ("夜班", None, None)
            ]
        );
        assert_eq!((page.width, page.pictures.len()), (1105.0, 1));
    }
}
