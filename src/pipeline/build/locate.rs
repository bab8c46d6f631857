//! Where in a file a finding stands that was made without the file's text.
//!
//! Pages are given their addresses when only metadata is in memory. Where two claim one, the finding knows the file; its
//! line is looked up here: the slug, or else the title that stands where a slug could.

use crate::diagnostics::diagnostic::Note;
use crate::diagnostics::source::Source;
use crate::io::fs::file;
use std::path::Path;

/// The keys that decide on an address, the first of them that stands in a file.
const KEYS: &[&str] = &["slug", "title"];

/// The finding at its line, where the file can be read.
pub fn located(root: &Path, note: Note) -> Note {
    let file = match &note.place {
        Some(place) if place.excerpt.is_none() && place.file.ends_with(".md") => place.file.clone(),
        _ => return note,
    };
    match file::read_source(root, &file) {
        Ok(source) => at_key(note, &source),
        Err(_) => note,
    }
}

fn at_key(note: Note, source: &Source) -> Note {
    let is_key = |line: &str, key: &str| line.strip_prefix(key).is_some_and(|rest| rest.trim_start().starts_with('='));
    let line = KEYS.iter().find_map(|key| source.text.lines().position(|line| is_key(line, key)));
    match line {
        Some(line) => note.place(source.line_place(line + 1)),
        None => note,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_slug_is_shown_and_else_the_title() {
        let shown = |text: &str| {
            let note = at_key(Note::error("address-taken", "taken"), &Source::new("content/articles/a.md", text));
            note.place.map(|place| (place.line, place.excerpt.map(|excerpt| excerpt.text)))
        };
        let (title, slug) = ("title = \"甲\"", "slug = \"x\"");
        assert_eq!(shown(&format!("+++\n{title}\n{slug}\n+++\n")), Some((3, Some(slug.to_owned()))));
        assert_eq!(shown(&format!("+++\n{title}\n+++\n")), Some((2, Some(title.to_owned()))));
        assert_eq!(shown("+++\n"), None);
    }
}
