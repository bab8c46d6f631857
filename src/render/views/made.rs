//! Views in the form in which the template engine takes them.

use crate::util::digest::Digest;
use serde::{Serialize, Serializer};
use std::marker::PhantomData;
use tera::Value;

/// A small view that is made once and shared by all that show it. Nobody but a template looks into one: so what stands for it
/// can be a digest, where only a page's key is wanted.
#[derive(Debug, Clone)]
pub(crate) struct Shared<T> {
    pub(crate) made: Made,
    of: PhantomData<T>,
}

impl<T> From<Made> for Shared<T> {
    fn from(made: Made) -> Self {
        Self { made, of: PhantomData }
    }
}

impl<T> Serialize for Shared<T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.made.serialize(serializer)
    }
}

/// A view as templates see it; or, where only a page's key is wanted, what stands for it.
#[derive(Debug, Clone)]
pub(crate) enum Made {
    Value(Value),
    Digest(Digest),
}

impl Serialize for Made {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            // the engine takes a value as it is, without a copy
            Self::Value(value) => value.serialize(serializer),
            Self::Digest(digest) => digest.serialize(serializer),
        }
    }
}
