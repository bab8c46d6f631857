//! The desk over HTTP, below `/__wenzhai/desk/`.
//!
//! 1. the start address, with the token, sets the cookie
//! 2. every other request is checked ([`Token::check`])
//! 3. pages and scripts of the desk; `api/…`: JSON in and out

use crate::desk::desk::{ActRequest, AdoptRequest, Desk, StepRequest};
use crate::desk::error::{DeskError, DeskResult};
use crate::desk::history::Change;
use crate::desk::intake::{receive, receive_text};
use crate::desk::page_state::sidecar_path;
use crate::desk::page_view::PreviewedSite;
use crate::desk::queue::Queue;
use crate::diagnostics::diagnostic::Diagnostic;
use crate::io::terminal;
use crate::preview::current_site::CurrentSite;
use crate::preview::desk::access::{Denied, Token};
use crate::preview::desk::assets::asset;
use crate::preview::desk::events::DeskEvents;
use crate::preview::desk::findings::finding_groups;
use crate::preview::desk::messages::{Key, message};
use crate::preview::desk::publishing;
use crate::preview::http::MountedRoutes;
use crate::preview::watcher::WrittenFiles;
use axum::body::{Body, to_bytes};
use axum::extract::Request;
use axum::http::header::{
    CACHE_CONTROL, CONTENT_SECURITY_POLICY, CONTENT_TYPE, LOCATION, REFERRER_POLICY, SET_COOKIE, X_CONTENT_TYPE_OPTIONS,
};
use axum::http::{HeaderName, HeaderValue, Method, StatusCode};
use axum::response::sse::{KeepAlive, Sse};
use axum::response::{IntoResponse, Response};
use percent_encoding::{NON_ALPHANUMERIC, percent_decode_str, utf8_percent_encode};
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use serde_json::json;
use std::collections::BTreeMap;
use std::pin::Pin;
use std::sync::Arc;

/// Where the desk stands on the preview server.
pub(crate) const BASE: &str = "/__wenzhai/desk/";
/// Bytes of a file that is taken in, and of any request.
const MAX_BODY: usize = 512 << 20;

/// What the desk's page may load and do: nothing from elsewhere, and it is in no frame.
const POLICY: &str = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' blob: data:; \
                      connect-src 'self'; frame-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'";

/// A desk that is served.
pub(crate) struct ServedDesk {
    pub(crate) desk: Arc<Desk>,
    pub(crate) queue: Arc<Queue>,
    pub(crate) token: Token,
    pub(crate) site: Arc<CurrentSite>,
    /// changes of pages, for the browsers that show them
    pub(crate) changes: DeskEvents,
    /// what the desk has written, for the preview
    pub(crate) written: WrittenFiles,
    pub(crate) port: u16,
}

/// The address that opens the desk, below that of the server.
pub(crate) fn start_address(server: &str, token: &Token) -> String {
    format!("{}{BASE}?token={}", server.trim_end_matches('/'), token.as_str())
}

pub(crate) type Query = BTreeMap<String, String>;

/// The path below [`BASE`] and the query of a request that may be answered. Else the whole answer: the cookie for the start address, or a
/// denial.
pub(crate) fn admit(token: &Token, port: u16, request: &Request) -> Result<(String, Query), Box<Response>> {
    let path = request.uri().path().strip_prefix(BASE).unwrap_or_default().to_owned();
    let query = query(request.uri().query().unwrap_or_default());
    if let Some(given) = query.get("token").filter(|_| path.is_empty() && request.method() == Method::GET) {
        return Err(Box::new(enter(token, port, given, &query)));
    }
    match token.check(request.method(), request.headers(), port) {
        Ok(()) => Ok((path, query)),
        Err(denied) => Err(Box::new(denial(denied))),
    }
}

