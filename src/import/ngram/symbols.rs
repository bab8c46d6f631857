//! The symbols of the n-gram model, and the hash by which an n-gram is found.

/// The symbol before a paragraph's first character.
pub(crate) const BEGIN: char = '\u{2}';
/// The symbol behind a paragraph's last character.
pub(crate) const END: char = '\u{3}';

/// The symbol of a character; none for white space, which the extractor adds and drops.
pub(crate) fn symbol(c: char) -> Option<char> {
    match c {
        '0'..='9' | '０'..='９' => Some('0'),
        'A'..='Z' | 'a'..='z' | 'Ａ'..='Ｚ' | 'ａ'..='ｚ' => Some('a'),
        ',' => Some('，'),
        ';' => Some('；'),
        ':' => Some('：'),
        '?' => Some('？'),
        '!' => Some('！'),
        '(' => Some('（'),
        ')' => Some('）'),
        '％' => Some('%'),
        c if c.is_whitespace() || c.is_control() => None,
        c => Some(c),
    }
}

/// The symbols of a text.
pub(crate) fn symbols(text: &str) -> impl Iterator<Item = char> + '_ {
    text.chars().filter_map(symbol)
}

/// The hash of an n-gram: of its symbols, the last one last.
pub(crate) fn hash(ngram: &[char]) -> u64 {
    ngram.iter().fold(ngram.len() as u64, |hash, &symbol| {
        let one = u128::from(hash ^ (u64::from(u32::from(symbol)) << 32 | 0x9E37));
        let mixed = one.wrapping_mul(0x9E37_79B9_7F4A_7C15_F39C_0C5D);
        (mixed as u64) ^ (mixed >> 64) as u64
    })
}
