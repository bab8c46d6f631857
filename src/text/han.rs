//! The rules of Chinese text that need no dictionary: DESIGN.md, section 4.

use serde::{Deserialize, Serialize};

/// A 汉字: the unified ideographs with their extensions (planes 2 and 3 are kept for them), compatibility ideographs, 〇,
/// and the radicals that an extractor returns in their place (⼯ for 工).
pub(crate) fn is_han(c: char) -> bool {
    matches!(c,
        '\u{4E00}'..='\u{9FFF}' | '\u{3400}'..='\u{4DBF}' | '\u{20000}'..='\u{3FFFD}' | '\u{F900}'..='\u{FAFF}'
        | '\u{2E80}'..='\u{2FDF}' | '〇')
}

/// Punctuation of Chinese text: the CJK and full-width forms, and [the marks it shares](is_shared_punctuation). (In a Chinese
/// sentence these are as wide as a 汉字, and no space stands beside them.)
pub(crate) fn is_han_punctuation(c: char) -> bool {
    is_shared_punctuation(c)
        || matches!(c,
            '\u{3001}'..='\u{3003}' | '\u{3008}'..='\u{3011}' | '\u{3014}'..='\u{301F}' | '\u{FE10}'..='\u{FE19}'
            | '\u{FE30}'..='\u{FE4F}' | '\u{FF01}'..='\u{FF0F}' | '\u{FF1A}'..='\u{FF20}' | '\u{FF3B}'..='\u{FF40}'
            | '\u{FF5B}'..='\u{FF65}')
}

/// Quotation marks, dashes, ellipsis and middle dot: Chinese writes them like other scripts do, so that they alone do not
/// tell which script a text is in.
pub(crate) fn is_shared_punctuation(c: char) -> bool {
    matches!(c, '“' | '”' | '‘' | '’' | '—' | '―' | '…' | '·')
}

/// Ends a sentence.
pub(crate) fn ends_sentence(c: char) -> bool {
    matches!(c, '。' | '！' | '？' | '!' | '?' | '…')
}

/// Closes a quotation or bracket: may stand between the end of a sentence and the end of a paragraph.
pub(crate) fn closes(c: char) -> bool {
    matches!(c, '”' | '’' | '）' | ')' | '》' | '」' | '』' | '】' | '〉' | ']' | '"' | '\'')
}

/// Opens a quotation or bracket.
pub(crate) fn opens(c: char) -> bool {
    matches!(c, '“' | '‘' | '（' | '(' | '《' | '「' | '『' | '【' | '〈' | '[')
}

/// What there is to read.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct WordCount {
    /// 汉字
    pub han: usize,
    /// words of other scripts and numbers: runs of letters and digits, with the marks that stand inside a word
    pub words: usize,
}

impl WordCount {
    pub(crate) fn of(text: &str) -> Self {
        let mut word_count = Self::default();
        let mut before = None;
        for (at, c) in text.char_indices() {
            if is_han(c) {
                word_count.han += 1;
                before = Some(c);
                continue;
            }
            let after = || text[at + c.len_utf8()..].chars().next();
            let continues = before.is_some_and(is_word) && (is_word(c) || holds_together(before, c, after()));
            word_count.words += usize::from(is_word(c) && !continues);
            // a mark inside a word leaves the word open
            before = if continues && !is_word(c) { before } else { Some(c) };
        }
        word_count
    }

    /// 字数: a 汉字 and a word each count as one.
    pub(crate) fn count(self) -> usize {
        self.han + self.words
    }

    /// Minutes to read, at least one where there is anything: 400 汉字 or 200 words a minute.
    pub(crate) fn minutes(self) -> usize {
        // 汉字/400 + words/200, rounded up
        (self.han + 2 * self.words).div_ceil(400)
    }
}

/// Part of a word that is not Chinese. (Punctuation is none; it is named because that is faster told than what a letter is.)
fn is_word(c: char) -> bool {
    !is_han(c) && !is_han_punctuation(c) && c.is_alphanumeric()
}

/// Does a mark between two characters belong to the word they make: `3.5`, `10,000`, `it’s`, `follow-up`?
fn holds_together(before: Option<char>, mark: char, after: Option<char>) -> bool {
    let both = |test: fn(char) -> bool| before.is_some_and(test) && after.is_some_and(test);
    match mark {
        ',' => both(|c| c.is_ascii_digit()),
        '.' | '-' | '_' | '\'' | '’' => both(is_word),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn counts_follow_the_formula() {
        let word_count = WordCount::of("产改 5 年，C919 首飞");
        assert_eq!((word_count.han, word_count.words), (5, 2));
        assert_eq!(WordCount::of(&"工".repeat(400)).minutes(), 1);
        assert_eq!(WordCount::of(&"工".repeat(401)).minutes(), 2);
        assert_eq!(WordCount::of(&"work ".repeat(201)).minutes(), 2);
        assert_eq!(WordCount::of("，。").minutes(), 0);
    }

    #[test]
    fn a_number_and_a_word_count_once_whatever_stands_in_them() {
        for one in ["3.5", "10,000", "it’s", "it's", "follow-up", "2025-02-25", "example.org"] {
            assert_eq!(WordCount::of(one).words, 1, "{one}");
        }
        assert_eq!(WordCount::of("3.5%至4.2%").words, 2);
        assert_eq!(WordCount::of("pay, rank").words, 2);
        assert_eq!(WordCount::of("yes,no... ok--fine").words, 4);
        assert_eq!(WordCount::of("1.强化AI").words, 2);
    }

    #[test]
    fn a_radical_from_an_extractor_counts_as_the_character_it_stands_for() {
        assert_eq!(WordCount::of("⼯⼈日报").han, 4);
    }

    proptest! {
        #[test]
        fn counts_of_two_paragraphs_add_up(a in "(?s).{0,60}", b in "(?s).{0,60}") {
            let (whole, a, b) = (WordCount::of(&format!("{a}\n{b}")), WordCount::of(&a), WordCount::of(&b));
            prop_assert_eq!((whole.han, whole.words), (a.han + b.han, a.words + b.words));
        }
    }
}
