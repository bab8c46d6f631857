//! Marks of emphasis beside Chinese punctuation, set free before the text is parsed.
//!
//! CommonMark lets `**` open or close only where its neighbours allow (section 6.2: left- and right-flanking). The rule
//! expects spaces around words, so in `**“产改”**取得` the second `**`, between punctuation and a letter, can only open. For
//! that reason the idea of the CJK-friendly amendment to CommonMark: beside Chinese, punctuation does not hinder.
//!
//! The parser cannot be told so, but it can be shown a letter: a mark of our own stands on both sides of such a run while
//! it is parsed, and goes afterwards wherever it went (text, code, an address). It is a noncharacter, which no text holds
//! and the parser takes for a letter. Nothing else about a text changes: the mark never stands where a block could begin,
//! at a space, at an escaped mark or in a fence.
//!
//! Where CommonMark would let both happen, nothing is done; what already opens or closes goes on doing so.

use crate::text::han::{closes, is_han, is_han_punctuation, is_shared_punctuation, opens};
use memchr::memchr2;
use std::borrow::Cow;
use std::ops::Range;

/// Stands beside a freed run while it is parsed.
const MARK: char = '\u{FDD0}';

/// The body with marks beside every run that is to be free; to be taken out of what the parser makes of it.
pub(crate) fn freed(body: &str) -> Cow<'_, str> {
    let mut out = String::new();
    let mut copied = 0;
    for run in runs(body).filter(|run| is_held_back(body, run)) {
        out.push_str(&body[copied..run.start]);
        out.push(MARK);
        out.push_str(&body[run.clone()]);
        out.push(MARK);
        copied = run.end;
    }
    if copied == 0 {
        return Cow::Borrowed(body);
    }
    out.push_str(&body[copied..]);
    Cow::Owned(out)
}

/// The runs of `*`, and `~~`; none that begins with an escaped mark. A single `~` stands between numbers (3~5天).
fn runs(body: &str) -> impl Iterator<Item = Range<usize>> {
    let mut from = 0;
    std::iter::from_fn(move || {
        let start = from + memchr2(b'*', b'~', &body.as_bytes()[from..])?;
        let mark = body.as_bytes()[start];
        let length = body.as_bytes()[start..].iter().take_while(|b| **b == mark).count();
        from = start + length;
        Some(start..from)
    })
    .filter(|run| body.as_bytes()[run.start] == b'*' || run.len() == 2)
    .filter(|run| body[..run.start].bytes().rev().take_while(|b| *b == b'\\').count() % 2 == 0)
}

/// Would CommonMark keep the run from opening or closing for the punctuation beside it, in Chinese text?
fn is_held_back(body: &str, run: &Range<usize>) -> bool {
    let (Some(before), Some(after)) = (body[..run.start].chars().next_back(), body[run.end..].chars().next()) else {
        return false;
    };
    // a letter on one side and punctuation on the other: the case that the rule decides wrongly
    let (outside, inside, opening) = match (before.is_alphanumeric(), after.is_alphanumeric()) {
        (true, false) => (before, after, true),
        (false, true) => (after, before, false),
        _ => return false,
    };
    let chinese = is_han(outside) || is_han_punctuation(inside);
    let may_stand = if opening { may_follow_opening(inside) } else { may_precede_closing(inside) };
    let prose = run.len() > 1 || !is_arithmetic(outside, inside);
    chinese && may_stand && prose && !inside.is_whitespace()
}

/// No emphasis begins with the end of something.
fn may_follow_opening(inside: char) -> bool {
    let ends = closes(inside) && !inside.is_ascii();
    !ends && !matches!(inside, '，' | '。' | '、' | '；' | '：' | '！' | '？')
}

fn may_precede_closing(inside: char) -> bool {
    !opens(inside)
}

/// A single `*` beside a number or a bracket may be a sign: 5*（3+2）*2.
fn is_arithmetic(outside: char, inside: char) -> bool {
    let of_prose = is_shared_punctuation(inside)
        || matches!(inside, '\u{3001}'..='\u{3003}' | '\u{3008}'..='\u{3011}' | '，' | '；' | '：' | '！' | '？');
    outside.is_numeric() || !of_prose
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The body with `^` where marks stand.
    fn marked(body: &str) -> String {
        freed(body).replace(MARK, "^")
    }

    #[test]
    fn a_run_between_a_letter_and_chinese_punctuation_is_freed() {
        assert_eq!(marked("**“产改”**取得"), "**“产改”^**^取得");
        assert_eq!(marked("他说**“好”**。"), "他说^**^“好”**。");
        assert_eq!(marked("占**20%**的"), "占**20%^**^的");
        assert_eq!(marked("读*《报》*了"), "读^*^《报》^*^了");
        assert_eq!(marked("删~~“旧”~~新"), "删^~~^“旧”^~~^新");
    }

    #[test]
    fn all_other_runs_are_left_as_they_are() {
        let bodies = [
            "**产改**取得",
            "a**(b)**c",
            "2*3*4",
            "5*（3+2）*2",
            "\\**“产改”",
            "产~“改”~",
            "* “列表”",
            "> * “列表”",
            "他说**。后来",
            "产**\n“改”**",
            "*",
            "",
        ];
        for body in bodies {
            assert!(matches!(freed(body), Cow::Borrowed(_)), "{}", marked(body));
        }
    }
}
