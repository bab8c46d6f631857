//! Ordered parallel work: results have the order of the inputs on any number of threads, so that two builds give the same bytes.

use rayon::prelude::*;

/// The results of `work` on every item, computed in parallel, in the order of the items.
pub fn map<'a, T: Sync, R: Send>(items: &'a [T], work: impl Fn(&'a T) -> R + Send + Sync) -> Vec<R> {
    items.par_iter().map(work).collect()
}

/// [`map`] for items that the work takes.
pub(crate) fn map_owned<T: Send, R: Send>(items: Vec<T>, work: impl Fn(T) -> R + Send + Sync) -> Vec<R> {
    items.into_par_iter().map(work).collect()
}

/// The results of `work` on every index below `count`, in their order: in parallel where there are many, on this thread alone
/// where handing out the work would cost more than it saves.
pub(crate) fn map_indexes<R: Send>(count: usize, work: impl Fn(usize) -> R + Send + Sync) -> Vec<R> {
    if count < MANY { (0..count).map(work).collect() } else { (0..count).into_par_iter().map(work).collect() }
}

const MANY: usize = 4096;

/// [`map`] for very many items: only [`CHUNK`] results are in memory at once.
pub(crate) fn stream<T: Sync, R: Send>(
    items: &[T],
    work: impl Fn(&T) -> R + Send + Sync + Copy,
) -> impl Iterator<Item = R> {
    items.chunks(CHUNK).flat_map(move |chunk| map(chunk, work))
}

const CHUNK: usize = 4096;

#[cfg(test)]
mod tests {
    use super::*;
    use std::sync::atomic::{AtomicUsize, Ordering};

    #[test]
    fn each_item_is_processed_once_and_results_keep_the_order() {
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
    fn indexes_keep_their_order_whether_few_or_many() {
        for count in [0, 7, 2 * MANY] {
            assert!(map_indexes(count, |at| at + 1).into_iter().eq(1..=count));
        }
    }

    #[test]
    fn a_stream_gives_the_same_in_chunks() {
        let items: Vec<usize> = (0..2 * CHUNK + 1).collect();
        assert!(stream(&items, |n| n + 1).eq(1..2 * CHUNK + 2));
        assert_eq!(stream(&items[..0], |n| n + 1).count(), 0);
    }
}
