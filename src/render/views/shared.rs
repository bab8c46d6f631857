//! Views that are made once and shared by all views that show them.

use crate::util::digest::Digest;
use serde::{Serialize, Serializer};
use std::sync::{Arc, OnceLock};
use tera::Value;

/// A view in a shared form: for the engine one value, to which it counts references; for a fingerprint, which is made from a
/// binary serialisation, the digest of the view. Both are made when they are first needed.
#[derive(Debug)]
pub(crate) struct Shared<T>(Arc<SharedView<T>>);

#[derive(Debug)]
struct SharedView<T> {
    view: T,
    value: OnceLock<Value>,
    fingerprint: OnceLock<Digest>,
}

impl<T> Shared<T> {
    #[cfg(test)]
    pub(crate) fn view(&self) -> &T {
        &self.0.view
    }
}

impl<T> Clone for Shared<T> {
    fn clone(&self) -> Self {
        Self(self.0.clone())
    }
}

impl<T> From<T> for Shared<T> {
    fn from(view: T) -> Self {
        Self(Arc::new(SharedView { view, value: OnceLock::new(), fingerprint: OnceLock::new() }))
    }
}

impl<T: Serialize> Serialize for Shared<T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let SharedView { view, value, fingerprint } = &*self.0;
        match serializer.is_human_readable() {
            // the engine takes a value as it is, without a copy
            true => value.get_or_init(|| Value::from_serializable(view)).serialize(serializer),
            false => fingerprint.get_or_init(|| Digest::of(view)).serialize(serializer),
        }
    }
}