impl ServedDesk {
    /// Answers a request below [`BASE`].
    async fn answer_checked(self: Arc<Self>, request: Request) -> Response {
        let (path, query) = match admit(&self.token, self.port, &request) {
            Ok(admitted) => admitted,
            Err(answer) => return *answer,
        };
        if path == "api/events" {
            return guarded(Sse::new(self.changes.events()).keep_alive(KeepAlive::default()).into_response());
        }
        let (parts, body) = request.into_parts();
        let Ok(body) = to_bytes(body, MAX_BODY).await else {
            return guarded(error(StatusCode::PAYLOAD_TOO_LARGE, "the file is larger than 512 MB", None));
        };
        let answer = tokio::task::spawn_blocking(move || self.answer(&parts.method, &path, &query, &body)).await;
        guarded(answer.unwrap_or_else(|_| {
            error(StatusCode::INTERNAL_SERVER_ERROR, "wenzhai failed on this page: see the terminal", None)
        }))
    }

    fn answer(&self, method: &Method, path: &str, query: &Query, body: &[u8]) -> Response {
        let Some(call) = path.strip_prefix("api/") else {
            return match (path, asset(path)) {
                ("where", _) => self.locate(query),
                (_, Some((media_type, content))) => file(media_type, content.as_bytes().to_vec()),
                _ => error(StatusCode::NOT_FOUND, "there is no such page", None),
            };
        };
        let models = self.site.models();
        let site = &*models.latest;
        let result = match *method {
            Method::GET | Method::HEAD => self.read(call, query, site),
            Method::POST => self.change(call, query, body, site),
            _ => return error(StatusCode::METHOD_NOT_ALLOWED, "only GET and POST", None),
        };
        result.unwrap_or_else(|failed| self.failure(failed, site))
    }

    fn read(&self, call: &str, query: &Query, site: &dyn PreviewedSite) -> DeskResult<Response> {
        let name = query.get("name").or_else(|| query.get("page")).map_or("", String::as_str);
        Ok(match call {
            "site" => json_response(&self.site_facts()?),
            "pages" => json_response(&self.queue.view()?),
            "page" => json_response(&self.desk.page(name, site)?),
            "log" => {
                let entry = |(change, undone): (Change, bool)| json!({"time": change.time, "label": change.label, "undone": undone});
                let entries: Vec<_> = self.desk.log(name)?.into_iter().map(entry).collect();
                json_response(&json!({ "entries": entries }))
            }
            "findings" => {
                let model = self.site.models().latest;
                let groups = finding_groups(&model, &self.queue.page_names(), &self.queue.findings());
                json_response(&json!({ "groups": groups }))
            }
            "publish" => json_response(&json!({"targets": publishing::plans(&self.desk.pages.root)?})),
            _ => error(StatusCode::NOT_FOUND, "there is no such call", None),
        })
    }

    fn change(&self, call: &str, query: &Query, body: &[u8], site: &dyn PreviewedSite) -> DeskResult<Response> {
        let name = query.get("name").map_or("", String::as_str);
        let changed = match call {
            "act" => with_request(body, |request: ActRequest| {
                Ok(json!({"page": self.written(&request.page, self.desk.act(&request, site))?}))
            }),
            "undo" => with_request(body, |request: StepRequest| {
                Ok(json!({"page": self.written(&request.page, self.desk.undo(&request, site))?}))
            }),
            "redo" => with_request(body, |request: StepRequest| {
                Ok(json!({"page": self.written(&request.page, self.desk.redo(&request, site))?}))
            }),
            "adopt" => with_request(body, |request: AdoptRequest| {
                Ok(json!({"page": self.written(&request.page, self.desk.adopt(&request, site))?}))
            }),
            "looked" => with_request(body, |request: OfPage| {
                Ok(json!({"page": self.desk.set_looked(&request.page, request.looked, site)?}))
            }),
            "upload" => Ok(json_response(&receive(&self.desk.pages, name, body)?)),
            "paste" => with_request(body, |Paste { name, text }| {
                Ok(json!(receive_text(&self.desk.pages, name.as_deref(), &text)?))
            }),
            "build" => Ok(json_response(&publishing::build(&self.desk.pages.root)?)),
            "publish" => with_request(body, |request| Ok(json!(publishing::publish(&self.desk.pages.root, &request)?))),
            _ => return Ok(error(StatusCode::NOT_FOUND, "there is no such call", None)),
        }?;
        self.changes.send();
        Ok(changed)
    }

