//! The cache that a build saves for the next one: `.wenzhai/`, a file for each output folder.
//!
//! The file is a sequence of frames (`frames.rs`):
//!
//! 1. the [`CacheHeader`], which alone decides whether anything has changed, so that the rest need not be read
//! 2. the section of source files ([`CachedFile`])
//! 3. the section of output files ([`CachedOutput`])
//!
//! The file is replaced as a whole at the end of a build. One that another version of
//! wenzhai wrote, or that is damaged, counts as no cache.

use crate::catalog::entry::Entry;
use crate::diagnostics::error::Result;
use crate::io::fs::file;
use crate::io::fs::lock::Lock;
use crate::io::fs::path;
use crate::io::fs::stamp::{DiskTime, Stamp};
use crate::io::process;
use crate::pipeline::incremental::article_changes::ArticleChanges;
use crate::pipeline::incremental::frames::{
    decoded, encoded, next_frame, next_section, read_frame, write_frame, write_section,
};
use crate::publish::host_limits::SiteSize;
use crate::util::digest::Digest;
use serde::{Deserialize, Serialize};
use std::collections::HashMap;
use std::path::{Path, PathBuf};
use std::sync::atomic::AtomicBool;

/// Below the site's root; its `.gitignore` keeps it out of Git.
pub(crate) const FOLDER: &str = ".wenzhai";
/// The folder of the OCR command's results, below it.
pub(crate) const RESULTS: &str = "ocr";
const IGNORED: &str = "# what wenzhai keeps from one build to the next; it may be removed at any time\n*\n";

/// The cache file of builds into one output folder.
#[derive(Debug)]
pub(crate) struct CacheFile {
    folder: PathBuf,
    file: PathBuf,
}

/// What decides whether anything has changed since the build that saved the cache.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub(crate) struct CacheHeader {
    /// the version of wenzhai that wrote the file
    pub(crate) program: String,
    /// the digest of all that entries are made from, files aside
    pub(crate) entry_inputs: Option<Digest>,
    /// the digest of all that pages are made from, articles aside
    pub(crate) page_inputs: Option<Digest>,
    /// the digest of all source files and options; none where a stamp was not reliable or there were diagnostics
    pub(crate) sources: Option<Digest>,
    /// the same for the files that an import reads
    pub(crate) import: Option<Digest>,
    /// the digest of the stamps of all output files
    pub(crate) outputs: Option<Digest>,
    /// the fingerprint of each part of the search index
    pub(crate) search: Vec<Digest>,
    /// the size of the output
    pub(crate) size: SiteSize,
    /// the numbers of articles and pages; after an import, that of source pages
    pub(crate) articles: usize,
    pub(crate) pages: usize,
}

/// A file that the site is made from. Its entry is borrowed for writing.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(crate) struct CachedFile<E = Entry> {
    /// none where it was not reliable
    pub(crate) stamp: Option<Stamp>,
    pub(crate) digest: Digest,
    /// the text may link to other files of the site
    pub(crate) has_links: bool,
    /// the text holds raw HTML that is not on the list of harmless HTML
    pub(crate) loses_html: bool,
    /// of an article without diagnostics
    pub(crate) entry: Option<E>,
}

/// An output file.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(crate) struct CachedOutput {
    pub(crate) fingerprint: Digest,
    pub(crate) stamp: Stamp,
    /// the articles whose texts it shows
    pub(crate) articles: Box<[u32]>,
}

/// The contents of a cache file.
#[derive(Debug, Default)]
pub(crate) struct Cache {
    pub(crate) header: CacheHeader,
    pub(crate) files: HashMap<String, CachedFile>,
    pub(crate) outputs: HashMap<String, CachedOutput>,
    /// what differs between `files` and those of the last build, where they are not its own
    pub(crate) changes: Option<ArticleChanges>,
}

/// Makes the folder of caches of the site at `root`, which keeps itself out of Git.
pub(crate) fn make_folder_of_caches(root: &Path) {
    // where nothing can be written, what is written there next says so
    let _ = CacheFile::of_imports(root).disk_time();
}

