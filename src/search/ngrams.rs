//! Character n-grams of a text, and the shard of each.
//!
//! A bigram is two neighbouring UTF-16 units of a folded text, within a line. A single unit is an n-gram too, its first unit 0. Three neighbouring ASCII letters or digits are
//! a trigram as well: bigrams of them occur in too many words to be selective. Each theme and each paper has an n-gram that
//! occurs in no text (its first unit is a noncharacter), so that a facet is one more posting list to intersect.

/// Two units; or a marker and the code of three units, a theme or a paper.
pub(crate) type Ngram = u32;

const TRIGRAM: u32 = 0xFDD0;
const THEME: u32 = 0xFDD1;
const PAPER: u32 = 0xFDD2;
const NEWLINE: u16 = 0x0A;

/// The n-gram of the theme at this position in site.toml.
pub(crate) fn theme(position: usize) -> Ngram {
    facet(THEME, position)
}

/// The n-gram of the paper at this position in [`papers`](crate::site::facets::papers).
pub(crate) fn paper(position: usize) -> Ngram {
    facet(PAPER, position)
}

fn facet(marker: u32, position: usize) -> Ngram {
    marker << 16 | u32::try_from(position).unwrap_or(u32::MAX) & 0xFFFF
}

/// Calls `emit` with every n-gram of a folded text and the offset of its first unit, as often as it occurs.
pub(crate) fn for_each(units: &[u16], mut emit: impl FnMut(Ngram, usize)) {
    // the last units as base-36 digits, as long as they are ASCII letters or digits
    let (mut before, mut digits, mut run) = (NEWLINE, 0, 0);
    for (at, &unit) in units.iter().enumerate() {
        if unit != NEWLINE && before != NEWLINE {
            emit(u32::from(before) << 16 | u32::from(unit), at - 1);
        }
        match digit(unit) {
            Some(digit) => {
                digits = digits % 1296 * 36 + digit;
                run += 1;
                if run > 2 {
                    emit(TRIGRAM << 16 | digits, at - 2);
                }
            }
            None => (digits, run) = (0, 0),
        }
        before = unit;
    }
}

/// Calls `emit` with the n-gram of every single character, which stands beside no other one.
pub(crate) fn for_each_character(units: &[u16], mut emit: impl FnMut(Ngram)) {
    units.iter().filter(|unit| **unit > u16::from(b' ')).for_each(|unit| emit(u32::from(*unit)));
}

fn digit(unit: u16) -> Option<u32> {
    match unit {
        0x30..=0x39 => Some(u32::from(unit) - 0x30),
        0x61..=0x7A => Some(u32::from(unit) - 0x61 + 10),
        _ => None,
    }
}

/// The shard of an n-gram, out of `shards`: by a hash with the constants of xxHash, which distributes similar ones evenly.
pub(crate) fn shard_of(ngram: Ngram, shards: usize) -> usize {
    let hash = ngram.wrapping_mul(0x9E37_79B1);
    let hash = (hash ^ hash >> 15).wrapping_mul(0x85EB_CA77);
    (hash ^ hash >> 13) as usize % shards
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::search::fold::fold;

    fn ngrams(text: &str) -> Vec<String> {
        let mut found = Vec::new();
        for_each(&fold(text), |ngram, _| {
            found.push(match ngram >> 16 {
                TRIGRAM => format!("#{}", ngram & 0xFFFF),
                first => String::from_utf16_lossy(&[first as u16, ngram as u16]),
            });
        });
        found
    }

    #[test]
    fn bigrams_are_within_a_line_and_trigrams_within_a_word() {
        assert_eq!(ngrams("产业工人\n产改"), ["产业", "业工", "工人", "产改"]);
        let nine = format!("#{}", 9 * 36 + 1);
        assert_eq!(ngrams("Ａ 0９1Z"), ["a ", " 0", "09", "91", &nine, "1z", &format!("#{}", 9 * 1296 + 36 + 35)]);
    }

    /// `hash` in `static/search-index.js` computes the same values.
    #[test]
    fn shards_are_those_that_the_browser_computes() {
        assert_eq!([shard_of(0x4EA7_6539, 1000), shard_of(theme(0), 1000), shard_of(paper(3), 7)], [770, 374, 1]);
    }

    #[test]
    fn ngrams_are_distributed_over_all_shards() {
        let mut counts = [0; 64];
        for ngram in (0..64).flat_map(|a| (0..100).map(move |b| (0x4E00 + a) << 16 | (0x5DE5 + b))) {
            counts[shard_of(ngram, 64)] += 1;
        }
        assert!(counts.iter().all(|count| (60..150).contains(count)), "{counts:?}");
    }
}
