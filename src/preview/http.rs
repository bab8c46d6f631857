//! The preview server.
//!
//! A request goes through four questions: may this host and method ask, is it one of the server's own two files, does the
//! [`Preview`] have the file, is it a folder asked for without its `/`. Everything is answered with `no-store`, because
//! the next build may change it.

use crate::diagnostics::code::Code;
use crate::diagnostics::diagnostic::Diagnostic;
use crate::diagnostics::error::os_message;
use crate::diagnostics::error::{Error, Result};
use crate::io::fs::os_error::io_error;
use crate::preview::live_reload::{LiveReload, SCRIPT, with_script};
use crate::preview::snapshot::{Found, Preview, find};
use crate::util::media_type::media_type;
use axum::Router;
use axum::extract::{Request, State};
use axum::http::header::{ALLOW, CACHE_CONTROL, CONTENT_TYPE, HOST, LOCATION, X_CONTENT_TYPE_OPTIONS};
use axum::http::{HeaderValue, Method, StatusCode};
use axum::response::sse::{KeepAlive, Sse};
use axum::response::{IntoResponse, Response};
use axum::serve::ListenerExt;
use percent_encoding::percent_decode_str;
use std::io::{Error as IoError, ErrorKind};
use std::net::{Ipv4Addr, Ipv6Addr, SocketAddr, TcpListener};
use std::sync::Arc;
use std::{fmt, thread};
use tokio::runtime::{Builder, Runtime};

/// Answers until it is dropped.
pub(crate) struct Server {
    address: SocketAddr,
    runtime: Option<Runtime>,
}

impl Server {
    /// Where a browser of this machine finds it, with `/` at the end.
    pub(crate) fn url(&self) -> String {
        let mut address = self.address;
        match address {
            SocketAddr::V4(any) if any.ip().is_unspecified() => address.set_ip(Ipv4Addr::LOCALHOST.into()),
            SocketAddr::V6(any) if any.ip().is_unspecified() => address.set_ip(Ipv6Addr::LOCALHOST.into()),
            _ => {}
        }
        format!("http://{address}/")
    }

    /// What it is bound to, with the port that the system chose where 0 was asked for.
    #[cfg(test)]
    pub(crate) fn address(&self) -> SocketAddr {
        self.address
    }
}

impl Drop for Server {
    /// Open pages are not waited for: they listen for ever.
    fn drop(&mut self) {
        if let Some(runtime) = self.runtime.take() {
            runtime.shutdown_background();
        }
    }
}

impl fmt::Debug for Server {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Server").field("address", &self.address).finish_non_exhaustive()
    }
}

/// Serve a preview at `/`, on threads of its own, from when this returns. Where the site was made for an address with a
/// path, such as `/digest/`, that path is `base` and the site is found below it as well; elsewhere it is empty.
///
/// Errors: `address` where the address cannot be had; `disk` where the system gives no threads.
pub(crate) fn serve(address: SocketAddr, base: &str, preview: Arc<dyn Preview>, live: LiveReload) -> Result<Server> {
    let listener = TcpListener::bind(address)
        .and_then(|listener| listener.set_nonblocking(true).map(|()| listener))
        .map_err(|error| no_address(address, &error))?;
    let address = listener.local_addr().map_err(|error| no_address(address, &error))?;
    let runtime = Builder::new_multi_thread()
        .worker_threads(2)
        .max_blocking_threads(thread::available_parallelism().map_or(4, |count| 2 * count.get()))
        .enable_all()
        .build()
        .map_err(|error| io_error("cannot start the preview", error))?;
    let base = percent_decode_str(base.trim_matches('/')).decode_utf8_lossy().into();
    let site = Site { preview, live, base, only_local: address.ip().is_loopback() };
    let router = Router::new().fallback(respond).with_state(site);
    let listener = {
        let _within = runtime.enter();
        tokio::net::TcpListener::from_std(listener).map_err(|error| no_address(address, &error))?
    };
    // a change has to reach the browser at once, however small the message
    let listener = listener.tap_io(|stream| drop(stream.set_nodelay(true)));
    runtime.spawn(axum::serve(listener, router).into_future());
    Ok(Server { address, runtime: Some(runtime) })
}

#[derive(Clone)]
struct Site {
    preview: Arc<dyn Preview>,
    live: LiveReload,
    /// without `/` at either end
    base: Arc<str>,
    /// bound to an address that only this machine reaches
    only_local: bool,
}

