//! render/pages

pub mod archive;
pub mod article;
pub mod calendar;
pub mod evidence;
pub mod figures;
pub mod home;
pub mod lists;
pub mod papers;
pub mod places;
pub mod search;
pub mod source_page;
pub mod themes;
