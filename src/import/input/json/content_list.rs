//! MinerU's `content_list.json`: a list of items with their page and a box in thousandths of the page.
//!
//! The second version is a list of lists, one a page, whose items have their text under `content`. Sizes of pages are not given: a
//! page is taken for a broadsheet. Items without a box cannot be placed; a list without any box is an error.

use crate::import::input::json::values::{index, items, parse, rect, text_within};
use crate::import::input::printed::block_text::lines_of_block;
use crate::import::input::printed::labels::label_of;
use crate::import::input::printed::pages::Pages;
use crate::import::input::printed::reason::Unreadable;
use crate::import::input::printed::sizes::estimate_sizes;
use crate::import::input::printed::units::UNKNOWN_HEIGHT;
use crate::import::page::printed_page::{BlockLabel, PrintedBlock, PrintedPage, Rect};
use crate::message;
use serde_json::Value;
use std::collections::BTreeMap;

/// Width of a page by its height: a broadsheet of 390 × 540 mm.
const ASPECT: f32 = 390.0 / 540.0;
/// Fields of an item that hold text, in the order in which they are printed; captions stand below.
const TEXTS: [&str; 6] = ["text", "content", "table_body", "list_items", "code_body", "chart_content"];
/// Height of a line of a caption, whose place is not given: below the picture.
const CAPTION_LINE: f32 = 11.0;

/// The pages of a file, without those that have no items.
pub(crate) fn decode_content_list(bytes: &[u8], pages: &mut Pages<'_>) -> Result<(), Unreadable> {
    let value = parse(bytes)?;
    let mut items_of_page: BTreeMap<usize, Vec<&Value>> = BTreeMap::new();
    for (at, item) in value.as_array().into_iter().flatten().enumerate() {
        match item {
            Value::Array(page) => items_of_page.entry(at).or_default().extend(page),
            item => items_of_page.entry(index(item, "page_idx").unwrap_or(0)).or_default().push(item),
        }
    }
    let has_box = |item: &&Value| item.get("bbox").and_then(rect).is_some();
    if !items_of_page.values().flatten().any(has_box) {
        return Err(Unreadable {
            hint: message!("take the file middle.json beside it, or run a newer MinerU"),
            ..Unreadable::damaged(message!("the items of this list have no boxes, so nothing says where they stand"))
        });
    }
    pages.read(items_of_page.values(), |items| Ok(page_of(items)))
}

fn page_of(items: &[&Value]) -> PrintedPage {
    let (width, height) = (UNKNOWN_HEIGHT * ASPECT, UNKNOWN_HEIGHT);
    let mut page = PrintedPage { width, height, ..PrintedPage::default() };
    items.iter().enumerate().for_each(|(at, item)| add_item(item, at, &mut page));
    estimate_sizes(&mut page);
    page
}

fn add_item(item: &Value, order: usize, page: &mut PrintedPage) {
    let rect = item.get("bbox").and_then(rect).unwrap_or_default();
    let (across, down) = (page.width / 1000.0, page.height / 1000.0);
    let rect = Rect { x0: rect.x0 * across, y0: rect.y0 * down, x1: rect.x1 * across, y1: rect.y1 * down };
    let kind = item.get("type").and_then(Value::as_str).unwrap_or_default();
    let is_title = index(item, "text_level").is_some_and(|level| level > 0);
    let label = if is_title { Some(BlockLabel::Title) } else { label_of(kind) };
    if label == Some(BlockLabel::Picture) {
        page.pictures.push(rect);
    }
    let texts = TEXTS.iter().filter_map(|field| item.get(*field)).map(text_within);
    let text = texts.filter(|text| !text.is_empty()).collect::<Vec<_>>().join("\n");
    let lines = lines_of_block(&text, rect);
    if !lines.is_empty() {
        page.blocks.push(PrintedBlock { rect, lines, label, order: Some(order), article: None });
    }
    let mut top = rect.y1;
    for caption in captions(item) {
        let characters = caption.chars().count() as f32;
        let lines = (characters * CAPTION_LINE / rect.width().max(CAPTION_LINE)).ceil().max(1.0);
        let below = Rect { y0: top, y1: top + lines * CAPTION_LINE, ..rect };
        top = below.y1;
        let lines = lines_of_block(&caption, below);
        page.blocks.push(PrintedBlock {
            rect: below,
            lines,
            label: Some(BlockLabel::Caption),
            order: Some(order),
            article: None,
        });
    }
}

/// The captions and notes of a picture or a table.
fn captions(item: &Value) -> Vec<String> {
    let fields = item.as_object().into_iter().flatten();
    let is_caption = |name: &str| name.ends_with("_caption") || name.ends_with("_footnote");
    let texts = fields.filter(|(name, _)| is_caption(name)).map(|(name, value)| match value {
        Value::Array(_) => items(item, name).iter().map(text_within).collect(),
        value => vec![text_within(value)],
    });
    texts.flatten().filter(|text: &String| !text.trim().is_empty()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::import::input::printed::pages::collect;
    use serde_json::json;

    fn texts(file: &Value) -> Vec<Vec<(String, Option<BlockLabel>)>> {
        let pages = collect(|pages| decode_content_list(file.to_string().as_bytes(), pages)).unwrap();
        let seen = |block: &PrintedBlock| (block.lines[0].text.clone(), block.label);
        pages.iter().map(|page| page.blocks.iter().map(seen).collect()).collect()
    }

    #[test]
    fn both_versions_are_read() {
        let first = json!([
            {"type": "text", "text": "家门口的微工厂", "text_level": 1, "bbox": [0, 0, 500, 100], "page_idx": 0},
            {"type": "image", "img_path": "a.jpg", "image_caption": ["图为车间"], "bbox": [0, 100, 500, 300], "page_idx": 0},
            {"type": "text", "text": "驿站", "bbox": [0, 0, 9, 9], "page_idx": 2}]);
        let title = ("家门口的微工厂".to_owned(), Some(BlockLabel::Title));
        let station = ("驿站".to_owned(), Some(BlockLabel::Text));
        let caption = ("图为车间".to_owned(), Some(BlockLabel::Caption));
        assert_eq!(texts(&first), [vec![title.clone(), caption], vec![station]]);
        let second = json!([[{"type": "title", "bbox": [0, 0, 500, 100],
            "content": {"title_content": [{"type": "text", "content": "家门口的"}, {"type": "text", "content": "微工厂"}], "level": 1}}]]);
        assert_eq!(texts(&second), [vec![title]]);
    }

    #[test]
    fn a_list_without_boxes_is_an_error() {
        let error = collect(|pages| decode_content_list(br#"[{"type": "text", "text": "a", "page_idx": 0}]"#, pages))
            .unwrap_err();
        assert!(error.hint.english().contains("middle.json"));
    }
}
