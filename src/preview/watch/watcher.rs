//! Hears that something changed on the disk.
//!
//! 1. every folder that is watched is watched with all that is in it, and everything through the folder that it stands in
//!    as well, so that it may appear, vanish and be replaced
//! 2. the system's events are filtered and sent on; where the system cannot watch, folders are looked at twice a second
//! 3. a change is told when it is over

use crate::diagnostics::code::Code;
use crate::diagnostics::diagnostic::Diagnostic;
use crate::diagnostics::error::{Error, Result};
use crate::io::fs::path::resolve;
use crate::preview::watch::events::{Filter, LONGEST, QUIET, settle};
use notify::{Config, Event, PollWatcher, RecommendedWatcher, RecursiveMode, Watcher as Backend};
use std::collections::BTreeSet;
use std::fmt;
use std::path::{Path, PathBuf};
use std::sync::mpsc::{Receiver, Sender, channel};
use std::time::Duration;

/// How often folders are looked at where the system cannot tell.
const POLL: Duration = Duration::from_millis(500);

/// An iterator over changes: each step waits for one and gives the paths that changed, sorted and absolute. Of a folder
/// that appeared or vanished it is perhaps only its own; of a file that links lead to as well, one path of several.
pub(crate) struct Watcher {
    backend: Box<dyn Backend + Send>,
    roots: Vec<PathBuf>,
    changes: Receiver<Vec<PathBuf>>,
}

impl Watcher {
    /// Watch files and folders, whether or not they exist yet; nothing counts in the `ignored` folders. What changes after
    /// this returns is told. Error `watch` where the system can neither tell nor be asked.
    pub(crate) fn new(paths: &[PathBuf], ignored: &[PathBuf]) -> Result<Self> {
        let all_real = |paths: &[PathBuf]| paths.iter().map(|path| resolve(path)).collect();
        let filter = Filter { roots: all_real(paths), ignored: all_real(ignored) };
        Self::start::<RecommendedWatcher>(&filter, Config::default())
            .or_else(|_| Self::start::<PollWatcher>(&filter, Config::default().with_poll_interval(POLL)))
            .map_err(|error| unwatched(&error))
    }

    fn start<B: Backend + Send + 'static>(filter: &Filter, config: Config) -> notify::Result<Self> {
        let (sender, changes) = channel();
        let backend = B::new(forward(filter.clone(), sender), config)?;
        let mut watcher = Self { backend: Box::new(backend), roots: filter.roots.clone(), changes };
        for root in watcher.roots.clone() {
            watcher.watch(&root)?;
        }
        Ok(watcher)
    }

    fn watch(&mut self, root: &Path) -> notify::Result<()> {
        if let Some(above) = root.ancestors().skip(1).find(|above| above.is_dir())
            && !self.roots.iter().any(|other| above.starts_with(other) && other.is_dir())
        {
            self.backend.watch(above, RecursiveMode::NonRecursive)?;
        }
        if root.is_dir() {
            self.backend.watch(root, RecursiveMode::Recursive)?;
        }
        Ok(())
    }

    /// Roots that appeared or were replaced are watched anew: the system watches the folder, not its name.
    fn watch_again(&mut self, changed: &BTreeSet<PathBuf>) {
        let replaced = |root: &PathBuf| changed.iter().any(|path| root.starts_with(path));
        for root in self.roots.iter().filter(|root| replaced(root)).cloned().collect::<Vec<_>>() {
            let _ = self.backend.unwatch(&root);
            // one that vanished just now is heard of again through the folder above
            let _ = self.watch(&root);
        }
    }
}

impl Iterator for Watcher {
    type Item = Vec<PathBuf>;

    fn next(&mut self) -> Option<Self::Item> {
        let changed = settle(&self.changes, QUIET, LONGEST)?;
        self.watch_again(&changed);
        Some(changed.into_iter().collect())
    }
}

impl fmt::Debug for Watcher {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Watcher").field("roots", &self.roots).finish_non_exhaustive()
    }
}

/// Events as the system tells them → paths that count. An error of the system may hide any change, so everything counts.
fn forward(filter: Filter, sender: Sender<Vec<PathBuf>>) -> impl FnMut(notify::Result<Event>) + Send {
    move |event| {
        let changed = match event {
            Ok(event) => filter.relevant(&event, Path::is_dir),
            Err(_) => filter.roots.clone(),
        };
        if !changed.is_empty() {
            // nobody listens any more: the watcher is being dropped
            let _ = sender.send(changed);
        }
    }
}

