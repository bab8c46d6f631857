//! Articles of other shards that texts of a shard link to: their addresses follow from their files.

use crate::config::settings::Config;
use crate::config::year_shard::YearShard;
use crate::content::parse;
use crate::io::fs::file;
use crate::io::fs::walk::FoundFile;
use crate::pipeline::shards::article_files::{ShardFile, ShardFiles};
use crate::site::addresses::address::Address;
use crate::site::page_address::article_address;
use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

/// The files of other shards that those of a shard link to.
pub(crate) fn linked_elsewhere(files: &ShardFiles, shard: YearShard) -> Vec<&ShardFile> {
    let own = files.of_shard(shard);
    let is_own = |path: &str| own.binary_search_by(|file| file.found.path.as_str().cmp(path)).is_ok();
    let linked: BTreeSet<&str> = own.iter().flat_map(|file| &file.head.links).map(String::as_str).collect();
    linked.into_iter().filter(|path| !is_own(path)).filter_map(|path| files.find(path)).collect()
}

/// The addresses of those that the site shows, by their files.
pub(crate) fn addresses(
    root: &Path,
    config: &Config,
    drafts: bool,
    linked: &[&ShardFile],
) -> BTreeMap<String, Address> {
    let config = config.of_shard(None);
    let address = |FoundFile { path, .. }: &FoundFile| {
        let (article, found) = parse::article(&file::read_source(root, path).ok()?, &config.theme_ids());
        let front = article.filter(|_| found.is_empty())?.front;
        let themes = front.filed_under().iter().map(String::as_str);
        let is_shown =
            (drafts || !front.draft) && config.content.filter.passes(front.paper.as_deref(), front.date, themes);
        is_shown.then(|| (path.clone(), article_address(&front, path)))
    };
    linked.iter().filter_map(|file| address(&file.found)).collect()
}
