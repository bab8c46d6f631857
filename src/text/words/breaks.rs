//! Break opportunities of a headline: between words, and where a reader would pause.
//!
//! 1. Between two tokens a break is good, poor, doubtful or none at all. It is none between a number and its unit, inside a short quotation,
//!    inside what may be a name, and before closing punctuation. It is doubtful where a word of the list may go across, and poor beside a
//!    word of one character.
//! 2. A line may end at every good break; at a poor or doubtful one only in what would else be too long for a line.
//! 3. No break leaves a single character between itself and the next place where a line ends.

use crate::text::words::list::{COSTS_PER_NAT, WordList};
use crate::text::words::tokens::{Token, TokenKind, tokens};

/// A boundary is sure where a word across it is less probable by this factor, as a logarithm.
const SURE: u32 = (3.0 * COSTS_PER_NAT) as u32;
/// The most characters of a quotation in which there is no break.
const SHORT_QUOTATION: usize = 7;
/// The most characters between two breaks, where there are poor ones between them.
const LONGEST: usize = 7;
/// The most characters between two breaks, where there are doubtful ones between them.
const LONGEST_SURE: usize = 9;
/// Words of one character that belong to what stands before them: particles, and endings of names and of words that the list does not have.
const ENCLITICS: &str =
    "的了着过们地得儿者性化率式型里上中下内外前后会办局厂队员家区市县省站班组部院校所社村镇乡街路桥证卡费金法";
/// Words of one character that belong to what follows them.
const PROCLITICS: &str = "把被让在从向对为与和以将给由使令到往于及或而但并更也都就还再又很最不没未无非各每某该本全这那其可能要想敢须应请靠凭按据用";

/// How well a line may end between two tokens.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Break {
    None,
    Doubtful,
    Poor,
    Good,
}

/// The byte offsets at which a line may end. (At a space it may end without being said.)
pub(crate) fn break_opportunities(text: &str) -> Vec<usize> {
    let tokens = tokens(WordList::built_in(), text);
    let mut breaks: Vec<Break> = (0..tokens.len()).map(|at| rate(&tokens, at)).collect();
    keep_short_quotations(&tokens, &mut breaks);
    let mut chosen = Vec::new();
    choose(&tokens, &breaks, (0, tokens.len()), Break::Good, &mut chosen);
    without_single_characters(&tokens, chosen).into_iter().map(|at| tokens[at].start).collect()
}

/// Chooses the breaks of a rating, and lower ones in what stays too long for a line.
fn choose(tokens: &[Token], breaks: &[Break], (from, to): (usize, usize), rating: Break, chosen: &mut Vec<usize>) {
    let (lower, longest) = match rating {
        Break::Good => (Break::Poor, LONGEST),
        Break::Poor => (Break::Doubtful, LONGEST_SURE),
        Break::Doubtful | Break::None => (Break::None, usize::MAX),
    };
    let mut start = from;
    for end in from + 1..=to {
        let ends = end == to || breaks[end] == rating || tokens[end].kind == TokenKind::Space;
        if !ends {
            continue;
        }
        if width(&tokens[start..end]) > longest {
            choose(tokens, breaks, (start, end), lower, chosen);
        }
        if end < to && breaks[end] == rating {
            chosen.push(end);
        }
        start = end;
    }
}

/// How well a line may end before a token.
fn rate(tokens: &[Token], at: usize) -> Break {
    use TokenKind::{Closing, Dash, Latin, Number, Opening, Other, Space, Stop, Word};
    let Some((before, token)) = at.checked_sub(1).map(|before| (tokens[before], tokens[at])) else {
        return Break::None;
    };
    match (before.kind, token.kind) {
        (Space, _) | (_, Space | Closing | Stop | Dash | Other) | (Opening | Other, _) => Break::None,
        (Stop | Dash, _) => Break::Good,
        (Number, _) | (Latin, Number) => Break::None,
        (Word, Word) => between_words(before, token, at > 1 && tokens[at - 2].kind == Number),
        (Word, Number) if token.first.is_alphabetic() && token.margin < SURE => Break::None,
        (Word, Opening | Number | Latin) if is_single(before) && !ENCLITICS.contains(before.first) => Break::None,
        (_, Opening | Number | Latin) => Break::Good,
        (Closing | Latin, Word) if is_single(token) => Break::None,
        (Closing | Latin, _) => Break::Good,
    }
}

/// How well a line may end between two words, the first of which may be the unit of a number.
fn between_words(before: Token, token: Token, is_unit: bool) -> Break {
    let is_one_of = |token: Token, words: &str| is_single(token) && words.contains(token.first);
    if is_one_of(token, ENCLITICS) || before.first == '第' {
        return Break::None;
    }
    if token.margin < SURE {
        return Break::Doubtful;
    }
    match (is_single(before), is_single(token)) {
        (false, false) => Break::Good,
        (true, false) if is_unit || is_one_of(before, ENCLITICS) => Break::Good,
        (false, true) if is_one_of(token, PROCLITICS) => Break::Good,
        (true, true) if is_one_of(token, PROCLITICS) && !is_one_of(before, PROCLITICS) => Break::Poor,
        // two characters that are no word may be a name
        (true, true) => Break::None,
        _ => Break::Poor,
    }
}

