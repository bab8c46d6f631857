//! preview

pub(crate) mod http;
pub(crate) mod live_reload;
pub mod model;
pub(crate) mod snapshot;
pub(crate) mod watch;
