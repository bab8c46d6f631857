//! The difference between the articles of a site and those of its last build.

use crate::catalog::entry::{Difference, Entry};
use crate::extract::shingles::Shingles;
use crate::util::digest::Digest;

/// What differs between the articles and those of the last build.
#[derive(Debug, Default)]
pub(crate) enum ArticleChanges {
    /// there are other articles, or nothing is known of the last build
    #[default]
    OtherArticles,
    /// these files have changed, whose digests were these; `difference` is the greatest of their entries, and `resampled` has those whose
    /// shingles were others, with these
    SameArticles { files: Vec<(String, Digest)>, difference: Difference, resampled: Vec<(String, Shingles)> },
}

impl ArticleChanges {
    /// No difference.
    pub(crate) fn none() -> Self {
        Self::SameArticles { files: Vec::new(), difference: Difference::None, resampled: Vec::new() }
    }

    /// Adds a file that has changed: its entry now, and its digest and entry before, where it was and is an article.
    pub(crate) fn with(self, file: &str, now: Option<&Entry>, before: Option<(Digest, &Entry)>) -> Self {
        match (self, now, before) {
            (Self::SameArticles { mut files, difference, mut resampled }, Some(now), Some((digest, before))) => {
                files.push((file.to_owned(), digest));
                if now.shingles != before.shingles {
                    resampled.push((file.to_owned(), before.shingles.clone()));
                }
                Self::SameArticles { files, difference: difference.max(before.difference(now)), resampled }
            }
            _ => Self::OtherArticles,
        }
    }
}
