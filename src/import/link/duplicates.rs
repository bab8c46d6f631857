//! Lines that the extractor returned twice.
//!
//! A paragraph may stand on a page a second time, whole or as the part that one column held. It is kept once, where it is
//! longest and first; its double stays in the ledger beside it.

use crate::import::page::lines::Page;
use std::collections::HashMap;

/// Characters from which on the same text is no accident.
const LONG: usize = 20;

/// For each line, the line that it doubles. `is_text` tells which lines are text: a headline may well stand twice.
pub(crate) fn doubles(page: &Page, is_text: impl Fn(usize) -> bool) -> Vec<Option<usize>> {
    let mut longest_first: Vec<usize> =
        (0..page.lines.len()).filter(|&at| is_text(at) && page.lines[at].len() >= LONG).collect();
    longest_first.sort_by_key(|&at| std::cmp::Reverse(page.lines[at].text.len()));
    let mut heads: HashMap<&str, Vec<usize>> = HashMap::new();
    let mut tails: HashMap<&str, Vec<usize>> = HashMap::new();
    let mut found = vec![None; page.lines.len()];
    for at in longest_first {
        let text = page.lines[at].text.as_str();
        let (head, tail) = ends(text);
        let holds = |other: &&usize| {
            let whole = &page.lines[**other].text;
            whole.starts_with(text) || whole.ends_with(text)
        };
        found[at] = heads.get(head).and_then(|same| same.iter().find(holds)).copied();
        found[at] = found[at].or_else(|| tails.get(tail).and_then(|same| same.iter().find(holds)).copied());
        if found[at].is_none() {
            heads.entry(head).or_default().push(at);
            tails.entry(tail).or_default().push(at);
        }
    }
    found
}

/// The first and the last characters of a text.
fn ends(text: &str) -> (&str, &str) {
    let head = text.char_indices().nth(LONG).map_or(text.len(), |(at, _)| at);
    let tail = text.char_indices().rev().nth(LONG - 1).map_or(0, |(at, _)| at);
    (&text[..head], &text[tail..])
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostics::source::Source;
    use crate::import::page::lines::parse_page;

    #[test]
    fn a_paragraph_printed_again_whole_or_in_part_is_a_double() {
        let whole = "镇里把闲置的小学教室改成车间，三家企业把订单送上门，质检员每天来一次，机器声和笑声混在一起。";
        let part = "三家企业把订单送上门，质检员每天来一次，机器声和笑声混在一起。";
        let page = parse_page(&Source::new("p.txt", format!("{part}\n{whole}\n短的一行\n{whole}\n短的一行\n")));
        assert_eq!(doubles(&page, |_| true), [Some(1), None, None, Some(1), None]);
        assert_eq!(doubles(&page, |_| false), [None; 5]);
    }
}
