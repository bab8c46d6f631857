//! The key figures of an article: sentences with a number and what it counts.
//!
//! 1. cut each paragraph into sentences, and read the [`numbers`] of each
//! 2. weigh a number: how great it is, how far it reaches (全国, 全省), whether it sums something up (累计, 覆盖), whether
//!    the sentence speaks of a theme the article is filed under
//! 3. keep the few that weigh most, with as much of their sentence as stands in a line or two
//!
//! A number in somebody's speech, or in a sentence about the weather, says less; such sentences weigh less or nothing.

use crate::config::themes::Theme;
use crate::content::plain_text::{Paragraph, ParagraphRole};
use crate::extract::dateline::dateline;
use crate::extract::numbers::{Counts, Number, numbers};
use crate::text::han::{closes, ends_sentence};
use aho_corasick::AhoCorasick;
use serde::{Deserialize, Serialize};
use std::ops::Range;

/// Figures that are kept of an article.
pub(crate) const KEPT: usize = 3;
/// Characters of a figure's words; a longer sentence is cut to the clauses around its number.
const LONGEST: usize = 64;
/// Stands for the clauses that are left out.
const LEFT_OUT: &str = "……";
/// From here on a number is a key figure.
const ENOUGH: u16 = 80;
/// Weight from which a term of site.toml tells of its theme.
const TELLING: f64 = 2.0;

/// A key figure.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Figure {
    /// the sentence, or the part of it that is around the number
    pub(crate) text: Box<str>,
    /// bytes of the number with its measure word in `text`
    pub(crate) from: u16,
    pub(crate) to: u16,
    /// the number of its paragraph in the body
    pub(crate) paragraph: u16,
    /// what it says beside others: ten for each power of ten, and more
    pub(crate) weight: u16,
}

impl Figure {
    /// What stands before the number, the number, and what stands after it.
    pub(crate) fn parts(&self) -> (&str, &str, &str) {
        let (from, to) = (usize::from(self.from), usize::from(self.to));
        (&self.text[..from], &self.text[from..to], &self.text[to..])
    }
}

/// Words that say how far a number reaches.
const REACH: &[(&str, u16)] = &[
    ("全国", 30),
    ("全省", 20),
    ("全市", 15),
    ("全区", 12),
    ("全县", 12),
    ("全系统", 12),
    ("全行业", 15),
    ("各地", 10),
];
/// Words that say that a number sums something up, or tells what came of something.
const SUMS: &[&str] = &[
    "累计", "总数", "总量", "共有", "共建", "已有", "达到", "超过", "突破", "惠及", "覆盖", "吸纳", "建成", "新增",
    "占比", "同比", "增长", "提升", "下降", "培训", "带动", "发放", "服务",
];
/// Words of sentences whose numbers no digest is kept for.
const WEATHER: &[&str] = &["气温", "降雨", "阵风", "摄氏", "降温", "台风"];

/// Draws key figures.
#[derive(Debug, Clone)]
pub(crate) struct Drawer {
    terms: AhoCorasick,
    /// for each term, the ids of the themes that it tells of
    tells: Vec<Vec<String>>,
}

impl Drawer {
    pub(crate) fn new(themes: &[Theme]) -> Self {
        let mut words: Vec<&str> = Vec::new();
        let mut tells: Vec<Vec<String>> = Vec::new();
        for theme in themes {
            for (word, _) in theme.terms.iter().filter(|(_, weight)| **weight >= TELLING) {
                words.push(word);
                tells.push(vec![theme.id.clone()]);
            }
        }
        let terms = AhoCorasick::builder().prefilter(false).build(&words).unwrap_or_else(|_| {
            let none: [&str; 0] = [];
            AhoCorasick::new(none).expect("an automaton of nothing is within every limit")
        });
        Self { terms, tells }
    }

    /// The key figures of an article that is filed under `themes`, in reading order.
    pub(crate) fn figures(&self, themes: &[String], paragraphs: &[Paragraph]) -> Box<[Figure]> {
        let mut found: Vec<Figure> = Vec::new();
        for paragraph in
            paragraphs.iter().filter(|paragraph| paragraph.role == ParagraphRole::Text && paragraph.number > 0)
        {
            let text = &paragraph.text[dateline(&paragraph.text).end..];
            for sentence in sentences(text) {
                found.extend(self.best_of(&text[sentence], themes, paragraph.number));
            }
        }
        // the heaviest; of equal ones the first
        found.sort_by(|a, b| b.weight.cmp(&a.weight).then(a.paragraph.cmp(&b.paragraph)));
        found.truncate(KEPT);
        found.sort_by_key(|figure| figure.paragraph);
        found.into()
    }

