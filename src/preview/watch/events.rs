//! Which events on a disk mean that something changed, and when a change is over.
//!
//! An editor that saves one file writes a swap file, a new file beside the old one, renames twice and touches the result;
//! reading files makes events too. [`Filter`] keeps what a person changed, [`settle`] waits until it is quiet.

use crate::io::fs::path::is_ignored_name;
use notify::event::{Event, EventKind, MetadataKind, ModifyKind};
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::sync::mpsc::{Receiver, RecvTimeoutError};
use std::time::{Duration, Instant};

/// Silence after which a change is over.
pub(crate) const QUIET: Duration = Duration::from_millis(8);
/// What is told at the latest, however long the changes go on.
pub(crate) const LONGEST: Duration = Duration::from_millis(200);

/// Decides what counts. All paths are absolute, without links.
#[derive(Debug, Clone)]
pub(crate) struct Filter {
    /// what is watched: folders and files, whether or not they exist
    pub(crate) roots: Vec<PathBuf>,
    /// folders in which nothing counts
    pub(crate) ignored: Vec<PathBuf>,
}

impl Filter {
    /// The paths of an event that count; all roots where the system lost track. `is_folder` tells a folder that is there.
    pub(crate) fn relevant(&self, event: &Event, is_folder: impl Fn(&Path) -> bool) -> Vec<PathBuf> {
        if event.need_rescan() {
            return self.roots.clone();
        }
        let paths = event.paths.iter().filter(|path| self.counts(event.kind, path, &is_folder));
        paths.cloned().collect()
    }

    fn counts(&self, kind: EventKind, path: &Path, is_folder: impl Fn(&Path) -> bool) -> bool {
        match kind {
            EventKind::Access(_) | EventKind::Other => false,
            EventKind::Modify(ModifyKind::Metadata(
                MetadataKind::AccessTime | MetadataKind::Permissions | MetadataKind::Ownership,
            )) => false,
            EventKind::Create(_) | EventKind::Remove(_) | EventKind::Modify(ModifyKind::Name(_)) => {
                self.is_content(path) || self.roots.iter().any(|root| root.starts_with(path))
            }
            // A folder's own time changes with every hidden file in it; what changed in it has its own event.
            EventKind::Modify(_) | EventKind::Any => self.is_content(path) && !is_folder(path),
        }
    }

    /// In a root, not ignored, and no part of it below the root passed over.
    fn is_content(&self, path: &Path) -> bool {
        !self.ignored.iter().any(|folder| path.starts_with(folder))
            && self
                .roots
                .iter()
                .filter_map(|root| path.strip_prefix(root).ok())
                .any(|below| below.iter().all(|part| part.to_str().is_none_or(|name| !is_ignored_name(name))))
    }
}

