//! The summary that a shard leaves for the join, in the output folder beside its manifest: `.wenzhai-summary-2024`.
//!
//! The file is a sequence of frames (`pipeline/incremental/frames.rs`): the [`SummaryHead`], the entries of all articles, and the files of those
//! whose texts the join may show: the lead of the home page, and what is new enough for a feed.

use crate::catalog::entry::Entry;
use crate::diagnostics::code::Code;
use crate::diagnostics::diagnostic::Diagnostic;
use crate::diagnostics::error::{Error, Result};
use crate::diagnostics::message::Message;
use crate::io::fs::file;
use crate::io::output::part::summary_file;
use crate::io::process;
use crate::message;
use crate::pipeline::build::plan::PlannedSite;
use crate::pipeline::incremental::cache::CachedFile;
use crate::pipeline::incremental::frames::{decoded, encoded, next_frame, next_section, write_frame, write_section};
use crate::pipeline::load::content::ArticleFile;
use crate::render::renderer::Renderer;
use crate::site::index_files::IndexFiles;
use crate::site::index_set::IndexSet;
use crate::site::page::{FeedFormat, Page};
use crate::util::digest::Digest;
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;
use std::path::Path;
use std::sync::atomic::AtomicBool;

/// What the join has to know before it reads the rest.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(crate) struct SummaryHead {
    /// the wenzhai that wrote it, whatever machine that was on
    program: String,
    /// the digest of what all parts of the site have in common
    pub(crate) shared: Digest,
    /// the digest of what entries are made from, files aside
    pub(crate) entry_inputs: Option<Digest>,
    /// the volumes of the search index, where the site has one
    pub(crate) set: Option<IndexSet>,
}

/// The summary of a shard.
#[derive(Debug)]
pub(crate) struct Summary {
    pub(crate) head: SummaryHead,
    /// the articles that are shown
    pub(crate) articles: Vec<CachedFile>,
    /// files, with what stands in them
    pub(crate) texts: Vec<(String, String)>,
}

/// Writes the summary of a planned shard into the output folder; removes it where the shard has no articles.
///
/// # Errors
/// The disk refuses to write.
pub(crate) fn write_summary(planned: &PlannedSite, out: &Path, shard: &str) -> Result<()> {
    let (site, path) = (&planned.site, out.join(summary_file(shard)));
    if site.catalog.entries.is_empty() {
        return file::remove(&path).map(drop);
    }
    let head = SummaryHead {
        program: process::origin(),
        shared: planned.shared,
        entry_inputs: planned.header.entry_inputs,
        set: site.index_files.as_ref().and_then(IndexFiles::own_set).cloned(),
    };
    let articles = planned.shown().map(|(entry, file)| {
        let &ArticleFile { digest, has_links, .. } = file;
        // keywords lead to related articles, which no page of the join shows
        let entry = Entry { keywords: Box::default(), ..entry.clone() };
        CachedFile { stamp: None, digest, has_links, loses_html: false, entry: Some(entry) }
    });
    let source = |file: &str| Some((file.to_owned(), planned.article_files.source(file).ok()?.text));
    let texts: Vec<(String, String)> = texts_of_lists(planned).into_iter().filter_map(source).collect();
    file::replace_by(&path, |file| {
        write_frame(file, &encoded(&head))?;
        write_section(file, articles)?;
        write_section(file, texts.iter())
    })
}

/// The files whose texts pages of the join may show: those that they would show if there were this shard alone.
fn texts_of_lists(planned: &PlannedSite) -> BTreeSet<&str> {
    let renderer = Renderer::new(&planned.site, &planned.templates);
    let pages = planned.site.pages.iter().copied();
    let with_texts = pages.filter(|page| matches!(page, Page::Home | Page::Feed(_, FeedFormat::Atom)));
    with_texts.flat_map(|page| renderer.texts_of(page)).collect()
}

/// Whether the summary of a shard can be read.
pub(crate) fn is_readable(out: &Path, shard: &str) -> bool {
    let frames = |mut bytes: &[u8]| -> Option<bool> {
        let head = next_frame(&mut bytes)?;
        let (articles, texts) = (next_section(&mut bytes)?, next_section(&mut bytes)?);
        Some([head].iter().chain(&articles).chain(&texts).all(|frame| frame.valid_payload().is_some()))
    };
    file::read(out, &summary_file(shard)).is_ok_and(|bytes| frames(&bytes) == Some(true))
}

impl Summary {
    /// Reads the summary of a shard from the output folder.
    ///
    /// # Errors
    /// `not-joinable`: there is none, it is damaged, or another version of wenzhai has written it.
    pub(crate) fn read(out: &Path, shard: &str) -> Result<Self> {
        let bytes = file::read(out, &summary_file(shard)).ok();
        let summary = bytes.as_deref().and_then(Self::parse);
        let summary = summary.filter(|summary| summary.head.program == process::origin());
        summary.ok_or_else(|| {
            not_joinable(shard, message!("this wenzhai cannot read what the shard {shard} has left", shard))
        })
    }

    /// The summary in a file; none where it is damaged.
    pub(crate) fn parse(mut bytes: &[u8]) -> Option<Self> {
        let head = postcard::from_bytes(next_frame(&mut bytes)?.valid_payload()?).ok()?;
        let (articles, texts) = (next_section(&mut bytes)?, next_section(&mut bytes)?);
        let never = AtomicBool::new(false);
        let (articles, texts) = rayon::join(|| decoded(&articles, &never), || decoded(&texts, &never));
        Some(Self { head, articles: articles?, texts: texts? })
    }

    /// Its articles by their files.
    pub(crate) fn into_articles(self) -> impl Iterator<Item = (String, CachedFile<Entry>)> {
        self.articles.into_iter().filter_map(|file| Some((file.entry.as_ref()?.file.clone(), file)))
    }
}

/// The error `not-joinable` about a shard.
pub(crate) fn not_joinable(shard: &str, why: Message) -> Error {
    let hint = message!("build the shard again: wenzhai build --shard {shard}", shard);
    Error::failure(Diagnostic::new(Code::NotJoinable, why).hint(hint))
}
