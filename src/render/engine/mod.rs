//! render/engine

pub(crate) mod diagnostics;
pub mod i18n;
pub(crate) mod phrases;
pub mod references;
pub(crate) mod suggest;
pub mod templates;
pub(crate) mod tera;
pub(crate) mod unused_fields;
