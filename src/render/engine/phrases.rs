//! A headline is broken between its phrases.
//!
//! Chinese headlines part their phrases with a space (`从方向盘到摇杆 网约车司机考下飞手证`) or a comma, and a browser breaks a
//! line between any two characters. The filter `phrases` marks each phrase, so that the style sheet can keep it on one line
//! where it fits. The text is the same: who copies, searches or listens notices nothing.

use crate::text::han::{is_han, is_han_punctuation};
use tera::{Kwargs, State, TeraResult, Value};

/// The filter: `{{ a.title | phrases }}` is HTML where the text has phrases, and the text where it has one.
///
/// # Errors
/// None of its own: what the engine says when it escapes.
pub(crate) fn phrases(text: &str, _: Kwargs, state: &State<'_>) -> TeraResult<Value> {
    let parts = parted(text);
    if parts.len() < 2 {
        return Ok(Value::from(text));
    }
    let mut html = String::with_capacity(2 * text.len());
    for part in parts {
        let phrase = part.trim_end_matches(' ');
        let space = &part[phrase.len()..];
        html += &format!("<span class=\"phrase\">{}</span>{space}", state.escape(phrase)?);
    }
    Ok(Value::safe_string(&html))
}

/// The text as phrases, each with the comma or space that ends it. A space parts phrases where it has Chinese on both
/// sides; one beside a Latin word is part of the sentence.
fn parted(text: &str) -> Vec<&str> {
    let chinese = |c: char| is_han(c) || is_han_punctuation(c);
    let mut parts = Vec::new();
    let mut from = 0;
    for (at, c) in text.char_indices() {
        let end = at + c.len_utf8();
        let parts_here = match c {
            ' ' => text[..at].ends_with(chinese),
            _ => matches!(c, '，' | '；' | '：' | '？' | '！'),
        };
        // what closes a phrase stays with it
        if parts_here && text[end..].starts_with(|next| is_han(next) || matches!(next, '“' | '‘' | '《')) {
            parts.push(&text[from..end]);
            from = end;
        }
    }
    parts.push(&text[from..]);
    parts
}

#[cfg(test)]
mod tests {
    use super::*;
    use tera::{Tera, context};

    fn shown(text: &str) -> String {
        let mut engine = Tera::new();
        engine.register_filter("phrases", phrases);
        engine.add_raw_template("x.html", "{{ text | phrases }}").unwrap();
        engine.render("x.html", &context! { text => text }).unwrap()
    }

    #[test]
    fn a_space_between_chinese_parts_phrases() {
        let two = "<span class=\"phrase\">旺季不抢人</span> <span class=\"phrase\">“淡季”不赶人</span>";
        assert_eq!(shown("旺季不抢人 “淡季”不赶人"), two);
    }

    #[test]
    fn so_does_a_comma_and_what_closes_stays_before_the_break() {
        assert_eq!(
            shown("下料，船造好了"),
            "<span class=\"phrase\">下料，</span><span class=\"phrase\">船造好了</span>"
        );
        assert_eq!(shown("“谁来教？”"), "“谁来教？”");
    }

    #[test]
    fn other_spaces_are_left_as_they_are() {
        for text in ["把台阶走实", "用 AI 看布", "Press digest", "甲  乙", " 甲", ""] {
            assert_eq!(shown(text), text);
        }
    }

    #[test]
    fn what_a_page_printed_stays_text() {
        assert_eq!(shown("<b>"), "&lt;b&gt;");
        assert_eq!(
            shown("<b>甲 乙&"),
            "<span class=\"phrase\">&lt;b&gt;甲</span> <span class=\"phrase\">乙&amp;</span>"
        );
    }
}
