//! Makes printed lines of words with their places.
//!
//! Engines separate words by spaces in Chinese too, where nothing is printed between them. So a space is written between
//! words of other scripts, and beside Chinese only where the page leaves the place of a character free.

use crate::import::page::printed_page::{Direction, PrintedLine, PrintedWord, Rect};
use crate::text::han::{is_chinese, is_han_punctuation};

/// A gap beside a Chinese character that is printed as a space, in lengths of a character: less is the white of the glyphs.
const PRINTED_SPACE: f32 = 0.8;
/// Pairs of words that tell how far the characters of a line are apart, at least.
const TELLING: usize = 5;
/// Lines that are so many times as high as wide are vertical.
const VERTICAL: f32 = 1.8;

/// The line of these words, in the order of the format; None where they have no text. `rect` is the line's own where the format
/// gives one. Its size is 0: the format, or [`sizes`](crate::import::input::printed::sizes), gives it.
pub(crate) fn line_of_words(words: Vec<PrintedWord>, rect: Option<Rect>) -> Option<PrintedLine> {
    let words: Vec<PrintedWord> = words.into_iter().filter_map(cleaned).collect();
    let rect = rect.or_else(|| words.iter().map(|word| word.rect).reduce(|all, word| all.union(&word)))?;
    let direction = direction_of(&rect, words.iter().map(|word| word.text.chars().count()).sum());
    let character = advance(&words, direction).unwrap_or_else(|| character_length(&words, direction));
    let mut text = String::new();
    let mut before: Option<&PrintedWord> = None;
    for word in &words {
        if before.is_some_and(|before| is_space_between(before, word, character, direction)) {
            text.push(' ');
        }
        text.push_str(&word.text);
        before = Some(word);
    }
    let confidence = mean_confidence(&words);
    (!text.is_empty()).then_some(PrintedLine { text, rect, direction, confidence, words, ..PrintedLine::default() })
}

/// A line of a text as a format gives it, whose words have no places; None where nothing shows.
pub(crate) fn line_of_text(text: &str, rect: Rect, confidence: Option<f32>) -> Option<PrintedLine> {
    let text = clean(text);
    let direction = direction_of(&rect, text.chars().count());
    (!text.is_empty()).then_some(PrintedLine { text, rect, direction, confidence, ..PrintedLine::default() })
}

/// A text on one line: without control characters, marks of no width and white space around it; any other white space that
/// breaks lines is a space.
pub(crate) fn clean(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '\t' | '\n' | '\r' | '\u{B}' | '\u{C}' | '\u{85}' | '\u{2028}' | '\u{2029}' | '\u{A0}' | ' ' => {
                if !out.ends_with(' ') {
                    out.push(' ');
                }
            }
            '\u{FEFF}' | '\u{200B}' | '\u{AD}' => {}
            c if c.is_control() => {}
            c => out.push(c),
        }
    }
    let trimmed = out.trim();
    if trimmed.len() == out.len() { out } else { trimmed.to_owned() }
}

fn cleaned(word: PrintedWord) -> Option<PrintedWord> {
    let text = clean(&word.text);
    (!text.is_empty()).then_some(PrintedWord { text, ..word })
}

/// A line of several characters that is much higher than wide is printed downwards.
pub(crate) fn direction_of(rect: &Rect, characters: usize) -> Direction {
    let is_vertical = characters > 1 && rect.height() > rect.width() * VERTICAL;
    if is_vertical { Direction::Vertical } else { Direction::Horizontal }
}

/// The mean length of the line's characters: of those in words of several, whose boxes engines measure best, where there are any.
fn character_length(words: &[PrintedWord], direction: Direction) -> f32 {
    let chinese = || words.iter().filter(|word| word.text.chars().all(is_chinese));
    let mean = |words: &mut dyn Iterator<Item = &PrintedWord>| {
        let (length, characters) = words.fold((0.0, 0), |(length, characters), word| {
            let (start, end) = extent(word, direction);
            (length + end - start, characters + word.text.chars().count())
        });
        (characters > 0).then(|| length / characters as f32)
    };
    mean(&mut chinese().filter(|word| word.text.chars().count() > 1)).or_else(|| mean(&mut chinese())).unwrap_or(0.0)
}

