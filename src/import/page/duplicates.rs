//! Finds lines that the extractor returned twice.
//!
//! A paragraph may stand on a page a second time, whole or as the part that one column had. The article has it once, where it
//! is longest and first.

use crate::import::page::lines::Page;
use std::collections::HashMap;

/// Characters from which on the same text is no accident.
const LONG: usize = 20;

/// For each line, the index of the line that it duplicates; only of those that are text: headlines may well occur twice.
pub(crate) fn find_duplicates(page: &Page, is_text: impl Fn(usize) -> bool) -> Vec<Option<usize>> {
    let mut longest_first: Vec<usize> =
        (0..page.lines.len()).filter(|&at| is_text(at) && page.lines[at].len() >= LONG).collect();
    longest_first.sort_by_key(|&at| std::cmp::Reverse(page.lines[at].text.len()));
    let mut by_start: HashMap<&str, Vec<usize>> = HashMap::new();
    let mut by_end: HashMap<&str, Vec<usize>> = HashMap::new();
    let mut duplicates = vec![None; page.lines.len()];
    for at in longest_first {
        let text = page.lines[at].text.as_str();
        let (start, end) = ends(text);
        let holds = |other: &&usize| {
            let whole = &page.lines[**other].text;
            whole.starts_with(text) || whole.ends_with(text)
        };
        let original = |lines: Option<&Vec<usize>>| lines.and_then(|lines| lines.iter().find(holds)).copied();
        duplicates[at] = original(by_start.get(start)).or_else(|| original(by_end.get(end)));
        if duplicates[at].is_none() {
            by_start.entry(start).or_default().push(at);
            by_end.entry(end).or_default().push(at);
        }
    }
    duplicates
}

/// The first and the last [`LONG`] characters of a text.
fn ends(text: &str) -> (&str, &str) {
    let start = text.char_indices().nth(LONG).map_or(text.len(), |(at, _)| at);
    let end = text.char_indices().rev().nth(LONG - 1).map_or(0, |(at, _)| at);
    (&text[..start], &text[end..])
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostics::source::Source;
    use crate::import::page::lines::parse_page;

    #[test]
    fn a_paragraph_printed_again_whole_or_in_part_is_a_duplicate() {
        let whole = "镇里把闲置的小学教室改成车间，三家企业把订单送上门，质检员每天来一次，机器声和笑声混在一起。";
        let part = "三家企业把订单送上门，质检员每天来一次，机器声和笑声混在一起。";
        let page = parse_page(&Source::new("p.txt", format!("{part}\n{whole}\n短的一行\n{whole}\n短的一行\n")));
        assert_eq!(find_duplicates(&page, |_| true), [Some(1), None, None, Some(1), None]);
        assert_eq!(find_duplicates(&page, |_| false), [None; 5]);
    }
}
