//! In which order new pages can come, so that no page ever links to a missing one.
//!
//! # The promise, and why it holds
//!
//! Most targets take a site file by file, so a publish can end between any two files. Assume that at the target every link
//! between pages leads to a page (an empty target does so, and so does one where a publish by these rules was cut short).
//! Four rules keep it so at every moment:
//!
//! 1. New pages come before anything that is there changes: until then no page at the target links to them.
//! 2. A new page comes after the new pages that it links to. Where pages link in a circle (neighbours link to each other)
//!    that is impossible, so some of the circle are first put as *placeholders*: a page without any link, at the right
//!    address, which the real one replaces. A page without links breaks none, and every link to it leads to a page.
//! 3. Pages that were there change after all new pages are there: what they link to is new, or was there already.
//! 4. Pages that go are removed when nothing that stays links to them: all that stays has changed by then. They may link to
//!    each other, so they too are made placeholders before the first of them is removed.
//!
//! Each step keeps the assumption, so a publish that goes on after another one was cut short may rely on it as well.
//!
//! This file decides rule 2: which pages need placeholders (few), and in how few batches the others can come. Choosing the
//! fewest placeholders is the feedback vertex set problem, which is hard; as usual, the page with the most open links in
//! times out is chosen again and again, which takes the hubs of a site first and then every second neighbour.

use std::collections::BinaryHeap;

/// New pages come in no more batches than this, each of which a target takes in any order.
const MAX_BATCHES: usize = 8;

/// An order of pages, by their numbers.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(crate) struct UploadOrder {
    /// come first, as placeholders
    pub(crate) placeholders: Vec<usize>,
    /// then the pages, batch by batch
    pub(crate) batches: Vec<Vec<usize>>,
}

/// Orders pages; `links[page]` are the pages that it links to. Pages in `deferred` are put for real elsewhere, later than all
/// others, new or changed, any of which may link to them: so they get a placeholder, and stand in no batch.
pub(crate) fn order_pages(links: &[Vec<usize>], deferred: &[usize]) -> UploadOrder {
    let mut scheduler = Scheduler::new(links);
    for &page in deferred {
        scheduler.is_deferred[page] = true;
        scheduler.add_placeholder(page);
    }
    scheduler.run();
    scheduler.order()
}

struct Scheduler<'a> {
    links: &'a [Vec<usize>],
    linkers: Vec<Vec<usize>>,
    /// links of a page that lead to a page which is not there yet
    unmet_links: Vec<usize>,
    /// pages not yet placed that link to a page
    unscheduled_linkers: Vec<usize>,
    has_placeholder: Vec<bool>,
    is_deferred: Vec<bool>,
    batch: Vec<Option<usize>>,
    ready: Vec<usize>,
}

impl<'a> Scheduler<'a> {
    fn new(links: &'a [Vec<usize>]) -> Self {
        let mut linkers = vec![Vec::new(); links.len()];
        for (from, links) in links.iter().enumerate() {
            for &to in links.iter().filter(|&&to| to != from) {
                linkers[to].push(from);
            }
        }
        let unmet_links = links.iter().enumerate().map(|(from, links)| links.iter().filter(|&&to| to != from).count());
        Self {
            links,
            unmet_links: unmet_links.collect(),
            unscheduled_linkers: linkers.iter().map(Vec::len).collect(),
            linkers,
            has_placeholder: vec![false; links.len()],
            is_deferred: vec![false; links.len()],
            batch: vec![None; links.len()],
            ready: Vec::new(),
        }
    }

    fn run(&mut self) {
        self.ready = (0..self.links.len()).filter(|&page| self.unmet_links[page] == 0).collect();
        let mut by_weight: BinaryHeap<(usize, usize)> =
            (0..self.links.len()).map(|page| self.weight_of(page)).collect();
        loop {
            while let Some(page) = self.ready.pop() {
                self.schedule(page);
            }
            let Some((weight, at)) = by_weight.pop() else { return };
            let page = self.links.len() - at;
            if self.is_scheduled(page) || self.has_placeholder[page] {
                continue;
            }
            // weights only ever fall: one that has fallen since goes back into the heap
            if self.weight_of(page).0 < weight {
                by_weight.push(self.weight_of(page));
            } else {
                self.add_placeholder(page);
            }
        }
    }

    /// For the heap: the heaviest first, and of those the first page.
    fn weight_of(&self, page: usize) -> (usize, usize) {
        (self.unscheduled_linkers[page] * self.unmet_links[page], self.links.len() - page)
    }

    fn is_scheduled(&self, page: usize) -> bool {
        self.batch[page].is_some()
    }

