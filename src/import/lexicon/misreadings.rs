//! Corrects what OCR makes of the marks and digits of datelines and bylines.
//!
//! A text is only recognised by its corrected form, and stays in the article as it was read. So that a place in the one is the same place in
//! the other, each character is replaced by one of as many bytes.

use std::borrow::Cow;

/// Characters of a dateline, at most: what stands behind them is text.
const DATELINE: usize = 48;

/// A text as it was probably printed, as far as its dateline reaches: brackets round people, the digits of a day, 日.
pub(crate) fn with_dateline_as_printed(text: &str) -> Cow<'_, str> {
    if !(text.starts_with(['本', '新', '据', '中', '人', '工']) || text.starts_with(OPENING)) {
        return Cow::Borrowed(text);
    }
    let chars: Vec<char> = text.chars().take(DATELINE).collect();
    let read: String = (0..chars.len()).map(|at| as_printed(&chars, at)).collect();
    if text.starts_with(&read) {
        return Cow::Borrowed(text);
    }
    Cow::Owned(read.clone() + &text[read.len()..])
}

/// A text with spaces for the empty quotations that OCR reads in wide spaces: `本报记者“”林见青`.
pub(crate) fn with_spaces_as_printed(text: &str) -> Cow<'_, str> {
    if text.contains("“”") { Cow::Owned(text.replace("“”", "\u{3000}\u{3000}")) } else { Cow::Borrowed(text) }
}

/// What a round bracket that opens is read as, and one that closes.
const OPENING: [char; 8] = ['（', '(', '〈', '《', '【', '〔', '{', '['];
const CLOSING: [char; 8] = ['）', ')', '〉', '》', '】', '〕', '}', ']'];

fn as_printed(chars: &[char], at: usize) -> char {
    let is_at = |at: Option<usize>, known: &[char]| at.and_then(|at| chars.get(at)).is_some_and(|c| known.contains(c));
    let (before, behind) = (at.checked_sub(1), Some(at + 1));
    match chars[at] {
        // ]月22日, 1 I日
        ']' | 'I' | 'l' | '|'
            if is_at(behind, &['月', '日', '曰']) || is_digit(chars, at + 1) && !is_at(behind, &OPENING) =>
        {
            '1'
        }
        '曰' if before.is_some_and(|before| is_digit(chars, before)) => '日',
        // 电【〈记者: one bracket, read as two
        c if OPENING.contains(&c) && is_at(behind, &OPENING) => of_size(c, ' ', '\u{3000}'),
        c if OPENING.contains(&c) && opens_on_people(chars, at) => of_size(c, '(', '（'),
        c if CLOSING.contains(&c) && opened_before(chars, at) => of_size(c, ')', '）'),
        c => c,
    }
}

fn is_digit(chars: &[char], at: usize) -> bool {
    chars.get(at).is_some_and(char::is_ascii_digit)
}

/// An opening bracket before an office, or behind the last word of a dateline.
fn opens_on_people(chars: &[char], at: usize) -> bool {
    let before = chars[..at].iter().rev().find(|c| !c.is_whitespace() && !OPENING.contains(c));
    names_people(&chars[at + 1..]) || matches!(before, Some('电' | '讯')) && is_closed_soon(&chars[at + 1..])
}

/// Brackets that hold people hold little else.
fn is_closed_soon(chars: &[char]) -> bool {
    let stop = chars.iter().position(|c| CLOSING.contains(c) || matches!(c, '。' | '，' | '“' | '：'));
    stop.is_some_and(|at| CLOSING.contains(&chars[at]))
}

fn names_people(chars: &[char]) -> bool {
    let is_next = |word: &str| word.chars().eq(chars.iter().copied().take(word.chars().count()));
    ["记者", "通讯员", "特派记者", "特约记者"].into_iter().any(is_next)
}

/// The nearest bracket before is one that opens on people.
fn opened_before(chars: &[char], closing: usize) -> bool {
    let nearest = chars[..closing].iter().rposition(|c| OPENING.contains(c) || CLOSING.contains(c));
    nearest.is_some_and(|at| OPENING.contains(&chars[at]) && opens_on_people(chars, at))
}

/// The form of a character that has as many bytes.
fn of_size(c: char, narrow: char, wide: char) -> char {
    if c.len_utf8() == 1 { narrow } else { wide }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn brackets_and_digits_of_a_dateline_are_read_as_printed() {
        for (read, printed) in [
            ("本报北岭]月22日电〈记者林见青) 江水退了", "本报北岭1月22日电（记者林见青) 江水退了"),
            ("据新华社北岭1月2I日电【〈记者林见青〉江水", "据新华社北岭1月21日电\u{3000}（记者林见青）江水"),
            ("本报北岭1月22日电〈林见青、何晚舟） 江水", "本报北岭1月22日电（林见青、何晚舟） 江水"),
            ("本报北岭7月10曰电《记者林见青》江水", "本报北岭7月10日电（记者林见青）江水"),
        ] {
            assert_eq!(with_dateline_as_printed(read), printed);
            assert_eq!(read.len(), printed.len());
        }
        for text in ["本报今日推出《江河》专刊", "《江河》一书写的是渡口", "人们在【公告】栏前"]
        {
            assert_eq!(with_dateline_as_printed(text), text);
        }
    }
}
