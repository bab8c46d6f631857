//! publish/transport/s3

pub mod client;
pub mod credentials;
pub mod endpoint;
pub mod error;
#[cfg(test)]
pub mod fake_server;
pub mod http;
pub mod payload;
pub mod profile;
pub mod response;
pub mod secret;
pub mod sign;
