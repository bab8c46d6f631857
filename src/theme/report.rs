//! Reports of classifications and evaluations, as lines for the terminal and as JSON for scripts.
//!
//! Every function returns text. Tables are aligned in columns of the terminal, where a 汉字 is two columns wide.

use crate::diagnostics::message::translation;
use crate::message;
use crate::template;
use crate::text::columns::{left_aligned, right_aligned};
use crate::text::lang::Lang;
use crate::theme::classify::{Classification, Evidence, ThemeScore};
use crate::theme::evaluate::{Counts, ErrorKind, Evaluation};
use serde::Serialize;

/// Terms that a line for a person shows.
const SHOWN_TERMS: usize = 8;
/// Width of the column of a theme's id.
const ID_WIDTH: usize = 13;

/// One line of `themes --json`.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub(crate) struct FileLine<'a> {
    pub(crate) file: &'a str,
    /// best first; empty where no theme fits
    pub(crate) themes: Vec<ThemeEntry<'a>>,
}

#[derive(Debug, Clone, PartialEq, Serialize)]
pub(crate) struct ThemeEntry<'a> {
    pub(crate) id: &'a str,
    /// with two decimals
    pub(crate) score: f64,
    /// terms, strongest first
    pub(crate) evidence: Vec<&'a str>,
}

/// A classification as one line of JSON, without a line break at the end.
pub(crate) fn json_line(file: &str, classification: &Classification) -> String {
    let line = FileLine { file, themes: theme_entries(classification) };
    serde_json::to_string(&line).expect("strings and finite numbers can always be written as JSON")
}

/// The themes that fit, best first.
pub(crate) fn theme_entries(classification: &Classification) -> Vec<ThemeEntry<'_>> {
    let entries = classification.assigned.iter().map(|theme| ThemeEntry {
        id: &theme.id,
        score: (theme.score * 100.0).round() / 100.0,
        evidence: theme.evidence.iter().map(|evidence| evidence.term.as_str()).collect(),
    });
    entries.collect()
}

/// A classification for a person: the file, its themes with their evidence, and the themes that do not fit.
pub(crate) fn classification_lines(file: &str, classification: &Classification, lang: Lang) -> Vec<String> {
    let mut lines = vec![file.to_owned()];
    if classification.assigned.is_empty() {
        lines.push(format!("  {}", translation("none", lang)));
    }
    lines.extend(classification.assigned.iter().map(|theme| format!("  {}", theme_line(theme, lang))));
    let runners_up = classification.rejected.iter().filter(|theme| theme.score > 0.0);
    lines.extend(runners_up.map(|theme| format!("  {}{}", translation("not filed: ", lang), theme_line(theme, lang))));
    lines
}

/// Id, score, terms for and against.
fn theme_line(theme: &ThemeScore, lang: Lang) -> String {
    let mut line = format!("{} {:>6.2}", left_aligned(&theme.id, ID_WIDTH), theme.score);
    for (intro, terms) in [("  ", &theme.evidence), (translation("  against: ", lang), &theme.objections)] {
        if !terms.is_empty() {
            line.push_str(intro);
            line.push_str(&term_list(terms, lang));
        }
    }
    line
}

fn term_list(terms: &[Evidence], lang: Lang) -> String {
    let shown = terms.iter().take(SHOWN_TERMS).map(|evidence| match evidence.count {
        1 => evidence.term.clone(),
        count => format!("{} ×{count}", evidence.term),
    });
    let mut list = shown.collect::<Vec<_>>().join(", ");
    if terms.len() > SHOWN_TERMS {
        list.push_str(&message!(" and {more} more", more = terms.len() - SHOWN_TERMS).text(lang));
    }
    list
}

/// The counts and their ratios as a table, then every error with its evidence.
pub(crate) fn evaluation_lines(evaluation: &Evaluation, lang: Lang) -> Vec<String> {
    let header = [
        template!("right"),
        template!("wrong"),
        template!("missed"),
        template!("precision"),
        template!("recall"),
        "F1",
    ];
    let header = header.map(|word| translation(word, lang).to_owned());
    let mut lines = vec![row(translation("theme", lang), &header)];
    lines.extend(evaluation.themes.iter().map(|(id, counts)| row(id, &cells(*counts))));
    lines.push(row(translation("all", lang), &cells(evaluation.all)));
    for error in &evaluation.errors {
        let label = match error.kind {
            ErrorKind::FalsePositive => translation("wrong: ", lang),
            ErrorKind::FalseNegative => translation("missed:", lang),
        };
        lines.push(format!("{} {}", error.id, error.title));
        lines.push(format!("  {label} {}", theme_line(&error.theme, lang)));
    }
    lines
}

