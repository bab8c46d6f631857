//! Character n-grams of a text, and the shard of each.
//!
//! A bigram is two neighbouring UTF-16 units of a folded text, within a line. A single unit is an n-gram too, its first unit 0. Three neighbouring ASCII letters or digits are
//! a trigram as well: bigrams of them occur in too many words to be selective. Each theme and each paper has an n-gram that
//! occurs in no text (its first unit is a noncharacter), so that a facet is one more posting list to intersect; so have years, months,
//! days and pages.

use jiff::civil::Date;

/// Two units; or a marker and the code of three units, a theme or a paper.
pub(crate) type Ngram = u32;

const TRIGRAM: u32 = 0xFDD0;
const THEME: u32 = 0xFDD1;
const PAPER: u32 = 0xFDD2;
/// a year, or a month
const DATE: u32 = 0xFDD3;
const DAY: u32 = 0xFDD4;
/// 版
const PAGE: u32 = 0xFDD5;
/// three letters of a reading, two initials
const READING: u32 = 0xFDD6;
const INITIALS: u32 = 0xFDD7;
const NEWLINE: u16 = 0x0A;

/// The n-gram of the theme at this position in site.toml.
pub(crate) fn theme(position: usize) -> Ngram {
    facet(THEME, position)
}

/// The n-gram of the paper at this position in [`papers`](crate::site::facets::papers).
pub(crate) fn paper(position: usize) -> Ngram {
    facet(PAPER, position)
}

/// The n-grams of a day: of its year, its month and itself.
pub(crate) fn date(date: Date) -> [Ngram; 3] {
    let [year, month, day] =
        [usize::from(date.year().unsigned_abs()), date.month() as usize - 1, date.day() as usize - 1];
    let days = (year.saturating_sub(1900) * 12 + month) * 31 + day;
    [facet(DATE, year), facet(DATE, 10_000 + year * 12 + month), facet(DAY, days)]
}

/// The n-gram of a newspaper page.
pub(crate) fn page(number: u32) -> Ngram {
    facet(PAGE, number as usize)
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

/// Calls `emit` with the n-gram of every single character, once.
pub(crate) fn for_each_character(units: &[u16], emit: impl FnMut(Ngram)) {
    let mut units = units.to_vec();
    units.sort_unstable();
    units.dedup();
    units.into_iter().filter(|unit| *unit > u16::from(b' ')).map(u32::from).for_each(emit);
}

/// Calls `emit` with every pair of characters that only punctuation and spaces part, within a line.
pub(crate) fn for_each_parted(units: &[u16], mut emit: impl FnMut(Ngram)) {
    for line in units.split(|unit| *unit == NEWLINE) {
        let mut before: Option<(u16, usize)> = None;
        for (at, &unit) in line.iter().enumerate().filter(|(_, unit)| !is_mark(**unit)) {
            if let Some((first, _)) = before.filter(|(_, end)| *end + 1 < at) {
                emit(u32::from(first) << 16 | u32::from(unit));
            }
            before = Some((unit, at));
        }
    }
}

/// Calls `emit` with the n-grams of a text's reading: three letters of its syllables, and two of their initials.
pub(crate) fn for_each_in_reading(syllables: &[String], mut emit: impl FnMut(Ngram)) {
    let digits = |text: &str| text.bytes().filter_map(|byte| digit(u16::from(byte))).collect::<Vec<u32>>();
    let initials: String = syllables.iter().filter_map(|syllable| syllable.chars().next()).collect();
    let code = |digits: &[u32]| digits.iter().fold(0, |code, digit| code * 36 + digit);
    digits(&syllables.concat()).windows(3).for_each(|letters| emit(READING << 16 | code(letters)));
    digits(&initials).windows(2).for_each(|letters| emit(INITIALS << 16 | code(letters)));
}

/// Whether a folded unit is punctuation or a space; `marks` in `static/search-index.js`.
pub(crate) fn is_mark(unit: u16) -> bool {
    matches!(unit, 0x20..=0x2F | 0x3A..=0x40 | 0x5B..=0x60 | 0x7B..=0x7E | 0xB7 | 0x2010..=0x2027 | 0x2030..=0x205E | 0x3001..=0x3003 | 0x3008..=0x3020 | 0x30FB)
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

    #[test]
    fn a_reading_has_its_letters_and_its_initials() {
        let mut found = Vec::new();
        for_each_in_reading(&["gai".into(), "ge".into(), "2".into()], |ngram| found.push(ngram));
        let code = |text: &str| text.chars().fold(0, |code, c| code * 36 + c.to_digit(36).unwrap());
        let expected = ["gai", "aig", "ige", "ge2"].map(|letters| READING << 16 | code(letters));
        assert_eq!(found[..4], expected);
        assert_eq!(found[4..], [INITIALS << 16 | code("gg"), INITIALS << 16 | code("g2")]);
    }

    #[test]
    fn pairs_are_parted_by_punctuation_within_a_line() {
        let mut found = Vec::new();
        for_each_parted(&fold("工会， 服务（一）线\n“观”察"), |ngram| {
            found.push(String::from_utf16_lossy(&[(ngram >> 16) as u16, ngram as u16]));
        });
        assert_eq!(found, ["会服", "务一", "一线", "观察"]);
    }

    /// `hash` in `static/search-index.js` computes the same values.
    #[test]
    fn shards_are_those_that_the_browser_computes() {
        let days = date(jiff::civil::date(2025, 3, 18));
        assert_eq!(days, [0xFDD3_07E9, 0xFDD3_85FE, 0xFDD4_B5F3]);
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
