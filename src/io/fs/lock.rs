//! A lock on a folder, so that one wenzhai at a time writes into it.
//!
//! A [`Lock`] is a locked file in the folder, released by the operating system however the process ends. The next owner recognises
//! that a process was killed by the process id that is still in the file, and removes the temporary files it may have left.

#![allow(clippy::disallowed_methods, reason = "the lock file is not content")]

use crate::diagnostics::code::Code;
use crate::diagnostics::diagnostic::Diagnostic;
use crate::diagnostics::error::{Error, Result};
use crate::io::fs::file::make_folder;
use crate::io::fs::os_error::{FileOperation, path_error};
use crate::io::fs::own_file::open_own_file;
use crate::io::fs::staged_file::remove_leftovers;
use crate::message;
use std::fs::{self, File, TryLockError};
use std::io::Write;
use std::path::{Path, PathBuf};
use std::thread::sleep;
use std::time::{Duration, Instant};

/// The name of the lock file. It exists while a process works in the folder, and may stay where one was killed.
pub(crate) const FILE: &str = ".wenzhai-lock";

const TIMEOUT: Duration = Duration::from_secs(10);
const RETRY_INTERVAL: Duration = Duration::from_millis(20);

/// The exclusive right to write into a folder, released when it is dropped.
#[derive(Debug)]
pub(crate) struct Lock {
    path: PathBuf,
    /// open as long as the lock is in force
    file: File,
}

impl Lock {
    /// Locks a folder, which is created where it is missing; error `locked` where another process has the lock. A file system
    /// without locks (some network disks) is used without one.
    pub(crate) fn acquire(folder: &Path) -> Result<Self> {
        Self::try_acquire(folder)?.ok_or_else(|| locked(folder))
    }

    /// [`Lock::acquire`], but waits for up to [`TIMEOUT`] while another process has the lock: for work that is over soon, such
    /// as a preview's import of a page that a build imports as well.
    pub(crate) fn acquire_or_wait(folder: &Path) -> Result<Self> {
        Self::acquire_within(folder, TIMEOUT)
    }

    fn acquire_within(folder: &Path, timeout: Duration) -> Result<Self> {
        let started = Instant::now();
        loop {
            match Self::try_acquire(folder)? {
                Some(lock) => return Ok(lock),
                None if started.elapsed() < timeout => sleep(RETRY_INTERVAL),
                None => return Err(locked(folder)),
            }
        }
    }

    /// The lock, or `None` where another process has it.
    fn try_acquire(folder: &Path) -> Result<Option<Self>> {
        make_folder(folder)?;
        let path = folder.join(FILE);
        loop {
            let mut file = open(&path)?;
            let locked = file.try_lock();
            if matches!(locked, Err(TryLockError::WouldBlock)) {
                return Ok(None);
            }
            // The previous owner may have removed the file after we opened it and before we locked it.
            if is_same_file(&file, &path) {
                // Without a lock in force the process in the file may still be running, and so may its temporary files be in use.
                if locked.is_ok() && file.metadata().is_ok_and(|metadata| metadata.len() > 0) {
                    remove_leftovers(folder);
                }
                // The process id is for the message of another process; the lock is in force without it.
                let _ = file.set_len(0).and_then(|()| write!(file, "{}", std::process::id()));
                return Ok(Some(Self { path, file }));
            }
        }
    }

    /// The path of the lock file. Its content is for people.
    pub(crate) fn path(&self) -> &Path {
        &self.path
    }
}

impl Drop for Lock {
    /// Removes the file, or else empties it, while it is still locked, so that no process can lock a file that has lost its name.
    fn drop(&mut self) {
        if CAN_REMOVE {
            let _ = fs::remove_file(&self.path);
        } else {
            let _ = self.file.set_len(0);
        }
        let _ = self.file.unlock();
    }
}

fn open(path: &Path) -> Result<File> {
    open_own_file(path, false).map_err(|error| path_error(FileOperation::Write, path, error))
}

