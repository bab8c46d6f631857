//! The preview server. Every response is `no-store`, since the next change may replace it.
//!
//! 1. refuse requests of other hosts (where only this machine may connect) and methods other than GET and HEAD
//! 2. answer the server's own URLs: the desk, the script of live reload and its events
//! 3. serve the file that the URL means, with the script added to pages; redirect a folder requested without its `/`

use crate::diagnostics::error::Result;
use crate::io::fs::os_error::io_error;
use crate::message;
use crate::preview::listener::{Listener, no_address};
use crate::preview::live_reload::{LiveReload, SCRIPT, with_script};
use crate::preview::resolve::{PreviewFiles, Resolved, resolve_url};
use crate::util::media_type::media_type;
use axum::Router;
use axum::extract::{Request, State};
use axum::http::header::{ALLOW, CACHE_CONTROL, CONTENT_TYPE, HOST, LOCATION, X_CONTENT_TYPE_OPTIONS};
use axum::http::{HeaderValue, Method, StatusCode};
use axum::response::sse::{KeepAlive, Sse};
use axum::response::{IntoResponse, Response};
use axum::serve::ListenerExt;
use percent_encoding::percent_decode_str;
use std::io::Result as IoResult;
use std::net::{Ipv4Addr, Ipv6Addr, SocketAddr};
use std::pin::Pin;
use std::sync::Arc;
use std::thread;
use std::time::Duration;
use tokio::runtime::{Builder, Runtime};
use tokio::sync::oneshot;
use tokio::task::JoinHandle;
use tokio::time::timeout;

/// How long the last answers of a server that ends may take.
const LAST_ANSWERS: Duration = Duration::from_secs(2);

/// A running server, stopped when it is dropped.
#[derive(Debug)]
pub(crate) struct Server {
    address: SocketAddr,
    runtime: Option<Runtime>,
    task: Option<JoinHandle<IoResult<()>>>,
    /// ends it when it is dropped
    stop: Option<oneshot::Sender<()>>,
}

impl Server {
    /// The URL for a browser on this machine, with `/` at the end.
    pub(crate) fn url(&self) -> String {
        let mut address = self.address;
        match address {
            SocketAddr::V4(any) if any.ip().is_unspecified() => address.set_ip(Ipv4Addr::LOCALHOST.into()),
            SocketAddr::V6(any) if any.ip().is_unspecified() => address.set_ip(Ipv6Addr::LOCALHOST.into()),
            _ => {}
        }
        format!("http://{address}/")
    }

    /// Stops it once the requests under way are answered.
    pub(crate) fn finish(mut self) {
        drop(self.stop.take());
        if let (Some(runtime), Some(task)) = (&self.runtime, self.task.take()) {
            drop(runtime.block_on(async { timeout(LAST_ANSWERS, task).await }));
        }
    }

    /// The address it is bound to.
    #[cfg(test)]
    pub(crate) fn address(&self) -> SocketAddr {
        self.address
    }
}

impl Drop for Server {
    /// Does not wait for open pages, whose event streams never end.
    fn drop(&mut self) {
        if let Some(runtime) = self.runtime.take() {
            runtime.shutdown_background();
        }
    }
}

/// Starts a server for the site at `/`, on threads of its own. A site made for an address with a path, such as `/digest/`
/// (`base`, which may be empty), is found below that path as well.
///
/// # Errors
/// `address` where the server cannot listen; `disk` where the system creates no threads.
pub(crate) fn serve(
    listener: Listener,
    base: &str,
    files: Arc<dyn PreviewFiles>,
    live: LiveReload,
    mounted: impl FnOnce(SocketAddr) -> Option<Arc<dyn MountedRoutes>>,
) -> Result<Server> {
    let (listener, address) = listener.into_parts();
    let runtime = Builder::new_multi_thread()
        .worker_threads(2)
        .max_blocking_threads(thread::available_parallelism().map_or(4, |count| 2 * count.get()))
        .enable_all()
        .build()
        .map_err(|error| io_error(message!("cannot start the preview"), error))?;
    let base = percent_decode_str(base.trim_matches('/')).decode_utf8_lossy().into();
    let state = ServerState { files, live, base, mounted: mounted(address), only_local: address.ip().is_loopback() };
    let router = Router::new().fallback(respond).with_state(state);
    let listener = {
        let _within = runtime.enter();
        tokio::net::TcpListener::from_std(listener).map_err(|error| no_address(address, error))?
    };
    // Messages about changes are small and have to be sent at once.
    let listener = listener.tap_io(|stream| drop(stream.set_nodelay(true)));
    let (stop, stopped) = oneshot::channel();
    let served = axum::serve(listener, router).with_graceful_shutdown(async { drop(stopped.await) });
    let task = Some(runtime.spawn(served.into_future()));
    Ok(Server { address, runtime: Some(runtime), task, stop: Some(stop) })
}

