//! One wenzhai at a time in a folder.
//!
//! Two processes that write into one folder would undo each other's work. A [`Lock`] is a locked file in the folder; the
//! system takes the lock back when the process ends, however it ends, so a lock never has to be broken by hand.

#![allow(clippy::disallowed_methods, reason = "this is a file that only locks")]

use crate::diagnostics::code::Code;
use crate::diagnostics::diagnostic::Diagnostic;
use crate::diagnostics::error::{Error, Result};
use crate::io::fs::file::make_folder;
use crate::io::fs::os_error::refused;
use std::fs::{self, File, TryLockError};
use std::io::Write;
use std::path::{Path, PathBuf};
use std::thread::sleep;
use std::time::{Duration, Instant};

/// The file that is locked. It is there while somebody works, and may stay where a process was killed.
pub(crate) const FILE: &str = ".wenzhai-lock";

/// How long one waits for another, and how often one looks.
const PATIENCE: Duration = Duration::from_secs(10);
const STEP: Duration = Duration::from_millis(20);

/// The right to write into a folder, until it is dropped.
#[derive(Debug)]
pub(crate) struct Lock {
    path: PathBuf,
    /// open as long as the lock is held
    file: File,
}

impl Lock {
    /// Lock a folder, which is made where there is none. Error `locked` where another process holds it, with its number.
    ///
    /// A disk that knows no locks (some network disks) is worked on without.
    pub(crate) fn take(folder: &Path) -> Result<Self> {
        make_folder(folder)?;
        let path = folder.join(FILE);
        loop {
            let mut file = open(&path)?;
            if matches!(file.try_lock(), Err(TryLockError::WouldBlock)) {
                return Err(locked(folder, &path));
            }
            // The one before may have removed the file between our opening and our locking it.
            if is_still(&file, &path) {
                // for the message that another process shows; the lock holds without it
                let _ = file.set_len(0).and_then(|()| write!(file, "{}", std::process::id()));
                return Ok(Self { path, file });
            }
        }
    }
}

impl Lock {
    /// [`Lock::take`], waiting while another process holds it: for work that is over soon, such as a preview's import of a
    /// page that is just being built as well.
    pub(crate) fn wait(folder: &Path) -> Result<Self> {
        Self::wait_at_most(folder, PATIENCE)
    }

    fn wait_at_most(folder: &Path, patience: Duration) -> Result<Self> {
        let began = Instant::now();
        loop {
            match Self::take(folder) {
                Err(error) if error.diagnostics[0].code == Code::Locked && began.elapsed() < patience => sleep(STEP),
                taken => return taken,
            }
        }
    }
}

impl Lock {
    /// The file that is locked; what stands in it is for people.
    pub(crate) fn path(&self) -> &Path {
        &self.path
    }
}

impl Drop for Lock {
    /// Removed while still locked, so that nobody can hold a file of this name that is not there.
    fn drop(&mut self) {
        if CAN_REMOVE {
            let _ = fs::remove_file(&self.path);
        }
        let _ = self.file.unlock();
    }
}

fn open(path: &Path) -> Result<File> {
    let opened = File::options().create(true).truncate(false).read(true).write(true).open(path);
    opened.map_err(|error| refused("write", path, &error))
}

/// A file that may be removed while it is open, and recognised: where that is not so, the lock file stays.
const CAN_REMOVE: bool = cfg!(unix);

#[cfg(unix)]
fn is_still(file: &File, path: &Path) -> bool {
    use std::os::unix::fs::MetadataExt;
    match (file.metadata(), fs::metadata(path)) {
        (Ok(ours), Ok(there)) => (ours.dev(), ours.ino()) == (there.dev(), there.ino()),
        _ => false,
    }
}

#[cfg(not(unix))]
fn is_still(_: &File, _: &Path) -> bool {
    true
}

fn locked(folder: &Path, path: &Path) -> Error {
    let holder = fs::read_to_string(path).unwrap_or_default().trim().parse::<u32>();
    let who = holder.map_or_else(|_| String::new(), |number| format!(" (process {number})"));
    let message = format!("another wenzhai{who} is at work in {}", folder.display());
    Error::failure(Diagnostic::new(Code::Locked, message).hint("wait until it is done, or stop it"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::sync::atomic::{AtomicUsize, Ordering};
    use tempfile::tempdir;

    #[test]
    fn a_folder_is_locked_once_and_free_again_afterwards() {
        let home = tempdir().unwrap();
        let folder = home.path().join("content/articles");
        let lock = Lock::take(&folder).unwrap();
        let told = Lock::take(&folder).unwrap_err().to_string();
        assert!(told.contains(&format!("(process {})", std::process::id())), "{told}");
        assert!(told.contains("wait until it is done"), "{told}");
        drop(lock);
        assert_eq!(fs::read_dir(&folder).unwrap().count(), if CAN_REMOVE { 0 } else { 1 });
        Lock::take(&folder).unwrap();
    }

    #[test]
    fn who_waits_has_it_when_the_other_is_done_and_gives_up_in_the_end() {
        let home = tempdir().unwrap();
        let lock = Lock::take(home.path()).unwrap();
        assert_eq!(Lock::wait_at_most(home.path(), 2 * STEP).unwrap_err().diagnostics[0].code, Code::Locked);
        std::thread::scope(|threads| {
            let waiting = threads.spawn(|| Lock::wait(home.path()));
            sleep(3 * STEP);
            drop(lock);
            waiting.join().unwrap().unwrap();
        });
    }

    #[test]
    fn a_file_left_by_a_killed_process_locks_nobody_out() {
        let home = tempdir().unwrap();
        fs::write(home.path().join(FILE), "4194304999").unwrap();
        let lock = Lock::take(home.path()).unwrap();
        assert_eq!(fs::read_to_string(home.path().join(FILE)).unwrap(), std::process::id().to_string());
        drop(lock);
    }

    #[test]
    fn however_many_want_it_one_at_a_time_has_it() {
        let home = tempdir().unwrap();
        let (inside, taken) = (AtomicUsize::new(0), AtomicUsize::new(0));
        std::thread::scope(|threads| {
            for _ in 0..4 {
                threads.spawn(|| {
                    for _ in 0..200 {
                        if let Ok(lock) = Lock::take(home.path()) {
                            assert_eq!(inside.fetch_add(1, Ordering::SeqCst), 0, "two hold the lock");
                            taken.fetch_add(1, Ordering::SeqCst);
                            inside.fetch_sub(1, Ordering::SeqCst);
                            drop(lock);
                        }
                    }
                });
            }
        });
        assert!(taken.load(Ordering::SeqCst) > 0);
    }
}
