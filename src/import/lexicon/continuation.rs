//! Scores how well one line continues the sentence that another stops in, and how well a line opens a paragraph.
//!
//! Where a column ends in mid-sentence, the cut often goes through a word: 「…的山歌爱」「好者们…」. The score adds what the
//! characters on either side of the cut show; its parts were set by hand, in the unit of the label weights.

use crate::import::lexicon::surnames::is_surname;
use crate::import::lexicon::words::is_word;
use crate::text::han::is_han;
use std::collections::HashMap;
use std::sync::LazyLock;

/// How well `after` continues the sentence that `before` stops in: above 1 it does so as good as certainly, below −1 it
/// begins something new. Both are lines of a page, not empty.
pub(crate) fn continuation_score(before: &str, after: &str) -> f64 {
    let (Some(last), Some(first)) = (before.chars().next_back(), after.chars().next()) else { return 0.0 };
    let numbers = last.is_ascii_digit() && (first.is_ascii_digit() || first == '.' || first == '%');
    let latin = last.is_ascii_alphabetic() && first.is_ascii_alphabetic();
    if numbers || latin {
        return 3.0;
    }
    let numbered = after.starts_with(|c: char| c.is_ascii_digit() || "一二两三四五六七八九十百千万".contains(c));
    starts_inside(first)
        + word_across(before, after)
        + expects_more(last)
        + starts_sentence(after)
        + quotes(before, after)
        + if is_last_word(after) { 1.5 } else { 0.0 }
        + if is_short_rest(after) { 0.7 } else { 0.0 }
        + if last == '出' && numbered { 0.6 } else { 0.0 }
}

/// Characters of a sentence that is too short to open a paragraph.
const SHORT_SENTENCE: usize = 6;

/// `等了四天。如今，…`: few characters and a full stop.
fn is_short_rest(after: &str) -> bool {
    after.chars().take(SHORT_SENTENCE + 1).position(|c| c == '。').is_some_and(|at| after.chars().take(at).all(is_han))
}

/// `价。街道…`, `人，其中…`: one character that ends its sentence or clause.
fn is_last_word(after: &str) -> bool {
    let mut chars = after.chars();
    chars.next().is_some_and(is_han) && matches!(chars.next(), Some('，' | '、' | '。' | '；' | ','))
}

/// Characters that begin a line inside a sentence, and how surely.
fn starts_inside(first: char) -> f64 {
    match first {
        '，' | '、' | '。' | '；' | '：' | '）' | '》' | '”' | '’' | '！' | '？' | ',' | ';' | ')' | '%' => {
            4.0
        }
        '的' | '了' | '们' | '着' | '过' | '地' | '得' | '性' | '化' | '及' | '之' | '者' | '率' | '型' => {
            2.0
        }
        '上' | '下' | '里' | '内' | '中' | '来' | '起' | '到' | '出' | '成' => 0.6,
        '和' | '与' | '或' | '而' | '则' | '等' | '员' | '度' | '量' | '级' | '业' | '费' | '务' | '部' | '区' => {
            1.2
        }
        _ => 0.0,
    }
}

/// A word across the cut, against words that end before it or begin after it.
fn word_across(before: &str, after: &str) -> f64 {
    let mut left = before.chars().rev();
    let mut right = after.chars();
    let (Some(b1), Some(a1)) = (left.next(), right.next()) else { return 0.0 };
    let ends = left.next().is_some_and(|b2| is_word(b2, b1));
    let begins = right.next().is_some_and(|a2| is_word(a1, a2));
    match (is_word(b1, a1), ends, begins) {
        (true, false, false) => 2.5,
        (true, true, false) | (true, false, true) => 1.2,
        (true, true, true) => 0.3,
        (false, false, false) => 0.2,
        (false, true, true) => -0.2,
        (false, _, _) => 0.0,
    }
}

/// Characters that no sentence ends with, and how surely.
fn expects_more(last: char) -> f64 {
    match last {
        '的' | '和' | '与' | '在' | '对' | '为' | '把' | '被' | '从' | '向' | '以' | '及' | '将' | '让' | '使'
        | '、' | '，' | '；' | '“' | '《' | '（' | '‘' | ',' => 1.0,
        _ if last.is_ascii_digit() => 0.6,
        _ => 0.0,
    }
}

/// Words that newspapers open paragraphs with.
const OPENINGS: &str = "\
    近日 日前 前不久 不久前 连日来 近期 近年来， 近年来 今年 去年 目前 眼下 据 记者 本报讯 新华社 截至 \
    此外 同时 与此同时 下一步 为了 为进一步 在 当天 当前 这 他 她 “ 一是 二是 三是 首先 其次 不仅 除了 \
    随着 针对 如今 作为 根据 围绕 通过 自 从 本周 今天 昨天 数据显示 下一";

/// The openings by their first characters: every line is compared with them several times.
static OPENINGS_BY_FIRST: LazyLock<HashMap<char, Vec<&'static str>>> = LazyLock::new(|| {
    let mut by_first: HashMap<char, Vec<&str>> = HashMap::new();
    for opening in OPENINGS.split(' ') {
        by_first.entry(opening.chars().next().unwrap_or(' ')).or_default().push(opening);
    }
    by_first
});

/// Openings of one character that stand inside sentences as well.
const WEAK: &[char] = &['在', '这', '他', '她', '自', '从', '据'];

