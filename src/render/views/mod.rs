//! render/views

pub mod card_cache;
pub mod cards;
pub mod charts;
pub mod feeds;
pub mod lists;
#[cfg(test)]
pub mod sample;
pub mod views;
