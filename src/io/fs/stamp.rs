//! Stamps: recognising an unchanged file without reading it.
//!
//! Programs cannot set a file's ctime and inode back: a file that is restored with an old time, or replaced by another of the
//! same size, has another stamp.
//!
//! A disk's clock advances in steps, of a few milliseconds on most disks: two changes within one step have the same time. So a
//! stamp is [settled](Stamp::is_settled) only where the clock had advanced when the stamp was taken; a file with an unsettled stamp
//! has to be read again. Where a disk has no ctime no stamp is settled and every file is read, which is slower and never wrong.

#![allow(clippy::disallowed_methods, reason = "the clock of a disk is read by writing a file")]

use crate::diagnostics::error::Result;
use crate::io::fs::os_error::{FileOperation, path_error};
use crate::io::fs::own_file::open_own_file;
use serde::{Deserialize, Serialize};
use std::fs::{self, Metadata};
use std::path::Path;
use std::thread::sleep;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

/// The metadata by which an unchanged file is recognised.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Stamp {
    /// bytes
    pub(crate) size: u64,
    /// nanoseconds since 1970; 0 for earlier and unknown times
    modified: u64,
    /// ctime in nanoseconds since 1970; 0 where it is unknown
    changed: u64,
    inode: u64,
}

impl Stamp {
    pub(crate) fn of(metadata: &Metadata) -> Self {
        let (changed, inode) = ctime_and_inode(metadata);
        Self { size: metadata.len(), modified: metadata.modified().map_or(0, nanoseconds), changed, inode }
    }

    /// The stamp of a file; `None` where there is none (a link to one does not count).
    pub(crate) fn at(path: &Path) -> Option<Self> {
        fs::symlink_metadata(path).ok().filter(Metadata::is_file).map(|metadata| Self::of(&metadata))
    }

    /// The stamp of a file that a link may lead to; `None` where there is none.
    pub(crate) fn behind_links(path: &Path) -> Option<Self> {
        let metadata = fs::metadata(path).ok().filter(Metadata::is_file)?;
        Some(Self::of(&metadata).with_link(path))
    }

    /// This stamp of a file, with the ctime of the link at `path`, where there is one and it is later: a link that was made to lead
    /// to another file is a change, and settled no earlier than one of the file.
    pub(crate) fn with_link(self, path: &Path) -> Self {
        let link = fs::symlink_metadata(path).ok().filter(Metadata::is_symlink);
        let changed = link.map_or(0, |link| ctime_and_inode(&link).0);
        Self { changed: self.changed.max(changed), ..self }
    }

    /// The stamp of a part of the file, of so many bytes: it changes with the file.
    pub(crate) fn of_part(self, size: u64) -> Self {
        Self { size, ..self }
    }

    /// The one of the two with the later ctime.
    pub(crate) fn later(self, other: Self) -> Self {
        if other.changed > self.changed { other } else { self }
    }

    /// The bytes to hash.
    pub(crate) fn bytes(self) -> [u8; 32] {
        let mut bytes = [0; 32];
        for (part, number) in bytes.chunks_mut(8).zip([self.size, self.modified, self.changed, self.inode]) {
            part.copy_from_slice(&number.to_le_bytes());
        }
        bytes
    }

    /// Whether the file had its last change before `now`, a time that was read before the stamp was taken: then a later change
    /// has another time.
    pub(crate) fn is_settled(self, now: DiskTime) -> bool {
        self.changed > 0 && self.changed < now.0
    }
}

/// A time by the clock of a disk, which need not be this machine's.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct DiskTime(u64);

impl DiskTime {
    /// Reads the clock of a disk by writing a file on it.
    pub(crate) fn read(path: &Path) -> Result<Self> {
        let written = open_own_file(path, true).and_then(|file| file.set_len(0).and_then(|()| file.metadata()));
        let stamp = Stamp::of(&written.map_err(|error| path_error(FileOperation::Write, path, error))?);
        Ok(Self(stamp.changed.max(stamp.modified)))
    }

    /// Waits until the clock is past a stamp, for [`ATTEMPTS`] at most; not for a stamp without ctime.
    pub(crate) fn after(stamp: Stamp, path: &Path) -> Result<Self> {
        let mut now = Self::read(path)?;
        for _ in 0..ATTEMPTS {
            if stamp.changed == 0 || stamp.is_settled(now) {
                break;
            }
            sleep(RETRY_INTERVAL);
            now = Self::read(path)?;
        }
        Ok(now)
    }
}

