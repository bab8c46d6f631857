//! What a build keeps for the next one: `.wenzhai/`, a file for each output folder.
//!
//! 1. a line that stands for everything: whether anything at all has changed
//! 2. each article file and static file: its stamp, the digest of its bytes, what was made of it
//! 3. each output file: its key, the articles it reads, and its stamp when it was written
//!
//! The line is JSON, the rest postcard, in parts that are read and written several at once, with a line at the end that says
//! where they stand. The file is written last and as a whole, so a build that is killed leaves the one before, whose stamps tell what has changed since. One that another build
//! of wenzhai wrote, one that is torn and one that cannot be read count as none: then everything is made anew.

use crate::catalog::entry::Entry;
use crate::diagnostics::error::Result;
use crate::io::fs::file;
use crate::io::fs::lock::Lock;
use crate::io::fs::path;
use crate::io::fs::stamp::{DiskTime, Stamp};
use crate::io::process;
use crate::util::digest::Digest;
use flate2::Crc;
use rayon::prelude::*;
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use std::collections::HashMap;
use std::io::{Result as IoResult, Write};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};

/// The folder, below the site's root. It says to Git itself that it is nobody's work.
const FOLDER: &str = ".wenzhai";
const IGNORED: &str = "# what wenzhai keeps from one build to the next; it may be removed at any time\n*\n";
/// Files in a part, and parts that are in memory at once.
const PART: usize = 512;
const AT_ONCE: usize = 8;
/// Bytes of the number that ends the file.
const SIZE: usize = 8;

/// Where the record of builds into one output folder stands.
#[derive(Debug)]
pub(crate) struct CacheFile {
    folder: PathBuf,
    file: PathBuf,
}

/// The first line.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub(crate) struct CacheHeader {
    /// this program
    pub(crate) wenzhai: String,
    /// what else entries depend on
    pub(crate) salt: Option<Digest>,
    /// of all that pages are made from beside the articles
    pub(crate) frame: Option<Digest>,
    /// of all files that the site is made from, and of what was asked; none where not all stamps could be believed, or where
    /// there was something to tell
    pub(crate) whole: Option<Digest>,
    /// the same of import alone
    pub(crate) import: Option<Digest>,
    /// of all output files, by their stamps
    pub(crate) outputs: Option<Digest>,
    /// of all that each part of the search's index is made from
    pub(crate) search: Vec<Digest>,
    pub(crate) articles: usize,
    pub(crate) pages: usize,
}

/// The last line: how the parts are to be read.
#[derive(Debug, Default, Serialize, Deserialize)]
struct Parts {
    /// bytes of each part: of files that the site is made from, and of output files
    files: Vec<usize>,
    outputs: Vec<usize>,
    /// of all of them
    checksum: u32,
}

/// A file that the site is made from.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(crate) struct CachedFile {
    /// none where it could not be believed
    pub(crate) stamp: Option<Stamp>,
    pub(crate) digest: Digest,
    /// the text may link to other files of the site
    pub(crate) links: bool,
    /// of an article without findings
    pub(crate) entry: Option<Entry>,
}

/// A file of the output.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(crate) struct Output {
    pub(crate) key: Digest,
    pub(crate) stamp: Stamp,
    /// the articles whose texts it reads
    pub(crate) seen: Box<[u32]>,
}

/// What the last build kept.
#[derive(Debug, Default)]
pub(crate) struct Cache {
    pub(crate) head: CacheHeader,
    pub(crate) files: HashMap<String, CachedFile>,
    pub(crate) outputs: HashMap<String, Output>,
}

impl CacheFile {
    pub(crate) fn of(root: &Path, out: &Path) -> Self {
        let folder = root.join(FOLDER);
        let name = Digest::of_bytes(path::resolve(out).to_string_lossy().as_bytes());
        Self { file: folder.join(format!("{name}.kept")), folder }
    }

    /// The time of the disk that the site stands on; nothing where nothing can be written there, and so nothing kept.
    pub(crate) fn time(&self) -> Option<DiskTime> {
        let ignored = self.folder.join(".gitignore");
        if !file::exists(&ignored) {
            file::write(&ignored, IGNORED.as_bytes()).ok()?;
        }
        DiskTime::read(&self.folder.join("clock")).ok()
    }

    /// As [`Self::time`], when the clock has gone beyond a stamp.
    pub(crate) fn time_after(&self, stamp: Stamp) -> Option<DiskTime> {
        DiskTime::after(stamp, &self.folder.join("clock")).ok()
    }

