//! The sink on disk: an output folder that ends up with exactly the planned files.
//!
//! 1. open: lock the folder, read the manifest, refuse to overwrite files of unknown origin, remove old files that conflict
//!    with planned folders
//! 2. put, from many threads: write a file if its bytes differ; a first build writes into a staging folder
//! 3. finish: put the staged folders into their places, remove files of earlier builds that are no longer planned, and write the manifest
//!
//! Files that wenzhai did not write are never touched, nor is a file behind a link below the output folder.

use crate::diagnostics::code::Severity;
use crate::diagnostics::diagnostic::Diagnostic;
use crate::diagnostics::error::Result;
use crate::io::fs::file::{create, has_content, remove_if_empty, replace};
use crate::io::fs::folder_tree::FolderTree;
use crate::io::fs::lock::Lock;
use crate::io::fs::staged_file::remove_leftovers;
use crate::io::fs::stamp::{DiskTime, Stamp};
use crate::io::output::manifest::Manifest;
use crate::io::output::part::OutputPart;
use crate::io::output::planned::Planned;
use crate::io::output::sink::{Sink, bad_path, check_path};
use crate::io::output::staging::Staging;
use crate::io::output::unknown_files::refuse_unknown_files;
use crate::message;
use crate::util::path_list::{PathList, folder_of, folders, folders_of};
use crate::util::sync::lock;
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};

/// What a finished build did to its output folder, in numbers of files.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct WriteCounts {
    /// New files, and those whose bytes differ.
    pub written: usize,
    /// Files that were already as planned.
    pub unchanged: usize,
    /// Files of earlier builds that are no longer planned.
    pub removed: usize,
}

/// An output folder while a build writes into it.
#[derive(Debug)]
pub struct FolderSink {
    out: PathBuf,
    tree: FolderTree,
    /// the files of earlier builds
    old: PathList,
    planned: Planned,
    /// where no earlier build wrote into the folder
    staging: Option<Staging>,
    written: AtomicUsize,
    unchanged: AtomicUsize,
    removed: usize,
    findings: Vec<Diagnostic>,
    /// the stamp of the file that was written last
    latest: Mutex<Stamp>,
    lock: Lock,
    part: OutputPart,
}

impl FolderSink {
    /// Prepares `out` for the files `planned`.
    ///
    /// # Errors
    /// `output-path` for an impossible path, `not-ours` where a file that wenzhai did not write has a planned path, whatever its
    /// content, and `locked`, all before anything is written; a failure of the file system.
    pub fn open(out: &Path, planned: impl Into<Arc<PathList>>) -> Result<Self> {
        Self::open_part(out, planned, OutputPart::Whole)
    }

    /// As [`Self::open`], for a part of the folder: what the other parts have written is left as it is.
    ///
    /// # Errors
    /// As [`Self::open`].
    pub(crate) fn open_part(out: &Path, planned: impl Into<Arc<PathList>>, part: OutputPart) -> Result<Self> {
        let planned = planned.into();
        check_plan(&planned)?;
        let lock = Lock::acquire(out)?;
        let Manifest { paths: old, is_unfinished, findings, .. } = Manifest::of_earlier_builds(out, &part)?;
        let others = Manifest::written_by_others(out, &part, &planned)?;
        refuse_unknown_files(out, &planned, &old.union(&others).collect())?;
        let is_first = old.is_empty();
        Manifest::begin(out, &part, old.union(&planned))?;
        if is_unfinished {
            remove_leftovers(out);
        }
        let staging = is_first.then(|| Staging::open(out, &planned)).transpose()?;
        let mut sink = Self {
            out: out.to_owned(),
            tree: FolderTree::new(out),
            old,
            planned: Planned::new(planned),
            staging,
            written: AtomicUsize::default(),
            unchanged: AtomicUsize::default(),
            removed: 0,
            findings,
            latest: Mutex::default(),
            lock,
            part,
        };
        sink.remove_old(conflicts_with_plan)?;
        Ok(sink)
    }

