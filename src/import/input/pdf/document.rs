//! Reads the pages of a PDF.
//!
//! 1. Open the document; without a password, unless it is the empty one.
//! 2. Interpret the content of each page, as it is turned to be read.
//! 3. Choose the text: what is printed or, on the picture of a page, the invisible text of an OCR layer with what is printed beside it.
//! 4. Make printed lines of the glyphs. A PDF knows no blocks, so all lines of a page are one; lines that are turned on it are others.
//! 5. Name what is not read: glyphs outside the page, and those of which nothing says which characters they are.

use crate::diagnostics::code::Code;
use crate::diagnostics::diagnostic::Diagnostic;
use crate::diagnostics::message::Message;
use crate::import::input::pdf::interpreter::{Drawing, Fonts, Glyph, interpret};
use crate::import::input::pdf::lines::printed_lines;
use crate::import::input::pdf::matrix::Matrix;
use crate::import::input::pdf::runs::rect_of;
use crate::import::input::pdf::streams::{Budget, has_bounded_tables, unpacked};
use crate::import::input::pdf::turn::Turn;
use crate::import::input::printed::pages::Pages;
use crate::import::input::printed::reason::Unreadable;
use crate::import::page::printed_page::{PrintedBlock, PrintedLine, PrintedPage, Rect};
use crate::message;
use hayro_syntax::object::{Array, Stream};
use hayro_syntax::page::{Page, Rotation};
use hayro_syntax::{DecryptionError, LoadPdfError, Pdf};
use std::collections::HashSet;

/// Part of the glyphs of which nothing says what they are, at most.
const MAX_UNKNOWN: f32 = 0.2;
/// A picture that takes more of the page is the page's scan.
const SCAN: f32 = 0.85;
/// Width and height of the cells by which glyphs over one another are found, in points.
const CELL: f32 = 6.0;

/// The pages of a file. One without text is empty; where all are, the file has none.
pub(crate) fn decode_pdf(bytes: &[u8], pages: &mut Pages<'_>) -> Result<(), Unreadable> {
    if !has_bounded_tables(bytes) {
        return Err(Unreadable::too_large(message!(
            "the tables of objects in this PDF are larger than those of any newspaper"
        )));
    }
    let pdf = Pdf::new(bytes.to_vec()).map_err(unopened)?;
    let (mut fonts, mut budget, mut glyphs) = (Fonts::new(), Budget::of_document(bytes.len()), 0);
    pages.read(pdf.pages().iter(), |page| {
        let (page, text) = decode_page(page, &mut fonts, &mut budget);
        glyphs += text.glyphs;
        check_text(text)?;
        // nothing says what the page lacks
        if budget.is_spent() {
            Err(Unreadable::too_large(message!("the pages of the PDF unpack to more than those of any issue")))
        } else {
            Ok(page)
        }
    })?;
    if glyphs == 0 && pages.are_all() && !budget.is_spent() {
        Err(without_text(message!("the PDF has no text, only pictures or outlines")))
    } else {
        Ok(())
    }
}

/// How much text a page has, and of how much nothing says what it is.
#[derive(Debug, Clone, Copy)]
struct Text {
    glyphs: usize,
    unknown: usize,
}

fn unopened(error: LoadPdfError) -> Unreadable {
    match error {
        LoadPdfError::Decryption(DecryptionError::PasswordProtected) => Unreadable {
            code: Code::EncryptedPdf,
            message: message!("the PDF opens with a password only"),
            hint: message!("save it without the password: qpdf --decrypt --password=… page.pdf open.pdf"),
        },
        LoadPdfError::Decryption(_) => Unreadable {
            code: Code::EncryptedPdf,
            message: message!("the PDF is encrypted in a way that cannot be read"),
            hint: message!("save it without encryption: qpdf --decrypt page.pdf open.pdf"),
        },
        LoadPdfError::Invalid => Unreadable::damaged(message!("the file is no PDF that can be read")),
    }
}

/// An error where nothing says which characters a page prints.
fn check_text(text: Text) -> Result<(), Unreadable> {
    let Text { glyphs, unknown } = text;
    if unknown as f32 > MAX_UNKNOWN * glyphs as f32 {
        let message = message!(
            "the PDF's fonts do not say which characters {unknown} of its {glyphs} glyphs are",
            unknown,
            glyphs
        );
        return Err(without_text(message));
    }
    Ok(())
}

fn without_text(message: Message) -> Unreadable {
    let hint =
        message!("recognise its text: pdftoppm -r 200 -png page.pdf page && tesseract page-1.png page -l chi_sim alto");
    Unreadable { code: Code::NoTextLayer, message, hint }
}

fn decode_page(page: &Page<'_>, fonts: &mut Fonts, budget: &mut Budget) -> (PrintedPage, Text) {
    let (matrix, width, height) = upright(page);
    let content = content_of(page, budget);
    let Drawing { glyphs, mut rules, pictures } = interpret(&content, page.resources(), matrix, fonts, budget);
    let on_page = |glyph: &Glyph| on_paper(&glyph.turn.on_page(rect_of(glyph)), width, height);
    let (glyphs, outside): (Vec<Glyph>, Vec<Glyph>) = glyphs.into_iter().partition(on_page);
    let (blocks, text) = blocks_of(glyphs);
    let findings = findings(&outside, text);
    rules.retain(|rule| rule.width() < 0.99 * width && rule.height() < 0.99 * height && on_paper(rule, width, height));
    let paper = SCAN * width * height;
    let on_paper_alone = |picture: &Rect| picture.area_within(width, height);
    // a scan may be in strips
    let is_scan = text.glyphs == 0 && pictures.iter().map(on_paper_alone).sum::<f32>() > paper;
    let is_full = |picture: &Rect| picture.width() * picture.height() > paper;
    let pictures =
        pictures.into_iter().filter(|picture| !is_full(picture) && on_paper(picture, width, height)).collect();
    (PrintedPage { width, height, blocks, rules, pictures, is_scan, findings }, text)
}

