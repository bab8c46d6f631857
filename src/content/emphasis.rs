//! Emphasis next to Chinese punctuation: enables delimiters that CommonMark's flanking rule would leave literal.
//!
//! CommonMark lets `**` open or close emphasis only where its neighbours allow (section 6.2: left- and right-flanking delimiter
//! runs). The rule expects spaces between words, so in `**“产改”**取得` the second `**`, between punctuation and a letter, can
//! only open. As in the CJK-friendly amendment to CommonMark, punctuation next to Chinese does not count here.
//!
//! The parser has no option for it, but a letter on both sides of a run has the same effect: a noncharacter, which no text
//! contains and which is removed after parsing wherever it ends up (text, code, an address). It is never put where a block
//! could begin, next to a space, at an escaped delimiter or in a fence, so that nothing but emphasis changes.

use crate::text::han::{closes, is_han, is_han_punctuation, is_shared_punctuation, opens};
use memchr::memchr2;
use std::borrow::Cow;
use std::ops::Range;

/// The marker on both sides of an enabled run.
const MARKER: char = '\u{FDD0}';

/// The body with markers around every run that is enabled; they have to be removed from the parser's events.
pub(crate) fn enable_delimiters(body: &str) -> Cow<'_, str> {
    let mut out = String::new();
    let mut copied = 0;
    for run in delimiter_runs(body).filter(|run| is_blocked_by_punctuation(body, run)) {
        out.push_str(&body[copied..run.start]);
        out.push(MARKER);
        out.push_str(&body[run.clone()]);
        out.push(MARKER);
        copied = run.end;
    }
    if copied == 0 {
        return Cow::Borrowed(body);
    }
    out.push_str(&body[copied..]);
    Cow::Owned(out)
}

/// The delimiter runs of `*`, and `~~`, without escaped ones. A single `~` is between numbers (3~5天).
fn delimiter_runs(body: &str) -> impl Iterator<Item = Range<usize>> {
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

/// CommonMark would keep the run from opening or closing, for the punctuation next to it, in Chinese text.
fn is_blocked_by_punctuation(body: &str, run: &Range<usize>) -> bool {
    let (Some(before), Some(after)) = (body[..run.start].chars().next_back(), body[run.end..].chars().next()) else {
        return false;
    };
    // a letter on one side and punctuation on the other: the case that the rule decides wrongly
    let (outside, inside, opening) = match (before.is_alphanumeric(), after.is_alphanumeric()) {
        (true, false) => (before, after, true),
        (false, true) => (after, before, false),
        _ => return false,
    };
    let is_chinese = is_han(outside) || is_han_punctuation(inside);
    let is_allowed = if opening { may_follow_opening(inside) } else { !opens(inside) };
    let is_prose = run.len() > 1 || !is_arithmetic(outside, inside);
    is_chinese && is_allowed && is_prose && !inside.is_whitespace()
}

/// Emphasis does not begin with a closing mark or the end of a sentence.
fn may_follow_opening(inside: char) -> bool {
    let is_closing = closes(inside) && !inside.is_ascii();
    !is_closing && !matches!(inside, '，' | '。' | '、' | '；' | '：' | '！' | '？')
}

/// A single `*` next to a number or a bracket may be a multiplication sign: 5*（3+2）*2.
fn is_arithmetic(outside: char, inside: char) -> bool {
    let of_prose = is_shared_punctuation(inside)
        || matches!(inside, '\u{3001}'..='\u{3003}' | '\u{3008}'..='\u{3011}' | '，' | '；' | '：' | '！' | '？');
    outside.is_numeric() || !of_prose
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The body with `^` for markers.
    fn marked(body: &str) -> String {
        enable_delimiters(body).replace(MARKER, "^")
    }

    #[test]
    fn a_run_between_a_letter_and_chinese_punctuation_is_enabled() {
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
            assert!(matches!(enable_delimiters(body), Cow::Borrowed(_)), "{}", marked(body));
        }
    }
}
