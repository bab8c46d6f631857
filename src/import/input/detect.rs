//! Detects the format of a file by its content: magic bytes, the root element of XML, keys of JSON. The extension alone
//! decides nothing, but a file that is named as a format and is none of those known is an error.

/// A format whose files say where a line stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum PrintedFormat {
    Alto,
    Hocr,
    PageXml,
    BboxLayout,
    Paddle,
    MineruContentList,
    MineruMiddle,
    Pdf,
}

/// What a file is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Detected {
    Printed(PrintedFormat),
    /// METS, which lists the files of an issue
    Mets,
    /// the extension is that of a format with geometry, and the content is of none that is known
    Unknown,
    /// text or HTML
    Text,
}

/// Bytes in which the class of an hOCR page or poppler's elements are searched.
const HEAD: usize = 1 << 16;

/// The format of a file.
pub(crate) fn detect(name: &str, bytes: &[u8]) -> Detected {
    let head = bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(bytes);
    let start = head.iter().position(|byte| !byte.is_ascii_whitespace()).unwrap_or(head.len());
    if head[start..].starts_with(b"%PDF-") || is_pdf_within(name, head) {
        return Detected::Printed(PrintedFormat::Pdf);
    }
    let found = match &head[start..] {
        xml @ [b'<', ..] => xml_format(xml),
        json @ [b'{' | b'[', ..] => json_format(json),
        [0xFE, 0xFF, ..] | [0xFF, 0xFE, ..] => xml_format(&without_zeros(&head[start + 2..])),
        _ => None,
    };
    match found {
        Some(format) => Detected::Printed(format),
        None if is_mets(&head[start..]) => Detected::Mets,
        None if is_named_as_format(name) => Detected::Unknown,
        None => Detected::Text,
    }
}

/// A PDF may have other bytes before its first ones.
fn is_pdf_within(name: &str, bytes: &[u8]) -> bool {
    let is_named = name.rsplit_once('.').is_some_and(|(_, extension)| extension.eq_ignore_ascii_case("pdf"));
    is_named && memchr::memmem::find(&bytes[..bytes.len().min(1024)], b"%PDF-").is_some()
}

/// UTF-16 as the ASCII in it: enough for the names of elements.
fn without_zeros(bytes: &[u8]) -> Vec<u8> {
    bytes.iter().take(HEAD).copied().filter(|byte| *byte != 0).collect()
}

fn is_named_as_format(name: &str) -> bool {
    let extension = name.rsplit_once('.').map(|(_, extension)| extension.to_ascii_lowercase());
    extension.is_some_and(|extension| matches!(extension.as_str(), "xml" | "hocr" | "json" | "pdf"))
}

/// A key may stand anywhere in a file, so all of it is searched.
fn json_format(json: &[u8]) -> Option<PrintedFormat> {
    let has = |key: &[u8]| memchr::memmem::find(json, key).is_some();
    if has(b"\"parsing_res_list\"") || has(b"\"overall_ocr_res\"") || has(b"\"rec_texts\"") {
        Some(PrintedFormat::Paddle)
    } else if has(b"\"pdf_info\"") {
        Some(PrintedFormat::MineruMiddle)
    } else if json.starts_with(b"[") && has(b"\"type\"") && (has(b"\"bbox\"") || has(b"\"page_idx\"")) {
        Some(PrintedFormat::MineruContentList)
    } else {
        None
    }
}

fn xml_format(xml: &[u8]) -> Option<PrintedFormat> {
    let root = root_element(xml)?;
    let head = &xml[..xml.len().min(HEAD)];
    let has = |part: &[u8]| memchr::memmem::find(head, part).is_some();
    match &root.to_ascii_lowercase()[..] {
        b"alto" => Some(PrintedFormat::Alto),
        b"pcgts" => Some(PrintedFormat::PageXml),
        b"html" | b"doc" | b"body" | b"div" if has(b"ocr_page") || has(b"ocr_line") => Some(PrintedFormat::Hocr),
        b"html" | b"doc" if has(b"<doc>") && has(b"<page ") => Some(PrintedFormat::BboxLayout),
        _ => None,
    }
}

