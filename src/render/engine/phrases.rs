//! The filter `phrases`: lets a headline break between its phrases, and where a phrase is too long for a line, between its words.
//!
//! Chinese headlines separate their phrases by a space (`从方向盘到摇杆 网约车司机考下飞手证`) or a comma, but a browser breaks a
//! line between any two characters. The filter wraps each phrase in an element, which the style sheet can keep on one line, and writes
//! `<wbr>` between words: the style sheet permits no other breaks in a text that has them.

use crate::text::han::{is_chinese, is_han};
use crate::text::words::breaks::break_opportunities;
use std::cell::RefCell;
use std::collections::HashMap;
use std::rc::Rc;
use tera::{Kwargs, State, TeraResult, Value};

/// Phrases whose breaks a thread remembers.
const REMEMBERED: usize = 4096;

thread_local! {
    /// The breaks of phrases that this thread has seen: a headline stands in a dozen lists, and dividing it into words takes longer than
    /// all else that the filter does.
    static BREAKS: RefCell<HashMap<String, Rc<[usize]>, ahash::RandomState>> = RefCell::default();
}

/// The filter: `{{ a.title | phrases }}` is HTML if the text has several phrases or words, and else the text itself.
///
/// # Errors
/// Those of the engine's escaping.
pub(crate) fn phrases(text: &str, _: Kwargs, state: &State<'_>) -> TeraResult<Value> {
    let parts = split_phrases(text);
    if parts.len() < 2 {
        return Ok(Value::safe_string(&with_breaks(text, state)?));
    }
    let mut html = String::with_capacity(2 * text.len());
    for part in parts {
        let phrase = part.trim_end_matches(' ');
        let space = &part[phrase.len()..];
        html += &format!("<span class=\"phrase\">{}</span>{space}", with_breaks(phrase, state)?);
    }
    Ok(Value::safe_string(&html))
}

/// A phrase with `<wbr>` where it may break, escaped.
fn with_breaks(phrase: &str, state: &State<'_>) -> TeraResult<String> {
    let mut html = String::with_capacity(2 * phrase.len());
    let mut from = 0;
    for &at in remembered_breaks(phrase).iter() {
        html += &state.escape(&phrase[from..at])?;
        html += "<wbr>";
        from = at;
    }
    html += &state.escape(&phrase[from..])?;
    Ok(html)
}

/// The offsets at which a phrase may break.
fn remembered_breaks(phrase: &str) -> Rc<[usize]> {
    BREAKS.with_borrow_mut(|remembered| {
        if let Some(breaks) = remembered.get(phrase) {
            return breaks.clone();
        }
        if remembered.len() >= REMEMBERED {
            remembered.clear();
        }
        let breaks: Rc<[usize]> = break_opportunities(phrase).into();
        remembered.insert(phrase.to_owned(), breaks.clone());
        breaks
    })
}

/// The phrases of a text, each with the comma or space that ends it. A space separates phrases if it has Chinese on both sides;
/// one beside a Latin word is part of the sentence.
fn split_phrases(text: &str) -> Vec<&str> {
    let mut parts = Vec::new();
    let mut from = 0;
    for (at, c) in text.char_indices() {
        let end = at + c.len_utf8();
        let is_separator = match c {
            ' ' => text[..at].ends_with(is_chinese),
            _ => matches!(c, '，' | '；' | '：' | '？' | '！'),
        };
        // a closing quotation mark after the separator belongs to the phrase before it
        if is_separator && text[end..].starts_with(|next| is_han(next) || matches!(next, '“' | '‘' | '《')) {
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
    fn a_space_between_chinese_separates_phrases() {
        let two = "<span class=\"phrase\">旺季<wbr>不抢人</span> <span class=\"phrase\">“淡季”不赶人</span>";
        assert_eq!(shown("旺季不抢人 “淡季”不赶人"), two);
    }

    #[test]
    fn a_comma_separates_phrases_unless_a_quotation_ends_there() {
        assert_eq!(
            shown("下料，船造好了"),
            "<span class=\"phrase\">下料，</span><span class=\"phrase\">船造好了</span>"
        );
        assert_eq!(shown("听懂机器"), "听懂<wbr>机器");
        assert_eq!(shown("“谁来教？”"), "“谁来教？”");
    }

    #[test]
    fn other_spaces_do_not_separate_phrases() {
        for text in ["把台阶走实", "用 AI 看布", "Press digest", "甲  乙", " 甲", ""] {
            assert_eq!(shown(text), text);
        }
    }

    #[test]
    fn printed_markup_is_escaped() {
        assert_eq!(shown("<b>"), "&lt;b&gt;");
        assert_eq!(
            shown("<b>甲 乙&"),
            "<span class=\"phrase\">&lt;b&gt;甲</span> <span class=\"phrase\">乙&amp;</span>"
        );
    }
}
