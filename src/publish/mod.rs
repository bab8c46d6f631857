//! publish

pub(crate) mod headers;
pub(crate) mod inventory;
pub(crate) mod local_site;
pub(crate) mod plan;
pub(crate) mod record;
pub(crate) mod target;
pub(crate) mod targets;
pub(crate) mod transfer;
pub(crate) mod transfer_progress;
pub(crate) mod transport;
pub(crate) mod upload;
