//! render

pub(crate) mod charts;
pub mod engine;
pub mod fingerprint;
pub(crate) mod formats;
pub mod markdown;
pub(crate) mod page_views;
pub(crate) mod pages;
pub(crate) mod redirects;
pub mod renderer;
pub(crate) mod views;
