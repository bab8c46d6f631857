//! render/views

pub(crate) mod card_cache;
pub(crate) mod cards;
pub(crate) mod charts;
pub(crate) mod feeds;
pub(crate) mod lists;
pub(crate) mod made;
pub(crate) mod pages;
pub(crate) mod papers;
#[cfg(test)]
pub(crate) mod sample;
pub(crate) mod shared;
pub(crate) mod site;
