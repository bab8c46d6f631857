//! The rules of Chinese text that need no dictionary: DESIGN.md, section 4.

/// A 汉字: the unified ideographs with their extensions, compatibility ideographs and 〇.
pub fn is_han(c: char) -> bool {
    matches!(c,
        '\u{4E00}'..='\u{9FFF}' | '\u{3400}'..='\u{4DBF}' | '\u{20000}'..='\u{323AF}' | '\u{F900}'..='\u{FAFF}' | '〇')
}

/// Punctuation of Chinese text: the CJK and full-width forms, and the quotation marks, dashes, ellipsis and middle dot that
/// Chinese shares with other scripts. (In a Chinese sentence these are as wide as a 汉字, and no space stands beside them.)
pub fn is_han_punctuation(c: char) -> bool {
    matches!(c,
        '\u{3001}'..='\u{3003}' | '\u{3008}'..='\u{3011}' | '\u{3014}'..='\u{301F}' | '\u{FE30}'..='\u{FE4F}'
        | '\u{FF01}'..='\u{FF0F}' | '\u{FF1A}'..='\u{FF20}' | '\u{FF3B}'..='\u{FF40}' | '\u{FF5B}'..='\u{FF65}'
        | '“' | '”' | '‘' | '’' | '—' | '…' | '·')
}

/// Ends a sentence.
pub fn ends_sentence(c: char) -> bool {
    matches!(c, '。' | '！' | '？' | '!' | '?' | '…')
}

/// Closes a quotation or bracket: may stand between the end of a sentence and the end of a paragraph.
pub fn closes(c: char) -> bool {
    matches!(c, '”' | '’' | '）' | ')' | '》' | '」' | '』' | '】' | '〉' | ']' | '"' | '\'')
}

/// Opens a quotation or bracket.
pub fn opens(c: char) -> bool {
    matches!(c, '“' | '‘' | '（' | '(' | '《' | '「' | '『' | '【' | '〈' | '[')
}

/// What there is to read.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Amount {
    /// 汉字
    pub han: usize,
    /// words of other scripts and numbers: runs of letters and digits
    pub words: usize,
}

impl Amount {
    pub fn of(text: &str) -> Self {
        let mut amount = Self::default();
        let mut in_word = false;
        for c in text.chars() {
            let han = is_han(c);
            let word = !han && c.is_alphanumeric();
            amount.han += usize::from(han);
            amount.words += usize::from(word && !in_word);
            in_word = word;
        }
        amount
    }

    /// 字数: a 汉字 and a word each count as one.
    pub fn count(self) -> usize {
        self.han + self.words
    }

    /// Minutes to read, at least one where there is anything: 400 汉字 or 200 words a minute.
    pub fn minutes(self) -> usize {
        if self.count() == 0 {
            return 0;
        }
        // 汉字/400 + words/200, rounded up
        (self.han + 2 * self.words).div_ceil(400)
    }
}

/// The beginning of a text, at most about `limit` characters, ending where a sentence ends and never inside a quotation;
/// a text whose first sentence is longer is cut with an ellipsis.
pub fn excerpt(text: &str, limit: usize) -> String {
    let mut end = None;
    let mut depth = 0usize;
    let mut chars = text.char_indices().peekable();
    let mut seen = 0;
    while let Some((at, c)) = chars.next() {
        seen += 1;
        if seen > limit && end.is_some() {
            break;
        }
        if opens(c) {
            depth += 1;
        } else if closes(c) {
            depth = depth.saturating_sub(1);
        }
        let last = at + c.len_utf8();
        let sentence_done =
            ends_sentence(c) || (closes(c) && text[..at].chars().next_back().is_some_and(ends_sentence));
        let continues = chars.peek().is_some_and(|&(_, next)| ends_sentence(next) || closes(next));
        if depth == 0 && sentence_done && !continues && !is_inside_word(text, at, c) {
            end = Some(last);
        }
        if seen >= limit * 2 {
            break;
        }
    }
    match end {
        Some(end) => text[..end].to_owned(),
        None if text.chars().count() <= limit => text.to_owned(),
        None => cut(text, limit),
    }
}

/// An ASCII `!` or `?` inside an address or a word ends nothing.
fn is_inside_word(text: &str, at: usize, c: char) -> bool {
    c.is_ascii() && text[at + c.len_utf8()..].chars().next().is_some_and(|next| next.is_ascii_alphanumeric())
}

/// Cut at `limit` characters, back to the last comma-like mark where one is near, with an ellipsis.
fn cut(text: &str, limit: usize) -> String {
    let hard = text.char_indices().nth(limit).map_or(text.len(), |(at, _)| at);
    let head = &text[..hard];
    let soft =
        head.char_indices().rev().take(limit / 2).find(|(_, c)| matches!(c, '，' | '；' | '、' | ',' | ';' | ' '));
    let kept = soft.map_or(head, |(at, _)| &head[..at]);
    format!("{}……", kept.trim_end())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn counts_follow_the_formula() {
        let amount = Amount::of("产改 5 年，C919 首飞");
        assert_eq!((amount.han, amount.words), (5, 2));
        assert_eq!(Amount::of(&"工".repeat(401)).minutes(), 2);
        assert_eq!(Amount::of("").minutes(), 0);
    }

    #[test]
    fn an_excerpt_ends_with_a_sentence_outside_quotation() {
        let text = "他说：“学技能。有奔头。”大家都笑了。后来他又去比赛，拿了第一名。";
        assert_eq!(excerpt(text, 8), "他说：“学技能。有奔头。”");
        assert_eq!(excerpt(text, 22), "他说：“学技能。有奔头。”大家都笑了。");
        assert_eq!(excerpt("没有标点的一句话", 20), "没有标点的一句话");
        assert_eq!(excerpt(&"很长，".repeat(50), 10), "很长，很长，很长……");
    }
}
