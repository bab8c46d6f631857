//! Evaluation of the classifier: precision, recall and F1 against texts that an editor has labelled.
//!
//! 1. parse lines of `{"id", "title", "text", "must", "may"}`: a theme in `must` is to be assigned, one in `may` neither helps
//!    nor hurts, any other is wrong
//! 2. classify each text and compare
//! 3. count true positives, false positives and false negatives by theme and over all, and list every error with its evidence
//!
//! An editor who changes a weight sees here what it improves and what it breaks.

use crate::content::parse::unknown_theme;
use crate::diagnostics::code::Code;
use crate::diagnostics::diagnostic::Diagnostic;
use crate::diagnostics::error::library_reason;
use crate::diagnostics::source::Source;
use crate::message;
use crate::theme::classify::{ArticleText, Classifier, ThemeScore};
use serde::Deserialize;

/// A text with the themes that an editor has given it.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub(crate) struct LabelledText {
    pub(crate) id: String,
    pub(crate) title: String,
    pub(crate) text: String,
    /// ids of themes that have to be assigned
    pub(crate) must: Vec<String>,
    /// ids of themes that may be assigned as well
    #[serde(default)]
    pub(crate) may: Vec<String>,
}

/// The counts of a confusion matrix, for one theme or for all.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) struct Counts {
    /// assigned, and in `must`
    pub(crate) true_positives: usize,
    /// assigned, and neither in `must` nor in `may`
    pub(crate) false_positives: usize,
    /// in `must`, and not assigned
    pub(crate) false_negatives: usize,
}

/// A theme that was wrongly assigned, or wrongly not.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Misclassification {
    /// id of the labelled text
    pub(crate) id: String,
    pub(crate) title: String,
    pub(crate) kind: ErrorKind,
    /// the theme's score and evidence; 0 where the text mentions no term of it
    pub(crate) theme: ThemeScore,
}

/// The two kinds of error.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum ErrorKind {
    /// assigned, and should not be
    FalsePositive,
    /// not assigned, and should be
    FalseNegative,
}

/// The evaluation of a labelled file.
#[derive(Debug, Clone, PartialEq, Default)]
pub(crate) struct Evaluation {
    /// by id, in the order of site.toml
    pub(crate) themes: Vec<(String, Counts)>,
    /// all themes counted together: its F1 is the micro-F1
    pub(crate) all: Counts,
    /// in the order of the file
    pub(crate) errors: Vec<Misclassification>,
}

impl Counts {
    /// The part of the assigned themes that is right; None where nothing was assigned.
    pub(crate) fn precision(self) -> Option<f64> {
        ratio(self.true_positives, self.true_positives + self.false_positives)
    }

    /// The part of the themes to be assigned that was; None where there were none.
    pub(crate) fn recall(self) -> Option<f64> {
        ratio(self.true_positives, self.true_positives + self.false_negatives)
    }

    /// The harmonic mean of precision and recall; None where there was nothing to assign and nothing was assigned.
    pub(crate) fn f1(self) -> Option<f64> {
        let doubled = 2 * self.true_positives;
        ratio(doubled, doubled + self.false_positives + self.false_negatives)
    }

    fn add(&mut self, other: Self) {
        self.true_positives += other.true_positives;
        self.false_positives += other.false_positives;
        self.false_negatives += other.false_negatives;
    }
}

fn ratio(part: usize, whole: usize) -> Option<f64> {
    (whole > 0).then(|| part as f64 / whole as f64)
}

/// Parses a labelled file: one JSON object a line, empty lines aside. `themes` are the ids that site.toml defines. A line that
/// cannot be used gives a diagnostic, and the others are used.
pub(crate) fn parse_labelled_texts(source: &Source, themes: &[String]) -> (Vec<LabelledText>, Vec<Diagnostic>) {
    let (mut items, mut diagnostics) = (Vec::new(), Vec::new());
    let mut start = 0;
    for line in source.text.split_inclusive('\n') {
        let content = line.trim_start_matches('\u{FEFF}');
        if !content.trim().is_empty() {
            match parse_line(source, start + line.len() - content.len(), content, themes) {
                Ok(item) => items.push(item),
                Err(found) => diagnostics.extend(found),
            }
        }
        start += line.len();
    }
    (items, diagnostics)
}

