//! Numerals: the value of a number written in digits (`12,300`, `34.5万`) or in Chinese (一千二百).

/// The value of the numeral that begins at byte `from`, and the byte where it ends.
pub(crate) fn numeral(text: &str, from: usize) -> Option<(f64, usize)> {
    if text[from..].starts_with(|c: char| c.is_ascii_digit()) { digits(text, from) } else { chinese(text, from) }
}

/// `7010`, `12,300`, `34.5`, with 百, 千, 万, 亿 behind it.
fn digits(text: &str, from: usize) -> Option<(f64, usize)> {
    let bytes = text.as_bytes();
    let digit = |at: usize| bytes.get(at).is_some_and(u8::is_ascii_digit);
    let mut end = from;
    while digit(end) || matches!(bytes.get(end), Some(b',' | b'.')) && digit(end + 1) {
        end += 1;
    }
    Some(scaled(text, text[from..end].replace(',', "").parse().ok()?, end, &POWERS))
}

/// The powers of ten that multiply the number before them.
pub(crate) const POWERS: [(&str, f64); 4] = [("百", 1e2), ("千", 1e3), ("万", 1e4), ("亿", 1e8)];

/// The value times the `powers` that follow at byte `end`, in their order, and the byte behind them.
pub(crate) fn scaled(text: &str, mut value: f64, mut end: usize, powers: &[(&str, f64)]) -> (f64, usize) {
    for (word, times) in powers {
        if text[end..].starts_with(word) {
            value *= times;
            end += word.len();
        }
    }
    (value, end)
}

/// 一千二百, 三十五万, 十二: at least two characters, since a single one is part of many words.
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
    (text[from..end].chars().count() > 1).then_some((total + section + digit, end))
}

/// The value of a digit: 零 to 九.
pub(crate) fn digit_of(c: char) -> Option<f64> {
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

/// The value of a power of ten: 十 to 亿.
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

    #[test]
    fn digits_and_chinese_numerals_have_a_value() {
        let cases =
            [("7010个", 7010.0, 4), ("1,234.5万", 12_345_000.0, 10), ("一万零五十名", 10_050.0, 15), ("十二", 12.0, 6)];
        for (text, value, end) in cases {
            assert_eq!(numeral(text, 0), Some((value, end)), "{text}");
        }
        assert_eq!((numeral("一线", 0), numeral("工", 0), numeral("", 0)), (None, None, None));
    }
}