    /// The first line alone.
    pub(crate) fn head(&self) -> CacheHeader {
        file::first_line(&self.file).and_then(|line| head_of(&line)).unwrap_or_default()
    }

    /// All that was kept; nothing of it where a part of it cannot be read, or where nobody needs it any more before all is
    /// read.
    pub(crate) fn read(&self, is_needless: &AtomicBool) -> Cache {
        self.kept(true, is_needless).unwrap_or_default()
    }

    /// All but what was kept of the output files.
    pub(crate) fn read_files(&self) -> Cache {
        self.kept(false, &AtomicBool::new(false)).unwrap_or_default()
    }

    fn kept(&self, with_outputs: bool, is_needless: &AtomicBool) -> Option<Cache> {
        let name = self.file.file_name()?.to_str()?;
        let bytes = file::read(&self.folder, name).ok()?;
        let line = bytes.iter().position(|byte| *byte == b'\n')?;
        let head = head_of(std::str::from_utf8(&bytes[..line]).ok()?)?;
        let end = bytes.len().checked_sub(SIZE).filter(|end| *end > line)?;
        let size = usize::try_from(u64::from_le_bytes(bytes[end..].try_into().ok()?)).ok()?;
        let start = end.checked_sub(size).filter(|start| *start > line)?;
        let parts: Parts = serde_json::from_slice(&bytes[start..end]).ok()?;
        let rest = &bytes[line + 1..start];
        let mut sum = Crc::new();
        sum.update(rest);
        let all = parts.files.iter().try_fold(0usize, |sum, part| sum.checked_add(*part))?;
        let (files, outputs) = rest.split_at_checked(all).filter(|_| sum.sum() == parts.checksum)?;
        let outputs = || match with_outputs {
            true => parsed(outputs, &parts.outputs, is_needless),
            false => Some(HashMap::new()),
        };
        let (files, outputs) = rayon::join(|| parsed(files, &parts.files, is_needless), outputs);
        Some(Cache { files: files?, outputs: outputs?, head })
    }

    /// Keeps what a build has learnt. Both lists name each file once.
    ///
    /// # Errors
    /// What the disk refuses.
    pub(crate) fn write<'a>(
        &self,
        head: CacheHeader,
        files: impl Iterator<Item = (&'a str, CachedFileRef<'a>)>,
        outputs: impl Iterator<Item = (&'a str, &'a Output)>,
    ) -> Result<()> {
        let head = CacheHeader { wenzhai: process::identity(), ..head };
        // clears what a process left that was killed while it wrote the cache
        let _lock = Lock::acquire_or_wait(&self.folder)?;
        file::replace_by(&self.file, |file| {
            file.write_all(line(&head).as_bytes())?;
            let mut sum = Crc::new();
            let (files, outputs) = (write_parts(file, files, &mut sum)?, write_parts(file, outputs, &mut sum)?);
            let last = line(&Parts { files, outputs, checksum: sum.sum() });
            file.write_all(last.as_bytes())?;
            file.write_all(&(last.len() as u64).to_le_bytes())
        })
    }

    /// Forgets what was kept.
    ///
    /// # Errors
    /// What the disk refuses.
    pub(crate) fn forget(&self) -> Result<()> {
        file::remove(&self.file).map(drop)
    }
}

/// A [`CachedFile`] that is written from where it stands.
#[derive(Debug, Clone, Copy, Serialize)]
pub(crate) struct CachedFileRef<'a> {
    pub(crate) stamp: Option<Stamp>,
    pub(crate) digest: Digest,
    pub(crate) links: bool,
    pub(crate) entry: Option<&'a Entry>,
}

fn head_of(line: &str) -> Option<CacheHeader> {
    let head: CacheHeader = serde_json::from_str(line).ok()?;
    (head.wenzhai == process::identity()).then_some(head)
}

fn line(value: &impl Serialize) -> String {
    serde_json::to_string(value).expect("plain fields are always JSON") + "\n"
}

/// Writes parts, no more than some in memory at a time, and tells their sizes. The checksum tells a file that the disk has
/// torn; nobody forges one.
fn write_parts<T: Serialize + Sync>(
    file: &mut impl Write,
    mut items: impl Iterator<Item = T>,
    sum: &mut Crc,
) -> IoResult<Vec<usize>> {
    let part = |items: &[T]| postcard::to_allocvec(items).expect("plain fields are always written");
    let mut sizes = Vec::new();
    loop {
        let some: Vec<T> = items.by_ref().take(PART * AT_ONCE).collect();
        if some.is_empty() {
            return Ok(sizes);
        }
        let parts: Vec<Vec<u8>> = some.par_chunks(PART).map(part).collect();
        for part in parts {
            sum.update(&part);
            file.write_all(&part)?;
            sizes.push(part.len());
        }
    }
}

