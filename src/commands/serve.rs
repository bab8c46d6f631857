//! `wenzhai serve`: a live preview, and the desk where pages are corrected.
//!
//! 1. load the metadata of the site into memory; only import and the desk write files
//! 2. serve it on this machine: a page is rendered when a browser requests it
//! 3. summarise the pages for the desk's queue, on a thread of its own
//! 4. wait for changes of content, templates, static files or site.toml; update the model; reload the open pages
//!
//! Errors are shown in the terminal and in the browser, over the last good pages, until they are corrected.

use crate::commands::build::import_summary;
use crate::commands::outcome::Outcome;
use crate::desk::desk::Desk;
use crate::desk::queue::Queue;
use crate::diagnostics::code::{Code, Severity};
use crate::diagnostics::diagnostic::Diagnostic;
use crate::diagnostics::error::{Error, Result};
use crate::diagnostics::message::Message;
use crate::io::clock::Stopwatch;
use crate::io::fs::path::resolve;
use crate::io::process;
use crate::io::terminal;
use crate::message;
use crate::pipeline::options::BuildOptions;
use crate::preview::current_site::CurrentSite;
use crate::preview::desk::access::Token;
use crate::preview::desk::events::DeskEvents;
use crate::preview::desk::http::{ServedDesk, start_address};
use crate::preview::desk::queue_worker::QueueWorker;
use crate::preview::desk::running;
use crate::preview::http::{self, MountedRoutes, Server};
use crate::preview::listener::Listener;
use crate::preview::live_reload::LiveReload;
use crate::preview::model::{PreviewModel, Update};
use crate::preview::watcher::Watcher;
use crate::project::{CONTENT, PUBLIC, SETTINGS, STATICS, TEMPLATES};
use crate::site::addresses::address::base_path;
use std::cell::RefCell;
use std::collections::BTreeSet;
use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// What is served, and where.
#[derive(Debug, Clone)]
pub(crate) struct ServeRequest {
    pub(crate) address: SocketAddr,
    /// what a browser is opened for
    pub(crate) open: Option<Opened>,
    /// the token of the desk's address; by default a new one where only this machine is served, and no desk elsewhere
    pub(crate) desk_token: Option<String>,
}

/// What a browser is opened for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Opened {
    Site,
    Desk,
}

/// Serves the site at `root` until the process is stopped. Errors after the first load are shown, and the next change is awaited.
pub(crate) fn run(root: &Path, request: &ServeRequest, options: &BuildOptions) -> Result<Outcome> {
    run_at(root, request, options, || Listener::bind(request.address))
}

/// [`run`] at an address at which this process may listen already.
pub(crate) fn run_at(
    root: &Path,
    request: &ServeRequest,
    options: &BuildOptions,
    listen: impl FnOnce() -> Result<Listener>,
) -> Result<Outcome> {
    let token = desk_token(request)?;
    let live = LiveReload::default();
    let desk = Arc::new(Desk::new(&resolve(root)));
    let queue = Arc::new(Queue::new(desk.pages.clone()));
    let changes = DeskEvents::default();
    let watcher = Watcher::new(&watched(root), &[root.join(PUBLIC), root.join("target")])?;
    let written = watcher.written_files(&resolve(root));
    let watch = Stopwatch::start();
    let first = Arc::new(PreviewModel::first(root, options)?);
    let site = Arc::new(CurrentSite::new(first.clone(), live.clone()));
    let served = |address: SocketAddr| {
        let (desk, queue, site, changes) = (desk.clone(), queue.clone(), site.clone(), changes.clone());
        let served = |token| ServedDesk { desk, queue, token, site, changes, written, port: address.port() };
        token.clone().map(|token| Arc::new(served(token)) as Arc<dyn MountedRoutes>)
    };
    let server = http::serve(listen()?, base_path(first.base_url()), site.clone(), live.clone(), served)?;
    announce(root, &server, token.as_ref(), request.open);
    let worker = token.is_some().then(|| QueueWorker::start(queue.clone(), changes.clone()));
    let unseen = RefCell::default();
    let preview = PreviewSession { root: resolve(root), options, site, live, unseen };
    preview.put(&first, first.trial(None));
    terminal::print_status(&message!(
        "{articles} articles, {pages} pages, in {time}",
        articles = first.articles(),
        pages = first.pages(),
        time = watch.elapsed()
    ));
    for changed in watcher {
        // the queue waits until the preview is made
        worker.iter().for_each(QueueWorker::look_again);
        // the desk tells of what it writes by itself
        if preview.update(&changed) {
            preview.site.models().latest.recorded().iter().for_each(|recorded| desk.pages.know_record(recorded));
            changes.send();
            worker.iter().for_each(QueueWorker::look_again);
        }
    }
    Ok(Outcome::default())
}

/// The token of the desk; none where there is no desk.
fn desk_token(request: &ServeRequest) -> Result<Option<Token>> {
    match &request.desk_token {
        Some(chosen) => Token::chosen(chosen).map(Some).map_err(|problem| {
            let diagnostic =
                Diagnostic::new(Code::BadToken, message!("--desk-token cannot be used: {problem}", problem));
            Error::configuration(
                diagnostic.hint(message!("leave it out on this machine: a token is made for each start")),
            )
        }),
        None if request.address.ip().is_loopback() => Ok(Token::random()),
        None => Ok(None),
    }
}