    /// Has the preview show at once what was done to a page.
    fn written<T>(&self, page: &str, done: DeskResult<T>) -> DeskResult<T> {
        done.inspect(|_| self.written.tell(&sidecar_path(page)))
    }

    /// What the browser needs to know of the site.
    fn site_facts(&self) -> DeskResult<serde_json::Value> {
        let settings = self.desk.pages.settings()?;
        let config = &settings.config;
        let themes: Vec<_> = config.themes.iter().map(|it| json!({"id": it.id, "name": it.name})).collect();
        let papers: Vec<&str> = config.papers.iter().map(|paper| paper.name.as_str()).collect();
        Ok(json!({
            "title": config.title, "lang": config.lang.tag(), "folder": self.desk.pages.root.display().to_string(), "preview": "/",
            "themes": themes, "kinds": ["news", "photo", "commentary", "theory", "brief"], "papers": papers,
        }))
    }

    /// Leads from a page of the preview to the place at the desk that it was made from.
    fn locate(&self, query: &Query) -> Response {
        let path = query.get("path").map_or("", String::as_str);
        let place = self.site.models().latest.source_of(path);
        let place = place.map(|(page, line)| BTreeMap::from([("page".to_owned(), page), ("line".to_owned(), line)]));
        redirect(&desk_address(&place.unwrap_or_default()))
    }

    fn failure(&self, failed: DeskError, site: &dyn PreviewedSite) -> Response {
        let lang = self.desk.pages.settings().map(|settings| settings.config.lang).unwrap_or_default();
        let plain = |status, key| error(status, message(lang, key), None);
        match failed {
            DeskError::NoPage => plain(StatusCode::NOT_FOUND, Key::NoPage),
            DeskError::NothingToUndo => plain(StatusCode::CONFLICT, Key::NothingToUndo),
            DeskError::Rejected(rejection) => plain(StatusCode::UNPROCESSABLE_ENTITY, Key::of(rejection)),
            DeskError::Stale { page } => {
                let page = self.desk.page(&page, site).ok();
                with_status(StatusCode::CONFLICT, &json!({"stale": true, "page": page}))
            }
            DeskError::Conflict { page, conflicts, is_rest } => {
                let page = self.desk.page(&page, site).ok();
                with_status(StatusCode::CONFLICT, &json!({"conflict": conflicts, "rest": is_rest, "page": page}))
            }
            DeskError::Unreadable(findings) => of_findings(StatusCode::UNPROCESSABLE_ENTITY, &findings),
            DeskError::Failed(failure) => of_findings(StatusCode::INTERNAL_SERVER_ERROR, &failure.diagnostics),
        }
    }
}

impl MountedRoutes for ServedDesk {
    fn base(&self) -> &'static str {
        BASE
    }

    fn respond(self: Arc<Self>, request: Request) -> Pin<Box<dyn Future<Output = Response> + Send>> {
        Box::pin(self.answer_checked(request))
    }
}

#[derive(Deserialize)]
struct OfPage {
    page: String,
    #[serde(default)]
    looked: bool,
}

#[derive(Deserialize)]
struct Paste {
    name: Option<String>,
    text: String,
}

/// The token of the start address becomes a cookie, and leaves the address.
fn enter(token: &Token, port: u16, given: &str, query: &Query) -> Response {
    if !token.is(given) {
        return denial(Denied::NoToken);
    }
    let mut response = redirect(&desk_address(query));
    if let Ok(cookie) = HeaderValue::try_from(token.cookie(port)) {
        response.headers_mut().insert(SET_COOKIE, cookie);
    }
    guarded(response)
}

