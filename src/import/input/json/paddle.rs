//! PaddleOCR: what PP-StructureV3 returns (`parsing_res_list`, `overall_ocr_res`), and PP-OCR alone (`rec_texts`).
//!
//! 1. Find the pages, whatever wraps them: `res` of printed results, `result.layoutParsingResults[].prunedResult` of the serving API.
//! 2. Put the lines that were recognised into the smallest block that holds their middle; what no block holds is a block of its own.
//! 3. A block without lines has those of its text.

use crate::import::input::json::values::{confidence, index, items, number, parse, rect, string};
use crate::import::input::printed::block_text::{lines_of_block, text_of_html};
use crate::import::input::printed::labels::label_of;
use crate::import::input::printed::pages::Pages;
use crate::import::input::printed::reason::Unreadable;
use crate::import::input::printed::sizes::estimate_sizes;
use crate::import::input::printed::text_line::line_of_text;
use crate::import::input::printed::units::{UNKNOWN_HEIGHT, scaled};
use crate::import::page::printed_page::{BlockLabel, PrintedBlock, PrintedLine, PrintedPage, Rect};
use crate::message;
use serde_json::Value;

/// Wrappers of a page, one inside the other at most.
const MAX_WRAPPERS: usize = 6;
/// Blocks of a page, and its lines times its blocks, at most: each line is compared with each block.
const MAX_BLOCKS: usize = 20_000;
const MAX_COMPARISONS: usize = 50_000_000;

/// The pages of a file.
pub(crate) fn decode_paddle(bytes: &[u8], pages: &mut Pages<'_>) -> Result<(), Unreadable> {
    let value = parse(bytes)?;
    let mut results = Vec::new();
    collect_results(&value, 0, &mut results);
    pages.read(results.into_iter(), page_of)
}

/// The results of pages, in the order of the file.
fn collect_results<'a>(value: &'a Value, depth: usize, results: &mut Vec<&'a Value>) {
    if depth > MAX_WRAPPERS {
        return;
    }
    match value {
        Value::Array(values) => values.iter().for_each(|value| collect_results(value, depth + 1, results)),
        Value::Object(fields) => {
            if ["parsing_res_list", "overall_ocr_res", "rec_texts"].iter().any(|field| fields.contains_key(*field)) {
                results.push(value);
                return;
            }
            for field in ["res", "result", "layoutParsingResults", "ocrResults", "prunedResult"] {
                if let Some(value) = fields.get(field) {
                    collect_results(value, depth + 1, results);
                }
            }
        }
        _ => {}
    }
}

fn page_of(result: &Value) -> Result<PrintedPage, Unreadable> {
    let mut blocks: Vec<PrintedBlock> = items(result, "parsing_res_list").iter().map(block_of).collect();
    let lines = lines_of(result.get("overall_ocr_res").unwrap_or(result));
    if blocks.len() > MAX_BLOCKS || blocks.len() * lines.len() > MAX_COMPARISONS {
        let message = message!(
            "a page of {blocks} blocks and {lines} lines is no newspaper page",
            blocks = blocks.len(),
            lines = lines.len()
        );
        return Err(Unreadable::too_large(message));
    }
    let texts: Vec<Vec<PrintedLine>> = blocks.iter_mut().map(|block| std::mem::take(&mut block.lines)).collect();
    for line in lines {
        match smallest_around(&blocks[..texts.len()], &line.rect) {
            Some(block) => blocks[block].lines.push(line),
            None => blocks.push(PrintedBlock { rect: line.rect, lines: vec![line], ..PrintedBlock::default() }),
        }
    }
    for (block, text) in blocks.iter_mut().zip(texts) {
        if block.lines.is_empty() {
            block.lines = text;
        }
    }
    let all = blocks.iter().map(|block| block.rect).reduce(|all, block| all.union(&block)).unwrap_or_default();
    let extent =
        |field: &str, least: f32| number(result, field).filter(|extent| *extent > 0.0).unwrap_or(least.max(1.0));
    let (width, height) = (extent("width", all.x1), extent("height", all.y1));
    let scale = UNKNOWN_HEIGHT / height;
    for block in &mut blocks {
        block.rect = scaled(block.rect, scale);
        block.lines.iter_mut().for_each(|line| line.rect = scaled(line.rect, scale));
    }
    let pictures =
        blocks.iter().filter(|block| block.label == Some(BlockLabel::Picture)).map(|block| block.rect).collect();
    let (width, height) = (width * scale, height * scale);
    let mut page = PrintedPage { width, height, blocks, pictures, ..PrintedPage::default() };
    estimate_sizes(&mut page);
    Ok(page)
}

