//! The lines of a page whose text is in printed lines: its paragraphs, each with the lines of the file that it is printed on.

use crate::import::input::printed_text::paragraphs::paragraphs;
use crate::import::input::printed_text::segments::{Segment, segments};
use crate::import::input::printed_text::widths::{column_widths, is_in_printed_lines};
use crate::import::page::lines::{Line, Page};
use std::collections::BTreeMap;

/// The page with its printed lines joined to paragraphs, and each line of the file → the indexes of the lines whose text it
/// holds. None where its lines are no printed lines.
pub(crate) fn join_printed_lines(page: &Page) -> Option<(Page, BTreeMap<usize, Vec<usize>>)> {
    let segments = segments(page);
    let widths = column_widths(&segments);
    if !is_in_printed_lines(&segments, &widths) {
        return None;
    }
    let paragraphs = paragraphs(&page.lines, &segments, &widths);
    let lines: Vec<Line> = paragraphs.iter().map(|own| line_of(&page.lines, &segments, own)).collect();
    let mut texts_of_line: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
    for (at, line) in lines.iter().enumerate() {
        for number in line.numbers() {
            texts_of_line.entry(number).or_default().push(at);
        }
    }
    Some((Page { lines, marked: page.marked, printed: true, sheet: None }, texts_of_line))
}

/// A paragraph as a line.
fn line_of(lines: &[Line], segments: &[Segment], own: &[usize]) -> Line {
    let first = &segments[own[0]];
    let line = &lines[first.line];
    let mut text = String::new();
    for &at in own {
        let next = &segments[at].text;
        let is_latin = |c: Option<char>| c.is_some_and(|c| c.is_ascii_alphabetic());
        if is_latin(text.chars().next_back()) && is_latin(next.chars().next()) {
            text.push(' ');
        }
        text.push_str(next);
    }
    let from = line.span.start;
    // only the first segment of a line has the blank lines above it
    let gap = if first.span.start == 0 { line.gap } else { 0 };
    Line {
        number: line.number,
        further: own[1..].iter().map(|&at| lines[segments[at].line].number).collect(),
        text,
        span: from + first.span.start..from + first.span.end,
        mark: line.mark,
        gap,
        layout: None,
        as_printed: None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostics::source::Source;
    use crate::import::page::lines::parse_page;
    use crate::import::sidecar::ranges::Ranges;
    use proptest::prelude::*;

    const FERRY: [&str; 2] = [
        "“船要慢，心要稳。”他说，三十年前渡口只有一条木船，刮风的日子就要停航，现在换成了铁壳船，一次可以坐六十个人，风再大也能开。",
        "镇里打算明年春天在上游修一座桥。桥修好以后渡口就要撤掉，老船工没有舍不得，他说自己可以去桥上看看车，也可以回家种菜，日子总会越过越好。",
    ];
    const LOOMS: [&str; 2] = [
        "纺织厂的新车间里听不见以前那种轰鸣声，一百二十台织机由四个人照看，断了线的地方机器自己会停下来，屏幕上亮起红灯，女工走过去接好线头，前后不到半分钟。",
        "厂里的技术员介绍，旧织机没有卖掉，而是搬进了技校的实训室，学徒在上面学会了听声音找毛病，再到新车间里上手就快得多。",
    ];

    /// A paragraph cut into lines of 16 characters, the first of which has lost its indent.
    fn printed(paragraph: &str) -> Vec<String> {
        let chars: Vec<char> = paragraph.chars().collect();
        let (first, rest) = chars.split_at(14.min(chars.len()));
        std::iter::once(first).chain(rest.chunks(16)).map(|line| line.iter().collect()).collect()
    }

    fn column(paragraphs: &[&str]) -> Vec<String> {
        paragraphs.iter().flat_map(|paragraph| printed(paragraph)).collect()
    }

    fn joined(text: &str) -> Option<(Page, BTreeMap<usize, Vec<usize>>)> {
        join_printed_lines(&parse_page(&Source::new("p.txt", text)))
    }

    fn texts(text: &str) -> Vec<String> {
        joined(text).unwrap().0.lines.into_iter().map(|line| line.text).collect()
    }

    /// Columns of 27 lines.
    fn columns() -> Vec<String> {
        column(&[&FERRY[..], &LOOMS, &FERRY].concat())
    }

    #[test]
    fn printed_lines_become_paragraphs() {
        let expected = [&FERRY[..], &LOOMS, &FERRY].concat();
        assert_eq!(texts(&columns().join("\n")), expected);
    }

    #[test]
    fn each_line_of_the_file_names_its_paragraph() {
        let (page, texts_of_line) = joined(&columns().join("\n")).unwrap();
        let numbers: Vec<Vec<usize>> = page.lines.iter().map(|line| line.numbers().collect()).collect();
        let ranges = [1..=4, 5..=9, 10..=14, 15..=18, 19..=22, 23..=27];
        assert_eq!(numbers, ranges.map(Iterator::collect::<Vec<usize>>));
        assert_eq!(texts_of_line[&6], [1]);
        let indexes = |text: &str| Ranges::parse(text).unwrap().line_indexes(&page);
        assert_eq!(indexes("6,7-10"), (vec![1, 2], None));
    }

    #[test]
    fn pages_of_paragraphs_stay_as_they_are() {
        assert_eq!(joined(&[&FERRY[..], &LOOMS].concat().repeat(8).join("\n\n")), None);
        assert_eq!(joined(""), None);
    }

    proptest! {
        #[test]
        fn no_character_is_lost(
            lines in prop::collection::vec("[山水风云车船。，“”（）a1 　]{0,22}", 0..60),
            blanks in prop::collection::vec(1_usize..3, 60),
        ) {
            let text: String = lines.iter().zip(&blanks).map(|(line, &blank)| line.clone() + &"\n".repeat(blank)).collect();
            let source = Source::new("p.txt", columns().join("\n") + "\n" + &text);
            let before = parse_page(&source);
            if let Some((page, texts_of_line)) = join_printed_lines(&before) {
                let sorted = |page: &Page| {
                    let all = page.lines.iter().flat_map(|line| line.text.chars());
                    let mut all: Vec<char> = all.filter(|c| !c.is_whitespace()).collect();
                    all.sort_unstable();
                    all
                };
                prop_assert_eq!(sorted(&page), sorted(&before));
                let numbers: Vec<usize> = before.lines.iter().map(|line| line.number).collect();
                prop_assert_eq!(texts_of_line.keys().copied().collect::<Vec<_>>(), numbers);
                prop_assert!(page.lines.is_sorted_by_key(|line| line.number));
                prop_assert!(page.lines.iter().all(|line| line.numbers().is_sorted()));
            }
        }
    }
}
