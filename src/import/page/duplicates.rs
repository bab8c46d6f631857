//! Finds lines that the extractor returned twice.
//!
//! A paragraph may stand on a page a second time, whole or as the part that one column had. The article has it once, where it
//! is longest and first.

use crate::import::page::lines::Page;
use crate::import::page::partition::Partition;
use crate::import::page::role::Role;
use std::borrow::Borrow;
use std::collections::{BTreeMap, HashMap};
use std::ops::Bound;

/// Characters from which on the same text is no accident.
const LONG: usize = 20;

/// For each line, the index of the line that it duplicates; only of those that are text: headlines may well occur twice.
pub(crate) fn find_duplicates(page: &Page, is_text: impl Fn(usize) -> bool) -> Vec<Option<usize>> {
    let mut longest_first: Vec<usize> =
        (0..page.lines.len()).filter(|&at| is_text(at) && page.lines[at].len() >= LONG).collect();
    longest_first.sort_by_key(|&at| std::cmp::Reverse(page.lines[at].text.len()));
    let mut originals = Originals::default();
    let mut duplicates = vec![None; page.lines.len()];
    for at in longest_first {
        duplicates[at] = originals.find_or_add(&page.lines[at].text, at);
    }
    duplicates
}

/// The lines that duplicate none, as they are added: the longest first.
///
/// In lexicographic order the texts that begin with another follow it in one run, and so do, read backwards, those that end
/// with it. Each run is read once for each different text: a line is in as many runs as it has characters, at most, so that all
/// of them together are no longer than the page.
#[derive(Debug, Default)]
struct Originals<'p> {
    by_start: BTreeMap<&'p str, Original>,
    /// by the text's characters in reverse
    by_end: BTreeMap<String, Original>,
    /// text → its original, which is the line itself where it duplicates none
    known: HashMap<&'p str, usize>,
}

/// An original: its place in the order of adding, and the index of its line.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Original {
    rank: usize,
    at: usize,
}

impl<'p> Originals<'p> {
    /// The original of a line, or None: the line is one from now on.
    fn find_or_add(&mut self, text: &'p str, at: usize) -> Option<usize> {
        if let Some(original) = self.known.get(text) {
            return Some(*original);
        }
        let reversed: String = text.chars().rev().collect();
        let found = first_with_prefix(&self.by_start, text).or_else(|| first_with_prefix(&self.by_end, &reversed));
        self.known.insert(text, found.map_or(at, |original| original.at));
        if found.is_none() {
            let original = Original { rank: self.by_start.len(), at };
            self.by_start.insert(text, original);
            self.by_end.insert(reversed, original);
        }
        found.map(|original| original.at)
    }
}

/// The original that was added first of those whose key begins with `prefix`.
fn first_with_prefix<K: Borrow<str> + Ord>(originals: &BTreeMap<K, Original>, prefix: &str) -> Option<Original> {
    let from = originals.range::<str, _>((Bound::Included(prefix), Bound::Unbounded));
    from.take_while(|(key, _)| (*key).borrow().starts_with(prefix)).map(|(_, original)| *original).min()
}

/// The lines that stand within another article than the line that they repeat word for word: there two articles may well print
/// the same text. Each with the line that it repeats.
pub(crate) fn repeated_in_another_article(page: &Page, partition: &Partition) -> Vec<(usize, usize)> {
    let lines = &partition.lines;
    let before = articles_of_nearest_text(partition, 0..lines.len());
    let after = articles_of_nearest_text(partition, (0..lines.len()).rev());
    let is_within_another =
        |line: usize| before[line].is_some() && before[line] == after[line] && before[line] != lines[line].article;
    let repeated = (0..lines.len()).filter_map(|line| Some((line, lines[line].duplicate_of?)));
    // a correction of one of the two does not undo that they were printed alike
    let is_alike = |line: usize, of: usize| page.lines[line].printed_text() == page.lines[of].printed_text();
    repeated.filter(|&(line, of)| is_alike(line, of) && is_within_another(line)).collect()
}

/// For each line the article of the last body line that repeats none and was passed before, on the way over `lines`.
fn articles_of_nearest_text(partition: &Partition, lines: impl Iterator<Item = usize>) -> Vec<Option<usize>> {
    let mut articles = vec![None; partition.lines.len()];
    let mut nearest = None;
    for line in lines {
        let assigned = &partition.lines[line];
        articles[line] = nearest;
        if assigned.role == Role::Body && assigned.duplicate_of.is_none() {
            nearest = assigned.article;
        }
    }
    articles
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostics::source::Source;
    use crate::import::lexicon::reason::Reason;
    use crate::import::page::lines::parse_page;
    use crate::import::page::partition::LineAssignment;

    #[test]
    fn a_paragraph_printed_again_whole_or_in_part_is_a_duplicate() {
        let whole = "镇里把闲置的小学教室改成车间，三家企业把订单送上门，质检员每天来一次，机器声和笑声混在一起。";
        let part = "三家企业把订单送上门，质检员每天来一次，机器声和笑声混在一起。";
        let page = parse_page(&Source::new("p.txt", format!("{part}\n{whole}\n短的一行\n{whole}\n短的一行\n")));
        assert_eq!(find_duplicates(&page, |_| true), [Some(1), None, None, Some(1), None]);
        assert_eq!(find_duplicates(&page, |_| false), [None; 5]);
    }

    #[test]
    fn a_part_is_found_in_the_longest_line_and_in_the_first_of_those_that_are_as_long() {
        let part = "三家企业把订单送上门，质检员每天来一次，机器声和笑声混在一起。";
        let (long, longer) = (format!("{part}镇里也来了人。"), format!("{part}镇里也来了人，看过才走。"));
        let ending = format!("晨光里，{part}");
        let lines = [ending.as_str(), &long, &longer, part, &ending, part, "短", "短"].join("\n");
        let page = parse_page(&Source::new("p.txt", lines));
        let originals = [None, None, None, Some(2), Some(0), Some(2), None, None];
        assert_eq!(find_duplicates(&page, |_| true), originals);
    }

    #[test]
    fn lines_that_begin_alike_are_not_compared_with_each_other() {
        let lines: Vec<String> =
            (0..20_000).map(|at| format!("各地工会近日陆续开展夏送清凉慰问职工活动第{at}处，")).collect();
        let page = parse_page(&Source::new("p.txt", lines.join("\n")));
        let start = std::time::Instant::now();
        let duplicates = find_duplicates(&page, |_| true);
        assert!(duplicates.iter().all(Option::is_none));
        assert!(start.elapsed().as_secs_f64() < 30.0, "{:?}", start.elapsed());
    }

    #[test]
    fn a_repetition_at_the_edge_of_an_article_is_not_within_it() {
        let texts = ["甲文的第一段。", "乙文的第一段。", "甲文的第一段。", "丙文的第一段。", "乙文的第二段。"];
        let page = parse_page(&Source::new("p.txt", texts.join("\n")));
        let line = |article, duplicate_of| LineAssignment {
            role: Role::Body,
            article: Some(article),
            why: Reason::Found,
            certainty: 1.0,
            duplicate_of,
        };
        let mut lines = vec![line(0, None), line(1, None), line(0, Some(0)), line(2, None), line(1, None)];
        assert_eq!(repeated_in_another_article(&page, &Partition::from_lines(lines.clone())), []);
        lines[3] = line(1, None);
        assert_eq!(repeated_in_another_article(&page, &Partition::from_lines(lines)), [(2, 0)]);
    }
}
