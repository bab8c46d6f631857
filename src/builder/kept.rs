//! What a build keeps for the next one: `.wenzhai/`, a file for each output folder.
//!
//! 1. a line that stands for everything: where nothing at all has changed, no more of the file is read
//! 2. each article file and static file: its stamp, the digest of its bytes, what was made of it
//! 3. each output file: its key, the articles it reads, and its stamp when it was written
//!
//! The line is JSON, the rest postcard, in parts that are read and written several at once. The file is written last and as a
//! whole, so a build that is killed leaves the one before, whose stamps tell what has changed since. One that another build
//! of wenzhai wrote, one that is torn and one that cannot be read count as none: then everything is made anew.

use crate::base::digest::Digest;
use crate::base::error::Result;
use crate::edge::stamp::{DiskTime, Stamp};
use crate::edge::{disk, path, process};
use crate::library::entry::{Entry, EntryId};
use rayon::prelude::*;
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use std::collections::HashMap;
use std::io::Write;
use std::path::{Path, PathBuf};

/// The folder, below the site's root. It says to Git itself that it is nobody's work.
const FOLDER: &str = ".wenzhai";
const IGNORED: &str = "# what wenzhai keeps from one build to the next; it may be removed at any time\n*\n";
/// Files in a part.
const PART: usize = 512;

/// Where the record of builds into one output folder stands.
#[derive(Debug)]
pub struct Shelf {
    folder: PathBuf,
    file: PathBuf,
}

/// The first line.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Head {
    /// this program
    pub wenzhai: String,
    /// what else entries depend on
    pub salt: Option<Digest>,
    /// of all that pages are made from beside the articles
    pub frame: Option<Digest>,
    /// of all files that the site is made from, and of what was asked; none where not all stamps could be believed, or where
    /// there was something to tell
    pub whole: Option<Digest>,
    /// the same of import alone
    pub import: Option<Digest>,
    /// of all output files, by their stamps
    pub outputs: Option<Digest>,
    /// of all that the search's index is made from
    pub search: Option<Digest>,
    pub articles: usize,
    pub pages: usize,
    pub parts: Parts,
}

/// How the rest of the file is to be read.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Parts {
    /// bytes of each part: of files that the site is made from, and of output files
    files: Vec<usize>,
    outputs: Vec<usize>,
    /// of all of them
    checksum: u32,
}

/// A file that the site is made from.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Known {
    /// none where it could not be believed
    pub stamp: Option<Stamp>,
    pub digest: Digest,
    /// the text may link to other files of the site
    pub links: bool,
    /// of an article without findings
    pub entry: Option<Entry>,
}

/// A file of the output.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Output {
    pub key: Digest,
    pub stamp: Stamp,
    /// the articles whose texts it reads
    pub seen: Vec<EntryId>,
}

/// What the last build kept.
#[derive(Debug, Default)]
pub struct Kept {
    pub head: Head,
    pub files: HashMap<String, Known>,
    pub outputs: HashMap<String, Output>,
}

impl Shelf {
    pub fn of(root: &Path, out: &Path) -> Self {
        let folder = root.join(FOLDER);
        let name = Digest::of_bytes(path::real(out).to_string_lossy().as_bytes());
        Self { file: folder.join(format!("{name}.kept")), folder }
    }

    /// The time of the disk that the site stands on; nothing where nothing can be written there, and so nothing kept.
    pub fn time(&self) -> Option<DiskTime> {
        let ignored = self.folder.join(".gitignore");
        if !disk::exists(&ignored) {
            disk::write(&ignored, IGNORED.as_bytes()).ok()?;
        }
        DiskTime::read(&self.folder.join("clock")).ok()
    }

    /// As [`Self::time`], when the clock has gone beyond a stamp.
    pub fn time_after(&self, stamp: Stamp) -> Option<DiskTime> {
        DiskTime::after(stamp, &self.folder.join("clock")).ok()
    }

    /// The first line alone.
    pub fn head(&self) -> Option<Head> {
        head_of(&disk::first_line(&self.file)?)
    }

    /// All that was kept; nothing of it where a part of it cannot be read.
    pub fn read(&self) -> Kept {
        self.kept(true).unwrap_or_default()
    }

    /// As [`Self::read`], without the output files.
    pub fn read_files(&self) -> Kept {
        self.kept(false).unwrap_or_default()
    }

    fn kept(&self, with_outputs: bool) -> Option<Kept> {
        let name = self.file.file_name()?.to_str()?;
        let bytes = disk::read(&self.folder, name).ok()?;
        let line = bytes.iter().position(|byte| *byte == b'\n')?;
        let head = head_of(std::str::from_utf8(&bytes[..line]).ok()?)?;
        let rest = &bytes[line + 1..];
        let all = head.parts.files.iter().try_fold(0usize, |sum, part| sum.checked_add(*part))?;
        let (files, outputs) = rest.split_at_checked(all)?;
        if checksum([rest]) != head.parts.checksum {
            return None;
        }
        let outputs = || match with_outputs {
            true => parsed(outputs, &head.parts.outputs),
            false => Some(HashMap::new()),
        };
        let (files, outputs) = rayon::join(|| parsed(files, &head.parts.files), outputs);
        Some(Kept { files: files?, outputs: outputs?, head })
    }

