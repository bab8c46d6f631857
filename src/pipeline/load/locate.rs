//! Adds the line of a conflicting address to its diagnostic: pages are given addresses when only metadata is in memory.

use crate::diagnostics::diagnostic::Diagnostic;
use crate::diagnostics::source::Source;
use crate::pipeline::tables::article_files::ArticleFiles;

/// The keys that decide on an address; the first of them in a file counts.
const KEYS: &[&str] = &["slug", "title"];

/// The diagnostic at its line, where the file can be read.
pub(crate) fn located(files: &ArticleFiles, diagnostic: Diagnostic) -> Diagnostic {
    let file = match &diagnostic.location {
        Some(location) if location.excerpt.is_none() && location.file.ends_with(".md") => location.file.clone(),
        _ => return diagnostic,
    };
    match files.source(&file) {
        Ok(source) => at_key(diagnostic, &source),
        Err(_) => diagnostic,
    }
}

fn at_key(diagnostic: Diagnostic, source: &Source) -> Diagnostic {
    let is_key = |line: &str, key: &str| line.strip_prefix(key).is_some_and(|rest| rest.trim_start().starts_with('='));
    match KEYS.iter().find_map(|key| source.text.lines().position(|line| is_key(line, key))) {
        Some(line) => diagnostic.at_location(source.line_location(line + 1)),
        None => diagnostic,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostics::code::Code;
    use crate::diagnostics::message::Message;

    #[test]
    fn the_slug_is_shown_and_else_the_title() {
        let shown = |text: &str| {
            let diagnostic = at_key(
                Diagnostic::new(Code::AddressTaken, Message::verbatim("taken")),
                &Source::new("content/articles/a.md", text),
            );
            diagnostic.location.map(|place| (place.line, place.excerpt.map(|excerpt| excerpt.text)))
        };
        let (title, slug) = ("title = \"甲\"", "slug = \"x\"");
        assert_eq!(shown(&format!("+++\n{title}\n{slug}\n+++\n")), Some((3, Some(slug.to_owned()))));
        assert_eq!(shown(&format!("+++\n{title}\n+++\n")), Some((2, Some(title.to_owned()))));
        assert_eq!(shown("+++\n"), None);
    }
}