fn is_mets(xml: &[u8]) -> bool {
    xml.starts_with(b"<") && root_element(xml).is_some_and(|root| root.eq_ignore_ascii_case(b"mets"))
}

/// The name of the first element, without its prefix: after declarations, comments and the document type.
fn root_element(mut xml: &[u8]) -> Option<&[u8]> {
    loop {
        let start = memchr::memchr(b'<', xml)?;
        xml = &xml[start + 1..];
        let end = match xml {
            [b'?', ..] => memchr::memmem::find(xml, b"?>")?,
            [b'!', b'-', b'-', ..] => memchr::memmem::find(xml, b"-->")?,
            [b'!', ..] => end_of_doctype(xml)?,
            _ => {
                let is_end = |byte: &u8| byte.is_ascii_whitespace() || matches!(byte, b'>' | b'/');
                let name = &xml[..xml.iter().position(is_end)?];
                return name.rsplit(|byte| *byte == b':').next().filter(|name| !name.is_empty());
            }
        };
        xml = &xml[end..];
    }
}

/// The end of a document type, which may declare entities in brackets.
fn end_of_doctype(xml: &[u8]) -> Option<usize> {
    let end = memchr::memchr(b'>', xml)?;
    match memchr::memchr(b'[', &xml[..end]) {
        Some(_) => memchr::memmem::find(xml, b"]>").or_else(|| memchr::memchr(b']', xml)),
        None => Some(end),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn content_tells_the_format() {
        let printed = Detected::Printed;
        for (name, content, expected) in [
            ("a.xml", "<?xml version=\"1.0\"?>\n<!-- <x> --><alto xmlns='http://x'>", printed(PrintedFormat::Alto)),
            ("a.txt", "\u{FEFF}\n<a:alto>", printed(PrintedFormat::Alto)),
            ("a.xml", "<PcGts>", printed(PrintedFormat::PageXml)),
            (
                "a.html",
                "<!DOCTYPE html [<!ENTITY a '<b>'> ]><html><body><div class='ocr_page'>",
                printed(PrintedFormat::Hocr),
            ),
            ("a.html", "<!DOCTYPE html><html><body><doc><page width=\"1\">", printed(PrintedFormat::BboxLayout)),
            ("a.html", "<!DOCTYPE html><html><body><p>文</p>", Detected::Text),
            ("a.xml", "<?xml version='1.0'?><mets:mets>", Detected::Mets),
            ("a.xml", "<METS>", Detected::Mets),
            ("a.xml", "<metadata>", Detected::Unknown),
            ("a.json", "{\"res\": {\"parsing_res_list\": []}}", printed(PrintedFormat::Paddle)),
            ("a.json", "{\"pdf_info\": []}", printed(PrintedFormat::MineruMiddle)),
            ("a.json", "[{\"type\": \"text\", \"page_idx\": 0}]", printed(PrintedFormat::MineruContentList)),
            ("a.json", "{}", Detected::Unknown),
            ("a.txt", "[记者手记] \"bbox\"", Detected::Text),
            ("a.txt", "%PDF-1.4", printed(PrintedFormat::Pdf)),
            ("a.pdf", "junk\n%PDF-1.4", printed(PrintedFormat::Pdf)),
            ("a.pdf", "", Detected::Unknown),
            ("a.xml", "", Detected::Unknown),
            ("a.txt", "<本报讯> 一", Detected::Text),
            ("a.txt", "<", Detected::Text),
        ] {
            assert_eq!(detect(name, content.as_bytes()), expected, "{content}");
        }
        let utf16: Vec<u8> = "\u{FEFF}<alto >".encode_utf16().flat_map(u16::to_le_bytes).collect();
        assert_eq!(detect("a.xml", &utf16), printed(PrintedFormat::Alto));
    }
}
