//! Scores how well a line opens a paragraph, and recognises what sentences open with.

use crate::import::lexicon::sentences::continuation::closes_first;
use crate::import::ngram::model::NGRAMS;
use std::collections::HashMap;
use std::sync::LazyLock;

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

/// The scores of a text that opens a paragraph as newspapers do, and of the rest of a sentence.
const OPENS: f64 = 1.0;
const IS_REST: f64 = -1.6;
/// What turns the model's log-odds of an opening into a score.
const OPENING_UNIT: f64 = 0.3;

/// How well a text opens a paragraph: 1 with an opening that newspapers use, 0 where nothing shows it, less with what hardly opens one.
pub(crate) fn opening_score(text: &str) -> f64 {
    let mut chars = text.chars();
    let (Some(first), Some(second)) = (chars.next(), chars.next()) else { return 0.0 };
    // 清，只能凭经验摸。”: one character and a comma, or a quotation that ends without having begun
    let is_rest =
        matches!(second, '，' | '、' | ',' | '；' | '。') || first == '0' || closes_first(text) || rest_of_number(text);
    if is_rest {
        IS_REST
    } else if starts_sentence(text) < 0.0 {
        OPENS
    } else {
        (OPENING_UNIT * NGRAMS.opening(text)).clamp(IS_REST, OPENS)
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

/// Characters in which the first paragraph of a story says when it happened.
const STORY: usize = 24;
/// Log-odds of a story's first paragraph against a later one, by its first words: counted on 3,800 articles laid out from 1,066 of
/// 人民日报 (three days in five). One that says when: 近日, 1月3日; that a person speaks; that refers to what stands above; any other.
const WHEN: f64 = 1.0;
const SPEAKS: f64 = -1.7;
const QUOTES: f64 = -1.1;
const REFERS: f64 = -3.0;
const OTHERWISE: f64 = -0.3;

/// How the first words of a paragraph tell the first of a story from a later one, in log-odds.
pub(crate) fn story_opening(text: &str) -> f64 {
    const RECENTLY: [&str; 8] = ["近日", "日前", "连日来", "前不久", "不久前", "近期", "最近", "新近"];
    const REFERRING: [&str; 30] = [
        "此外",
        "同时",
        "另外",
        "而",
        "但",
        "然而",
        "因此",
        "其中",
        "对此",
        "与此同时",
        "于是",
        "可是",
        "不过",
        "据介绍",
        "据了解",
        "据悉",
        "当然",
        "首先",
        "其次",
        "最后",
        "这",
        "它",
        "他",
        "她",
        "那",
        "在此",
        "为此",
        "所以",
        "由此",
        "总之",
    ];
    const SPEAKING: [&str; 7] = ["说", "指出", "强调", "表示", "认为", "介绍", "告诉"];
    let end = text.char_indices().nth(STORY).map_or(text.len(), |(at, _)| at);
    let start = &text[..end];
    let subject = start.split(['，', '。', ',', '：', ':']).next().unwrap_or(start);
    if REFERRING.iter().any(|word| start.starts_with(word)) {
        REFERS
    } else if names_day(start) || RECENTLY.iter().any(|word| start.contains(word)) {
        WHEN
    } else if start.starts_with('“') {
        QUOTES
    } else if SPEAKING.iter().any(|verb| subject.ends_with(verb)) {
        SPEAKS
    } else {
        OTHERWISE
    }
}

/// `1月3日`, `三月初`, `3日上午`
fn names_day(text: &str) -> bool {
    let is_number = |c: char| c.is_ascii_digit() || "一二三四五六七八九十".contains(c);
    let behind_number = |at: usize| text[..at].ends_with(is_number);
    let opens_day = |rest: &str| rest.starts_with(|c: char| is_number(c) || "上中下初底".contains(c));
    text.match_indices('月').any(|(at, month)| behind_number(at) && opens_day(&text[at + month.len()..]))
        || text.match_indices('日').any(|(at, _)| text[..at].ends_with(|c: char| c.is_ascii_digit()))
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_paragraph_of_a_story_says_when() {
        for text in
            ["近日，东湾渡口换了新灯。", "在东湾渡口，3月6日换上了新灯。", "三月初，渡口换了新灯。", "日前换上的新灯"]
        {
            assert!(story_opening(text) > 0.0, "{text}");
        }
    }

    #[test]
    fn a_later_paragraph_refers_to_what_stands_above() {
        for text in ["此外，3月6日换的灯还没有验收。", "他说，灯换得及时。", "守塔人说，灯换得及时。", "“灯换得及时。”"]
        {
            assert!(story_opening(text) < -1.0, "{text}");
        }
        let plain = story_opening("渡口的灯换了三回。");
        assert!((-1.0..0.0).contains(&plain), "{plain}");
    }
}
