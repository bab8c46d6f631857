//! Fonts of a PDF: codes of a string → characters and widths.
//!
//! The character of a code is what the font's own table (`ToUnicode`) says or, without one, its encoding; a font with neither prints
//! glyphs of which nothing says what they are.

use crate::import::input::pdf::cmaps::CharacterMap;
use crate::import::input::pdf::encodings::{character_of_name, code_page, decoded, multibyte_encoding};
use crate::import::input::pdf::streams::{Budget, unpacked};
use crate::text::radicals::ideograph_of_radical;
use encoding_rs::Encoding;
use hayro_syntax::object::{Array, Dict, Name, Number, Object, Stream};
use std::collections::HashMap;

/// Widths of a font, at most: one a character of the largest fonts.
const MAX_WIDTHS: usize = 70_000;
/// Bytes of a table of characters, at most.
const MAX_TABLE: usize = 4 << 20;

/// How a string's bytes are codes.
#[derive(Debug, Clone, Copy, PartialEq)]
enum Codes {
    One,
    Two,
    /// two bytes, which are UTF-16
    Utf16,
    /// one byte or more, by the encoding
    Multibyte(&'static Encoding),
}

/// A font.
#[derive(Debug)]
pub(crate) struct Font {
    codes: Codes,
    table: Option<CharacterMap>,
    /// of a simple font, by code
    names: HashMap<u32, char>,
    page: Option<&'static Encoding>,
    /// width of codes in thousandths of the size
    widths: HashMap<u32, f32>,
    /// first and last code, width; ascending
    ranges: Vec<(u32, u32, f32)>,
    default_width: f32,
    /// glyph space → text space
    pub(crate) scale: f64,
    pub(crate) is_vertical: bool,
    pub(crate) is_bold: bool,
}

/// A code of a string.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Code {
    /// empty where nothing says which character it is
    pub(crate) text: String,
    /// in thousandths of the size
    pub(crate) width: f32,
    /// the single byte 32, to which word spacing applies
    pub(crate) is_space: bool,
}

impl Font {
    pub(crate) fn of(dictionary: &Dict<'_>, budget: &mut Budget) -> Self {
        let name = name_of(dictionary, "Subtype").unwrap_or_default();
        let mut font =
            if name == "Type0" { Self::composite(dictionary, budget) } else { Self::simple(dictionary, &name) };
        let table = dictionary.get::<Stream<'_>>("ToUnicode").and_then(|stream| unpacked(&stream, budget));
        font.table = table.filter(|table| table.len() <= MAX_TABLE).map(|table| CharacterMap::parse(&table));
        font
    }

