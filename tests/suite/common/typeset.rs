//! Small files of several pages, typeset by the tests themselves: one column, headlines in larger type, paragraphs with an indent.

use encoding_rs::GB18030;
use std::fmt::Write as _;

/// Size of body text in points, and characters of a full line.
const BODY: usize = 10;
const FULL: usize = 24;
const LEFT: usize = 40;
const WIDTH: usize = 320;
const HEIGHT: usize = 480;

/// A paragraph, or a headline.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Text<'a> {
    Head(&'a str),
    /// a line that stands apart: of the masthead, a byline, a jump
    Line(&'a str),
    Paragraph(&'a str),
}

/// A printed line: from the left and from the top in points, size, text.
type Printed = (usize, usize, usize, String);

fn printed(page: &[Text<'_>]) -> Vec<Printed> {
    let (mut lines, mut top) = (Vec::new(), 30);
    for text in page {
        match *text {
            Text::Head(text) => {
                lines.push((LEFT, top + 10, 20, text.to_owned()));
                top += 40;
            }
            Text::Line(text) => {
                lines.push((LEFT, top, BODY, text.to_owned()));
                top += 24;
            }
            Text::Paragraph(text) => {
                let mut left: Vec<char> = text.chars().collect();
                let mut indent = 2;
                while !left.is_empty() {
                    let rest = left.split_off(left.len().min(FULL - indent));
                    lines.push((LEFT + indent * BODY, top, BODY, left.into_iter().collect()));
                    (left, indent) = (rest, 0);
                    top += 14;
                }
            }
        }
    }
    lines
}

/// A PDF whose font says the characters by the encoding of its strings, without a table of objects.
pub(crate) fn pdf(pages: &[&[Text<'_>]]) -> Vec<u8> {
    pdf_of(&pages.iter().map(|page| Sheet::Text(page)).collect::<Vec<_>>())
}

/// A page of a PDF.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Sheet<'a> {
    Text(&'a [Text<'a>]),
    /// a picture over all of it
    Scan,
    Empty,
}

/// As [`pdf`], with pages of any kind.
pub(crate) fn pdf_of(pages: &[Sheet<'_>]) -> Vec<u8> {
    let kids: String = (0..pages.len()).map(|page| format!("{} 0 R ", 10 + 2 * page)).collect();
    let mut file = format!(
        "%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[{kids}]/Count {}>>endobj\n\
         5 0 obj<</Type/Font/Subtype/Type0/BaseFont/SimSun/Encoding/GBK-EUC-H/DescendantFonts[6 0 R]>>endobj\n\
         6 0 obj<</Type/Font/Subtype/CIDFontType0/BaseFont/SimSun/DW 1000>>endobj\n\
         7 0 obj<</Type/XObject/Subtype/Image/Width 1/Height 1/ColorSpace/DeviceGray/BitsPerComponent 8/Length 1>>stream\n0\nendstream endobj\n",
        pages.len()
    );
    for (at, page) in pages.iter().enumerate() {
        let mut content = String::from("10 10 m ");
        if matches!(page, Sheet::Scan) {
            write!(content, "q {WIDTH} 0 0 {HEIGHT} 0 0 cm /X Do Q").unwrap();
        }
        let text = if let Sheet::Text(text) = page { printed(text) } else { Vec::new() };
        for (x, top, size, text) in text {
            let hex: String = GB18030.encode(&text).0.iter().map(|byte| format!("{byte:02X}")).collect();
            writeln!(content, "BT /F1 {size} Tf {x} {} Td <{hex}> Tj ET", HEIGHT - top - size).unwrap();
        }
        let (page, stream) = (10 + 2 * at, 11 + 2 * at);
        write!(
            file,
            "{page} 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 {WIDTH} {HEIGHT}]/Resources<</Font<</F1 5 0 R>>/XObject<</X 7 0 R>>>>/Contents {stream} 0 R>>endobj\n\
             {stream} 0 obj<</Length {}>>stream\n{content}\nendstream endobj\n",
            content.len()
        )
        .unwrap();
    }
    file.push_str("trailer<</Root 1 0 R>>\n%%EOF\n");
    file.into_bytes()
}

/// An ALTO file; places are in pixels of 72 to the inch.
pub(crate) fn alto(pages: &[&[Text<'_>]]) -> Vec<u8> {
    let mut file = String::from("<alto><Layout>");
    for page in pages {
        write!(file, "<Page WIDTH=\"{WIDTH}\" HEIGHT=\"{HEIGHT}\"><PrintSpace>").unwrap();
        for (x, top, size, text) in printed(page) {
            let place = |x, width| format!("HPOS=\"{x}\" VPOS=\"{top}\" WIDTH=\"{width}\" HEIGHT=\"{size}\"");
            let all = place(x, size * text.chars().count());
            write!(file, "<TextBlock {all}><TextLine {all}>").unwrap();
            let mut at = x;
            for word in words(&text) {
                let width = size * word.chars().count();
                if !word.trim().is_empty() {
                    write!(file, "<String CONTENT=\"{word}\" {}/>", place(at, width)).unwrap();
                }
                at += width;
            }
            file.push_str("</TextLine></TextBlock>");
        }
        file.push_str("</PrintSpace></Page>");
    }
    file.push_str("</Layout></alto>");
    file.into_bytes()
}

/// Numbers, spaces, and characters one by one, as OCR has them.
fn words(text: &str) -> Vec<&str> {
    let (mut words, mut start) = (Vec::new(), 0);
    let mut before = None;
    for (at, character) in text.char_indices() {
        if at > start && !(character.is_ascii_digit() && before.is_some_and(|it: char| it.is_ascii_digit())) {
            words.push(&text[start..at]);
            start = at;
        }
        before = Some(character);
    }
    words.push(&text[start..]);
    words
}
