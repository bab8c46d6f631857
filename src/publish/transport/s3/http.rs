//! HTTP client of a store: signed requests over a connection pool, with timeouts.

use crate::diagnostics::code::Code;
use crate::diagnostics::diagnostic::Diagnostic;
use crate::diagnostics::error::{Error, Result};
use crate::io::fs::os_error::{FileOperation, path_error};
use crate::message;
use crate::publish::transport::limits::{HTTP_CONNECT_TIMEOUT, HTTP_IDLE_TIMEOUT};
use crate::publish::transport::retry::RetryError;
use crate::publish::transport::s3::credentials::Credentials;
use crate::publish::transport::s3::endpoint::Endpoint;
use crate::publish::transport::s3::error::{ErrorResponse, Operation, connection_error, response_error};
use crate::publish::transport::s3::payload::{Digests, Payload};
use crate::publish::transport::s3::response::parse_error;
use crate::publish::transport::s3::signature_v4::{CanonicalRequest, authorization_header, encode_query};
use jiff::Timestamp;
use std::path::Path;
use std::time::Duration;
use ureq::http::Response;
use ureq::http::request::Builder;
use ureq::tls::{Certificate, PemItem, RootCerts, TlsConfig, parse_pem};
use ureq::{Agent, Body, Proxy, SendBody};

/// The connection pool of one store, for any number of threads.
#[derive(Debug)]
pub(crate) struct HttpClient {
    pub(crate) endpoint: Endpoint,
    credentials: Credentials,
    agent: Agent,
}

/// Name in lower case, value.
pub(crate) type Header = (&'static str, String);

/// A longer response body, in bytes, is an error. The longest expected one is the record of a large site.
const MAX_RESPONSE_BODY: u64 = 256 * 1024 * 1024;

/// One request before it is signed.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Request<'a> {
    pub(crate) operation: Operation<'a>,
    pub(crate) method: &'static str,
    /// encoded
    pub(crate) path: &'a str,
    pub(crate) parameters: &'a [(&'a str, &'a str)],
    pub(crate) headers: &'a [Header],
    pub(crate) payload: Payload<'a>,
}

impl<'a> Request<'a> {
    /// A request without parameters, headers and body.
    pub(crate) fn new(operation: Operation<'a>, method: &'static str, path: &'a str) -> Self {
        Self { operation, method, path, parameters: &[], headers: &[], payload: Payload::Bytes(b"") }
    }
}

impl HttpClient {
    /// A pool of up to `connections` idle connections. `certificates` is a PEM file of authorities that the store needs.
    pub(crate) fn new(
        endpoint: Endpoint,
        credentials: Credentials,
        connections: usize,
        certificates: Option<&Path>,
    ) -> Result<Self> {
        let roots = certificates.map(read_certificates).transpose()?.unwrap_or(RootCerts::WebPki);
        let config = Agent::config_builder()
            .http_status_as_error(false)
            .max_redirects(0)
            .proxy(if endpoint.is_local() { None } else { Proxy::try_from_env() })
            .user_agent(concat!("wenzhai/", env!("CARGO_PKG_VERSION")))
            .tls_config(TlsConfig::builder().root_certs(roots).build())
            .max_idle_connections(connections)
            .max_idle_connections_per_host(connections)
            .timeout_connect(Some(HTTP_CONNECT_TIMEOUT))
            .timeout_recv_response(Some(HTTP_IDLE_TIMEOUT))
            .timeout_per_read(Some(HTTP_IDLE_TIMEOUT))
            .timeout_per_write(Some(HTTP_IDLE_TIMEOUT))
            .build();
        Ok(Self { endpoint, credentials, agent: config.into() })
    }

    /// The store's successful response; `None` where there is no such object to read or remove.
    pub(crate) fn send(&self, request: &Request<'_>) -> Result<Option<Response<Body>>, RetryError> {
        self.checked(request.operation, self.exchange(request, &request.payload.digests()?)?)
    }

