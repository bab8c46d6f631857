//! Carries out a plan.
//!
//! 1. `job`: what is transferred, and the records that it leaves
//! 2. `file_by_file`: phase by phase, on targets without an atomic switch
//! 3. `atomic`: as a whole
//! 4. `parallel`: concurrent uploads; `gzip`: compression

pub(crate) mod atomic;
pub(crate) mod file_by_file;
pub(crate) mod gzip;
pub(crate) mod job;
pub(crate) mod parallel;
