//! Assigns the article files of a site to its shards, by the date in each file.
//!
//! Files are read once. What was found in them is kept in `.wenzhai/shards.cache` with their stamps, so that a later build reads those that have
//! changed. A file whose date cannot be read counts as undated: building that shard tells what is wrong with it.

use crate::config::year_shard::YearShard;
use crate::content::article::PageLines;
use crate::content::markdown::{RawPart, raw_parts};
use crate::content::parse::{parse_front_matter, split_front_matter};
use crate::diagnostics::source::Source;
use crate::diagnostics::toml::date_of;
use crate::io::fs::file;
use crate::io::fs::stamp::Stamp;
use crate::io::fs::walk::FoundFile;
use crate::io::process;
use crate::pipeline::incremental::cache::{FOLDER as CACHES, make_folder_of_caches};
use crate::pipeline::incremental::frames::{decoded, encoded, next_frame, next_section, write_frame, write_section};
use crate::pipeline::incremental::survey::Survey;
use crate::project::ARTICLES;
use crate::render::markdown::links::resolve_relative;
use crate::util::parallel;
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, HashMap};
use std::path::Path;
use std::sync::atomic::AtomicBool;

/// In the folder of caches.
const FILE: &str = "shards.cache";

/// The article files of a site by their shards.
#[derive(Debug, Default)]
pub(crate) struct ShardFiles(BTreeMap<YearShard, Vec<ShardFile>>);

/// An article file.
#[derive(Debug, Clone)]
pub(crate) struct ShardFile {
    pub(crate) found: FoundFile,
    /// what decides on its shard, and on what else its pages are made from
    pub(crate) head: Head,
}

/// What is kept of a file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Head {
    shard: YearShard,
    /// the names of the source pages that it was made from
    pub(crate) pages: Box<[String]>,
    /// the article files that its text links to, below the site's root
    pub(crate) links: Box<[String]>,
}

/// The keys of an article's file that are read here.
#[derive(Deserialize)]
struct Keys {
    date: Option<toml::Value>,
    source: Option<PageLines>,
}

/// A file as it is kept.
type Kept<'a> = (&'a str, Stamp, &'a Head);

impl ShardFiles {
    /// The article files that a survey of the site at `root` lists.
    pub(crate) fn of(root: &Path, survey: &Survey) -> Self {
        let kept = read_kept(root).unwrap_or_default();
        let is_kept = |found: &FoundFile| kept.get(&found.path).filter(|(stamp, _)| *stamp == found.stamp);
        let heads = parallel::map(&survey.articles, |found| match is_kept(found) {
            Some((_, head)) => (head.clone(), false),
            None => (head_of(root, &found.path), true),
        });
        let is_changed = kept.len() != heads.len() || heads.iter().any(|(_, is_new)| *is_new);
        drop(kept);
        let files: Vec<ShardFile> =
            (survey.articles.iter().cloned().zip(heads)).map(|(found, (head, _))| ShardFile { found, head }).collect();
        if is_changed {
            let settled = files.iter().filter(|file| survey.trusts_article(file.found.stamp));
            keep(root, settled.map(|ShardFile { found, head }| (found.path.as_str(), found.stamp, head)));
        }
        let mut shards: BTreeMap<YearShard, Vec<ShardFile>> = BTreeMap::new();
        for file in files {
            shards.entry(file.head.shard).or_default().push(file);
        }
        Self(shards)
    }

    /// The shards that have files.
    pub(crate) fn shards(&self) -> impl Iterator<Item = YearShard> + '_ {
        self.0.keys().copied()
    }

    /// The files of a shard, sorted by path.
    pub(crate) fn of_shard(&self, shard: YearShard) -> &[ShardFile] {
        self.0.get(&shard).map_or(&[], Vec::as_slice)
    }

    /// A file of any shard.
    pub(crate) fn find(&self, path: &str) -> Option<&ShardFile> {
        let in_shard = |files: &Vec<ShardFile>| files.binary_search_by(|file| file.found.path.as_str().cmp(path)).ok();
        self.0.values().find_map(|files| in_shard(files).map(|at| &files[at]))
    }
}

/// Reads the head of an article's file.
fn head_of(root: &Path, path: &str) -> Head {
    let read = file::read_source(root, path).and_then(|source| {
        let parts = split_front_matter(&source)?;
        let keys: Keys = parse_front_matter(&source, &parts)?;
        let links = linked_articles(&source, &source.text[parts.body]);
        let date = keys.date.and_then(|date| date_of(&date).ok());
        Ok(Head { shard: YearShard::of(date), pages: keys.source.map(pages_of).unwrap_or_default(), links })
    });
    read.unwrap_or_else(|_| Head { shard: YearShard::Undated, pages: Box::default(), links: Box::default() })
}

fn pages_of(lines: PageLines) -> Box<[String]> {
    [lines.page].into_iter().chain(lines.more.into_iter().map(|more| more.page)).collect()
}

fn linked_articles(source: &Source, body: &str) -> Box<[String]> {
    if !body.contains(".md") {
        return Box::default();
    }
    let targets = raw_parts(body).filter_map(|part| match part {
        RawPart::Address { address, .. } if address.ends_with(".md") => Some(resolve_relative(&source.name, &address)),
        _ => None,
    });
    targets.filter(|target| target.starts_with(ARTICLES)).collect()
}

/// Saves what was found. Where nothing can be written, the next build reads the files again.
fn keep<'a>(root: &Path, files: impl Iterator<Item = Kept<'a>>) {
    make_folder_of_caches(root);
    let _ = file::replace_by(&root.join(CACHES).join(FILE), |file| {
        write_frame(file, &encoded(&process::identity()))?;
        write_section(file, files)
    });
}

/// What the last build found; none where there is nothing, it is damaged, or another program has written it.
fn read_kept(root: &Path) -> Option<HashMap<String, (Stamp, Head)>> {
    let bytes = file::read(&root.join(CACHES), FILE).ok()?;
    let mut rest = bytes.as_slice();
    let program: String = postcard::from_bytes(next_frame(&mut rest)?.valid_payload()?).ok()?;
    let files: Vec<(String, Stamp, Head)> = decoded(&next_section(&mut rest)?, &AtomicBool::new(false))?;
    (program == process::identity())
        .then(|| files.into_iter().map(|(path, stamp, head)| (path, (stamp, head))).collect())
}
