//! What the filing has to say, as lines for the terminal and for scripts.
//!
//! Each function returns text; only the terminal prints it. Tables are set in columns as a terminal counts them: a 汉字 is
//! two wide.

use crate::text::han::{is_han, is_han_punctuation};
use crate::theme::classify::{Classification, Evidence, ThemeScore};
use crate::theme::evaluate::{Evaluation, Figure, MissKind};
use serde::Serialize;

/// Words of evidence that a line for a person shows.
const WORDS: usize = 8;
/// Columns for a theme's name.
const NAME: usize = 14;

/// One line of `themes --json`.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub(crate) struct FileLine<'a> {
    pub(crate) file: &'a str,
    /// most fitting first; none where no theme fits
    pub(crate) themes: Vec<ThemeEntry<'a>>,
}

/// A theme that a file is filed under.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub(crate) struct ThemeEntry<'a> {
    pub(crate) id: &'a str,
    /// with two decimals
    pub(crate) score: f64,
    /// words, strongest first
    pub(crate) evidence: Vec<&'a str>,
}

/// A verdict as one line of JSON, without a line break at the end.
pub(crate) fn json_line(file: &str, verdict: &Classification) -> String {
    let themes = verdict.filed.iter().map(|filing| ThemeEntry {
        id: &filing.id,
        score: (filing.score * 100.0).round() / 100.0,
        evidence: filing.evidence.iter().map(|evidence| evidence.term.as_str()).collect(),
    });
    let line = FileLine { file, themes: themes.collect() };
    serde_json::to_string(&line).expect("strings and finite numbers can always be written as JSON")
}

/// A verdict for a person: the file, its themes with their words, and what came close but did not pass.
pub(crate) fn verdict_lines(file: &str, verdict: &Classification) -> Vec<String> {
    let mut lines = vec![file.to_owned()];
    if verdict.filed.is_empty() {
        lines.push("  none".to_owned());
    }
    lines.extend(verdict.filed.iter().map(|filing| format!("  {}", filing_line(filing))));
    let runners_up = verdict.rejected.iter().filter(|filing| filing.score > 0.0);
    lines.extend(runners_up.map(|filing| format!("  not filed: {}", filing_line(filing))));
    lines
}

/// Name, score, words for and against.
fn filing_line(filing: &ThemeScore) -> String {
    let mut line = format!("{}{:>6.2}", padded(&filing.id, NAME), filing.score);
    for (intro, words) in [("  ", &filing.evidence), ("  against: ", &filing.objections)] {
        if !words.is_empty() {
            line.push_str(intro);
            line.push_str(&listed(words));
        }
    }
    line
}

fn listed(words: &[Evidence]) -> String {
    let shown = words.iter().take(WORDS).map(|word| match word.count {
        1 => word.term.clone(),
        count => format!("{} ×{count}", word.term),
    });
    let mut list = shown.collect::<Vec<_>>().join(", ");
    if words.len() > WORDS {
        list.push_str(&format!(" and {} more", words.len() - WORDS));
    }
    list
}

/// The figures as a table, then every miss with its reasons.
pub(crate) fn evaluation_lines(evaluation: &Evaluation) -> Vec<String> {
    let head = ["right", "wrong", "missed", "precision", "recall", "F1"];
    let mut lines = vec![row("theme", &head.map(str::to_owned))];
    lines.extend(evaluation.themes.iter().map(|(id, figure)| row(id, &cells(*figure))));
    lines.push(row("all", &cells(evaluation.all)));
    for miss in &evaluation.misses {
        let what = match miss.kind {
            MissKind::Wrong => "wrong: ",
            MissKind::Missed => "missed:",
        };
        lines.push(format!("{} {}", miss.id, miss.title));
        lines.push(format!("  {what} {}", filing_line(&miss.filing)));
    }
    lines
}