/// Requests that the server leaves to others: those of the desk.
pub(crate) trait MountedRoutes: Send + Sync {
    /// What the paths of these requests begin with.
    fn base(&self) -> &'static str;
    /// Answers a request. That it comes from this machine was checked, where only this machine is served.
    fn respond(self: Arc<Self>, request: Request) -> Pin<Box<dyn Future<Output = Response> + Send>>;
}

#[derive(Clone)]
struct ServerState {
    files: Arc<dyn PreviewFiles>,
    live: LiveReload,
    /// without `/` at either end
    base: Arc<str>,
    mounted: Option<Arc<dyn MountedRoutes>>,
    /// bound to an address that only this machine reaches
    only_local: bool,
}

async fn respond(State(state): State<ServerState>, request: Request) -> Response {
    let host = request.headers().get(HOST).and_then(|host| host.to_str().ok());
    if state.only_local && !host.is_some_and(is_local) {
        return plain(StatusCode::FORBIDDEN, "this preview answers only to localhost\n");
    }
    if let Some(mounted) = state.mounted.as_ref().filter(|it| request.uri().path().starts_with(it.base())) {
        return mounted.clone().respond(request).await;
    }
    if request.method() != Method::GET && request.method() != Method::HEAD {
        let mut response = plain(StatusCode::METHOD_NOT_ALLOWED, "this preview can only be read\n");
        response.headers_mut().insert(ALLOW, HeaderValue::from_static("GET, HEAD"));
        return response;
    }
    match request.uri().path() {
        "/__wenzhai/live" => Sse::new(state.live.events()).keep_alive(KeepAlive::default()).into_response(),
        "/__wenzhai/live.js" => bytes(StatusCode::OK, media_type("live.js"), SCRIPT.into()),
        _ => {
            let response = tokio::task::spawn_blocking(move || serve_file(&state, &request)).await;
            response.unwrap_or_else(|_| {
                plain(StatusCode::INTERNAL_SERVER_ERROR, "wenzhai failed on this page: see the terminal\n")
            })
        }
    }
}

fn serve_file(state: &ServerState, request: &Request) -> Response {
    // Read before the page is rendered: an update in between must not make an old page look new.
    let version = state.live.version();
    let (status, content_type, content) = match resolve_url(&*state.files, &state.base, request.uri().path()) {
        Resolved::File(content_type, content) => (StatusCode::OK, content_type, content),
        Resolved::FolderWithoutSlash => return redirect_to_folder(request),
        Resolved::NotFound => {
            let page = state.files.file("404.html").unwrap_or_else(|| "<!doctype html><title>404</title>".into());
            (StatusCode::NOT_FOUND, media_type("404.html"), page)
        }
    };
    let is_page = content_type.starts_with("text/html");
    let desk = state.mounted.as_ref().map(|mounted| mounted.base());
    bytes(status, content_type, if is_page { with_script(&content, &version, desk) } else { content })
}

fn redirect_to_folder(request: &Request) -> Response {
    let query = request.uri().query().map_or(String::new(), |query| format!("?{query}"));
    let mut response = plain(StatusCode::MOVED_PERMANENTLY, "");
    match HeaderValue::try_from(format!("{}/{query}", request.uri().path())) {
        Ok(address) => drop(response.headers_mut().insert(LOCATION, address)),
        Err(_) => *response.status_mut() = StatusCode::BAD_REQUEST,
    }
    response
}

fn plain(status: StatusCode, text: &'static str) -> Response {
    bytes(status, "text/plain; charset=utf-8", text.into())
}

