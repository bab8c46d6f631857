//! publish/transfer

pub(crate) mod atomic;
pub(crate) mod gzip;
pub(crate) mod parallel;
pub(crate) mod settle;
pub(crate) mod upload;
