//! Work spread over the processors, in an order that does not change.
//!
//! Stages are pure, so many inputs can be worked on at once; what comes out stands in the order of what went in, whatever
//! the number of threads, which is what makes two builds the same bytes. A [`Memo`] keeps what an earlier build made of an
//! input that has not changed, for a preview that builds again and again.

use rayon::prelude::*;
use std::collections::HashMap;
use std::hash::Hash;

/// `work` on every item, in parallel; results in the order of the items.
pub fn map<T: Sync, R: Send>(items: &[T], work: impl Fn(&T) -> R + Send + Sync) -> Vec<R> {
    items.par_iter().map(work).collect()
}

/// What earlier rounds made, by key; only what the last round asked for is kept.
#[derive(Debug)]
pub struct Memo<K, V> {
    kept: HashMap<K, V>,
}

impl<K, V> Default for Memo<K, V> {
    fn default() -> Self {
        Self { kept: HashMap::new() }
    }
}

impl<K: Eq + Hash + Send + Sync, V: Clone + Send + Sync> Memo<K, V> {
    /// One round: each item's value from the last round where `key` is the same, from `work` where it is not. Values stand
    /// in the order of the items; what this round did not ask for is forgotten.
    pub fn map<T: Sync>(
        &mut self,
        items: &[T],
        key: impl Fn(&T) -> K + Send + Sync,
        work: impl Fn(&T) -> V + Send + Sync,
    ) -> Vec<V> {
        let round: Vec<(K, V)> = items
            .par_iter()
            .map(|item| {
                let key = key(item);
                let value = self.kept.get(&key).cloned().unwrap_or_else(|| work(item));
                (key, value)
            })
            .collect();
        let values = round.iter().map(|(_, value)| value.clone()).collect();
        self.kept = round.into_iter().collect();
        values
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::sync::atomic::{AtomicUsize, Ordering};

    #[test]
    fn an_unchanged_item_is_worked_on_once() {
        let done = AtomicUsize::new(0);
        let work = |n: &usize| {
            done.fetch_add(1, Ordering::Relaxed);
            n * 2
        };
        let mut memo = Memo::default();
        assert_eq!(memo.map(&[1, 2, 3], |n| *n, work), [2, 4, 6]);
        assert_eq!(memo.map(&[3, 2, 4], |n| *n, work), [6, 4, 8]);
        assert_eq!(done.load(Ordering::Relaxed), 4);
    }
}
