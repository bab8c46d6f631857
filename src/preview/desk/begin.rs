//! The page that begins a site where a folder holds none, for those who have never opened a terminal.
//!
//! 1. tells in which folders a site can be begun, and which sites are there to be opened
//! 2. has one begun or opened where the user asks for it, once
//! 3. ends: the desk is served at the same address with the same token, and the page, which waits for it, leads there
//!
//! Who may do this is decided as for the desk itself ([`Token::check`]).

use crate::diagnostics::code::Code;
use crate::diagnostics::diagnostic::Diagnostic;
use crate::diagnostics::error::{Error, Result};
use crate::message;
use crate::preview::desk::access::Token;
use crate::preview::desk::assets::asset;
use crate::preview::desk::http::{BASE, admit, error, file, guarded, json_response, start_address, with_status};
use crate::preview::http::{self, MountedRoutes};
use crate::preview::listener::Listener;
use crate::preview::live_reload::LiveReload;
use crate::preview::resolve::PreviewFiles;
use crate::util::sync::lock;
use axum::body::to_bytes;
use axum::extract::Request;
use axum::http::{Method, StatusCode};
use axum::response::Response;
use serde::{Deserialize, Serialize};
use serde_json::json;
use std::path::PathBuf;
use std::pin::Pin;
use std::sync::mpsc::{Sender, channel};
use std::sync::{Arc, Mutex};

/// Bytes of a request.
const MAX_BODY: usize = 64 << 10;

/// What can be done where there is no site; the folders are known to the implementor alone.
pub(crate) trait Beginnings: Send + Sync {
    fn offer(&self) -> Offer;
    /// Begins a site.
    ///
    /// # Errors
    /// Why none was begun.
    fn begin(&self, wanted: &NewSite) -> Result<ChosenSite, NotBegun>;
    /// Finds a site that is there already.
    ///
    /// # Errors
    /// Why it cannot be opened.
    fn open(&self, wanted: &ExistingSite) -> Result<ChosenSite, NotBegun>;
}

/// What the page offers.
#[derive(Debug, Serialize)]
pub(crate) struct Offer {
    /// where a site can be begun; never empty
    pub(crate) places: Vec<Place>,
    /// the title that a new site has where the user gives no other
    pub(crate) title: String,
    /// why the desk of each site that was chosen before could not be served
    pub(crate) failed: Vec<String>,
}

/// A folder in which a site can be begun: in itself, or in a new folder below it.
#[derive(Debug, Serialize)]
pub(crate) struct Place {
    /// the whole path
    pub(crate) folder: String,
    /// it is the user's own folder
    pub(crate) home: bool,
    /// it holds nothing, so that a site in it mixes with nothing
    pub(crate) empty: bool,
    /// the sites in folders below it
    pub(crate) sites: Vec<FoundSite>,
}

#[derive(Debug, Serialize)]
pub(crate) struct FoundSite {
    /// the name of its folder
    pub(crate) name: String,
    pub(crate) title: String,
}

/// A site that the user wants to begin.
#[derive(Debug, Deserialize)]
pub(crate) struct NewSite {
    /// index of a [`Place`]
    pub(crate) place: usize,
    /// of a new folder; empty: the place itself
    pub(crate) name: String,
    pub(crate) title: String,
    /// the language of the interface, as a tag
    pub(crate) lang: String,
}

/// A [`FoundSite`] that the user wants to open.
#[derive(Debug, Deserialize)]
pub(crate) struct ExistingSite {
    /// index of its [`Place`]
    pub(crate) place: usize,
    pub(crate) name: String,
}

/// The site that the user chose.
#[derive(Debug)]
pub(crate) struct ChosenSite {
    pub(crate) root: PathBuf,
    /// the start address of its desk, where that runs already
    pub(crate) running: Option<String>,
}

/// Why no site was begun or opened. The page has the sentences.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum NotBegun {
    /// there is no such place or site any more
    Gone,
    /// no folder can have this name
    BadName,
    /// something has this name already
    Taken,
    BadTitle,
    /// what the system says
    Failed(String),
}

impl NotBegun {
    fn code(&self) -> &'static str {
        match self {
            Self::Gone => "gone",
            Self::BadName => "bad-name",
            Self::Taken => "taken",
            Self::BadTitle => "bad-title",
            Self::Failed(_) => "failed",
        }
    }
}

