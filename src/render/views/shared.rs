//! Views that are made once and shared by all views that show them.

use crate::util::digest::Digest;
use crate::util::sync::lock;
use serde::{Serialize, Serializer};
use std::sync::{Arc, Mutex, OnceLock};
use tera::Value;

/// A view in a shared form: for the engine one value, to which it counts references; for a fingerprint, which is made from a
/// binary serialisation, the digest of the view. Both are made when they are first needed, and the view is dropped then: a cache
/// of many views then holds the values alone.
#[derive(Debug)]
pub(crate) struct Shared<T>(Arc<SharedView<T>>);

#[derive(Debug)]
struct SharedView<T> {
    /// there until value and fingerprint are made; boxed, so that it takes no space afterwards
    view: Mutex<Option<Box<T>>>,
    value: OnceLock<Value>,
    fingerprint: OnceLock<Digest>,
}

impl<T> SharedView<T> {
    fn of_view<R>(&self, make: impl FnOnce(&T) -> R) -> R {
        make(lock(&self.view).as_ref().expect("the view is dropped when all that is made from it was made"))
    }

    fn drop_view_if_unneeded(&self) {
        if self.value.get().is_some() && self.fingerprint.get().is_some() {
            lock(&self.view).take();
        }
    }
}

#[cfg(test)]
impl<T> Shared<T> {
    pub(crate) fn of_view<R>(&self, make: impl FnOnce(&T) -> R) -> R {
        self.0.of_view(make)
    }
}

impl<T> Clone for Shared<T> {
    fn clone(&self) -> Self {
        Self(self.0.clone())
    }
}

impl<T> From<T> for Shared<T> {
    fn from(view: T) -> Self {
        Self(Arc::new(SharedView {
            view: Mutex::new(Some(Box::new(view))),
            value: OnceLock::new(),
            fingerprint: OnceLock::new(),
        }))
    }
}

impl<T: Serialize> Serialize for Shared<T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let shared = &*self.0;
        if serializer.is_human_readable() {
            // the engine takes a value as it is, without a copy
            let value = shared.value.get_or_init(|| shared.of_view(Value::from_serializable));
            shared.drop_view_if_unneeded();
            value.serialize(serializer)
        } else {
            let fingerprint = shared.fingerprint.get_or_init(|| shared.of_view(Digest::of));
            shared.drop_view_if_unneeded();
            fingerprint.serialize(serializer)
        }
    }
}
