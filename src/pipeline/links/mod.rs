//! Links out of the site: `wenzhai check --external`.
//!
//! 1. `places`: the addresses of other sites that texts link to, each once, with all its places
//! 2. `target`: whether an address is asked at all: not those of this site, of hosts that are left out, of private networks
//! 3. `cache`: outcomes of earlier runs that still hold
//! 4. `crawl`: the others are asked, many hosts at once and each host by one request at a time; `visit` asks one address by what
//!    `host` knows of its host, and `outcome` says what its answer means
//! 5. `findings`: a finding at each place of an address that leads nowhere, and remarks
//!
//! `run` does all this. The network and the clock are a [`Web`](crate::io::web::Web), for which tests have one of their own.

pub(crate) mod cache;
pub(crate) mod crawl;
pub(crate) mod findings;
pub(crate) mod host;
pub(crate) mod outcome;
pub(crate) mod places;
pub(crate) mod run;
pub(crate) mod target;
#[cfg(test)]
pub(crate) mod test_web;
pub(crate) mod visit;
