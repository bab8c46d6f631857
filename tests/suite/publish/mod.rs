//! Publishing, to each kind of target. What needs a server is ignored by `cargo test` and run by `bash .ci/publish`.

mod folder;
mod git;
mod nginx;
mod s3;
mod ssh;
