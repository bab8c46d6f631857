//! Places: where each n-gram of an article stands, as a number in its volume.
//!
//! A volume is divided into slots of [`SLOT`] places. An article has as many as its text needs, so that an edit moves the places of
//! other articles only where it makes the text a slot longer or shorter. Headline, kicker and subtitle, and text begin at fixed places of
//! the first slot: the place says which of them it is in, and no n-gram continues from one to the other.

use crate::search::document::Document;
use crate::search::fold::fold;
use crate::search::ngrams::{self, Ngram};
use crate::search::shard_builder::Section;

/// Places of a slot.
pub(crate) const SLOT: u32 = 2048;
/// The headline is before this place, where it is no longer than that.
pub(crate) const TITLE_ROOM: u32 = 256;
/// Kicker and subtitle are before this place, likewise.
const HEADINGS_ROOM: u32 = 512;

/// Calls `emit` with every n-gram of a document, its section and its place from the document's first slot on; single characters and
/// parted pairs have none. Returns the number of slots that it takes.
pub(crate) fn for_each(document: &Document, mut emit: impl FnMut(Section, Ngram, Option<u32>)) -> u32 {
    let texts = [
        (Section::Title, &document.headings.title, 0),
        (Section::Subtitles, &document.headings.subtitles, TITLE_ROOM),
        (Section::Article, &document.body, HEADINGS_ROOM),
    ];
    let mut next = 0;
    for (section, text, from) in texts {
        let from = from.max(next);
        let units = fold(text);
        ngrams::for_each(&units, |ngram, at| emit(section, ngram, Some(from + place(at))));
        ngrams::for_each_character(&units, |ngram| emit(section, ngram, None));
        ngrams::for_each_parted(&units, |ngram| emit(Section::Parted, ngram, None));
        next = from + place(units.len()) + 1;
    }
    next.div_ceil(SLOT)
}

fn place(at: usize) -> u32 {
    u32::try_from(at).expect("a text of four thousand million characters does not fit into a file of texts")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::search::document::Headings;

    fn places(title: &str, subtitles: &str, body: &str) -> (Vec<(Section, u32)>, u32) {
        let headings = Headings { title: title.into(), subtitles: subtitles.into() };
        let document = Document { headings, body: body.into(), ..Document::default() };
        let mut found = Vec::new();
        let slots = for_each(&document, |section, _, place| found.extend(place.map(|place| (section, place))));
        (found, slots)
    }

    #[test]
    fn each_text_has_a_room_of_its_own() {
        let (found, slots) = places("产改", "引题\n副题", "一二三\n");
        let expected = [(Section::Title, 0), (Section::Subtitles, 256), (Section::Subtitles, 259)];
        assert_eq!(found[..3], expected);
        assert_eq!(found[3..], [(Section::Article, 512), (Section::Article, 513)]);
        assert_eq!(slots, 1);
    }

    #[test]
    fn a_headline_that_is_too_long_moves_what_follows() {
        let (found, slots) = places(&"题".repeat(300), "", &"文".repeat(2048));
        assert_eq!(found.iter().filter(|(section, _)| *section == Section::Title).count(), 299);
        assert!(found.contains(&(Section::Article, 512)));
        assert_eq!(slots, 2);
        assert_eq!(places("", "", &"文".repeat(2048 - 513)).1, 1);
        assert_eq!(places("", "", &"文".repeat(2048 - 512)).1, 2);
    }
}
