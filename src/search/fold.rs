//! Text folding: the normalisation under which characters match in a search.
//!
//! Full-width forms are their ASCII counterparts (`Ａ１％` as NFKC has them), capital letters A to Z and À to Þ the small
//! ones, traditional and variant characters simplified ones (`text/variants.rs`), corner brackets quotation marks, the radicals that an extractor returns (⼯) their characters (工, as NFKC has them), and every kind of
//! space a space. One UTF-16 unit always becomes one, so that offsets in the folded text are offsets in the text.
//! `fold` in `static/search-index.js` follows the same rules; the browser test compares the two over all units.

use crate::text::variants::simplified;
use std::sync::LazyLock;

/// The characters of the radicals U+2F00 to U+2FD5: their compatibility decompositions in Unicode, in order.
static RADICALS: LazyLock<Vec<u16>> = LazyLock::new(|| {
    "一丨丶丿乙亅二亠人儿入八冂冖冫几凵刀力勹匕匚匸十卜卩厂厶又口囗土士夂夊夕大女子宀寸小尢尸屮山巛工己\
    巾干幺广廴廾弋弓彐彡彳心戈戶手支攴文斗斤方无日曰月木欠止歹殳毋比毛氏气水火爪父爻爿片牙牛犬玄玉瓜瓦甘生用田疋疒癶白皮皿目矛矢石\
    示禸禾穴立竹米糸缶网羊羽老而耒耳聿肉臣自至臼舌舛舟艮色艸虍虫血行衣襾見角言谷豆豕豸貝赤走足身車辛辰辵邑酉釆里金長門阜隶隹雨靑非\
    面革韋韭音頁風飛食首香馬骨高髟鬥鬯鬲鬼魚鳥鹵鹿麥麻黃黍黑黹黽鼎鼓鼠鼻齊齒龍龜龠"
        .encode_utf16()
        .collect()
});

/// The folded UTF-16 of a text, of the same length.
pub(crate) fn fold(text: &str) -> Vec<u16> {
    let mut units = Vec::with_capacity(text.len() / 2);
    units.extend(text.encode_utf16().map(fold_unit));
    units
}

fn fold_unit(unit: u16) -> u16 {
    match unit {
        // most of a Chinese text
        0x3040..=0xFF00 => simplified(unit),
        // 「」『』 are “”‘’
        0x300C => 0x201C,
        0x300D => 0x201D,
        0x300E => 0x2018,
        0x300F => 0x2019,
        0x41..=0x5A | 0xC0..=0xD6 | 0xD8..=0xDE => unit + 0x20,
        0xFF21..=0xFF3A => unit - 0xFF21 + 0x61,
        0xFF01..=0xFF5E => unit - 0xFF01 + 0x21,
        0x2F00..=0x2FD5 => simplified(RADICALS[usize::from(unit - 0x2F00)]),
        0x09 | 0x0B..=0x0D | 0xA0 | 0x2000..=0x200A | 0x202F | 0x205F | 0x3000 => 0x20,
        unit => unit,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn folded(text: &str) -> String {
        String::from_utf16(&fold(text)).unwrap()
    }

    #[test]
    fn width_case_radicals_and_spaces_do_not_matter() {
        assert_eq!(folded("ＡＢｃ１２％（ÀÉ×ß）　⼯⼈\u{A0}x"), "abc12%(àé×ß) 工人 x");
        assert_eq!(folded("「產業工會」『勞模』⾞"), "“产业工会”‘劳模’车");
        assert_eq!(RADICALS.len(), 0x2FD5 - 0x2F00 + 1);
    }

    /// The same number is in `tests/browser/search.mjs`: FNV-1a over the folded units, in order.
    #[test]
    fn every_unit_folds_as_in_the_browser() {
        let hash = (0..=u16::MAX)
            .fold(0x811C_9DC5_u32, |hash, unit| (hash ^ u32::from(fold_unit(unit))).wrapping_mul(0x0100_0193));
        assert_eq!(hash, 4_004_508_235);
    }

    #[test]
    fn different_marks_remain_different() {
        assert_eq!(folded("“产改”、\"C-919\"…𠮷"), "“产改”、\"c-919\"…𠮷");
    }

    proptest! {
        #[test]
        fn folding_is_idempotent_and_preserves_offsets(text in "(?s).{0,80}") {
            let once = folded(&text);
            prop_assert_eq!(&folded(&once), &once);
            prop_assert_eq!(once.encode_utf16().count(), text.encode_utf16().count());
        }
    }
}
