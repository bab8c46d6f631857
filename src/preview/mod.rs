//! The preview server of `wenzhai serve`.
//!
//! 1. [`model`]: the site in memory, whose pages are rendered on request
//! 2. `live_reload`: messages to open pages
//! 3. `resolve`: which file a URL path means
//! 4. `current_site`: the model that is being shown, and the last one without errors
//! 5. `listener`: the address at which it listens; `http`: the HTTP server
//! 6. `desk`: the desk over HTTP
//! 7. `file_events`, `link_map`, `watcher`: changes of files on disk, and of what links lead to

pub(crate) mod current_site;
pub(crate) mod desk;
pub(crate) mod file_events;
pub(crate) mod http;
pub(crate) mod link_map;
pub(crate) mod listener;
pub(crate) mod live_reload;
pub mod model;
pub mod resolve;
pub(crate) mod watcher;