impl CacheFile {
    /// The cache file of builds of the site at `root` into the folder `out`.
    pub(crate) fn of(root: &Path, out: &Path) -> Self {
        let folder = root.join(FOLDER);
        let name = Digest::of_bytes(path::resolve(out).to_string_lossy().as_bytes());
        Self { file: folder.join(format!("{name}.cache")), folder }
    }

    /// The cache file of builds of a part of the site.
    pub(crate) fn of_part(root: &Path, out: &Path, part: &str) -> Self {
        let Self { folder, file } = Self::of(root, out);
        let whole = file.file_stem().unwrap_or_default().to_string_lossy().into_owned();
        Self { file: folder.join(format!("{whole}-{part}.cache")), folder }
    }

    /// The cache file of imports into the site at `root`: its header alone is used.
    pub(crate) fn of_imports(root: &Path) -> Self {
        let folder = root.join(FOLDER);
        Self { file: folder.join("import.cache"), folder }
    }

    /// The time of the site's disk; none where nothing can be written there.
    pub(crate) fn disk_time(&self) -> Option<DiskTime> {
        let ignored = self.folder.join(".gitignore");
        if !file::exists(&ignored) {
            // so that what is left of it when the process is killed is removed by the next one
            let _lock = Lock::acquire_or_wait(&self.folder).ok()?;
            file::write(&ignored, IGNORED.as_bytes()).ok()?;
        }
        DiskTime::read(&self.folder.join("clock")).ok()
    }

    /// As [`Self::disk_time`], once the clock has passed a stamp.
    pub(crate) fn disk_time_after(&self, stamp: Stamp) -> Option<DiskTime> {
        DiskTime::after(stamp, &self.folder.join("clock")).ok()
    }

    /// The header alone; the default one where there is no valid cache.
    pub(crate) fn read_header(&self) -> CacheHeader {
        file::open(&self.file).and_then(|file| header_of(&read_frame(file)?)).unwrap_or_default()
    }

    /// The whole cache; an empty one where a part of it is not valid, or decoding is cancelled.
    pub(crate) fn read(&self, is_cancelled: &AtomicBool) -> Cache {
        self.decoded(true, is_cancelled).unwrap_or_default()
    }

    /// The cache without its output files.
    pub(crate) fn read_files(&self) -> Cache {
        self.decoded(false, &AtomicBool::new(false)).unwrap_or_default()
    }

    fn decoded(&self, with_outputs: bool, is_cancelled: &AtomicBool) -> Option<Cache> {
        let name = self.file.file_name()?.to_str()?;
        let bytes = file::read(&self.folder, name).ok()?;
        let mut rest = bytes.as_slice();
        let header = header_of(next_frame(&mut rest)?.valid_payload()?)?;
        let (files, outputs) = (next_section(&mut rest)?, next_section(&mut rest)?);
        if !rest.is_empty() {
            return None;
        }
        let outputs = if with_outputs { outputs } else { Vec::new() };
        let (files, outputs) = rayon::join(|| decoded(&files, is_cancelled), || decoded(&outputs, is_cancelled));
        Some(Cache { files: files?, outputs: outputs?, header, changes: None })
    }

    /// Saves the cache. Both lists name each file once.
    ///
    /// # Errors
    /// The disk refuses to write.
    pub(crate) fn write<'a>(
        &self,
        header: CacheHeader,
        files: impl Iterator<Item = (&'a str, CachedFile<&'a Entry>)>,
        outputs: impl Iterator<Item = (&'a str, &'a CachedOutput)>,
    ) -> Result<()> {
        let header = CacheHeader { program: process::identity(), ..header };
        // clears what a process left that was killed while it wrote the cache
        let _lock = Lock::acquire_or_wait(&self.folder)?;
        file::replace_by(&self.file, |file| {
            write_frame(file, &encoded(&header))?;
            write_section(file, files)?;
            write_section(file, outputs)
        })
    }

    /// Removes the cache file.
    ///
    /// # Errors
    /// The disk refuses to remove it.
    pub(crate) fn remove(&self) -> Result<()> {
        file::remove(&self.file).map(drop)
    }
}

