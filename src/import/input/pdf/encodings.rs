//! Characters of fonts that have no table of characters of their own: by the encoding that their dictionary names.
//!
//! Names of CMaps for Chinese say in which encoding codes are (`GBK-EUC-H`, `UniGB-UCS2-V`); simple fonts have a code page and names of
//! glyphs. Sources: PDF 32000-1, 9.7.5.2, and Annex D; Adobe's list of glyphs.

use encoding_rs::{BIG5, EUC_KR, Encoding, GB18030, MACINTOSH, SHIFT_JIS, WINDOWS_1252};

/// The encoding of codes of one or two bytes, by the name of a CMap.
pub(crate) fn multibyte_encoding(cmap: &str) -> Option<&'static Encoding> {
    let has = |parts: &[&str]| parts.iter().any(|part| cmap.contains(part));
    if cmap.starts_with("Uni") {
        None
    } else if has(&["GB"]) {
        Some(GB18030)
    } else if has(&["B5", "HKscs", "CNS"]) {
        Some(BIG5)
    } else if has(&["RKSJ"]) {
        Some(SHIFT_JIS)
    } else if has(&["KSC"]) {
        Some(EUC_KR)
    } else {
        None
    }
}

/// The character of a code in a multibyte encoding.
pub(crate) fn decoded(encoding: &'static Encoding, code: &[u8]) -> Option<char> {
    let text = encoding.decode_without_bom_handling_and_without_replacement(code)?;
    text.chars().next().filter(|c| !c.is_control())
}

/// The code page of a simple font, by the name of its encoding.
pub(crate) fn code_page(name: &str) -> &'static Encoding {
    if name == "MacRomanEncoding" { MACINTOSH } else { WINDOWS_1252 }
}

/// The character of a glyph's name: `A`, `comma`, `uni4E00`, `u20000`.
pub(crate) fn character_of_name(name: &str) -> Option<char> {
    let name = name.split('.').next().unwrap_or_default();
    let mut letters = name.chars();
    if let (Some(letter), None) = (letters.next(), letters.next()) {
        return Some(letter);
    }
    let hexadecimal = |digits: &str| u32::from_str_radix(digits, 16).ok().and_then(char::from_u32);
    let by_number = name.strip_prefix("uni").filter(|digits| digits.len() == 4).and_then(hexadecimal);
    let by_number =
        by_number.or_else(|| name.strip_prefix('u').filter(|digits| digits.len() > 3).and_then(hexadecimal));
    by_number.or_else(|| NAMES.iter().find(|(known, _)| *known == name).map(|(_, c)| *c))
}

/// Names of glyphs that newspapers print.
const NAMES: &[(&str, char)] = &[
    ("space", ' '),
    ("exclam", '!'),
    ("quotedbl", '"'),
    ("numbersign", '#'),
    ("dollar", '$'),
    ("percent", '%'),
    ("ampersand", '&'),
    ("quotesingle", '\''),
    ("parenleft", '('),
    ("parenright", ')'),
    ("asterisk", '*'),
    ("plus", '+'),
    ("comma", ','),
    ("hyphen", '-'),
    ("minus", '−'),
    ("period", '.'),
    ("slash", '/'),
    ("zero", '0'),
    ("one", '1'),
    ("two", '2'),
    ("three", '3'),
    ("four", '4'),
    ("five", '5'),
    ("six", '6'),
    ("seven", '7'),
    ("eight", '8'),
    ("nine", '9'),
    ("colon", ':'),
    ("semicolon", ';'),
    ("less", '<'),
    ("equal", '='),
    ("greater", '>'),
    ("question", '?'),
    ("at", '@'),
    ("bracketleft", '['),
    ("backslash", '\\'),
    ("bracketright", ']'),
    ("underscore", '_'),
    ("braceleft", '{'),
    ("bar", '|'),
    ("braceright", '}'),
    ("asciitilde", '~'),
    ("quoteleft", '‘'),
    ("quoteright", '’'),
    ("quotedblleft", '“'),
    ("quotedblright", '”'),
    ("endash", '–'),
    ("emdash", '—'),
    ("bullet", '•'),
    ("ellipsis", '…'),
    ("periodcentered", '·'),
    ("middot", '·'),
    ("degree", '°'),
    ("multiply", '×'),
    ("copyright", '©'),
    ("registered", '®'),
    ("fi", 'ﬁ'),
    ("fl", 'ﬂ'),
    ("ff", 'ﬀ'),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_and_names_are_characters() {
        assert_eq!(decoded(multibyte_encoding("GBK-EUC-H").unwrap(), &[0xB9, 0xA4]), Some('工'));
        assert_eq!(decoded(multibyte_encoding("ETen-B5-V").unwrap(), &[0xA4, 0x75]), Some('工'));
        assert!(multibyte_encoding("UniGB-UCS2-H").is_none() && multibyte_encoding("Identity-H").is_none());
        let seen: Vec<_> =
            ["A", "comma", "uni5DE5", "u20BB7", "one.lnum", "g12"].map(character_of_name).into_iter().collect();
        assert_eq!(seen, [Some('A'), Some(','), Some('工'), Some('𠮷'), Some('1'), None]);
    }
}
