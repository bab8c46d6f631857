//! publish

pub(crate) mod headers;
pub(crate) mod inventory;
pub(crate) mod local;
pub(crate) mod order;
pub(crate) mod parcel;
pub(crate) mod plan;
pub(crate) mod record;
pub(crate) mod tally;
pub(crate) mod target;
pub(crate) mod targets;
pub(crate) mod transfer;
pub(crate) mod transport;