/// A block in pixels, with the lines of its text.
fn block_of(value: &Value) -> PrintedBlock {
    let rect =
        ["block_bbox", "bbox", "layout_bbox"].iter().find_map(|field| rect(value.get(*field)?)).unwrap_or_default();
    let label =
        ["block_label", "label", "layout"].iter().map(|field| string(value, field)).find(|label| !label.is_empty());
    let label = label.and_then(label_of);
    let content =
        ["block_content", "content", "text"].iter().map(|field| string(value, field)).find(|text| !text.is_empty());
    let content = content.unwrap_or_default();
    let lines = match label {
        Some(BlockLabel::Table) => lines_of_block(&text_of_html(content), rect),
        // an address of the picture's file, in Markdown or HTML
        Some(BlockLabel::Picture) if content.contains('<') || content.contains("![") => Vec::new(),
        _ => lines_of_block(content, rect),
    };
    let order = ["block_order", "index"].iter().find_map(|field| index(value, field));
    PrintedBlock { rect, lines, label, order, article: None }
}

/// The recognised lines of a page, in pixels.
fn lines_of(ocr: &Value) -> Vec<PrintedLine> {
    let [boxes, polygons, scores] = ["rec_boxes", "rec_polys", "rec_scores"].map(|field| items(ocr, field));
    let line = |(at, text): (usize, &Value)| {
        let places = [boxes, polygons, items(ocr, "dt_polys")];
        let rect = places.iter().find_map(|places| rect(places.get(at)?))?;
        line_of_text(text.as_str()?, rect, confidence(scores.get(at)))
    };
    items(ocr, "rec_texts").iter().enumerate().filter_map(line).collect()
}

/// The index of the smallest of the blocks that hold the middle of a line.
fn smallest_around(blocks: &[PrintedBlock], line: &Rect) -> Option<usize> {
    let (x, y) = ((line.x0 + line.x1) / 2.0, (line.y0 + line.y1) / 2.0);
    let holds = |rect: &Rect| rect.x0 <= x && x <= rect.x1 && rect.y0 <= y && y <= rect.y1;
    let area = |block: &PrintedBlock| block.rect.width() * block.rect.height();
    let around = blocks.iter().enumerate().filter(|(_, block)| holds(&block.rect));
    around.min_by(|(_, a), (_, b)| area(a).total_cmp(&area(b))).map(|(index, _)| index)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::import::input::printed::pages::collect;
    use serde_json::json;

    fn result() -> Value {
        json!({"width": 1000, "height": 1530,
        "parsing_res_list": [
            {"block_bbox": [0, 0, 500, 100], "block_label": "doc_title", "block_content": "家门口的微工厂", "block_order": 2},
            {"block_bbox": [0, 100, 500, 200], "block_label": "text", "block_content": "第一段。\n第二段。", "block_order": null},
            {"block_bbox": [500, 0, 900, 200], "block_label": "image", "block_content": ""},
        ],
        "overall_ocr_res": {
            "rec_texts": ["家门口的", "微工厂", "无块", ""],
            "rec_boxes": [[10, 10, 300, 40], [10, 50, 300, 80], [10, 700, 90, 720], [0, 0, 1, 1]],
            "rec_scores": [0.9, 2, null],
        }})
    }

    fn texts(page: &PrintedPage) -> Vec<Vec<&str>> {
        page.blocks.iter().map(|block| block.lines.iter().map(|line| line.text.as_str()).collect()).collect()
    }

    #[test]
    fn recognised_lines_stand_in_their_blocks() {
        let page = page_of(&result()).unwrap();
        assert_eq!(texts(&page), [vec!["家门口的", "微工厂"], vec!["第一段。", "第二段。"], vec![], vec!["无块"]]);
        let title = &page.blocks[0];
        assert_eq!(
            (title.label, title.order, title.lines[0].confidence),
            (Some(BlockLabel::Title), Some(2), Some(0.9))
        );
        assert_eq!((page.pictures.len(), title.lines[1].confidence), (1, None));
    }

    #[test]
    fn every_wrapping_is_undone() {
        let wrapped = [
            result(),
            json!({"res": result()}),
            json!({"logId": "1", "result": {"layoutParsingResults": [{"prunedResult": result()}]}}),
            json!([result()]),
        ];
        for value in wrapped {
            let pages = collect(|pages| decode_paddle(value.to_string().as_bytes(), pages)).unwrap();
            assert_eq!(pages, [page_of(&result()).unwrap()], "{value}");
        }
    }
}
