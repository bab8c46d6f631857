//! The key figures of an article: sentences with a number and what it counts.
//!
//! 1. split each paragraph into sentences, and find the [`quantities`] of each
//! 2. score a number by features: its magnitude, its reach (全国, 全省), whether it is an aggregate (累计, 覆盖), whether the
//!    sentence mentions a theme that the article is filed under; direct speech and the weather count against it
//! 3. select the few with the highest scores, each with the clauses around it that fit a line or two

use crate::config::themes::Theme;
use crate::content::plain_text::{Paragraph, ParagraphRole};
use crate::extract::dateline::dateline;
use crate::extract::quantities::{Quantity, QuantityKind, quantities};
use crate::text::han::{closes, ends_sentence};
use aho_corasick::AhoCorasick;
use serde::{Deserialize, Serialize};
use std::cmp::Reverse;
use std::ops::Range;

/// The most key figures of an article.
const MAX_FIGURES: usize = 3;
/// The longest text of a figure in characters; a longer sentence is cut to the clauses around its number.
const MAX_LENGTH: usize = 64;
/// Replaces omitted clauses.
const ELLIPSIS: &str = "……";
/// The least score of a key figure.
const THRESHOLD: u16 = 80;
/// The least weight with which a term of site.toml indicates its theme.
const INDICATIVE: f64 = 2.0;

/// A key figure.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Figure {
    /// the sentence, or the part of it that is around the number
    pub(crate) text: Box<str>,
    /// byte offsets of the number with its measure word in `text`
    pub(crate) from: u16,
    pub(crate) to: u16,
    /// the number of its paragraph in the body
    pub(crate) paragraph: u16,
    /// its score: ten for each power of ten, and the features of its sentence
    pub(crate) weight: u16,
}

impl Figure {
    /// The text before the number, the number, and the text after it.
    pub(crate) fn parts(&self) -> (&str, &str, &str) {
        let (from, to) = (usize::from(self.from), usize::from(self.to));
        (&self.text[..from], &self.text[from..to], &self.text[to..])
    }
}

/// Words that say how far a number reaches, with their scores.
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
/// Words of aggregates and outcomes.
const AGGREGATES: &[&str] = &[
    "累计", "总数", "总量", "共有", "共建", "已有", "达到", "超过", "突破", "惠及", "覆盖", "吸纳", "建成", "新增",
    "占比", "同比", "增长", "提升", "下降", "培训", "带动", "发放", "服务",
];
/// Words of weather reports, whose numbers are never key figures.
const WEATHER: &[&str] = &["气温", "降雨", "阵风", "摄氏", "降温", "台风"];

/// Extracts key figures.
#[derive(Debug, Clone)]
pub(crate) struct FigureExtractor {
    terms: AhoCorasick,
    /// for each term, the id of its theme
    theme_of: Vec<String>,
}

impl FigureExtractor {
    pub(crate) fn new(themes: &[Theme]) -> Self {
        let terms = themes.iter().flat_map(|theme| theme.terms.iter().map(move |term| (theme, term)));
        let indicative = terms.filter(|(_, (_, weight))| **weight >= INDICATIVE);
        let (words, theme_of): (Vec<&String>, _) =
            indicative.map(|(theme, (word, _))| (word, theme.id.clone())).unzip();
        let terms = AhoCorasick::builder()
            .prefilter(false)
            .build(words)
            .unwrap_or_else(|_| AhoCorasick::new([""; 0]).expect("an automaton of nothing is within every limit"));
        Self { terms, theme_of }
    }

