//! Numbers that count something: 7010个, 34.5万名, 82%, 百分之八十二, 一千二百户.
//!
//! 1. read a number: digits with `,` and `.`, or the Chinese numerals; 万 and 亿 behind it, 余 and 多
//! 2. it counts something where a measure word (个, 名, 家 …), a unit of money or a part (%, 倍) follows
//!
//! Days, hours, ages, ordinals, telephone and issue numbers have no measure word behind them, or 第 before them, and so are
//! none; nor are small counts, which any text is full of.

use std::ops::Range;

/// A number in a text.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Number {
    /// bytes of the number with its measure word: `7010个`
    pub(crate) span: Range<usize>,
    pub(crate) value: f64,
    pub(crate) counts: Counts,
}

/// What sort of thing a number counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Counts {
    People,
    Things,
    Money,
    /// a part of a whole, or a growth
    Share,
}

/// Measure words; the longest comes first where one begins with another.
const MEASURES: &[(&str, Counts)] = &[
    ("人次", Counts::People),
    ("人", Counts::People),
    ("名", Counts::People),
    ("位", Counts::People),
    ("户", Counts::People),
    ("个百分点", Counts::Share),
    ("个", Counts::Things),
    ("家", Counts::Things),
    ("件", Counts::Things),
    ("项", Counts::Things),
    ("座", Counts::Things),
    ("台", Counts::Things),
    ("套", Counts::Things),
    ("场", Counts::Things),
    ("所", Counts::Things),
    ("处", Counts::Things),
    ("支", Counts::Things),
    ("批", Counts::Things),
    ("份", Counts::Things),
    ("笔", Counts::Things),
    ("款", Counts::Things),
    ("种", Counts::Things),
    ("辆", Counts::Things),
    ("间", Counts::Things),
    ("条", Counts::Things),
    ("张", Counts::Things),
    ("篇", Counts::Things),
    ("部", Counts::Things),
    ("亩", Counts::Things),
    ("吨", Counts::Things),
    ("公里", Counts::Things),
    ("平方米", Counts::Things),
    ("元", Counts::Money),
    ("%", Counts::Share),
    ("％", Counts::Share),
    ("倍", Counts::Share),
];

/// What makes a measure word something else: 3个月, 24个小时, 20部分.
const NO_MEASURES: &[&str] = &[
    "个月",
    "个多月",
    "个半月",
    "个小时",
    "个星期",
    "个季度",
    "个年头",
    "个工作日",
    "个学时",
    "个版",
    "人民",
    "部分",
    "名单",
    "家庭",
    "吨级",
];

/// The least number that is worth telling, of people and of things.
const MANY: f64 = 10.0;

/// The numbers of a text that count something, in its order.
pub(crate) fn numbers(text: &str) -> Vec<Number> {
    let mut found = Vec::new();
    let mut past = 0;
    for (at, _) in text.char_indices().filter(|(_, c)| is_first(*c)) {
        if at >= past
            && begins_number(text, at)
            && let Some((number, end)) = read(text, at)
        {
            found.extend(number);
            past = end;
        }
    }
    found
}

/// A number can begin with it, or a part in a hundred; most characters are none of these.
fn is_first(c: char) -> bool {
    c.is_ascii_digit() || matches!(c, '十' | '百') || digit_of(c).is_some_and(|value| value > 0.0)
}

/// Whether a number can begin here: not in a word such as C919, and not behind 第.
fn begins_number(text: &str, at: usize) -> bool {
    let before = text[..at].chars().next_back();
    !before.is_some_and(|c| {
        c.is_ascii_alphanumeric() || matches!(c, '.' | ',' | '-' | '/' | '第' | '—' | '~' | '～' | '－')
    })
}

/// A number that begins at a byte, where it counts something; and where to read on. None where no number begins.
fn read(text: &str, from: usize) -> Option<(Option<Number>, usize)> {
    if let Some(rest) = text[from..].strip_prefix("百分之") {
        let start = text.len() - rest.len();
        let (value, end) = numeral(text, start)?;
        let number = Number { span: from..end, value, counts: Counts::Share };
        return Some((Some(number), end));
    }
    let (value, end) = numeral(text, from)?;
    let about = text[end..].strip_prefix(['余', '多']).map_or(end, |rest| text.len() - rest.len());
    let (value, about) = myriads(text, value, about);
    let rest = text[about..].trim_start_matches(' ');
    let number = measure(rest).filter(|&(_, counts)| is_worth_telling(value, counts)).map(|(word, counts)| Number {
        span: from..text.len() - rest.len() + word.len(),
        value,
        counts,
    });
    let end = number.as_ref().map_or(about, |number| number.span.end);
    Some((number, end))
}

