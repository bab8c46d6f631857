//! Diagnostics: findings about content, as values that stages return while they go on with the rest.

use crate::diagnostics::code::{Code, Severity};
use crate::diagnostics::message::{Message, translation};
use crate::diagnostics::source::{Location, Source};
use crate::text::lang::Lang;
use annotate_snippets::{AnnotationKind, Level, Origin, Renderer, Snippet};
use std::ops::Range;

/// One finding, located in a [`Source`], in a file as a whole or nowhere.
///
/// ```
/// use wenzhai::diagnostics::code::Code;
/// use wenzhai::diagnostics::diagnostic::Diagnostic;
/// use wenzhai::diagnostics::source::Source;
/// use wenzhai::message;
/// use wenzhai::text::lang::Lang;
///
/// let source = Source::new("content/articles/a.md", "+++\nthemes = [\"工将\"]\n+++\n");
/// let start = source.text.find("工将").unwrap();
/// let diagnostic = Diagnostic::new(Code::UnknownTheme, message!("site.toml defines no theme {id}", id = "工将"))
///     .at(&source, start..start + "工将".len())
///     .hint(message!("did you mean {meant}?", meant = "工匠"));
///
/// let rendered = diagnostic.render(Lang::En, false);
/// assert!(rendered.starts_with("error[unknown-theme]: site.toml defines no theme 工将"));
/// // file, line and column, with the text underlined: a Chinese character is two columns wide
/// assert!(rendered.contains("content/articles/a.md:2:12"));
/// assert!(rendered.contains("^^^^"));
/// assert!(rendered.ends_with("did you mean 工匠?"));
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Diagnostic {
    pub(crate) code: Code,
    pub(crate) message: Message,
    pub(crate) location: Option<Location>,
    pub(crate) hint: Option<Message>,
}

impl Diagnostic {
    /// A finding without a location.
    pub fn new(code: Code, message: Message) -> Self {
        Self { code, message, location: None, hint: None }
    }

    /// The severity, which follows from the code.
    pub fn severity(&self) -> Severity {
        self.code.severity()
    }

    /// Sets the location to a byte range of a text.
    pub fn at(self, source: &Source, span: Range<usize>) -> Self {
        self.at_location(source.location(span))
    }

    pub(crate) fn at_location(mut self, location: Location) -> Self {
        self.location = Some(location);
        self
    }

    /// Sets the location to a file as a whole.
    pub(crate) fn in_file(self, name: impl Into<String>) -> Self {
        self.at_location(Location::file(name))
    }

    /// Adds advice on what to do.
    pub fn hint(mut self, hint: Message) -> Self {
        self.hint = Some(hint);
        self
    }

    /// The hint in English; empty where there is none.
    #[cfg(test)]
    pub(crate) fn advice(&self) -> String {
        self.hint.as_ref().map(Message::english).unwrap_or_default()
    }

    /// The text that the terminal prints: several lines, without a line break at the end; with colours where it is `styled`.
    pub fn render(&self, lang: Lang, styled: bool) -> String {
        let level = match self.severity() {
            Severity::Error => Level::ERROR.with_name(translation("error", lang)),
            Severity::Warning => Level::WARNING.with_name(translation("warning", lang)),
            Severity::Info => Level::INFO.with_name(translation("info", lang)),
        };
        let (message, hint) = (self.message.text(lang), self.hint.as_ref().map(|hint| hint.text(lang)));
        let mut group =
            level.primary_title(&message).id(self.code.name()).elements([] as [annotate_snippets::Element<'_>; 0]);
        match &self.location {
            Some(Location { file, line, column, excerpt: Some(excerpt) }) => {
                let mark = AnnotationKind::Primary.span(underlined(&excerpt.marked, &excerpt.text));
                let snippet = Snippet::source(excerpt.text.as_str()).line_start(*line).annotation(mark);
                // The renderer counts columns in the excerpt, which are not the line's where the excerpt omits its start.
                let columns_agree = excerpt.text[..excerpt.marked.start].chars().count() + 1 == *column;
                group = if columns_agree {
                    group.element(snippet.path(file))
                } else {
                    group.element(Origin::path(file).line(*line).char_column(*column)).element(snippet)
                };
            }
            Some(location) => group = group.element(Origin::path(&location.file)),
            None => {}
        }
        if let Some(hint) = &hint {
            group = group.element(Level::HELP.with_name(translation("help", lang)).message(hint));
        }
        let renderer = if styled { Renderer::styled() } else { Renderer::plain() };
        renderer.render(&[group])
    }
}

/// The range to underline: an empty one is shown under the character that follows it.
fn underlined(marked: &Range<usize>, text: &str) -> Range<usize> {
    if marked.is_empty() {
        let width = text[marked.start..].chars().next().map_or(0, char::len_utf8);
        return marked.start..marked.start + width;
    }
    marked.clone()
}

/// The word among `known` that is most similar to `word` (normalised Damerau–Levenshtein similarity of at least 0.5).
pub(crate) fn closest_match<'a>(word: &str, known: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    known
        .into_iter()
        .map(|candidate| (strsim::normalized_damerau_levenshtein(word, candidate), candidate))
        .filter(|(similarity, _)| *similarity >= 0.5)
        .max_by(|a, b| a.0.total_cmp(&b.0))
        .map(|(_, candidate)| candidate)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::message;

    #[test]
    fn a_diagnostic_shows_file_line_text_and_hint() {
        let source = Source::new("content/articles/a.md", "+++\nthemes = [\"工将\"]\n+++\n");
        let at = source.text.find("\"工将\"").unwrap();
        let diagnostic = Diagnostic::new(Code::UnknownTheme, message!("site.toml defines no theme {id}", id = "工将"))
            .at(&source, at..at + "\"工将\"".len())
            .hint(message!("did you mean {meant}?", meant = "工匠"));
        let shown = diagnostic.render(Lang::En, false);
        assert!(shown.contains("--> content/articles/a.md:2:11\n"), "{shown}");
        assert!(shown.contains("^^^^^^"), "two columns for each 汉字: {shown}");
        assert!(shown.contains("did you mean 工匠?"), "{shown}");
    }

    #[test]
    fn a_word_far_from_all_known_ones_gets_no_suggestion() {
        assert_eq!(closest_match("titel", ["title", "kicker"]), Some("title"));
        assert_eq!(closest_match("工将", ["工匠", "就业"]), Some("工匠"));
        assert_eq!(closest_match("zzz", ["title", "kicker"]), None);
    }
}