    /// Puts a page into the first batch after all pages that it links to.
    fn schedule(&mut self, page: usize) {
        let mut batch = 0;
        for &to in self.links[page].iter().filter(|&&to| to != page) {
            self.unscheduled_linkers[to] -= 1;
            match self.batch[to] {
                _ if self.has_placeholder[to] => {}
                Some(there) if there + 1 < MAX_BATCHES => batch = batch.max(there + 1),
                // a row of links longer than there are batches
                _ => self.has_placeholder[to] = true,
            }
        }
        self.batch[page] = Some(batch);
        if !self.has_placeholder[page] {
            self.resolve_links_to(page);
        }
    }

    fn add_placeholder(&mut self, page: usize) {
        self.has_placeholder[page] = true;
        self.resolve_links_to(page);
    }

    /// A page is there, be it as a placeholder: those that link to it wait for one less.
    fn resolve_links_to(&mut self, page: usize) {
        for at in 0..self.linkers[page].len() {
            let from = self.linkers[page][at];
            self.unmet_links[from] -= 1;
            if self.unmet_links[from] == 0 {
                self.ready.push(from);
            }
        }
    }

    fn order(self) -> UploadOrder {
        let pages = 0..self.links.len();
        let placeholders = pages.clone().filter(|&page| self.has_placeholder[page]).collect();
        let batch = |number| -> Vec<usize> {
            pages.clone().filter(|&page| self.batch[page] == Some(number) && !self.is_deferred[page]).collect()
        };
        let batches = (0..MAX_BATCHES).map(batch).filter(|batch| !batch.is_empty()).collect();
        UploadOrder { placeholders, batches }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use std::collections::BTreeSet;

    /// Neighbours that link to each other, all of them to a hub that links to all.
    fn digest(articles: usize) -> Vec<Vec<usize>> {
        let mut links = vec![(1..=articles).collect::<Vec<_>>()];
        for at in 1..=articles {
            let near = [at.checked_sub(1), Some(at + 1)].into_iter().flatten();
            links.push(
                near.filter(|&to| to == 0 || to <= articles).chain([0]).collect::<BTreeSet<_>>().into_iter().collect(),
            );
        }
        links
    }

    #[test]
    fn a_row_needs_no_placeholder() {
        let order = order_pages(&[vec![1], vec![2], vec![]], &[]);
        assert_eq!(order, UploadOrder { placeholders: vec![], batches: vec![vec![2], vec![1], vec![0]] });
    }

    #[test]
    fn of_neighbours_every_second_is_held() {
        let order = order_pages(&digest(100), &[]);
        assert!(order.placeholders.contains(&0), "the hub");
        assert!(order.placeholders.len() <= 51, "{}", order.placeholders.len());
        assert!(order.batches.len() <= 3, "{}", order.batches.len());
    }

    #[test]
    fn a_long_row_is_cut_into_few_batches() {
        let links: Vec<Vec<usize>> = (0..100).map(|at| if at < 99 { vec![at + 1] } else { vec![] }).collect();
        let order = order_pages(&links, &[]);
        assert!(order.batches.len() <= MAX_BATCHES);
        assert!(order.placeholders.len() <= 100 / MAX_BATCHES + 1, "{}", order.placeholders.len());
    }

    #[test]
    fn a_site_of_many_pages_is_ordered_in_no_time() {
        let order = order_pages(&digest(20_000), &[0]);
        assert_eq!(order.batches.iter().map(Vec::len).sum::<usize>(), 20_000);
    }

    proptest! {
        #[test]
        fn no_batch_links_to_what_is_not_there(
            links in prop::collection::vec(prop::collection::btree_set(0..12_usize, 0..5), 1..12),
            deferred in prop::collection::btree_set(0..12_usize, 0..2),
        ) {
            let count = links.len();
            let links: Vec<Vec<usize>> =
                links.into_iter().map(|to| to.into_iter().filter(|&to| to < count).collect()).collect();
            let deferred: Vec<usize> = deferred.into_iter().filter(|&page| page < count).collect();
            let UploadOrder { placeholders, batches } = order_pages(&links, &deferred);
            let mut there: BTreeSet<usize> = placeholders.into_iter().collect();
            let mut real = BTreeSet::new();
            for batch in &batches {
                // a batch comes in any order, so a page cannot rely on one of its own batch
                for &page in batch {
                    prop_assert!(real.insert(page), "{page} comes twice");
                    prop_assert!(links[page].iter().all(|to| *to == page || there.contains(to)), "{page} in {batches:?}");
                }
                there.extend(batch);
            }
            prop_assert_eq!(real.len() + deferred.len(), count);
            prop_assert!(batches.len() <= MAX_BATCHES);
        }
    }
}
