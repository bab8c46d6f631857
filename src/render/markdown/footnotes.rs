//! Footnotes: taken out of the text where an editor wrote them, numbered as they are referred to, listed at the end.
//!
//! 1. [`Footnotes::apart`]: the text without the notes, and the notes
//! 2. [`Footnotes::reference`]: a number in the text for each reference
//! 3. [`Footnotes::take_next`]: the notes in the order of their numbers; those that nothing refers to come last

use pulldown_cmark::{CowStr, Event, Tag, TagEnd};
use std::collections::HashMap;

/// The notes of one body.
#[derive(Debug, Default)]
pub(crate) struct Footnotes<'a> {
    notes: Vec<Note<'a>>,
    /// where in `notes` a name is; capitals do not tell names apart
    places: HashMap<String, usize>,
    /// where in `notes` a number is
    order: Vec<usize>,
    written: usize,
    /// so many of `notes` have a number for sure
    numbered: usize,
}

#[derive(Debug)]
struct Note<'a> {
    events: Vec<Event<'a>>,
    /// from 1, once it is referred to or its turn has come
    number: Option<usize>,
    references: usize,
}

/// A note to be written.
#[derive(Debug)]
pub(crate) struct Footnote<'a> {
    /// from 1
    pub(crate) number: usize,
    pub(crate) referred_to: bool,
    pub(crate) events: Vec<Event<'a>>,
}

impl<'a> Footnotes<'a> {
    /// The events without the notes among them, and the notes. Of two notes with one name the first is meant.
    pub(crate) fn apart(events: impl Iterator<Item = Event<'a>>) -> (Vec<Event<'a>>, Self) {
        let mut footnotes = Self::default();
        let mut text = Vec::new();
        let mut open: Vec<(CowStr<'a>, Vec<Event<'a>>)> = Vec::new();
        for event in events {
            match event {
                Event::Start(Tag::FootnoteDefinition(name)) => open.push((name, Vec::new())),
                Event::End(TagEnd::FootnoteDefinition) => {
                    if let Some((name, note)) = open.pop() {
                        footnotes.add(&name, note);
                    }
                }
                event => match open.last_mut() {
                    Some((_, note)) => note.push(event),
                    None => text.push(event),
                },
            }
        }
        (text, footnotes)
    }

    fn add(&mut self, name: &str, events: Vec<Event<'a>>) {
        self.places.entry(name.to_lowercase()).or_insert(self.notes.len());
        self.notes.push(Note { events, number: None, references: 0 });
    }

    /// The HTML of a reference; none where no note has the name.
    pub(crate) fn reference(&mut self, name: &str) -> Option<String> {
        let place = *self.places.get(&name.to_lowercase())?;
        let number = self.number(place);
        let note = &mut self.notes[place];
        note.references += 1;
        let (id, to) = (reference_id(number, note.references), note_id(number));
        Some(format!("<sup><a id=\"{id}\" href=\"#{to}\" role=\"doc-noteref\">{number}</a></sup>"))
    }

    fn number(&mut self, place: usize) -> usize {
        *self.notes[place].number.get_or_insert_with(|| {
            self.order.push(place);
            self.order.len()
        })
    }

    /// The next note to write. A note may refer to further ones.
    pub(crate) fn take_next(&mut self) -> Option<Footnote<'a>> {
        if self.written == self.order.len() {
            self.numbered += self.notes[self.numbered..].iter().take_while(|note| note.number.is_some()).count();
            if self.numbered == self.notes.len() {
                return None;
            }
            self.number(self.numbered);
        }
        let note = &mut self.notes[self.order[self.written]];
        self.written += 1;
        let events = std::mem::take(&mut note.events);
        Some(Footnote { number: self.written, referred_to: note.references > 0, events })
    }
}

/// The address of a note within its page.
pub(crate) fn note_id(number: usize) -> String {
    format!("fn-{number}")
}

/// The address of a reference to a note; `nth` counts from 1.
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
    fn notes_are_numbered_as_the_text_refers_to_them() {
        let source = Markdown::new("甲[^b]乙[^A]丙[^b]\n\n[^a]: 后[^c]\n\n[^x]: 无人问\n\n[^b]: 先\n\n[^c]: 末\n");
        let (text, mut notes) = Footnotes::apart(source.events());
        assert!(!text.iter().any(|event| matches!(event, Event::Start(Tag::FootnoteDefinition(_)))));
        assert!(notes.reference("b").unwrap().contains("id=\"fnref-1\" href=\"#fn-1\""));
        assert!(notes.reference("A").unwrap().contains("id=\"fnref-2\""));
        assert!(notes.reference("b").unwrap().contains("id=\"fnref-1-2\" href=\"#fn-1\""));
        assert_eq!(notes.reference("zzz"), None);
        let mut written = Vec::new();
        while let Some(note) = notes.take_next() {
            if note.number == 2 {
                notes.reference("c").unwrap();
            }
            let first =
                note.events.iter().find_map(|e| if let Event::Text(t) = e { Some(t.to_string()) } else { None });
            written.push((note.number, note.referred_to, first.unwrap()));
        }
        let expected = [(1, true, "先"), (2, true, "后"), (3, true, "末"), (4, false, "无人问")];
        assert_eq!(written, expected.map(|(number, referred, text)| (number, referred, text.to_owned())));
    }
}
