//! Detaches texts that continue from another page from the articles that linking made them part of.
//!
//! A text below `（上接第1版）` continues an article of another page. It is no part of the article that is printed above it
//! here, nor of the one whose head follows it. The page is gone through once, from the top: what is detached is remembered as
//! a [`Detached`] text of its article up to some line, so that a jump inside a detached text need not assign all of it again.

use crate::import::page::jump_notes::parse_jumps;
use crate::import::page::lines::Page;
use crate::import::page::partition::{LineAssignment, Partition};
use crate::import::page::role::Role;
use std::collections::{HashMap, HashSet};

/// Gives each text that continues from another page an article of its own.
pub(crate) fn detach_continuations(page: &Page, mut partition: Partition) -> Partition {
    let is_incoming = |at: usize| {
        partition.lines[at].role == Role::Jump && parse_jumps(&page.lines[at].text).iter().any(|jump| !jump.onward)
    };
    let jumps: Vec<bool> = (0..page.lines.len()).map(is_incoming).collect();
    if !jumps.contains(&true) {
        return partition;
    }
    let layout = Layout::of(&partition.lines);
    let mut sweep = Sweep { lines: &partition.lines, layout, detached: HashMap::new(), with_text: HashSet::new() };
    let mut next = partition.article_count;
    let mut articles = Vec::with_capacity(jumps.len());
    for (at, is_jump) in jumps.into_iter().enumerate() {
        if is_jump {
            sweep.detach_below(at, next);
            next += 1;
        }
        articles.push(sweep.pass(at));
    }
    partition.lines.iter_mut().zip(articles).for_each(|(line, article)| line.article = article);
    partition.renumbered()
}

/// A text of an article that has become an article of its own: the article's lines up to `until`.
#[derive(Debug, Clone, Copy)]
struct Detached {
    until: usize,
    id: usize,
}

/// What of the partition is searched at jumps.
#[derive(Debug)]
struct Layout {
    /// by line: the first one from there on that belongs to an article
    next_assigned: Vec<Option<usize>>,
    /// by line of an article: the first one below it of another article
    next_other: Vec<usize>,
    /// by article: the lines of its heads
    heads: HashMap<usize, Vec<usize>>,
    /// by article: its last line of text
    last_text: HashMap<usize, usize>,
}

impl Layout {
    fn of(lines: &[LineAssignment]) -> Self {
        let mut layout = Self {
            next_assigned: vec![None; lines.len()],
            next_other: vec![lines.len(); lines.len()],
            heads: HashMap::new(),
            last_text: HashMap::new(),
        };
        let mut below: Option<usize> = None;
        let mut assigned = None;
        for (at, line) in lines.iter().enumerate().rev() {
            if let Some(article) = line.article {
                layout.next_other[at] = match below {
                    Some(below) if lines[below].article == line.article => layout.next_other[below],
                    below => below.unwrap_or(lines.len()),
                };
                below = Some(at);
                assigned = if line.role == Role::Furniture { assigned } else { Some(at) };
                if line.role == Role::Body {
                    layout.last_text.entry(article).or_insert(at);
                }
                if line.role.is_head() {
                    layout.heads.entry(article).or_default().push(at);
                }
            }
            layout.next_assigned[at] = assigned;
        }
        layout.heads.values_mut().for_each(|heads| heads.reverse());
        layout
    }

    /// The first line of an article's heads from a line on.
    fn next_head(&self, article: usize, from: usize) -> Option<usize> {
        let heads = self.heads.get(&article)?;
        heads.get(heads.partition_point(|&head| head < from)).copied()
    }
}

/// The page from its top to the current line.
struct Sweep<'p> {
    /// as they were linked
    lines: &'p [LineAssignment],
    layout: Layout,
    /// by article, as it was linked: its detached texts that go on below, the inner ones last
    detached: HashMap<usize, Vec<Detached>>,
    /// articles with text above the current line
    with_text: HashSet<usize>,
}