    /// Keeps what a build has learnt. Both lists name each file once.
    ///
    /// # Errors
    /// What the disk refuses.
    pub fn write(&self, head: Head, files: &[(&str, KnownLine<'_>)], outputs: &[(&str, &Output)]) -> Result<()> {
        let (files, outputs) = rayon::join(|| parts(files), || parts(outputs));
        let sizes = |parts: &[Vec<u8>]| parts.iter().map(Vec::len).collect();
        let all = || files.iter().chain(&outputs).map(Vec::as_slice);
        let parts = Parts { files: sizes(&files), outputs: sizes(&outputs), checksum: checksum(all()) };
        let head = Head { wenzhai: process::identity(), parts, ..head };
        let line = serde_json::to_string(&head).expect("plain fields are always JSON");
        disk::replace_by(&self.file, |file| {
            file.write_all(format!("{line}\n").as_bytes())?;
            all().try_for_each(|part| file.write_all(part))
        })
    }

    /// Forgets what was kept.
    ///
    /// # Errors
    /// What the disk refuses.
    pub fn forget(&self) -> Result<()> {
        disk::remove(&self.file).map(drop)
    }
}

/// A [`Known`] that is written from where it stands.
#[derive(Debug, Clone, Copy, Serialize)]
pub struct KnownLine<'a> {
    pub stamp: Option<Stamp>,
    pub digest: Digest,
    pub links: bool,
    pub entry: Option<&'a Entry>,
}

fn head_of(line: &str) -> Option<Head> {
    let head: Head = serde_json::from_str(line).ok()?;
    (head.wenzhai == process::identity()).then_some(head)
}

/// Tells a file that the disk has torn; nobody forges it.
fn checksum<'a>(parts: impl IntoIterator<Item = &'a [u8]>) -> u32 {
    let mut sum = flate2::Crc::new();
    parts.into_iter().for_each(|part| sum.update(part));
    sum.sum()
}

fn parts<T: Serialize + Sync>(items: &[T]) -> Vec<Vec<u8>> {
    let part = |items: &[T]| postcard::to_allocvec(items).expect("plain fields are always written");
    items.par_chunks(PART).map(part).collect()
}

/// What parts of these sizes hold, which have to be all there is.
fn parsed<T: DeserializeOwned + Send>(mut bytes: &[u8], sizes: &[usize]) -> Option<HashMap<String, T>> {
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
        parts.into_par_iter().map(|part| postcard::from_bytes(part).ok()).collect::<Option<_>>()?;
    Some(read.into_iter().flatten().collect())
}

#[cfg(test)]
mod tests {
    use super::*;
    use tempfile::tempdir;

    fn kept(shelf: &Shelf) {
        let entry = Entry { file: "content/articles/a.md".to_owned(), ..Entry::default() };
        let known =
            KnownLine { stamp: Some(Stamp::default()), digest: Digest(u128::MAX), links: true, entry: Some(&entry) };
        let output = Output { key: Digest(7), stamp: Stamp::default(), seen: vec![0, 3] };
        shelf
            .write(
                Head { articles: 1, ..Head::default() },
                &[("content/articles/a.md", known)],
                &[("index.html", &output)],
            )
            .unwrap();
    }

    #[test]
    fn what_is_kept_is_read_again() {
        let home = tempdir().unwrap();
        let shelf = Shelf::of(home.path(), &home.path().join("public"));
        assert!(shelf.time().is_some() && shelf.head().is_none());
        kept(&shelf);
        let read = shelf.read();
        let output = &read.outputs["index.html"];
        assert_eq!((read.head.articles, read.files.len(), output.key), (1, 1, Digest(7)));
        assert_eq!(output.seen, [0, 3]);
        assert_eq!(read.files["content/articles/a.md"].entry.as_ref().unwrap().file, "content/articles/a.md");
        shelf.forget().unwrap();
        assert!(shelf.read().files.is_empty());
    }

    #[test]
    fn what_is_torn_broken_or_of_another_program_counts_as_nothing() {
        let home = tempdir().unwrap();
        let shelf = Shelf::of(home.path(), &home.path().join("public"));
        shelf.time().unwrap();
        kept(&shelf);
        let whole = disk::read(Path::new(""), shelf.file.to_str().unwrap()).unwrap();
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
            with_line(line.replace("\"files\":[", "\"files\":[18446744073709551615,")),
            b"\n".to_vec(),
            Vec::new(),
        ];
        for broken in broken {
            disk::write(&shelf.file, &broken).unwrap();
            let read = shelf.read();
            assert_eq!((read.files.len(), read.outputs.len(), read.head), (0, 0, Head::default()));
        }
    }
}