/// A word of one character.
fn is_single(token: Token) -> bool {
    token.kind == TokenKind::Word && token.length == 1
}

/// Removes the breaks inside a short quotation.
fn keep_short_quotations(tokens: &[Token], breaks: &mut [Break]) {
    for (open, token) in tokens.iter().enumerate().filter(|(_, token)| token.kind == TokenKind::Opening) {
        let close = tokens[open..].iter().position(|other| other.kind == TokenKind::Closing).map(|close| open + close);
        if let Some(close) =
            close.filter(|&close| width(&tokens[open + 1..close]) <= SHORT_QUOTATION && token.first != '（')
        {
            breaks[open + 1..=close].fill(Break::None);
        }
    }
}

/// Leaves out the breaks that would leave a single character on a line.
fn without_single_characters(tokens: &[Token], chosen: Vec<usize>) -> Vec<usize> {
    let is_space = |token: &Token| token.kind == TokenKind::Space;
    let mut kept: Vec<usize> = Vec::with_capacity(chosen.len());
    for at in chosen {
        let from = kept.last().copied().unwrap_or(0);
        let before = tokens[from..at].rsplit(is_space).next().unwrap_or_default();
        let behind = tokens[at..].split(is_space).next().unwrap_or_default();
        if letters(before) > 1 && letters(behind) > 1 {
            kept.push(at);
        }
    }
    kept
}

fn letters(tokens: &[Token]) -> usize {
    tokens.iter().filter(|token| is_letter(token.kind)).map(|token| token.length).sum()
}

fn is_letter(kind: TokenKind) -> bool {
    matches!(kind, TokenKind::Word | TokenKind::Number | TokenKind::Latin)
}

/// How wide tokens are, in 汉字.
fn width(tokens: &[Token]) -> usize {
    let halves = |token: &Token| match token.kind {
        TokenKind::Latin | TokenKind::Space => token.length,
        TokenKind::Number if token.first.is_ascii() => token.length,
        _ => 2 * token.length,
    };
    tokens.iter().map(halves).sum::<usize>().div_ceil(2)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// the text with a bar at each break
    fn shown(text: &str) -> String {
        let mut shown = text.to_owned();
        break_opportunities(text).into_iter().rev().for_each(|at| shown.insert(at, '|'));
        shown
    }

    #[test]
    fn a_headline_breaks_between_words() {
        let cases = [
            ("产业工人队伍建设改革推进会召开", "产业工人|队伍|建设|改革|推进会|召开"),
            ("算法要听骑手说话", "算法|要听骑手|说话"),
            ("总工会组织的职工亲子读书会", "总工会组织的|职工|亲子|读书会"),
        ];
        for (text, expected) in cases {
            assert_eq!(shown(text), expected);
        }
    }

    #[test]
    fn numbers_stay_with_their_units() {
        for text in ["1.8亿元", "二十四小时", "第二驾驶室", "45%", "第136届", "3月16日", "AS700D"] {
            assert_eq!(shown(text), text);
        }
        assert_eq!(shown("车间里的二十六张考卷"), "车间里的|二十六张|考卷");
    }

    #[test]
    fn short_quotations_and_names_stay_whole() {
        for text in ["“第二驾驶室”", "“要我改进”", "祝小满", "《职工之声》"] {
            assert_eq!(shown(text), text);
        }
        let long = "“把培训办到车间门口去的那一位老师傅”";
        assert!(!break_opportunities(long).is_empty(), "a long quotation is wider than a line");
    }

    #[test]
    fn punctuation_begins_no_line_and_a_single_character_stands_on_none() {
        assert_eq!(shown("校企之间架起“人才桥”，好"), "校企|之间|架起|“人才桥”，好");
        assert_eq!(shown("就业——"), "就业——");
    }

    #[test]
    fn text_without_known_words_has_no_breaks() {
        for text in ["", " ", "Press digest", "勞資爭議", "甲", "，"] {
            assert_eq!(shown(text), text);
        }
    }

    proptest! {
        #[test]
        fn breaks_are_ascending_boundaries_of_characters(text in "[产业工人队伍建设改革的了把 a1，。“”（）—…𠮷]{0,40}") {
            let breaks = break_opportunities(&text);
            prop_assert!(breaks.is_sorted_by(|a, b| a < b), "{breaks:?}");
            for at in breaks {
                prop_assert!(0 < at && at < text.len() && text.is_char_boundary(at));
                prop_assert!(!text[at..].starts_with(['，', '。', '”', '）', '…', '—', ' ']), "{}", shown(&text));
                prop_assert!(!text[..at].ends_with(['“', '（']), "{}", shown(&text));
            }
        }
    }
}
