//! Asks addresses of the web: one request at a time, and what came of it. Redirects are not followed here, and no body is read.
//!
//! 1. [`Web`]: what those who ask need of the network and of the clock, so that tests can answer in its place
//! 2. [`Internet`]: the network itself; HTTP through ureq, by the proxy that the environment names

use crate::diagnostics::error::os_message;
use std::io::{self, ErrorKind};
use std::net::{IpAddr, ToSocketAddrs};
use std::thread::sleep;
use std::time::{Duration, SystemTime, UNIX_EPOCH};
use ureq::http::{Request, Uri};
use ureq::{Agent, Error, Proxy};

/// Until a connection is established.
const CONNECT_TIMEOUT: Duration = Duration::from_secs(10);
/// Until the head of an answer is there.
const TIMEOUT: Duration = Duration::from_secs(20);
/// Sites that turn away programs without a browser's first word are many; the name of the program stands behind it.
const USER_AGENT: &str = concat!("Mozilla/5.0 (compatible; wenzhai/", env!("CARGO_PKG_VERSION"), "; link check)");
/// A name that is always registered (RFC 2606): where it is not found, no name is.
const WITNESS: &str = "example.com";

/// How an address is asked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Method {
    Head,
    Get,
}

/// The head of an answer, as far as links are concerned.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(crate) struct Answer {
    pub(crate) status: u16,
    pub(crate) location: Option<String>,
    pub(crate) retry_after: Option<String>,
}

/// Why there was no answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum NoAnswer {
    /// nothing listens at the address
    Refused,
    /// the certificate does not prove that it is this host; with the words of the library
    Untrusted(String),
    TimedOut,
    /// the connection was cut, or what came is no HTTP
    Broken(String),
    /// the proxy that the environment names cannot be reached
    NoProxy,
    /// the proxy does not lead there
    ProxyRefused,
}

/// The network and the clock, for those who ask addresses.
pub(crate) trait Web: Sync {
    /// Asks an address that the parser of URLs has written.
    ///
    /// # Errors
    /// Nobody answered.
    fn ask(&self, method: Method, url: &str) -> Result<Answer, NoAnswer>;

    /// The addresses of a host's name; none where there is no such name. Empty where a proxy looks names up.
    fn addresses(&self, host: &str) -> Option<Vec<IpAddr>>;

    /// Whether any name can be looked up.
    fn is_online(&self) -> bool;

    /// Milliseconds since 1970.
    fn now(&self) -> u64;

    fn pause(&self, duration: Duration);
}

/// The network of this machine.
#[derive(Debug)]
pub(crate) struct Internet {
    direct: Agent,
    /// of the environment; this machine itself is asked directly
    proxied: Option<(Proxy, Agent)>,
}

impl Internet {
    /// With a connection pool for so many threads.
    pub(crate) fn new(threads: usize) -> Self {
        let proxy = Proxy::try_from_env();
        let proxied = proxy.map(|proxy| (proxy.clone(), agent(threads, Some(proxy))));
        Self { direct: agent(threads, None), proxied }
    }

    /// The proxy that leads to a host.
    fn proxy_for(&self, host: &str) -> Option<&Agent> {
        let (proxy, agent) = self.proxied.as_ref()?;
        let digits = host.trim_start_matches('[').trim_end_matches(']');
        let is_local = host == "localhost" || digits.parse::<IpAddr>().is_ok_and(|ip| ip.is_loopback());
        let is_direct = |uri: Uri| proxy.is_no_proxy(&uri);
        (!is_local && !format!("http://{host}/").parse().is_ok_and(is_direct)).then_some(agent)
    }
}

impl Web for Internet {
    fn ask(&self, method: Method, url: &str) -> Result<Answer, NoAnswer> {
        let uri: Uri = url.parse().map_err(|error| NoAnswer::Broken(os_message(&error)))?;
        let proxied = uri.host().and_then(|host| self.proxy_for(host));
        let name = if method == Method::Head { "HEAD" } else { "GET" };
        let request = Request::builder().method(name).uri(uri).body(()).map_err(Error::from);
        let response = request.and_then(|request| proxied.unwrap_or(&self.direct).run(request));
        let response = response.map_err(|error| no_answer(&error, proxied.is_some()))?;
        let header = |name| response.headers().get(name).map(|value| String::from_utf8_lossy(value.as_bytes()).into());
        Ok(Answer {
            status: response.status().as_u16(),
            location: header("location"),
            retry_after: header("retry-after"),
        })
    }

    fn addresses(&self, host: &str) -> Option<Vec<IpAddr>> {
        if self.proxy_for(host).is_some() {
            return Some(Vec::new());
        }
        let found: Vec<IpAddr> = (host, 0).to_socket_addrs().ok()?.map(|address| address.ip()).collect();
        (!found.is_empty()).then_some(found)
    }

    fn is_online(&self) -> bool {
        self.addresses(WITNESS).is_some()
    }

