//! Quantities in a text: 7010个, 34.5万名, 82%, 百分之八十二, 一千二百户.
//!
//! 1. parse a numeral, and 余, 多, 万 and 亿 behind it
//! 2. it is a quantity where a measure word (个, 名, 家 …), a unit of money or a share (%, 倍) follows
//!
//! Days, hours, ages, ordinals, telephone and issue numbers have no measure word behind them, or 第 before them, and are
//! excluded; so are small counts, which are too frequent to matter.

use crate::extract::numerals::{POWERS, digit_of, numeral, scaled};
use std::ops::Range;

/// A quantity in a text.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Quantity {
    /// byte range of the number with its measure word: `7010个`
    pub(crate) span: Range<usize>,
    pub(crate) value: f64,
    pub(crate) kind: QuantityKind,
}

/// The kind of thing that is counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum QuantityKind {
    People,
    Things,
    Money,
    /// a part of a whole, or a rate of growth
    Share,
}

/// Measure words; where one is a prefix of another, the longer comes first.
const MEASURES: &[(QuantityKind, &str)] = &[
    (QuantityKind::People, "人次 人 名 位 户"),
    (QuantityKind::Share, "个百分点 % ％ 倍"),
    (QuantityKind::Money, "元"),
    (QuantityKind::Things, "个 家 件 项 座 台 套 场 所 处 支 批 份 笔 款 种 辆 间 条 张 篇 部 亩 吨 公里 平方米"),
];

/// Words that begin with a measure word and are none: 3个月, 24个小时, 20部分.
const NO_MEASURES: &str =
    "个月 个多月 个半月 个小时 个星期 个季度 个年头 个工作日 个学时 个版 人民 部分 名单 家庭 吨级";

/// The least number of people or things that matters.
const LEAST_COUNT: f64 = 10.0;

/// The quantities of a text, in its order.
pub(crate) fn quantities(text: &str) -> Vec<Quantity> {
    let mut found = Vec::new();
    let mut end_of_last = 0;
    for (at, _) in text.char_indices().filter(|(_, c)| is_first(*c)) {
        if at >= end_of_last
            && begins_number(text, at)
            && let Some((number, end)) = parse(text, at)
        {
            found.extend(number);
            end_of_last = end;
        }
    }
    found
}

/// Whether a numeral or 百分之 can begin with a character: a fast check that most characters fail.
fn is_first(c: char) -> bool {
    c.is_ascii_digit() || matches!(c, '十' | '百') || digit_of(c).is_some_and(|value| value > 0.0)
}

/// Whether a quantity can begin here: not within a word such as C919, and not behind 第.
fn begins_number(text: &str, at: usize) -> bool {
    let before = text[..at].chars().next_back();
    before.is_none_or(|c| !c.is_ascii_alphanumeric() && !".,-/第—~～－".contains(c))
}

/// Parses the numeral that begins at byte `from`, if one does: the quantity, if it is one, and the byte where to continue.
fn parse(text: &str, from: usize) -> Option<(Option<Quantity>, usize)> {
    if let Some(rest) = text[from..].strip_prefix("百分之") {
        let start = text.len() - rest.len();
        let (value, end) = numeral(text, start)?;
        return Some((Some(Quantity { span: from..end, value, kind: QuantityKind::Share }), end));
    }
    let (value, end) = numeral(text, from)?;
    let about = text[end..].strip_prefix(['余', '多']).map_or(end, |rest| text.len() - rest.len());
    // 40余万, 3000多万
    let (value, about) = scaled(text, value, about, &POWERS[2..]);
    let rest = text[about..].trim_start_matches(' ');
    let counted = measure(rest).filter(|&(_, kind)| matters(value, kind));
    let end = counted.map_or(about, |(word, _)| text.len() - rest.len() + word.len());
    Some((counted.map(|(_, kind)| Quantity { span: from..end, value, kind }), end))
}

fn measure(rest: &str) -> Option<(&'static str, QuantityKind)> {
    let first = |words: &'static str| words.split(' ').find(|word| rest.starts_with(word));
    let measure = || MEASURES.iter().find_map(|&(kind, words)| Some((first(words)?, kind)));
    if first(NO_MEASURES).is_some() { None } else { measure() }
}

fn matters(value: f64, kind: QuantityKind) -> bool {
    match kind {
        _ if !value.is_finite() => false,
        QuantityKind::Share => value > 0.0,
        QuantityKind::Money => value >= 1000.0,
        QuantityKind::People | QuantityKind::Things => value >= LEAST_COUNT,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn of(text: &str) -> Vec<(&str, f64)> {
        quantities(text).into_iter().map(|number| (&text[number.span], number.value)).collect()
    }

    #[test]
    fn numbers_with_a_measure_word_are_read() {
        let cases = [
            ("建成7010 个工会驿站", "7010 个", 7010.0),
            ("惠及34.5万名骑手", "34.5万名", 345_000.0),
            ("发放1,234.5万元", "1,234.5万元", 12_345_000.0),
            ("补发41万余元工资", "41万余元", 410_000.0),
            ("服务40余万人次", "40余万人次", 400_000.0),
            ("一千二百多户职工", "一千二百多户", 1200.0),
            ("三十五万名工人", "三十五万名", 350_000.0),
            ("十二个驿站", "十二个", 12.0),
            ("一万零五十名", "一万零五十名", 10_050.0),
            ("两万元出头", "两万元", 20_000.0),
            ("占比82%以上", "82%", 82.0),
            ("占百分之八十二", "百分之八十二", 82.0),
            ("下降1.8个百分点", "1.8个百分点", 1.8),
            ("是前年的3.5倍", "3.5倍", 3.5),
        ];
        for (text, span, value) in cases {
            assert_eq!(of(text), [(span, value)], "{text}");
        }
    }

    #[test]
    fn other_numbers_are_ignored() {
        for text in [
            "2025年3月18日8时30分",
            "第8126期，第12个",
            "12个月，24个小时，30个工作日",
            "今年63岁，当了20多年钳工",
            "热线12351，电话010-65231234",
            "C919大型客机，5G，A4纸",
            "第三十二届",
            "3个徒弟，五六个人，三位师傅",
            "每月400元",
            "塔高196米，降温10摄氏度",
            "1. 强化",
            "一线职工，万家灯火，百家争鸣，千家万户",
            "30部分，六万吨级散货船",
        ] {
            assert_eq!(of(text), [], "{text}");
        }
    }

    proptest! {
        #[test]
        fn any_text_is_parsed(text in "([0-9.,]|[一二两十百千万亿余多个名家月%第之]|百分之|(?s).){0,40}") {
            for number in quantities(&text) {
                prop_assert!(!text[number.span].is_empty() && number.value.is_finite());
            }
        }
    }
}
