//! Retry, backoff and timeout settings of every transport, in one place.
//!
//! A timeout says how long the other side may be silent; it is a transient failure and is retried.

use std::time::Duration;

/// How often an operation is attempted before its last transient failure counts.
pub(crate) const RETRY_ATTEMPTS: u32 = 6;
/// The pause before the first retry; it doubles with each further one.
pub(crate) const RETRY_FIRST_BACKOFF: Duration = Duration::from_millis(250);
/// No backoff is longer (jitter aside), whatever a server asks for.
pub(crate) const RETRY_MAX_BACKOFF: Duration = Duration::from_secs(60);

/// HTTP: until the connection is established.
pub(crate) const HTTP_CONNECT_TIMEOUT: Duration = Duration::from_secs(15);
/// HTTP: a request fails after this long without receiving a byte.
pub(crate) const HTTP_IDLE_TIMEOUT: Duration = Duration::from_secs(60);

/// ssh and sftp: seconds until the connection is established (`ConnectTimeout`).
pub(crate) const SSH_CONNECT_TIMEOUT: u32 = 20;
/// ssh and sftp: seconds between two keep-alive messages (`ServerAliveInterval`); three without a reply end the connection.
pub(crate) const SSH_KEEP_ALIVE: u32 = 15;
/// ssh and sftp: seconds that a shared connection outlives its last call (`ControlPersist`).
pub(crate) const SSH_CONTROL_PERSIST: u32 = 20;

/// rsync: seconds without data until a transfer is given up (`--timeout`).
pub(crate) const RSYNC_IO_TIMEOUT: u32 = 60;

/// How often a plan is made and committed again because somebody else changed the target meanwhile.
pub(crate) const COMMIT_ATTEMPTS: usize = 5;
