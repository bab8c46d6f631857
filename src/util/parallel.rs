//! Work spread over the processors, in an order that does not change.
//!
//! Stages are pure, so many inputs can be worked on at once; what comes out stands in the order of what went in, whatever
//! the number of threads, which is what makes two builds the same bytes.

use rayon::prelude::*;

/// `work` on every item, in parallel; results in the order of the items.
pub fn map<T: Sync, R: Send>(items: &[T], work: impl Fn(&T) -> R + Send + Sync) -> Vec<R> {
    items.par_iter().map(work).collect()
}

/// As [`map`], where there are very many items: of the results, only some are in memory at once.
pub(crate) fn stream<T: Sync, R: Send>(
    items: &[T],
    work: impl Fn(&T) -> R + Send + Sync + Copy,
) -> impl Iterator<Item = R> {
    items.chunks(AT_ONCE).flat_map(move |some| map(some, work))
}

/// Results of a stream in memory at once.
const AT_ONCE: usize = 4096;

#[cfg(test)]
mod tests {
    use super::*;
    use std::sync::atomic::{AtomicUsize, Ordering};

    #[test]
    fn each_item_is_worked_on_once_and_results_stand_in_the_order_of_the_items() {
        let done = AtomicUsize::new(0);
        let work = |n: &usize| {
            done.fetch_add(1, Ordering::Relaxed);
            n * 2
        };
        let items: Vec<usize> = (0..1000).rev().collect();
        let doubled: Vec<usize> = items.iter().map(|n| n * 2).collect();
        assert_eq!(map(&items, work), doubled);
        assert_eq!(done.load(Ordering::Relaxed), items.len());
    }

    #[test]
    fn a_stream_is_the_same_piece_by_piece() {
        let items: Vec<usize> = (0..2 * AT_ONCE + 1).collect();
        assert!(stream(&items, |n| n + 1).eq(1..2 * AT_ONCE + 2));
        assert_eq!(stream(&items[..0], |n| n + 1).count(), 0);
    }
}
