//! Corrects the text of lines: puts what a person says into the place of what is printed.
//!
//! 1. the line that a correction names is found; where several texts are on a line of the file, the one that prints what is to be
//!    replaced
//! 2. the only place in it where that is printed is replaced, in the text as the corrections before left it
//! 3. the places of words that the format is unsure of move with the text behind them; a person has settled those that were replaced
//!
//! A correction of a text that is not there, or there twice, is left out with a diagnostic: it may be of a page that has changed since,
//! and what is meant is for the person to say.

use crate::diagnostics::code::Code;
use crate::diagnostics::diagnostic::Diagnostic;
use crate::diagnostics::message::Message;
use crate::import::page::lines::{Line, Page, trim};
use crate::import::page::unsure_words::UnsureWords;
use crate::import::sidecar::corrections::TextCorrection;
use crate::message;
use std::ops::Range;

/// Characters of a line that a hint shows.
const SHOWN: usize = 40;

/// Applies corrections in their order. Those that do not fit the page are left out, with a diagnostic.
pub(crate) fn correct_text(page: &mut Page, corrections: &[TextCorrection]) -> Vec<Diagnostic> {
    corrections.iter().filter_map(|correction| correct(page, correction).err()).collect()
}

fn correct(page: &mut Page, correction: &TextCorrection) -> Result<(), Diagnostic> {
    let TextCorrection { line, printed, text } = correction;
    let (named, missing) = line.line_indexes(page);
    if let Some(missing) = missing {
        return Err(missing);
    }
    let finding = |code, message: Message| Diagnostic::new(code, message).at_location(line.location.clone());
    let number = line.ranges.0.first().map_or(0, |range| *range.start());
    let holding: Vec<usize> = named.iter().copied().filter(|&at| page.lines[at].text.contains(printed)).collect();
    let only_place = |at: usize| only_place(&page.lines[at].text, printed).map(|place| (at, place));
    let Some((at, place)) = holding.first().filter(|_| holding.len() == 1).and_then(|&at| only_place(at)) else {
        let shown = shortened(printed);
        if !holding.is_empty() {
            let diagnostic =
                finding(Code::TextNotPrinted, message!("line {number} says {shown} more than once", number, shown));
            return Err(
                diagnostic.hint(message!("repeat more of the line in printed and in text, so that one place is meant"))
            );
        }
        let texts: Vec<&str> = named.iter().map(|&at| page.lines[at].text.as_str()).collect();
        let hint = hint_of_missing(&texts, text);
        return Err(
            finding(Code::TextNotPrinted, message!("line {number} does not say {shown}", number, shown)).hint(hint)
        );
    };
    if !replace(&mut page.lines[at], place, text) {
        let hint =
            message!("to leave the line out, make it furniture: [[lines]] at = {number}, role = \"furniture\"", number);
        return Err(finding(Code::BadText, message!("nothing would be left of line {number}", number)).hint(hint));
    }
    Ok(())
}

/// The place of a text in a line that holds it once.
fn only_place(line: &str, printed: &str) -> Option<Range<usize>> {
    let first = line.find(printed)?;
    // places may overlap, as those of 人人 in 人人人
    (line.rfind(printed) == Some(first)).then(|| first..first + printed.len())
}

fn hint_of_missing(texts: &[&str], text: &str) -> Message {
    if !text.is_empty() && texts.iter().any(|line| line.contains(text)) {
        return message!(
            "it says {text} already: take the correction out, or correct its line number",
            text = shortened(text)
        );
    }
    let line = texts.first().map(|line| shortened(line)).unwrap_or_default();
    message!("it says {line}: correct the line number or printed, or take the correction out", line)
}

/// The beginning of a text in quotation marks.
fn shortened(text: &str) -> String {
    match text.char_indices().nth(SHOWN) {
        Some((end, _)) => format!("{:?}…", &text[..end]),
        None => format!("{text:?}"),
    }
}

