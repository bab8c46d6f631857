//! import

pub mod article;
pub(crate) mod doubts;
pub(crate) mod dry_run;
pub mod input;
pub(crate) mod issue;
pub(crate) mod label;
pub(crate) mod ledger;
pub(crate) mod lexicon;
pub(crate) mod link;
pub mod naming;
pub mod page;
pub(crate) mod record;
pub mod sheet;
pub mod sidecar;
