//! Radicals: characters of the blocks for the parts of characters, which fonts share with the characters that look the same.
//!
//! The table of a font in a PDF often names the radical (⼯ U+2F2F) where the character is printed (工 U+5DE5). They look the same, but no
//! search finds one by the other. Source: the Unicode Character Database, `EquivalentUnifiedIdeograph`.

/// The characters of the Kangxi radicals, U+2F00 to U+2FD5, in their order.
const KANGXI: &str = "\
    一丨丶丿乙亅二亠人儿入八冂冖冫几凵刀力勹匕匚匸十卜卩厂厶又口囗土士夂夊夕大女子宀寸小尢尸屮山巛工己巾干幺广廴廾弋弓彐彡彳心戈戶手支攴文\
    斗斤方无日曰月木欠止歹殳毋比毛氏气水火爪父爻爿片牙牛犬玄玉瓜瓦甘生用田疋疒癶白皮皿目矛矢石示禸禾穴立竹米糸缶网羊羽老而耒耳聿肉臣自至臼\
    舌舛舟艮色艸虍虫血行衣襾見角言谷豆豕豸貝赤走足身車辛辰辵邑酉釆里金長門阜隶隹雨靑非面革韋韭音頁風飛食首香馬骨高髟鬥鬯鬲鬼魚鳥鹵鹿麥麻黃\
    黍黑黹黽鼎鼓鼠鼻齊齒龍龜龠";
const FIRST_KANGXI: u32 = 0x2F00;

/// Radicals of the supplement, U+2E80 to U+2EF3, that are characters of their own, each before its character.
const SUPPLEMENT: &str = "\
    ⺟母⺠民⻁虎⻄西⻅见⻆角⻉贝⻋车⻓长⻔门⻘青⻙韦⻚页⻛风⻜飞⻝食⻢马⻣骨⻤鬼⻥鱼⻦鸟⻧卤⻨麦⻩黄⻪黾⻬齐⻮齿⻰龙⻳龟";

/// The character that a radical looks like; any other character itself.
pub(crate) fn ideograph_of_radical(c: char) -> char {
    match u32::from(c) {
        number @ 0x2F00..=0x2FD5 => KANGXI.chars().nth((number - FIRST_KANGXI) as usize).unwrap_or(c),
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

    #[test]
    fn radicals_become_the_characters_that_they_look_like() {
        let read: String = "⼯会⻋间⾥的⼆⼗六⼈，⻰⾈".chars().map(ideograph_of_radical).collect();
        assert_eq!(read, "工会车间里的二十六人，龙舟");
        assert_eq!(KANGXI.chars().count(), 214);
        assert_eq!((ideograph_of_radical('⿕'), ideograph_of_radical('⺀')), ('龠', '⺀'));
    }
}
