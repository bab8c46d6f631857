//! publish

pub mod headers;
pub mod inventory;
pub mod local;
pub mod order;
pub mod parcel;
pub mod plan;
pub mod record;
pub mod tally;
pub mod target;
pub mod targets;
pub mod transfer;
pub mod transport;
