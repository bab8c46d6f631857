//! Writes the output files of a build, or keeps those that are up to date.

use crate::diagnostics::diagnostic::Diagnostic;
use crate::diagnostics::error::Result;
use crate::io::fs::file;
use crate::io::fs::stamp::{DiskTime, Stamp};
use crate::io::output::folder::{FolderSink, WriteCounts};
use crate::io::output::sink::Sink;
use crate::io::progress::Stage;
use crate::pipeline::incremental::cache::{Cache, CachedFile, CachedOutput};
use crate::pipeline::incremental::output_records::OutputRecords;
use crate::render::fingerprint::Fingerprint;
use crate::util::digest::Digest;
use crate::util::path_list::PathList;
use std::path::Path;
use std::sync::Arc;

/// The output folder of a build in progress, with the cache of the last build.
pub(crate) struct OutputWriter<'a> {
    out: &'a Path,
    sink: FolderSink,
    cache: &'a Cache,
    records: OutputRecords,
}

impl<'a> OutputWriter<'a> {
    /// Writes the planned files into the folder `out`, which `sink` has opened.
    pub(crate) fn new(out: &'a Path, sink: FolderSink, cache: &'a Cache, planned: Arc<PathList>) -> Self {
        Self { out, sink, cache, records: OutputRecords::new(planned) }
    }

    /// A source file in the cache.
    pub(crate) fn cached_file(&self, path: &str) -> Option<&'a CachedFile> {
        self.cache.files.get(path)
    }

    /// An output file in the cache.
    pub(crate) fn cached_output(&self, path: &str) -> Option<&'a CachedOutput> {
        self.cache.outputs.get(path)
    }

    /// The fingerprint of a part of the search index in the cache.
    pub(crate) fn cached_search(&self, part: usize) -> Option<Digest> {
        self.cache.header.search.get(part).copied()
    }

    /// The stamp of an output file that has this fingerprint and was not changed since it was written.
    pub(crate) fn up_to_date(&self, path: &str, fingerprint: Digest) -> Option<Stamp> {
        let before = self.cached_output(path).filter(|before| before.fingerprint == fingerprint)?;
        Stamp::at(&self.out.join(path)).filter(|stamp| *stamp == before.stamp)
    }

    /// The bytes of an output file that has this fingerprint and was not changed since it was written.
    pub(crate) fn read(&self, path: &str, fingerprint: Digest) -> Option<Vec<u8>> {
        let bytes = file::read(self.out, path).ok()?;
        self.up_to_date(path, fingerprint).map(|_| bytes)
    }

    /// Keeps a file that is up to date.
    ///
    /// # Errors
    /// The path is not planned, or was written already.
    pub(crate) fn keep(&self, path: &str, fingerprint: Fingerprint, stamp: Stamp) -> Result<()> {
        self.records.record(path, fingerprint, stamp);
        self.sink.keep(path)
    }

    /// Writes a file.
    ///
    /// # Errors
    /// The disk refuses to write it.
    pub(crate) fn put(&self, stage: &Stage, path: &str, fingerprint: Fingerprint, bytes: &[u8]) -> Result<()> {
        let stamp = self.sink.put(path, bytes)?;
        self.records.record(path, fingerprint, stamp);
        stage.add_one();
        stage.add_bytes(bytes.len());
        Ok(())
    }

    /// Removes files that are no longer planned, and notes how many `errors` the build found. Returns the counts and records of
    /// files, the disk's time, and findings about files that were left as they are.
    ///
    /// # Errors
    /// The disk refuses to write or to remove files.
    pub(crate) fn finish(self, errors: usize) -> Result<(WriteCounts, OutputRecords, DiskTime, Vec<Diagnostic>)> {
        let (written, disk_time, findings) = self.sink.finish(errors)?;
        Ok((written, self.records, disk_time, findings))
    }
}
