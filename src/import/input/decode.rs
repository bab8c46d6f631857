//! Decodes the bytes of a page: UTF-8, UTF-16, GB18030 (a superset of GBK and GB 2312) or Big5.
//!
//! The encoding is decided in this order:
//!
//! 1. a byte order mark
//! 2. what an HTML page declares, unless it is valid UTF-8
//! 3. valid UTF-8
//! 4. UTF-16 without a mark, by its zero bytes
//! 5. the statistics of chardetng
//!
//! Bytes that are no text, an empty page and one that lost its line breaks are errors.
//!
//! A file of a format with places (`detect`) becomes its pages, laid out, each with its text. It may have several: then a page is named
//! by its file and its position, `issue.pdf#3`.

use crate::content::page_name::{file_and_number, name_of_page};
use crate::diagnostics::code::Code;
use crate::diagnostics::diagnostic::Diagnostic;
use crate::diagnostics::source::Source;
use crate::import::input::detect::{Detected, PrintedFormat, detect};
use crate::import::input::html::tags::is_html;
use crate::import::input::printed::reason::Unreadable;
use crate::import::input::printed_file::read_pages;
use crate::import::layout::analysis::lay_out;
use crate::import::page::lines::Page;
use crate::import::page::printed_page::PrintedPage;
use crate::import::page::rendition::rendition;
use crate::message;
use crate::text::han::is_chinese;
use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{Encoding, GB18030, UTF_8, UTF_16BE, UTF_16LE};

/// Characters of a line, at most. (A whole newspaper page has about ten thousand.)
const MAX_LINE: usize = 20_000;
/// Characters of a line of HTML, at most: a page may be on one line with all its markup.
const MAX_HTML_LINE: usize = 500_000;

/// A decoded page.
#[derive(Debug)]
pub struct Decoded {
    /// the page's name and text
    pub source: Source,
    /// its lines, where the format says where they stand
    pub(crate) laid_out: Option<Page>,
    /// it has no text, and a picture over most of it
    pub(crate) is_scan: bool,
    /// a warning where some bytes could not be decoded
    pub(crate) diagnostics: Vec<Diagnostic>,
}

/// Decodes the page `name` of the bytes of its file; its content tells formats with geometry, its extension HTML from plain text.
///
/// # Errors
/// A diagnostic where the page is empty, is no text, or is text without line breaks; where the file has no such page, or has several and
/// none is named.
///
/// ```
/// use wenzhai::import::input::decode::decode;
///
/// // “工会” in GB18030
/// let page = decode("page.txt", b"\xB9\xA4\xBB\xE1\n")?;
/// assert_eq!(page.source.text, "工会\n");
/// # Ok::<(), wenzhai::diagnostics::diagnostic::Diagnostic>(())
/// ```
pub fn decode(name: &str, bytes: &[u8]) -> Result<Decoded, Diagnostic> {
    let (file, number) = file_and_number(name);
    let (wanted, mut decoded) = (number.map_or(0, |number| number - 1), None);
    let count = read_file(file, bytes, Some(wanted), &mut |page| decoded = Some(page.decoded))?;
    if number.is_none() && count > 1 {
        return Err(several_pages(file, count).hint(message!("name one of them: {file}#1", file)));
    }
    decoded.unwrap_or_else(|| {
        let message = message!("the file has no page {wanted}, only {count}", wanted = wanted + 1, count);
        Err(Diagnostic::new(Code::NoPage, message)
            .in_file(name)
            .hint(message!("pages are counted from 1 in the order of the file")))
    })
}

/// As [`decode`], where these bytes hold the page `name` alone, whatever the file of that name holds.
///
/// # Errors
/// As [`decode`].
pub(crate) fn decode_alone(name: &str, bytes: &[u8]) -> Result<Decoded, Diagnostic> {
    let mut decoded = None;
    let count = read_file(name, bytes, Some(0), &mut |page| decoded = Some(page.decoded))?;
    decoded.filter(|_| count == 1).unwrap_or_else(|| Err(several_pages(name, count)))
}

