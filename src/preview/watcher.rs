//! The file watcher: an iterator over changes on disk.
//!
//! 1. every watched folder is watched with its content, and every watched path through the folder above it as well, so that
//!    it may appear, vanish and be replaced
//! 2. the folders that links lead to are watched as well ([`link_map`](crate::preview::link_map))
//! 3. the system's events are filtered; where the system has none, folders are polled twice a second
//! 4. changes are debounced: a series of events is reported once

use crate::diagnostics::code::Code;
use crate::diagnostics::diagnostic::Diagnostic;
use crate::diagnostics::error::library_reason;
use crate::diagnostics::error::{Error, Result};
use crate::io::fs::path::resolve;
use crate::message;
use crate::preview::file_events::{Changes, Filter, MAX_DELAY, QUIET, debounce};
use crate::preview::link_map::{LinkMap, LinkedFolder};
use crate::util::sync::lock;
use notify::{Config, Event, PollWatcher, RecommendedWatcher, RecursiveMode, Watcher as Backend};
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::sync::mpsc::{Receiver, Sender, channel};
use std::sync::{Arc, Mutex};
use std::time::Duration;

const POLL_INTERVAL: Duration = Duration::from_millis(500);

/// An iterator over changes: each step waits for one and returns the changed paths, sorted and absolute. Of a folder that appeared
/// or vanished, that may be the folder's path alone. A file behind links is reported by its paths in the watched folders.
pub(crate) struct Watcher {
    backend: Box<dyn Backend + Send>,
    roots: Vec<PathBuf>,
    links: Arc<Mutex<LinkMap>>,
    /// the folders that are watched for the sake of links
    linked: BTreeSet<LinkedFolder>,
    changes: Receiver<Changes>,
    sender: Sender<Changes>,
}

/// Tells a watcher what this program has written, so that it need not wait for the system's events and for quiet after them.
#[derive(Debug, Clone)]
pub(crate) struct WrittenFiles {
    root: PathBuf,
    sender: Sender<Changes>,
}

impl WrittenFiles {
    /// Reports a file below the root as changed, at once.
    pub(crate) fn tell(&self, file: &str) {
        // the watcher is gone where the preview ends
        let _ = self.sender.send(Changes::Done(vec![self.root.join(file)]));
    }
}

impl Watcher {
    /// Watches files and folders, whether or not they exist yet, but nothing in the `ignored` folders. Every change after this
    /// returns is reported. Error `watch` where the system neither reports events nor can be polled.
    pub(crate) fn new(paths: &[PathBuf], ignored: &[PathBuf]) -> Result<Self> {
        let filter = Filter {
            roots: paths.iter().map(|path| root(path)).collect(),
            ignored: ignored.iter().map(|path| resolve(path)).collect(),
        };
        Self::start::<RecommendedWatcher>(&filter, Config::default())
            .or_else(|_| Self::start::<PollWatcher>(&filter, Config::default().with_poll_interval(POLL_INTERVAL)))
            .map_err(watch_error)
    }

    fn start<B: Backend + Send + 'static>(filter: &Filter, config: Config) -> notify::Result<Self> {
        let (sender, changes) = channel();
        let links = Arc::<Mutex<LinkMap>>::default();
        let backend = B::new(forward(filter.clone(), links.clone(), sender.clone()), config)?;
        let (roots, linked) = (filter.roots.clone(), BTreeSet::new());
        let mut watcher = Self { backend: Box::new(backend), roots, links, linked, changes, sender };
        for root in watcher.roots.clone() {
            watcher.watch(&root)?;
        }
        watcher.watch_links(filter.roots.iter().map(PathBuf::as_path));
        Ok(watcher)
    }

    /// For those who write files below `root`, which is absolute.
    pub(crate) fn written_files(&self, root: &Path) -> WrittenFiles {
        WrittenFiles { root: root.to_owned(), sender: self.sender.clone() }
    }

    /// Watches what the links at and below these paths lead to. What cannot be watched is no reason to watch nothing.
    fn watch_links<'a>(&mut self, paths: impl Iterator<Item = &'a Path>) {
        let folders = {
            let mut links = lock(&self.links);
            paths.for_each(|path| links.add(path));
            links.folders()
        };
        for folder in folders.difference(&self.linked) {
            let mode = if folder.is_recursive { RecursiveMode::Recursive } else { RecursiveMode::NonRecursive };
            let is_watched = self.roots.iter().any(|root| folder.path.starts_with(root) && root.is_dir());
            if !is_watched {
                let _ = self.backend.watch(&folder.path, mode);
            }
        }
        self.linked = folders;
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

    /// Watches roots again that appeared or were replaced: the system watches the folder, not its name.
    fn watch_again(&mut self, changed: &BTreeSet<PathBuf>) {
        let replaced = |root: &PathBuf| changed.iter().any(|path| root.starts_with(path));
        for root in self.roots.iter().filter(|root| replaced(root)).cloned().collect::<Vec<_>>() {
            let _ = self.backend.unwatch(&root);
            // The folder above reports one that has just vanished when it appears again.
            let _ = self.watch(&root);
        }
    }
}

impl Iterator for Watcher {
    type Item = Vec<PathBuf>;

    fn next(&mut self) -> Option<Self::Item> {
        let changed = debounce(&self.changes, QUIET, MAX_DELAY)?;
        self.watch_again(&changed);
        self.watch_links(changed.iter().map(PathBuf::as_path));
        Some(changed.into_iter().collect())
    }
}