    /// The key figures of an article that is filed under `themes`, in reading order.
    pub(crate) fn figures(&self, themes: &[String], paragraphs: &[Paragraph]) -> Box<[Figure]> {
        let mut found: Vec<Figure> = Vec::new();
        for paragraph in paragraphs.iter().filter(|it| it.role == ParagraphRole::Text && it.number > 0) {
            let text = &paragraph.text[dateline(&paragraph.text).end..];
            for sentence in sentences(text) {
                found.extend(self.best_of(sentence, themes, paragraph.number));
            }
        }
        // the highest scores; of equal ones the first
        found.sort_by_key(|figure| (Reverse(figure.weight), figure.paragraph));
        found.truncate(MAX_FIGURES);
        found.sort_by_key(|figure| figure.paragraph);
        found.into()
    }

    /// The number of a sentence with the highest score, if it reaches the threshold.
    fn best_of(&self, sentence: &str, themes: &[String], paragraph: usize) -> Option<Figure> {
        let best = quantities(sentence).into_iter().max_by_key(|it| (magnitude(it), Reverse(it.span.start)))?;
        if WEATHER.iter().any(|word| sentence.contains(word)) {
            return None;
        }
        let reach = REACH.iter().filter(|(word, _)| sentence.contains(word)).map(|&(_, weight)| weight).max();
        let is_aggregate = AGGREGATES.iter().any(|word| sentence.contains(word));
        let is_speech = sentence.contains('“') && sentence.contains(['我', '您', '你', '咱']);
        let weight = magnitude(&best)
            + reach.unwrap_or(0)
            + u16::from(is_aggregate) * 15
            + u16::from(self.mentions(sentence, themes)) * 25;
        let weight = weight.saturating_sub(u16::from(is_speech) * 40);
        if weight < THRESHOLD {
            return None;
        }
        let shown = around(sentence, &best.span);
        let before = if shown.start > 0 { ELLIPSIS } else { "" };
        let after = if shown.end < trimmed(sentence, 0..sentence.len()).end { ELLIPSIS } else { "" };
        let at = |byte: usize| u16::try_from(before.len() + byte - shown.start).ok();
        Some(Figure {
            text: format!("{before}{}{after}", &sentence[shown.clone()]).into(),
            from: at(best.span.start)?,
            to: at(best.span.end)?,
            paragraph: u16::try_from(paragraph).ok()?,
            weight,
        })
    }

    /// Whether a sentence contains a term of one of these themes.
    fn mentions(&self, sentence: &str, themes: &[String]) -> bool {
        let mut found = self.terms.find_overlapping_iter(sentence);
        found.any(|term| themes.contains(&self.theme_of[term.pattern().as_usize()]))
    }
}

/// The score of a number by itself: ten for each power of ten, less for money; a share counts as much as some hundreds.
fn magnitude(number: &Quantity) -> u16 {
    let size = (number.value.max(1.0).log10() * 10.0).min(90.0) as u16;
    match number.kind {
        QuantityKind::Share => 35,
        QuantityKind::Money => size.saturating_sub(15),
        QuantityKind::People | QuantityKind::Things => size + 20,
    }
}

/// The sentences of a text with the marks that end them, trimmed; perhaps empty.
fn sentences(text: &str) -> Vec<&str> {
    let (mut found, mut from, mut ended) = (Vec::new(), 0, false);
    for (at, c) in text.char_indices() {
        if ended && !ends_sentence(c) && !closes(c) {
            found.push(text[from..at].trim());
            (from, ended) = (at, false);
        }
        ended |= ends_sentence(c) || matches!(c, '；' | ';');
    }
    found.push(text[from..].trim());
    found
}

/// The part of a sentence that is shown: all of it, or the clauses around the number that fit, those before it first, since
/// they say who counts what.
fn around(sentence: &str, number: &Range<usize>) -> Range<usize> {
    let clauses = clauses(sentence);
    let mut first = clauses.iter().position(|clause| clause.end > number.start).unwrap_or(0);
    let mut last = clauses.iter().position(|clause| clause.end >= number.end).unwrap_or(0);
    let range = |first: usize, last: usize| clauses[first].start..clauses[last].end;
    let fits = |first, last| sentence[range(first, last)].chars().count() <= MAX_LENGTH;
    while first > 0 && fits(first - 1, last) {
        first -= 1;
    }
    while last + 1 < clauses.len() && fits(first, last + 1) {
        last += 1;
    }
    trimmed(sentence, range(first, last))
}

