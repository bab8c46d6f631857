//! What a build keeps for the next one: `.wenzhai/`, a file for each output folder.
//!
//! 1. a line that stands for everything: where nothing at all has changed, no more of the file is read
//! 2. a line for each article file and static file: its stamp, the digest of its bytes, what was made of it
//! 3. a line for each output file: its key, and its stamp when it was written
//!
//! The file is written last and as a whole, so a build that is killed leaves the one before, whose stamps tell what has
//! changed since. One that another build of wenzhai wrote, one that is torn and one that cannot be read count as none: then
//! everything is made anew.

use crate::base::digest::Digest;
use crate::base::error::Result;
use crate::edge::stamp::{DiskTime, Stamp};
use crate::edge::{disk, path, process};
use crate::library::entry::Entry;
use rayon::prelude::*;
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use std::collections::HashMap;
use std::path::{Path, PathBuf};

/// The folder, below the site's root. It says to Git itself that it is nobody's work.
const FOLDER: &str = ".wenzhai";
const IGNORED: &str = "# what wenzhai keeps from one build to the next; it may be removed at any time\n*\n";
/// The last line.
const END: &str = "end";

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
    /// lines of files that it is made from, and of output files
    pub files: usize,
    pub written: usize,
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
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct Output {
    pub key: Digest,
    pub stamp: Stamp,
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
        Self { file: folder.join(format!("{name}.jsonl")), folder }
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
        let head: Head = serde_json::from_str(&disk::first_line(&self.file)?).ok()?;
        (head.wenzhai == process::identity()).then_some(head)
    }

    /// All that was kept; nothing of it where a part of it cannot be read.
    pub fn read(&self) -> Kept {
        self.head().and_then(|head| self.rest(head)).unwrap_or_default()
    }

    fn rest(&self, head: Head) -> Option<Kept> {
        let name = self.file.file_name()?.to_str()?;
        let bytes = disk::read(&self.folder, name).ok()?;
        let text = std::str::from_utf8(&bytes).ok()?;
        let lines: Vec<&str> = text.lines().skip(1).collect();
        let (last, lines) = lines.split_last()?;
        if *last != END || lines.len() != head.files + head.written {
            return None;
        }
        let (files, outputs) = lines.split_at(head.files);
        Some(Kept { files: parsed(files)?, outputs: parsed(outputs)?, head })
    }

    /// Keeps what a build has learnt. Both lists name each file once.
    ///
    /// # Errors
    /// What the disk refuses.
    pub fn write(&self, head: Head, files: &[(&str, KnownLine<'_>)], outputs: &[(&str, Output)]) -> Result<()> {
        let head = Head { wenzhai: process::identity(), files: files.len(), written: outputs.len(), ..head };
        let mut text = json(&head);
        text.push('\n');
        text.extend(lines(files));
        text.extend(lines(outputs));
        text.push_str(END);
        text.push('\n');
        disk::replace(&self.file, text.as_bytes())
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

fn lines<T: Serialize + Sync>(items: &[T]) -> Vec<String> {
    let chunk = |items: &[T]| items.iter().map(|item| json(item) + "\n").collect::<String>();
    items.par_chunks(512).map(chunk).collect()
}

fn json(value: &impl Serialize) -> String {
    serde_json::to_string(value).expect("plain fields are always JSON")
}

fn parsed<T: DeserializeOwned + Send>(lines: &[&str]) -> Option<HashMap<String, T>> {
    let lines: Vec<(String, T)> =
        lines.par_iter().map(|line| serde_json::from_str(line).ok()).collect::<Option<_>>()?;
    Some(lines.into_iter().collect())
}

#[cfg(test)]
mod tests {
    use super::*;
    use tempfile::tempdir;

    fn kept(shelf: &Shelf) {
        let entry = Entry { file: "content/articles/a.md".to_owned(), ..Entry::default() };
        let known =
            KnownLine { stamp: Some(Stamp::default()), digest: Digest(u128::MAX), links: true, entry: Some(&entry) };
        let output = Output { key: Digest(7), stamp: Stamp::default() };
        shelf
            .write(
                Head { articles: 1, ..Head::default() },
                &[("content/articles/a.md", known)],
                &[("index.html", output)],
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
        assert_eq!((read.head.articles, read.files.len(), read.outputs["index.html"].key), (1, 1, Digest(7)));
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
        let whole = String::from_utf8(disk::read(Path::new(""), shelf.file.to_str().unwrap()).unwrap()).unwrap();
        let version = process::identity();
        for broken in [
            whole[..whole.len() - 4].to_owned(),
            whole[..whole.len() / 2].to_owned(),
            whole.replace(&version, "another"),
            whole.replace("\"key\":7", "\"key\":"),
            "\n".to_owned(),
            String::new(),
        ] {
            disk::write(&shelf.file, broken.as_bytes()).unwrap();
            let read = shelf.read();
            assert_eq!((read.files.len(), read.outputs.len(), read.head), (0, 0, Head::default()), "{broken}");
        }
    }
}
