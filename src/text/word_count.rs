//! Word counts of Chinese text (字数) and reading times.

use crate::text::han::{is_chinese, is_han};
use serde::{Deserialize, Serialize};

/// The length of a text: 字数, and reading time.
///
/// # Examples
///
/// ```
/// use wenzhai::text::word_count::WordCount;
///
/// let count = WordCount::of("产改 5 年，C919 首飞");
/// assert_eq!((count.han, count.words), (5, 2));
/// assert_eq!((count.total(), count.minutes()), (7, 1));
/// ```
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct WordCount {
    /// 汉字
    pub han: usize,
    /// words of other scripts and numbers: runs of letters and digits, with the marks inside a word
    pub words: usize,
}

impl WordCount {
    /// Counts the characters and words of a text.
    pub fn of(text: &str) -> Self {
        let mut count = Self::default();
        let mut before = None;
        for (at, c) in text.char_indices() {
            if is_han(c) {
                count.han += 1;
                before = Some(c);
                continue;
            }
            let after = || text[at + c.len_utf8()..].chars().next();
            let continues = before.is_some_and(is_word) && (is_word(c) || joins(before, c, after()));
            count.words += usize::from(is_word(c) && !continues);
            // a mark inside a word does not end it
            before = if continues && !is_word(c) { before } else { Some(c) };
        }
        count
    }

    /// 字数: a 汉字 and a word each count as one.
    pub fn total(self) -> usize {
        self.han + self.words
    }

    /// Minutes to read, at least one where there is anything: 400 汉字 or 200 words a minute.
    pub fn minutes(self) -> usize {
        // 汉字/400 + words/200, rounded up
        (self.han + 2 * self.words).div_ceil(400)
    }
}

/// Whether a character is part of a word of another script. (Punctuation is checked first because that is faster than
/// [`char::is_alphanumeric`].)
fn is_word(c: char) -> bool {
    !is_chinese(c) && c.is_alphanumeric()
}

/// Whether a mark between two characters joins them to one word: `3.5`, `10,000`, `it’s`, `follow-up`.
fn joins(before: Option<char>, mark: char, after: Option<char>) -> bool {
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
    fn a_number_and_a_word_count_once_with_the_marks_inside() {
        for one in ["3.5", "10,000", "it’s", "it's", "follow-up", "2025-02-25", "example.org"] {
            assert_eq!(WordCount::of(one).words, 1, "{one}");
        }
        assert_eq!(WordCount::of("3.5%至4.2%").words, 2);
        assert_eq!(WordCount::of("pay, rank").words, 2);
        assert_eq!(WordCount::of("yes,no... ok--fine").words, 4);
        assert_eq!(WordCount::of("1.强化AI").words, 2);
    }

    #[test]
    fn a_radical_counts_as_a_character() {
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
