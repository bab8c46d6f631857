//! Tokens of a headline: words, numbers, Latin words, spaces, punctuation.

use crate::text::han::{closes, is_han, opens};
use crate::text::words::list::WordList;
use crate::text::words::segmentation::segment;

/// What a token is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum TokenKind {
    /// 汉字, a word of the list or a single character
    Word,
    /// digits with what belongs to them (`1.8`, `45%`), or a word of numerals
    Number,
    /// letters of another script
    Latin,
    Space,
    /// a quotation mark or bracket that opens
    Opening,
    /// one that closes
    Closing,
    /// ends a sentence or a part of it
    Stop,
    /// a dash: `——`
    Dash,
    /// other punctuation, which nothing is parted from
    Other,
}

/// A piece of a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Token {
    pub(crate) kind: TokenKind,
    /// byte offset of its beginning
    pub(crate) start: usize,
    /// its length in characters
    pub(crate) length: usize,
    /// how much more it costs to have a word across its beginning; 0 where it does not stand between words
    pub(crate) margin: u32,
    pub(crate) first: char,
}

/// The tokens of a text, in order and without gaps.
pub(crate) fn tokens(list: &WordList, text: &str) -> Vec<Token> {
    let characters: Vec<(usize, char)> = text.char_indices().collect();
    let mut tokens = Vec::with_capacity(characters.len() / 2 + 1);
    let mut from = 0;
    while from < characters.len() {
        let kind = kind_of(characters[from].1);
        let same = |&&(_, c): &&(usize, char)| kind_of(c) == kind || kind == TokenKind::Number && joins_digits(c);
        let length = match kind {
            TokenKind::Opening | TokenKind::Closing | TokenKind::Stop | TokenKind::Other => 1,
            _ => characters[from..].iter().take_while(same).count(),
        };
        let run = &characters[from..from + length];
        match kind {
            TokenKind::Word => push_words(list, run, &mut tokens),
            _ => tokens.push(Token { kind, start: run[0].0, length, margin: 0, first: run[0].1 }),
        }
        from += length;
    }
    tokens
}

fn push_words(list: &WordList, run: &[(usize, char)], tokens: &mut Vec<Token>) {
    let characters: Vec<char> = run.iter().map(|&(_, c)| c).collect();
    let words = segment(list, &characters);
    let ends = words.starts[1..].iter().copied().chain([characters.len()]);
    for ((&from, to), &margin) in words.starts.iter().zip(ends).zip(&words.margins) {
        let is_number = characters[from..to].iter().all(|&c| is_numeral(c));
        let kind = if is_number { TokenKind::Number } else { TokenKind::Word };
        let margin = if from == 0 { 0 } else { margin };
        tokens.push(Token { kind, start: run[from].0, length: to - from, margin, first: characters[from] });
    }
}

fn kind_of(c: char) -> TokenKind {
    match c {
        _ if is_han(c) => TokenKind::Word,
        _ if c.is_numeric() => TokenKind::Number,
        _ if c.is_whitespace() => TokenKind::Space,
        '—' | '―' => TokenKind::Dash,
        '，' | '、' | '；' | '：' | '。' | '！' | '？' | '…' => TokenKind::Stop,
        _ if opens(c) => TokenKind::Opening,
        _ if closes(c) => TokenKind::Closing,
        _ if c.is_alphabetic() => TokenKind::Latin,
        _ => TokenKind::Other,
    }
}

/// What stands in a number: a decimal point, a sign of per cent.
fn joins_digits(c: char) -> bool {
    matches!(c, '.' | ',' | '%' | '％' | '‰' | ':' | '-' | '/' | '~' | '～')
}

/// A 汉字 that is a numeral.
pub(crate) fn is_numeral(c: char) -> bool {
    matches!(
        c,
        '〇' | '零'
            | '一'
            | '二'
            | '三'
            | '四'
            | '五'
            | '六'
            | '七'
            | '八'
            | '九'
            | '十'
            | '百'
            | '千'
            | '万'
            | '亿'
            | '两'
            | '几'
    )
}
