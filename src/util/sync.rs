//! Mutexes whose poisoning by a panicking thread is ignored: every value behind a mutex of this crate is consistent at each moment
//! (a map before or after an insertion), so the other threads go on, and only the panic itself is reported.

use std::sync::{Mutex, MutexGuard, PoisonError};

/// Locks a mutex, poisoned or not.
pub(crate) fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

/// The value of a mutex that is no longer shared, poisoned or not.
pub(crate) fn into_inner<T>(mutex: Mutex<T>) -> T {
    mutex.into_inner().unwrap_or_else(PoisonError::into_inner)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_poisoned_mutex_is_locked_all_the_same() {
        let shared = Mutex::new(1);
        std::thread::scope(|scope| {
            let panicking = scope.spawn(|| {
                let _guard = lock(&shared);
                panic!("on purpose");
            });
            assert!(panicking.join().is_err());
        });
        *lock(&shared) += 1;
        assert_eq!(into_inner(shared), 2);
    }
}
