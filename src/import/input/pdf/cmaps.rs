//! Tables of characters in a PDF (`ToUnicode`): code → text. Source: PDF 32000-1, 9.10.3.
//!
//! Only what such tables hold is read: `bfchar` (`<code> <text>`) and `bfrange` (`<first> <last> <text>` or `<first> <last> [<text> …]`),
//! and the writing mode of tables that are an encoding.

use std::collections::HashMap;

/// Entries of a table, at most: one for each character of the largest fonts.
const MAX_ENTRIES: usize = 70_000;

/// A table of characters.
#[derive(Debug, Default)]
pub(crate) struct CharacterMap {
    single: HashMap<u32, Vec<u16>>,
    /// first and last code, the text of the first
    ranges: Vec<(u32, u32, Vec<u16>)>,
    pub(crate) is_vertical: bool,
}

/// A token of a table that matters.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Token<'a> {
    Hexadecimal(Vec<u8>),
    Open,
    Close,
    Word(&'a [u8]),
}

impl CharacterMap {
    pub(crate) fn parse(bytes: &[u8]) -> Self {
        let mut map = Self::default();
        let (mut pending, mut is_range, mut before): (Vec<Vec<u8>>, Option<bool>, &[u8]) = (Vec::new(), None, b"");
        let mut list: Option<u32> = None;
        for token in tokens(bytes) {
            if map.single.len() + map.ranges.len() > MAX_ENTRIES {
                break;
            }
            match token {
                Token::Word(word) => {
                    map.is_vertical |= before == b"/WMode" && word == b"1";
                    before = word;
                    is_range = match word {
                        b"beginbfchar" => Some(false),
                        b"beginbfrange" => Some(true),
                        _ => None,
                    };
                    pending.clear();
                    list = None;
                }
                // the list of a range has a text for each code
                Token::Open => list = pending.first().filter(|_| pending.len() == 2).map(|first| number(first)),
                Token::Close => {
                    list = None;
                    pending.clear();
                }
                Token::Hexadecimal(text) => match (is_range, list) {
                    (Some(true), Some(code)) => {
                        map.single.insert(code, units(&text));
                        list = code.checked_add(1);
                    }
                    (Some(is_range), None) => {
                        pending.push(text);
                        map.take_entry(is_range, &mut pending);
                    }
                    (None, _) | (Some(false), Some(_)) => {}
                },
            }
        }
        map.ranges.sort_by_key(|(first, _, _)| *first);
        map
    }

    /// Adds what is pending where it is an entry.
    fn take_entry(&mut self, is_range: bool, pending: &mut Vec<Vec<u8>>) {
        match (is_range, &pending[..]) {
            (false, [code, text]) => {
                self.single.insert(number(code), units(text));
                pending.clear();
            }
            (true, [first, last, text]) => {
                self.ranges.push((number(first), number(last), units(text)));
                pending.clear();
            }
            _ => {}
        }
    }

    /// The text of a code; None where the table has none.
    pub(crate) fn text(&self, code: u32) -> Option<String> {
        if let Some(units) = self.single.get(&code) {
            return String::from_utf16(units).ok();
        }
        let after = self.ranges.partition_point(|(first, _, _)| *first <= code);
        let (first, last, text) = &self.ranges[after.checked_sub(1)?];
        let mut units = text.clone();
        let unit = units.last_mut().filter(|_| code <= *last)?;
        *unit = unit.checked_add(u16::try_from(code - first).ok()?)?;
        String::from_utf16(&units).ok()
    }
}

/// The number that a code is; the last four bytes of longer ones.
fn number(code: &[u8]) -> u32 {
    code.iter().fold(0, |number, byte| number << 8 | u32::from(*byte))
}

/// UTF-16 units; a single byte is one.
fn units(text: &[u8]) -> Vec<u16> {
    match text {
        [byte] => vec![u16::from(*byte)],
        text => text.chunks_exact(2).map(|pair| u16::from_be_bytes([pair[0], pair[1]])).collect(),
    }
}

fn tokens(mut bytes: &[u8]) -> impl Iterator<Item = Token<'_>> {
    std::iter::from_fn(move || {
        loop {
            bytes = bytes.trim_ascii_start();
            match *bytes.first()? {
                b'%' => bytes = &bytes[memchr::memchr2(b'\n', b'\r', bytes).unwrap_or(bytes.len())..],
                b'<' if bytes.get(1) != Some(&b'<') => {
                    let end = memchr::memchr(b'>', bytes)?;
                    let digits = &bytes[1..end];
                    bytes = &bytes[end + 1..];
                    return Some(Token::Hexadecimal(bytes_of(digits)));
                }
                b'[' | b']' => {
                    let token = if bytes[0] == b'[' { Token::Open } else { Token::Close };
                    bytes = &bytes[1..];
                    return Some(token);
                }
                _ => {
                    let is_end =
                        |byte: &u8| byte.is_ascii_whitespace() || matches!(byte, b'<' | b'[' | b']' | b'/' | b'%');
                    let length = bytes[1..].iter().position(is_end).map_or(bytes.len(), |at| at + 1);
                    let (word, rest) = bytes.split_at(length);
                    bytes = rest;
                    return Some(Token::Word(word));
                }
            }
        }
    })
}

/// The bytes of hexadecimal digits; a last digit alone has a zero behind it.
fn bytes_of(digits: &[u8]) -> Vec<u8> {
    let values: Vec<u8> =
        digits.iter().filter_map(|digit| (*digit as char).to_digit(16)).map(|digit| digit as u8).collect();
    values.chunks(2).map(|pair| pair[0] << 4 | pair.get(1).unwrap_or(&0)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn characters_and_ranges_are_found() {
        let map = CharacterMap::parse(
            b"/WMode 1 def % x <0001>\n1 begincodespacerange <0000> <FFFF> endcodespacerange 2 beginbfchar <0009> <706F> <000A><D842DFB7> endbfchar\n2 beginbfrange <0001> <0003> <9A7F> <0020> <0021> [<0041> <00660069>] endbfrange",
        );
        let texts: Vec<_> = [9, 10, 1, 3, 4, 0x20, 0x21].map(|code| map.text(code)).into_iter().collect();
        let expected = [Some("灯"), Some("𠮷"), Some("驿"), Some("骁"), None, Some("A"), Some("fi")];
        assert_eq!(texts, expected.map(|text| text.map(str::to_owned)));
        assert!(map.is_vertical);
    }
}
