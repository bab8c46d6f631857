//! The lexicon: finds the terms of all themes in one pass over a text.
//!
//! 1. fold terms and texts alike: full-width letters and digits become ASCII, capitals lower case, and white space inside Chinese
//!    text goes, so that terms are found in letter-spaced headlines and across line breaks
//! 2. find every term with one Aho-Corasick automaton
//! 3. drop a mention inside that of a longer term: 产业工人队伍建设改革 does not mention 产业工人, 新就业形态 does not mention 就业
//!
//! A term may have a positive weight for several themes and a negative one for others. A phrase that only hides the words inside
//! it is a term against, of small weight.

use crate::config::themes::{FilingRules, Theme};
use crate::text::han::is_chinese;
use aho_corasick::AhoCorasick;
use std::collections::BTreeMap;

/// The weight of a term for one theme; negative: it is evidence against the theme.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct TermWeight {
    /// index in the list of themes
    pub(crate) theme: usize,
    pub(crate) weight: f64,
}

/// A word or phrase, with its weights.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Term {
    /// as written in site.toml
    pub(crate) word: String,
    pub(crate) weights: Vec<TermWeight>,
}

/// The terms of all themes, with the automaton that finds them.
#[derive(Debug, Clone)]
pub(crate) struct Lexicon {
    /// in the order of their folded words
    terms: Vec<Term>,
    automaton: AhoCorasick,
}

/// An occurrence of a term in a folded text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Mention {
    /// index of the term
    pub(crate) term: usize,
    /// byte offset in the folded text
    pub(crate) start: usize,
    pub(crate) end: usize,
}

impl Lexicon {
    pub(crate) fn new(themes: &[Theme], rules: &FilingRules) -> Self {
        let mut terms: BTreeMap<String, Term> = BTreeMap::new();
        let mut add = |word: &str, theme, weight| {
            let term = terms.entry(fold(word)).or_insert_with(|| Term { word: word.to_owned(), weights: Vec::new() });
            term.weights.push(TermWeight { theme, weight });
        };
        for (at, theme) in themes.iter().enumerate() {
            theme.terms.iter().for_each(|(word, weight)| add(word, at, *weight));
            theme.against.iter().chain(&rules.against).for_each(|(word, weight)| add(word, at, -weight));
        }
        // the prefilter looks for rare bytes first, but in Chinese text none are rare
        let automaton = AhoCorasick::builder()
            .prefilter(false)
            .build(terms.keys())
            .expect("a few thousand terms are far from the automaton's limit of two thousand million states");
        Self { terms: terms.into_values().collect(), automaton }
    }

    pub(crate) fn terms(&self) -> &[Term] {
        &self.terms
    }

    /// The terms in a folded text, in the order in which they begin, none inside another.
    pub(crate) fn mentions(&self, folded: &str) -> Vec<Mention> {
        let mut found: Vec<Mention> = self
            .automaton
            .find_overlapping_iter(folded)
            .map(|hit| Mention { term: hit.pattern().as_usize(), start: hit.start(), end: hit.end() })
            .filter(|hit| is_whole_word(folded, hit.start, hit.end))
            .collect();
        found.sort_by_key(|hit| (hit.start, std::cmp::Reverse(hit.end)));
        let mut covered = 0;
        found.retain(|hit| {
            let outside = hit.end > covered;
            covered = covered.max(hit.end);
            outside
        });
        found
    }
}

/// A term that begins or ends with a Latin letter or digit is no part of a longer word: AI is not in Shanghai.
fn is_whole_word(text: &str, start: usize, end: usize) -> bool {
    let bytes = text.as_bytes();
    let word = |at: usize| bytes.get(at).is_some_and(u8::is_ascii_alphanumeric);
    let cuts_word = |at: usize| at > 0 && word(at - 1) && word(at);
    !cuts_word(start) && !cuts_word(end)
}

/// The form of a text in which terms are looked up: ASCII for full-width forms, lower case, and no white space beside a 汉字 or
/// Chinese punctuation; an empty line stays, so that no term reaches from one paragraph into the next.
pub(crate) fn fold(text: &str) -> String {
    let mut folded = String::with_capacity(text.len());
    let (mut spaces, mut breaks) = (0, 0);
    let mut last_wide = true;
    // unchanged text is copied in one piece, from here on
    let mut from = 0;
    for (at, written) in text.char_indices() {
        if is_common(written) && spaces == 0 {
            last_wide = true;
            continue;
        }
        folded.push_str(&text[from..at]);
        from = at + written.len_utf8();
        let c = narrow(written);
        // no 汉字 is white space
        let wide = is_chinese(c);
        if !wide && c.is_whitespace() {
            spaces += 1;
            breaks += usize::from(c == '\n');
            continue;
        }
        if breaks > 1 {
            folded.push_str("\n\n");
        } else if spaces > 0 && !wide && !last_wide {
            folded.push(' ');
        }
        folded.push(c);
        (spaces, breaks, last_wide) = (0, 0, wide);
    }
    folded.push_str(&text[from..]);
    folded
}