/// What parts of these sizes hold, which have to be all there is.
fn parsed<T: DeserializeOwned + Send>(
    mut bytes: &[u8],
    sizes: &[usize],
    is_needless: &AtomicBool,
) -> Option<HashMap<String, T>> {
    let mut parts = Vec::with_capacity(sizes.len());
    for &size in sizes {
        let (part, rest) = bytes.split_at_checked(size)?;
        parts.push(part);
        bytes = rest;
    }
    if !bytes.is_empty() {
        return None;
    }
    let read: Vec<Vec<(String, T)>> =
        parts.into_par_iter().map(|part| read_part(part, is_needless)).collect::<Option<_>>()?;
    Some(read.into_iter().flatten().collect())
}

fn read_part<T: DeserializeOwned>(part: &[u8], is_needless: &AtomicBool) -> Option<Vec<(String, T)>> {
    if is_needless.load(Ordering::Relaxed) { None } else { postcard::from_bytes(part).ok() }
}

#[cfg(test)]
mod tests {
    use super::*;
    use tempfile::tempdir;

    fn read_again(shelf: &CacheFile) -> Cache {
        shelf.read(&AtomicBool::new(false))
    }

    fn kept(shelf: &CacheFile) {
        let entry = Entry { file: "content/articles/a.md".to_owned(), ..Entry::default() };
        let known = CachedFileRef {
            stamp: Some(Stamp::default()),
            digest: Digest(u128::MAX),
            links: true,
            entry: Some(&entry),
        };
        let output = Output { key: Digest(7), stamp: Stamp::default(), seen: Box::new([0, 3]) };
        shelf
            .write(
                CacheHeader { articles: 1, ..CacheHeader::default() },
                [("content/articles/a.md", known)].into_iter(),
                [("index.html", &output)].into_iter(),
            )
            .unwrap();
    }

    #[test]
    fn what_is_kept_is_read_again() {
        let home = tempdir().unwrap();
        let shelf = CacheFile::of(home.path(), &home.path().join("public"));
        assert!(shelf.time().is_some() && read_again(&shelf).head == CacheHeader::default());
        kept(&shelf);
        assert_eq!(shelf.head().articles, 1);
        assert!(shelf.read(&AtomicBool::new(true)).files.is_empty());
        let read = read_again(&shelf);
        let output = &read.outputs["index.html"];
        assert_eq!((read.head.articles, read.files.len(), output.key), (1, 1, Digest(7)));
        assert_eq!(*output.seen, [0, 3]);
        assert_eq!(read.files["content/articles/a.md"].entry.as_ref().unwrap().file, "content/articles/a.md");
        shelf.forget().unwrap();
        assert!(read_again(&shelf).files.is_empty());
    }

    #[test]
    fn what_is_torn_broken_or_of_another_program_counts_as_nothing() {
        let home = tempdir().unwrap();
        let shelf = CacheFile::of(home.path(), &home.path().join("public"));
        shelf.time().unwrap();
        kept(&shelf);
        let whole = file::read(Path::new(""), shelf.file.to_str().unwrap()).unwrap();
        let line = String::from_utf8_lossy(&whole[..whole.iter().position(|b| *b == b'\n').unwrap()]).into_owned();
        let rest = &whole[line.len()..];
        let flipped = |at: usize| whole.iter().enumerate().map(|(i, b)| if i == at { b ^ 1 } else { *b }).collect();
        let with_line = |line: String| [line.as_bytes(), rest].concat();
        let broken: Vec<Vec<u8>> = vec![
            whole[..whole.len() - 4].to_vec(),
            whole[..whole.len() / 2].to_vec(),
            [whole.as_slice(), b"more"].concat(),
            flipped(line.len() + 9),
            flipped(whole.len() - 1),
            with_line(line.replace(&process::identity(), "another")),
            b"\n".to_vec(),
            Vec::new(),
        ];
        for broken in broken {
            file::write(&shelf.file, &broken).unwrap();
            let read = read_again(&shelf);
            assert_eq!((read.files.len(), read.outputs.len(), read.head), (0, 0, CacheHeader::default()));
        }
    }
}
