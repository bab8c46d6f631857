//! Findings about content.
//!
//! A stage that meets something wrong in what a person wrote goes on with the rest and leaves a [`Note`]: what it is, where
//! it stands, what could have been meant. Notes are values; only the terminal prints them, and [`Note::render`] is what it
//! prints. (What stops a command is an [`Error`](crate::diagnostics::error::Error).)

use crate::diagnostics::source::{Place, Source};
use annotate_snippets::{AnnotationKind, Level, Origin, Renderer, Snippet};
use std::ops::Range;

/// How much a finding weighs: an error makes a command exit with 1, the others are for the reader's judgement.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Severity {
    Info,
    Warning,
    Error,
}

/// One finding.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Note {
    pub severity: Severity,
    /// A stable word for scripts and tests, such as `unknown-theme`.
    pub code: &'static str,
    pub message: String,
    pub place: Option<Place>,
    pub hint: Option<String>,
}

impl Note {
    pub fn new(severity: Severity, code: &'static str, message: impl Into<String>) -> Self {
        Self { severity, code, message: message.into(), place: None, hint: None }
    }

    pub fn error(code: &'static str, message: impl Into<String>) -> Self {
        Self::new(Severity::Error, code, message)
    }

    pub fn warning(code: &'static str, message: impl Into<String>) -> Self {
        Self::new(Severity::Warning, code, message)
    }

    pub fn info(code: &'static str, message: impl Into<String>) -> Self {
        Self::new(Severity::Info, code, message)
    }

    /// At a byte range of a text.
    pub fn at(mut self, source: &Source, span: Range<usize>) -> Self {
        self.place = Some(source.place(span));
        self
    }

    /// At a place already told.
    pub fn place(mut self, place: Place) -> Self {
        self.place = Some(place);
        self
    }

    /// At a file as a whole.
    pub fn in_file(self, name: impl Into<String>) -> Self {
        self.place(Place::file(name))
    }

    pub fn hint(mut self, hint: impl Into<String>) -> Self {
        self.hint = Some(hint.into());
        self
    }

    /// The finding as the terminal shows it, several lines, without a line break at the end.
    pub fn render(&self, styled: bool) -> String {
        let renderer = if styled { Renderer::styled() } else { Renderer::plain() };
        let level = match self.severity {
            Severity::Error => Level::ERROR,
            Severity::Warning => Level::WARNING,
            Severity::Info => Level::INFO,
        };
        let mut group = level
            .primary_title(self.message.as_str())
            .id(self.code)
            .elements([] as [annotate_snippets::Element<'_>; 0]);
        match &self.place {
            Some(Place { file, line, column, excerpt: Some(excerpt) }) => {
                let mark = AnnotationKind::Primary.span(underlined(&excerpt.marked, &excerpt.text));
                let snippet = Snippet::source(excerpt.text.as_str()).line_start(*line).annotation(mark);
                // the renderer counts the column in what it shows, which is not the line's where its beginning is left out
                let counted = excerpt.text[..excerpt.marked.start].chars().count() + 1 == *column;
                group = if counted {
                    group.element(snippet.path(file))
                } else {
                    group.element(Origin::path(file).line(*line).char_column(*column)).element(snippet)
                };
            }
            Some(place) => group = group.element(Origin::path(&place.file)),
            None => {}
        }
        if let Some(hint) = &self.hint {
            group = group.element(Level::HELP.message(hint.as_str()));
        }
        renderer.render(&[group])
    }
}

/// A mark of no width is shown under the character that follows it.
fn underlined(marked: &Range<usize>, text: &str) -> Range<usize> {
    if marked.is_empty() {
        let width = text[marked.start..].chars().next().map_or(0, char::len_utf8);
        return marked.start..marked.start + width;
    }
    marked.clone()
}

/// The word among `known` that someone who wrote `word` could have meant.
pub fn could_have_meant<'a>(word: &str, known: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    known
        .into_iter()
        .map(|candidate| (strsim::normalized_damerau_levenshtein(word, candidate), candidate))
        .filter(|(likeness, _)| *likeness >= 0.5)
        .max_by(|a, b| a.0.total_cmp(&b.0))
        .map(|(_, candidate)| candidate)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_finding_shows_file_line_text_and_hint() {
        let source = Source::new("content/articles/a.md", "+++\nthemes = [\"工将\"]\n+++\n");
        let at = source.text.find("\"工将\"").unwrap();
        let note = Note::error("unknown-theme", "site.toml defines no theme 工将")
            .at(&source, at..at + "\"工将\"".len())
            .hint("did you mean 工匠?");
        let shown = note.render(false);
        assert!(shown.contains("--> content/articles/a.md:2:11\n"), "{shown}");
        assert!(shown.contains("^^^^^^"), "two columns for each 汉字: {shown}");
        assert!(shown.contains("did you mean 工匠?"), "{shown}");
    }

    #[test]
    fn a_word_far_from_all_known_ones_gets_no_suggestion() {
        assert_eq!(could_have_meant("titel", ["title", "kicker"]), Some("title"));
        assert_eq!(could_have_meant("工将", ["工匠", "就业"]), Some("工匠"));
        assert_eq!(could_have_meant("zzz", ["title", "kicker"]), None);
    }
}