    /// The store's response to a request, whatever its status; `digests` are those of the payload.
    pub(crate) fn exchange(&self, request: &Request<'_>, digests: &Digests) -> Result<Response<Body>, RetryError> {
        let builder = self.signed(request, digests);
        let response = if matches!(request.method, "GET" | "HEAD" | "DELETE") {
            builder.body(()).map_err(ureq::Error::from).and_then(|it| self.agent.run(it))
        } else {
            let mut reader = request.payload.open()?;
            let sized = builder.header("content-length", digests.size).body(SendBody::from_reader(&mut *reader));
            sized.map_err(ureq::Error::from).and_then(|it| self.agent.run(it))
        };
        response.map_err(|error| connection_error(&self.endpoint, request.operation, &error))
    }

    /// The request line and headers, with the signature.
    fn signed(&self, request: &Request<'_>, digests: &Digests) -> Builder {
        let time = Timestamp::now().strftime("%Y%m%dT%H%M%SZ").to_string();
        let query = encode_query(request.parameters);
        let mut headers: Vec<(&str, &str)> =
            vec![("host", &self.endpoint.host), ("x-amz-content-sha256", &digests.sha256), ("x-amz-date", &time)];
        headers.extend(self.credentials.token.as_ref().map(|token| ("x-amz-security-token", token.reveal())));
        headers.extend(request.headers.iter().map(|(name, value)| (*name, value.as_str())));
        headers.sort_unstable();
        let Request { method, path, .. } = request;
        let canonical = CanonicalRequest { method, path, query: &query, headers: &headers, payload: &digests.sha256 };
        let signature = authorization_header(&self.credentials, &self.endpoint.region, &time, &canonical);
        let builder = ureq::http::Request::builder().method(*method).uri(self.endpoint.url(path, &query));
        let builder = builder.header("authorization", signature);
        let own_headers = headers.into_iter().filter(|(name, _)| *name != "host");
        own_headers.fold(builder, |builder, (name, value)| builder.header(name, value))
    }

    /// A response if it is a success; `None` where there is no such object to read or remove.
    pub(crate) fn checked(
        &self,
        operation: Operation<'_>,
        mut response: Response<Body>,
    ) -> Result<Option<Response<Body>>, RetryError> {
        let status = response.status().as_u16();
        if (200..300).contains(&status) {
            return Ok(Some(response));
        }
        let retry_after = header(&response, "retry-after").and_then(|seconds| seconds.parse().ok());
        let region = header(&response, "x-amz-bucket-region").map(str::to_owned);
        let text = response.body_mut().with_config().limit(MAX_RESPONSE_BODY).lossy_utf8(true).read_to_string();
        let mut body = text.map(|text| parse_error(&text)).unwrap_or_default();
        body.region = region.or(body.region);
        if status == 404 && operation.may_find_nothing() && ["", "NoSuchKey"].contains(&body.code.as_str()) {
            return Ok(None);
        }
        let response = ErrorResponse { status, body, retry_after: retry_after.map(Duration::from_secs) };
        Err(response_error(&self.endpoint, operation, &response))
    }

    pub(crate) fn body(&self, operation: Operation<'_>, mut response: Response<Body>) -> Result<Vec<u8>, RetryError> {
        let body = response.body_mut().with_config().limit(MAX_RESPONSE_BODY).read_to_vec();
        body.map_err(|error| connection_error(&self.endpoint, operation, &error))
    }
}

/// A header of a response, where it is text; the name in lower case.
pub(crate) fn header<'a>(response: &'a Response<Body>, name: &str) -> Option<&'a str> {
    response.headers().get(name)?.to_str().ok()
}

fn read_certificates(path: &Path) -> Result<RootCerts> {
    #[allow(clippy::disallowed_methods, reason = "certificates are a file")]
    let text = std::fs::read(path).map_err(|error| path_error(FileOperation::Read, path, error))?;
    let items = parse_pem(&text).filter_map(std::result::Result::ok);
    let certificate = |item| if let PemItem::Certificate(found) = item { Some(found.to_owned()) } else { None };
    let found: Vec<Certificate<'static>> = items.filter_map(certificate).collect();
    if found.is_empty() {
        let diagnostic =
            Diagnostic::new(Code::BadCertificates, message!("{path} holds no certificate", path = path.display()));
        let hint = message!("AWS_CA_BUNDLE names a file in PEM form: -----BEGIN CERTIFICATE-----");
        return Err(Error::configuration(diagnostic.hint(hint)));
    }
    Ok(RootCerts::new_with_certs(&found))
}