/// `start` is the offset of the line in the file.
fn parse_line(source: &Source, start: usize, line: &str, themes: &[String]) -> Result<LabelledText, Vec<Diagnostic>> {
    let item: LabelledText = serde_json::from_str(line).map_err(|error| {
        let message = error.to_string();
        let reason = message.split(" at line ").next().unwrap_or_default();
        let at = start + error.column().saturating_sub(1).min(line.trim_end().len());
        let diagnostic = Diagnostic::new(
            Code::BrokenLabel,
            message!("this is not a labelled article: {reason}", reason = library_reason(reason)),
        );
        let hint =
            message!("one line each: {form}", form = r#"{"id":"…","title":"…","text":"…","must":["…"],"may":[]}"#);
        vec![diagnostic.at(source, at..at).hint(hint)]
    })?;
    let ids = item.must.iter().chain(&item.may);
    let unknown: Vec<Diagnostic> = ids
        .filter(|id| !themes.contains(id))
        .map(|id| {
            // an id that is written with escapes is not found: then the whole line is marked
            let found = line.rfind(&format!("{id:?}")).map(|at| start + at..start + at + id.len() + 2);
            let span = found.unwrap_or_else(|| start..start + line.trim_end().len());
            unknown_theme(source, id, span, themes)
        })
        .collect();
    if unknown.is_empty() { Ok(item) } else { Err(unknown) }
}

/// Classifies every text and compares with its labels.
pub(crate) fn evaluate(classifier: &Classifier, items: &[LabelledText]) -> Evaluation {
    let ids = classifier.theme_ids();
    let mut counts = vec![Counts::default(); ids.len()];
    let mut errors = Vec::new();
    for item in items {
        let classification =
            classifier.classify(&ArticleText { title: &item.title, body: &item.text, ..ArticleText::default() });
        for (id, counts) in ids.iter().zip(&mut counts) {
            let assigned = classification.assigned.iter().find(|theme| theme.id == *id);
            let (count, kind) = match (assigned.is_some(), item.must.contains(id), item.may.contains(id)) {
                (true, true, _) => (&mut counts.true_positives, None),
                (true, false, false) => (&mut counts.false_positives, Some(ErrorKind::FalsePositive)),
                (false, true, _) => (&mut counts.false_negatives, Some(ErrorKind::FalseNegative)),
                (true, false, true) | (false, false, _) => continue,
            };
            *count += 1;
            let Some(kind) = kind else { continue };
            let score = assigned.or_else(|| classification.rejected.iter().find(|theme| theme.id == *id));
            let theme = score.cloned().unwrap_or_else(|| ThemeScore::zero(id));
            errors.push(Misclassification { id: item.id.clone(), title: item.title.clone(), kind, theme });
        }
    }
    let mut all = Counts::default();
    counts.iter().for_each(|counts| all.add(*counts));
    Evaluation { themes: ids.iter().cloned().zip(counts).collect(), all, errors }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::themes::{FilingRules, Theme};

    fn theme(id: &str, term: &str) -> Theme {
        Theme { id: id.to_owned(), terms: [(term.to_owned(), 5.0)].into(), ..Theme::default() }
    }

    fn classifier() -> Classifier {
        Classifier::new(&[theme("就业", "招聘会"), theme("工匠", "劳模")], &FilingRules::default())
    }

    fn item(id: &str, title: &str, must: &[&str], may: &[&str]) -> LabelledText {
        let owned = |ids: &[&str]| ids.iter().map(|&id| id.to_owned()).collect();
        LabelledText { id: id.into(), title: title.into(), text: String::new(), must: owned(must), may: owned(may) }
    }

    #[test]
    fn each_theme_has_its_counts_and_each_error_its_evidence() {
        let items = [
            item("a", "招聘会开到村口", &["就业"], &[]),
            item("b", "劳模逛招聘会", &["工匠"], &[]),
            item("c", "找活儿不出村", &["就业"], &[]),
            item("d", "劳模走进校园", &[], &["工匠"]),
        ];
        let evaluation = evaluate(&classifier(), &items);
        assert_eq!(
            evaluation.themes[0],
            ("就业".into(), Counts { true_positives: 1, false_positives: 1, false_negatives: 1 })
        );
        assert_eq!(
            evaluation.themes[1],
            ("工匠".into(), Counts { true_positives: 1, false_positives: 0, false_negatives: 0 })
        );
        assert_eq!(evaluation.all.f1(), Some(4.0 / 6.0));
        let errors: Vec<_> = evaluation.errors.iter().map(|error| (error.id.as_str(), error.kind)).collect();
        assert_eq!(errors, [("b", ErrorKind::FalsePositive), ("c", ErrorKind::FalseNegative)]);
        assert_eq!(evaluation.errors[0].theme.evidence[0].term, "招聘会");
        assert_eq!(evaluation.errors[1].theme, ThemeScore::zero("就业"));
    }

    #[test]
    fn a_theme_in_may_neither_helps_nor_hurts() {
        let items = [item("a", "劳模逛招聘会", &["就业"], &["工匠"]), item("b", "江上的桥", &[], &["工匠"])];
        let evaluation = evaluate(&classifier(), &items);
        assert_eq!(evaluation.themes[1].1, Counts::default());
        assert_eq!((evaluation.themes[1].1.f1(), evaluation.all.f1()), (None, Some(1.0)));
    }

    #[test]
    fn a_line_that_cannot_be_used_is_a_diagnostic_and_the_others_are_used() {
        let text = "\u{FEFF}{\"id\":\"a\",\"title\":\"t\",\"text\":\"x\",\"must\":[]}\n\n{\"id\":\"b\",\"title\":\n\
                    {\"id\":\"c\",\"title\":\"t\",\"text\":\"x\",\"must\":[\"工将\"],\"may\":[]}\n\
                    {\"id\":\"d\",\"title\":\"t\",\"text\":\"x\",\"must\":[\"工匠\"],\"may\":[]}";
        let (items, diagnostics) =
            parse_labelled_texts(&Source::new("labels.jsonl", text), &["工匠".into(), "就业".into()]);
        assert_eq!(items.iter().map(|item| item.id.as_str()).collect::<Vec<_>>(), ["a", "d"]);
        let found: Vec<_> = diagnostics
            .iter()
            .map(|diagnostic| {
                (diagnostic.code.name(), diagnostic.location.as_ref().map_or(0, |location| location.line))
            })
            .collect();
        assert_eq!(found, [("broken-label", 3), ("unknown-theme", 4)]);
        assert_eq!(diagnostics[1].advice(), "did you mean 工匠?");
        let excerpt = diagnostics[1].location.as_ref().unwrap().excerpt.as_ref().unwrap();
        assert_eq!(&excerpt.text[excerpt.marked.clone()], "\"工将\"");
    }
}
