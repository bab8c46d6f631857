//! Divides a headline into lines.
//!
//! 1. a line may end between phrases (at a space or a comma), between words at a price, and anywhere at a high one
//! 2. of all divisions whose lines fit, the cheapest is chosen: few lines, of equal widths, that end between phrases
//! 3. what is longer than the lines that fit ends with an ellipsis

use crate::text::words::breaks::break_opportunities;

/// What a line costs: itself, and the square of the part of it that stays blank.
const LINE: f32 = 1.0;
/// What its end between two words costs.
const BETWEEN_WORDS: f32 = 0.15;
/// What its end within a word costs: more than any number of lines that a headline could have.
const WITHIN_WORD: f32 = 100.0;
/// The most characters of a headline that are looked at: more than any card shows.
const LONGEST: usize = 160;

/// The lines of a headline.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Lines {
    pub(super) lines: Vec<String>,
    /// no line ends within a word, and nothing is left out
    pub(super) is_whole: bool,
    /// what is more, each line ends with a phrase
    pub(super) is_phrased: bool,
}

/// A headline with the places where its lines may end.
pub(super) struct Headline<'a> {
    text: &'a str,
    ends: Vec<(usize, f32)>,
}

impl<'a> Headline<'a> {
    pub(super) fn of(text: &'a str) -> Self {
        let text = first_characters(text.trim());
        Self { text, ends: line_ends(text) }
    }

    /// The lines of the headline, at most `most` of them, none wider than `widest`, as `width` measures.
    pub(super) fn divide(&self, widest: f32, most: usize, width: &dyn Fn(&str) -> f32) -> Lines {
        let Self { text, ends } = self;
        let chosen = cheapest(text, ends, widest, width);
        let price = |at: &usize| ends.iter().find(|(end, _)| end == at).map_or(0.0, |(_, price)| *price);
        let highest = chosen.iter().map(price).fold(0.0, f32::max);
        let mut lines: Vec<String> =
            chosen.iter().zip(&chosen[1..]).map(|(&from, &to)| text[from..to].trim().to_owned()).collect();
        let fits = lines.len() <= most && lines.iter().all(|line| width(line) <= widest);
        if lines.len() > most {
            let last = chosen[most - 1];
            lines.truncate(most - 1);
            lines.push(cut(text[last..].trim(), widest, width));
        }
        // a Latin word may be wider than any line
        let lines = lines.into_iter().map(|line| cut(&line, widest, width)).collect();
        Lines { lines, is_whole: fits && highest < WITHIN_WORD, is_phrased: fits && highest == 0.0 }
    }
}

/// The beginning of a text that fits, with an ellipsis if that is not all of it.
pub(super) fn cut(text: &str, widest: f32, width: &dyn Fn(&str) -> f32) -> String {
    if width(text) <= widest {
        return text.to_owned();
    }
    let with_ellipsis = |end: usize| {
        let kept = text[..end].trim_end_matches(|c: char| c.is_whitespace() || "，、：；—《“（".contains(c));
        format!("{kept}…")
    };
    let ends = line_ends(text);
    let cheap = ends.iter().rev().filter(|(_, price)| *price < WITHIN_WORD);
    let any = text.char_indices().map(|(at, _)| at).rev();
    let ends = cheap.map(|&(at, _)| at).filter(|&at| at < text.len()).chain(any);
    ends.map(with_ellipsis).find(|cut| width(cut) <= widest).unwrap_or_default()
}

fn first_characters(text: &str) -> &str {
    text.char_indices().nth(LONGEST).map_or(text, |(end, _)| &text[..end])
}

/// Where a line may end, with the price, in order; the end of the text is the last.
fn line_ends(text: &str) -> Vec<(usize, f32)> {
    let words = break_opportunities(text);
    let mut ends: Vec<(usize, f32)> = text
        .char_indices()
        .skip(1)
        .filter_map(|(at, _)| {
            let before = text[..at].chars().next_back()?;
            if is_phrase_end(before) && is_between(text, at) {
                Some((at, 0.0))
            } else if words.binary_search(&at).is_ok() {
                Some((at, BETWEEN_WORDS))
            } else {
                is_between(text, at).then_some((at, WITHIN_WORD))
            }
        })
        .collect();
    ends.push((text.len(), 0.0));
    ends
}