/// Wait for a change and then for `quiet` without another, or for `longest` in all; every path once, sorted. Nothing where
/// the sender is gone.
pub(crate) fn settle(
    changes: &Receiver<Vec<PathBuf>>,
    quiet: Duration,
    longest: Duration,
) -> Option<BTreeSet<PathBuf>> {
    let mut changed = BTreeSet::from_iter(changes.recv().ok()?);
    let last = Instant::now() + longest;
    loop {
        let patience = quiet.min(last.saturating_duration_since(Instant::now()));
        match changes.recv_timeout(patience) {
            Ok(more) => changed.extend(more),
            Err(RecvTimeoutError::Timeout | RecvTimeoutError::Disconnected) => return Some(changed),
        }
        if Instant::now() >= last {
            return Some(changed);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use notify::event::{AccessKind, AccessMode, CreateKind, DataChange, Flag, RemoveKind, RenameMode};
    use std::sync::mpsc::channel;

    const CREATE: EventKind = EventKind::Create(CreateKind::File);
    const WRITE: EventKind = EventKind::Modify(ModifyKind::Data(DataChange::Content));
    const TIME: EventKind = EventKind::Modify(ModifyKind::Metadata(MetadataKind::WriteTime));
    const RENAME: EventKind = EventKind::Modify(ModifyKind::Name(RenameMode::Both));

    fn filter() -> Filter {
        let paths = |names: &[&str]| names.iter().map(PathBuf::from).collect();
        Filter { roots: paths(&["/s/content", "/s/site.toml", "/s/x/static"]), ignored: paths(&["/s/content/public"]) }
    }

    fn counts(kind: EventKind, paths: &[&str]) -> usize {
        let event = paths.iter().fold(Event::new(kind), |event, path| event.add_path(PathBuf::from(path)));
        filter().relevant(&event, |path| path.extension().is_none()).len()
    }

    #[test]
    fn a_change_in_what_is_watched_counts() {
        assert_eq!(counts(WRITE, &["/s/content/articles/a.md"]), 1);
        assert_eq!(counts(WRITE, &["/s/site.toml"]), 1);
        assert_eq!(counts(EventKind::Remove(RemoveKind::Folder), &["/s/content/pages"]), 1);
        assert_eq!(counts(TIME, &["/s/content/a.md"]), 1);
        assert_eq!(counts(EventKind::Any, &["/s/content/a.md"]), 1);
    }

    #[test]
    fn reading_leftovers_and_other_folders_do_not_count() {
        assert_eq!(counts(EventKind::Access(AccessKind::Close(AccessMode::Write)), &["/s/content/a.md"]), 0);
        assert_eq!(counts(WRITE, &["/s/content/.a.md.swp", "/s/content/.git/index", "/s/content/a.md~"]), 0);
        assert_eq!(counts(CREATE, &["/s/content/public/a.html", "/s/other", "/s/site.toml.new"]), 0);
    }

    #[test]
    fn of_a_rename_over_a_file_the_file_counts() {
        assert_eq!(counts(RENAME, &["/s/content/.wenzhai-tmp-1-2", "/s/content/a.md"]), 1);
    }

    #[test]
    fn a_folder_whose_time_changed_does_not_count() {
        assert_eq!(counts(TIME, &["/s/content", "/s/content/pages"]), 0);
    }

    #[test]
    fn what_comes_above_a_root_that_was_missing_counts() {
        assert_eq!(counts(EventKind::Create(CreateKind::Folder), &["/s/x"]), 1);
        assert_eq!(counts(TIME, &["/s/x"]), 0);
    }

    #[test]
    fn where_the_system_lost_track_everything_counts() {
        let event = Event::new(EventKind::Other).set_flag(Flag::Rescan);
        assert_eq!(filter().relevant(&event, |_| false), filter().roots);
    }

    #[test]
    fn a_hidden_folder_above_the_root_hides_nothing() {
        let filter = Filter { roots: vec!["/home/.sites/s".into()], ignored: vec![] };
        let event = Event::new(WRITE).add_path("/home/.sites/s/a.md".into());
        assert_eq!(filter.relevant(&event, |_| false).len(), 1);
    }

    #[test]
    fn changes_close_together_are_one() {
        let (send, changes) = channel();
        for path in ["b", "a", "b"] {
            send.send(vec![PathBuf::from(path)]).unwrap();
        }
        let settled = settle(&changes, Duration::from_millis(5), LONGEST).unwrap();
        assert_eq!(settled.into_iter().collect::<Vec<_>>(), [PathBuf::from("a"), PathBuf::from("b")]);
        drop(send);
        assert_eq!(settle(&changes, QUIET, LONGEST), None);
    }

    #[test]
    fn changes_without_end_are_told_all_the_same() {
        let (send, changes) = channel();
        let writer = std::thread::spawn(move || {
            while send.send(vec![PathBuf::from("a")]).is_ok() {
                std::thread::sleep(Duration::from_millis(1));
            }
        });
        assert!(settle(&changes, Duration::from_secs(9), Duration::from_millis(40)).is_some());
        drop(changes);
        writer.join().unwrap();
    }
}
