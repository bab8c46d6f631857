//! The desk over HTTP.
//!
//! 1. `access`: who may use it
//! 2. `http`: its requests; `messages`: what it answers where it does nothing
//! 3. `assets`: its page and scripts; `events`: changes, sent to the open browsers
//! 4. `findings`: what is to be looked at before publishing; `publishing`: builds the site and publishes it
//! 5. `queue_worker`: summarises pages for the queue; `running`: finds a desk that runs already
//! 6. `begin`: the page that begins a site, where there is none yet

pub(crate) mod access;
pub(crate) mod assets;
pub(crate) mod begin;
pub(crate) mod events;
pub(crate) mod findings;
pub(crate) mod http;
pub(crate) mod messages;
pub(crate) mod publishing;
pub(crate) mod queue_worker;
pub(crate) mod running;
