//! render/pages

pub(crate) mod archive;
pub(crate) mod article;
pub(crate) mod calendar;
pub(crate) mod evidence;
pub(crate) mod figures;
pub(crate) mod home;
pub(crate) mod lists;
pub(crate) mod papers;
pub(crate) mod places;
pub(crate) mod search;
pub(crate) mod source_page;
pub(crate) mod themes;
