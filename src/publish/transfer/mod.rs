//! Carries out a plan.
//!
//! 1. `file_by_file`: phase by phase, on targets without an atomic switch
//! 2. `atomic`: as a whole
//! 3. `parallel`: concurrent uploads; `gzip`: compression
//! 4. `final_record`: the record of a finished publish

pub(crate) mod atomic;
pub(crate) mod file_by_file;
pub(crate) mod final_record;
pub(crate) mod gzip;
pub(crate) mod parallel;
