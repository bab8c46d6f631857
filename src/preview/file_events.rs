//! Filtering and debouncing of file system events.
//!
//! An editor that saves one file writes a swap file and a new file beside the old one, renames twice and touches the result;
//! reading files causes events as well. A [`Filter`] passes what a person changed, and [`debounce`] joins changes that follow
//! each other closely.
//!
//! The debouncers of the notify project were measured and not used. `notify-debouncer-mini` drops the kinds of events, without
//! which a read looks like a change and the preview would reload for ever. `notify-debouncer-full` reports each path by the age of its
//! first event and not by silence: forty saves within 120 ms came as 18 changes instead of two, each of which would
//! update the preview. At the delay needed here its thread also wakes 270 times a second while nothing happens.

use crate::io::fs::path::is_ignored_name;
use notify::event::{Event, EventKind, MetadataKind, ModifyKind};
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::sync::mpsc::Receiver;
use std::time::{Duration, Instant};

/// The silence after which a series of changes is complete.
pub(crate) const QUIET: Duration = Duration::from_millis(8);
/// The longest duration of a series of changes.
pub(crate) const MAX_DELAY: Duration = Duration::from_millis(200);

/// Selects the events that are changes. All paths are absolute; in those of folders links are resolved.
#[derive(Debug, Clone)]
pub(crate) struct Filter {
    /// the watched folders and files, whether or not they exist
    pub(crate) roots: Vec<PathBuf>,
    /// folders whose events are ignored
    pub(crate) ignored: Vec<PathBuf>,
}

impl Filter {
    /// The changed paths of an event, and the watched ones among those that `links` returns for them; all roots where the system
    /// lost events. `is_folder` is whether a path is an existing folder.
    pub(crate) fn changed_paths(
        &self,
        event: &Event,
        is_folder: impl Fn(&Path) -> bool,
        links: impl Fn(&Path) -> BTreeSet<PathBuf>,
    ) -> Vec<PathBuf> {
        if event.need_rescan() {
            return self.roots.clone();
        }
        let paths = event.paths.iter().filter(|path| is_change(event.kind, || is_folder(path)));
        let with_links = paths.flat_map(|path| {
            let is_own = self.is_content(path) || is_entry(event.kind) && self.is_above_root(path);
            let linked = links(path).into_iter().filter(|link| self.is_content(link));
            is_own.then(|| path.clone()).into_iter().chain(linked)
        });
        with_links.collect()
    }

    fn is_above_root(&self, path: &Path) -> bool {
        self.roots.iter().any(|root| root.starts_with(path))
    }

    /// Whether a path is in a root and not ignored, nor any part of it below the root.
    fn is_content(&self, path: &Path) -> bool {
        !self.ignored.iter().any(|folder| path.starts_with(folder))
            && self
                .roots
                .iter()
                .filter_map(|root| path.strip_prefix(root).ok())
                .any(|below| below.iter().all(|part| part.to_str().is_none_or(|name| !is_ignored_name(name))))
    }
}

/// Whether files were made, removed or renamed.
fn is_entry(kind: EventKind) -> bool {
    matches!(kind, EventKind::Create(_) | EventKind::Remove(_) | EventKind::Modify(ModifyKind::Name(_)))
}

/// Whether an event of this kind is a change.
fn is_change(kind: EventKind, is_folder: impl FnOnce() -> bool) -> bool {
    match kind {
        EventKind::Access(_) | EventKind::Other => false,
        EventKind::Modify(ModifyKind::Metadata(
            MetadataKind::AccessTime | MetadataKind::Permissions | MetadataKind::Ownership,
        )) => false,
        kind if is_entry(kind) => true,
        // The time of a folder changes with every hidden file in it; a change in it has its own event.
        _ => !is_folder(),
    }
}

/// Changed paths, absolute.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Changes {
    /// the system saw them; more of the same series may follow
    Seen(Vec<PathBuf>),
    /// a part of this program wrote them, and is done
    Done(Vec<PathBuf>),
}