/// The 汉字 and punctuation marks that make up nearly all Chinese text and are folded to themselves.
fn is_common(c: char) -> bool {
    matches!(c, '\u{4E00}'..='\u{9FFF}' | '、' | '。' | '“' | '”')
}

/// Ａ → a, ５ → 5, ＋ → +: full-width forms are at a fixed distance from ASCII.
fn narrow(c: char) -> char {
    let ascii = match c {
        '\u{FF01}'..='\u{FF5E}' => char::from_u32(c as u32 - 0xFEE0).unwrap_or(c),
        c => c,
    };
    ascii.to_ascii_lowercase()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn theme(terms: &[&str], against: &[&str]) -> Theme {
        let map = |words: &[&str]| words.iter().map(|&word| (word.to_owned(), 2.0)).collect();
        Theme { terms: map(terms), against: map(against), ..Theme::default() }
    }

    fn found(lexicon: &Lexicon, text: &str) -> Vec<String> {
        lexicon.mentions(&fold(text)).iter().map(|hit| lexicon.terms()[hit.term].word.clone()).collect()
    }

    #[test]
    fn a_longer_term_hides_the_terms_inside_it_across_themes() {
        let themes = [theme(&["新就业形态", "形态各异"], &[]), theme(&["就业", "就业形势"], &[])];
        let lexicon = Lexicon::new(&themes, &FilingRules::default());
        assert_eq!(found(&lexicon, "新就业形态与就业，就业形势"), ["新就业形态", "就业", "就业形势"]);
        assert_eq!(found(&lexicon, "新就业形态各异"), ["新就业形态", "形态各异"], "neither is inside the other");
    }

    #[test]
    fn a_term_can_have_weights_for_one_theme_and_against_all() {
        let rules = FilingRules { against: [("技能大赛".to_owned(), 1.0)].into(), ..FilingRules::default() };
        let lexicon = Lexicon::new(&[theme(&["技能大赛"], &[]), theme(&[], &[])], &rules);
        let weights: Vec<_> = lexicon.terms()[0].weights.iter().map(|weight| (weight.theme, weight.weight)).collect();
        assert_eq!(weights, [(0, 2.0), (0, -1.0), (1, -1.0)]);
    }

    #[test]
    fn latin_words_are_whole_words_in_any_case_and_width() {
        let lexicon = Lexicon::new(&[theme(&["AI", "5G", "AI+"], &[])], &FilingRules::default());
        assert_eq!(found(&lexicon, "ＡＩ质检员 Ai 15G shanghai AIDS，用5G"), ["AI", "AI", "5G"]);
        assert_eq!(found(&lexicon, "“AI＋制造”"), ["AI+"]);
    }

    #[test]
    fn spaces_and_line_breaks_inside_chinese_hide_no_word_and_paragraphs_stay_apart() {
        let lexicon = Lexicon::new(&[theme(&["劳模", "AI质检"], &[])], &FilingRules::default());
        assert_eq!(found(&lexicon, "劳 模、劳\n模、AI 质检"), ["劳模", "劳模", "AI质检"]);
        assert_eq!(found(&lexicon, "以勤为劳\n\n模范"), [""; 0]);
        assert_eq!(fold(" Open  AI 与\n你 "), "open ai与你");
    }

    proptest! {
        #[test]
        fn folding_twice_changes_nothing(text in "(\\PC|[ \n　劳模Ａ]){0,40}") {
            let once = fold(&text);
            prop_assert_eq!(fold(&once), once);
        }

        #[test]
        fn mentions_are_in_order_and_never_inside_one_another(text in "[劳模工匠精神大国AI ]{0,40}") {
            let terms = ["劳模", "劳模工匠", "工匠", "工匠精神", "大国工匠", "大国", "精神", "AI"];
            let lexicon = Lexicon::new(&[theme(&terms, &[])], &FilingRules::default());
            let mentions = lexicon.mentions(&fold(&text));
            for pair in mentions.windows(2) {
                prop_assert!(pair[0].start < pair[1].start && pair[0].end < pair[1].end);
            }
        }
    }
}
