//! catalog

pub(crate) mod access_tracker;
pub mod catalog;
pub mod entry;
pub(crate) mod figures;
pub(crate) mod issues;
pub(crate) mod months;
pub(crate) mod names;
pub(crate) mod papers;
pub(crate) mod places;
pub(crate) mod related;
pub(crate) mod time_series;
