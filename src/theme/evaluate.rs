//! How well the filing does what an editor would do.
//!
//! 1. read lines of `{"id", "title", "text", "must", "may"}`: a theme in `must` is to be found, one in `may` neither helps
//!    nor hurts, any other is wrong
//! 2. file each text and compare
//! 3. count, theme by theme and over all, and keep every miss with its reasons
//!
//! An editor who changes a weight sees here what it mends and what it breaks.

use crate::diagnostics::code::Code;
use crate::diagnostics::diagnostic::{Diagnostic, closest_match};
use crate::diagnostics::source::Source;
use crate::theme::classify::{ArticleText, Classifier, ThemeScore};
use serde::Deserialize;

/// A text with the themes that an editor gave it.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub(crate) struct Labelled {
    pub(crate) id: String,
    pub(crate) title: String,
    pub(crate) text: String,
    /// ids of themes that have to be found
    pub(crate) must: Vec<String>,
    /// ids of themes that could be given as well
    #[serde(default)]
    pub(crate) may: Vec<String>,
}

/// What was counted for one theme, or for all.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) struct Figure {
    /// filed, and rightly so
    pub(crate) hits: usize,
    /// filed, and neither in `must` nor in `may`
    pub(crate) wrong: usize,
    /// in `must`, and not filed
    pub(crate) missed: usize,
}

/// A theme filed wrongly, or not filed.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Miss {
    /// of the labelled text
    pub(crate) id: String,
    pub(crate) title: String,
    pub(crate) kind: MissKind,
    /// the theme as the classifier saw it; its score is 0 where no word of it stands in the text
    pub(crate) filing: ThemeScore,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum MissKind {
    /// filed, and should not be
    Wrong,
    /// not filed, and should be
    Missed,
}

/// The figures of a whole file.
#[derive(Debug, Clone, PartialEq, Default)]
pub(crate) struct Evaluation {
    /// by id, in the order of site.toml
    pub(crate) themes: Vec<(String, Figure)>,
    /// all themes counted together: its F1 is the micro-F1
    pub(crate) all: Figure,
    /// in the order of the file
    pub(crate) misses: Vec<Miss>,
}

impl Figure {
    /// Of what was filed, the part that is right; none where nothing was filed.
    pub(crate) fn precision(self) -> Option<f64> {
        ratio(self.hits, self.hits + self.wrong)
    }

    /// Of what had to be filed, the part that was; none where nothing had to be.
    pub(crate) fn recall(self) -> Option<f64> {
        ratio(self.hits, self.hits + self.missed)
    }

    /// The harmonic mean of the two; none where there was nothing to file and nothing filed.
    pub(crate) fn f1(self) -> Option<f64> {
        ratio(2 * self.hits, 2 * self.hits + self.wrong + self.missed)
    }

    fn add(&mut self, other: Self) {
        self.hits += other.hits;
        self.wrong += other.wrong;
        self.missed += other.missed;
    }
}

fn ratio(part: usize, whole: usize) -> Option<f64> {
    (whole > 0).then(|| part as f64 / whole as f64)
}

/// Reads a labelled file: one JSON object a line, empty lines aside. `themes` are the ids that site.toml defines. A line
/// that cannot be used gets a finding, and the others are read.
pub(crate) fn labelled(source: &Source, themes: &[String]) -> (Vec<Labelled>, Vec<Diagnostic>) {
    let (mut items, mut diagnostics) = (Vec::new(), Vec::new());
    let mut start = 0;
    for line in source.text.split_inclusive('\n') {
        let content = line.trim_start_matches('\u{FEFF}');
        if !content.trim().is_empty() {
            match one_labelled(source, start + line.len() - content.len(), content, themes) {
                Ok(item) => items.push(item),
                Err(found) => diagnostics.extend(found),
            }
        }
        start += line.len();
    }
    (items, diagnostics)
}

/// `start` is where the line stands in the file.
fn one_labelled(source: &Source, start: usize, line: &str, themes: &[String]) -> Result<Labelled, Vec<Diagnostic>> {
    let item: Labelled = serde_json::from_str(line).map_err(|error| {
        let message = error.to_string();
        let said = message.split(" at line ").next().unwrap_or_default();
        let at = start + error.column().saturating_sub(1).min(line.trim_end().len());
        let diagnostic = Diagnostic::new(Code::BrokenLabel, format!("this is not a labelled article: {said}"));
        let hint = r#"one line each: {"id":"…","title":"…","text":"…","must":["…"],"may":[]}"#;
        vec![diagnostic.at(source, at..at).hint(hint)]
    })?;
    let unknown: Vec<Diagnostic> = item
        .must
        .iter()
        .chain(&item.may)
        .filter(|id| !themes.contains(id))
        .map(|id| {
            // an id spelled with escapes is not found as it reads: then the whole line is shown
            let span = line.rfind(&format!("{id:?}")).map_or(start..start + line.trim_end().len(), |at| {
                let from = start + at;
                from..from + id.len() + 2
            });
            let hint = match closest_match(id, themes.iter().map(String::as_str)) {
                Some(meant) => format!("did you mean {meant}?"),
                None => format!("defined are: {}", themes.join(", ")),
            };
            Diagnostic::new(Code::UnknownTheme, format!("site.toml defines no theme {id}")).at(source, span).hint(hint)
        })
        .collect();
    if unknown.is_empty() { Ok(item) } else { Err(unknown) }
}