/// The lines of a page as one block, those that are turned as others behind it.
///
/// Where the page is a picture with the invisible text of OCR, that is the page's text, and visible text is kept where it stands by
/// itself; otherwise it is the other way round.
fn blocks_of(glyphs: Vec<Glyph>) -> (Vec<PrintedBlock>, Text) {
    let (invisible, visible): (Vec<Glyph>, Vec<Glyph>) = glyphs.into_iter().partition(|glyph| glyph.is_invisible);
    let (main, beside) = if invisible.len() > visible.len() { (invisible, visible) } else { (visible, invisible) };
    let text = Text { glyphs: main.len(), unknown: main.iter().filter(|glyph| glyph.text.is_empty()).count() };
    let covered = main.iter().map(|glyph| cell_of(&glyph.turn.on_page(rect_of(glyph)))).collect();
    let mut blocks = Vec::new();
    for turn in [Turn::None, Turn::UpsideDown, Turn::Upwards] {
        let lines_of = |glyphs: &[Glyph]| {
            let glyphs: Vec<Glyph> = glyphs.iter().filter(|glyph| glyph.turn == turn).cloned().collect();
            printed_lines(&glyphs).into_iter().map(|line| turn.line_on_page(line)).collect::<Vec<PrintedLine>>()
        };
        let mut lines = lines_of(&main);
        lines.extend(lines_of(&beside).into_iter().filter(|line| stands_alone(line, &covered)));
        if let Some(rect) = lines.iter().map(|line| line.rect).reduce(|all, line| all.union(&line)) {
            blocks.push(PrintedBlock { rect, lines, ..PrintedBlock::default() });
        }
    }
    (blocks, text)
}

/// The cell of the page that the middle of a rectangle lies in.
fn cell_of(rect: &Rect) -> (i32, i32) {
    let cell = |a: f32, b: f32| f32::midpoint(a, b).div_euclid(CELL) as i32;
    (cell(rect.x0, rect.x1), cell(rect.y0, rect.y1))
}

/// Whether most of a line's characters stand where no glyph is.
fn stands_alone(line: &PrintedLine, covered: &HashSet<(i32, i32)>) -> bool {
    let is_covered = |rect: &Rect| {
        let (x, y) = cell_of(rect);
        let mut around = (x.saturating_sub(1)..=x.saturating_add(1))
            .flat_map(|x| (y.saturating_sub(1)..=y.saturating_add(1)).map(move |y| (x, y)));
        around.any(|cell| covered.contains(&cell))
    };
    2 * line.words.iter().filter(|word| is_covered(&word.rect)).count() < line.words.len()
}

/// What of the page's text is not read.
fn findings(outside: &[Glyph], text: Text) -> Vec<Diagnostic> {
    let characters = outside.iter().filter(|glyph| !glyph.text.trim().is_empty()).count();
    let mut findings = Vec::new();
    if characters > 0 {
        let message =
            message!("{characters} characters of the PDF stand outside its page and are not read", characters);
        let hint = message!("where they belong to the page, give it a larger CropBox");
        findings.push(Diagnostic::new(Code::OutsidePage, message).hint(hint));
    }
    if text.unknown > 0 {
        let Text { glyphs, unknown } = text;
        let message = message!(
            "the PDF's fonts do not say which characters {unknown} of its {glyphs} glyphs are",
            unknown,
            glyphs
        );
        let hint = message!("they read as \u{FFFD}: correct the articles by hand, or recognise the page's text");
        findings.push(Diagnostic::new(Code::UnknownGlyphs, message).hint(hint));
    }
    findings
}

fn on_paper(rect: &Rect, width: f32, height: f32) -> bool {
    rect.x1 > 0.0 && rect.y1 > 0.0 && rect.x0 < width && rect.y0 < height
}

/// From the page's coordinates to points from the top left corner of the page as it is read, and the page's size.
fn upright(page: &Page<'_>) -> (Matrix, f32, f32) {
    let crop = page.intersected_crop_box();
    let (width, height) = page.base_dimensions();
    let (w, h) = (f64::from(width), f64::from(height));
    let upright = Matrix([1.0, 0.0, 0.0, -1.0, -crop.x0, crop.y0 + h]);
    match page.rotation() {
        Rotation::None => (upright, width, height),
        Rotation::Horizontal => (upright.then(&Matrix([0.0, 1.0, -1.0, 0.0, h, 0.0])), height, width),
        Rotation::Flipped => (upright.then(&Matrix([-1.0, 0.0, 0.0, -1.0, w, h])), width, height),
        Rotation::FlippedHorizontal => (upright.then(&Matrix([0.0, -1.0, 1.0, 0.0, 0.0, w])), height, width),
    }
}

/// The content of a page, which may be in several streams.
fn content_of(page: &Page<'_>, budget: &mut Budget) -> Vec<u8> {
    if let Some(stream) = page.raw().get::<Stream<'_>>("Contents") {
        return unpacked(&stream, budget).unwrap_or_default();
    }
    let mut content = Vec::new();
    for stream in page.raw().get::<Array<'_>>("Contents").iter().flat_map(Array::iter::<Stream<'_>>) {
        content.extend(unpacked(&stream, budget).unwrap_or_default());
        content.push(b'\n');
    }
    content
}
