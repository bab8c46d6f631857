//! The source pages of a shard: those that its articles were made from, so that a page of another year does not count as a change of it.

use crate::content::page_name::{file_of, stem_of};
use crate::io::fs::walk::FoundFile;
use crate::pipeline::import::job::Recorded;
use crate::pipeline::ocr::cache::has_result;
use crate::pipeline::shards::article_files::ShardFile;
use crate::project::ARTICLES;
use crate::util::digest::Digest;
use std::collections::{HashMap, HashSet};
use std::path::Path;

/// The page of each article that an import has recorded: article file → page file, below the site's root, and the result of the OCR command that
/// it was made from.
#[derive(Debug, Default)]
pub(crate) struct RecordedPages<'a>(HashMap<&'a str, (&'a str, &'a str)>);

impl<'a> RecordedPages<'a> {
    pub(crate) fn of(recorded: Option<&'a Recorded>) -> Self {
        let pages = recorded.into_iter().flat_map(|recorded| &recorded.record.pages);
        let articles = pages.flat_map(|(page, record)| {
            record.articles.keys().map(move |article| (article.as_str(), (page.as_str(), record.ocr.as_str())))
        });
        Self(articles.collect())
    }

    /// The page and the OCR result of an article's file.
    fn of_article(&self, file: &str) -> Option<(&'a str, &'a str)> {
        self.0.get(file.strip_prefix(ARTICLES)?.strip_prefix('/')?).copied()
    }

    /// Those among `pages`, which are all files below the folder of pages, that articles of a shard name, with sidecars and pictures beside them;
    /// and the digest of what is recorded of the articles.
    pub(crate) fn of_shard(&self, root: &Path, files: &[ShardFile], pages: &[FoundFile]) -> (Vec<FoundFile>, Digest) {
        let all: HashSet<String> = pages.iter().map(|found| stem_of(&found.path)).collect();
        let mut stems: HashSet<String> = HashSet::new();
        let mut recorded = Vec::new();
        for file in files {
            let known = self.of_article(&file.found.path);
            let folder = known.map(|(page, _)| &page[..page.rfind('/').map_or(0, |slash| slash + 1)]);
            for name in file.head.pages.iter().map(|name| file_of(name)) {
                let beside = folder.map(|folder| stem_of(&format!("{folder}{name}"))).filter(|stem| all.contains(stem));
                // a page that is not beside the recorded one is found by its name alone
                stems.insert(beside.unwrap_or_else(|| stem_of(name)));
            }
            let result = known.map(|(_, ocr)| !ocr.is_empty() && has_result(root, ocr));
            recorded.extend(known.map(|known| (&file.found.path, known, result)));
        }
        let is_named = |path: &str| {
            let stem = stem_of(path);
            // a sidecar of a page in a file with several has the page's number behind the file's stem
            let whole = stem.rsplit_once('.').map_or(stem.as_str(), |(whole, _)| whole);
            let name = |stem: &str| stem[stem.rfind('/').map_or(0, |slash| slash + 1)..].to_owned();
            [stem.as_str(), whole].iter().any(|stem| stems.contains(*stem) || stems.contains(&name(stem)))
        };
        let own = pages.iter().filter(|found| is_named(&found.path)).cloned().collect();
        (own, Digest::of(&recorded))
    }
}