    /// Counts a planned file as unchanged, without looking at it.
    pub(crate) fn keep(&self, path: &str) -> Result<()> {
        self.mark_put(path)?;
        self.unchanged.fetch_add(1, Ordering::Relaxed);
        Ok(())
    }

    /// Removes files that are no longer planned; returns the counts, a time of the disk after which no file was written, and
    /// findings about files that were left as they are. A
    /// planned file that was not put (its page could not be rendered) stays as an earlier build left it. The manifest keeps how many
    /// `errors` the build found.
    ///
    /// # Errors
    /// A failure of the file system.
    pub fn finish(mut self, errors: usize) -> Result<(WriteCounts, DiskTime, Vec<Diagnostic>)> {
        if let Some(staging) = self.staging.take() {
            staging.publish(&self.tree, self.planned.put())?;
        }
        self.remove_old(|_, _| true)?;
        let now = DiskTime::after(*lock(&self.latest), self.lock.path())?;
        let errors = errors + self.findings.iter().filter(|finding| finding.severity() == Severity::Error).count();
        Manifest::end(&self.out, &self.part, self.planned.put_or_in(&self.old), errors)?;
        let (written, unchanged) = (self.written.into_inner(), self.unchanged.into_inner());
        Ok((WriteCounts { written, unchanged, removed: self.removed }, now, self.findings))
    }

    /// Removes the chosen files among those of earlier builds that are not planned, and the folders that become empty.
    fn remove_old(&mut self, chosen: impl Fn(&str, &Planned) -> bool) -> Result<()> {
        let mut left = BTreeSet::new();
        for path in self.old.iter().filter(|path| !self.planned.contains(path) && chosen(path, &self.planned)) {
            if let Some(link) = self.tree.link_above(path) {
                self.findings.push(self.tree.behind_link(path, link));
            } else if self.tree.remove(path)? {
                self.removed += 1;
                left.extend(folders_of(path));
            }
        }
        // Each folder once, inner ones first: some systems read a folder to find that it is not empty.
        for folder in left.into_iter().rev().filter(|folder| !self.planned.contains_folder(folder)) {
            remove_if_empty(&self.out.join(folder));
        }
        Ok(())
    }

    fn make_folder_of(&self, path: &str) -> Result<()> {
        if !self.planned.is_folder_known(path) {
            self.tree.make_folder(folder_of(path))?;
            self.planned.set_folder_known(path);
        }
        Ok(())
    }

    /// Writes a file of a first build, which need not be compared with an old one; `None` where this is no first build or the file
    /// exists.
    fn put_new(&self, path: &str, file: &Path, bytes: &[u8]) -> Result<Option<Stamp>> {
        let Some(staging) = &self.staging else { return Ok(None) };
        let stamp = if staging.takes(path) {
            Some(self.stage(staging, path, bytes)?)
        } else {
            self.make_folder_of(path)?;
            create(file, bytes)?
        };
        self.written.fetch_add(usize::from(stamp.is_some()), Ordering::Relaxed);
        Ok(stamp)
    }

    fn stage(&self, staging: &Staging, path: &str, bytes: &[u8]) -> Result<Stamp> {
        if !self.planned.is_folder_known(path) {
            staging.make_folder_of(path)?;
            self.planned.set_folder_known(path);
        }
        staging.write(path, bytes)
    }

    /// Marks a planned file as put. Error `output-path` where it was not planned or is put twice.
    fn mark_put(&self, path: &str) -> Result<()> {
        check_path(path)?;
        let is_first = self.planned.mark_put(path);
        is_first.then_some(()).ok_or_else(|| bad_path(path, message!("it was not planned, or is put a second time")))
    }
}

impl Sink for FolderSink {
    fn put(&self, path: &str, bytes: &[u8]) -> Result<Stamp> {
        self.mark_put(path)?;
        let file = self.out.join(path);
        let stamp = match self.put_new(path, &file, bytes)? {
            Some(stamp) => stamp,
            None => {
                self.make_folder_of(path)?;
                if has_content(&file, bytes) {
                    self.unchanged.fetch_add(1, Ordering::Relaxed);
                } else {
                    // atomically: readers never see half a page
                    replace(&file, bytes)?;
                    self.written.fetch_add(1, Ordering::Relaxed);
                }
                Stamp::at(&file).unwrap_or_default()
            }
        };
        let mut latest = lock(&self.latest);
        *latest = latest.later(stamp);
        Ok(stamp)
    }
}