/// Serves the page until the user has chosen a site. `ready` is given its address.
///
/// # Errors
/// As [`http::serve`].
pub(crate) fn choose_site(
    listener: Listener,
    token: Token,
    beginnings: Arc<dyn Beginnings>,
    ready: impl FnOnce(&str),
) -> Result<ChosenSite> {
    let (sender, chosen) = channel();
    let address = start_address(&format!("http://{}/", listener.address()), &token);
    let port = listener.address().port();
    let routes = BeginRoutes { beginnings, token, port, chosen: Mutex::new(Some(sender)) };
    let server = http::serve(listener, "", Arc::new(NoSite), LiveReload::default(), |_| Some(Arc::new(routes)))?;
    ready(&address);
    let chosen = chosen.recv();
    server.finish();
    chosen.map_err(|_| Error::failure(Diagnostic::new(Code::NoSite, message!("no site was begun"))))
}

/// The site of the preview, before there is one.
struct NoSite;

impl PreviewFiles for NoSite {
    fn file(&self, _path: &str) -> Option<Vec<u8>> {
        None
    }
}

struct BeginRoutes {
    beginnings: Arc<dyn Beginnings>,
    token: Token,
    port: u16,
    /// given the choice; `None` once there is one
    chosen: Mutex<Option<Sender<ChosenSite>>>,
}

impl BeginRoutes {
    async fn answer_checked(self: Arc<Self>, request: Request) -> Response {
        let path = match admit(&self.token, self.port, &request) {
            Ok((path, _)) => path,
            Err(answer) => return *answer,
        };
        let (parts, body) = request.into_parts();
        let Ok(body) = to_bytes(body, MAX_BODY).await else {
            return guarded(error(StatusCode::PAYLOAD_TOO_LARGE, "the request is too long", None));
        };
        let answer = tokio::task::spawn_blocking(move || self.answer(&parts.method, &path, &body)).await;
        guarded(answer.unwrap_or_else(|_| failure(&NotBegun::Failed("see the terminal".to_owned()))))
    }

    fn answer(&self, method: &Method, path: &str, body: &[u8]) -> Response {
        let is_read = method == Method::GET || method == Method::HEAD;
        match path {
            "api/begin" if method == Method::POST => {
                self.choose(serde_json::from_slice(body), |wanted| self.beginnings.begin(&wanted))
            }
            "api/open" if method == Method::POST => {
                self.choose(serde_json::from_slice(body), |wanted| self.beginnings.open(&wanted))
            }
            "api/beginnings" if is_read => json_response(&self.beginnings.offer()),
            _ => match asset(if path.is_empty() { "begin.html" } else { path }).filter(|_| is_read) {
                Some((media_type, content)) => file(media_type, content.as_bytes().to_vec()),
                None => error(StatusCode::NOT_FOUND, "there is no such page", None),
            },
        }
    }

    /// Does what a request asks for, unless another one was chosen before; the answer has the address of a desk that runs elsewhere.
    fn choose<T>(
        &self,
        wanted: serde_json::Result<T>,
        choice: impl FnOnce(T) -> Result<ChosenSite, NotBegun>,
    ) -> Response {
        let wanted = match wanted {
            Ok(wanted) => wanted,
            Err(wrong) => return error(StatusCode::BAD_REQUEST, &wrong.to_string(), None),
        };
        let mut chosen = lock(&self.chosen);
        let Some(sender) = chosen.take() else {
            return with_status(StatusCode::CONFLICT, &json!({"error": "chosen"}));
        };
        match choice(wanted) {
            Ok(site) => {
                let answer = json_response(&json!({"address": site.running}));
                // the receiver waits for as long as this server runs
                let _ = sender.send(site);
                answer
            }
            Err(refused) => {
                *chosen = Some(sender);
                failure(&refused)
            }
        }
    }
}

impl MountedRoutes for BeginRoutes {
    fn base(&self) -> &'static str {
        BASE
    }

    fn respond(self: Arc<Self>, request: Request) -> Pin<Box<dyn Future<Output = Response> + Send>> {
        Box::pin(self.answer_checked(request))
    }
}

fn failure(refused: &NotBegun) -> Response {
    let detail = if let NotBegun::Failed(detail) = refused { Some(detail) } else { None };
    with_status(StatusCode::UNPROCESSABLE_ENTITY, &json!({"error": refused.code(), "detail": detail}))
}
