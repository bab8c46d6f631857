//! Jumps: notes that an article continues on another page, `（下转第3版）`, or from one, `（上接第1版）`.

use crate::import::lexicon::jumps::{find_jump, is_onward, without_jump};
use std::ops::Range;

/// A jump, as it is printed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Jump {
    /// to another page (下转); from one otherwise (上接)
    pub(crate) onward: bool,
    /// the other page's number, where it is legible
    pub(crate) page: Option<u32>,
    /// byte range in its line
    pub(crate) span: Range<usize>,
}

/// Parses the jumps of a line: the line may be one, or its text may begin and end with one.
pub(crate) fn parse_jumps(text: &str) -> Vec<Jump> {
    let rest = without_jump(text);
    if find_jump(text) == Some(0) && rest == text {
        return vec![parse_jump(text, 0..text.len())];
    }
    let start = rest.as_ptr() as usize - text.as_ptr() as usize;
    let sides = [0..start, start + rest.len()..text.len()];
    sides.into_iter().filter(|side| !text[side.clone()].trim().is_empty()).map(|side| parse_jump(text, side)).collect()
}

fn parse_jump(text: &str, span: Range<usize>) -> Jump {
    let printed = &text[span.clone()];
    Jump { onward: is_onward(printed), page: printed.find('版').and_then(|end| number(&printed[..end])), span }
}

/// The number that a text ends with, in digits or in 汉字 up to 九十九.
fn number(text: &str) -> Option<u32> {
    let wide = |c: char| "０１２３４５６７８９".chars().position(|digit| digit == c).map(|at| at as u32);
    let arabic: Vec<u32> = text.chars().rev().map_while(|c| c.to_digit(10).or_else(|| wide(c))).take(3).collect();
    if !arabic.is_empty() {
        return Some(arabic.iter().rev().fold(0, |sum, digit| sum * 10 + digit));
    }
    let han = |c: char| "一二三四五六七八九".chars().position(|one| one == c).map(|at| at as u32 + 1);
    let mut tail = text.chars().rev();
    match (tail.next()?, tail.next()) {
        ('十', tens) => Some(tens.and_then(han).unwrap_or(1) * 10),
        (ones, Some('十')) => Some(han(ones)? + tail.next().and_then(han).unwrap_or(1) * 10),
        (ones, _) => han(ones),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn jumps_are_parsed_alone_and_beside_text() {
        let parsed = |text: &str| -> Vec<_> {
            parse_jumps(text).into_iter().map(|jump| (jump.onward, jump.page, text[jump.span].to_owned())).collect()
        };
        let (three, one) = ("（下转第3版）".to_owned(), "（上接第一版）".to_owned());
        assert_eq!(parsed("（下转第3版）"), [(true, Some(3), three.clone())]);
        assert_eq!(parsed("（上接第一版）"), [(false, Some(1), one.clone())]);
        assert_eq!(parsed("(下转第十二版)")[0].1, Some(12));
        assert_eq!(parsed("做好服务。（下转第２版）")[0].1, Some(2));
        assert_eq!(parsed("（上接第一版）干部说，好。（下转第3版）"), [(false, Some(1), one), (true, Some(3), three)]);
        assert_eq!(parsed("全文结束（完）"), []);
        assert_eq!(number("第二十三"), Some(23));
    }
}
