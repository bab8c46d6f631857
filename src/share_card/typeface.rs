//! The built-in typeface: which characters it has, how wide they are, and their outlines.

use flate2::{Decompress, FlushDecompress};
use skrifa::instance::{LocationRef, Size};
use skrifa::metrics::GlyphMetrics;
use skrifa::outline::{DrawSettings, OutlinePen};
use skrifa::{FontRef, MetadataProvider};
use std::sync::LazyLock;
use tiny_skia::PathBuilder;

/// An OpenType file, packed.
const PACKED: &[u8] = include_bytes!("serif.otf.z");
/// Bytes of the file, at most.
const UNPACKED: usize = 2_100_000;
/// Metrics are asked for at this size, in pixels, and are therefore in ems.
const EM: f32 = 1.0;
const IDEOGRAPHIC_SPACE: char = '\u{3000}';

static FILE: LazyLock<Vec<u8>> = LazyLock::new(|| {
    let mut file = Vec::with_capacity(UNPACKED);
    Decompress::new(true)
        .decompress_vec(PACKED, &mut file, FlushDecompress::Finish)
        .expect("the built-in typeface is packed by zlib");
    file
});

static FONT: LazyLock<FontRef<'static>> =
    LazyLock::new(|| FontRef::new(&FILE).expect("the built-in typeface is an OpenType file"));

/// Whether the typeface has every character of a text.
pub(super) fn has_all(text: &str) -> bool {
    let characters = FONT.charmap();
    text.chars().all(|c| is_space(c) || characters.map(c).is_some())
}

/// The width of a text in ems.
pub(super) fn width(text: &str) -> f32 {
    placed(text).last().map_or(0.0, |(_, _, end)| end)
}

/// Adds the outlines of a text to a path: its baseline begins at `x`, `y`, and an em has `size` pixels.
pub(super) fn add_outlines(path: &mut PathBuilder, text: &str, (x, y): (f32, f32), size: f32) {
    let (characters, outlines) = (FONT.charmap(), FONT.outline_glyphs());
    for (c, from, _) in placed(text) {
        let outline = characters.map(c).and_then(|glyph| outlines.get(glyph));
        if let Some(outline) = outline.filter(|_| !is_space(c)) {
            let settings = DrawSettings::unhinted(Size::new(size), LocationRef::default());
            let mut pen = Pen { path, x: x + from * size, y };
            // an outline of the built-in typeface can always be drawn; what could not would leave a blank
            let _ = outline.draw(settings, &mut pen);
        }
    }
}

/// Each character with where it begins and ends, in ems. Marks that follow each other share the blank between them, and an opening
/// mark at the beginning of a line hangs into the margin with its blank half.
fn placed(text: &str) -> impl Iterator<Item = (char, f32, f32)> + '_ {
    let characters = FONT.charmap();
    let metrics = GlyphMetrics::new(&FONT, Size::new(EM), LocationRef::default());
    let mut before = None;
    let mut end = 0.0;
    let mut rest = text.chars();
    std::iter::from_fn(move || {
        let c = rest.next()?;
        let advance = characters.map(c).and_then(|glyph| metrics.advance_width(glyph)).unwrap_or_default();
        let is_wide = advance > 0.9;
        let pulled = match before {
            None if is_wide && opens(c) => 0.5,
            Some(before) if is_wide && opens(c) && (opens(before) || closes(before)) => 0.5,
            Some(before) if is_wide && closes(c) && closes(before) => 0.5,
            _ => 0.0,
        };
        let from = end - pulled;
        end = from
            + match c {
                IDEOGRAPHIC_SPACE => 0.7,
                // between Chinese phrases a blank has to be seen
                _ if is_space(c) && before.zip(rest.clone().next()).is_some_and(is_chinese) => 0.5,
                _ => advance,
            };
        before = Some(c);
        Some((c, from, end))
    })
}

fn is_space(c: char) -> bool {
    matches!(c, ' ' | IDEOGRAPHIC_SPACE | '\u{A0}')
}

fn is_chinese((before, after): (char, char)) -> bool {
    !before.is_ascii() && !after.is_ascii()
}

fn opens(c: char) -> bool {
    "“‘《〈（「『【〔".contains(c)
}

fn closes(c: char) -> bool {
    "”’》〉）」』】〕，。、；：".contains(c)
}

/// Draws an outline into a path whose vertical axis points down.
struct Pen<'a> {
    path: &'a mut PathBuilder,
    x: f32,
    y: f32,
}

impl OutlinePen for Pen<'_> {
    fn move_to(&mut self, x: f32, y: f32) {
        self.path.move_to(self.x + x, self.y - y);
    }

    fn line_to(&mut self, x: f32, y: f32) {
        self.path.line_to(self.x + x, self.y - y);
    }

    fn quad_to(&mut self, cx: f32, cy: f32, x: f32, y: f32) {
        self.path.quad_to(self.x + cx, self.y - cy, self.x + x, self.y - y);
    }

    fn curve_to(&mut self, ax: f32, ay: f32, bx: f32, by: f32, x: f32, y: f32) {
        let Self { x: left, y: base, .. } = *self;
        self.path.cubic_to(left + ax, base - ay, left + bx, base - by, left + x, base - y);
    }

    fn close(&mut self) {
        self.path.close();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_has_the_characters_of_newspapers_and_no_others() {
        assert!(has_all("产业工人队伍建设改革：“十四五”——2025年〇三月 A-z 100%…《》、，。？！；①℃"));
        assert!(!has_all("勞動"), "traditional characters are not in it");
        assert!(!has_all("𠮷"));
        assert!(!has_all("🙂"));
    }

    #[test]
    fn a_chinese_character_is_an_em_wide_and_marks_share_their_blanks() {
        assert_eq!(width("工人"), 2.0);
        assert_eq!(width("工人》，"), 3.5);
        assert_eq!(width("《工人"), 2.5);
        assert_eq!(width("工 人"), 2.5);
        assert!(width("工 A") < width("工 人"));
        assert!(width("i") < 0.5);
    }
}
