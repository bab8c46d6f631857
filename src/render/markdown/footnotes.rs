//! Footnotes: moved from where an editor wrote them to the end of the page, and numbered by their first reference.
//!
//! 1. [`Footnotes::extract`] separates the notes from the text.
//! 2. [`Footnotes::reference`] numbers each reference in the text.
//! 3. [`Footnotes::take_next`] returns the notes in the order of their numbers; those without a reference come last.

use pulldown_cmark::{CowStr, Event, Tag, TagEnd};
use std::collections::HashMap;

/// The notes of one body.
#[derive(Debug, Default)]
pub(crate) struct Footnotes<'a> {
    notes: Vec<Note<'a>>,
    /// lower-case name → index in `notes`
    by_name: HashMap<String, usize>,
    /// indexes in `notes` in the order of their numbers
    order: Vec<usize>,
    /// how many notes have been returned
    taken: usize,
    /// all notes before this index have a number
    numbered: usize,
}

#[derive(Debug)]
struct Note<'a> {
    events: Vec<Event<'a>>,
    /// from 1; none before the first reference
    number: Option<usize>,
    /// how many references have been written
    references: usize,
}

impl<'a> Footnotes<'a> {
    /// Separates events into those of the text and the notes. Of two notes with the same name, references mean the first.
    pub(crate) fn extract(events: impl Iterator<Item = Event<'a>>) -> (Vec<Event<'a>>, Self) {
        let mut footnotes = Self::default();
        let mut text = Vec::new();
        let mut open: Vec<(CowStr<'a>, Vec<Event<'a>>)> = Vec::new();
        for event in events {
            match event {
                Event::Start(Tag::FootnoteDefinition(name)) => open.push((name, Vec::new())),
                Event::End(TagEnd::FootnoteDefinition) => {
                    let Some((name, events)) = open.pop() else { continue };
                    footnotes.by_name.entry(name.to_lowercase()).or_insert(footnotes.notes.len());
                    footnotes.notes.push(Note { events, number: None, references: 0 });
                }
                event => match open.last_mut() {
                    Some((_, note)) => note.push(event),
                    None => text.push(event),
                },
            }
        }
        (text, footnotes)
    }

    /// The HTML of a reference; none if no note has the name.
    pub(crate) fn reference(&mut self, name: &str) -> Option<String> {
        let index = *self.by_name.get(&name.to_lowercase())?;
        let number = self.number(index);
        let note = &mut self.notes[index];
        note.references += 1;
        let (id, target) = (reference_id(number, note.references), note_id(number));
        Some(format!("<sup><a id=\"{id}\" href=\"#{target}\" role=\"doc-noteref\">{number}</a></sup>"))
    }

    /// The number of a note, which is assigned on the first call.
    fn number(&mut self, index: usize) -> usize {
        *self.notes[index].number.get_or_insert_with(|| {
            self.order.push(index);
            self.order.len()
        })
    }

    /// The next note to write: its number from 1, whether it is referenced, and its events. Writing it may add references to
    /// further notes.
    pub(crate) fn take_next(&mut self) -> Option<(usize, bool, Vec<Event<'a>>)> {
        if self.taken == self.order.len() {
            self.numbered += self.notes[self.numbered..].iter().take_while(|note| note.number.is_some()).count();
            if self.numbered == self.notes.len() {
                return None;
            }
            self.number(self.numbered);
        }
        let note = &mut self.notes[self.order[self.taken]];
        self.taken += 1;
        Some((self.taken, note.references > 0, std::mem::take(&mut note.events)))
    }
}

/// The id of a note on its page.
pub(crate) fn note_id(number: usize) -> String {
    format!("fn-{number}")
}

/// The id of the `nth` reference to a note, from 1.
pub(crate) fn reference_id(number: usize, nth: usize) -> String {
    match nth {
        1 => format!("fnref-{number}"),
        nth => format!("fnref-{number}-{nth}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::content::markdown::Markdown;

    #[test]
    fn notes_are_numbered_by_their_first_reference() {
        let source = Markdown::new("甲[^b]乙[^A]丙[^b]\n\n[^a]: 后[^c]\n\n[^x]: 无人问\n\n[^b]: 先\n\n[^c]: 末\n");
        let (text, mut notes) = Footnotes::extract(source.events());
        assert!(!text.iter().any(|event| matches!(event, Event::Start(Tag::FootnoteDefinition(_)))));
        assert!(notes.reference("b").unwrap().contains("id=\"fnref-1\" href=\"#fn-1\""));
        assert!(notes.reference("A").unwrap().contains("id=\"fnref-2\""));
        assert!(notes.reference("b").unwrap().contains("id=\"fnref-1-2\" href=\"#fn-1\""));
        assert_eq!(notes.reference("zzz"), None);
        let mut written = Vec::new();
        while let Some((number, is_referenced, events)) = notes.take_next() {
            if number == 2 {
                notes.reference("c").unwrap();
            }
            let first = events.iter().find_map(|e| if let Event::Text(t) = e { Some(t.to_string()) } else { None });
            written.push((number, is_referenced, first.unwrap()));
        }
        let expected = [(1, true, "先"), (2, true, "后"), (3, true, "末"), (4, false, "无人问")];
        assert_eq!(written, expected.map(|(number, is_referenced, text)| (number, is_referenced, text.to_owned())));
    }
}