/// Tells the addresses, and opens a browser where that is asked for.
fn announce(root: &Path, server: &Server, token: Option<&Token>, open: Option<Opened>) {
    let (site, desk) = (server.url(), token.map(|token| start_address(&server.url(), token)));
    // whoever has read the address may start a second one at once, and that has to find this one
    desk.iter().for_each(|desk| running::note(root, desk));
    terminal::print_status(&message!("serving {site} (stop with Ctrl-C)", site));
    match &desk {
        Some(desk) => terminal::print_status(&message!("the desk: {desk}", desk)),
        None => {
            terminal::print_status(&message!(
                "without the desk, since other machines reach this address: --desk-token opens it"
            ));
        }
    }
    let opened = match open {
        Some(Opened::Desk) => desk.or(Some(site)),
        Some(Opened::Site) => Some(site),
        None => None,
    };
    if let Some(Err(diagnostic)) = opened.map(|url| process::open_browser(&url)) {
        terminal::print_diagnostics(&[diagnostic]);
    }
}

fn watched(root: &Path) -> Vec<PathBuf> {
    [CONTENT, TEMPLATES, STATICS, SETTINGS].iter().map(|name| root.join(name)).collect()
}

/// A running preview.
struct PreviewSession<'a> {
    root: PathBuf,
    options: &'a BuildOptions,
    site: Arc<CurrentSite>,
    live: LiveReload,
    /// the names of changes that no model could be made of yet
    unseen: RefCell<BTreeSet<String>>,
}

impl PreviewSession<'_> {
    /// Updates the model after changes on disk, and informs the terminal and the browser. False where nothing has changed.
    fn update(&self, changed: &[PathBuf]) -> bool {
        let watch = Stopwatch::start();
        let mut names: BTreeSet<String> = changed.iter().map(|path| self.name(path)).collect();
        names.append(&mut self.unseen.borrow_mut());
        let models = self.site.models();
        // While the site has errors a changed text may be what corrects one: then everything is checked again.
        let is_good = models.good.is_none();
        match models.latest.after(&names, self.options) {
            Ok(Update::Unchanged) => return false,
            Ok(Update::Texts(model)) if is_good => self.show_texts(Arc::new(*model), &names, watch),
            Ok(Update::Texts(_)) => self.load_again(&names, watch),
            Ok(Update::Rebuilt(model)) => self.show(*model, &names, watch),
            Err(error) => self.keep_for_later(&error, names),
        }
        true
    }

    /// Shows a model in which nothing but texts changed: there is nothing new to report.
    fn show_texts(&self, model: Arc<PreviewModel>, names: &BTreeSet<String>, watch: Stopwatch) {
        self.site.replace(model.clone(), true);
        self.live.clear_error();
        self.live.reload();
        print_change(names, &model, watch);
    }

    fn load_again(&self, names: &BTreeSet<String>, watch: Stopwatch) {
        match PreviewModel::first(&self.root, self.options) {
            Ok(model) => self.show(model, names, watch),
            Err(error) => self.keep_for_later(&error, names.clone()),
        }
    }

    /// Shows why no model could be made of changes, which the next one is made of as well.
    fn keep_for_later(&self, error: &Error, names: BTreeSet<String>) {
        terminal::print_error(error);
        self.live.show_error(error.render(terminal::language(), false));
        self.unseen.replace(names);
    }

    fn show(&self, model: PreviewModel, names: &BTreeSet<String>, watch: Stopwatch) {
        let model = Arc::new(model);
        // The model may hold changes whose events are yet to come, so the names of this change do not tell.
        let models = self.site.models();
        // what the latest model was not without mistakes in is tried again
        let before = models.good.is_none().then_some(&*models.latest);
        self.put(&model, model.trial(before));
        match names.iter().all(|name| name.starts_with(STATICS) && name.ends_with(".css")) {
            true => self.live.restyle(),
            false => self.live.reload(),
        }
        print_change(names, &model, watch);
    }

    /// Replaces the latest model and prints its diagnostics; the errors among them are shown in the browser.
    fn put(&self, model: &Arc<PreviewModel>, trial: Vec<Diagnostic>) {
        if let Some(line) = import_summary(model.imported()) {
            terminal::print_status(&line);
        }
        let diagnostics = [model.diagnostics(), trial].concat();
        terminal::print_diagnostics(&diagnostics);
        let errors = diagnostics.iter().filter(|diagnostic| diagnostic.severity() == Severity::Error);
        let rendered: Vec<String> = errors.map(|diagnostic| diagnostic.render(terminal::language(), false)).collect();
        // from here on no page of the model before can show an error of its own
        self.site.replace(model.clone(), rendered.is_empty());
        match rendered.as_slice() {
            [] => self.live.clear_error(),
            rendered => self.live.show_error(rendered.join("\n\n")),
        }
    }

    /// The path below the root, with `/`.
    fn name(&self, path: &Path) -> String {
        path.strip_prefix(&self.root).unwrap_or(path).to_string_lossy().replace('\\', "/")
    }
}

fn print_change(names: &BTreeSet<String>, model: &PreviewModel, watch: Stopwatch) {
    let first = names.first().map_or("", String::as_str);
    let changed = match names.len() {
        0 | 1 => Message::verbatim(first),
        several => message!("{first} and {more} more", first, more = several - 1),
    };
    let (articles, pages) = (model.articles(), model.pages());
    terminal::print_status(&message!(
        "changed: {changed}; {articles} articles, {pages} pages, in {time}",
        changed,
        articles,
        pages,
        time = watch.elapsed()
    ));
}
