//! hOCR: HTML whose elements have classes (`ocr_page`, `ocr_carea`, `ocr_line`, `ocrx_word`) and places in their titles
//! (`bbox 95 131 379 156; x_wconf 92`). Source: <https://kba.github.io/hocr-spec/1.2/>.
//!
//! It is read as HTML, token by token, since engines write what no XML parser accepts. A block is an `ocr_carea` or, without one,
//! an `ocr_par`.

use crate::import::input::printed::pages::Pages;
use crate::import::input::printed::reason::Unreadable;
use crate::import::input::printed::sizes::estimate_sizes;
use crate::import::input::printed::text_line::line_of_words;
use crate::import::input::printed::units::{UNKNOWN_HEIGHT, scaled};
use crate::import::input::xml::tree::{confidence, parse_number};
use crate::import::page::printed_page::{BlockLabel, PrintedBlock, PrintedLine, PrintedPage, PrintedWord, Rect};
use html5gum::{StartTag, Token, Tokenizer};

/// Open elements, at most; what is nested deeper belongs to the innermost of them.
const MAX_DEPTH: usize = 200;

/// What the class of an element makes it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    Page,
    Block(Option<BlockLabel>),
    Line(Option<BlockLabel>),
    Word,
    Picture,
    Rule,
    Other,
}

/// The pages of a file, in its order.
pub(crate) fn decode_hocr(text: &str, pages: &mut Pages<'_>) -> Result<(), Unreadable> {
    let mut reader = Reader::default();
    for token in Tokenizer::new(text).flatten() {
        match token {
            Token::StartTag(tag) => reader.start(&tag),
            Token::EndTag(tag) => reader.end(&tag.name),
            Token::String(text) => reader.text(&String::from_utf8_lossy(&text)),
            _ => {}
        }
    }
    reader.close_to(0);
    pages.read(reader.pages.into_iter(), |mut page| {
        to_points(&mut page);
        Ok(page)
    })
}

#[derive(Debug, Default)]
struct Reader {
    /// open elements: name, kind
    open: Vec<(Vec<u8>, Kind)>,
    pages: Vec<PrintedPage>,
    block: Option<PrintedBlock>,
    line: Option<LineParts>,
}

/// An open line, in pixels.
#[derive(Debug)]
struct LineParts {
    rect: Option<Rect>,
    /// in points, where the format tells it
    size: Option<f32>,
    words: Vec<PrintedWord>,
    in_word: bool,
    /// text outside words, of engines that give no words
    text: String,
    label: Option<BlockLabel>,
    bold: bool,
}

impl Reader {
    fn start(&mut self, tag: &StartTag<()>) {
        let attribute =
            |name: &[u8]| tag.attributes.get(name).map(|value| String::from_utf8_lossy(value)).unwrap_or_default();
        if tag.self_closing || matches!(&tag.name[..], b"br" | b"img" | b"meta" | b"link" | b"hr" | b"input") {
            return;
        }
        let kind = kind_of(&attribute(b"class"));
        let title = attribute(b"title");
        let rect = bbox(&title);
        match kind {
            Kind::Page => self.begin_page(rect),
            Kind::Block(label) => {
                // a paragraph within an area is part of it
                if self.block.is_none() {
                    self.block =
                        Some(PrintedBlock { rect: rect.unwrap_or_default(), label, ..PrintedBlock::default() });
                }
            }
            Kind::Line(label) => self.begin_line(rect, property(&title, "x_fsize").and_then(parse_number), label),
            Kind::Word => {
                if self.line.is_none() {
                    self.begin_line(None, None, None);
                }
                let percent = property(&title, "x_wconf").and_then(parse_number);
                let confidence = percent.and_then(|percent| confidence(Some(&(percent / 100.0).to_string())));
                let line = self.line.as_mut().expect("one was begun if there was none");
                line.words.push(PrintedWord { text: String::new(), rect: rect.unwrap_or_default(), confidence });
                line.in_word = true;
            }
            Kind::Picture | Kind::Rule => {
                if let (Some(page), Some(rect)) = (self.pages.last_mut(), rect) {
                    if kind == Kind::Picture { page.pictures.push(rect) } else { page.rules.push(rect) }
                }
            }
            Kind::Other => {
                if let (b"strong" | b"b", Some(line)) = (&tag.name[..], &mut self.line) {
                    line.bold = true;
                }
            }
        }
        if self.open.len() < MAX_DEPTH {
            self.open.push((tag.name.to_vec(), kind));
        }
    }

