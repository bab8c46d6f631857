//! The grams of a text, and the shard that each is looked up in.
//!
//! A gram is two neighbouring UTF-16 units of a folded text, within a line. Where three ASCII letters or digits stand side
//! by side, they are a gram too: pairs of them stand in too many words to tell anything. Themes and papers are grams
//! that no text holds (their first unit is no character), so that narrowing a search is one more list to look through.

/// Two units, or what stands for three, for a theme or a paper.
pub(crate) type Gram = u32;

const THREE: u32 = 0xFDD0;
const THEME: u32 = 0xFDD1;
const PAPER: u32 = 0xFDD2;
const NEWLINE: u16 = 0x0A;

/// The articles under the theme at this place of site.toml.
pub(crate) fn theme(place: usize) -> Gram {
    facet(THEME, place)
}

/// The articles of the paper at this place of [`papers`](crate::site::facets::papers).
pub(crate) fn paper(place: usize) -> Gram {
    facet(PAPER, place)
}

fn facet(first: u32, place: usize) -> Gram {
    first << 16 | u32::try_from(place).unwrap_or(u32::MAX) & 0xFFFF
}

/// Hands over every gram of a folded text, as often as it stands there.
pub(crate) fn each(units: &[u16], mut take: impl FnMut(Gram)) {
    // the last units as base-36 digits, as long as they are such
    let (mut before, mut digits, mut run) = (NEWLINE, 0, 0);
    for &unit in units {
        if unit != NEWLINE && before != NEWLINE {
            take(u32::from(before) << 16 | u32::from(unit));
        }
        match digit(unit) {
            Some(digit) => {
                digits = digits % 1296 * 36 + digit;
                run += 1;
                if run > 2 {
                    take(THREE << 16 | digits);
                }
            }
            None => (digits, run) = (0, 0),
        }
        before = unit;
    }
}

fn digit(unit: u16) -> Option<u32> {
    match unit {
        0x30..=0x39 => Some(u32::from(unit) - 0x30),
        0x61..=0x7A => Some(u32::from(unit) - 0x61 + 10),
        _ => None,
    }
}

/// Spreads grams evenly: neighbours in writing are far apart. (Constants of xxHash.)
pub(crate) fn spread(gram: Gram) -> u32 {
    let gram = gram.wrapping_mul(0x9E37_79B1);
    let gram = (gram ^ gram >> 15).wrapping_mul(0x85EB_CA77);
    gram ^ gram >> 13
}

/// The shard of a gram, of so many.
pub(crate) fn shard(gram: Gram, shards: usize) -> usize {
    spread(gram) as usize % shards
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::search::fold::Fold;

    fn grams(text: &str) -> Vec<String> {
        let mut grams = Vec::new();
        each(&Fold::default().text(text), |gram| {
            grams.push(match gram >> 16 {
                THREE => format!("#{}", gram & 0xFFFF),
                first => String::from_utf16_lossy(&[first as u16, gram as u16]),
            });
        });
        grams
    }

    #[test]
    fn pairs_stand_within_a_line_and_threes_within_a_word() {
        assert_eq!(grams("产业工人\n产改"), ["产业", "业工", "工人", "产改"]);
        let nine = format!("#{}", 9 * 36 + 1);
        assert_eq!(grams("Ａ 0９1Z"), ["a ", " 0", "09", "91", &nine, "1z", &format!("#{}", 9 * 1296 + 36 + 35)]);
    }

    #[test]
    fn grams_are_spread_over_all_shards() {
        let mut counts = [0; 64];
        for gram in (0..64).flat_map(|a| (0..100).map(move |b| (0x4E00 + a) << 16 | (0x5DE5 + b))) {
            counts[shard(gram, 64)] += 1;
        }
        assert!(counts.iter().all(|count| (60..150).contains(count)), "{counts:?}");
    }
}