impl Sweep<'_> {
    /// Detaches what continues from another page below a jump, as the article `id`.
    fn detach_below(&mut self, jump: usize, id: usize) {
        let Some(first) = self.layout.next_assigned.get(jump + 1).copied().flatten() else { return };
        let Some(linked) = self.lines[first].article.filter(|_| !self.lines[first].role.is_head()) else { return };
        let around = self.detached.get(&linked).and_then(|texts| texts.iter().rev().find(|text| text.until > first));
        let (article, last) = around.map_or((linked, self.lines.len()), |text| (text.id, text.until));
        let head = self.layout.next_head(linked, first).filter(|&head| head < last);
        let until = if self.with_text.contains(&article) {
            // the lines that follow without a break: another article's line, or a head, ends them
            self.layout.next_other[first].min(last).min(head.unwrap_or(last))
        } else if let Some(head) = head.filter(|head| self.layout.last_text.get(&linked) >= Some(head)) {
            // a head below with text of its own: all above it continues from another page
            head
        } else {
            return;
        };
        self.detached.entry(linked).or_default().push(Detached { until, id });
    }

    /// The article that the current line belongs to now.
    fn pass(&mut self, at: usize) -> Option<usize> {
        let linked = self.lines[at].article?;
        let mut article = linked;
        if let Some(texts) = self.detached.get_mut(&linked) {
            while texts.last().is_some_and(|text| text.until <= at) {
                texts.pop();
            }
            article = texts.last().map_or(linked, |text| text.id);
        }
        if self.lines[at].role == Role::Body {
            self.with_text.insert(article);
        }
        Some(article)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostics::source::Source;
    use crate::import::lexicon::reason::Reason;
    use crate::import::page::lines::parse_page;
    use proptest::prelude::*;

    fn partition(lines: &[(Role, Option<usize>)]) -> Partition {
        let assignment = |&(role, article): &(Role, Option<usize>)| LineAssignment {
            role,
            article,
            why: Reason::Found,
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

    /// The same, each jump by itself: the lines of its continuation are searched on the whole page, and are assigned at once.
    fn detached_one_by_one(page: &Page, mut partition: Partition) -> Partition {
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

    fn continuation(partition: &Partition, jump: usize) -> Option<Vec<usize>> {
        let lines = &partition.lines;
        let first =
            (jump + 1..lines.len()).find(|&at| lines[at].article.is_some() && lines[at].role != Role::Furniture)?;
        let article = lines[first].article;
        if lines[first].role.is_head() {
            return None;
        }
        let own = |at: usize| lines[at].article == article;
        let text = |at: usize| own(at) && lines[at].role == Role::Body;
        let head = (first..lines.len()).find(|&at| own(at) && lines[at].role.is_head());
        if (0..jump).any(text) {
            let end = (first..lines.len()).find(|&at| lines[at].article.is_some_and(|_| !own(at)));
            let end = end.unwrap_or(lines.len());
            return Some((first..end.min(head.unwrap_or(end))).filter(|&at| own(at)).collect());
        }
        let head = head.filter(|&head| (head..lines.len()).any(text))?;
        Some((first..head).filter(|&at| own(at)).collect())
    }

    proptest! {
        #[test]
        fn one_pass_over_a_page_detaches_what_a_search_at_each_jump_does(
            lines in prop::collection::vec((0usize..6, 0usize..4), 0..30),
        ) {
            let roles = [Role::Title, Role::Body, Role::Body, Role::Caption, Role::Jump, Role::Furniture];
            let assigned: Vec<_> = lines.iter().map(|&(role, article)| {
                let belongs = !matches!(roles[role], Role::Jump | Role::Furniture);
                (roles[role], belongs.then_some(article / 2))
            }).collect();
            let text: String = assigned.iter().map(|(role, _)| if *role == Role::Jump { "（上接第1版）\n" } else { "文\n" }).collect();
            let page = parse_page(&Source::new("p.txt", text));
            let found = detach_continuations(&page, partition(&assigned));
            prop_assert_eq!(found, detached_one_by_one(&page, partition(&assigned)));
        }
    }

    #[test]
    fn a_page_of_jumps_alone_is_gone_through_once() {
        let count = 20_000;
        let lines = ["（上接第1版）\n", "文\n"].repeat(count / 2).concat();
        let page = parse_page(&Source::new("p.txt", lines));
        let assigned: Vec<_> = (0..count).map(|at| [(Role::Jump, None), (Role::Body, Some(0))][at % 2]).collect();
        let start = std::time::Instant::now();
        let found = detach_continuations(&page, partition(&assigned));
        assert_eq!(found.article_count, count / 2);
        assert!(start.elapsed().as_secs_f64() < 30.0, "{:?}", start.elapsed());
    }
}