    fn end(&mut self, name: &[u8]) {
        if let Some(at) = self.open.iter().rposition(|(open, _)| open == name) {
            self.close_to(at);
        }
    }

    fn text(&mut self, text: &str) {
        let Some(line) = &mut self.line else { return };
        match line.words.last_mut() {
            Some(word) if line.in_word => word.text.push_str(text),
            _ => line.text.push_str(text),
        }
    }

    fn close_to(&mut self, depth: usize) {
        while self.open.len() > depth {
            match self.open.pop() {
                Some((_, Kind::Word)) => self.line.iter_mut().for_each(|line| line.in_word = false),
                Some((_, Kind::Line(_))) => self.end_line(),
                // an area ends with its own element, not with that of a paragraph in it
                Some((_, Kind::Block(_))) if !self.open.iter().any(|(_, kind)| matches!(kind, Kind::Block(_))) => {
                    self.end_block();
                }
                Some((_, Kind::Page)) => self.end_block(),
                _ => {}
            }
        }
        if depth == 0 {
            self.end_block();
        }
    }

    fn begin_page(&mut self, rect: Option<Rect>) {
        self.end_block();
        let (width, height) = rect.map_or((0.0, 0.0), |rect| (rect.x1, rect.y1));
        self.pages.push(PrintedPage { width, height, ..PrintedPage::default() });
    }

    fn begin_line(&mut self, rect: Option<Rect>, size: Option<f32>, label: Option<BlockLabel>) {
        self.end_line();
        let (words, text) = (Vec::new(), String::new());
        self.line = Some(LineParts { rect, size, words, in_word: false, text, label, bold: false });
    }

    fn end_line(&mut self) {
        let Some(LineParts { rect, size, mut words, text, label, bold, .. }) = self.line.take() else { return };
        if words.iter().all(|word| word.text.trim().is_empty()) {
            words = vec![PrintedWord { text, rect: rect.unwrap_or_default(), confidence: None }];
        }
        let Some(line) = line_of_words(words, rect) else { return };
        let block = self.block.get_or_insert_with(PrintedBlock::default);
        block.label = block.label.or(label);
        block.lines.push(PrintedLine { size: size.unwrap_or(0.0), bold, ..line });
    }

    fn end_block(&mut self) {
        self.end_line();
        let Some(mut block) = self.block.take() else { return };
        if block.rect == Rect::default() {
            block.rect =
                block.lines.iter().map(|line| line.rect).reduce(|all, line| all.union(&line)).unwrap_or_default();
        }
        if self.pages.is_empty() {
            self.pages.push(PrintedPage::default());
        }
        self.pages.last_mut().expect("one was pushed if there was none").blocks.push(block);
    }
}

fn kind_of(classes: &str) -> Kind {
    classes.split_whitespace().fold(Kind::Other, |kind, class| match class {
        "ocr_page" => Kind::Page,
        "ocr_carea" | "ocr_par" | "ocrx_block" => Kind::Block(None),
        "ocr_line" | "ocrx_line" => Kind::Line(None),
        "ocr_header" | "ocr_footer" | "ocr_pageno" => Kind::Line(Some(BlockLabel::Furniture)),
        "ocr_caption" => Kind::Line(Some(BlockLabel::Caption)),
        "ocr_textfloat" => Kind::Line(None),
        "ocrx_word" | "ocr_word" => Kind::Word,
        "ocr_photo" | "ocr_image" | "ocr_float" => Kind::Picture,
        "ocr_separator" => Kind::Rule,
        _ => kind,
    })
}