fn several_pages(name: &str, count: usize) -> Diagnostic {
    Diagnostic::new(Code::SeveralPages, message!("the file holds {count} pages", count)).in_file(name)
}

/// A page of a file.
#[derive(Debug)]
pub(crate) struct PageOfFile {
    /// `issue.pdf#3`, or that of the file where it has one page
    pub(crate) name: String,
    /// an error concerns this page alone
    pub(crate) decoded: Result<Decoded, Diagnostic>,
}

/// Decodes the pages of a file one after another, which have text or none. Returns how many there are.
///
/// # Errors
/// As [`decode`], where no page of the file can be read, or none has text.
pub(crate) fn decode_pages(file: &str, bytes: &[u8], put: &mut dyn FnMut(PageOfFile)) -> Result<usize, Diagnostic> {
    read_file(file, bytes, None, put)
}

/// [`decode_pages`] for all pages, or for the wanted one alone.
fn read_file(
    file: &str,
    bytes: &[u8],
    wanted: Option<usize>,
    put: &mut dyn FnMut(PageOfFile),
) -> Result<usize, Diagnostic> {
    match detect(file, bytes) {
        Detected::Printed(format) => decode_printed(file, format, bytes, wanted, put),
        Detected::Mets => Err(mets(file)),
        Detected::Unknown => Err(unknown_format(file)),
        Detected::Text => {
            let decoded = decode_text(file, bytes)?;
            if wanted.unwrap_or(0) == 0 {
                put(PageOfFile { name: file.to_owned(), decoded: Ok(decoded) });
            }
            Ok(1)
        }
    }
}

fn decode_text(name: &str, bytes: &[u8]) -> Result<Decoded, Diagnostic> {
    let is_html = is_html(name);
    let (encoding, mark_length) = Encoding::for_bom(bytes).unwrap_or_else(|| (detect_encoding(bytes, is_html), 0));
    let (text, has_malformed) = encoding.decode_without_bom_handling(&bytes[mark_length..]);
    if text.trim().is_empty() {
        return Err(Diagnostic::new(Code::EmptyPage, message!("the page holds no text"))
            .in_file(name)
            .hint(message!("remove the file, or extract the text of the page again")));
    }
    if is_binary(&text) {
        return Err(Diagnostic::new(
            Code::NotText,
            message!("these bytes are no text in UTF-8, UTF-16, GB18030 or Big5"),
        )
        .in_file(name)
        .hint(message!("a page is the text that OCR or PDF extraction returns, not the scan or the PDF itself")));
    }
    let text = if is_html { text.into_owned() } else { with_line_feeds(text.into_owned()) };
    let source = Source::new(name, text);
    check_line_lengths(&source, if is_html { MAX_HTML_LINE } else { MAX_LINE })?;
    let diagnostics = has_malformed.then(|| malformed_bytes(&source, encoding)).into_iter().collect();
    Ok(Decoded { source, laid_out: None, is_scan: false, diagnostics })
}

fn decode_printed(
    file: &str,
    format: PrintedFormat,
    bytes: &[u8],
    wanted: Option<usize>,
    put: &mut dyn FnMut(PageOfFile),
) -> Result<usize, Diagnostic> {
    let (mut has_text, mut failure) = (false, None);
    let count = read_pages(format, bytes, wanted, &mut |read| {
        let name = name_of_page(file, read.index + 1, read.count);
        let decoded = match read.page {
            Ok(page) => {
                has_text |= page.blocks.iter().any(|block| !block.lines.is_empty());
                laid_out(&name, &page)
            }
            Err(reason) => {
                failure.get_or_insert_with(|| reason.clone());
                Err(reason.in_file(&name))
            }
        };
        put(PageOfFile { name, decoded });
    })
    .map_err(|reason| reason.in_file(file))?;
    if has_text || wanted.is_some() && count > 1 {
        return Ok(count);
    }
    let empty = || Unreadable {
        code: Code::EmptyPage,
        message: if count > 1 {
            message!("no page of the file holds text")
        } else {
            message!("the page holds no text")
        },
        hint: message!("remove the file, or recognise the text of the page again"),
    };
    Err(failure.unwrap_or_else(empty).in_file(file))
}

