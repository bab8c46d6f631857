//! The template engine.
//!
//! 1. `tera`: the engine with its additional filters, of which `phrases` is one
//! 2. `i18n`: the texts of the interface, which templates see as `words`
//! 3. `templates`: loads the built-in templates and a site's own, and renders them
//! 4. `references`: which templates a template extends and includes, and its blocks
//! 5. `template_errors`: errors of the engine as diagnostics; `suggest`: the name that was probably meant
//! 6. `unused_fields`: which fields of an article's view need not be computed

pub mod i18n;
pub(crate) mod phrases;
pub mod references;
pub(crate) mod suggest;
pub(crate) mod template_errors;
pub mod templates;
pub(crate) mod tera;
pub(crate) mod unused_fields;