/// Waits for a change and then until none follows for `quiet`, or for `max_delay` in all; what is done is not waited for. Returns every
/// path once, sorted. `None` where the sender is dropped.
pub(crate) fn debounce(changes: &Receiver<Changes>, quiet: Duration, max_delay: Duration) -> Option<BTreeSet<PathBuf>> {
    let (mut changed, mut is_done) = (BTreeSet::new(), false);
    let mut add = |more| match more {
        Changes::Seen(paths) => {
            changed.extend(paths);
            false
        }
        Changes::Done(paths) => {
            changed.extend(paths);
            true
        }
    };
    is_done |= add(changes.recv().ok()?);
    let deadline = Instant::now() + max_delay;
    let remaining = || deadline.saturating_duration_since(Instant::now());
    while !is_done
        && !remaining().is_zero()
        && let Ok(more) = changes.recv_timeout(quiet.min(remaining()))
    {
        is_done |= add(more);
    }
    // several actions in quick succession are one change
    while let Ok(more) = changes.try_recv() {
        add(more);
    }
    Some(changed)
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
        filter().changed_paths(&event, |path| path.extension().is_none(), |_| BTreeSet::new()).len()
    }

    #[test]
    fn a_change_of_a_watched_file_is_one() {
        assert_eq!(counts(WRITE, &["/s/content/articles/a.md"]), 1);
        assert_eq!(counts(WRITE, &["/s/site.toml"]), 1);
        assert_eq!(counts(EventKind::Remove(RemoveKind::Folder), &["/s/content/pages"]), 1);
        assert_eq!(counts(TIME, &["/s/content/a.md"]), 1);
        assert_eq!(counts(EventKind::Any, &["/s/content/a.md"]), 1);
    }

    #[test]
    fn reads_leftovers_and_other_folders_are_no_changes() {
        assert_eq!(counts(EventKind::Access(AccessKind::Close(AccessMode::Write)), &["/s/content/a.md"]), 0);
        assert_eq!(counts(WRITE, &["/s/content/.a.md.swp", "/s/content/.git/index", "/s/content/a.md~"]), 0);
        assert_eq!(counts(CREATE, &["/s/content/public/a.html", "/s/other", "/s/site.toml.new"]), 0);
    }

    #[test]
    fn a_rename_over_a_file_changes_the_file() {
        assert_eq!(counts(RENAME, &["/s/content/.wenzhai-tmp-1-2", "/s/content/a.md"]), 1);
    }

    #[test]
    fn a_new_time_of_a_folder_is_no_change() {
        assert_eq!(counts(TIME, &["/s/content", "/s/content/pages"]), 0);
    }

    #[test]
    fn a_new_folder_above_a_missing_root_is_a_change() {
        assert_eq!(counts(EventKind::Create(CreateKind::Folder), &["/s/x"]), 1);
        assert_eq!(counts(TIME, &["/s/x"]), 0);
    }

    #[test]
    fn lost_events_change_everything() {
        let event = Event::new(EventKind::Other).set_flag(Flag::Rescan);
        assert_eq!(filter().changed_paths(&event, |_| false, |_| BTreeSet::new()), filter().roots);
    }

    #[test]
    fn a_hidden_folder_above_the_root_is_not_ignored() {
        let filter = Filter { roots: vec!["/home/.sites/s".into()], ignored: vec![] };
        let event = Event::new(WRITE).add_path("/home/.sites/s/a.md".into());
        assert_eq!(filter.changed_paths(&event, |_| false, |_| BTreeSet::new()).len(), 1);
    }

    #[test]
    fn changes_in_close_succession_are_one() {
        let (send, changes) = channel();
        for path in ["b", "a", "b"] {
            send.send(Changes::Seen(vec![PathBuf::from(path)])).unwrap();
        }
        let changed = debounce(&changes, Duration::from_millis(5), MAX_DELAY).unwrap();
        assert_eq!(changed.into_iter().collect::<Vec<_>>(), [PathBuf::from("a"), PathBuf::from("b")]);
        drop(send);
        assert_eq!(debounce(&changes, QUIET, MAX_DELAY), None);
    }

    #[test]
    fn what_this_program_has_written_is_not_waited_for() {
        let (send, changes) = channel();
        for change in
            [Changes::Seen(vec!["b".into()]), Changes::Done(vec!["a".into()]), Changes::Done(vec!["c".into()])]
        {
            send.send(change).unwrap();
        }
        // longer than the test may take
        let changed = debounce(&changes, Duration::from_secs(999), Duration::from_secs(999)).unwrap();
        assert_eq!(changed, ["a", "b", "c"].map(PathBuf::from).into());
    }

    #[test]
    fn endless_changes_are_reported_at_the_deadline() {
        let (send, changes) = channel();
        let writer = std::thread::spawn(move || {
            while send.send(Changes::Seen(vec![PathBuf::from("a")])).is_ok() {
                std::thread::sleep(Duration::from_millis(1));
            }
        });
        assert!(debounce(&changes, Duration::from_secs(9), Duration::from_millis(40)).is_some());
        drop(changes);
        writer.join().unwrap();
    }
}
