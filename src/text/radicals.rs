//! Radicals: characters of the blocks for the parts of characters, which fonts share with the characters that look the same.
//!
//! The table of a font in a PDF often names the radical (⼯ U+2F2F) where the character is printed (工 U+5DE5). They look the same, but no
//! search finds one by the other. Source: the Unicode Character Database, `EquivalentUnifiedIdeograph`.

use unicode_normalization::UnicodeNormalization;

/// Radicals of the supplement, U+2E80 to U+2EF3, that are characters of their own, each before its character.
const SUPPLEMENT: &str = "\
    ⺟母⺠民⻁虎⻄西⻅见⻆角⻉贝⻋车⻓长⻔门⻘青⻙韦⻚页⻛风⻜飞⻝食⻢马⻣骨⻤鬼⻥鱼⻦鸟⻧卤⻨麦⻩黄⻪黾⻬齐⻮齿⻰龙⻳龟";

/// The character that a radical looks like; any other character itself.
pub(crate) fn ideograph_of_radical(c: char) -> char {
    match u32::from(c) {
        // the Kangxi radicals have their characters as compatibility decompositions, those of the supplement have none
        0x2F00..=0x2FD5 => std::iter::once(c).nfkc().next().unwrap_or(c),
        0x2E80..=0x2EF3 => {
            let at = SUPPLEMENT.chars().step_by(2).position(|radical| radical == c);
            at.and_then(|at| SUPPLEMENT.chars().nth(2 * at + 1)).unwrap_or(c)
        }
        _ => c,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::han::is_han;

    #[test]
    fn radicals_become_the_characters_that_they_look_like() {
        let read: String = "⼯会⻋间⾥的⼆⼗六⼈，⻰⾈".chars().map(ideograph_of_radical).collect();
        assert_eq!(read, "工会车间里的二十六人，龙舟");
        assert!(('\u{2F00}'..='\u{2FD5}').all(|radical| is_han(ideograph_of_radical(radical))));
        assert_eq!((ideograph_of_radical('⿕'), ideograph_of_radical('⺀')), ('龠', '⺀'));
    }
}