/// The clauses of a sentence, each with the mark that ends it; none of an empty one.
fn clauses(sentence: &str) -> Vec<Range<usize>> {
    let mut end = 0;
    let range = |clause: &str| {
        end += clause.len();
        end - clause.len()..end
    };
    sentence.split_inclusive(['，', '：', '；', ';']).map(range).collect()
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

    fn extractor() -> FigureExtractor {
        let theme = Theme { id: "服务".into(), terms: [("工会驿站".to_owned(), 4.5)].into(), ..Theme::default() };
        FigureExtractor::new(&[theme])
    }

    fn figures_of(body: &str) -> Vec<(String, String, u16)> {
        let figures = extractor().figures(&["服务".to_owned()], &paragraphs(body));
        figures.iter().map(|f| (f.text.to_string(), f.parts().1.to_owned(), f.paragraph)).collect()
    }

    #[test]
    fn a_sentence_with_a_large_number_is_a_key_figure() {
        let body = "春天来了。\n\n## 数字\n\n据统计，全省已建成7010个工会驿站，天天有人来。门口有3个凳子。";
        let sentence = "据统计，全省已建成7010个工会驿站，天天有人来。";
        assert_eq!(figures_of("本报讯（记者甲）全市新增1200个工会驿站。")[0].0, "全市新增1200个工会驿站。");
        assert_eq!(figures_of(body), [(sentence.to_owned(), "7010个".to_owned(), 2)]);
    }

    #[test]
    fn the_highest_scores_are_selected_and_returned_in_reading_order() {
        let body = "全国培训34.5万名骑手。\n\n全市新增1200个工会驿站。\n\n全省共有5000个工会驿站。\n\n全国共有80000个工会驿站。";
        let numbers: Vec<String> = figures_of(body).into_iter().map(|(_, number, _)| number).collect();
        assert_eq!(numbers, ["34.5万名", "5000个", "80000个"]);
    }

    #[test]
    fn speech_small_numbers_and_the_weather_are_left_out() {
        assert_eq!(figures_of("班组里有12名徒弟。他花了1200元。"), []);
        assert_eq!(figures_of("全省气温下降，影响30万户。"), []);
        assert_eq!(figures_of("“我每天要送1200件，咱也累。”"), []);
    }

    #[test]
    fn a_sentence_that_ends_with_a_semicolon_is_whole() {
        assert_eq!(figures_of("全省建成7010个工会驿站；天天有人来。")[0].0, "全省建成7010个工会驿站");
    }

    #[test]
    fn a_long_sentence_is_cut_to_what_is_around_the_number() {
        let long = format!("{}，{}，全省建成7010个工会驿站，{}。", "甲".repeat(30), "乙".repeat(30), "丙".repeat(30));
        let (text, number, _) = figures_of(&long).remove(0);
        assert_eq!((text, number.as_str()), (format!("……{}，全省建成7010个工会驿站……", "乙".repeat(30)), "7010个"));
    }

    proptest! {
        #[test]
        fn a_figure_is_in_the_text_and_holds_its_number(body in "([0-9]{1,5}(个|万名|%)|全国|工会驿站|[，。；”“\n甲乙]|\n\n){0,40}") {
            let paragraphs = paragraphs(&body);
            for figure in extractor().figures(&["服务".to_owned()], &paragraphs) {
                let own = paragraphs.iter().find(|p| p.number == usize::from(figure.paragraph)).unwrap();
                prop_assert!(own.text.contains(figure.text.trim_matches('…')));
                prop_assert!(figure.parts().1.starts_with(|c: char| c.is_ascii_digit()));
                prop_assert_eq!(figure.text.trim(), &*figure.text);
            }
        }
    }
}