fn laid_out(name: &str, printed: &PrintedPage) -> Result<Decoded, Diagnostic> {
    let mut page = lay_out(printed);
    let source = Source::new(name, rendition(&mut page));
    check_line_lengths(&source, MAX_LINE)?;
    let diagnostics = printed.findings.iter().map(|finding| finding.clone().in_file(name)).collect();
    Ok(Decoded { source, laid_out: Some(page), is_scan: printed.is_scan, diagnostics })
}

fn mets(name: &str) -> Diagnostic {
    Diagnostic::new(
        Code::UnknownFormat,
        message!("the file is METS: it lists the files of an issue, and holds no text of its pages"),
    )
    .in_file(name)
    .hint(message!(
        "nothing is lost: pages are read from the ALTO files that it lists, where they are in the folder too"
    ))
}

fn unknown_format(name: &str) -> Diagnostic {
    Diagnostic::new(Code::UnknownFormat, message!("the file is in none of the formats that pages come in"))
        .in_file(name)
        .hint(message!("pages are text, HTML, PDF, ALTO, hOCR, PAGE-XML, JSON of PaddleOCR or MinerU, or what pdftotext -bbox-layout writes"))
}

/// The text with a line feed for every other line break: a carriage return by itself (old Macs), next line, the separators of
/// Unicode, a vertical tab, and a form feed between two texts. Each becomes one, so that lines are counted as an editor shows them.
fn with_line_feeds(text: String) -> String {
    const BREAKS: [char; 6] = ['\r', '\u{B}', '\u{C}', '\u{85}', '\u{2028}', '\u{2029}'];
    if !text.contains(BREAKS) {
        return text;
    }
    let mut out = String::with_capacity(text.len());
    let mut chars = text.chars().peekable();
    while let Some(c) = chars.next() {
        let beside_break = || out.ends_with('\n') || out.is_empty();
        let is_break = match c {
            '\r' => chars.peek() != Some(&'\n'),
            // extractors put a form feed at the start or the end of a page's text, on a line that ends otherwise
            '\u{C}' => !beside_break() && chars.peek().is_some_and(|next| !matches!(next, '\n' | '\r')),
            c => BREAKS.contains(&c),
        };
        out.push(if is_break { '\n' } else { c });
    }
    out
}

/// An error for the first line of more than `max` characters.
fn check_line_lengths(source: &Source, max: usize) -> Result<(), Diagnostic> {
    let mut at = 0;
    for line in source.text.split('\n') {
        // counting characters takes time; a line has at least as many bytes
        let length = if line.len() > max { line.chars().count() } else { 0 };
        if length > max {
            let message = message!("a line of {length} characters is longer than a whole newspaper page", length);
            let diagnostic = Diagnostic::new(Code::LongLine, message).at(source, at..at + line.len());
            return Err(diagnostic.hint(message!("extract the text of the page again, with its line breaks")));
        }
        at += line.len() + 1;
    }
    Ok(())
}

fn malformed_bytes(source: &Source, encoding: &'static Encoding) -> Diagnostic {
    let message = message!(
        "some bytes are no {encoding} and read as {shown}",
        encoding = encoding.name(),
        shown = char::REPLACEMENT_CHARACTER
    );
    let diagnostic = Diagnostic::new(Code::UnreadableBytes, message);
    let diagnostic = match source.text.find(char::REPLACEMENT_CHARACTER) {
        Some(at) => diagnostic.at(source, at..at + char::REPLACEMENT_CHARACTER.len_utf8()),
        None => diagnostic.in_file(&source.name),
    };
    diagnostic.hint(message!("save the page as UTF-8 to be sure of every character"))
}