/// Files every text and compares with its labels.
pub(crate) fn evaluate(classifier: &Classifier, items: &[Labelled]) -> Evaluation {
    let ids = classifier.theme_ids();
    let mut figures = vec![Figure::default(); ids.len()];
    let mut misses = Vec::new();
    for item in items {
        let verdict =
            classifier.verdict(&ArticleText { title: &item.title, body: &item.text, ..ArticleText::default() });
        for (id, figure) in ids.iter().zip(&mut figures) {
            let filed = verdict.filed.iter().find(|filing| filing.id == *id);
            let kind = match (filed.is_some(), item.must.contains(id), item.may.contains(id)) {
                (true, true, _) => {
                    figure.hits += 1;
                    continue;
                }
                (true, false, false) => {
                    figure.wrong += 1;
                    MissKind::Wrong
                }
                (false, true, _) => {
                    figure.missed += 1;
                    MissKind::Missed
                }
                (true, false, true) | (false, false, _) => continue,
            };
            let seen = filed.or_else(|| verdict.rejected.iter().find(|filing| filing.id == *id));
            let filing = seen.cloned().unwrap_or_else(|| ThemeScore::without_words(id));
            misses.push(Miss { id: item.id.clone(), title: item.title.clone(), kind, filing });
        }
    }
    let mut all = Figure::default();
    figures.iter().for_each(|figure| all.add(*figure));
    Evaluation { themes: ids.iter().cloned().zip(figures).collect(), all, misses }
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

    fn item(id: &str, title: &str, must: &[&str], may: &[&str]) -> Labelled {
        let owned = |ids: &[&str]| ids.iter().map(|&id| id.to_owned()).collect();
        Labelled { id: id.into(), title: title.into(), text: String::new(), must: owned(must), may: owned(may) }
    }

    #[test]
    fn each_theme_gets_its_figures_and_each_miss_its_reason() {
        let items = [
            item("a", "招聘会开到村口", &["就业"], &[]),
            item("b", "劳模逛招聘会", &["工匠"], &[]),
            item("c", "找活儿不出村", &["就业"], &[]),
            item("d", "劳模走进校园", &[], &["工匠"]),
        ];
        let evaluation = evaluate(&classifier(), &items);
        assert_eq!(evaluation.themes[0], ("就业".into(), Figure { hits: 1, wrong: 1, missed: 1 }));
        assert_eq!(evaluation.themes[1], ("工匠".into(), Figure { hits: 1, wrong: 0, missed: 0 }));
        assert_eq!(evaluation.all.f1(), Some(4.0 / 6.0));
        let misses: Vec<_> = evaluation.misses.iter().map(|miss| (miss.id.as_str(), miss.kind)).collect();
        assert_eq!(misses, [("b", MissKind::Wrong), ("c", MissKind::Missed)]);
        assert_eq!(evaluation.misses[0].filing.evidence[0].term, "招聘会");
        assert_eq!(evaluation.misses[1].filing, ThemeScore::without_words("就业"));
    }

    #[test]
    fn a_theme_that_may_be_given_neither_helps_nor_hurts() {
        let items = [item("a", "劳模逛招聘会", &["就业"], &["工匠"]), item("b", "江上的桥", &[], &["工匠"])];
        let evaluation = evaluate(&classifier(), &items);
        assert_eq!(evaluation.themes[1].1, Figure::default());
        assert_eq!((evaluation.themes[1].1.f1(), evaluation.all.f1()), (None, Some(1.0)));
    }

    #[test]
    fn a_line_that_cannot_be_used_is_named_and_the_others_are_read() {
        let text = "\u{FEFF}{\"id\":\"a\",\"title\":\"t\",\"text\":\"x\",\"must\":[]}\n\n{\"id\":\"b\",\"title\":\n\
                    {\"id\":\"c\",\"title\":\"t\",\"text\":\"x\",\"must\":[\"工将\"],\"may\":[]}\n\
                    {\"id\":\"d\",\"title\":\"t\",\"text\":\"x\",\"must\":[\"工匠\"],\"may\":[]}";
        let (items, diagnostics) = labelled(&Source::new("labels.jsonl", text), &["工匠".into(), "就业".into()]);
        assert_eq!(items.iter().map(|item| item.id.as_str()).collect::<Vec<_>>(), ["a", "d"]);
        let found: Vec<_> = diagnostics
            .iter()
            .map(|diagnostic| (diagnostic.code.name(), diagnostic.location.as_ref().map_or(0, |place| place.line)))
            .collect();
        assert_eq!(found, [("broken-label", 3), ("unknown-theme", 4)]);
        assert_eq!(diagnostics[1].hint.as_deref(), Some("did you mean 工匠?"));
        let excerpt = diagnostics[1].location.as_ref().unwrap().excerpt.as_ref().unwrap();
        assert_eq!(&excerpt.text[excerpt.marked.clone()], "\"工将\"");
    }
}
