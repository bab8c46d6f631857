//! `wenzhai serve`: a live preview.
//!
//! 1. build into memory; nothing is written but what import writes
//! 2. serve it on this machine
//! 3. wait for a change of content, templates, static files or site.toml; build again; have the browser reload
//!
//! What is wrong shows in the terminal and in the browser, over the last good pages, until it is mended.

use crate::base::error::Result;
use crate::base::note::{Note, Severity};
use crate::builder::building::{Builder, Options, Ready};
use crate::builder::project::{CONTENT, PUBLIC, SETTINGS, STATICS, TEMPLATES};
use crate::commands::build::imported_line;
use crate::commands::outcome::Outcome;
use crate::edge::clock::Stopwatch;
use crate::edge::http;
use crate::edge::live::Live;
use crate::edge::preview::{Answer, Preview};
use crate::edge::watch::Watcher;
use crate::edge::{process, terminal};
use crate::site::address::path_of;
use std::collections::BTreeMap;
use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::sync::{Arc, PoisonError, RwLock};

type Files = BTreeMap<String, Vec<u8>>;

/// The site as it was last built.
#[derive(Debug, Default)]
struct Shown {
    files: RwLock<Files>,
}

impl Preview for Shown {
    fn answer(&self, path: &str) -> Option<Answer> {
        let files = self.files.read().unwrap_or_else(PoisonError::into_inner);
        files.get(path).map(|bytes| Answer::file(path, bytes.clone()))
    }

    fn not_found(&self) -> Answer {
        self.answer("404.html")
            .unwrap_or_else(|| Answer::file("404.html", b"<!doctype html><title>404</title>".to_vec()))
    }
}

impl Shown {
    /// Shows a new build. Where it has errors, pages that it lacks stay as they were. Tells whether anything changed.
    fn show(&self, mut files: Files, whole: bool) -> bool {
        let mut shown = self.files.write().unwrap_or_else(PoisonError::into_inner);
        if !whole {
            for (path, bytes) in shown.iter() {
                files.entry(path.clone()).or_insert_with(|| bytes.clone());
            }
        }
        let changed = *shown != files;
        *shown = files;
        changed
    }
}

/// Serves the site at `root` until the process is ended.
///
/// # Errors
/// A configuration error where there is no site at all; what the socket or the watcher refuses. What goes wrong in a build
/// is shown, and the next change builds again.
pub fn run(root: &Path, address: SocketAddr, open: bool, options: &Options) -> Result<Outcome> {
    let (shown, live) = (Arc::new(Shown::default()), Live::new());
    let builder = Builder::new(root);
    let watcher = Watcher::new(&watched(root), &[root.join(PUBLIC), root.join("target")])?;
    let watch = Stopwatch::start();
    // a site that cannot be built at all says so at once; every later build is forgiven
    let first = builder.prepare(options)?;
    let base = first.site.config.base_url.clone();
    show(&builder, Ok(first), watch, &shown, &live);
    let server = http::serve(address, path_of(&base), shown.clone(), live.clone())?;
    terminal::tell(&format!("serving {} (stop with Ctrl-C)", server.url()));
    if open && let Err(note) = process::open_browser(&server.url()) {
        terminal::tell_notes(&[note]);
    }
    for changed in watcher {
        if let Some(path) = changed.first() {
            terminal::tell(&format!("changed: {}", told(root, path, changed.len())));
        }
        let watch = Stopwatch::start();
        let ready = builder.prepare(options);
        show(&builder, ready, watch, &shown, &live);
    }
    Ok(Outcome::default())
}

fn watched(root: &Path) -> Vec<PathBuf> {
    [CONTENT, TEMPLATES, STATICS, SETTINGS].iter().map(|name| root.join(name)).collect()
}

fn told(root: &Path, path: &Path, count: usize) -> String {
    let name = path.strip_prefix(root).unwrap_or(path).display().to_string();
    if count > 1 { format!("{name} and {} more", count - 1) } else { name }
}

/// Renders one build, and tells the terminal and the browser of it.
fn show(builder: &Builder, ready: Result<Ready>, watch: Stopwatch, shown: &Shown, live: &Live) {
    let built = ready.and_then(|mut ready| {
        let files = builder.render_to_memory(&mut ready)?;
        Ok((ready, files))
    });
    match built {
        Ok((ready, files)) => {
            if let Some(line) = imported_line(&ready.imported) {
                terminal::tell(&line);
            }
            let notes = [ready.imported.notes, ready.notes].concat();
            terminal::tell_notes(&notes);
            let errors: Vec<&Note> = notes.iter().filter(|note| note.severity == Severity::Error).collect();
            let changed = shown.show(files, errors.is_empty());
            match errors.as_slice() {
                [] => live.clear_error(),
                some => live.show_error(some.iter().map(|note| note.render(false)).collect::<Vec<_>>().join("\n\n")),
            }
            if changed {
                live.reload();
            }
            let (articles, pages) = (ready.site.library.entries.len(), ready.site.pages.len());
            terminal::tell(&format!("{articles} articles, {pages} pages, in {}", watch.elapsed()));
        }
        Err(error) => {
            terminal::tell_error(&error);
            live.show_error(error.to_string());
        }
    }
}
