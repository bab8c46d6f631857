//! Says how a line should read as a correction of what is printed there: the smallest part of the line that stands there once.

use crate::desk::edit::corrections::selection;
use crate::import::page::lines::Page;
use crate::import::sidecar::corrections::TextCorrection;

/// The correction that makes a line of the page, as printed, read `wanted`; `None` where nothing is to be corrected, or the line cannot
/// be named.
pub(crate) fn text_correction(printed: &Page, line: usize, wanted: &str) -> Option<TextCorrection> {
    let (from, to) = smallest_change(&printed.lines.get(line)?.text, wanted)?;
    Some(TextCorrection { line: selection(printed, &[line])?, printed: from, text: to })
}

/// Characters of a correction, at least, where the line has as many: on a page that changes, a single one could be found anywhere.
const CONTEXT: usize = 4;

/// What has to be replaced in `before`, and by what, to get `after`: a part that `before` has once, and that is not empty.
fn smallest_change(before: &str, after: &str) -> Option<(String, String)> {
    if before == after || before.is_empty() || after.is_empty() {
        return None;
    }
    let (old, new): (Vec<char>, Vec<char>) = (before.chars().collect(), after.chars().collect());
    let mut start = old.iter().zip(&new).take_while(|(a, b)| a == b).count();
    let most = old.len().min(new.len()) - start;
    let mut end = old.iter().rev().zip(new.iter().rev()).take(most).take_while(|(a, b)| a == b).count();
    loop {
        let part: String = old[start..old.len() - end].iter().collect();
        let is_enough = part.chars().count() >= CONTEXT || start + end == 0;
        if !part.is_empty() && is_enough && occurrences(before, &part) == 1 {
            return Some((part, new[start..new.len() - end].iter().collect()));
        }
        // a neighbour on each side in turn; the whole line stands there once
        match (start, end) {
            (_, 1..) if start == 0 || old.len() - start - end > 0 && (start + end) % 2 == 1 => end -= 1,
            (1.., _) => start -= 1,
            (0, 0) => return None,
            (0, _) => end -= 1,
        }
    }
}

/// How often a part occurs in a text, overlapping occurrences counted.
fn occurrences(text: &str, part: &str) -> usize {
    text.char_indices().filter(|&(at, _)| text[at..].starts_with(part)).count()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn the_smallest_part_that_stands_there_once_is_replaced() {
        let change = |before, after| smallest_change(before, after);
        let said = |from: &str, to: &str| Some((from.to_owned(), to.to_owned()));
        assert_eq!(change("发放津帖三百元", "发放津贴三百元"), said("放津帖三", "放津贴三"));
        assert_eq!(change("人人人", "人入人"), said("人人人", "人入人"));
        assert_eq!(change("工人和工人", "工人和工入"), said("人和工人", "人和工入"));
        assert_eq!(change("一线", "一线工人"), said("一线", "一线工人"));
        assert_eq!(change("一一线", "一线"), said("一一线", "一线"));
        assert_eq!(change("同样", "同样"), None);
    }

    proptest! {
        #[test]
        fn replacing_it_gives_the_wanted_line(before in "[一二三]{1,12}", after in "[一二三四]{1,12}") {
            match smallest_change(&before, &after) {
                None => prop_assert_eq!(before, after),
                Some((from, to)) => {
                    prop_assert_eq!(occurrences(&before, &from), 1);
                    prop_assert_eq!(before.replacen(&from, &to, 1), after);
                }
            }
        }
    }
}
