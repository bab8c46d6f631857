//! Character classes of Chinese text: 汉字, punctuation, ends of sentences, quotation marks and brackets.

/// A 汉字: the unified ideographs with their extensions (planes 2 and 3 are reserved for them), compatibility ideographs, 〇,
/// and the radicals that an extractor returns in their place (⼯ for 工).
pub(crate) fn is_han(c: char) -> bool {
    matches!(c,
        '\u{4E00}'..='\u{9FFF}' | '\u{3400}'..='\u{4DBF}' | '\u{20000}'..='\u{3FFFD}' | '\u{F900}'..='\u{FAFF}'
        | '\u{2E80}'..='\u{2FDF}' | '〇')
}

/// Punctuation of Chinese text: the CJK and full-width forms, and [the marks it shares](is_shared_punctuation). (In a Chinese
/// sentence these are as wide as a 汉字, with no space beside them.)
pub(crate) fn is_han_punctuation(c: char) -> bool {
    is_shared_punctuation(c)
        || matches!(c,
            '\u{3001}'..='\u{3003}' | '\u{3008}'..='\u{3011}' | '\u{3014}'..='\u{301F}' | '\u{FE10}'..='\u{FE19}'
            | '\u{FE30}'..='\u{FE4F}' | '\u{FF01}'..='\u{FF0F}' | '\u{FF1A}'..='\u{FF20}' | '\u{FF3B}'..='\u{FF40}'
            | '\u{FF5B}'..='\u{FF65}')
}

/// A 汉字 or punctuation of Chinese text.
pub(crate) fn is_chinese(c: char) -> bool {
    is_han(c) || is_han_punctuation(c)
}

/// Quotation marks, dashes, ellipsis and middle dot: Chinese writes them like other scripts do, so they alone do not
/// identify the script of a text.
pub(crate) fn is_shared_punctuation(c: char) -> bool {
    matches!(c, '“' | '”' | '‘' | '’' | '—' | '―' | '…' | '·')
}

/// Whether a character ends a sentence.
pub(crate) fn ends_sentence(c: char) -> bool {
    matches!(c, '。' | '！' | '？' | '!' | '?' | '…')
}

/// Whether a character ends a part of a sentence.
pub(crate) fn ends_clause(c: char) -> bool {
    matches!(c, '，' | '、' | '；' | '：')
}

/// Whether a character closes a quotation or bracket: it may come between the end of a sentence and the end of a paragraph.
pub(crate) fn closes(c: char) -> bool {
    matches!(c, '”' | '’' | '）' | ')' | '》' | '」' | '』' | '】' | '〉' | ']' | '"' | '\'')
}

/// Whether a character opens a quotation or bracket.
pub(crate) fn opens(c: char) -> bool {
    matches!(c, '“' | '‘' | '（' | '(' | '《' | '「' | '『' | '【' | '〈' | '[')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn han_and_punctuation_are_distinguished() {
        assert!("工⼯〇𠮷".chars().all(is_han) && !"，a1·".chars().any(is_han));
        assert!("，。“”…·（）％".chars().all(is_han_punctuation) && !"工,.(a".chars().any(is_han_punctuation));
    }
}
