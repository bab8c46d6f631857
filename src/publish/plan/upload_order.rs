//! Upload order: dependencies first, so that no page ever links to a missing one.
//!
//! # The invariant, and why it holds
//!
//! Most targets take a site file by file, so a publish can be interrupted between any two files. Assume that at the target
//! every link between pages leads to a page, as at an empty one. Four rules keep it so at every moment:
//!
//! 1. New pages are uploaded before existing files change: until then no page at the target links to them.
//! 2. A new page is uploaded after the new pages that it links to (topological order). In a cycle of links (neighbours link
//!    to each other) that is impossible, so some pages of the cycle are first uploaded as *placeholders*: a page without any
//!    link, at the right path, which the real one replaces. A page without links breaks none, and every link to it leads to a page.
//! 3. Existing pages change after all new pages are uploaded: what they link to is new, or existed already.
//! 4. Pages are removed when no remaining page links to them: all of those have changed by then. The removed pages may link
//!    to each other, so they too become placeholders before the first of them is removed.
//!
//! Each step keeps the invariant, so a publish after an interrupted one may rely on it as well.
//!
//! This file implements rule 2 by Kahn's topological sort. Choosing the fewest placeholders is the minimum feedback vertex set
//! problem, which is NP-hard, so a greedy heuristic is used: the page of the highest weight, its in-degree times its out-degree
//! among pages not yet uploaded, becomes a placeholder. That takes the hubs of a site first, then every second neighbour.

use std::collections::BinaryHeap;

/// The highest number of batches of new pages; a target takes the pages of a batch in any order.
const MAX_BATCHES: usize = 8;

/// By the indexes of pages.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(crate) struct UploadOrder {
    /// pages that are first uploaded as placeholders
    pub(crate) placeholders: Vec<usize>,
    /// then the real pages, batch by batch
    pub(crate) batches: Vec<Vec<usize>>,
}

/// Orders pages; `links[page]` are the pages that it links to. Pages in `deferred` are uploaded by a later
/// phase, after new and changed pages, any of which may link to them: so they get a placeholder, and are in no batch.
pub(crate) fn order_pages(links: &[Vec<usize>], deferred: &[usize]) -> UploadOrder {
    let mut scheduler = Scheduler::new(links);
    for &page in deferred {
        scheduler.is_deferred[page] = true;
        scheduler.add_placeholder(page);
    }
    scheduler.run();
    scheduler.order()
}

/// The state of the topological sort.
struct Scheduler<'a> {
    links: &'a [Vec<usize>],
    /// the pages that link to a page
    linkers: Vec<Vec<usize>>,
    /// the out-degree of a page: its links to pages not yet uploaded
    unmet_links: Vec<usize>,
    /// the in-degree of a page: pages not yet scheduled that link to it
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
            // weights only ever fall, so an entry that is out of date goes back into the heap
            if self.weight_of(page).0 < weight {
                by_weight.push(self.weight_of(page));
            } else {
                self.add_placeholder(page);
            }
        }
    }

    /// The key of a page in the heap: the highest weight first, and of equal weights the first page.
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
                // a chain of links is longer than there are batches
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

    /// Notes that a page is uploaded, be it as a placeholder.
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
    fn a_chain_needs_no_placeholder() {
        let order = order_pages(&[vec![1], vec![2], vec![]], &[]);
        assert_eq!(order, UploadOrder { placeholders: vec![], batches: vec![vec![2], vec![1], vec![0]] });
    }

    #[test]
    fn every_second_neighbour_is_a_placeholder() {
        let order = order_pages(&digest(100), &[]);
        assert!(order.placeholders.contains(&0), "the hub");
        assert!(order.placeholders.len() <= 51, "{}", order.placeholders.len());
        assert!(order.batches.len() <= 3, "{}", order.batches.len());
    }

    #[test]
    fn a_long_chain_is_cut_into_few_batches() {
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
        fn no_batch_links_to_a_missing_page(
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