/// Sends the changed paths of the system's events. An error of the system may hide any change, so it changes all roots.
fn forward(
    filter: Filter,
    links: Arc<Mutex<LinkMap>>,
    sender: Sender<Changes>,
) -> impl FnMut(notify::Result<Event>) + Send {
    move |event| {
        let changed = match event {
            Ok(event) => filter.changed_paths(&event, Path::is_dir, |path| lock(&links).changed(path)),
            Err(_) => filter.roots.clone(),
        };
        if !changed.is_empty() {
            // The receiver is gone while the watcher is being dropped.
            let _ = sender.send(Changes::Seen(changed));
        }
    }
}

/// A watched path, absolute. A link stays one: what it leads to may change.
fn root(path: &Path) -> PathBuf {
    match path.parent().zip(path.file_name()) {
        Some((folder, name)) => resolve(folder).join(name),
        None => resolve(path),
    }
}

fn watch_error(error: notify::Error) -> Error {
    let diagnostic = Diagnostic::new(
        Code::Watch,
        message!("cannot watch the site's folders: {reason}", reason = library_reason(&error)),
    );
    Error::failure(diagnostic.hint(message!("build once with `wenzhai build` and look at the output folder instead")))
        .with_source(error)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::io::fs::file::{read, remove, write};
    use std::fs;
    use std::sync::mpsc::RecvTimeoutError;
    use std::thread;
    use tempfile::{TempDir, tempdir};

    /// A site whose changes a thread reports, so that a test can wait with a timeout.
    struct Site {
        home: TempDir,
        reported: Receiver<Vec<PathBuf>>,
    }

    impl Site {
        fn watched(watch: impl FnOnce(&[PathBuf]) -> Watcher) -> Self {
            let home = tempdir().unwrap();
            write(&home.path().join("content/a.md"), b"1").unwrap();
            write(&home.path().join("site.toml"), b"1").unwrap();
            let roots = ["content", "deep/static", "site.toml"].map(|name| home.path().join(name));
            let watcher = watch(&roots);
            let (sender, reported) = channel();
            thread::spawn(move || watcher.take_while(|changed| sender.send(changed.clone()).is_ok()).count());
            Self { home, reported }
        }

        fn new() -> Self {
            Self::watched(|roots| Watcher::new(roots, &[]).unwrap())
        }

        fn write(&self, name: &str) {
            write(&self.home.path().join(name), name.as_bytes()).unwrap();
        }

        /// Waits until a path is reported.
        fn reports(&self, name: &str) -> bool {
            let path = resolve(&self.home.path().join(name));
            loop {
                match self.reported.recv_timeout(Duration::from_secs(10)) {
                    Ok(changed) if changed.contains(&path) => return true,
                    Ok(_) => {}
                    Err(_) => return false,
                }
            }
        }

        fn reports_nothing(&self) -> bool {
            self.reported.recv_timeout(Duration::from_millis(150)) == Err(RecvTimeoutError::Timeout)
        }
    }

    #[test]
    fn a_saved_file_is_reported_once() {
        let site = Site::new();
        site.write("content/a.md");
        site.write("content/a.md");
        assert!(site.reports("content/a.md"));
        assert!(site.reports_nothing());
    }

    #[test]
    fn reads_leftovers_and_other_files_are_not_reported() {
        let site = Site::new();
        read(site.home.path(), "content/a.md").unwrap();
        fs::read_dir(site.home.path().join("content")).unwrap().count();
        site.write("content/.a.md.swp");
        site.write("public/index.html");
        assert!(site.reports_nothing());
    }

    #[test]
    fn a_replaced_settings_file_is_still_reported() {
        let site = Site::new();
        for _ in 0..3 {
            site.write("site.toml");
            assert!(site.reports("site.toml"));
        }
        remove(&site.home.path().join("site.toml")).unwrap();
        assert!(site.reports("site.toml"));
    }

    #[test]
    fn a_folder_that_appears_is_watched() {
        let site = Site::new();
        fs::create_dir(site.home.path().join("deep")).unwrap();
        assert!(site.reports("deep"));
        site.write("deep/static/x.css");
        assert!(site.reports("deep/static"));
        site.write("deep/static/y/z.css");
        assert!(site.reports("deep/static/y"));
        site.write("deep/static/y/z.css");
        assert!(site.reports("deep/static/y/z.css"));
    }

    #[test]
    fn a_folder_that_is_replaced_is_watched_again() {
        let site = Site::new();
        fs::rename(site.home.path().join("content"), site.home.path().join("elsewhere")).unwrap();
        assert!(site.reports("content"));
        site.write("content/b.md");
        assert!(site.reports("content"));
        site.write("content/c.md");
        assert!(site.reports("content/c.md"));
    }

    #[test]
    fn folders_are_polled_where_the_system_has_no_events() {
        let site = Site::watched(|roots| {
            let filter = Filter { roots: roots.iter().map(|root| resolve(root)).collect(), ignored: vec![] };
            let often = Config::default().with_poll_interval(Duration::from_millis(20));
            Watcher::start::<PollWatcher>(&filter, often).unwrap()
        });
        site.write("content/new.md");
        assert!(site.reports("content/new.md"));
        site.write("content/.hidden");
        assert!(site.reports_nothing(), "the time of the folder is ignored");
    }

    #[cfg(unix)]
    #[test]
    fn a_cycle_of_links_can_be_watched() {
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