/// The values of a property of a title: `bbox 1 2 3 4; x_wconf 92`.
fn property<'a>(title: &'a str, name: &str) -> Option<&'a str> {
    title.split(';').find_map(|part| part.trim().strip_prefix(name)?.strip_prefix(' ')).map(str::trim)
}

fn bbox(title: &str) -> Option<Rect> {
    let values: Vec<f32> = property(title, "bbox")?.split_whitespace().filter_map(parse_number).collect();
    let [x0, y0, x1, y1] = values[..] else { return None };
    Some(Rect::between(x0, y0, x1, y1))
}

/// Turns the pixels of a page into points.
fn to_points(page: &mut PrintedPage) {
    let all = page.blocks.iter().map(|block| block.rect).reduce(|all, block| all.union(&block)).unwrap_or_default();
    if page.width <= 0.0 || page.height <= 0.0 {
        (page.width, page.height) = (all.x1.max(1.0), all.y1.max(1.0));
    }
    let scale = UNKNOWN_HEIGHT / page.height;
    (page.width, page.height) = (page.width * scale, page.height * scale);
    for rect in page.rules.iter_mut().chain(&mut page.pictures) {
        *rect = scaled(*rect, scale);
    }
    for block in &mut page.blocks {
        block.rect = scaled(block.rect, scale);
        for line in &mut block.lines {
            line.rect = scaled(line.rect, scale);
            line.words.iter_mut().for_each(|word| word.rect = scaled(word.rect, scale));
        }
    }
    estimate_sizes(page);
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::import::input::printed::pages::collect;

    const PAGE: &str = "<html><body><div class='ocr_page' title='image \"p.png\"; bbox 0 0 1000 1530; ppageno 0'>
<div class='ocr_carea' title=\"bbox 10 10 200 60\"><p class='ocr_par'><span class='ocr_line' title=\"bbox 10 10 200 60; x_size 40\">
<span class='ocrx_word' title='bbox 10 10 60 60; x_wconf 92'><strong>家门口</strong></span>
<span class='ocrx_word' title='bbox 60 10 90 60; x_wconf 72'>的</span></span>
<span class='ocr_caption' title=\"bbox 10 70 200 90; x_fsize 8\"><span class='ocrx_word' title='bbox 10 70 60 90'>A &amp; B</span></span></p></div>
<div class='ocr_separator' title=\"bbox 0 100 300 102\"></div><span class='ocr_line' title='bbox 5 200 100 220'>没有<br>词</span></div>
<div class='ocr_page' title='bbox 0 0 10 10'></div></body></html>";

    #[test]
    fn elements_become_blocks_lines_and_words() {
        let pages = collect(|pages| decode_hocr(PAGE, pages)).unwrap();
        assert_eq!(pages.len(), 2);
        let page = &pages[0];
        let texts: Vec<Vec<&str>> =
            page.blocks.iter().map(|block| block.lines.iter().map(|line| line.text.as_str()).collect()).collect();
        assert_eq!(texts, [vec!["家门口的", "A & B"], vec!["没有词"]]);
        let line = &page.blocks[0].lines[0];
        assert!(line.bold && (line.confidence.unwrap() - 0.87).abs() < 0.001, "{line:?}");
        assert_eq!((page.blocks[0].lines[1].size, page.rules.len()), (8.0, 1));
    }

    #[test]
    fn elements_that_nothing_closes_take_no_time() {
        let start = std::time::Instant::now();
        let text = "<div class=ocr_page><span class=ocr_line title='bbox 1 1 2 2'>文".repeat(50_000);
        assert!(collect(|pages| decode_hocr(&text, pages)).unwrap_err().message.english().contains("50000 pages"));
        assert!(start.elapsed().as_secs() < 30);
    }
}
