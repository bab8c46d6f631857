//! Vertical lines out of characters that stand one below the other, where an input format knows lines from left to right only.
//!
//! Two vertical lines side by side then come as rows of two characters each, which are taken apart.

use crate::import::layout::gutters::split_at;
use crate::import::layout::pieces::{Piece, center};
use crate::import::page::printed_page::Rect;

/// Characters without which a run is no line.
const LEAST: usize = 3;
/// Characters of a row, at most, that may belong to as many vertical lines.
const ROW: usize = 6;
/// Characters that are looked at for the next one, at most.
const LOOKS: usize = 60;

/// A character that may belong to a vertical line.
struct Character {
    piece: usize,
    rect: Rect,
    size: f32,
}

/// Joins characters to vertical lines.
pub(super) fn join_verticals(pieces: Vec<Piece>) -> Vec<Piece> {
    let characters = characters(&pieces);
    let in_runs = runs(&characters);
    let mut belongs = vec![false; pieces.len()];
    in_runs.iter().flatten().for_each(|&at| belongs[characters[at].piece] = true);
    let mut joined = Vec::with_capacity(pieces.len());
    let mut single = Vec::new();
    for (piece, belongs) in pieces.into_iter().zip(belongs) {
        if belongs {
            let cuts: Vec<usize> = (1..piece.words.len()).collect();
            split_at(piece, &cuts, &mut single);
        } else {
            joined.push(piece);
        }
    }
    join_runs(single, &mut joined);
    joined
}

/// The pieces of one character, and the characters of rows that stand apart.
fn characters(pieces: &[Piece]) -> Vec<Character> {
    let mut characters = Vec::new();
    for (index, piece) in pieces.iter().enumerate().filter(|(_, piece)| !piece.vertical) {
        let is_row = (2..=ROW).contains(&piece.words.len())
            && piece.words.iter().all(|word| is_character(&word.text))
            && piece.words.windows(2).all(|pair| pair[1].rect.x0 - pair[0].rect.x1 > 0.12 * piece.size);
        if is_character(&piece.text) {
            characters.push(Character { piece: index, rect: piece.rect, size: piece.size });
        } else if is_row {
            let of_word = |rect| Character { piece: index, rect, size: piece.size };
            characters.extend(piece.words.iter().map(|word| of_word(word.rect)));
        }
    }
    characters.sort_by(|a, b| center(&a.rect).1.total_cmp(&center(&b.rect).1));
    characters
}

fn is_character(text: &str) -> bool {
    let mut characters = text.trim().chars();
    characters.next().is_some() && characters.next().is_none()
}

/// Indexes of characters that stand one below the other, from top to bottom.
fn runs(characters: &[Character]) -> Vec<Vec<usize>> {
    let mut taken = vec![false; characters.len()];
    let mut runs = Vec::new();
    for start in 0..characters.len() {
        if taken[start] {
            continue;
        }
        let mut run = vec![start];
        while let Some(next) = next_below(characters, &taken, run[run.len() - 1]) {
            run.push(next);
        }
        if run.len() >= LEAST && is_dense(characters, &run) {
            run.iter().for_each(|&at| taken[at] = true);
            runs.push(run);
        }
    }
    runs
}

fn next_below(characters: &[Character], taken: &[bool], at: usize) -> Option<usize> {
    let (x, y) = center(&characters[at].rect);
    let size = characters[at].size;
    let fits = |&next: &usize| {
        let (other_x, other_y) = center(&characters[next].rect);
        let same_size = (characters[next].size - size).abs() < 0.2 * size;
        !taken[next] && same_size && (other_x - x).abs() < 0.4 * size && other_y - y > 0.5 * size
    };
    let near = |next: &usize| center(&characters[*next].rect).1 - y < 2.4 * size;
    (at + 1..characters.len()).take(LOOKS).take_while(near).find(fits)
}

/// Most characters follow closely: lines of text, or rows of a table, are further apart.
fn is_dense(characters: &[Character], run: &[usize]) -> bool {
    let y = |at: usize| center(&characters[at].rect).1;
    let close = run.windows(2).filter(|pair| y(pair[1]) - y(pair[0]) < 1.35 * characters[pair[0]].size).count();
    close * 3 >= (run.len() - 1) * 2
}

/// Joins pieces of one character each; what is in no run stays alone.
fn join_runs(single: Vec<Piece>, joined: &mut Vec<Piece>) {
    let characters = characters(&single);
    let mut single: Vec<Option<Piece>> = single.into_iter().map(Some).collect();
    for run in runs(&characters) {
        let mut line: Option<Piece> = None;
        for at in run {
            let Some(piece) = single[characters[at].piece].take() else { continue };
            match &mut line {
                None => line = Some(Piece { vertical: true, ..piece }),
                Some(line) => line.append(piece),
            }
        }
        joined.extend(line);
    }
    joined.extend(single.into_iter().flatten());
}
