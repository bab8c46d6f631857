//! What the site is made from, as the disk lists it: paths and stamps, nothing read.

use crate::diagnostics::diagnostic::Diagnostic;
use crate::io::fs::stamp::{DiskTime, Stamp};
use crate::io::fs::walk::{self, FoundFile};
use crate::project::{ARTICLES, CONTENT, PAGES, RECORD, SETTINGS, STATICS, TEMPLATES};
use crate::util::digest::{Digest, Digester};
use std::path::Path;

/// Every file that the site is made from.
#[derive(Debug)]
pub(crate) struct Survey {
    /// by the disk's time before anything was listed
    now: StampTrust,
    /// the same before articles were listed, which is once more where an import wrote some
    articles_now: StampTrust,
    pub(crate) articles: Vec<FoundFile>,
    /// `content/*.md`
    pub(crate) plains: Vec<FoundFile>,
    /// all below `content/pages`: what is told of a page stands beside it
    pages: Vec<FoundFile>,
    pub(crate) statics: Vec<FoundFile>,
    pub(crate) templates: Vec<FoundFile>,
    settings: Option<Stamp>,
    /// of what import made of the pages
    record: Option<Stamp>,
    /// what stood in the way of listing; of pages, import tells
    pub(crate) diagnostics: Vec<Diagnostic>,
    pages_listed: bool,
}

/// Which stamps are believed: see [`crate::io::fs::stamp`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum StampTrust {
    /// none: everything is read
    Nothing,
    /// those that were settled at this time
    Settled(DiskTime),
    /// all: somebody watches, and tells what changes
    Watched,
}

impl StampTrust {
    /// Up to a time of the disk, where it is known.
    pub(crate) fn until(time: Option<DiskTime>) -> Self {
        time.map_or(Self::Nothing, Self::Settled)
    }

    fn believes(self, stamp: Stamp) -> bool {
        match self {
            Self::Nothing => false,
            Self::Settled(now) => stamp.is_settled(now),
            Self::Watched => true,
        }
    }
}

/// The articles, and what stood in the way of listing them.
fn articles(root: &Path) -> (Vec<FoundFile>, Vec<Diagnostic>) {
    walk::list(root, ARTICLES, &["md"])
}

fn stamp(root: &Path, name: &str) -> Option<Stamp> {
    Stamp::at(&root.join(name))
}

impl Survey {
    /// Looks through the folders of the site at `root`.
    pub(crate) fn of(root: &Path, now: StampTrust) -> Self {
        // the record before the articles: an import that ends in between is then seen to have ended
        let (settings, record) = (stamp(root, SETTINGS), stamp(root, &record()));
        let (articles, mut diagnostics) = articles(root);
        let (plains, findings) = walk::list_shallow(root, CONTENT, &["md"]);
        diagnostics.extend(findings);
        let (statics, findings) = walk::list(root, STATICS, &[]);
        diagnostics.extend(findings);
        let (templates, findings) = walk::list(root, TEMPLATES, &[]);
        diagnostics.extend(findings);
        let (pages, findings) = walk::list(root, PAGES, &[]);
        let pages_listed = findings.is_empty();
        let articles_now = now;
        Self {
            now,
            articles_now,
            articles,
            plains,
            pages,
            statics,
            templates,
            settings,
            record,
            diagnostics,
            pages_listed,
        }
    }

    /// Whether an import wrote articles after they were listed.
    pub(crate) fn has_new_articles(&self, root: &Path) -> bool {
        stamp(root, &record()) != self.record
    }

    /// Lists the articles once more, after an import wrote some. Pages are as they were listed: what happens to one while it
    /// is imported is seen next time.
    pub(crate) fn with_new_articles(self, root: &Path, time: impl FnOnce(Stamp) -> StampTrust) -> Self {
        let record = stamp(root, &record());
        let articles_now = time(record.unwrap_or_default());
        let (articles, _) = articles(root);
        Self { articles, record, articles_now, ..self }
    }

    /// Whether the stamp of an article can be believed at the next build.
    pub(crate) fn believes_article(&self, stamp: Stamp) -> bool {
        self.articles_now.believes(stamp)
    }

    /// Whether any other stamp can.
    pub(crate) fn believes(&self, stamp: Stamp) -> bool {
        self.now.believes(stamp)
    }

    /// What stands for all files together; nothing where one of them cannot be believed, or could not be listed.
    pub(crate) fn whole(&self) -> Option<Digest> {
        let rest = [&self.plains, &self.statics, &self.templates].into_iter().flatten();
        let articles = digest(&self.articles, |stamp| self.believes_article(stamp))?;
        let whole = [self.import()?, articles, digest(rest, |stamp| self.believes(stamp))?];
        self.diagnostics.is_empty().then(|| Digest::of_all(whole))
    }

    /// What stands for all that an import looks at, likewise.
    pub(crate) fn import(&self) -> Option<Digest> {
        let believed = self.settings.is_none_or(|stamp| self.believes(stamp))
            && self.record.is_none_or(|stamp| self.believes_article(stamp));
        let pages = digest(&self.pages, |stamp| self.believes(stamp))?;
        (self.pages_listed && believed).then(|| Digest::of_all([pages, Digest::of(&(self.settings, self.record))]))
    }
}

fn record() -> String {
    format!("{ARTICLES}/{RECORD}")
}

/// What stands for files and their stamps, where all are believed.
fn digest<'a>(files: impl IntoIterator<Item = &'a FoundFile>, believes: impl Fn(Stamp) -> bool) -> Option<Digest> {
    let mut digester = Digester::default();
    for file in files {
        if !believes(file.stamp) {
            return None;
        }
        digester.add(file.path.as_bytes()).add(b"\0").add(&file.stamp.bytes());
    }
    Some(digester.digest())
}
