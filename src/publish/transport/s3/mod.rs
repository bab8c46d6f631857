//! Client of S3-compatible stores.
//!
//! 1. `credentials`, `profile`: the keys of an account
//! 2. `endpoint`: the bucket and its URLs
//! 3. `payload`, `signature_v4`, `http`: a signed request and its response
//! 4. `response`, `error`: parsing of responses, hints for errors
//! 5. `client`: the operations

pub(crate) mod client;
pub(crate) mod credentials;
pub(crate) mod endpoint;
pub(crate) mod error;
#[cfg(test)]
pub(crate) mod fake_server;
pub(crate) mod http;
pub(crate) mod payload;
pub(crate) mod profile;
pub(crate) mod response;
pub(crate) mod signature_v4;
