//! Recognises the names of people by their form: a surname and one or two characters more, two parts with ·, or a pen name.

use crate::import::lexicon::surnames::{has_compound_surname, is_surname, surname_rank};
use crate::import::lexicon::words::is_word;
use crate::text::han::is_han;

/// Marks between the parts of a name in another language.
const DOTS: [char; 3] = ['·', '•', '・'];

/// Editors' notes in brackets at the end of a text, which are as short as names.
const NOTES: &str = "\
    完 未完 待续 未完待续 连载 节选 摘编 摘登 全文 上篇 中篇 下篇 见图 附图 附表 上图 下图 左图 右图 图片 资料 转载 原载 综合 \
    掌声 鼓掌 笑声 大笑 热烈鼓掌 略 有删节 有删改 本报综合 据新华社 新华社 中新社 本报 本刊 续完 终篇 编者 编者注 记者 署名";

/// A name as a token: two to four 汉字, or a longer one with · or written by its sound.
pub(crate) fn parse_name(token: &str) -> Option<String> {
    let name = token.trim_matches(|c| matches!(c, '：' | ':' | '。'));
    let most = if name.contains(DOTS) { 16 } else { 7 };
    let fits = (2..=most).contains(&name.chars().count()) && name.chars().all(|c| is_han(c) || DOTS.contains(&c));
    let is_short = name.contains(DOTS) || name.chars().count() <= 4;
    // 林见青摄 is a credit
    (fits && (is_short || is_likely_name(name)) && !name.ends_with('摄')).then(|| name.to_owned())
}

/// Could be a name where no office says so: a surname and one or two more, and no common word.
pub(crate) fn is_likely_name(name: &str) -> bool {
    let chars: Vec<char> = name.chars().collect();
    if name.contains(DOTS) {
        // 一线调研·加快形成新动能 is made of words, and 自主·自立·自强 is a motto; 迪力夏提·柯德尔汗 is neither
        let is_motto = name.split(DOTS).count() > 2 && name.split(DOTS).all(|part| part.chars().count() == 2);
        return !is_motto && chars.windows(2).filter(|pair| is_word(pair[0], pair[1])).count() <= 1;
    }
    if is_transliterated(&chars) {
        return true;
    }
    if has_compound_surname(name) {
        return (3..=4).contains(&chars.len());
    }
    let is_name = match chars[..] {
        [a, b] => !is_word(a, b),
        [a, b, c] => !(is_word(a, b) && is_word(b, c)),
        _ => false,
    };
    is_name && is_surname(chars[0]) && chars.iter().all(|&c| is_han(c))
}

/// A name that is written by its sound and without ·: 斯琴高娃.
fn is_transliterated(name: &[char]) -> bool {
    (4..=7).contains(&name.len())
        && name.iter().all(|c| SOUNDS.contains(*c))
        && !name.windows(2).any(|pair| is_word(pair[0], pair[1]))
}

/// Characters that Mongolian, Tibetan, Uyghur and Kazakh names are written with.
const SOUNDS: &str = "阿艾巴白拜宝贝毕布勃才朝慈次达丹道德邓迪顿多尔嘎尕盖刚高格戈古哈海罕汗合呼怀吉加江金卡康柯克库拉莱兰勒里力丽利莲\
鲁罗洛朗吉珠曲嘉贡堆朵察夫旦玛麦买满曼梅米木穆那娜乃尼努诺欧帕朋普其齐恰钦琴青热仁日荣如赛桑色沙山森舍斯松苏索塔泰唐特提铁图托娃瓦万汪旺维乌吾西希\
夏显晓雅亚央扬伊依义英永尤于玉云扎札泽增措再曾孜宗卓";

/// Names that stand without a space between them: 林见青何晚舟. None where the text is one name. Of several ways to divide it, the one whose
/// surnames are the most common.
pub(crate) fn parse_run_of_names(text: &str) -> Option<Vec<String>> {
    let length = text.chars().count();
    if !RUN_OF_NAMES.contains(&length) || is_likely_name(text) || !text.chars().all(is_han) {
        return None;
    }
    let rarity = |names: &Vec<String>| names.iter().map(|name| surname_rank(name)).max();
    divisions(text).into_iter().min_by_key(rarity)
}

/// Characters of names without a space between them: two of two to three of three.
const RUN_OF_NAMES: std::ops::RangeInclusive<usize> = 4..=9;

/// Every way to divide a text into names of two and three characters.
fn divisions(text: &str) -> Vec<Vec<String>> {
    if text.is_empty() {
        return vec![Vec::new()];
    }
    let end_of = |length: usize| text.char_indices().map(|(at, _)| at).chain([text.len()]).nth(length);
    let ends = [2, 3].into_iter().filter_map(end_of).filter(|&end| is_likely_name(&text[..end]));
    let with_rest = |end: usize| {
        let name = text[..end].to_owned();
        divisions(&text[end..]).into_iter().map(move |rest| [vec![name.clone()], rest].concat())
    };
    ends.flat_map(with_rest).collect()
}

/// Could be the name that someone signs with: two or three 汉字, be it without a surname, and no common word or editor's note.
pub(crate) fn is_pen_name(name: &str) -> bool {
    let chars: Vec<char> = name.chars().collect();
    let is_phrase = match chars[..] {
        [a, b] => is_word(a, b),
        [a, b, c] => is_word(a, b) || is_word(b, c),
        _ => true,
    };
    !is_phrase && chars.iter().all(|&c| is_han(c)) && !is_note(name)
}

/// An editor's note, as it stands in brackets at the end of a text: 完, 待续, 掌声.
pub(crate) fn is_note(text: &str) -> bool {
    NOTES.split(' ').any(|note| note == text)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_known_by_their_form() {
        for name in ["林见青", "欧阳明月", "阿依古丽·买买提", "赖小满", "洪松", "乌日娜其其格"]
        {
            assert!(is_likely_name(name), "{name}");
        }
        for word in ["高考", "成长", "向前看齐", "一线调研·加快形成新动能", "自信·自立·自强"]
        {
            assert!(!is_likely_name(word), "{word}");
        }
    }

    #[test]
    fn names_without_a_space_are_divided_before_surnames() {
        let names = |text: &str| parse_run_of_names(text).unwrap_or_default();
        assert_eq!(names("林见青何晚舟"), ["林见青", "何晚舟"]);
        assert_eq!(names("沈砚周听澜"), ["沈砚", "周听澜"]);
        assert_eq!(names("王砚王雷舟"), ["王砚", "王雷舟"], "雷 is a surname too, but a rarer one");
        assert!(names("欧阳明月").is_empty() && names("林见青").is_empty() && names("能源供给").is_empty());
    }

    #[test]
    fn a_pen_name_is_no_word_and_no_note() {
        assert!(is_pen_name("砚秋") && is_pen_name("汀兰"));
        for other in ["社会", "待续", "掌声", "半亩方塘里"] {
            assert!(!is_pen_name(other), "{other}");
        }
    }
}
