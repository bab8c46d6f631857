//! Sentence boundaries in the lines of a page: lines break anywhere, and only punctuation shows where sentences end.

use crate::import::lexicon::credits::parse_credit;
use crate::import::lexicon::jumps::without_jump;
use crate::import::lexicon::people::parse_signature;
use crate::import::lexicon::sentences::continuation::depth;
use crate::text::han::{closes, ends_clause, ends_sentence, is_han};

/// How a line ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum LineEnd {
    /// 。！？ or …, with the marks that may close behind it
    Sentence,
    /// ，、；：, of any width
    Clause,
    /// the last character ends nothing
    Open,
}

/// How a line ends, apart from a jump behind it.
pub(crate) fn line_end(text: &str) -> LineEnd {
    let text = without_jump(text);
    match text.trim_end_matches(closes).chars().next_back() {
        Some(last) if ends_sentence(last) || last == '.' && text.is_ascii() => LineEnd::Sentence,
        // brackets may stand behind the end of the last sentence: …。（高梅）
        _ if ends_with_note(text) => LineEnd::Sentence,
        Some(last) if ends_clause(last) || matches!(last, ',' | ';' | ':') => LineEnd::Clause,
        _ => LineEnd::Open,
    }
}

/// Whether a line of text stops in mid-sentence. (A headline always seems to.)
pub(crate) fn stops_mid_sentence(text: &str) -> bool {
    line_end(text) != LineEnd::Sentence
}

/// `…。（高梅）`, `…。 本报记者 X 摄`
fn ends_with_note(text: &str) -> bool {
    if let Some(credit) = parse_credit(text) {
        return credit.start > 0;
    }
    let Some(open) = text.rfind(['（', '(']) else { return false };
    let before = text[..open].trim_end();
    // （高梅） on a line of its own signs the text above it
    text.ends_with(['）', ')'])
        && (before.ends_with(|c| ends_sentence(c) || c == '”') || before.is_empty() && parse_signature(text).is_some())
}

/// A sentence, or a part of one that ends with ；, ends before the last characters.
pub(crate) fn has_inner_end(text: &str) -> bool {
    let last = text.trim_end_matches(|c| closes(c) || ends_sentence(c)).len();
    text.char_indices().any(|(at, c)| at < last && matches!(c, '。' | '；' | '！' | '？'))
}

/// A comma or semicolon, of any width.
pub(crate) fn has_comma(text: &str) -> bool {
    let chars: Vec<char> = text.chars().collect();
    // 产品,运往: of half width between 汉字
    let between_han = chars.windows(3).any(|w| w[1] == ',' && is_han(w[0]) && is_han(w[2]));
    text.contains(['，', '；']) || text.contains(", ") || between_han
}

/// A quotation or bracket stays open, or is closed that was never opened.
pub(crate) fn is_unbalanced(text: &str) -> bool {
    let mut open = 0;
    for c in text.chars() {
        match c {
            '“' | '《' | '（' | '(' => open += 1,
            '”' | '》' | '）' | ')' => open -= 1,
            _ => {}
        }
        if open < 0 {
            return true;
        }
    }
    depth(text) > 0 || open > 0
}

/// Begins with what only occurs inside a sentence.
pub(crate) fn starts_inside_sentence(text: &str) -> bool {
    /// Characters that no sentence begins with, …
    const INNER: &str = "，、。；：）》”’,;)%的了们着";
    /// … but for these words.
    const WORDS: [&str; 4] = ["了解", "的确", "着力", "着眼"];
    text.starts_with(|c| INNER.contains(c)) && !WORDS.iter().any(|word| text.starts_with(word))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn whole_sentences_end_and_cut_ones_stay_open() {
        for whole in [
            "工作走深走实。",
            "他说：“好！”",
            "看得懂数据。（高梅）",
            "全线贯通。 本报记者 孙璐 摄",
            "做好服务。（下转第3版）",
        ] {
            assert!(!stops_mid_sentence(whole), "{whole}");
        }
        for cut in ["来自各地的山歌爱", "接着，", "百日千", "新增企业30家（含外资）"] {
            assert!(stops_mid_sentence(cut), "{cut}");
        }
    }
}
