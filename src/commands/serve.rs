//! `wenzhai serve`: a live preview.
//!
//! 1. take the site into memory, as far as its metadata go; nothing is written but what import writes
//! 2. serve it on this machine: a page is rendered when a browser asks for it
//! 3. wait for a change of content, templates, static files or site.toml; take in what changed; have the browser ask again
//!
//! What is wrong shows in the terminal and in the browser, over the last good pages, until it is mended.

use crate::commands::build::imported_line;
use crate::commands::outcome::Outcome;
use crate::diagnostics::code::Severity;
use crate::diagnostics::diagnostic::Diagnostic;
use crate::diagnostics::error::Result;
use crate::io::clock::Stopwatch;
use crate::io::fs::path::resolve;
use crate::io::process;
use crate::io::terminal;
use crate::pipeline::options::BuildOptions;
use crate::preview::http;
use crate::preview::live_reload::LiveReload;
use crate::preview::model::{PreviewModel, Update};
use crate::preview::snapshot::{Preview, PreviewFile};
use crate::preview::watch::watcher::Watcher;
use crate::project::{CONTENT, PUBLIC, SETTINGS, STATICS, TEMPLATES};
use crate::site::address::base_path;
use crate::util::sync::lock;
use std::collections::{BTreeMap, BTreeSet};
use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError, RwLock};

/// Pages whose last good bytes are kept for the moment in which they cannot be rendered.
const SEEN: usize = 64;

/// The site as it is now.
#[derive(Debug)]
struct Shown {
    now: RwLock<States>,
    /// the last good bytes of pages that somebody looks at
    seen: Mutex<BTreeMap<String, Vec<u8>>>,
    live: LiveReload,
}

#[derive(Debug, Clone)]
struct States {
    now: Arc<PreviewModel>,
    /// the last one without errors, where the one of now has some
    good: Option<Arc<PreviewModel>>,
}

impl Preview for Shown {
    fn answer(&self, path: &str) -> Option<PreviewFile> {
        self.bytes(path).map(|bytes| PreviewFile::file(path, bytes))
    }

    fn not_found(&self) -> PreviewFile {
        self.answer("404.html")
            .unwrap_or_else(|| PreviewFile::file("404.html", b"<!doctype html><title>404</title>".to_vec()))
    }
}

impl Shown {
    fn new(first: Arc<PreviewModel>, live: LiveReload) -> Self {
        Self { now: RwLock::new(States { now: first, good: None }), seen: Mutex::default(), live }
    }

    fn states(&self) -> States {
        self.now.read().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// The file as it is; as it last was, where it cannot be made or is missing because something is wrong.
    fn bytes(&self, path: &str) -> Option<Vec<u8>> {
        let states = self.states();
        match states.now.file(path) {
            Some(Ok(bytes)) => {
                self.remember(path, &bytes);
                Some(bytes)
            }
            Some(Err(diagnostic)) => {
                self.live.show_error(diagnostic.render(false));
                self.last_good(path, &states)
            }
            None if states.good.is_some() => self.last_good(path, &states),
            None => None,
        }
    }

    fn last_good(&self, path: &str, states: &States) -> Option<Vec<u8>> {
        let seen = lock(&self.seen).get(path).cloned();
        seen.or_else(|| states.good.as_ref()?.file(path)?.ok())
    }

    fn remember(&self, path: &str, bytes: &[u8]) {
        if path.ends_with(".html") {
            let mut seen = lock(&self.seen);
            if seen.len() >= SEEN && !seen.contains_key(path) {
                seen.clear();
            }
            seen.insert(path.to_owned(), bytes.to_vec());
        }
    }

    fn show(&self, model: Arc<PreviewModel>, is_good: bool) {
        let mut states = self.now.write().unwrap_or_else(PoisonError::into_inner);
        let good = if is_good { None } else { states.good.take().or(Some(states.now.clone())) };
        *states = States { now: model, good };
    }
}

/// Serves the site at `root` until the process is ended.
///
/// # Errors
/// A configuration error where there is no site at all; what the socket or the watcher refuses. What goes wrong later is
/// shown, and the next change is taken in again.
pub(crate) fn run(root: &Path, address: SocketAddr, open: bool, options: &BuildOptions) -> Result<Outcome> {
    let live = LiveReload::new();
    let watcher = Watcher::new(&watched(root), &[root.join(PUBLIC), root.join("target")])?;
    let watch = Stopwatch::start();
    // a site that cannot be taken in at all says so at once; later it is forgiven
    let first = Arc::new(PreviewModel::first(root, options)?);
    let shown = Arc::new(Shown::new(first.clone(), live.clone()));
    let server = http::serve(address, base_path(first.base_url()), shown.clone(), live.clone())?;
    terminal::print_status(&format!("serving {} (stop with Ctrl-C)", server.url()));
    if open && let Err(diagnostic) = process::open_browser(&server.url()) {
        terminal::print_diagnostics(&[diagnostic]);
    }
    let preview = Previewing { root: resolve(root), options, shown, live };
    let errors = preview.tell(&first, first.trial());
    preview.shown.show(first.clone(), errors.is_empty());
    terminal::print_status(&format!("{} articles, {} pages, in {}", first.articles(), first.pages(), watch.elapsed()));
    for changed in watcher {
        preview.take_in(&changed);
    }
    Ok(Outcome::default())
}

fn watched(root: &Path) -> Vec<PathBuf> {
    [CONTENT, TEMPLATES, STATICS, SETTINGS].iter().map(|name| root.join(name)).collect()
}

/// A preview under way.
struct Previewing<'a> {
    root: PathBuf,
    options: &'a BuildOptions,
    shown: Arc<Shown>,
    live: LiveReload,
}

