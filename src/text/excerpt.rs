//! Excerpts: the beginning of a text for lists of articles, in whole sentences, never ending inside a quotation.
//!
//! 1. match the quotation marks and brackets (an unmatched mark encloses nothing)
//! 2. find the ends of sentences outside of these pairs
//! 3. take as many sentences as fit; where not even the first one fits, cut it, add an ellipsis and close the open pairs

use crate::text::han::{closes, is_han, opens};

/// The beginning of a text, at most about `limit` characters, ending where a sentence ends and never inside a quotation. A
/// first sentence of up to twice the limit is taken whole; a longer one is cut at a comma, with an ellipsis.
pub(crate) fn excerpt(text: &str, limit: usize) -> String {
    let text = text.trim();
    let (near, far) = (prefix(text, limit).len(), prefix(text, limit.saturating_mul(2)).len());
    let pairs = pairs(text, far);
    let ends = sentence_ends(text, &pairs, far);
    match ends.iter().rev().find(|end| **end <= near).or(ends.first()) {
        Some(end) => text[..*end].to_owned(),
        None if near == text.len() => text.to_owned(),
        None => cut(text, &pairs, near, limit),
    }
}

/// So many characters from the beginning of a text, or all of it.
pub(crate) fn prefix(text: &str, characters: usize) -> &str {
    &text[..text.char_indices().nth(characters).map_or(text.len(), |(at, _)| at)]
}

/// An opening mark and its closing mark.
#[derive(Debug, PartialEq, Eq)]
struct Pair {
    /// byte range of the text, both marks included
    start: usize,
    end: usize,
    closer: char,
}

/// The most unmatched opening marks that are remembered, so that a text of nothing else takes linear time.
const MAX_DEPTH: usize = 16;

/// The matched pairs that open before byte `far`, in the order in which they open.
fn pairs(text: &str, far: usize) -> Vec<Pair> {
    let mut open: Vec<(char, usize)> = Vec::new();
    let mut pairs = Vec::new();
    for (at, c) in text.char_indices() {
        // pairs that open from here on are not needed, and all others are closed
        if at > far && open.iter().all(|(_, start)| *start > far) {
            break;
        }
        if is_han(c) {
            continue;
        }
        let matching = opener_of(c).and_then(|opener| open.iter().rposition(|(other, _)| *other == opener));
        match matching {
            Some(_) if is_apostrophe(text, at, c) => {}
            Some(at_opener) => {
                pairs.push(Pair { start: open[at_opener].1, end: at + c.len_utf8(), closer: c });
                open.truncate(at_opener);
            }
            None if opens(c) || c == '"' => {
                if open.len() == MAX_DEPTH {
                    open.remove(0);
                }
                open.push((if c == '（' { '(' } else { c }, at));
            }
            None => {}
        }
    }
    pairs.sort_by_key(|pair| pair.start);
    pairs
}

/// The opening mark that belongs to a closing mark; half-width for both kinds of parentheses, which pages mix: `（作者单位)`.
/// A straight `"` both opens and closes.
fn opener_of(closer: char) -> Option<char> {
    let at = "”’」』》〉】）)]\"".chars().position(|c| c == closer)?;
    "“‘「『《〈【(([\"".chars().nth(at)
}

fn is_apostrophe(text: &str, at: usize, c: char) -> bool {
    let is_letter = |c: char| c.is_ascii_alphabetic();
    c == '’' && text[..at].ends_with(is_letter) && text[at + c.len_utf8()..].starts_with(is_letter)
}

/// The byte offsets of the ends of sentences outside of all pairs, up to `far`.
fn sentence_ends(text: &str, pairs: &[Pair], far: usize) -> Vec<usize> {
    let mut ends = Vec::new();
    let mut at = 0;
    let mut pairs = outermost(pairs).peekable();
    while let Some(c) = text[at..].chars().next() {
        let pair = pairs.next_if(|pair| pair.start == at);
        let stop = pair.map_or_else(|| is_stop(text, at, c), |pair| is_whole_speech(text, pair));
        at = pair.map_or(at + c.len_utf8(), |pair| pair.end);
        if stop {
            at += trailing_marks(&text[at..], pairs.peek().map_or(usize::MAX, |next| next.start - at));
        }
        if at > far {
            break;
        }
        // the sentence continues behind a quotation: `“好！”，他说`
        if stop && !text[at..].starts_with(['，', '、', '；', '：', ',', ';', ':', '…', '—']) {
            ends.push(at);
        }
    }
    ends
}