async fn respond(State(site): State<Site>, request: Request) -> Response {
    let host = request.headers().get(HOST).and_then(|host| host.to_str().ok());
    if site.only_local && !host.is_some_and(is_local) {
        return plain(StatusCode::FORBIDDEN, "this preview answers only to localhost\n");
    }
    if request.method() != Method::GET && request.method() != Method::HEAD {
        let mut refusal = plain(StatusCode::METHOD_NOT_ALLOWED, "this preview can only be read\n");
        refusal.headers_mut().insert(ALLOW, HeaderValue::from_static("GET, HEAD"));
        return refusal;
    }
    match request.uri().path() {
        "/__wenzhai/live" => Sse::new(site.live.events()).keep_alive(KeepAlive::default()).into_response(),
        "/__wenzhai/live.js" => bytes(StatusCode::OK, media_type("live.js"), SCRIPT.into()),
        _ => {
            let shown = tokio::task::spawn_blocking(move || show(&site, &request)).await;
            shown.unwrap_or_else(|_| {
                plain(StatusCode::INTERNAL_SERVER_ERROR, "wenzhai failed on this page: see the terminal\n")
            })
        }
    }
}

fn show(site: &Site, request: &Request) -> Response {
    // told before the page is made: a build in between must not make an old page look new
    let version = site.live.version();
    let (status, answer) = match find(&*site.preview, &site.base, request.uri().path()) {
        Found::File(answer) => (StatusCode::OK, answer),
        Found::Folder => return moved(request),
        Found::Nothing => (StatusCode::NOT_FOUND, site.preview.not_found()),
    };
    let is_page = answer.content_type.starts_with("text/html");
    let content = if is_page { with_script(&answer.bytes, &version) } else { answer.bytes };
    bytes(status, answer.content_type, content)
}

