//! Traditional and variant characters, and the simplified characters that stand for the same.
//!
//! Only characters that GB 2312 does not have are variants here, so simplified text has none. The table is `variants.txt`.

use std::sync::LazyLock;

const LIST: &str = include_str!("variants.txt");
const FIRST: u16 = 0x3400;
const LAST: u16 = 0x9FFF;

/// The simplified character of each from U+3400 to U+9FFF.
static SIMPLIFIED: LazyLock<Vec<u16>> = LazyLock::new(|| {
    let mut table: Vec<u16> = (FIRST..=LAST).collect();
    let units: Vec<u16> = pairs().encode_utf16().collect();
    for pair in units.chunks_exact(2) {
        table[usize::from(pair[0] - FIRST)] = pair[1];
    }
    table
});

/// Each variant, followed by its simplified character.
pub(crate) fn pairs() -> String {
    LIST.lines().filter(|line| !line.starts_with('#')).collect()
}

/// The simplified character of a variant; any other UTF-16 unit as it is.
pub(crate) fn simplified(unit: u16) -> u16 {
    match unit {
        FIRST..=LAST => SIMPLIFIED[usize::from(unit - FIRST)],
        _ => unit,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn simplified_text(text: &str) -> String {
        String::from_utf16(&text.encode_utf16().map(simplified).collect::<Vec<_>>()).unwrap()
    }

    #[test]
    fn traditional_and_variant_characters_have_simplified_ones() {
        assert_eq!(simplified_text("勞模爲羣衆，產業工會A"), "劳模为群众，产业工会A");
    }

    #[test]
    fn every_pair_is_a_variant_and_a_character_that_is_none() {
        let units: Vec<u16> = pairs().encode_utf16().collect();
        assert!(units.len() > 7000);
        for pair in units.chunks(2) {
            assert_eq!(
                [simplified(pair[0]), simplified(pair[1])],
                [pair[1], pair[1]],
                "{:?}",
                String::from_utf16(pair)
            );
        }
    }

    #[test]
    fn characters_of_gb_2312_are_no_variants() {
        let gb_2312 = (0xB0..=0xF7).flat_map(|row| (0xA1..=0xFE).map(move |cell| [row, cell]));
        let text: Vec<u8> = gb_2312.flatten().collect();
        let (text, _, _) = encoding_rs::GBK.decode(&text);
        assert!(text.contains("乾") && text.contains("著"));
        assert_eq!(simplified_text(&text), text);
    }
}
