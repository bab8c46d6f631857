//! preview

pub mod http;
pub mod live_reload;
pub mod model;
pub mod snapshot;
pub mod watch;