fn cells(counts: Counts) -> [String; 6] {
    let ratio = |ratio: Option<f64>| ratio.map_or_else(|| "-".to_owned(), |ratio| format!("{ratio:.3}"));
    let Counts { true_positives, false_positives, false_negatives } = counts;
    let [right, wrong, missed] = [true_positives, false_positives, false_negatives].map(|count| count.to_string());
    [right, wrong, missed, ratio(counts.precision()), ratio(counts.recall()), ratio(counts.f1())]
}

fn row(id: &str, cells: &[String; 6]) -> String {
    let cells = cells.iter().map(|cell| right_aligned(cell, 10));
    left_aligned(id, ID_WIDTH) + " " + &cells.collect::<String>()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::theme::evaluate::Misclassification;

    fn theme(id: &str, score: f64, words: &[(&str, usize)]) -> ThemeScore {
        let evidence =
            words.iter().map(|&(term, count)| Evidence { term: term.to_owned(), count, weight: 1.0 }).collect();
        ThemeScore { id: id.to_owned(), score, evidence, objections: Vec::new() }
    }

    #[test]
    fn the_json_line_is_as_documented() {
        let classification = Classification {
            assigned: vec![theme("工匠", 4.567, &[("劳模", 2), ("绝活", 1)])],
            ..Classification::default()
        };
        let line = json_line("a \"b\".md", &classification);
        assert_eq!(line, r#"{"file":"a \"b\".md","themes":[{"id":"工匠","score":4.57,"evidence":["劳模","绝活"]}]}"#);
        assert_eq!(json_line("x.md", &Classification::default()), r#"{"file":"x.md","themes":[]}"#);
    }

    #[test]
    fn a_person_sees_assigned_themes_and_runners_up() {
        let mut close = theme("就业", 1.5, &[("岗位", 1)]);
        close.objections = vec![Evidence { term: "台风".to_owned(), count: 1, weight: 1.0 }];
        let against = theme("权益", -0.5, &[("协商", 1)]);
        let classification = Classification { assigned: vec![], rejected: vec![close, against] };
        let lines = classification_lines("x.md", &classification, Lang::En);
        assert_eq!(lines, ["x.md", "  none", "  not filed: 就业            1.50  岗位  against: 台风"]);
        let classification = Classification {
            assigned: vec![theme("工匠", 4.5, &[("劳模", 2), ("绝活", 1)])],
            ..Classification::default()
        };
        assert_eq!(classification_lines("x.md", &classification, Lang::En)[1], "  工匠            4.50  劳模 ×2, 绝活");
    }

    #[test]
    fn a_long_list_of_terms_is_shortened() {
        let words: Vec<(&str, usize)> = vec![("词", 1); SHOWN_TERMS + 3];
        assert!(theme_line(&theme("工匠", 9.0, &words), Lang::En).ends_with("词 and 3 more"));
    }

    #[test]
    fn the_table_is_aligned() {
        let counts = Counts { true_positives: 3, false_positives: 1, false_negatives: 0 };
        let error = Misclassification {
            id: "s1".into(),
            title: "题".into(),
            kind: ErrorKind::FalsePositive,
            theme: theme("新就业形态", 3.0, &[("骑手", 1)]),
        };
        let themes = vec![("新就业形态".to_owned(), counts), ("产改".to_owned(), Counts::default())];
        let lines = evaluation_lines(&Evaluation { themes, all: counts, errors: vec![error] }, Lang::En);
        assert_eq!(lines[0], "theme              right     wrong    missed precision    recall        F1");
        assert_eq!(lines[1], "新就业形态             3         1         0     0.750     1.000     0.857");
        assert_eq!(lines[2], "产改                   0         0         0         -         -         -");
        assert_eq!(lines[4..], ["s1 题", "  wrong:  新就业形态      3.00  骑手"]);
    }
}
