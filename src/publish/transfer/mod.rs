//! publish/transfer

pub(crate) mod atomic;
pub(crate) mod file_by_file;
pub(crate) mod final_record;
pub(crate) mod gzip;
pub(crate) mod parallel;