fn measure(rest: &str) -> Option<(&'static str, Counts)> {
    if NO_MEASURES.iter().any(|word| rest.starts_with(word)) {
        return None;
    }
    MEASURES.iter().copied().find(|(word, _)| rest.starts_with(word))
}

fn is_worth_telling(value: f64, counts: Counts) -> bool {
    match counts {
        _ if !value.is_finite() => false,
        Counts::Share => value > 0.0,
        Counts::Money => value >= 1000.0,
        Counts::People | Counts::Things => value >= MANY,
    }
}

/// 40余万, 3000多万: 万 and 亿 may stand behind 余 and 多.
fn myriads(text: &str, value: f64, mut at: usize) -> (f64, usize) {
    let mut value = value;
    for (word, times) in [("万", 1e4), ("亿", 1e8)] {
        if text[at..].starts_with(word) {
            value *= times;
            at += word.len();
        }
    }
    (value, at)
}

/// The value of the numeral that begins at a byte, and where it ends.
fn numeral(text: &str, from: usize) -> Option<(f64, usize)> {
    let first = text[from..].chars().next()?;
    if first.is_ascii_digit() {
        return digits(text, from);
    }
    chinese(text, from)
}

/// `7010`, `12,300`, `34.5`, with 百, 千, 万, 亿 behind it.
fn digits(text: &str, from: usize) -> Option<(f64, usize)> {
    let bytes = text.as_bytes();
    let digit = |at: usize| bytes.get(at).is_some_and(u8::is_ascii_digit);
    let mut end = from;
    while digit(end) || matches!(bytes.get(end), Some(b',' | b'.')) && digit(end + 1) {
        end += 1;
    }
    let mut value: f64 = text[from..end].replace(',', "").parse().ok()?;
    for (word, times) in [("百", 1e2), ("千", 1e3), ("万", 1e4), ("亿", 1e8)] {
        if text[end..].starts_with(word) {
            value *= times;
            end += word.len();
        }
    }
    Some((value, end))
}

/// 一千二百, 三十五万, 十二: at least two numerals, since a single one is in every phrase.
fn chinese(text: &str, from: usize) -> Option<(f64, usize)> {
    if !text[from..].starts_with(|c| c == '十' || digit_of(c).is_some_and(|value| value > 0.0)) {
        return None;
    }
    let (mut total, mut section, mut digit) = (0.0, 0.0, 0.0);
    let mut end = from;
    for c in text[from..].chars() {
        match (digit_of(c), power_of(c)) {
            (Some(value), _) if digit == 0.0 || value == 0.0 => digit = value,
            (None, Some(power)) if power >= 1e4 => {
                total = (total + section + digit) * power;
                (section, digit) = (0.0, 0.0);
            }
            (None, Some(power)) => {
                section += if digit == 0.0 { power } else { digit * power };
                digit = 0.0;
            }
            _ => break,
        }
        end += c.len_utf8();
    }
    let long = text[from..end].chars().count() > 1;
    long.then_some((total + section + digit, end))
}

fn digit_of(c: char) -> Option<f64> {
    let value = match c {
        '零' | '〇' => 0.0,
        '一' => 1.0,
        '二' | '两' => 2.0,
        '三' => 3.0,
        '四' => 4.0,
        '五' => 5.0,
        '六' => 6.0,
        '七' => 7.0,
        '八' => 8.0,
        '九' => 9.0,
        _ => return None,
    };
    Some(value)
}

fn power_of(c: char) -> Option<f64> {
    match c {
        '十' => Some(1e1),
        '百' => Some(1e2),
        '千' => Some(1e3),
        '万' => Some(1e4),
        '亿' => Some(1e8),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn of(text: &str) -> Vec<(&str, f64)> {
        numbers(text).into_iter().map(|number| (&text[number.span], number.value)).collect()
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
    fn what_counts_nothing_is_left_alone() {
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
        fn any_text_is_read(text in "([0-9.,]|[一二两十百千万亿余多个名家月%第之]|百分之|(?s).){0,40}") {
            for number in numbers(&text) {
                prop_assert!(!text[number.span].is_empty() && number.value.is_finite());
            }
        }
    }
}