/// The distance from one character of the line to the next, where enough of them follow one another to tell it: boxes of single characters
/// are as wide as their ink, and lie at its place only roughly.
fn advance(words: &[PrintedWord], direction: Direction) -> Option<f32> {
    let of_word = |word: &PrintedWord| {
        let (start, end) = extent(word, direction);
        let is_plain = word.text.chars().all(|c| is_chinese(c) && !is_han_punctuation(c));
        is_plain.then(|| (f32::midpoint(start, end), word.text.chars().count() as f32))
    };
    let distance = |pair: &[PrintedWord]| {
        let ((a, before), (b, behind)) = (of_word(&pair[0])?, of_word(&pair[1])?);
        Some((b - a) / f32::midpoint(before, behind)).filter(|distance| *distance > 0.0)
    };
    let mut distances: Vec<f32> = words.windows(2).filter_map(distance).collect();
    distances.sort_by(f32::total_cmp);
    (distances.len() >= TELLING).then(|| distances[distances.len() / 2])
}

/// Where a word begins and ends along its line.
fn extent(word: &PrintedWord, direction: Direction) -> (f32, f32) {
    match direction {
        Direction::Horizontal => (word.rect.x0, word.rect.x1),
        Direction::Vertical => (word.rect.y0, word.rect.y1),
    }
}

fn is_space_between(a: &PrintedWord, b: &PrintedWord, character: f32, direction: Direction) -> bool {
    let (Some(end), Some(start)) = (a.text.chars().next_back(), b.text.chars().next()) else { return false };
    if !is_chinese(end) && !is_chinese(start) {
        return true;
    }
    let ((a_start, a_end), (b_start, _)) = (extent(a, direction), extent(b, direction));
    // a box may end before its last character does
    let length = |c: char| if c.is_ascii() { 0.5 } else { 1.0 };
    let expected_end = a_start + character * a.text.chars().map(length).sum::<f32>();
    let gap = b_start - a_end.max(expected_end);
    !is_han_punctuation(end) && !is_han_punctuation(start) && character > 0.0 && gap > PRINTED_SPACE * character
}

/// The mean over characters; None where no word has a confidence.
fn mean_confidence(words: &[PrintedWord]) -> Option<f32> {
    let known = words.iter().filter_map(|word| Some((word.confidence?, word.text.chars().count() as f32)));
    let (sum, count) = known.fold((0.0, 0.0), |(sum, count), (value, n)| (sum + value * n, count + n));
    (count > 0.0).then(|| sum / count)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn word(text: &str, x0: f32, x1: f32) -> PrintedWord {
        PrintedWord { text: text.to_owned(), rect: Rect::between(x0, 0.0, x1, 10.0), confidence: Some(0.5) }
    }

    fn joined(words: &[(&str, f32, f32)]) -> String {
        line_of_words(words.iter().map(|(text, x0, x1)| word(text, *x0, *x1)).collect(), None).unwrap().text
    }

    #[test]
    fn words_are_joined_as_they_are_printed() {
        assert_eq!(joined(&[("职工", 0.0, 20.0), ("之", 21.0, 30.0), ("家", 31.0, 40.0)]), "职工之家");
        assert_eq!(joined(&[("2026", 0.0, 20.0), ("年", 21.0, 30.0)]), "2026年");
        assert_eq!(joined(&[("Open", 0.0, 20.0), ("Day", 24.0, 40.0)]), "Open Day");
        assert_eq!(joined(&[("记者", 0.0, 20.0), ("岑望舒", 30.0, 60.0)]), "记者 岑望舒");
        assert_eq!(joined(&[("好，", 0.0, 20.0), ("再来", 30.0, 50.0)]), "好，再来", "a comma has its white behind it");
    }

    #[test]
    fn boxes_of_single_characters_tell_no_space() {
        // as wide as their ink, and not where they are: 14 points between some, where a character takes 27
        let starts = [0.0, 40.0, 60.0, 92.0, 120.0, 141.0, 175.0, 200.0];
        let words: Vec<_> = "江面涨水已经三天".chars().map(String::from).zip(starts).collect();
        let words: Vec<_> = words.iter().map(|(text, x)| (text.as_str(), *x, x + 18.0)).collect();
        assert_eq!(joined(&words), "江面涨水已经三天");
    }

    #[test]
    fn texts_stay_on_their_lines() {
        assert_eq!(clean(" \u{FEFF}上\r\n下\u{2028}\u{0}左\u{3000}右 \u{3000}"), "上 下 左\u{3000}右");
        assert_eq!(line_of_text("\u{200B} ", Rect::default(), None), None);
    }

    #[test]
    fn a_high_line_is_vertical() {
        assert_eq!(direction_of(&Rect::between(0.0, 0.0, 10.0, 60.0), 6), Direction::Vertical);
        assert_eq!(direction_of(&Rect::between(0.0, 0.0, 10.0, 20.0), 1), Direction::Horizontal);
    }
}
