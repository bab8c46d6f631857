//! A client for stores that speak S3: AWS, MinIO, Aliyun OSS, Tencent COS and their relatives.
//!
//! 1. [`place`]: which bucket, where, under which addresses
//! 2. [`keys`]: who asks, from the environment or the profile file ([`profile`]); [`secret`] keeps it from being shown
//! 3. [`sign`]: Signature Version 4, which each request carries
//! 4. [`load`]: the bytes of an object and their digests, in memory or from a file
//! 5. [`wire`]: requests on their way and answers on their way back; [`answer`] reads what the store says, [`refusal`] tells
//!    a person what to do where it says no, and whether trying again may help
//! 6. [`client`]: put, head, get, list, delete
//!
//! The store checks a digest of every body that it is sent, and the client checks what the store says it holds.

pub mod answer;
pub mod client;
pub mod keys;
pub mod load;
pub mod place;
pub mod profile;
pub mod refusal;
#[cfg(test)]
pub mod scripted;
pub mod secret;
pub mod sign;
pub mod wire;
