//! Keeps the summaries that were joined last, so that the next join can tell what has changed.
//!
//! They are copies in the folder of caches, one for each shard: the stamp of the summary is a part of the name, so that those that have not
//! changed are known without being read. Before a join writes anything, the copies of summaries that have changed are removed: of a join
//! that was killed nothing is assumed.

use crate::io::fs::copy;
use crate::io::fs::file;
use crate::io::fs::path;
use crate::io::fs::stamp::Stamp;
use crate::io::fs::walk;
use crate::io::output::part::summary_file;
use crate::pipeline::incremental::article_changes::ArticleChanges;
use crate::pipeline::incremental::cache::{CachedFile, FOLDER as CACHES};
use crate::pipeline::shards::summary::Summary;
use crate::util::digest::Digest;
use std::collections::HashMap;
use std::path::{Path, PathBuf};

/// Ends the name of a copy.
const EXTENSION: &str = "summary";

/// The summaries in an output folder beside the copies of those that were joined last.
#[derive(Debug)]
pub(crate) struct JoinedSummaries {
    out: PathBuf,
    folder: PathBuf,
    /// shards whose summaries have changed, each with the name that its copy will have
    changed: Vec<(String, String)>,
    /// copies of summaries that are others now
    former: Vec<String>,
}

impl JoinedSummaries {
    /// Compares the summaries of these shards with those that were joined last.
    pub(crate) fn of(root: &Path, out: &Path, shards: &[String]) -> Self {
        let folder = root.join(CACHES);
        let site = Digest::of_bytes(path::resolve(out).to_string_lossy().as_bytes());
        let names = shards.iter().map(|shard| {
            let stamp = Stamp::at(&out.join(summary_file(shard))).unwrap_or_default();
            (shard.clone(), format!("{site}-{shard}-{}.{EXTENSION}", Digest::of_bytes(&stamp.bytes())))
        });
        let (kept, _) =
            if file::exists(&folder) { walk::list_shallow(&folder, "", &[EXTENSION]) } else { Default::default() };
        let kept: Vec<String> = kept.into_iter().map(|found| found.path).collect();
        let (same, changed): (Vec<_>, Vec<_>) = names.partition(|(_, name)| kept.contains(name));
        let is_former =
            |name: &String| name.starts_with(&site.to_string()) && same.iter().all(|(_, same)| same != name);
        let former = kept.iter().filter(|name| is_former(name)).cloned().collect();
        Self { out: out.to_owned(), folder, changed, former }
    }

    /// What differs between `articles`, which are those of all summaries, and those that were joined last.
    pub(crate) fn changes(&self, articles: &HashMap<String, CachedFile>) -> ArticleChanges {
        // a shard that is new or gone has other articles
        if self.former.len() != self.changed.len() {
            return ArticleChanges::OtherArticles;
        }
        let former = |name: &String| Some(Summary::parse(&file::read(&self.folder, name).ok()?)?.into_articles());
        let Some(former) = self.former.iter().map(former).collect::<Option<Vec<_>>>() else {
            return ArticleChanges::OtherArticles;
        };
        let mut former: HashMap<String, CachedFile> = former.into_iter().flatten().collect();
        let read = |shard: &String| Some(Summary::read(&self.out, shard).ok()?.into_articles());
        let Some(now) = self.changed.iter().map(|(shard, _)| read(shard)).collect::<Option<Vec<_>>>() else {
            return ArticleChanges::OtherArticles;
        };
        let mut changes = ArticleChanges::none();
        for (path, now) in now.into_iter().flatten() {
            let before = former.remove(&path);
            if before.as_ref().is_none_or(|before| before.digest != now.digest) {
                let before = before.as_ref().and_then(|before| Some((before.digest, before.entry.as_ref()?)));
                changes = changes.with(&path, articles.get(&path).and_then(|file| file.entry.as_ref()), before);
            }
        }
        if former.is_empty() { changes } else { ArticleChanges::OtherArticles }
    }

    /// Removes the copies of summaries that are others now. Where that fails, nothing may be assumed of the next ones.
    pub(crate) fn forget(&self) -> bool {
        self.former.iter().all(|name| file::remove(&self.folder.join(name)).is_ok())
    }

    /// Keeps copies of the summaries that have changed, which are joined now. Without them, the next join looks at all pages.
    pub(crate) fn keep(&self) {
        for (shard, name) in &self.changed {
            let _ = copy::copy(&self.out.join(summary_file(shard)), &self.folder.join(name));
        }
    }
}