fn unwatched(error: &notify::Error) -> Error {
    Error::failure(
        Diagnostic::new(Code::Watch, format!("cannot watch the site's folders: {error}"))
            .hint("build once with `wenzhai build` and look at the output folder instead"),
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::io::fs::file::{read, remove, write};
    use std::fs;
    use std::sync::mpsc::RecvTimeoutError;
    use std::thread;
    use tempfile::{TempDir, tempdir};

    /// A site whose changes are told by a thread, so that a test can wait and give up.
    struct Site {
        home: TempDir,
        told: Receiver<Vec<PathBuf>>,
    }

    impl Site {
        fn watched(watch: impl FnOnce(&[PathBuf]) -> Watcher) -> Self {
            let home = tempdir().unwrap();
            write(&home.path().join("content/a.md"), b"1").unwrap();
            write(&home.path().join("site.toml"), b"1").unwrap();
            let roots = ["content", "deep/static", "site.toml"].map(|name| home.path().join(name));
            let watcher = watch(&roots);
            let (sender, told) = channel();
            thread::spawn(move || watcher.take_while(|changed| sender.send(changed.clone()).is_ok()).count());
            Self { home, told }
        }

        fn new() -> Self {
            Self::watched(|roots| Watcher::new(roots, &[]).unwrap())
        }

        fn write(&self, name: &str) {
            write(&self.home.path().join(name), name.as_bytes()).unwrap();
        }

        /// Wait until a path is told.
        fn hears(&self, name: &str) -> bool {
            let path = resolve(&self.home.path().join(name));
            loop {
                match self.told.recv_timeout(Duration::from_secs(10)) {
                    Ok(changed) if changed.contains(&path) => return true,
                    Ok(_) => {}
                    Err(_) => return false,
                }
            }
        }

        fn hears_nothing(&self) -> bool {
            self.told.recv_timeout(Duration::from_millis(150)) == Err(RecvTimeoutError::Timeout)
        }
    }

    #[test]
    fn a_saved_file_is_told_once() {
        let site = Site::new();
        site.write("content/a.md");
        site.write("content/a.md");
        assert!(site.hears("content/a.md"));
        assert!(site.hears_nothing());
    }

    #[test]
    fn reading_leftovers_and_other_files_are_not_told() {
        let site = Site::new();
        read(site.home.path(), "content/a.md").unwrap();
        fs::read_dir(site.home.path().join("content")).unwrap().count();
        site.write("content/.a.md.swp");
        site.write("public/index.html");
        assert!(site.hears_nothing());
    }

    #[test]
    fn a_settings_file_that_is_replaced_goes_on_being_told() {
        let site = Site::new();
        for _ in 0..3 {
            site.write("site.toml");
            assert!(site.hears("site.toml"));
        }
        remove(&site.home.path().join("site.toml")).unwrap();
        assert!(site.hears("site.toml"));
    }

    #[test]
    fn a_folder_that_appears_is_watched() {
        let site = Site::new();
        fs::create_dir(site.home.path().join("deep")).unwrap();
        assert!(site.hears("deep"));
        site.write("deep/static/x.css");
        assert!(site.hears("deep/static"));
        site.write("deep/static/y/z.css");
        assert!(site.hears("deep/static/y"));
        site.write("deep/static/y/z.css");
        assert!(site.hears("deep/static/y/z.css"));
    }

    #[test]
    fn a_folder_that_is_replaced_is_watched_again() {
        let site = Site::new();
        fs::rename(site.home.path().join("content"), site.home.path().join("elsewhere")).unwrap();
        assert!(site.hears("content"));
        site.write("content/b.md");
        assert!(site.hears("content"));
        site.write("content/c.md");
        assert!(site.hears("content/c.md"));
    }

    #[test]
    fn where_the_system_cannot_tell_folders_are_looked_at() {
        let site = Site::watched(|roots| {
            let filter = Filter { roots: roots.iter().map(|root| resolve(root)).collect(), ignored: vec![] };
            let often = Config::default().with_poll_interval(Duration::from_millis(20));
            Watcher::start::<PollWatcher>(&filter, often).unwrap()
        });
        site.write("content/new.md");
        assert!(site.hears("content/new.md"));
        site.write("content/.hidden");
        assert!(site.hears_nothing(), "the folder's own time does not count");
    }

    #[cfg(unix)]
    #[test]
    fn a_circle_of_links_is_watched_all_the_same() {
        let home = tempdir().unwrap();
        let content = home.path().join("content");
        fs::create_dir(&content).unwrap();
        std::os::unix::fs::symlink("..", content.join("up")).unwrap();
        let mut watcher = Watcher::new(std::slice::from_ref(&content), &[]).unwrap();
        write(&content.join("a.md"), b"1").unwrap();
        // seen as content/a.md or as content/up/content/a.md
        assert!(watcher.next().unwrap().iter().any(|path| path.ends_with("content/a.md")));
    }
}
