//! Builds a site in shards: the articles of each year alone, and then what joins them.
//!
//! 1. `run.rs`: what is built of a site, in which order
//! 2. `sharded_site.rs`: the source files of the site; `article_files.rs`: which shard each article belongs to; `source_pages.rs`: the source pages of a
//!    shard
//! 3. `shard.rs`: builds a shard; `elsewhere.rs`: articles of other shards that its texts link to
//! 4. `summary.rs`: what a shard leaves for the join: its entries, and the texts that lists show
//! 5. `join.rs`: builds all other pages, of summaries alone; `joined.rs`: which of them have changed since they were joined last
//!
//! What belongs to a shard and what to the join, `site/part.rs` decides. A site in shards is always built in this way, by one process or by several on
//! several machines, so that both give the same bytes. Shards are independent of each other: an edit in one year changes that shard and the join.

pub(crate) mod article_files;
pub(crate) mod elsewhere;
pub(crate) mod join;
pub(crate) mod joined;
pub(crate) mod run;
pub(crate) mod shard;
pub(crate) mod sharded_site;
pub(crate) mod source_pages;
pub(crate) mod summary;