/// The pairs that are not inside another.
fn outermost(pairs: &[Pair]) -> impl Iterator<Item = &Pair> {
    let mut past = 0;
    pairs.iter().filter(move |pair| {
        let outer = pair.start >= past;
        past = past.max(pair.end);
        outer
    })
}

/// Whether a quotation ends its sentence: `他说：“学技能。”`, unlike a quoted name: `在“谁来养老？”的讨论中`.
fn is_whole_speech(text: &str, pair: &Pair) -> bool {
    let inside = text[pair.start..pair.end].trim_end_matches(closes);
    let ended = inside.char_indices().next_back().is_some_and(|(at, c)| is_stop(inside, at, c));
    let led_in = !text[..pair.start].ends_with(char::is_alphanumeric);
    ended && led_in && matches!(pair.closer, '”' | '’' | '」' | '』' | '"')
}

/// The length in bytes of the marks that belong to the end of a sentence: `！` behind `？`, an unmatched closing mark.
fn trailing_marks(rest: &str, next_pair: usize) -> usize {
    let marks = |&(at, c): &(usize, char)| at < next_pair && (closes(c) || is_stop(rest, at, c));
    rest.char_indices().take_while(marks).last().map_or(0, |(at, c)| at + c.len_utf8())
}

/// Whether a character ends a sentence here. (Not `…`, which is as frequent within sentences.)
fn is_stop(text: &str, at: usize, c: char) -> bool {
    let rest = || &text[at + c.len_utf8()..];
    match c {
        '。' | '！' | '？' | '｡' => true,
        // inside a URL these end no sentence
        '!' | '?' => !rest().starts_with(|next: char| next.is_ascii_alphanumeric()),
        '．' => !rest().starts_with(char::is_numeric),
        '.' => is_full_stop(&text[..at], rest()),
        _ => false,
    }
}

/// Whether a half-width dot is neither decimal point, ellipsis nor part of an abbreviation (`U.S.`, `Mr.`).
fn is_full_stop(before: &str, rest: &str) -> bool {
    if before.ends_with(is_han) {
        return !rest.starts_with(|next: char| next == '.' || next.is_ascii_digit());
    }
    let word = before.chars().rev().take_while(char::is_ascii_alphabetic).take(3).count();
    let next = rest.trim_start();
    let apart = rest.is_empty() || next.len() < rest.len() || rest.starts_with(closes);
    word == 3 && apart && !next.starts_with(|next: char| next.is_lowercase())
}