fn starts_sentence(after: &str) -> f64 {
    let openings = after.chars().next().and_then(|first| OPENINGS_BY_FIRST.get(&first));
    let opening = openings.into_iter().flatten().filter(|opening| after.starts_with(**opening));
    match opening.map(|opening| opening.chars().count()).max() {
        Some(1) if after.starts_with(WEAK) => -0.8,
        Some(_) => -1.5,
        None if starts_with_year(after) => -1.5,
        None => 0.0,
    }
}

/// How well a text opens a paragraph: 1 with an opening that newspapers use, 0 with a word, less with what hardly opens one.
pub(crate) fn opening_score(text: &str) -> f64 {
    let mut chars = text.chars();
    let (Some(first), Some(second)) = (chars.next(), chars.next()) else { return 0.0 };
    let inside = starts_inside(first);
    // 清，只能凭经验摸。”: one character and a comma, or a quotation that ends without having begun
    let cut =
        matches!(second, '，' | '、' | ',' | '；' | '。') || first == '0' || closes_first(text) || rest_of_number(text);
    if cut {
        -1.6
    } else if starts_sentence(text) < 0.0 {
        1.0
    } else if inside > 1.5 && !is_word(first, second) {
        -inside
    } else if is_short_rest(text) {
        -0.5
    } else if is_han(first) && is_han(second) && !is_word(first, second) && !is_surname(first) {
        -0.8
    } else {
        0.0
    }
}

/// `4000元，…`, `3%，…`: a number with its unit, and a comma.
fn rest_of_number(text: &str) -> bool {
    let rest = text.trim_start_matches(|c: char| c.is_ascii_digit() || c == '.');
    let mut rest = rest.chars();
    let unit = rest.next().is_some_and(|c| "元%％万亿个名人件吨米倍".contains(c));
    text.starts_with(|c: char| c.is_ascii_digit())
        && unit
        && matches!(rest.next(), Some('，' | '、' | '。' | '；' | ','))
}

/// Whether a text opens as sentences do, and headlines do not.
pub(crate) fn opens_sentence(text: &str) -> bool {
    // 在冰天雪地中感受速度与乐趣 may be a heading: a short preposition alone is no sign
    let weak = text.starts_with(WEAK) && !text.contains(['，', ',', '。']);
    starts_sentence(text) < 0.0 && !weak && !text.starts_with('“') || opens_with_clause(text)
}

/// Characters of a headline behind its comma, at most.
const HEADLINE_REST: usize = 9;

/// `2018年以来，…`, `本科毕业后，…`: a clause of time or place, and a comma.
fn opens_with_clause(text: &str) -> bool {
    const ENDS: &[&str] =
        &["后", "以来", "时", "之前", "期间", "过程中", "之际", "之后", "中", "里", "上", "下", "表示", "说", "介绍"];
    let Some(comma) = text.find(['，', ',']) else { return false };
    let clause = &text[..comma];
    // 四点半以后，孩子交给工会 is a headline: little follows, and no end
    let is_sentence = text[comma..].chars().count() > HEADLINE_REST || text.ends_with('。');
    is_sentence && (4..=24).contains(&clause.chars().count()) && ENDS.iter().any(|end| clause.ends_with(end))
}

/// `2024年`, `3月`: paragraphs open so.
fn starts_with_year(after: &str) -> bool {
    let digits = after.bytes().take_while(u8::is_ascii_digit).count();
    (1..=4).contains(&digits) && after[digits..].starts_with(['年', '月'])
}

/// A quotation or bracket open at the end of `before` and closed early in `after`; or closed there without being open.
fn quotes(before: &str, after: &str) -> f64 {
    match (depth(before) > 0, closes_first(after)) {
        (true, true) => 2.5,
        (true, false) => -0.5,
        (false, true) => -1.5,
        (false, false) => 0.0,
    }
}

/// Quotations and brackets left open at the end of a text.
pub(crate) fn depth(text: &str) -> i32 {
    let step = |c: char| match c {
        '“' | '《' | '（' => 1,
        '”' | '》' | '）' => -1,
        _ => 0,
    };
    text.chars().fold(0, |depth, c| (depth + step(c)).max(0))
}

/// A closing mark stands before any opening one.
fn closes_first(text: &str) -> bool {
    text.chars().find_map(|c| match c {
        '“' | '《' | '（' => Some(false),
        '”' | '》' | '）' => Some(true),
        _ => None,
    }) == Some(true)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_continues_a_cut_word_number_or_quotation() {
        for (before, after) in [
            ("来自各地的山歌爱", "好者们身着盛装，载歌载舞"),
            ("当地组织300", "0多人开展排查"),
            ("持续开展“局长进校园”“百日千", "万招聘专项行动”。目前，已举办"),
            ("他走进车间，为工友们送去了清凉饮料和", "防暑药品，还讲解了急救知识。"),
        ] {
            assert!(continuation_score(before, after) > 1.0, "{before}|{after}: {}", continuation_score(before, after));
        }
        for (before, after) in [
            ("他走进车间，看到了新的设备", "近日，市总工会印发通知"),
            ("今年工会把服务送到了车间", "2024年，全国新增就业"),
        ] {
            assert!(continuation_score(before, after) < 0.0, "{before}|{after}: {}", continuation_score(before, after));
        }
    }
}
