//! Finds jumps: notes that a text continues on another page, `（下转第3版）`, or from one, `（上接第1版）`.

/// The byte at which a line's jump begins; 0 where the line is nothing else.
pub(crate) fn find_jump(text: &str) -> Option<usize> {
    let found = last_opening(text, &['（', '(', '【', '[', '▶', '▲']).filter(|&at| is_jump(&text[at..]));
    found.or_else(|| is_jump(text).then_some(0))
}

/// Characters of a jump with its marks, at most: the end of a long text alone is looked at.
const JUMP: usize = 24;

/// The byte of the last of these marks among the last characters of a text.
fn last_opening(text: &str, marks: &[char]) -> Option<usize> {
    text.char_indices().rev().take(JUMP).find(|(_, c)| marks.contains(c)).map(|(at, _)| at)
}

/// Brackets and signs around a jump.
pub(crate) const MARKS: &str = "（）()【】[]▶▲▼◀";

fn is_jump(text: &str) -> bool {
    let inner = text.trim_matches(|c: char| c.is_whitespace() || MARKS.contains(c));
    let direction =
        ["下转", "上接", "转第", "接第", "紧接", "未完待续", "续自"].iter().find_map(|start| inner.strip_prefix(start));
    // a bracket that closes inside is followed by other text
    let is_page =
        |rest: &str| rest.chars().count() <= 8 && rest.ends_with('版') && !rest.contains(|c| MARKS.contains(c));
    direction.is_some_and(|rest| rest.is_empty() || is_page(rest))
}

/// The text without a jump at its end or its start: `……。（下转第3版）`, `（上接第1版）……`.
pub(crate) fn without_jump(text: &str) -> &str {
    let text = match last_opening(text, &['（', '(', '【']) {
        Some(at) if is_jump(&text[at..]) => text[..at].trim_end(),
        _ => text,
    };
    if !text.starts_with(['（', '(', '【']) {
        return text;
    }
    match text.find(['）', ')', '】']) {
        Some(end) if is_jump(&text[..end]) => text[end..].trim_start_matches(['）', ')', '】', ' ']),
        _ => text,
    }
}

/// Whether a text begins with a note that it continues from another page: `（上接第1版）……`.
pub(crate) fn is_continued_from_elsewhere(text: &str) -> bool {
    let end = text.find(['）', ')', '】']).filter(|_| text.starts_with(['（', '(', '【']));
    end.is_some_and(|end| is_jump(&text[..end]) && !is_onward(&text[..end]))
}

/// Whether the jump of a text leads to another page (下转) and not from one (上接).
pub(crate) fn is_onward(text: &str) -> bool {
    let note = find_jump(text).map_or(text, |at| &text[at..]);
    note.contains('转') || note.contains("未完")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn jumps_are_found_alone_and_at_either_end() {
        assert_eq!(find_jump("（下转第3版）"), Some(0));
        assert_eq!(find_jump("(上接第一版)"), Some(0));
        assert_eq!(without_jump("做好服务。（下转第3版）"), "做好服务。");
        assert_eq!(without_jump("（上接第1版）工会干部"), "工会干部");
        assert_eq!(find_jump("全文结束（完）"), None);
        assert!(
            is_continued_from_elsewhere("（上接第1版）工会干部") && is_continued_from_elsewhere("(紧接第一版)好。")
        );
        assert!(!is_continued_from_elsewhere("（下转第3版）") && !is_continued_from_elsewhere("上接天、下接地"));
        for with_text in ["出（下转第2版）（上接第2版）版", "（上接第1版）好。", "（上接第1版）版"]
        {
            assert_eq!(find_jump(with_text), None, "{with_text}");
            assert!(without_jump(with_text).ends_with(with_text.chars().last().unwrap()), "{with_text}");
        }
        assert_eq!(without_jump("转版也是一种编辑手法"), "转版也是一种编辑手法");
    }
}
