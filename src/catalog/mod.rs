//! catalog

pub mod catalog;
pub mod entry;
pub mod figures;
pub mod issues;
pub mod months;
pub mod names;
pub mod papers;
pub mod places;
pub mod related;
pub mod time_series;
pub mod tracked;