    #[allow(clippy::disallowed_methods, reason = "the clock is read here")]
    fn now(&self) -> u64 {
        let since = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
        u64::try_from(since.as_millis()).unwrap_or(u64::MAX)
    }

    fn pause(&self, duration: Duration) {
        sleep(duration);
    }
}

fn agent(threads: usize, proxy: Option<Proxy>) -> Agent {
    let config = Agent::config_builder()
        .http_status_as_error(false)
        .max_redirects(0)
        .proxy(proxy)
        .user_agent(USER_AGENT)
        .max_idle_connections(threads)
        .max_idle_connections_per_host(1)
        .timeout_connect(Some(CONNECT_TIMEOUT))
        .timeout_global(Some(TIMEOUT))
        .build();
    config.into()
}

fn no_answer(error: &Error, by_proxy: bool) -> NoAnswer {
    match error {
        Error::HostNotFound | Error::InvalidProxyUrl if by_proxy => NoAnswer::NoProxy,
        Error::ConnectProxyFailed(_) => NoAnswer::ProxyRefused,
        Error::Timeout(_) => NoAnswer::TimedOut,
        Error::Tls(_) | Error::Rustls(_) => NoAnswer::Untrusted(os_message(error)),
        Error::Io(error) => no_connection(error, by_proxy),
        error => NoAnswer::Broken(os_message(error)),
    }
}

fn no_connection(error: &io::Error, by_proxy: bool) -> NoAnswer {
    match error.kind() {
        ErrorKind::ConnectionRefused if by_proxy => NoAnswer::NoProxy,
        ErrorKind::ConnectionRefused => NoAnswer::Refused,
        ErrorKind::TimedOut => NoAnswer::TimedOut,
        // what TLS does not accept
        ErrorKind::InvalidData => NoAnswer::Untrusted(os_message(error)),
        _ => NoAnswer::Broken(os_message(error)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::io::{BufRead, BufReader, Write};
    use std::net::TcpListener;

    #[test]
    fn an_error_of_the_connection_is_not_taken_for_one_of_the_proxy() {
        let io = |kind: ErrorKind| Error::Io(kind.into());
        assert_eq!(no_answer(&io(ErrorKind::ConnectionRefused), false), NoAnswer::Refused);
        assert_eq!(no_answer(&io(ErrorKind::ConnectionRefused), true), NoAnswer::NoProxy);
        assert_eq!(no_answer(&io(ErrorKind::TimedOut), true), NoAnswer::TimedOut);
        assert!(matches!(no_answer(&io(ErrorKind::InvalidData), false), NoAnswer::Untrusted(_)));
        assert!(matches!(no_answer(&io(ErrorKind::ConnectionReset), true), NoAnswer::Broken(_)));
        assert!(matches!(no_answer(&Error::Tls("expired"), false), NoAnswer::Untrusted(_)));
    }

    #[test]
    fn an_address_in_digits_is_its_own_and_needs_no_lookup() {
        let internet = Internet { direct: agent(1, None), proxied: None };
        assert_eq!(internet.addresses("127.0.0.1"), Some(vec![IpAddr::from([127, 0, 0, 1])]));
        assert!(internet.now() > 1_700_000_000_000);
    }

    fn behind(proxy: &str) -> Internet {
        let proxy = Proxy::new(proxy).unwrap();
        Internet { direct: agent(1, None), proxied: Some((proxy.clone(), agent(1, Some(proxy)))) }
    }

    #[test]
    fn this_machine_is_asked_directly_and_others_by_the_proxy() {
        let internet = behind("http://127.0.0.1:9");
        for host in ["localhost", "127.0.0.1", "127.1.2.3", "[::1]", "::1"] {
            assert!(internet.proxy_for(host).is_none(), "{host}");
        }
        assert!(internet.proxy_for("a.example").is_some() && internet.proxy_for("10.0.0.1").is_some());
        assert_eq!(internet.addresses("a.example"), Some(Vec::new()), "the proxy looks it up");
    }

    #[test]
    fn a_proxy_that_is_away_is_no_dead_link_and_one_that_refuses_is_none_either() {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let proxy = format!("http://{}", listener.local_addr().unwrap());
        let refuse = std::thread::spawn(move || {
            let (mut stream, _) = listener.accept().unwrap();
            let head = BufReader::new(&stream).lines().map_while(Result::ok).take_while(|line| !line.is_empty());
            assert!(head.count() > 0);
            stream.write_all(b"HTTP/1.1 502 Bad Gateway\r\ncontent-length: 0\r\n\r\n").unwrap();
        });
        let internet = behind(&proxy);
        assert_eq!(internet.ask(Method::Head, "https://a.example/"), Err(NoAnswer::ProxyRefused));
        refuse.join().unwrap();
        // nothing listens there any more
        assert_eq!(internet.ask(Method::Head, "https://a.example/"), Err(NoAnswer::NoProxy));
    }
}
