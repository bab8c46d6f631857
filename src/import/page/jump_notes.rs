//! Jumps: notes that an article continues on another page, `（下转第3版）`, or from one, `（上接第1版）`.
//!
//! A text below `（上接第1版）` continues an article of another page. It is no part of the article that is printed above it
//! here, nor of the one whose head follows it: where linking took it for one, it is detached again.

use crate::import::lexicon::jumps::{find_jump, is_onward, without_jump};
use crate::import::page::lines::Page;
use crate::import::page::partition::Partition;
use crate::import::page::role::Role;
use std::ops::Range;

/// A jump, as it is printed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Jump {
    /// to another page (下转); from one otherwise (上接)
    pub(crate) onward: bool,
    /// the other page's number, where it is legible
    pub(crate) page: Option<u32>,
    /// byte range in its line
    pub(crate) span: Range<usize>,
}

/// Parses the jumps of a line: the line may be one, or its text may begin and end with one.
pub(crate) fn parse_jumps(text: &str) -> Vec<Jump> {
    let rest = without_jump(text);
    if find_jump(text) == Some(0) && rest == text {
        return vec![parse_jump(text, 0..text.len())];
    }
    let start = rest.as_ptr() as usize - text.as_ptr() as usize;
    let sides = [0..start, start + rest.len()..text.len()];
    sides.into_iter().filter(|side| !text[side.clone()].trim().is_empty()).map(|side| parse_jump(text, side)).collect()
}

fn parse_jump(text: &str, span: Range<usize>) -> Jump {
    let printed = &text[span.clone()];
    Jump { onward: is_onward(printed), page: printed.find('版').and_then(|end| number(&printed[..end])), span }
}

/// The number that a text ends with, in digits or in 汉字 up to 九十九.
fn number(text: &str) -> Option<u32> {
    let wide = |c: char| "０１２３４５６７８９".chars().position(|digit| digit == c).map(|at| at as u32);
    let arabic: Vec<u32> = text.chars().rev().map_while(|c| c.to_digit(10).or_else(|| wide(c))).take(3).collect();
    if !arabic.is_empty() {
        return Some(arabic.iter().rev().fold(0, |sum, digit| sum * 10 + digit));
    }
    let han = |c: char| "一二三四五六七八九".chars().position(|one| one == c).map(|at| at as u32 + 1);
    let mut tail = text.chars().rev();
    match (tail.next()?, tail.next()) {
        ('十', tens) => Some(tens.and_then(han).unwrap_or(1) * 10),
        (ones, Some('十')) => Some(han(ones)? + tail.next().and_then(han).unwrap_or(1) * 10),
        (ones, _) => han(ones),
    }
}

/// Detaches texts that continue from another page from the articles that linking made them part of.
pub(crate) fn detach_continuations(page: &Page, mut partition: Partition) -> Partition {
    let mut next = partition.article_count;
    for at in 0..page.lines.len() {
        if partition.lines[at].role == Role::Jump && parse_jumps(&page.lines[at].text).iter().any(|j| !j.onward) {
            for line in continuation(&partition, at).unwrap_or_default() {
                partition.lines[line].article = Some(next);
            }
            next += 1;
        }
    }
    partition.renumbered()
}

/// The lines below an incoming jump that have to be detached from their article; None where it consists of them.
fn continuation(partition: &Partition, jump: usize) -> Option<Vec<usize>> {
    let lines = &partition.lines;
    let first = (jump + 1..lines.len()).find(|&at| lines[at].article.is_some() && lines[at].role != Role::Furniture)?;
    let article = lines[first].article;
    if lines[first].role.is_head() {
        return None;
    }
    let own = |at: usize| lines[at].article == article;
    let text = |at: usize| own(at) && lines[at].role == Role::Body;
    let head = (first..lines.len()).find(|&at| own(at) && lines[at].role.is_head());
    if (0..jump).any(text) {
        // the lines that follow without a break: another article's line, or a head, ends them
        let end = (first..lines.len()).find(|&at| lines[at].article.is_some_and(|_| !own(at))).unwrap_or(lines.len());
        return Some((first..end.min(head.unwrap_or(end))).filter(|&at| own(at)).collect());
    }
    // a head below with text of its own: all above it continues from another page
    let head = head.filter(|&head| (head..lines.len()).any(text))?;
    Some((first..head).filter(|&at| own(at)).collect())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostics::source::Source;
    use crate::import::page::lines::parse_page;
    use crate::import::page::partition::LineAssignment;

    #[test]
    fn jumps_are_parsed_alone_and_beside_text() {
        let parsed = |text: &str| -> Vec<_> {
            parse_jumps(text).into_iter().map(|jump| (jump.onward, jump.page, text[jump.span].to_owned())).collect()
        };
        let (three, one) = ("（下转第3版）".to_owned(), "（上接第一版）".to_owned());
        assert_eq!(parsed("（下转第3版）"), [(true, Some(3), three.clone())]);
        assert_eq!(parsed("（上接第一版）"), [(false, Some(1), one.clone())]);
        assert_eq!(parsed("(下转第十二版)")[0].1, Some(12));
        assert_eq!(parsed("做好服务。（下转第２版）")[0].1, Some(2));
        assert_eq!(parsed("（上接第一版）干部说，好。（下转第3版）"), [(false, Some(1), one), (true, Some(3), three)]);
        assert_eq!(parsed("全文结束（完）"), []);
        assert_eq!(number("第二十三"), Some(23));
    }

    fn partition(lines: &[(Role, Option<usize>)]) -> Partition {
        let assignment = |&(role, article): &(Role, Option<usize>)| LineAssignment {
            role,
            article,
            why: "found",
            certainty: 1.0,
            duplicate_of: None,
        };
        Partition::from_lines(lines.iter().map(assignment).collect())
    }

    #[test]
    fn text_from_another_page_is_detached_from_the_articles_around_it() {
        let page = parse_page(&Source::new("p.txt", "题\n文\n（上接第1版）\n余一\n余二\n又一题\n又一文\n"));
        let articles = |lines: &[(Role, Option<usize>)]| {
            detach_continuations(&page, partition(lines)).lines.iter().map(|line| line.article).collect::<Vec<_>>()
        };
        let (title, body, jump) = (Role::Title, Role::Body, Role::Jump);
        let joined_above = [
            (title, Some(0)),
            (body, Some(0)),
            (jump, None),
            (body, Some(0)),
            (body, Some(0)),
            (title, Some(1)),
            (body, Some(1)),
        ];
        let apart = [Some(0), Some(0), None, Some(1), Some(1), Some(2), Some(2)];
        assert_eq!(articles(&joined_above), apart);
        let joined_below = [
            (title, Some(0)),
            (body, Some(0)),
            (jump, None),
            (body, Some(1)),
            (body, Some(1)),
            (title, Some(1)),
            (body, Some(1)),
        ];
        assert_eq!(articles(&joined_below), apart);
    }
}
