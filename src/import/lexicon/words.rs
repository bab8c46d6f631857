//! A dictionary of common words of two characters, for telling words from names and whole words from cut ones.

use std::collections::HashSet;
use std::sync::LazyLock;

/// Words of two characters, by both characters.
static WORDS: LazyLock<HashSet<(char, char)>> = LazyLock::new(|| {
    include_str!("words.txt")
        .lines()
        .filter(|line| !line.starts_with('#'))
        .filter_map(|line| line.split_once(' '))
        .flat_map(|(first, seconds)| first.chars().flat_map(|a| seconds.chars().map(move |b| (a, b))))
        .collect()
});

/// A common word of two characters.
pub(crate) fn is_word(first: char, second: char) -> bool {
    WORDS.contains(&(first, second))
}
