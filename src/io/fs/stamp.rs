//! Whether a file is still the one that was looked at, without reading it.
//!
//! A [`Stamp`] is what the disk says of a file: size, time of its last change, and on Unix the time of the last change to
//! its entry (ctime) and its number (inode), neither of which a program can set back: so a file that is restored with an old
//! time, or replaced by another of the same size, has another stamp.
//!
//! A clock goes in steps, of a few milliseconds on most disks: two changes within one step leave the same time. So a stamp is
//! [settled](Stamp::is_settled) only where the disk's own clock had gone on when the file was looked at; one that is not
//! settled tells nothing, and the file has to be read again. Where the disk knows no time of change at all, no stamp is ever
//! settled, and every file is read: slower, and never wrong.

#![allow(clippy::disallowed_methods, reason = "the clock of a disk is read by writing a file")]

use crate::diagnostics::error::Result;
use crate::io::fs::os_error::path_error;
use serde::{Deserialize, Serialize};
use std::fs::{self, File, Metadata};
use std::path::Path;
use std::thread::sleep;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

/// What the disk says of a file.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Stamp {
    pub(crate) size: u64,
    /// nanoseconds since 1970; before that and where nothing is known, 0
    modified: u64,
    /// the same, of the last change to the entry
    changed: u64,
    inode: u64,
}

impl Stamp {
    /// Of a file that is open, or was just found.
    pub(crate) fn of(metadata: &Metadata) -> Self {
        let (changed, inode) = beyond_reach(metadata);
        let modified = metadata.modified().map_or(0, nanoseconds);
        Self { size: metadata.len(), modified, changed, inode }
    }

    /// Of the file at a path; nothing where there is none.
    pub(crate) fn at(path: &Path) -> Option<Self> {
        fs::symlink_metadata(path).ok().filter(Metadata::is_file).map(|there| Self::of(&there))
    }

    /// The one whose file had the later last change.
    pub(crate) fn later(self, other: Self) -> Self {
        if other.changed > self.changed { other } else { self }
    }

    /// What goes into a digest.
    pub(crate) fn bytes(self) -> [u8; 32] {
        let mut bytes = [0; 32];
        for (part, number) in bytes.chunks_mut(8).zip([self.size, self.modified, self.changed, self.inode]) {
            part.copy_from_slice(&number.to_le_bytes());
        }
        bytes
    }

    /// Whether the file did not change within the step of the clock in which it was looked at: it had its last change before
    /// `now`, which was read earlier than the file.
    pub(crate) fn is_settled(self, now: DiskTime) -> bool {
        self.changed > 0 && self.changed < now.0
    }
}

/// A moment by the clock of a disk, which need not be this machine's.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct DiskTime(u64);

impl DiskTime {
    /// Reads the clock of the disk that a file stands on, by writing the file.
    ///
    /// # Errors
    /// What the disk refuses.
    pub(crate) fn read(path: &Path) -> Result<Self> {
        let written = File::create(path).and_then(|file| file.set_len(0).and_then(|()| file.metadata()));
        let stamp = Stamp::of(&written.map_err(|error| path_error("write", path, error))?);
        Ok(Self(stamp.changed.max(stamp.modified)))
    }

    /// Waits until the clock has gone beyond a stamp, for a few of its steps at most; not for one that tells no change.
    ///
    /// # Errors
    /// As [`Self::read`].
    pub(crate) fn after(stamp: Stamp, path: &Path) -> Result<Self> {
        let mut now = Self::read(path)?;
        for _ in 0..STEPS {
            if stamp.changed == 0 || stamp.is_settled(now) {
                break;
            }
            sleep(STEP);
            now = Self::read(path)?;
        }
        Ok(now)
    }
}

const STEP: Duration = Duration::from_millis(1);
const STEPS: usize = 20;

fn nanoseconds(time: SystemTime) -> u64 {
    let since = time.duration_since(UNIX_EPOCH).unwrap_or_default();
    u64::try_from(since.as_nanos()).unwrap_or(u64::MAX)
}

#[cfg(unix)]
fn beyond_reach(metadata: &Metadata) -> (u64, u64) {
    use std::os::unix::fs::MetadataExt;
    let seconds = u64::try_from(metadata.ctime()).unwrap_or_default();
    let changed = seconds.saturating_mul(1_000_000_000) + u64::try_from(metadata.ctime_nsec()).unwrap_or_default();
    (changed, metadata.ino())
}

#[cfg(not(unix))]
fn beyond_reach(_: &Metadata) -> (u64, u64) {
    (0, 0)
}

#[cfg(unix)]
#[cfg(test)]
mod tests {
    use super::*;
    use tempfile::tempdir;

    #[test]
    fn a_file_that_was_set_back_in_time_has_another_stamp() {
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
    fn what_changed_just_now_is_not_settled_until_the_clock_has_gone_on() {
        let home = tempdir().unwrap();
        let (path, clock) = (home.path().join("a.md"), home.path().join("clock"));
        let before = DiskTime::read(&clock).unwrap();
        fs::write(&path, b"one").unwrap();
        let stamp = Stamp::at(&path).unwrap();
        assert!(!stamp.is_settled(before));
        assert!(stamp.is_settled(DiskTime::after(stamp, &clock).unwrap()));
        assert!(!Stamp { changed: 0, ..stamp }.is_settled(before), "a disk that tells no change is not believed");
    }
}
