//! import

pub mod article;
pub mod doubts;
pub mod dry_run;
pub mod input;
pub mod issue;
pub mod label;
pub mod ledger;
pub mod lexicon;
pub mod link;
pub mod naming;
pub mod page;
pub mod record;
pub mod sheet;
pub mod sidecar;