/// Bytes at the start of an HTML page that declare its encoding. (The standard has 1024; old editions begin with comments.)
const DECLARATION_WITHIN: usize = 4096;

/// The encoding that an HTML page declares (`<meta charset="gb2312">`).
fn declared_encoding(bytes: &[u8]) -> Option<&'static Encoding> {
    let start = String::from_utf8_lossy(&bytes[..bytes.len().min(DECLARATION_WITHIN)]).to_ascii_lowercase();
    let (_, after) = start.split_once("charset=")?;
    let after = after.trim_start_matches(['"', '\'', ' ']);
    let label = after.split(|c: char| !(c.is_ascii_alphanumeric() || c == '-' || c == '_')).next()?;
    let encoding = Encoding::for_label(label.as_bytes())?;
    // the bytes are not UTF-8, whatever the page declares
    (encoding != UTF_8).then_some(if encoding == encoding_rs::GBK { GB18030 } else { encoding })
}

fn detect_encoding(bytes: &[u8], is_html: bool) -> &'static Encoding {
    if std::str::from_utf8(bytes).is_ok() {
        return UTF_8;
    }
    let declared = if is_html { declared_encoding(bytes) } else { None };
    if let Some(encoding) = declared.or_else(|| utf16_without_mark(bytes)) {
        return encoding;
    }
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Deny);
    detector.feed(bytes, true);
    let detected = detector.guess(None, Utf8Detection::Allow);
    // chardetng knows GBK, of which GB18030 is a superset
    if detected == encoding_rs::GBK { GB18030 } else { detected }
}

/// Chinese in UTF-16 has its line breaks and ASCII digits in pairs with a zero byte, which no other encoding here has.
fn utf16_without_mark(bytes: &[u8]) -> Option<&'static Encoding> {
    let total = bytes.len() / 2;
    let is_ascii_text = |byte: u8| matches!(byte, b'\n' | b'\r' | 0x20..0x7F);
    let little = bytes.chunks_exact(2).filter(|pair| pair[1] == 0 && is_ascii_text(pair[0])).count();
    let big = bytes.chunks_exact(2).filter(|pair| pair[0] == 0 && is_ascii_text(pair[1])).count();
    let zeros = bytes.iter().filter(|&&b| b == 0).count();
    let (ascii, encoding) = if little >= big { (little, UTF_16LE) } else { (big, UTF_16BE) };
    // every zero byte is one half of an ASCII character, and there are some
    (total > 0 && ascii > 0 && zeros <= ascii + total / 50 && reads_as_chinese(encoding, bytes)).then_some(encoding)
}

/// Any bytes can be read as UTF-16, of which most characters are not Chinese; four in five characters of a page are, or ASCII.
fn reads_as_chinese(encoding: &'static Encoding, bytes: &[u8]) -> bool {
    let (text, _) = encoding.decode_without_bom_handling(bytes);
    let known = |c: &char| is_chinese(*c) || c.is_ascii() || c.is_whitespace();
    text.chars().filter(known).count() * 5 >= text.chars().count() * 4
}

/// More than one character in twenty is a control character, or could not be decoded.
fn is_binary(text: &str) -> bool {
    let is_odd = |c: &char| c.is_control() && !c.is_whitespace() || *c == char::REPLACEMENT_CHARACTER;
    text.chars().filter(is_odd).count() * 20 > text.chars().count()
}

#[cfg(test)]
mod tests {
    use super::*;
    use encoding_rs::BIG5;
    use proptest::prelude::*;

    const TEXT: &str = "深化“产改”进行时\n\n本报讯 近日，市总工会为货车司机建起了12个驿站，夏天有凉茶，冬天有热水。\n";

    fn text_of(bytes: &[u8]) -> String {
        decode("p.txt", bytes).unwrap().source.text
    }

