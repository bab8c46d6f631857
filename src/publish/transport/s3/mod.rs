//! publish/transport/s3

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
pub(crate) mod secret;
pub(crate) mod signature_v4;