fn is_phrase_end(c: char) -> bool {
    c.is_whitespace() || "，；：？！。—".contains(c)
}

/// Whether a line may end here at all: not before a closing mark, not behind an opening one, not in a number or a Latin word.
fn is_between(text: &str, at: usize) -> bool {
    let (before, after) = (text[..at].chars().next_back(), text[at..].chars().next());
    let (Some(before), Some(after)) = (before, after) else { return false };
    let is_word = |c: char| c.is_ascii_graphic() || (c.is_alphabetic() && (c as u32) < 0x250);
    let is_mark_apart = "”’》〉）」』】〕，。、；：？！…—·%％".contains(after) || "“‘《〈（「『【〔·".contains(before);
    !(is_mark_apart || is_word(before) && is_word(after))
}

/// The offsets between which the lines of the cheapest division stand.
fn cheapest(text: &str, ends: &[(usize, f32)], widest: f32, width: &dyn Fn(&str) -> f32) -> Vec<usize> {
    // for each offset: the price of all lines up to it, and where the last of them begins
    let mut best: Vec<(usize, f32, usize)> = vec![(0, 0.0, 0)];
    for &(end, price) in ends {
        let mut cheapest: Option<(f32, usize)> = None;
        for (index, &(start, before, _)) in best.iter().enumerate().rev() {
            let blank = 1.0 - width(text[start..end].trim()) / widest;
            if blank < 0.0 && cheapest.is_some() {
                break;
            }
            // what is too wide for any line stands alone
            let cost = before + LINE + if blank < 0.0 { WITHIN_WORD } else { blank * blank + price };
            if cheapest.is_none_or(|(least, _)| cost < least) {
                cheapest = Some((cost, index));
            }
        }
        let (cost, index) = cheapest.unwrap_or((0.0, 0));
        best.push((end, cost, index));
    }
    let mut at = best.len() - 1;
    let mut chosen = vec![best[at].0];
    while at > 0 {
        at = best[at].2;
        chosen.push(best[at].0);
    }
    chosen.reverse();
    chosen
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn width(text: &str) -> f32 {
        text.chars().map(|c| if c.is_ascii() { 0.5 } else { 1.0 }).sum()
    }

    fn lines(text: &str, widest: f32) -> Vec<String> {
        Headline::of(text).divide(widest, 4, &width).lines
    }

    #[test]
    fn lines_end_between_phrases_and_words_and_are_balanced() {
        assert_eq!(lines("从方向盘到摇杆 网约车司机考下飞手证", 12.0), ["从方向盘到摇杆", "网约车司机考下飞手证"]);
        assert_eq!(lines("产业工人队伍建设改革", 9.0), ["产业工人队伍", "建设改革"]);
        assert_eq!(lines("老焊工的新课堂", 9.0), ["老焊工的新课堂"]);
    }

    #[test]
    fn no_line_begins_with_a_closing_mark_or_splits_a_number() {
        assert_eq!(lines("增长20250101", 4.0), ["增长", "20250101"]);
        for line in lines("“安全、健康”，“体面、尊严”，缺一不可", 5.0) {
            assert!(!line.starts_with(['、', '”', '，']), "{line}");
        }
    }

    #[test]
    fn what_is_left_out_is_marked() {
        let divided = Headline::of("甲队赢了，乙队输了，丙队平了，丁队没来").divide(5.0, 2, &width);
        assert_eq!(
            divided,
            Lines {
                lines: vec!["甲队赢了，".into(), "乙队输了…".into()], is_whole: false, is_phrased: false
            }
        );
        assert_eq!(cut("乙队输了", 4.0, &width), "乙队输了");
        assert_eq!(lines("见Donaudampfschifffahrt", 5.0), ["见", "Donaudam…"]);
    }

    proptest! {
        #[test]
        fn the_lines_together_are_the_text(text in "[一-龥，。“”A-Za-z0-9 ]{0,60}", widest in 12f32..20.0) {
            let Lines { lines, .. } = Headline::of(&text).divide(widest, usize::MAX, &width);
            let whole: String = lines.concat();
            prop_assume!(!whole.contains('…'));
            let without_spaces = |text: &str| text.replace(' ', "");
            prop_assert_eq!(without_spaces(&whole), without_spaces(&text));
        }
    }
}
