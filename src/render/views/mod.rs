//! render/views

pub(crate) mod card_cache;
pub(crate) mod cards;
pub(crate) mod charts;
pub(crate) mod feeds;
pub(crate) mod lists;
#[cfg(test)]
pub(crate) mod sample;
pub(crate) mod views;
