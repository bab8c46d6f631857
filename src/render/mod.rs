//! render

pub mod charts;
pub mod engine;
pub mod fingerprint;
pub mod formats;
pub mod frame;
pub mod markdown;
pub mod page_views;
pub mod pages;
pub mod redirects;
pub mod renderer;
pub mod views;