fn moved(request: &Request) -> Response {
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

/// A page of another site can make its own name lead to this machine and read the preview through it (DNS rebinding); the
/// name still stands in the request.
fn is_local(host: &str) -> bool {
    let name = match host.rsplit_once(':') {
        Some((name, port)) if port.bytes().all(|digit| digit.is_ascii_digit()) => name,
        _ => host,
    };
    name.eq_ignore_ascii_case("localhost")
        || name == "[::1]"
        || name.parse().is_ok_and(|address: Ipv4Addr| address.is_loopback())
}

fn no_address(address: SocketAddr, error: &IoError) -> Error {
    let hint = match error.kind() {
        ErrorKind::AddrInUse => "another program has this port: choose another one with -p",
        ErrorKind::PermissionDenied => "choose a port above 1023 with -p",
        ErrorKind::AddrNotAvailable => "choose an address of this machine with --bind",
        _ => "choose another port with -p, or another address with --bind",
    };
    Error::failure(
        Diagnostic::new(Code::Address, format!("cannot serve at {address}: {}", os_message(error))).hint(hint),
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::preview::snapshot::PreviewFile;
    use std::io::{BufRead, BufReader, Read, Write};
    use std::net::TcpStream;
    use std::time::Duration;

    /// A site of three files, and one that cannot be made.
    struct Three;

    impl Preview for Three {
        fn answer(&self, path: &str) -> Option<PreviewFile> {
            let text = match path {
                "index.html" => "<body>home</body>",
                "主题/index.html" => "<body>themes</body>",
                "a b.txt" => "text",
                "broken.html" => panic!("a page that cannot be made"),
                _ => return None,
            };
            Some(PreviewFile::file(path, text.into()))
        }

        fn not_found(&self) -> PreviewFile {
            PreviewFile::file("404.html", "<body>lost</body>".into())
        }
    }

    fn server(base: &str) -> (Server, LiveReload) {
        let live = LiveReload::new();
        (serve("127.0.0.1:0".parse().unwrap(), base, Arc::new(Three), live.clone()).unwrap(), live)
    }

    fn connect(server: &Server, request: &str) -> TcpStream {
        let mut stream = TcpStream::connect(server.address()).unwrap();
        stream.set_read_timeout(Some(Duration::from_secs(10))).unwrap();
        stream.write_all(request.as_bytes()).unwrap();
        stream
    }

    /// Head and body of the answer, in one text.
    fn ask_as(server: &Server, host: &str, method_and_path: &str) -> String {
        let request = format!("{method_and_path} HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n\r\n");
        let mut answer = String::new();
        connect(server, &request).read_to_string(&mut answer).unwrap();
        answer
    }

    fn ask(server: &Server, method_and_path: &str) -> String {
        ask_as(server, "localhost:1111", method_and_path)
    }

    fn status(answer: &str) -> &str {
        answer.split(' ').nth(1).unwrap()
    }

    #[test]
    fn a_page_comes_with_the_script_and_is_never_stored() {
        let (server, live) = server("");
        let answer = ask(&server, "GET /");
        let script = format!("<script src=\"/__wenzhai/live.js\" data-version=\"{}\" defer></script>", live.version());
        assert_eq!(status(&answer), "200");
        assert!(answer.ends_with(&format!("<body>home{script}</body>")), "{answer}");
        assert!(answer.contains("content-type: text/html; charset=utf-8\r\n"), "{answer}");
        assert!(answer.contains("cache-control: no-store\r\n"), "{answer}");
        assert!(ask(&server, "GET /__wenzhai/live.js").ends_with(SCRIPT));
    }

    #[test]
    fn addresses_are_decoded_and_folders_get_their_slash() {
        let (server, _) = server("");
        assert!(ask(&server, "GET /a%20b.txt?x=1").ends_with("\r\n\r\ntext"));
        assert_eq!(status(&ask(&server, "GET /%E4%B8%BB%E9%A2%98/")), "200");
        let moved = ask(&server, "GET /%E4%B8%BB%E9%A2%98?page=2");
        assert_eq!(status(&moved), "301");
        assert!(moved.contains("location: /%E4%B8%BB%E9%A2%98/?page=2\r\n"), "{moved}");
    }

    #[test]
    fn what_the_site_does_not_have_gets_its_404_page() {
        let (server, _) = server("");
        for path in ["/none", "/../index.html", "//index.html"] {
            let answer = ask(&server, &format!("GET {path}"));
            assert_eq!(status(&answer), "404", "{path}");
            assert!(answer.contains("<body>lost<script"), "{answer}");
        }
    }

    #[test]
    fn the_site_is_found_below_its_base_as_well() {
        let (server, _) = server("/digest/");
        assert_eq!(status(&ask(&server, "GET /digest/a%20b.txt")), "200");
        assert!(ask(&server, "GET /digest").contains("location: /digest/\r\n"));
    }

    #[test]
    fn only_reading_is_answered() {
        let (server, _) = server("");
        let head = ask(&server, "HEAD /a%20b.txt");
        assert!(head.contains("content-length: 4\r\n") && head.ends_with("\r\n\r\n"), "{head}");
        let post = ask(&server, "POST /");
        assert!(status(&post) == "405" && post.contains("allow: GET, HEAD\r\n"), "{post}");
    }

    #[test]
    fn a_page_of_another_site_learns_nothing() {
        let (server, _) = server("");
        for host in ["evil.example", "evil.example:1111", "localhost.evil.example", "127.0.0.1.evil.example", ""] {
            assert_eq!(status(&ask_as(&server, host, "GET /")), "403", "{host}");
        }
        for host in ["LOCALHOST", "127.0.0.1:1", "[::1]:1", "[::1]"] {
            assert_eq!(status(&ask_as(&server, host, "GET /")), "200", "{host}");
        }
        let mut answer = String::new();
        connect(&server, "GET / HTTP/1.0\r\n\r\n").read_to_string(&mut answer).unwrap();
        assert_eq!(status(&answer), "403");
    }

    #[test]
    fn a_page_that_fails_takes_nothing_else_with_it() {
        let (server, _) = server("");
        assert_eq!(status(&ask(&server, "GET /broken.html")), "500");
        assert_eq!(status(&ask(&server, "GET /")), "200");
    }

    #[test]
    fn an_open_page_hears_builds_and_errors_and_a_new_one_the_error_that_is() {
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
    fn a_taken_port_says_how_to_choose_another() {
        let (server, _) = server("");
        let told = serve(server.address(), "", Arc::new(Three), LiveReload::new()).unwrap_err().to_string();
        assert!(told.contains("choose another one with -p"), "{told}");
        assert_eq!(server.url(), format!("http://{}/", server.address()));
    }

    #[test]
    fn a_dropped_server_gives_its_port_back_though_a_page_listens() {
        let (server, _) = server("");
        let address = server.address();
        let _page = connect(&server, "GET /__wenzhai/live HTTP/1.1\r\nHost: localhost\r\n\r\n");
        drop(server);
        let again = (0..100).find_map(|_| {
            thread::sleep(Duration::from_millis(10));
            serve(address, "", Arc::new(Three), LiveReload::new()).ok()
        });
        assert!(again.is_some());
    }
}