    /// The number of a sentence that says most, if it says enough.
    fn best_of(&self, sentence: &str, themes: &[String], paragraph: usize) -> Option<Figure> {
        let numbers = numbers(sentence);
        let best = numbers.iter().max_by(|a, b| worth(a).cmp(&worth(b)).then(b.span.start.cmp(&a.span.start)))?;
        if WEATHER.iter().any(|word| sentence.contains(word)) {
            return None;
        }
        let reach = REACH.iter().filter(|(word, _)| sentence.contains(word)).map(|&(_, weight)| weight).max();
        let sums = SUMS.iter().any(|word| sentence.contains(word));
        let spoken = sentence.contains('“') && sentence.contains(['我', '您', '你', '咱']);
        let weight =
            worth(best) + reach.unwrap_or(0) + u16::from(sums) * 15 + u16::from(self.tells(sentence, themes)) * 25;
        let weight = weight.saturating_sub(u16::from(spoken) * 40);
        if weight < ENOUGH {
            return None;
        }
        let shown = around(sentence, &best.span);
        let before = if shown.start > 0 { LEFT_OUT } else { "" };
        let after = if shown.end < trimmed(sentence, 0..sentence.len()).end { LEFT_OUT } else { "" };
        let at = |byte: usize| u16::try_from(before.len() + byte - shown.start).ok();
        Some(Figure {
            text: format!("{before}{}{after}", &sentence[shown.clone()]).into(),
            from: at(best.span.start)?,
            to: at(best.span.end)?,
            paragraph: u16::try_from(paragraph).ok()?,
            weight,
        })
    }

    /// Whether a sentence speaks of one of these themes.
    fn tells(&self, sentence: &str, themes: &[String]) -> bool {
        let mut found = self.terms.find_overlapping_iter(sentence);
        found.any(|term| self.tells[term.pattern().as_usize()].iter().any(|theme| themes.contains(theme)))
    }
}

/// What a number says by itself: ten for each power of ten, money a little less, a part of a whole as much as some hundreds.
fn worth(number: &Number) -> u16 {
    let size = (number.value.max(1.0).log10() * 10.0).min(90.0) as u16;
    match number.counts {
        Counts::Share => 35,
        Counts::Money => size.saturating_sub(15),
        Counts::People | Counts::Things => size + 20,
    }
}

/// The sentences of a text, with the marks that end them, trimmed.
fn sentences(text: &str) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    let mut from = 0;
    let mut ended = false;
    let mut push = |range: Range<usize>| {
        let own = &text[range.clone()];
        let start = range.start + own.len() - own.trim_start().len();
        if !own.trim().is_empty() {
            found.push(start..start + own.trim().len());
        }
    };
    for (at, c) in text.char_indices() {
        if ended && !ends_sentence(c) && !closes(c) {
            push(from..at);
            from = at;
            ended = false;
        }
        ended |= ends_sentence(c) || matches!(c, '；' | ';');
    }
    push(from..text.len());
    found
}

/// What is shown of a sentence: all of it, or the clauses around the number that fit, those before it first, since they say
/// what is counted by whom.
fn around(sentence: &str, number: &Range<usize>) -> Range<usize> {
    let clauses = clauses(sentence);
    let length = |range: &Range<usize>| sentence[range.clone()].chars().count();
    let (first, last) = (
        clauses.iter().position(|clause| clause.end > number.start).unwrap_or(0),
        clauses.iter().position(|clause| clause.end >= number.end).unwrap_or(0),
    );
    let mut shown = clauses[first].start..clauses[last].end;
    for clause in clauses[..first].iter().rev() {
        let wider = clause.start..shown.end;
        if length(&wider) > LONGEST {
            break;
        }
        shown = wider;
    }
    for clause in &clauses[last + 1..] {
        let wider = shown.start..clause.end;
        if length(&wider) > LONGEST {
            break;
        }
        shown = wider;
    }
    trimmed(sentence, shown)
}

