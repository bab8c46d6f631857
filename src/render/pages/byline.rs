//! The printed byline of an article as text and links: the names of its authors lead to their pages.

use crate::render::views::common::Link;
use crate::render::views::pages::BylinePart;
use std::ops::Range;

/// The parts of a byline. Authors that it does not name, such as those of a dateline, come last.
pub(crate) fn byline_parts(byline: &str, authors: &[Link]) -> Vec<BylinePart> {
    let (mut found, mut unnamed) = (Vec::new(), Vec::new());
    let mut longest_first: Vec<&Link> = authors.iter().collect();
    longest_first.sort_by_key(|author| std::cmp::Reverse(author.name.len()));
    for author in longest_first {
        match find_name(byline, &author.name, &found) {
            Some(range) => found.push((range, author)),
            None => unnamed.push(author),
        }
    }
    found.sort_by_key(|(range, _)| range.start);
    let mut parts = Vec::new();
    let mut end = 0;
    for (range, author) in found {
        parts.extend(words(&byline[end..range.start]));
        end = range.end;
        parts.push(BylinePart { text: byline[range].to_owned(), person: Some(author.clone()) });
    }
    parts.extend(words(&byline[end..]));
    for author in authors.iter().filter(|author| unnamed.contains(author)) {
        parts.extend(words(" "));
        parts.push(BylinePart { text: author.name.clone(), person: Some(author.clone()) });
    }
    parts
}

fn words(text: &str) -> Option<BylinePart> {
    (!text.is_empty()).then(|| BylinePart { text: text.to_owned(), person: None })
}

/// Where a byline prints a name, be it with spaces between its characters (`李　青`), outside of names that are found already.
fn find_name(byline: &str, name: &str, found: &[(Range<usize>, &Link)]) -> Option<Range<usize>> {
    let is_free = |range: &Range<usize>| found.iter().all(|(one, _)| range.end <= one.start || one.end <= range.start);
    let ranges =
        byline.char_indices().filter_map(|(start, _)| Some(start..start + name_length(&byline[start..], name)?));
    ranges.into_iter().find(is_free)
}

/// The length in bytes of a name that a text begins with.
fn name_length(text: &str, name: &str) -> Option<usize> {
    let mut printed = text.char_indices();
    let mut end = 0;
    for (number, c) in name.chars().filter(|c| !c.is_whitespace()).enumerate() {
        let (at, _) =
            printed.find(|&(_, found)| number == 0 || !found.is_whitespace()).filter(|&(_, found)| found == c)?;
        end = at + c.len_utf8();
    }
    (end > 0).then_some(end)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parts(byline: &str, authors: &[&str]) -> Vec<(String, bool)> {
        let link = |name: &&str| Link { name: (*name).to_owned(), path: String::new(), count: 1 };
        let authors: Vec<Link> = authors.iter().map(link).collect();
        byline_parts(byline, &authors).into_iter().map(|part| (part.text, part.person.is_some())).collect()
    }

    fn own(parts: &[(&str, bool)]) -> Vec<(String, bool)> {
        parts.iter().map(|&(text, is_person)| (text.to_owned(), is_person)).collect()
    }

    #[test]
    fn names_are_links_and_the_words_between_stay() {
        assert_eq!(
            parts("本报记者 李　青 通讯员 何晚舟", &["李青", "何晚舟"]),
            own(&[("本报记者 ", false), ("李　青", true), (" 通讯员 ", false), ("何晚舟", true)])
        );
        assert_eq!(parts("本报评论员", &[]), own(&[("本报评论员", false)]));
    }

    #[test]
    fn a_name_inside_another_is_that_of_the_other_and_authors_of_datelines_come_last() {
        assert_eq!(
            parts("记者 王小明 王小 摄", &["王小", "王小明", "白露"]),
            own(&[
                ("记者 ", false),
                ("王小明", true),
                (" ", false),
                ("王小", true),
                (" 摄", false),
                (" ", false),
                ("白露", true)
            ])
        );
    }
}