impl Previewing<'_> {
    /// Takes in what changed, and tells the terminal and the browser of it.
    fn take_in(&self, changed: &[PathBuf]) {
        let watch = Stopwatch::start();
        let names: BTreeSet<String> = changed.iter().map(|path| self.name(path)).collect();
        let was = self.shown.states();
        // a page that could not be rendered may be so because of a body
        let is_good = was.good.is_none();
        match was.now.after(&names, self.options) {
            Ok(Update::Unchanged) => {}
            Ok(Update::Texts(model)) if is_good => self.take_texts(Arc::new(*model), &names, watch),
            Ok(Update::Texts(_)) => self.take_in_all(&names, watch),
            Ok(Update::Rebuilt(model)) => self.take(*model, &names, watch),
            Err(error) => {
                terminal::print_error(&error);
                self.live.show_error(error.render(false));
            }
        }
    }

    /// What was told of the site still holds.
    fn take_texts(&self, model: Arc<PreviewModel>, names: &BTreeSet<String>, watch: Stopwatch) {
        self.shown.show(model.clone(), true);
        self.live.clear_error();
        self.live.reload();
        self.tell_line(names, &model, watch);
    }

    fn take_in_all(&self, names: &BTreeSet<String>, watch: Stopwatch) {
        match PreviewModel::first(&self.root, self.options) {
            Ok(model) => self.take(model, names, watch),
            Err(error) => {
                terminal::print_error(&error);
                self.live.show_error(error.render(false));
            }
        }
    }

    fn take(&self, model: PreviewModel, names: &BTreeSet<String>, watch: Stopwatch) {
        let model = Arc::new(model);
        let is_look = |name: &String| [TEMPLATES, SETTINGS].iter().any(|look| name.starts_with(look));
        let trial =
            if names.iter().any(is_look) || self.shown.states().good.is_some() { model.trial() } else { vec![] };
        let errors = self.tell(&model, trial);
        self.shown.show(model.clone(), errors.is_empty());
        match names.iter().all(|name| name.starts_with(STATICS) && name.ends_with(".css")) {
            true => self.live.restyle(),
            false => self.live.reload(),
        }
        self.tell_line(names, &model, watch);
    }

    /// Findings, to the terminal and, where they are errors, to the browser; those are returned.
    fn tell(&self, model: &PreviewModel, trial: Vec<Diagnostic>) -> Vec<Diagnostic> {
        if let Some(line) = imported_line(model.imported()) {
            terminal::print_status(&line);
        }
        let diagnostics = [model.notes(), trial].concat();
        terminal::print_diagnostics(&diagnostics);
        let errors: Vec<Diagnostic> =
            diagnostics.into_iter().filter(|diagnostic| diagnostic.severity() == Severity::Error).collect();
        match errors.as_slice() {
            [] => self.live.clear_error(),
            some => {
                self.live.show_error(
                    some.iter().map(|diagnostic| diagnostic.render(false)).collect::<Vec<_>>().join("\n\n"),
                );
            }
        }
        errors
    }

    fn tell_line(&self, names: &BTreeSet<String>, model: &PreviewModel, watch: Stopwatch) {
        let first = names.first().map_or("", String::as_str);
        let more = if names.len() > 1 { format!(" and {} more", names.len() - 1) } else { String::new() };
        let (articles, pages) = (model.articles(), model.pages());
        terminal::print_status(&format!(
            "changed: {first}{more}; {articles} articles, {pages} pages, in {}",
            watch.elapsed()
        ));
    }

    fn name(&self, path: &Path) -> String {
        path.strip_prefix(&self.root).unwrap_or(path).to_string_lossy().replace('\\', "/")
    }
}