const RETRY_INTERVAL: Duration = Duration::from_millis(1);
const ATTEMPTS: usize = 20;

fn nanoseconds(time: SystemTime) -> u64 {
    let since = time.duration_since(UNIX_EPOCH).unwrap_or_default();
    u64::try_from(since.as_nanos()).unwrap_or(u64::MAX)
}

#[cfg(unix)]
fn ctime_and_inode(metadata: &Metadata) -> (u64, u64) {
    use std::os::unix::fs::MetadataExt;
    let seconds = u64::try_from(metadata.ctime()).unwrap_or_default();
    let changed = seconds.saturating_mul(1_000_000_000) + u64::try_from(metadata.ctime_nsec()).unwrap_or_default();
    (changed, metadata.ino())
}

#[cfg(not(unix))]
fn ctime_and_inode(_: &Metadata) -> (u64, u64) {
    (0, 0)
}

#[cfg(unix)]
#[cfg(test)]
mod tests {
    use super::*;
    use std::fs::File;
    use tempfile::tempdir;

    #[test]
    fn a_file_whose_time_was_set_back_has_another_stamp() {
        let home = tempdir().unwrap();
        let path = home.path().join("a.md");
        fs::write(&path, b"one").unwrap();
        let before = Stamp::at(&path).unwrap();
        let time = fs::metadata(&path).unwrap().modified().unwrap();
        DiskTime::after(before, &home.path().join("clock")).unwrap();
        fs::write(&path, b"two").unwrap();
        File::options().write(true).open(&path).unwrap().set_modified(time).unwrap();
        let after = Stamp::at(&path).unwrap();
        assert_eq!((after.size, after.modified), (before.size, before.modified));
        assert_ne!(after, before);
    }

    #[test]
    fn a_file_that_was_replaced_has_another_stamp_and_one_that_is_gone_has_none() {
        let home = tempdir().unwrap();
        let path = home.path().join("a.md");
        fs::write(&path, b"one").unwrap();
        let before = Stamp::at(&path).unwrap();
        assert_eq!(Stamp::at(&path), Some(before));
        fs::write(home.path().join("b.md"), b"one").unwrap();
        fs::rename(home.path().join("b.md"), &path).unwrap();
        assert_ne!(Stamp::at(&path), Some(before));
        fs::remove_file(&path).unwrap();
        assert_eq!(Stamp::at(&path), None);
        assert_eq!(Stamp::at(home.path()), None, "a folder is no file");
    }

    #[test]
    fn a_stamp_behind_a_link_is_another_when_the_file_or_the_link_changed() {
        let home = tempdir().unwrap();
        let [file, other, link, clock] = ["a.md", "b.md", "link.md", "clock"].map(|name| home.path().join(name));
        fs::write(&file, b"one").unwrap();
        fs::write(&other, b"one").unwrap();
        std::os::unix::fs::symlink("a.md", &link).unwrap();
        let first = Stamp::behind_links(&link).unwrap();
        assert_eq!((first.inode, Stamp::at(&link)), (Stamp::at(&file).unwrap().inode, None));
        DiskTime::after(first, &clock).unwrap();
        fs::write(&file, b"two").unwrap();
        let second = Stamp::behind_links(&link).unwrap();
        assert_ne!(second, first);
        let now = DiskTime::after(second, &clock).unwrap();
        fs::remove_file(&link).unwrap();
        std::os::unix::fs::symlink("b.md", &link).unwrap();
        let third = Stamp::behind_links(&link).unwrap();
        assert_ne!(third, second);
        assert!(!third.is_settled(now), "the link was made after that time");
    }

    #[test]
    fn a_stamp_is_settled_once_the_clock_has_advanced() {
        let home = tempdir().unwrap();
        let (path, clock) = (home.path().join("a.md"), home.path().join("clock"));
        let before = DiskTime::read(&clock).unwrap();
        fs::write(&path, b"one").unwrap();
        let stamp = Stamp::at(&path).unwrap();
        assert!(!stamp.is_settled(before));
        assert!(stamp.is_settled(DiskTime::after(stamp, &clock).unwrap()));
        assert!(!Stamp { changed: 0, ..stamp }.is_settled(before), "without a ctime");
    }
}
