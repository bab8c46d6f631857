//! import

pub mod article;
pub(crate) mod dry_run;
pub mod input;
pub(crate) mod issue;
pub(crate) mod label;
pub(crate) mod ledger;
pub(crate) mod lexicon;
pub(crate) mod link;
pub mod naming;
pub mod page;
pub mod page_import;
pub(crate) mod record;
pub mod sidecar;
pub(crate) mod uncertain_lines;
