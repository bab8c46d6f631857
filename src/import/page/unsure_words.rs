//! Words that an input format reports as doubtful: those of low confidence, by their places in a line.

use crate::import::page::printed_page::PrintedWord;
use std::ops::Range;

/// A word of less confidence is shown to a person where the one before or behind it has less than the second: what is misread leaves
/// its neighbour in doubt, while a rare character that is read rightly stands alone. Of what Tesseract reads on broadsheets at 200 dpi,
/// such places are wrong in 57 cases of 100, and hold 26 of 100 words that are wrong (480 places on twelve pages). All words below 0.2,
/// whatever is beside them: 51 and 18; below 0.5: 43 and 35. It never decides what a page says.
const UNSURE: f32 = 0.7;
const NEIGHBOUR: f32 = 0.85;
/// Lines of less confidence are shown as a whole where a format is unsure of lines and not of words: three of five lines of Tesseract whose mean is lower have a
/// mistake, which is two of five that have one.
const UNSURE_LINE: f32 = 0.85;

/// A place in a line of which the format is unsure: a word, or several that follow one another.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct UnsureWords {
    /// bytes of the line's text
    pub(crate) span: Range<usize>,
    /// the lowest of its words, in hundredths
    pub(crate) confidence: u8,
}

/// The doubtful places of a printed line: `text` is made of its `words`, which may have white space between them, or has none whose
/// confidence is known; then the line's own `confidence` counts.
pub(crate) fn unsure_words(text: &str, words: &[PrintedWord], confidence: Option<f32>) -> Vec<UnsureWords> {
    if words.iter().all(|word| word.confidence.is_none()) {
        let confidence = confidence.filter(|confidence| *confidence < UNSURE_LINE && !text.is_empty());
        let whole = |confidence| UnsureWords { span: 0..text.len(), confidence: hundredths(confidence) };
        return confidence.map(whole).into_iter().collect();
    }
    let mut places: Vec<UnsureWords> = Vec::new();
    let mut end = 0;
    for (index, word) in words.iter().enumerate() {
        // a word that is not there was changed by a step in between
        let Some(start) = text[end..].find(&word.text).map(|at| end + at) else { continue };
        end = start + word.text.len();
        let beside = [index.checked_sub(1), Some(index + 1)].into_iter().flatten().filter_map(|at| words.get(at));
        let is_unsure = word.confidence.is_some_and(|confidence| confidence < UNSURE)
            && beside.filter_map(|word| word.confidence).any(|confidence| confidence < NEIGHBOUR);
        let Some(confidence) = word.confidence.filter(|_| is_unsure).map(hundredths) else { continue };
        match places.last_mut().filter(|last| last.span.end == start) {
            Some(last) => {
                last.span.end = end;
                last.confidence = last.confidence.min(confidence);
            }
            None if start < end => places.push(UnsureWords { span: start..end, confidence }),
            None => {}
        }
    }
    places
}

fn hundredths(confidence: f32) -> u8 {
    (confidence.clamp(0.0, 1.0) * 100.0).round() as u8
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(words: &[(&str, Option<f32>)]) -> Vec<PrintedWord> {
        words
            .iter()
            .map(|&(text, confidence)| PrintedWord { text: text.to_owned(), confidence, ..PrintedWord::default() })
            .collect()
    }

    #[test]
    fn words_of_low_confidence_are_places_in_the_line() {
        let of = |text: &str, all: &[(&str, Option<f32>)], line| {
            let found = unsure_words(text, &words(all), line);
            found.into_iter().map(|it| (text[it.span].to_owned(), it.confidence)).collect::<Vec<_>>()
        };
        let all = [
            ("渡口", Some(0.9)),
            ("重", Some(0.5)),
            ("新", Some(0.0)),
            ("开", Some(0.95)),
            ("船", Some(0.1)),
            ("新", Some(0.8)),
        ];
        assert_eq!(of("渡口重新开船 新", &all, Some(0.5)), [("重新".to_owned(), 0), ("船".to_owned(), 10)]);
        assert_eq!(of("渡口重", &[("渡口", Some(0.9)), ("重", Some(0.1))], None), [], "a rare character");
        assert_eq!(of("渡口", &[("渡口", None)], Some(0.5)), [("渡口".to_owned(), 50)]);
        assert_eq!(of("渡口", &[], Some(0.9)), []);
        assert_eq!(of("渡口", &[("码头", Some(0.0)), ("", Some(0.0))], None), []);
    }
}