    fn composite(dictionary: &Dict<'_>, budget: &mut Budget) -> Self {
        let descendant =
            dictionary.get::<Array<'_>>("DescendantFonts").and_then(|fonts| fonts.iter::<Dict<'_>>().next());
        let descendant = descendant.unwrap_or_default();
        let cmap = name_of(dictionary, "Encoding").unwrap_or_default();
        let embedded = dictionary.get::<Stream<'_>>("Encoding").and_then(|stream| unpacked(&stream, budget));
        let is_vertical =
            embedded.map_or(cmap.ends_with("-V") || cmap == "V", |embedded| CharacterMap::parse(&embedded).is_vertical);
        let codes = match multibyte_encoding(&cmap) {
            Some(encoding) => Codes::Multibyte(encoding),
            None if cmap.starts_with("Uni") => Codes::Utf16,
            None => Codes::Two,
        };
        let mut font = Self {
            codes,
            default_width: number(&descendant, "DW").unwrap_or(1000.0),
            is_vertical,
            is_bold: is_bold(&descendant) || is_bold(dictionary),
            ..Self::empty()
        };
        // widths are by the font's own numbers, which are the codes here alone
        if let (Codes::Two, Some(widths)) = (codes, descendant.get::<Array<'_>>("W")) {
            font.set_widths(&widths);
        }
        font
    }

    fn simple(dictionary: &Dict<'_>, kind: &str) -> Self {
        let mut font = Self { codes: Codes::One, is_bold: is_bold(dictionary), ..Self::empty() };
        let encoding = dictionary.get::<Dict<'_>>("Encoding").unwrap_or_default();
        let base = name_of(dictionary, "Encoding").or_else(|| name_of(&encoding, "BaseEncoding"));
        // Type 3 fonts and those with differences alone have glyphs of their own
        font.page = (kind != "Type3" || base.is_some()).then(|| code_page(base.as_deref().unwrap_or_default()));
        let mut code = 0u32;
        for object in encoding.get::<Array<'_>>("Differences").iter().flat_map(Array::iter::<Object<'_>>).take(1000) {
            match object {
                Object::Number(number) => code = number.as_f64() as u32,
                Object::Name(name) => {
                    if let Some(character) = character_of_name(name.as_str()) {
                        font.names.insert(code, character);
                    }
                    code = code.saturating_add(1);
                }
                _ => {}
            }
        }
        let first = number(dictionary, "FirstChar").unwrap_or(0.0) as u32;
        let widths = dictionary.get::<Array<'_>>("Widths");
        let widths = widths.iter().flat_map(Array::iter::<Number>).take(256);
        font.widths =
            widths.enumerate().map(|(at, width)| (first.saturating_add(at as u32), width.as_f64() as f32)).collect();
        let descriptor = dictionary.get::<Dict<'_>>("FontDescriptor").unwrap_or_default();
        font.default_width = number(&descriptor, "MissingWidth").filter(|_| !font.widths.is_empty()).unwrap_or(500.0);
        if let Some(matrix) = dictionary.get::<Array<'_>>("FontMatrix").filter(|_| kind == "Type3") {
            let across = matrix.iter::<Number>().next().map_or(0.001, |number| number.as_f64().abs());
            font.scale = if (1e-6..=1.0).contains(&across) { across } else { 0.001 };
        }
        font
    }

    fn empty() -> Self {
        Self {
            codes: Codes::Two,
            table: None,
            names: HashMap::new(),
            page: None,
            widths: HashMap::new(),
            ranges: Vec::new(),
            default_width: 1000.0,
            scale: 0.001,
            is_vertical: false,
            is_bold: false,
        }
    }

    /// `[c [w1 w2 …] first last w …]`
    fn set_widths(&mut self, widths: &Array<'_>) {
        let mut pending: Vec<f64> = Vec::new();
        for object in widths.iter::<Object<'_>>() {
            match object {
                Object::Number(number) => pending.push(number.as_f64()),
                Object::Array(list) => {
                    let first = pending.pop().unwrap_or(0.0) as u32;
                    pending.clear();
                    for (at, width) in list.iter::<Number>().enumerate() {
                        self.widths.insert(first.saturating_add(at as u32), width.as_f64() as f32);
                    }
                }
                _ => {}
            }
            if let [first, last, width] = pending[..] {
                self.ranges.push((first as u32, last as u32, width as f32));
                pending.clear();
            }
            if self.widths.len() + self.ranges.len() > MAX_WIDTHS {
                break;
            }
        }
        self.ranges.sort_by_key(|(first, _, _)| *first);
    }

    /// The codes of a string.
    pub(crate) fn codes(&self, mut bytes: &[u8]) -> Vec<Code> {
        let mut codes = Vec::with_capacity(bytes.len() / 2);
        while !bytes.is_empty() {
            let length = self.length(bytes).min(bytes.len());
            let (own, rest) = bytes.split_at(length);
            codes.push(self.code(own));
            bytes = rest;
        }
        codes
    }

    /// The length of the first code.
    fn length(&self, bytes: &[u8]) -> usize {
        match self.codes {
            Codes::One => 1,
            Codes::Two => 2,
            Codes::Utf16 if matches!(bytes[0], 0xD8..=0xDB) => 4,
            Codes::Utf16 => 2,
            Codes::Multibyte(_) if bytes[0] < 0x81 || bytes[0] == 0xFF => 1,
            // four bytes of GB 18030 have a digit second
            Codes::Multibyte(encoding)
                if encoding == encoding_rs::GB18030 && matches!(bytes.get(1), Some(0x30..=0x39)) =>
            {
                4
            }
            Codes::Multibyte(_) => 2,
        }
    }

    fn code(&self, bytes: &[u8]) -> Code {
        let number = bytes.iter().fold(0u32, |number, byte| number << 8 | u32::from(*byte));
        let width = match self.codes {
            Codes::One | Codes::Two => self.width(number),
            // Latin is half as wide as Chinese in the fonts of these encodings
            Codes::Multibyte(_) if bytes.len() == 1 => 500.0,
            Codes::Utf16 if number < 0x80 => 500.0,
            Codes::Multibyte(_) | Codes::Utf16 => self.default_width,
        };
        Code { text: self.text(number, bytes), width, is_space: bytes == b" " }
    }

    fn text(&self, number: u32, bytes: &[u8]) -> String {
        let of_table = self.table.as_ref().and_then(|table| table.text(number));
        if let Some(text) = of_table.filter(|text| !text.chars().any(char::is_control) && !text.is_empty()) {
            return text.chars().map(ideograph_of_radical).collect();
        }
        let character = match self.codes {
            Codes::One => self.names.get(&number).copied().or_else(|| decoded(self.page?, bytes)),
            Codes::Two => None,
            Codes::Utf16 => decoded(encoding_rs::UTF_16BE, bytes),
            Codes::Multibyte(encoding) => decoded(encoding, bytes),
        };
        character.map(String::from).unwrap_or_default()
    }

    fn width(&self, code: u32) -> f32 {
        if let Some(width) = self.widths.get(&code) {
            return *width;
        }
        let after = self.ranges.partition_point(|(first, _, _)| *first <= code);
        let range = after.checked_sub(1).map(|at| self.ranges[at]).filter(|(_, last, _)| code <= *last);
        range.map_or(self.default_width, |(_, _, width)| width)
    }
}

fn name_of(dictionary: &Dict<'_>, key: &str) -> Option<String> {
    dictionary.get::<Name<'_>>(key).map(|name| name.as_str().to_owned())
}

fn number(dictionary: &Dict<'_>, key: &str) -> Option<f32> {
    dictionary.get::<Number>(key).map(|number| number.as_f64() as f32).filter(|number| number.is_finite())
}

/// Whether the font's name or its descriptor says that it is bold: `FZDaHei`, `SimHei-Bold`, a weight of 600 or more.
fn is_bold(dictionary: &Dict<'_>) -> bool {
    let name = name_of(dictionary, "BaseFont").unwrap_or_default().to_ascii_lowercase();
    let descriptor = dictionary.get::<Dict<'_>>("FontDescriptor").unwrap_or_default();
    let is_heavy = number(&descriptor, "FontWeight").is_some_and(|weight| weight >= 600.0);
    let has_flag = number(&descriptor, "Flags").is_some_and(|flags| flags as u32 & 1 << 18 != 0);
    is_heavy || has_flag || ["bold", "heavy", "black", "hei", "cubs", "chaocu"].iter().any(|part| name.contains(part))
}
