//! The lines of each article of a page as ranges of line numbers: `13-35,40`.
//!
//! Lines that follow each other among the page's non-empty lines are one range, which empty lines do not divide. Several
//! paragraphs of HTML may be on one line of the file, which then counts once.

use crate::import::page::lines::{Line, Page};
use crate::import::page::partition::Partition;

/// By article: its lines.
pub(crate) fn line_ranges(page: &Page, partition: &Partition) -> Vec<String> {
    let mut all: Vec<usize> = page.lines.iter().flat_map(Line::numbers).collect();
    all.sort_unstable();
    all.dedup();
    let mut articles: Vec<Vec<usize>> = vec![Vec::new(); partition.article_count];
    for (line, assigned) in page.lines.iter().zip(&partition.lines) {
        if let Some(article) = assigned.article {
            articles[article].extend(line.numbers());
        }
    }
    for own in &mut articles {
        own.sort_unstable();
        own.dedup();
    }
    articles.iter().map(|own| format_line_ranges(own, &all)).collect()
}

/// Formats `lines` (ascending) as ranges. `all` are the numbers of the page's non-empty lines.
pub(crate) fn format_line_ranges(lines: &[usize], all: &[usize]) -> String {
    let index = |line: &usize| all.binary_search(line).unwrap_or(usize::MAX);
    let spans: Vec<String> = lines
        .chunk_by(|a, b| index(a).checked_add(1) == Some(index(b)))
        .map(|run| match run {
            [one] => one.to_string(),
            [first, .., last] => format!("{first}-{last}"),
            [] => String::new(),
        })
        .collect();
    spans.join(",")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ranges_span_empty_lines() {
        let all = [1, 3, 5, 7, 9, 11];
        assert_eq!(format_line_ranges(&[1, 3, 7, 11], &all), "1-3,7,11");
        assert_eq!(format_line_ranges(&[5], &all), "5");
    }
}