/// Whether an open file can be removed and recognised afterwards; where it cannot, the lock file stays.
const CAN_REMOVE: bool = cfg!(unix);

#[cfg(unix)]
fn is_same_file(file: &File, path: &Path) -> bool {
    use std::os::unix::fs::MetadataExt;
    match (file.metadata(), fs::metadata(path)) {
        (Ok(opened), Ok(named)) => (opened.dev(), opened.ino()) == (named.dev(), named.ino()),
        _ => false,
    }
}

#[cfg(not(unix))]
fn is_same_file(_: &File, _: &Path) -> bool {
    true
}

fn locked(folder: &Path) -> Error {
    let owner = fs::read_to_string(folder.join(FILE)).unwrap_or_default().trim().parse::<u32>();
    let folder = folder.display();
    let message = match owner {
        Ok(process) => message!("another wenzhai (process {process}) is at work in {folder}", process, folder),
        Err(_) => message!("another wenzhai is at work in {folder}", folder),
    };
    Error::failure(Diagnostic::new(Code::Locked, message).hint(message!("wait until it is done, or stop it")))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::io::fs::path::TEMPORARY_PREFIX;
    use std::sync::atomic::{AtomicUsize, Ordering};
    use tempfile::tempdir;

    #[test]
    fn a_folder_is_locked_once_and_unlocked_afterwards() {
        let home = tempdir().unwrap();
        let folder = home.path().join("content/articles");
        let lock = Lock::acquire(&folder).unwrap();
        let message = Lock::acquire(&folder).unwrap_err().to_string();
        assert!(message.contains(&format!("(process {})", std::process::id())), "{message}");
        assert!(message.contains("wait until it is done"), "{message}");
        drop(lock);
        assert_eq!(fs::read_dir(&folder).unwrap().count(), if CAN_REMOVE { 0 } else { 1 });
        Lock::acquire(&folder).unwrap();
    }

    #[test]
    fn a_waiting_process_gets_the_lock_in_the_end_or_times_out() {
        let home = tempdir().unwrap();
        let lock = Lock::acquire(home.path()).unwrap();
        assert_eq!(
            Lock::acquire_within(home.path(), 2 * RETRY_INTERVAL).unwrap_err().diagnostics[0].code,
            Code::Locked
        );
        std::thread::scope(|threads| {
            let waiting = threads.spawn(|| Lock::acquire_or_wait(home.path()));
            sleep(3 * RETRY_INTERVAL);
            drop(lock);
            waiting.join().unwrap().unwrap();
        });
    }

    #[test]
    fn the_files_of_a_killed_process_lock_nobody_out_and_are_removed() {
        let home = tempdir().unwrap();
        fs::write(home.path().join(FILE), "4194304999").unwrap();
        let leftover = home.path().join(format!("{TEMPORARY_PREFIX}x"));
        fs::write(&leftover, "half a pa").unwrap();
        let lock = Lock::acquire(home.path()).unwrap();
        assert_eq!(fs::read_to_string(home.path().join(FILE)).unwrap(), std::process::id().to_string());
        assert!(!leftover.exists());
        drop(lock);
        fs::write(&leftover, "in use").unwrap();
        Lock::acquire(home.path()).unwrap();
        assert!(leftover.exists(), "the previous owner was not killed");
    }

    #[test]
    fn of_many_threads_one_at_a_time_has_the_lock() {
        let home = tempdir().unwrap();
        let (inside, acquired) = (AtomicUsize::new(0), AtomicUsize::new(0));
        std::thread::scope(|threads| {
            for _ in 0..4 {
                threads.spawn(|| {
                    for _ in 0..200 {
                        if let Ok(lock) = Lock::acquire(home.path()) {
                            assert_eq!(inside.fetch_add(1, Ordering::SeqCst), 0, "two threads have the lock");
                            acquired.fetch_add(1, Ordering::SeqCst);
                            inside.fetch_sub(1, Ordering::SeqCst);
                            drop(lock);
                        }
                    }
                });
            }
        });
        assert!(acquired.load(Ordering::SeqCst) > 0);
    }
}
