//! Sets half-width punctuation in Chinese text in full width.
//!
//! Extractors return `建设改革,需要` and `(记者万双)` where the paper printed `，` and `（）`. A mark is set in full width next to
//! Chinese; in numbers, times, addresses and English it stays. Every mark stays one character, so that columns of a line stay
//! valid.

use crate::text::han::{is_chinese, is_han};
use std::borrow::Cow;

/// The text with its Chinese punctuation in full width.
pub(crate) fn to_full_width(text: &str) -> Cow<'_, str> {
    if !text.contains([',', ';', ':', '?', '!', '(', ')']) {
        return Cow::Borrowed(text);
    }
    let chars: Vec<char> = text.chars().collect();
    let wide_brackets = wide_brackets(&chars);
    let convert = |at: usize| match chars[at] {
        '(' if wide_brackets[at] => '（',
        ')' if wide_brackets[at] => '）',
        ',' if is_in_chinese(&chars, at) => '，',
        ';' if is_in_chinese(&chars, at) => '；',
        ':' if is_in_chinese(&chars, at) => '：',
        '?' if follows_chinese(&chars, at) => '？',
        '!' if follows_chinese(&chars, at) => '！',
        c => c,
    };
    Cow::Owned((0..chars.len()).map(convert).collect())
}

/// Next to Chinese on one side at least, and not inside a number, a word or an address.
fn is_in_chinese(chars: &[char], at: usize) -> bool {
    let before = at.checked_sub(1).map(|before| chars[before]);
    let after = chars.get(at + 1).copied();
    before.is_some_and(is_chinese) && after != Some('/')
        || after.is_some_and(is_chinese) && before.is_some_and(|c| c.is_ascii_alphanumeric() || c == '%')
}

fn follows_chinese(chars: &[char], at: usize) -> bool {
    at > 0 && (is_chinese(chars[at - 1]) || matches!(chars[at - 1], '?' | '!') && follows_chinese(chars, at - 1))
}

/// True for brackets to be set in full width: pairs that contain or follow Chinese, and single ones next to it.
fn wide_brackets(chars: &[char]) -> Vec<bool> {
    let mut wide = vec![false; chars.len()];
    let mut open = Vec::new();
    for (at, &c) in chars.iter().enumerate() {
        match c {
            '(' => open.push(at),
            ')' => {
                let from = open.pop();
                let inside = &chars[from.map_or(at.saturating_sub(1), |from| from + 1)..at];
                let pair = inside.iter().any(|&c| is_han(c))
                    || from.is_some_and(|from| from > 0 && is_chinese(chars[from - 1]));
                wide[at] = pair;
                wide[from.unwrap_or(at)] = pair;
            }
            _ => {}
        }
    }
    for at in open {
        wide[at] = chars.get(at + 1).is_some_and(|&c| is_chinese(c));
    }
    wide
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn punctuation_next_to_chinese_is_set_in_full_width() {
        for (printed, set) in [
            ("建设改革,需要凝聚智慧;何时?现在!", "建设改革，需要凝聚智慧；何时？现在！"),
            ("本报讯(记者万双)近日,参赛者19465名,5个赛道", "本报讯（记者万双）近日，参赛者19465名，5个赛道"),
            ("自主研发的J7,领跑市场", "自主研发的J7，领跑市场"),
            ("周六10:05播出,票价1,200元", "周六10:05播出，票价1,200元"),
            ("见http://a.cn/?q=1,2与a@b.cn", "见http://a.cn/?q=1,2与a@b.cn"),
            ("Hello, world (again)!", "Hello, world (again)!"),
            ("人工智能(AI)应用", "人工智能（AI）应用"),
            ("上海:幸福的“小烦恼”", "上海：幸福的“小烦恼”"),
        ] {
            assert_eq!(to_full_width(printed), set);
        }
    }

    #[test]
    fn the_conversion_is_idempotent() {
        let once = to_full_width("改革,(试点)12,3:4,好!!").into_owned();
        assert_eq!(to_full_width(&once), once);
    }
}
