//! publish/transfer

pub mod atomic;
pub mod gzip;
pub mod parallel;
pub mod settle;
pub mod upload;