fn cells(figure: Figure) -> [String; 6] {
    let part = |part: Option<f64>| part.map_or_else(|| "-".to_owned(), |part| format!("{part:.3}"));
    let Figure { hits, wrong, missed } = figure;
    let counts = [hits, wrong, missed].map(|count| count.to_string());
    let [hits, wrong, missed] = counts;
    [hits, wrong, missed, part(figure.precision()), part(figure.recall()), part(figure.f1())]
}

fn row(name: &str, cells: &[String; 6]) -> String {
    let mut line = padded(name, NAME);
    cells.iter().for_each(|cell| line.push_str(&format!("{cell:>10}")));
    line
}

/// A text filled up with spaces to so many columns.
fn padded(text: &str, columns: usize) -> String {
    let width: usize = text.chars().map(|c| if is_han(c) || is_han_punctuation(c) { 2 } else { 1 }).sum();
    format!("{text}{}", " ".repeat(columns.saturating_sub(width).max(1)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::theme::evaluate::Miss;

    fn filing(id: &str, score: f64, words: &[(&str, usize)]) -> ThemeScore {
        let evidence =
            words.iter().map(|&(term, count)| Evidence { term: term.to_owned(), count, weight: 1.0 }).collect();
        ThemeScore { id: id.to_owned(), score, evidence, objections: Vec::new() }
    }

    #[test]
    fn a_script_gets_the_line_of_the_contract() {
        let verdict = Classification {
            filed: vec![filing("工匠", 4.567, &[("劳模", 2), ("绝活", 1)])],
            ..Classification::default()
        };
        let line = json_line("a \"b\".md", &verdict);
        assert_eq!(line, r#"{"file":"a \"b\".md","themes":[{"id":"工匠","score":4.57,"evidence":["劳模","绝活"]}]}"#);
        assert_eq!(json_line("x.md", &Classification::default()), r#"{"file":"x.md","themes":[]}"#);
    }

    #[test]
    fn a_person_sees_what_filed_an_article_and_what_came_close() {
        let mut close = filing("就业", 1.5, &[("岗位", 1)]);
        close.objections = vec![Evidence { term: "台风".to_owned(), count: 1, weight: 1.0 }];
        let against = filing("权益", -0.5, &[("协商", 1)]);
        let verdict = Classification { filed: vec![], rejected: vec![close, against] };
        let lines = verdict_lines("x.md", &verdict);
        assert_eq!(lines, ["x.md", "  none", "  not filed: 就业            1.50  岗位  against: 台风"]);
        let verdict = Classification {
            filed: vec![filing("工匠", 4.5, &[("劳模", 2), ("绝活", 1)])],
            ..Classification::default()
        };
        assert_eq!(verdict_lines("x.md", &verdict)[1], "  工匠            4.50  劳模 ×2, 绝活");
    }

    #[test]
    fn a_long_list_of_words_is_shown_in_part() {
        let words: Vec<(&str, usize)> = vec![("词", 1); WORDS + 3];
        assert!(filing_line(&filing("工匠", 9.0, &words)).ends_with("词 and 3 more"));
    }

    #[test]
    fn the_table_stands_in_columns() {
        let figure = Figure { hits: 3, wrong: 1, missed: 0 };
        let miss = Miss {
            id: "s1".into(),
            title: "题".into(),
            kind: MissKind::Wrong,
            filing: filing("新就业形态", 3.0, &[("骑手", 1)]),
        };
        let themes = vec![("新就业形态".to_owned(), figure), ("产改".to_owned(), Figure::default())];
        let lines = evaluation_lines(&Evaluation { themes, all: figure, misses: vec![miss] });
        assert_eq!(lines[0], "theme              right     wrong    missed precision    recall        F1");
        assert_eq!(lines[1], "新就业形态             3         1         0     0.750     1.000     0.857");
        assert_eq!(lines[2], "产改                   0         0         0         -         -         -");
        assert_eq!(lines[4..], ["s1 题", "  wrong:  新就业形态      3.00  骑手"]);
    }
}