    #[test]
    fn every_encoding_of_a_chinese_page_reads_the_same() {
        assert_eq!(text_of(TEXT.as_bytes()), TEXT);
        assert_eq!(text_of(&[b"\xEF\xBB\xBF", TEXT.as_bytes()].concat()), TEXT);
        assert_eq!(text_of(&GB18030.encode(TEXT).0), TEXT);
        let traditional = "總工會為貨車司機建起了十二個驛站，夏天有涼茶，冬天有熱水，工友都說好。\n";
        assert_eq!(text_of(&BIG5.encode(traditional).0), traditional);
        let little: Vec<u8> = TEXT.encode_utf16().flat_map(u16::to_le_bytes).collect();
        let big: Vec<u8> = TEXT.encode_utf16().flat_map(u16::to_be_bytes).collect();
        assert_eq!(text_of(&little), TEXT);
        assert_eq!(text_of(&big), TEXT);
        assert_eq!(text_of(&[b"\xFF\xFE", &little[..]].concat()), TEXT);
        assert_eq!(text_of(&[b"\xFE\xFF", &big[..]].concat()), TEXT);
    }

    #[test]
    fn an_empty_page_and_a_picture_are_errors() {
        assert_eq!(decode("p.txt", b" \n\r\n").unwrap_err().code, Code::EmptyPage);
        assert_eq!(decode("p.txt", b"").unwrap_err().code, Code::EmptyPage);
        let png = [b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", &[0, 1, 2, 3, 255, 254, 7][..]].concat();
        assert_eq!(decode("p.txt", &png).unwrap_err().code, Code::NotText);
    }

    #[test]
    fn bytes_that_happen_to_look_like_utf16_are_no_page() {
        // a generator of random bytes (Lehmer's, with Park and Miller's multiplier), so that the test is the same each time
        let mut state = 20_250_318_u64;
        let noise: Vec<u8> = std::iter::repeat_with(|| {
            state = state * 48_271 % 0x7FFF_FFFF;
            (state >> 8) as u8
        })
        .take(5_000)
        .collect();
        assert_eq!(decode("p.txt", &noise).unwrap_err().code, Code::NotText);
    }

    #[test]
    fn a_page_that_lost_its_line_breaks_is_an_error_at_its_line() {
        let diagnostic = decode("p.txt", format!("一行\n{}\n", "产".repeat(700_000)).as_bytes()).unwrap_err();
        assert_eq!((diagnostic.code, diagnostic.location.as_ref().unwrap().line), (Code::LongLine, 2));
        assert!(decode("p.txt", "产".repeat(MAX_LINE).as_bytes()).is_ok());
    }

    proptest! {
        #[test]
        fn any_bytes_are_decoded_or_an_error(bytes: Vec<u8>) {
            let _ = decode("p.txt", &bytes);
        }
    }

    #[test]
    fn every_kind_of_line_break_ends_a_line() {
        let lines = |text: &str| {
            let decoded = decode("page.txt", text.as_bytes()).unwrap().source.text;
            decoded.split('\n').map(str::to_owned).collect::<Vec<_>>()
        };
        for line_break in ["\r", "\u{2028}", "\u{2029}", "\u{85}", "\u{B}", "\u{C}", "\n"] {
            assert_eq!(
                lines(&["题目", "正文。", "正文。"].join(line_break)),
                ["题目", "正文。", "正文。"],
                "{line_break:?}"
            );
        }
        assert_eq!(lines("题目\r\n\r\n正文。"), ["题目\r", "\r", "正文。"], "CRLF is one line break");
        assert_eq!(
            lines("题目\n\u{C}正文。\u{C}\n"),
            ["题目", "\u{C}正文。\u{C}", ""],
            "a form feed beside a line break"
        );
    }

    #[test]
    fn names_of_encodings_have_letters_digits_and_two_marks() {
        for (name, encoding) in
            [("euc-kr", encoding_rs::EUC_KR), ("shift_jis", encoding_rs::SHIFT_JIS), ("gb2312", GB18030)]
        {
            assert_eq!(declared_encoding(format!("<meta charset={name}>").as_bytes()), Some(encoding), "{name}");
        }
    }
}