fn bytes(status: StatusCode, content_type: &'static str, content: Vec<u8>) -> Response {
    let headers = [(CONTENT_TYPE, content_type), (CACHE_CONTROL, "no-store"), (X_CONTENT_TYPE_OPTIONS, "nosniff")];
    (status, headers, content).into_response()
}

/// Whether a request is for this machine by name. A page of another site can let its own host name resolve to this machine and
/// read the preview through it (DNS rebinding), but the request then still has that name.
fn is_local(host: &str) -> bool {
    let name = match host.rsplit_once(':') {
        Some((name, port)) if port.bytes().all(|digit| digit.is_ascii_digit()) => name,
        _ => host,
    };
    name.eq_ignore_ascii_case("localhost")
        || name == "[::1]"
        || name.parse().is_ok_and(|address: Ipv4Addr| address.is_loopback())
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::io::{BufRead, BufReader, Read, Write};
    use std::net::TcpStream;
    use std::time::Duration;

    /// A site of three files, a page for missing ones, and one that cannot be rendered.
    struct Three;

    impl PreviewFiles for Three {
        fn file(&self, path: &str) -> Option<Vec<u8>> {
            let text = match path {
                "index.html" => "<body>home</body>",
                "主题/index.html" => "<body>themes</body>",
                "a b.txt" => "text",
                "404.html" => "<body>lost</body>",
                "broken.html" => panic!("a page that cannot be rendered"),
                _ => return None,
            };
            Some(text.into())
        }
    }

    fn server(base: &str) -> (Server, LiveReload) {
        let live = LiveReload::default();
        let listener = Listener::bind("127.0.0.1:0".parse().unwrap()).unwrap();
        (serve(listener, base, Arc::new(Three), live.clone(), |_| None).unwrap(), live)
    }

    fn connect(server: &Server, request: &str) -> TcpStream {
        let mut stream = TcpStream::connect(server.address()).unwrap();
        stream.set_read_timeout(Some(Duration::from_secs(10))).unwrap();
        stream.write_all(request.as_bytes()).unwrap();
        stream
    }

    /// Headers and body of the response, in one text.
    fn request_as(server: &Server, host: &str, method_and_path: &str) -> String {
        let request = format!("{method_and_path} HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n\r\n");
        let mut response = String::new();
        connect(server, &request).read_to_string(&mut response).unwrap();
        response
    }

    fn request(server: &Server, method_and_path: &str) -> String {
        request_as(server, "localhost:1111", method_and_path)
    }

    fn status(response: &str) -> &str {
        response.split(' ').nth(1).unwrap()
    }

    #[test]
    fn a_page_has_the_script_and_is_never_stored() {
        let (server, live) = server("");
        let response = request(&server, "GET /");
        let script = format!("<script src=\"/__wenzhai/live.js\" data-version=\"{}\" defer></script>", live.version());
        assert_eq!(status(&response), "200");
        assert!(response.ends_with(&format!("<body>home{script}</body>")), "{response}");
        assert!(response.contains("content-type: text/html; charset=utf-8\r\n"), "{response}");
        assert!(response.contains("cache-control: no-store\r\n"), "{response}");
        assert!(request(&server, "GET /__wenzhai/live.js").ends_with(SCRIPT));
    }

    #[test]
    fn urls_are_decoded_and_folders_get_their_slash() {
        let (server, _) = server("");
        assert!(request(&server, "GET /a%20b.txt?x=1").ends_with("\r\n\r\ntext"));
        assert_eq!(status(&request(&server, "GET /%E4%B8%BB%E9%A2%98/")), "200");
        let moved = request(&server, "GET /%E4%B8%BB%E9%A2%98?page=2");
        assert_eq!(status(&moved), "301");
        assert!(moved.contains("location: /%E4%B8%BB%E9%A2%98/?page=2\r\n"), "{moved}");
    }

    #[test]
    fn a_missing_page_gets_the_404_page_of_the_site() {
        let (server, _) = server("");
        for path in ["/none", "/../index.html", "//index.html"] {
            let response = request(&server, &format!("GET {path}"));
            assert_eq!(status(&response), "404", "{path}");
            assert!(response.contains("<body>lost<script"), "{response}");
        }
    }

    #[test]
    fn the_site_is_found_below_its_base_as_well() {
        let (server, _) = server("/digest/");
        assert_eq!(status(&request(&server, "GET /digest/a%20b.txt")), "200");
        assert!(request(&server, "GET /digest").contains("location: /digest/\r\n"));
    }

    #[test]
    fn only_reading_is_allowed() {
        let (server, _) = server("");
        let response = request(&server, "HEAD /a%20b.txt");
        assert!(response.contains("content-length: 4\r\n") && response.ends_with("\r\n\r\n"), "{response}");
        let post = request(&server, "POST /");
        assert!(status(&post) == "405" && post.contains("allow: GET, HEAD\r\n"), "{post}");
    }

    #[test]
    fn a_page_of_another_site_is_refused() {
        let (server, _) = server("");
        for host in ["evil.example", "evil.example:1111", "localhost.evil.example", "127.0.0.1.evil.example", ""] {
            assert_eq!(status(&request_as(&server, host, "GET /")), "403", "{host}");
        }
        for host in ["LOCALHOST", "127.0.0.1:1", "[::1]:1", "[::1]"] {
            assert_eq!(status(&request_as(&server, host, "GET /")), "200", "{host}");
        }
        let mut response = String::new();
        connect(&server, "GET / HTTP/1.0\r\n\r\n").read_to_string(&mut response).unwrap();
        assert_eq!(status(&response), "403");
    }

    #[test]
    fn a_page_that_panics_affects_no_other() {
        let (server, _) = server("");
        assert_eq!(status(&request(&server, "GET /broken.html")), "500");
        assert_eq!(status(&request(&server, "GET /")), "200");
    }

    #[test]
    fn open_pages_receive_updates_and_errors_and_a_new_one_the_current_error() {
        let (server, live) = server("");
        let listen = || {
            let request = "GET /__wenzhai/live HTTP/1.1\r\nHost: localhost\r\nAccept: text/event-stream\r\n\r\n";
            let lines = BufReader::new(connect(&server, request)).lines();
            lines.map(Result::unwrap).filter_map(|line| line.strip_prefix("data: ").map(str::to_owned))
        };
        let state = |error: &str| format!("{{\"version\":\"{}\",\"styles\":0,\"error\":{error}}}", live.version());
        let mut page = listen();
        assert_eq!(page.next().unwrap(), state("null"));
        live.reload();
        assert_eq!(page.next().unwrap(), state("null"));
        live.show_error("wrong\nhere");
        assert_eq!(page.next().unwrap(), state("\"wrong\\nhere\""));
        assert_eq!(listen().next().unwrap(), state("\"wrong\\nhere\""), "a page opened later");
        live.clear_error();
        assert_eq!(page.next().unwrap(), state("null"));
    }

    #[test]
    fn a_used_port_comes_with_advice() {
        let (server, _) = server("");
        let message = Listener::bind(server.address()).unwrap_err().to_string();
        assert!(message.contains("choose another one with -p"), "{message}");
        assert_eq!(server.url(), format!("http://{}/", server.address()));
    }

    #[test]
    fn a_dropped_server_frees_its_port_though_a_page_is_connected() {
        let (server, _) = server("");
        let address = server.address();
        let _page = connect(&server, "GET /__wenzhai/live HTTP/1.1\r\nHost: localhost\r\n\r\n");
        drop(server);
        let again = (0..100).find_map(|_| {
            thread::sleep(Duration::from_millis(10));
            Listener::bind(address).ok()
        });
        assert!(again.is_some());
    }

    #[test]
    fn who_connects_between_two_servers_is_answered_by_the_second() {
        let listener = Listener::bind("127.0.0.1:0".parse().unwrap()).unwrap();
        let start = |listener| serve(listener, "", Arc::new(Three), LiveReload::default(), |_| None).unwrap();
        let first = start(listener.again().unwrap());
        assert_eq!(status(&request(&first, "GET /")), "200");
        first.finish();
        let mut waiting = TcpStream::connect(listener.address()).unwrap();
        waiting.write_all(b"GET / HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n").unwrap();
        let _second = start(listener);
        let mut response = String::new();
        waiting.read_to_string(&mut response).unwrap();
        assert_eq!(status(&response), "200");
    }
}
