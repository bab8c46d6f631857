//! Reads a file of a format with geometry: its pages.
//!
//! Files are bounded before they are parsed and after: what is larger than any issue of a newspaper is an error, since its
//! lines could be neither labelled nor linked in reasonable time.

use crate::import::input::detect::PrintedFormat;
use crate::import::input::json::content_list::decode_content_list;
use crate::import::input::json::middle::decode_middle;
use crate::import::input::json::paddle::decode_paddle;
use crate::import::input::pdf::document::decode_pdf;
use crate::import::input::printed::pages::{Pages, ReadPage};
use crate::import::input::printed::reason::Unreadable;
use crate::import::input::xml::alto::decode_alto;
use crate::import::input::xml::bbox_layout::decode_bbox_layout;
use crate::import::input::xml::hocr::decode_hocr;
use crate::import::input::xml::page_xml::decode_page_xml;
use crate::message;
use encoding_rs::{Encoding, UTF_8};
use std::borrow::Cow;

/// Bytes of a file, at most. (A newspaper page in ALTO has about one million, with each character's place ten; PDFs have pictures.)
const MAX_BYTES: usize = 64 << 20;
const MAX_PDF: usize = 256 << 20;
/// Bytes in which the declaration of an XML file stands.
const DECLARATION: usize = 200;

/// Reads the pages of a file, at least one, in its order; a page may have no lines, or be unreadable. Returns how many the file has.
///
/// # Errors
/// None of the pages can be read.
pub(crate) fn read_pages(
    format: PrintedFormat,
    bytes: &[u8],
    wanted: Option<usize>,
    put: &mut dyn FnMut(ReadPage),
) -> Result<usize, Unreadable> {
    let most = if format == PrintedFormat::Pdf { MAX_PDF } else { MAX_BYTES };
    if bytes.len() > most {
        return Err(Unreadable::too_large(message!("the file has more than {most} MB", most = most >> 20)));
    }
    let mut pages = Pages::new(wanted, put);
    match format {
        PrintedFormat::Alto => decode_alto(&xml_text(bytes), &mut pages),
        PrintedFormat::PageXml => decode_page_xml(&xml_text(bytes), &mut pages),
        PrintedFormat::BboxLayout => decode_bbox_layout(&xml_text(bytes), &mut pages),
        PrintedFormat::Hocr => decode_hocr(&xml_text(bytes), &mut pages),
        PrintedFormat::Pdf => decode_pdf(bytes, &mut pages),
        PrintedFormat::Paddle => decode_paddle(bytes, &mut pages),
        PrintedFormat::MineruContentList => decode_content_list(bytes, &mut pages),
        PrintedFormat::MineruMiddle => decode_middle(bytes, &mut pages),
    }?;
    match pages.count() {
        0 => Err(Unreadable::damaged(message!("the file holds no page"))),
        count => Ok(count),
    }
}

/// The text of an XML file: by its byte order mark, as UTF-8, or in the encoding that it declares.
fn xml_text(bytes: &[u8]) -> Cow<'_, str> {
    if let Some((encoding, length)) = Encoding::for_bom(bytes) {
        return encoding.decode_without_bom_handling(&bytes[length..]).0;
    }
    if let Ok(text) = std::str::from_utf8(bytes) {
        return Cow::Borrowed(text);
    }
    declared_encoding(bytes).unwrap_or(UTF_8).decode_without_bom_handling(bytes).0
}

