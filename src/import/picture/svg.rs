//! Text and colours as SVG writes them. Lengths are in tenths of a point, as places of lines are.

use std::borrow::Cow;

/// A rectangle, `[x0, y0, x1, y1]`.
pub(super) type Rect = [i32; 4];

/// Colours of articles, all dark enough for small text on white; neighbours differ in lightness too, for those who see no hues.
const COLOURS: [&str; 8] = ["#0b5fa5", "#b3480a", "#1d7a3a", "#8a2a8f", "#8c6d00", "#b01030", "#00757f", "#4b4ec2"];
/// … and of lines that belong to none.
pub(super) const GREY: &str = "#767676";

/// The colour of an article, by its index.
pub(super) fn colour(article: Option<usize>) -> &'static str {
    article.map_or(GREY, |article| COLOURS[article % COLOURS.len()])
}

/// A text between tags or in an attribute; characters that XML does not have are replaced.
pub(super) fn escaped(text: &str) -> Cow<'_, str> {
    let is_special = |c: char| matches!(c, '<' | '>' | '&' | '"' | '\u{FFFE}' | '\u{FFFF}') || c.is_control();
    if !text.contains(is_special) {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len() + 8);
    for c in text.chars() {
        match c {
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '&' => out.push_str("&amp;"),
            '"' => out.push_str("&quot;"),
            '\t' | '\n' | '\r' => out.push(' '),
            c if is_special(c) => out.push(char::REPLACEMENT_CHARACTER),
            c => out.push(c),
        }
    }
    Cow::Owned(out)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn markup_and_characters_without_a_place_in_xml_are_escaped() {
        assert_eq!(escaped("甲<乙>&\"丙\"\u{1}\u{FFFF}\t丁"), "甲&lt;乙&gt;&amp;&quot;丙&quot;\u{FFFD}\u{FFFD} 丁");
        assert_eq!(escaped("工厂"), "工厂");
    }
}