fn check_plan(planned: &PathList) -> Result<()> {
    planned.iter().try_for_each(check_path)?;
    match folders(planned.iter()).find(|folder| planned.contains(folder)) {
        Some(folder) => {
            let path = planned.first_below(folder).map_or(folder, |index| planned.get(index));
            Err(bad_path(folder, message!("it is to be a file, and a folder for {path}", path)))
        }
        None => Ok(()),
    }
}

/// Whether an old file has the path of a planned folder, or is below the path of a planned file.
fn conflicts_with_plan(old: &str, planned: &Planned) -> bool {
    folders_of(old).any(|folder| planned.contains(folder)) || planned.contains_folder(old)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostics::code::Code;
    use crate::io::fs::file::{exists, read, remove, write};
    use crate::io::fs::lock;
    use crate::io::fs::path::TEMPORARY_PREFIX;
    use crate::io::fs::walk::list;
    use crate::io::output::manifest::parts;
    use crate::io::output::part::MANIFEST;
    use proptest::prelude::*;
    use rayon::prelude::*;
    use tempfile::{TempDir, tempdir};

    fn plan(paths: &[&str]) -> PathList {
        paths.iter().collect()
    }

    /// One build in which each file holds `text`.
    fn build(out: &Path, paths: &[&str], text: &str) -> WriteCounts {
        let sink = FolderSink::open(out, plan(paths)).unwrap();
        paths.par_iter().for_each(|path| assert!(sink.put(path, text.as_bytes()).is_ok()));
        sink.finish(0).unwrap().0
    }

    fn files_in(out: &Path) -> Vec<String> {
        list(out, "", &[]).0.into_iter().map(|found| found.path).collect()
    }

    fn code(result: Result<impl Sized>) -> &'static str {
        result.err().map_or("done", |error| error.diagnostics[0].code.name())
    }

    fn home() -> (TempDir, PathBuf) {
        let home = tempdir().unwrap();
        let out = home.path().join("public");
        (home, out)
    }

    #[test]
    fn a_second_build_writes_changed_files_and_removes_old_ones() {
        let (_home, out) = home();
        let first = ["index.html", "themes/reform/index.html", "themes/craft/index.html"];
        assert_eq!(build(&out, &first, "1"), WriteCounts { written: 3, unchanged: 0, removed: 0 });
        assert_eq!(build(&out, &first, "1"), WriteCounts { written: 0, unchanged: 3, removed: 0 });
        write(&out.join("CNAME"), b"digest.example").unwrap();
        assert_eq!(build(&out, &first[..2], "2"), WriteCounts { written: 2, unchanged: 0, removed: 1 });
        assert_eq!(files_in(&out), ["CNAME", "index.html", "themes/reform/index.html"]);
        assert!(!exists(&out.join("themes/craft")), "the folder became empty");
        assert_eq!(
            Manifest::read(&out).unwrap(),
            Manifest { paths: plan(&first[..2]), is_unfinished: false, errors: 0, findings: vec![] }
        );
        assert!(!exists(&out.join(lock::FILE)) || cfg!(not(unix)));
    }

    #[test]
    fn an_unchanged_file_is_not_touched() {
        let (_home, out) = home();
        build(&out, &["index.html"], "1");
        let before = list(&out, "", &[]).0;
        std::thread::sleep(std::time::Duration::from_millis(15));
        build(&out, &["index.html"], "1");
        assert_eq!(list(&out, "", &[]).0, before, "time included");
    }

    #[test]
    fn files_of_unknown_origin_stop_the_build_before_anything_is_written() {
        let (_home, out) = home();
        write(&out.join("index.html"), b"by hand").unwrap();
        write(&out.join("404.html"), b"by hand").unwrap();
        let error = FolderSink::open(&out, plan(&["404.html", "a.html", "index.html"])).unwrap_err();
        let message = error.to_string();
        assert_eq!(error.diagnostics[0].code, Code::NotOurs);
        assert!(message.contains("404.html and 1 more file would be overwritten"), "{message}");
        assert!(message.contains("choose another folder with -o"), "{message}");
        assert_eq!(files_in(&out), ["404.html", "index.html"]);
        assert!(!exists(&out.join(MANIFEST)));
    }

    #[test]
    fn a_file_by_hand_where_a_folder_has_to_be_stops_the_build_too() {
        let (_home, out) = home();
        write(&out.join("themes"), b"by hand").unwrap();
        assert_eq!(code(FolderSink::open(&out, plan(&["themes/a/index.html"]))), "not-ours");
        build(&out, &["index.html"], "1");
        assert_eq!(files_in(&out), ["index.html", "themes"]);
    }

    #[test]
    fn a_killed_build_is_recognised_and_cleaned_up() {
        let (_home, out) = home();
        build(&out, &["old.html"], "1");
        let sink = FolderSink::open(&out, plan(&["a/index.html", "b/index.html"])).unwrap();
        sink.put("a/index.html", b"1").unwrap();
        drop(sink);
        write(&out.join("a").join(format!("{TEMPORARY_PREFIX}99-1")), b"half a pa").unwrap();
        assert!(Manifest::read(&out).unwrap().is_unfinished);

        let after = build(&out, &["a/index.html"], "1");
        assert_eq!(after, WriteCounts { written: 0, unchanged: 1, removed: 1 });
        assert_eq!(files_in(&out), ["a/index.html"]);
        assert!(!exists(&out.join("a").join(format!("{TEMPORARY_PREFIX}99-1"))));
    }

    #[test]
    fn a_page_that_could_not_be_rendered_stays_as_it_was() {
        let (_home, out) = home();
        build(&out, &["a.html"], "good");
        let sink = FolderSink::open(&out, plan(&["a.html", "b.html"])).unwrap();
        assert_eq!(sink.finish(0).unwrap().0, WriteCounts::default());
        assert_eq!(read(&out, "a.html").unwrap(), b"good");
        assert_eq!(Manifest::read(&out).unwrap().paths, plan(&["a.html"]), "b.html never came to be");
    }

    #[test]
    fn a_file_becomes_a_folder_and_a_folder_a_file() {
        let (_home, out) = home();
        build(&out, &["about", "x/index.html"], "1");
        build(&out, &["about/index.html", "x"], "2");
        assert_eq!(files_in(&out), ["about/index.html", "x"]);
        build(&out, &["about", "x/index.html"], "3");
        assert_eq!(files_in(&out), ["about", "x/index.html"]);
    }

    #[test]
    fn a_folder_where_a_file_has_to_be_gets_a_message() {
        let (_home, out) = home();
        build(&out, &["a"], "1");
        remove(&out.join("a")).unwrap();
        write(&out.join("a/by-hand"), b"x").unwrap();
        let sink = FolderSink::open(&out, plan(&["a"])).unwrap();
        let message = sink.put("a", b"2").unwrap_err().to_string();
        assert!(message.contains("a folder stands where a file has to be"), "{message}");
        drop(sink);
        build(&out, &["b"], "1");
        assert_eq!(files_in(&out), ["a/by-hand", "b"], "a file of unknown origin stays");
    }

    #[test]
    fn parts_are_built_one_after_another_and_each_leaves_the_files_of_the_others() {
        let (_home, out) = home();
        let built = |part: OutputPart, paths: &[&str]| {
            let sink = FolderSink::open_part(&out, plan(paths), part).unwrap();
            paths.iter().for_each(|path| assert!(sink.put(path, b"1").is_ok()));
            sink.finish(0).unwrap().0
        };
        let named = |name: &str| OutputPart::Named(name.to_owned());
        build(&out, &["2024/a", "2025/b", "index.html", "old"], "1");
        built(named("2024"), &["2024/a", "2024/c"]);
        assert!(Manifest::is_unjoined(&out) && files_in(&out).len() == 5);
        built(named("2025"), &["2025/b"]);
        assert_eq!(built(OutputPart::Main, &["index.html"]), WriteCounts { written: 0, unchanged: 1, removed: 1 });
        assert_eq!(files_in(&out), ["2024/a", "2024/c", "2025/b", "index.html"]);
        assert_eq!((Manifest::read(&out).unwrap().paths.len(), Manifest::is_unjoined(&out)), (4, false));
        assert_eq!(built(named("2025"), &[]).removed, 1, "a part without files is gone");
        build(&out, &["index.html"], "1");
        assert_eq!(files_in(&out), ["index.html"], "a whole build takes over all parts");
        assert_eq!(parts(&out), Vec::<String>::new());
    }

    #[cfg(unix)]
    #[test]
    fn nothing_behind_a_link_is_written_or_removed() {
        use std::os::unix::fs::symlink;
        let (home, out) = home();
        build(&out, &["index.html"], "1");
        write(&home.path().join("outside/x"), b"victim").unwrap();
        symlink(home.path().join("outside"), out.join("link")).unwrap();
        Manifest::end(&out, &OutputPart::Whole, ["index.html", "link/x"].into_iter(), 0).unwrap();
        let sink = FolderSink::open(&out, plan(&["index.html"])).unwrap();
        let (counts, _, findings) = sink.finish(0).unwrap();
        assert_eq!((counts.removed, findings.len(), findings[0].code), (0, 1, Code::BehindLink));
        assert_eq!(Manifest::read(&out).unwrap().errors, 1);

        let sink = FolderSink::open(&out, plan(&["link/y"])).unwrap();
        assert_eq!(code(sink.put("link/y", b"2")), "behind-link");
        assert_eq!(files_in(&home.path().join("outside")), ["x"]);
    }

    #[cfg(unix)]
    #[test]
    fn an_output_folder_that_is_a_link_is_followed() {
        let (home, out) = home();
        std::fs::create_dir(home.path().join("elsewhere")).unwrap();
        std::os::unix::fs::symlink(home.path().join("elsewhere"), &out).unwrap();
        build(&out, &["a/index.html"], "1");
        assert_eq!(files_in(&home.path().join("elsewhere")), ["a/index.html"]);
    }

    #[test]
    fn an_impossible_plan_makes_no_folder() {
        let (_home, out) = home();
        for planned in [&["../a"][..], &["a", "a/b"]] {
            assert_eq!(code(FolderSink::open(&out, plan(planned))), "output-path");
        }
        assert!(!exists(&out));
    }

    #[test]
    fn a_path_is_put_once_and_only_as_planned() {
        let (_home, out) = home();
        let sink = FolderSink::open(&out, plan(&["a"])).unwrap();
        sink.put("a", b"1").unwrap();
        assert_eq!(
            [code(sink.put("a", b"2")), code(sink.put("b", b"1")), code(sink.put("../a", b"1"))],
            ["output-path"; 3]
        );
        assert_eq!(read(&out, "a").unwrap(), b"1");
    }

    #[test]
    fn two_builds_cannot_write_into_one_folder() {
        let (_home, out) = home();
        let _first = FolderSink::open(&out, plan(&["a"])).unwrap();
        assert_eq!(code(FolderSink::open(&out, plan(&["a"]))), "locked");
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(24))]
        #[test]
        fn after_any_sequence_of_builds_the_folder_contains_the_last_plan(
            builds in prop::collection::vec(prop::collection::btree_set("[ab](/[ab]){0,2}", 0..5), 1..5),
        ) {
            let (_home, out) = home();
            for planned in builds.iter().map(PathList::from_iter).filter(|planned| check_plan(planned).is_ok()) {
                let paths: Vec<&str> = planned.iter().collect();
                build(&out, &paths, "x");
                prop_assert_eq!(files_in(&out), paths);
            }
        }
    }
}