/// Replaces a place in the text of a line; false, and nothing is changed, where nothing would be left.
fn replace(line: &mut Line, place: Range<usize>, text: &str) -> bool {
    let corrected = [&line.text[..place.start], text, &line.text[place.end..]].concat();
    let trimmed = trim(&corrected);
    if trimmed.is_empty() {
        return false;
    }
    if let Some(layout) = &mut line.layout {
        let cut = trimmed.as_ptr() as usize - corrected.as_ptr() as usize;
        let unsure = std::mem::take(&mut layout.unsure).into_iter();
        layout.unsure = unsure.filter_map(|words| moved(words, &place, text.len(), cut, trimmed.len())).collect();
    }
    let before = std::mem::replace(&mut line.text, trimmed.to_owned());
    let printed = line.as_printed.take().unwrap_or_else(|| before.into());
    // a correction may take back one before it
    line.as_printed = Some(printed).filter(|printed| **printed != *line.text);
    true
}

/// Unsure words where they stand after `place` was replaced by `length` bytes, and `cut` bytes of white space were taken off before the
/// `end` bytes that are left; None where the person has replaced some of them, or they are not there any more.
fn moved(words: UnsureWords, place: &Range<usize>, length: usize, cut: usize, end: usize) -> Option<UnsureWords> {
    let UnsureWords { span, confidence } = words;
    let shift = |at: usize| if at >= place.end { at - place.end + place.start + length } else { at };
    let is_replaced = span.start < place.end && place.start < span.end;
    let span = shift(span.start).saturating_sub(cut)..shift(span.end).saturating_sub(cut).min(end);
    (!is_replaced && span.start < span.end).then_some(UnsureWords { span, confidence })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostics::source::Source;
    use crate::import::page::line_layout::LineLayout;
    use crate::import::page::lines::parse_page;
    use crate::import::sidecar::parse::parse_sidecar;
    use proptest::prelude::*;

    fn page(text: &str) -> Page {
        parse_page(&Source::new("p.txt", text))
    }

    /// A correction for each line number with what is printed and what it should say.
    fn corrections(list: &[(usize, &str, &str)]) -> Vec<TextCorrection> {
        let table = |(at, printed, text): &(usize, &str, &str)| {
            let [printed, text] = [*printed, *text].map(toml::Value::from);
            format!("[[text]]\nat = {at}\nprinted = {printed}\ntext = {text}\n")
        };
        let text: String = list.iter().map(table).collect();
        let (sidecar, diagnostics) = parse_sidecar(&Source::new("p.toml", text), &[]);
        assert_eq!(diagnostics, []);
        sidecar.text
    }

    /// The texts of the corrected page, and the codes of what was found.
    fn corrected(page: &mut Page, list: &[(usize, &str, &str)]) -> (Vec<String>, Vec<Code>) {
        let found = correct_text(page, &corrections(list));
        assert!(found.iter().all(|it| it.hint.is_some() && it.location.as_ref().is_some_and(|at| at.file == "p.toml")));
        let texts = page.lines.iter().map(|line| line.text.clone()).collect();
        (texts, found.into_iter().map(|diagnostic| diagnostic.code).collect())
    }

    #[test]
    fn what_is_printed_once_is_replaced_in_the_text_as_corrected_so_far() {
        let mut page = page("评审津帖\n\n渡口重新开般\n");
        let list = [(1, "津帖", "津贴"), (3, "般", "船"), (3, "开船", "开航"), (1, "评审津贴", "评审补贴")];
        assert_eq!(corrected(&mut page, &list), (vec!["评审补贴".to_owned(), "渡口重新开航".to_owned()], vec![]));
        assert_eq!(page.lines[0].printed_text(), "评审津帖");
        corrected(&mut page, &[(1, "补贴", "津帖")]);
        assert_eq!(page.lines[0].as_printed, None, "it is as printed again");
    }

    #[test]
    fn what_is_not_printed_or_several_times_is_a_finding_and_the_other_corrections_are_followed() {
        let mut page = page("人人人\n甲和甲\n乙\n");
        let list =
            [(1, "人人", "众"), (2, "甲", "丙"), (3, "丁", "丙"), (9, "甲", "丙"), (3, "乙", "丙"), (3, "乙", "丙")];
        let (texts, codes) = corrected(&mut page, &list);
        assert_eq!(texts, ["人人人", "甲和甲", "丙"]);
        let missing = Code::TextNotPrinted;
        assert_eq!(codes, [missing, missing, missing, Code::NoSuchLine, missing]);
        let hint = |list: &_| correct_text(&mut page.clone(), &corrections(list)).remove(0).advice();
        assert!(hint(&[(3, "乙", "丙")]).contains("already"));
        assert!(hint(&[(2, "乙", "丙")]).contains("\"甲和甲\""));
    }

    #[test]
    fn a_line_keeps_a_character_and_has_no_white_space_around_it() {
        let mut page = page("甲 乙\n丙\n");
        assert_eq!(corrected(&mut page, &[(2, "丙", " "), (1, "乙", "")]).1, [Code::BadText]);
        assert_eq!((page.lines[0].text.as_str(), page.lines[1].text.as_str()), ("甲", "丙"));
    }

    #[test]
    fn of_several_texts_on_a_line_the_one_that_prints_it_is_corrected() {
        let mut page = page("左栏的津帖\n右栏的字\n下一行\n");
        page.printed = true;
        (page.lines[1].number, page.lines[1].further) = (1, vec![2]);
        assert_eq!(corrected(&mut page, &[(1, "津帖", "津贴"), (2, "的字", "的话")]).1, []);
        assert_eq!((page.lines[0].text.as_str(), page.lines[1].text.as_str()), ("左栏的津贴", "右栏的话"));
        assert_eq!(corrected(&mut page, &[(1, "栏", "边")]).1, [Code::TextNotPrinted], "both print it");
    }

    fn layout(unsure: &[Range<usize>]) -> LineLayout {
        LineLayout {
            rects: vec![[0, 0, 10, 10]],
            size: 100,
            rank: 0,
            bold: false,
            vertical: false,
            region: 0,
            area: 0,
            column: 0,
            columns: 1,
            inside_box: None,
            indented: false,
            full: false,
            below_picture: false,
            blank_above: 0,
            label: None,
            article: None,
            headline: None,
            unsure: unsure.iter().map(|span| UnsureWords { span: span.clone(), confidence: 50 }).collect(),
        }
    }

    fn unsure_words(line: &Line) -> Vec<&str> {
        let layout = line.layout.as_deref().unwrap();
        layout.unsure.iter().map(|words| &line.text[words.span.clone()]).collect()
    }

    #[test]
    fn unsure_words_move_with_the_text_and_corrected_ones_are_settled() {
        let mut page = page("甲乙丙丁戊\n");
        page.lines[0].layout = Some(Box::new(layout(&[0..3, 6..9, 12..15])));
        corrected(&mut page, &[(1, "乙", "二二")]);
        assert_eq!(unsure_words(&page.lines[0]), ["甲", "丙", "戊"]);
        corrected(&mut page, &[(1, "丙丁", "丙"), (1, "甲", " ")]);
        assert_eq!((page.lines[0].text.as_str(), unsure_words(&page.lines[0])), ("二二丙戊", vec!["戊"]));
    }

    proptest! {
        #[test]
        fn any_corrections_leave_lines_that_can_be_read(
            text in "[甲乙 \u{3000}a]{1,12}",
            list in prop::collection::vec(("[甲乙 \u{3000}a]{1,3}", "[甲乙 \u{3000}a]{0,3}"), 0..6),
            places in prop::collection::vec((0usize..36, 1usize..9), 0..4),
        ) {
            let mut page = page(&text);
            for line in &mut page.lines {
                let is_place = |span: &Range<usize>| line.text.get(span.clone()).is_some();
                let spans: Vec<_> = places.iter().map(|(from, len)| *from..from + len).filter(is_place).collect();
                line.layout = Some(Box::new(layout(&spans)));
            }
            let list: Vec<_> = list.iter().filter(|(printed, text)| printed != text)
                .map(|(printed, text)| (1, printed.as_str(), text.as_str())).collect();
            corrected(&mut page, &list);
            for line in &page.lines {
                prop_assert!(!line.text.is_empty() && trim(&line.text) == line.text);
                prop_assert_eq!(line.printed_text(), trim(&text));
                let unsure = &line.layout.as_ref().unwrap().unsure;
                prop_assert!(unsure.iter().all(|it| line.text.get(it.span.clone()).is_some_and(|words| !words.is_empty())));
            }
        }
    }
}