/// The encoding of `<?xml version="1.0" encoding="GB2312"?>`.
fn declared_encoding(bytes: &[u8]) -> Option<&'static Encoding> {
    let declaration = String::from_utf8_lossy(&bytes[..bytes.len().min(DECLARATION)]).into_owned();
    let (_, label) = declaration.split_once("?>")?.0.split_once("encoding=")?;
    Encoding::for_label(label.trim_start_matches(['"', '\'']).split(['"', '\'']).next()?.as_bytes())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostics::code::Code;
    use crate::import::input::decode::decode;
    use crate::import::page::printed_page::PrintedPage;
    use proptest::prelude::*;

    /// A PDF of one page, without the table of objects, which the reader makes itself.
    fn pdf(page: &str, content: &str, font: &str) -> Vec<u8> {
        format!(
            "%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n\
             3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 300 400]{page}/Resources<</Font<</F1 5 0 R>>/XObject<</X 7 0 R>>>>/Contents 4 0 R>>endobj\n\
             4 0 obj<</Length {}>>stream\n{content}\nendstream endobj\n\
             5 0 obj<</Type/Font/Subtype/Type0/BaseFont/SimHei{font}/DescendantFonts[6 0 R]>>endobj\n\
             6 0 obj<</Type/Font/Subtype/CIDFontType0/BaseFont/SimHei/DW 1000>>endobj\n\
             7 0 obj<</Type/XObject/Subtype/Form/BBox[0 0 9 9]/Resources<</XObject<</X 7 0 R>>>>/Length 4>>stream\n/X Do\nendstream endobj\n\
             trailer<</Root 1 0 R>>\n%%EOF\n",
            content.len()
        )
        .into_bytes()
    }

    const GBK: &str = "/Encoding/GBK-EUC-H";
    /// 工厂, 20 points high, and a line below it
    const CONTENT: &str = "BT /F1 20 Tf 20 350 Td <B9A4B3A7> Tj ET 20 300 100 0.5 re f /X Do";

    fn pages_of(bytes: &[u8]) -> Result<Vec<PrintedPage>, Unreadable> {
        let mut pages = Vec::new();
        read_pages(PrintedFormat::Pdf, bytes, None, &mut |read| pages.push(read.page))?;
        pages.into_iter().collect()
    }

    fn read(bytes: &[u8]) -> PrintedPage {
        pages_of(bytes).unwrap().remove(0)
    }

    #[test]
    fn a_pdf_has_lines_with_their_places() {
        let page = read(&pdf("", CONTENT, GBK));
        let line = &page.blocks[0].lines[0];
        assert_eq!((line.text.as_str(), line.size, line.bold), ("工厂", 20.0, true));
        assert_eq!((line.rect.x0, line.rect.x1, line.rect.y1), (20.0, 60.0, 50.0 + 2.4));
        assert_eq!((page.width, page.height, page.rules.len()), (300.0, 400.0, 1));
    }

    #[test]
    fn a_turned_page_is_read_upright() {
        // the text runs up the sheet, which is shown turned clockwise
        let page = read(&pdf("/Rotate 90", "BT /F1 20 Tf 0 1 -1 0 50 20 Tm <B9A4B3A7> Tj ET", GBK));
        let line = &page.blocks[0].lines[0];
        assert_eq!((page.width, page.height, line.text.as_str()), (400.0, 300.0, "工厂"));
        assert!((line.rect.x0 - 20.0).abs() < 0.1 && (line.rect.y1 - 52.4).abs() < 0.1, "{line:?}");
    }

    #[test]
    fn vertical_writing_and_invisible_text_are_read() {
        use crate::import::page::printed_page::Direction;
        let page = read(&pdf("", "BT 3 Tr /F1 20 Tf 20 350 Td <B9A4B3A7> Tj ET", "/Encoding/GBK-EUC-V"));
        let line = &page.blocks[0].lines[0];
        assert_eq!((line.text.as_str(), line.direction), ("工厂", Direction::Vertical));
        assert_eq!((line.rect.y0, line.rect.y1), (50.0, 90.0));
    }

    #[test]
    fn no_text_of_a_pdf_is_lost() {
        use crate::import::page::printed_page::Direction;
        let turned =
            "BT /F1 20 Tf 20 350 Td <B9A4B3A7> Tj 0 1 -1 0 250 20 Tm <B9A4> Tj -1 0 0 -1 200 200 Tm <B3A7B9A4> Tj ET";
        let page = read(&pdf("", turned, GBK));
        let lines: Vec<_> = page.blocks.iter().flat_map(|block| &block.lines).collect();
        let texts: Vec<_> = lines.iter().map(|line| (line.text.as_str(), line.direction)).collect();
        let [across, down] = [Direction::Horizontal, Direction::Vertical];
        assert_eq!(texts, [("工厂", across), ("厂工", across), ("工", down)]);
        assert_eq!((lines[1].rect.x0, lines[1].rect.x1, lines[2].rect.y1), (160.0, 200.0, 380.0));
        // of text that is printed beside OCR's, what is printed over it is the same text
        let stamped =
            "BT /F1 20 Tf 3 Tr 20 350 Td <B9A4B3A7B9A4B3A7B9A4> Tj 0 Tr 1 1 Td <B9A4> Tj 100 -200 Td <B3A7B3A7> Tj ET";
        let page = read(&pdf("", stamped, GBK));
        let texts: Vec<_> = page.blocks[0].lines.iter().map(|line| line.text.as_str()).collect();
        assert_eq!((texts, page.findings.len()), (vec!["工厂工厂工", "厂厂"], 0));
        let outside = "BT /F1 20 Tf -5 350 Td <B9A4B3A7> Tj 900 0 Td <B9A4B3A7> Tj ET";
        let decoded = decode("p.pdf", &pdf("", outside, GBK)).unwrap();
        assert_eq!(decoded.source.text, "工厂\n");
        assert_eq!(decoded.diagnostics[0].code, Code::OutsidePage);
    }

    #[test]
    fn a_pdf_that_does_not_say_its_characters_is_named() {
        let code = |bytes: &[u8]| pages_of(bytes).unwrap_err().code;
        assert_eq!(code(&pdf("", CONTENT, "/Encoding/Identity-H")), Code::NoTextLayer);
        assert_eq!(code(&pdf("", "0 0 1 1 re f", GBK)), Code::NoTextLayer);
        assert_eq!(code(b"%PDF-1.4\n"), Code::BrokenInput);
    }

    #[test]
    fn several_pages_are_an_error_and_so_is_none() {
        let error = decode("p.xml", b"<alto><Layout><Page/><Page/></Layout></alto>").unwrap_err();
        assert_eq!(error.code, Code::SeveralPages);
        assert_eq!(decode("p.xml#3", b"<alto><Layout><Page/><Page/></Layout></alto>").unwrap_err().code, Code::NoPage);
        assert_eq!(decode("p.xml", b"<alto><Layout><Page/></Layout></alto>").unwrap_err().code, Code::EmptyPage);
        assert_eq!(decode("p.xml", b"<alto></alto>").unwrap_err().code, Code::BrokenInput);
        assert_eq!(decode("p.json", b"{}").unwrap_err().code, Code::UnknownFormat);
    }

    #[test]
    fn of_several_pages_the_wanted_one_is_read() {
        let page = |text: &str| {
            format!(
                "<Page WIDTH='9' HEIGHT='9'><TextBlock><TextLine HPOS='1' VPOS='1' WIDTH='4' HEIGHT='1'><String CONTENT='{text}'/></TextLine></TextBlock></Page>"
            )
        };
        let file = format!("<alto><Layout>{}<Page/>{}</Layout></alto>", page("工厂"), page("驿站"));
        let text = |name: &str| decode(name, file.as_bytes()).map(|decoded| decoded.source.text).unwrap();
        assert_eq!(["p.xml#1", "p.xml#2", "p.xml#3"].map(text), ["工厂\n", "", "驿站\n"]);
        assert_eq!(decode("p.xml#1", file.as_bytes()).unwrap().source.name, "p.xml#1");
    }

    #[test]
    fn an_encoding_that_is_declared_is_followed() {
        let xml = "<?xml version=\"1.0\" encoding=\"GB2312\"?><alto><Layout><Page WIDTH=\"9\" HEIGHT=\"9\"><TextBlock HPOS=\"1\" VPOS=\"1\" WIDTH=\"1\" HEIGHT=\"1\"><TextLine><String CONTENT=\"工厂\" HPOS=\"1\" VPOS=\"1\" WIDTH=\"1\" HEIGHT=\"1\"/></TextLine></TextBlock></Page></Layout></alto>";
        assert_eq!(decode("p.xml", &encoding_rs::GB18030.encode(xml).0).unwrap().source.text, "工厂\n");
        assert_eq!(decode("p.xml", xml.as_bytes()).unwrap().source.text, "工厂\n");
    }

    fn samples() -> Vec<Vec<u8>> {
        let texts = [
            "<alto><Layout><Page WIDTH='99' HEIGHT='99'><TextBlock HPOS='1' VPOS='1' WIDTH='9' HEIGHT='9' STYLEREFS='s'><TextLine HPOS='1' VPOS='1' WIDTH='9' HEIGHT='9'><String CONTENT='工厂' WC='0.5'/></TextLine></TextBlock></Page></Layout></alto>",
            "<PcGts><Page imageWidth='99' imageHeight='99'><TextRegion id='a' type='heading' custom='structure {id:a1;}'><Coords points='1,1 9,9'/><TextLine><Coords points='1,1 9,9'/><TextEquiv conf='0.5'><Unicode>工厂</Unicode></TextEquiv></TextLine></TextRegion></Page></PcGts>",
            "<html><div class='ocr_page' title='bbox 0 0 99 99'><p class='ocr_par'><span class='ocr_line' title='bbox 1 1 9 9'><span class='ocrx_word' title='bbox 1 1 9 9; x_wconf 50'>工厂</span></span></p></div></html>",
            "<html><doc><page width='99' height='99'><flow><block xMin='1' yMin='1' xMax='9' yMax='9'><line xMin='1' yMin='1' xMax='9' yMax='9'><word xMin='1' yMin='1' xMax='9' yMax='9'>工厂</word></line></block></flow></page></doc></html>",
            r#"{"res": {"width": 99, "height": 99, "parsing_res_list": [{"block_bbox": [0, 0, 9, 9], "block_label": "text", "block_content": "工厂", "block_order": 1}], "overall_ocr_res": {"rec_texts": ["工厂"], "rec_boxes": [[1, 1, 8, 8]], "rec_scores": [0.5]}}}"#,
            r#"{"pdf_info": [{"page_size": [99, 99], "preproc_blocks": [{"type": "text", "bbox": [1, 1, 9, 9], "lines": [{"bbox": [1, 1, 9, 9], "spans": [{"content": "工厂", "score": 1.0}]}]}], "discarded_blocks": []}]}"#,
            r#"[{"type": "text", "text": "工厂", "text_level": 1, "bbox": [0, 0, 500, 500], "page_idx": 0}]"#,
        ];
        texts.iter().map(|text| text.as_bytes().to_vec()).chain([pdf("", CONTENT, GBK)]).collect()
    }

    #[test]
    fn every_sample_is_read() {
        for sample in samples() {
            let text = decode("p.txt", &sample).map(|decoded| decoded.source.text);
            assert_eq!(text.as_deref(), Ok("工厂\n"), "{}", String::from_utf8_lossy(&sample));
        }
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(2000))]

        #[test]
        fn damaged_files_are_read_or_an_error(
            sample in prop::sample::select(samples()),
            changes in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 0..6),
            end in prop::option::of(any::<prop::sample::Index>()),
        ) {
            let mut bytes = sample;
            for (at, byte) in changes {
                let at = at.index(bytes.len());
                bytes[at] = byte;
            }
            if let Some(end) = end {
                bytes.truncate(end.index(bytes.len()));
            }
            let _ = decode("p.pdf", &bytes);
        }
    }
}
