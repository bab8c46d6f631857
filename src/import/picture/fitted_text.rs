//! Breaks a line's text into rows that fill the rectangles in which it stands.
//!
//! The file tells where a line stands, and not always where each printed row of it does. So the type is made as large as lets
//! the text fill its place: it is where a reader looks for it, though its rows may break elsewhere than in print.

use crate::import::picture::svg::Rect;

/// A row of text.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Row {
    pub(super) text: String,
    /// where it begins: the left end of its baseline, or the middle of its top where it is read downwards
    pub(super) at: [i32; 2],
    /// size of type
    pub(super) size: i32,
    /// how long it is, at most
    pub(super) length: i32,
}

/// From one row to the next, in hundredths of the size of type.
const PITCH: i32 = 122;
/// The smallest type; a text that fills its place with still smaller one is cut off.
const SMALLEST: i32 = 10;

/// The rows of a text in its rectangles, which are read one after another.
pub(super) fn fitted(text: &str, rects: &[Rect], vertical: bool) -> Vec<Row> {
    let area = |rect: &Rect| i64::from(rect[2] - rect[0]).max(1) * i64::from(rect[3] - rect[1]).max(1);
    let whole: i64 = rects.iter().map(area).sum();
    let chars: Vec<char> = text.chars().collect();
    let (mut rows, mut from, mut area_so_far) = (Vec::new(), 0, 0);
    for rect in rects {
        area_so_far += area(rect);
        let to = (chars.len() as i64 * area_so_far / whole.max(1)) as usize;
        rows.extend(in_rect(&chars[from..to.clamp(from, chars.len())], *rect, vertical));
        from = to.clamp(from, chars.len());
    }
    rows
}

fn in_rect(chars: &[char], [x0, y0, x1, y1]: Rect, vertical: bool) -> Vec<Row> {
    let (width, height) = ((x1 - x0).max(1), (y1 - y0).max(1));
    // rows run along `length`, and follow one another across it
    let (length, across) = if vertical { (height, width) } else { (width, height) };
    let mut size = across.min(largest(chars, length, across));
    let mut rows = broken(chars, length, size);
    while depth(rows.len(), size) > i64::from(across) && size > SMALLEST {
        size = (size * 24 / 25).min(size - 1).max(SMALLEST);
        rows = broken(chars, length, size);
    }
    let pitch = (across / rows.len().max(1) as i32).min(size * PITCH / 100).max(1);
    let row = |(index, text): (usize, String)| {
        let before = pitch * index as i32;
        let at = if vertical { [x1 - before - pitch / 2, y0] } else { [x0, y0 + before + pitch / 2 + size * 35 / 100] };
        Row { text, at, size, length }
    };
    rows.into_iter().enumerate().map(row).collect()
}

/// The largest size of type to try: the text would fill its place with no distance between its rows.
fn largest(chars: &[char], length: i32, across: i32) -> i32 {
    let ems: f64 = chars.iter().map(|&c| f64::from(advance(c, 100)) / 100.0).sum();
    (f64::from(length) * f64::from(across) / ems.max(0.5)).sqrt().ceil() as i32
}

/// How much of a row a character takes.
fn advance(c: char, size: i32) -> i32 {
    let is_narrow = c < '\u{2000}';
    if is_narrow { size * 56 / 100 } else { size }
}

/// From the top of the first row to the bottom of the last.
fn depth(rows: usize, size: i32) -> i64 {
    (rows.max(1) as i64 - 1) * i64::from(size * PITCH / 100) + i64::from(size)
}

/// The text in rows of at most `length`.
fn broken(chars: &[char], length: i32, size: i32) -> Vec<String> {
    let mut rows = Vec::new();
    let (mut row, mut used) = (String::new(), 0);
    for &c in chars {
        let advance = advance(c, size);
        if used + advance > length && !row.is_empty() {
            rows.push(std::mem::take(&mut row));
            used = 0;
        }
        row.push(c);
        used += advance;
    }
    rows.extend((!row.is_empty()).then_some(row));
    rows
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn texts(rows: &[Row]) -> Vec<&str> {
        rows.iter().map(|row| row.text.as_str()).collect()
    }

    #[test]
    fn a_headline_is_as_large_as_its_place() {
        let rows = fitted("家门口的厂", &[[100, 50, 1100, 250]], false);
        assert_eq!((texts(&rows), rows[0].size > 180, rows[0].at[0]), (vec!["家门口的厂"], true, 100));
    }

    #[test]
    fn a_paragraph_fills_its_strips_in_turn() {
        let rows = fitted("一二三四五六七八九十", &[[0, 0, 40, 20], [60, 0, 100, 30]], false);
        assert_eq!(rows.iter().map(|row| row.text.as_str()).collect::<String>(), "一二三四五六七八九十");
        assert!(rows.iter().all(|row| row.at[1] <= 30) && rows.iter().any(|row| row.at[0] == 60), "{rows:?}");
    }

    #[test]
    fn vertical_text_runs_from_right_to_left() {
        let rows = fitted("一二三四五六", &[[0, 0, 40, 60]], true);
        assert_eq!(texts(&rows), ["一二三", "四五六"]);
        assert!(rows[0].at[0] > rows[1].at[0], "{rows:?}");
    }

    proptest! {
        #[test]
        fn nothing_is_lost_and_whatever_the_places_are_it_ends(
            text in "\\PC{0,60}",
            rects in prop::collection::vec([-5000i32..5000, -5000i32..5000, -5000i32..5000, -5000i32..5000], 1..4),
            vertical: bool,
        ) {
            let rows = fitted(&text, &rects, vertical);
            prop_assert_eq!(rows.iter().map(|row| row.text.as_str()).collect::<String>(), text);
        }
    }
}
