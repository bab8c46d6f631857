//! render/engine

pub mod diagnostics;
pub mod i18n;
pub mod phrases;
pub mod references;
pub mod sanitize;
pub mod suggest;
pub mod templates;
pub mod tera;
pub mod unused_fields;