/// The text up to byte `hard`, or back to a comma-like mark where one is near (preferably outside of all pairs), with an
/// ellipsis and the closing marks of the pairs that are open there.
fn cut(text: &str, pairs: &[Pair], hard: usize, limit: usize) -> String {
    let around = |at: usize| pairs.iter().filter(move |pair| pair.start < at && at < pair.end);
    let pauses = || {
        let near = text[..hard].char_indices().rev().take(limit / 2);
        near.filter(|(_, c)| matches!(c, '，' | '；' | '、' | ',' | ';' | ' ')).map(|(at, _)| at)
    };
    let end = pauses().find(|at| around(*at).next().is_none()).or_else(|| pauses().next()).unwrap_or(hard);
    let start = text[..end].trim_end_matches(|c: char| opens(c) || c.is_whitespace());
    let open: Vec<char> = around(start.len()).map(|pair| pair.closer).collect();
    start.chars().chain("……".chars()).chain(open.into_iter().rev()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn an_excerpt_ends_with_a_sentence_outside_quotation() {
        let text = "他说：“学技能。有奔头。”大家都笑了。后来他又去比赛，拿了第一名。";
        assert_eq!(excerpt(text, 8), "他说：“学技能。有奔头。”");
        assert_eq!(excerpt(text, 22), "他说：“学技能。有奔头。”大家都笑了。");
        assert_eq!(excerpt("没有标点的一句话", 20), "没有标点的一句话");
        assert_eq!(excerpt("", 20), "");
    }

    #[test]
    fn a_quoted_name_or_a_comma_behind_a_quotation_ends_nothing() {
        let text = "在“谁来养老？”的讨论中，他读了《谁是最可爱的人？》一书。大家鼓掌。";
        assert_eq!(excerpt(text, 20), "在“谁来养老？”的讨论中，他读了《谁是最可爱的人？》一书。");
        assert_eq!(excerpt("“真好！”，他说，“下次再来。”大家笑了。", 8), "“真好！”，他说，“下次再来。”");
    }

    #[test]
    fn all_marks_of_an_end_stay_together() {
        assert_eq!(excerpt("他问：“真的吗？！”众人不语。", 10), "他问：“真的吗？！”");
        assert_eq!(excerpt("真的吗？！！众人不语。", 6), "真的吗？！！");
        assert_eq!(excerpt("学技能，有奔头。”众人鼓掌。", 9), "学技能，有奔头。”");
        assert_eq!(excerpt("他走了……又回来了。再没走。", 8), "他走了……又回来了。");
    }

    #[test]
    fn an_unmatched_quotation_mark_encloses_nothing() {
        assert_eq!(excerpt("他说：“学技能。有奔头。后来他去比赛。", 8), "他说：“学技能。");
        assert_eq!(excerpt("他说：\"学技能。有奔头。\"大家笑了。", 7), "他说：\"学技能。有奔头。\"");
        assert_eq!(excerpt("“it’s done. ok。”他说。走了。", 19), "“it’s done. ok。”他说。");
        assert_eq!(excerpt("（工会。供图)大家笑了。走了。", 8), "（工会。供图)大家笑了。");
    }

    #[test]
    fn a_point_in_a_number_or_an_abbreviation_ends_no_sentence() {
        assert_eq!(excerpt("增长3.5%左右.以后再说。", 12), "增长3.5%左右.");
        assert_eq!(
            excerpt("Mr. Li met the U.S. team in Dalian. It went well.", 40),
            "Mr. Li met the U.S. team in Dalian."
        );
        assert_eq!(
            excerpt("Pay rose... slowly, see example.org. Then it fell.", 40),
            "Pay rose... slowly, see example.org."
        );
        assert_eq!(excerpt("见 https://a.cn/?b=1 一文。完。", 22), "见 https://a.cn/?b=1 一文。");
        assert_eq!(excerpt("增长３．５个点．以后再说。", 9), "增长３．５个点．");
    }

    #[test]
    fn a_long_sentence_is_cut_at_a_comma_and_closed() {
        assert_eq!(excerpt(&"很长，".repeat(50), 10), "很长，很长，很长……");
        let speech = format!("他说：“{}。”", "学技能，有奔头，".repeat(20));
        assert_eq!(excerpt(&speech, 14), "他说：“学技能，有奔头……”");
        assert_eq!(excerpt(&format!("会上，他说：“{}”", "学".repeat(50)), 8), "会上，他说：“学……”");
    }

    proptest! {
        #[test]
        fn an_excerpt_is_a_beginning_and_not_much_longer_than_the_limit(
            text in "[他说a. ：，。？！…“”‘’（）()\"《》\\PC]{0,80}",
            limit in 0usize..40,
        ) {
            let short = excerpt(&text, limit);
            let start = short.trim_end_matches(|c| closes(c) || c == '…');
            prop_assert!(text.trim_start().starts_with(start), "{short}");
            prop_assert!(start.chars().count() <= limit * 2, "{short}");
        }

        #[test]
        fn an_excerpt_never_ends_inside_a_quotation(
            parts in proptest::collection::vec(("[他走，。？]{0,12}", "[说好，。！（）]{0,12}"), 0..6),
            limit in 1usize..30,
        ) {
            let text: String = parts.iter().map(|(before, quoted)| format!("{before}“{quoted}”")).collect();
            let short = excerpt(&text, limit);
            prop_assert_eq!(short.matches('“').count(), short.matches('”').count(), "{}", short);
        }
    }
}