/// The clauses of a sentence, each with the mark that ends it; at least one.
fn clauses(sentence: &str) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    let mut from = 0;
    for (at, c) in sentence.char_indices().filter(|(_, c)| matches!(c, '，' | '：' | '；' | ';')) {
        found.push(from..at + c.len_utf8());
        from = at + c.len_utf8();
    }
    if from < sentence.len() || found.is_empty() {
        found.push(from..sentence.len());
    }
    found
}

/// Without white space, or a comma at the end.
fn trimmed(text: &str, range: Range<usize>) -> Range<usize> {
    let own = text[range.clone()].trim_end_matches(['，', '：', '；', ';', ' ']);
    let start = range.start + own.len() - own.trim_start().len();
    start..range.start + own.len()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::content::plain_text::paragraphs;
    use proptest::prelude::*;

    fn drawer() -> Drawer {
        let theme = Theme { id: "服务".into(), terms: [("工会驿站".to_owned(), 4.5)].into(), ..Theme::default() };
        Drawer::new(&[theme])
    }

    fn drawn(body: &str) -> Vec<(String, String, u16)> {
        let figures = drawer().figures(&["服务".to_owned()], &paragraphs(body));
        figures.iter().map(|f| (f.text.to_string(), f.parts().1.to_owned(), f.paragraph)).collect()
    }

    #[test]
    fn a_sentence_with_a_telling_number_is_a_key_figure() {
        let body = "春天来了。\n\n## 数字\n\n据统计，全省已建成7010个工会驿站，天天有人来。门口有3个凳子。";
        let told = "据统计，全省已建成7010个工会驿站，天天有人来。";
        assert_eq!(drawn("本报讯（记者甲）全市新增1200个工会驿站。")[0].0, "全市新增1200个工会驿站。");
        assert_eq!(drawn(body), [(told.to_owned(), "7010个".to_owned(), 2)]);
    }

    #[test]
    fn the_heaviest_are_kept_and_stand_in_reading_order() {
        let body = "全国培训34.5万名骑手。\n\n全市新增1200个工会驿站。\n\n全省共有5000个工会驿站。\n\n全国共有80000个工会驿站。";
        let numbers: Vec<String> = drawn(body).into_iter().map(|(_, number, _)| number).collect();
        assert_eq!(numbers, ["34.5万名", "5000个", "80000个"]);
    }

    #[test]
    fn small_talk_and_the_weather_are_left_out() {
        assert_eq!(drawn("班组里有12名徒弟。他花了1200元。"), []);
        assert_eq!(drawn("全省气温下降，影响30万户。"), []);
        assert_eq!(drawn("“我每天要送1200件，咱也累。”"), []);
    }

    #[test]
    fn a_sentence_that_ends_with_a_semicolon_is_whole() {
        assert_eq!(drawn("全省建成7010个工会驿站；天天有人来。")[0].0, "全省建成7010个工会驿站");
    }

    #[test]
    fn a_long_sentence_is_cut_to_what_is_around_the_number() {
        let long = format!("{}，{}，全省建成7010个工会驿站，{}。", "甲".repeat(30), "乙".repeat(30), "丙".repeat(30));
        let (text, number, _) = drawn(&long).remove(0);
        assert_eq!((text, number.as_str()), (format!("……{}，全省建成7010个工会驿站……", "乙".repeat(30)), "7010个"));
    }

    proptest! {
        #[test]
        fn a_figure_is_in_the_text_and_holds_its_number(body in "([0-9]{1,5}(个|万名|%)|全国|工会驿站|[，。；”“\n甲乙]|\n\n){0,40}") {
            let paragraphs = paragraphs(&body);
            for figure in drawer().figures(&["服务".to_owned()], &paragraphs) {
                let own = paragraphs.iter().find(|p| p.number == usize::from(figure.paragraph)).unwrap();
                prop_assert!(own.text.contains(figure.text.trim_matches('…')));
                prop_assert!(figure.parts().1.starts_with(|c: char| c.is_ascii_digit()));
                prop_assert_eq!(figure.text.trim(), &*figure.text);
            }
        }
    }
}