/// Answers a request in JSON, or says what is wrong with it.
fn with_request<T: DeserializeOwned>(
    body: &[u8],
    answer: impl FnOnce(T) -> DeskResult<serde_json::Value>,
) -> DeskResult<Response> {
    match serde_json::from_slice(body) {
        Ok(request) => Ok(json_response(&answer(request)?)),
        Err(wrong) => Ok(error(StatusCode::BAD_REQUEST, &wrong.to_string(), None)),
    }
}

/// The desk's address with these parts of a query, the token aside.
fn desk_address(query: &Query) -> String {
    let encoded = |text: &str| utf8_percent_encode(text, NON_ALPHANUMERIC).to_string();
    let kept = query.iter().filter(|(key, _)| ["page", "line"].contains(&key.as_str()));
    let parts: Vec<String> = kept.map(|(key, value)| format!("{key}={}", encoded(value))).collect();
    if parts.is_empty() { BASE.to_owned() } else { format!("{BASE}?{}", parts.join("&")) }
}

/// The parts of a query, decoded; of several of a name the last.
fn query(text: &str) -> Query {
    let decoded = |part: &str| percent_decode_str(&part.replace('+', " ")).decode_utf8_lossy().into_owned();
    let pairs = text.split('&').filter_map(|pair| pair.split_once('='));
    pairs.map(|(key, value)| (decoded(key), decoded(value))).collect()
}

fn denial(denied: Denied) -> Response {
    let text = match denied {
        Denied::NoToken => {
            "审稿台只对打开它的人开放：请用终端里显示的地址打开。
The desk is open to the one who started it: use the address in the terminal.
"
        }
        Denied::OtherSite => {
            "this request comes from another site
"
        }
    };
    guarded((StatusCode::FORBIDDEN, [(CONTENT_TYPE, "text/plain; charset=utf-8")], text).into_response())
}

fn redirect(address: &str) -> Response {
    let mut response = StatusCode::SEE_OTHER.into_response();
    if let Ok(address) = HeaderValue::try_from(address) {
        response.headers_mut().insert(LOCATION, address);
    }
    response
}

pub(crate) fn file(media_type: &'static str, bytes: Vec<u8>) -> Response {
    ([(CONTENT_TYPE, media_type)], Body::from(bytes)).into_response()
}

pub(crate) fn json_response(value: &impl Serialize) -> Response {
    with_status(StatusCode::OK, value)
}

pub(crate) fn with_status(status: StatusCode, value: &impl Serialize) -> Response {
    let json = serde_json::to_vec(value).unwrap_or_default();
    (status, [(CONTENT_TYPE, "application/json")], json).into_response()
}

pub(crate) fn error(status: StatusCode, text: &str, hint: Option<&str>) -> Response {
    with_status(status, &json!({"error": text, "hint": hint}))
}

fn of_findings(status: StatusCode, findings: &[Diagnostic]) -> Response {
    let last = findings.last();
    let lang = terminal::language();
    let message = last.map(|it| it.message.text(lang)).unwrap_or_default();
    error(status, &message, last.and_then(|it| it.hint.as_ref()).map(|hint| hint.text(lang)).as_deref())
}

/// The headers of everything that the desk answers.
pub(crate) fn guarded(mut response: Response) -> Response {
    let headers = [
        (CACHE_CONTROL, "no-store"),
        (X_CONTENT_TYPE_OPTIONS, "nosniff"),
        (CONTENT_SECURITY_POLICY, POLICY),
        (REFERRER_POLICY, "same-origin"),
        (HeaderName::from_static("cross-origin-resource-policy"), "same-origin"),
        (HeaderName::from_static("cross-origin-opener-policy"), "same-origin"),
    ];
    headers
        .into_iter()
        .for_each(|(name, value)| drop(response.headers_mut().insert(name, HeaderValue::from_static(value))));
    response
}
