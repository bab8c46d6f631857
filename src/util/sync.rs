//! What threads share behind a lock.
//!
//! A thread that panics leaves the locks that it held poisoned. What stands behind ours is whole at every moment (a map before
//! or after an entry, a text before or after another), so the others go on, and the panic alone is told.

use std::sync::{Mutex, MutexGuard, PoisonError};

/// Waits for a lock and holds it.
pub(crate) fn held<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

/// What stands behind a lock that nobody needs any more.
pub(crate) fn taken<T>(mutex: Mutex<T>) -> T {
    mutex.into_inner().unwrap_or_else(PoisonError::into_inner)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_panic_elsewhere_does_not_keep_others_from_going_on() {
        let shared = Mutex::new(1);
        std::thread::scope(|scope| {
            let fallen = scope.spawn(|| {
                let _guard = held(&shared);
                panic!("as asked");
            });
            assert!(fallen.join().is_err());
        });
        *held(&shared) += 1;
        assert_eq!(taken(shared), 2);
    }
}