/// The header of a file that this version of wenzhai wrote.
fn header_of(payload: &[u8]) -> Option<CacheHeader> {
    let header: CacheHeader = postcard::from_bytes(payload).ok()?;
    (header.program == process::identity()).then_some(header)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::io::fs::lock;
    use crate::io::fs::path::TEMPORARY_PREFIX;
    use crate::pipeline::incremental::frames::FRAME_HEAD;
    use tempfile::tempdir;

    fn read_all(cache_file: &CacheFile) -> Cache {
        cache_file.read(&AtomicBool::new(false))
    }

    fn write(cache_file: &CacheFile) {
        let entry = Entry { file: "content/articles/a.md".to_owned(), ..Entry::default() };
        let file = CachedFile {
            stamp: Some(Stamp::default()),
            digest: Digest(u128::MAX),
            has_links: true,
            loses_html: false,
            entry: Some(&entry),
        };
        let output = CachedOutput { fingerprint: Digest(7), stamp: Stamp::default(), articles: Box::new([0, 3]) };
        let files = [("content/articles/a.md", file)].into_iter();
        let outputs = [("index.html", &output)].into_iter();
        cache_file.write(CacheHeader { articles: 1, ..CacheHeader::default() }, files, outputs).unwrap();
    }

    #[test]
    fn a_cache_is_read_as_it_was_written() {
        let home = tempdir().unwrap();
        let cache_file = CacheFile::of(home.path(), &home.path().join("public"));
        assert!(cache_file.disk_time().is_some() && read_all(&cache_file).header == CacheHeader::default());
        write(&cache_file);
        assert_eq!(cache_file.read_header().articles, 1);
        assert!(cache_file.read(&AtomicBool::new(true)).files.is_empty());
        let read = read_all(&cache_file);
        let output = &read.outputs["index.html"];
        assert_eq!((read.header.articles, read.files.len(), output.fingerprint), (1, 1, Digest(7)));
        assert_eq!(*output.articles, [0, 3]);
        assert_eq!(read.files["content/articles/a.md"].entry.as_ref().unwrap().file, "content/articles/a.md");
        let files = cache_file.read_files();
        assert_eq!((files.files.len(), files.outputs.len()), (1, 0));
        cache_file.remove().unwrap();
        assert!(read_all(&cache_file).files.is_empty());
    }

    #[test]
    fn what_a_process_left_that_was_killed_while_it_made_the_folder_is_removed() {
        let home = tempdir().unwrap();
        let cache_file = CacheFile::of_imports(home.path());
        let left = cache_file.folder.join(format!("{TEMPORARY_PREFIX}x"));
        file::write(&left, b"half").unwrap();
        file::write(&cache_file.folder.join(lock::FILE), b"99999").unwrap();
        assert!(cache_file.disk_time().is_some() && !file::exists(&left));
    }

    #[test]
    fn a_damaged_cache_and_that_of_another_program_count_as_none() {
        let home = tempdir().unwrap();
        let cache_file = CacheFile::of(home.path(), &home.path().join("public"));
        cache_file.disk_time().unwrap();
        write(&cache_file);
        let whole = file::read(Path::new(""), cache_file.file.to_str().unwrap()).unwrap();
        let header = FRAME_HEAD + read_frame(whole.as_slice()).unwrap().len();
        let flipped = |at: usize| whole.iter().enumerate().map(|(i, b)| if i == at { b ^ 1 } else { *b }).collect();
        let mut other = Vec::new();
        write_frame(&mut other, &encoded(&CacheHeader { program: "another".to_owned(), ..CacheHeader::default() }))
            .unwrap();
        let damaged: Vec<Vec<u8>> = vec![
            whole[..whole.len() - 4].to_vec(),
            whole[..whole.len() / 2].to_vec(),
            whole[..header].to_vec(),
            [whole.as_slice(), b"more"].concat(),
            // a payload, a checksum and a length of the first part
            flipped(header + FRAME_HEAD + 9),
            flipped(header + size_of::<u64>()),
            flipped(header),
            [other.as_slice(), &whole[header..]].concat(),
            b"\n".to_vec(),
            Vec::new(),
        ];
        for damaged in damaged {
            file::write(&cache_file.file, &damaged).unwrap();
            let read = read_all(&cache_file);
            assert_eq!((read.files.len(), read.outputs.len(), read.header), (0, 0, CacheHeader::default()));
        }
    }
}
