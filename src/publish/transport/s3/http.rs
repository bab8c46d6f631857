//! Requests on their way to a store and answers on their way back: signed, over connections that are kept.

use crate::diagnostics::code::Code;
use crate::diagnostics::diagnostic::Diagnostic;
use crate::diagnostics::error::{Error, Result};
use crate::io::fs::os_error::path_error;
use crate::publish::transport::retry::RetryError;
use crate::publish::transport::s3::credentials::Credentials;
use crate::publish::transport::s3::endpoint::Endpoint;
use crate::publish::transport::s3::error::{ErrorResponse, Operation, refusal, unreached};
use crate::publish::transport::s3::payload::{Digests, Payload};
use crate::publish::transport::s3::response;
use crate::publish::transport::s3::signature_v4::{CanonicalRequest, authorization, query};
use jiff::Timestamp;
use std::path::Path;
use std::time::Duration;
use ureq::http::{Request, Response};
use ureq::tls::{Certificate, PemItem, RootCerts, TlsConfig, parse_pem};
use ureq::{Agent, Body, Proxy, SendBody};

/// The connections to one store, for any number of threads.
#[derive(Debug)]
pub(crate) struct HttpClient {
    pub(crate) endpoint: Endpoint,
    keys: Credentials,
    agent: Agent,
}

/// Name in lower case, value.
pub(crate) type Header = (&'static str, String);

/// An answer is read up to here: the longest is the record of a large site.
const LONGEST_ANSWER: u64 = 256 * 1024 * 1024;
const CONNECT: Duration = Duration::from_secs(15);
/// Without a byte for so long, a connection is given up.
const SILENCE: Duration = Duration::from_secs(60);

/// One request before it is signed.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Ask<'a> {
    pub(crate) operation: Operation<'a>,
    pub(crate) method: &'static str,
    /// encoded
    pub(crate) path: &'a str,
    pub(crate) parameters: &'a [(&'a str, &'a str)],
    pub(crate) headers: &'a [Header],
    pub(crate) payload: Payload<'a>,
}

impl<'a> Ask<'a> {
    /// Without parameters, headers and body.
    pub(crate) fn of(operation: Operation<'a>, method: &'static str, path: &'a str) -> Self {
        Self { operation, method, path, parameters: &[], headers: &[], payload: Payload::Bytes(b"") }
    }
}

impl HttpClient {
    /// Connections for `width` threads. `authorities` is a PEM file of certificates to trust, where the store has its own.
    ///
    /// # Errors
    /// What the disk refuses; a file without certificates.
    pub(crate) fn open(
        endpoint: Endpoint,
        keys: Credentials,
        width: usize,
        authorities: Option<&Path>,
    ) -> Result<Self> {
        let roots = authorities.map(certificates).transpose()?.unwrap_or(RootCerts::WebPki);
        let config = Agent::config_builder()
            .http_status_as_error(false)
            .max_redirects(0)
            .proxy(if endpoint.is_on_this_machine() { None } else { Proxy::try_from_env() })
            .user_agent(concat!("wenzhai/", env!("CARGO_PKG_VERSION")))
            .tls_config(TlsConfig::builder().root_certs(roots).build())
            .max_idle_connections(width)
            .max_idle_connections_per_host(width)
            .timeout_connect(Some(CONNECT))
            .timeout_recv_response(Some(SILENCE))
            .timeout_per_read(Some(SILENCE))
            .timeout_per_write(Some(SILENCE))
            .build();
        Ok(Self { endpoint, keys, agent: config.into() })
    }

    /// What the store answers to a request, whatever it is.
    ///
    /// # Errors
    /// What the disk refuses; what came instead of an answer.
    pub(crate) fn asked(&self, ask: &Ask<'_>) -> Result<Response<Body>, RetryError> {
        self.answered(ask, &ask.payload.digests()?)
    }

    /// As [`HttpClient::asked`], with the digests of what is sent.
    ///
    /// # Errors
    /// As there.
    pub(crate) fn answered(&self, ask: &Ask<'_>, digests: &Digests) -> Result<Response<Body>, RetryError> {
        let time = Timestamp::now().strftime("%Y%m%dT%H%M%SZ").to_string();
        let query = query(ask.parameters);
        let mut signed: Vec<(&str, &str)> =
            vec![("host", &self.endpoint.host), ("x-amz-content-sha256", &digests.sha256), ("x-amz-date", &time)];
        signed.extend(self.keys.token.as_ref().map(|token| ("x-amz-security-token", token.reveal())));
        signed.extend(ask.headers.iter().map(|(name, value)| (*name, value.as_str())));
        signed.sort_unstable();
        let Ask { method, path, .. } = ask;
        let unsigned = CanonicalRequest { method, path, query: &query, headers: &signed, payload: &digests.sha256 };
        let proof = authorization(&self.keys, &self.endpoint.region, &time, &unsigned);
        let mut request =
            Request::builder().method(*method).uri(self.endpoint.url(path, &query)).header("authorization", proof);
        for (name, value) in signed.into_iter().filter(|(name, _)| *name != "host") {
            request = request.header(name, value);
        }
        self.send(ask, request, digests.size).map_err(|error| match error {
            Trouble::Disk(error) => RetryError::Permanent(error),
            Trouble::Net(error) => unreached(&self.endpoint, ask.operation, &error),
        })
    }

    fn send(&self, ask: &Ask<'_>, request: ureq::http::request::Builder, size: u64) -> Result<Response<Body>, Trouble> {
        if matches!(ask.method, "GET" | "HEAD" | "DELETE") {
            return Ok(self.agent.run(request.body(()).map_err(ureq::Error::from)?)?);
        }
        let mut reader = ask.payload.open().map_err(Trouble::Disk)?;
        let request = request.header("content-length", size);
        let request = request.body(SendBody::from_reader(&mut *reader)).map_err(ureq::Error::from)?;
        Ok(self.agent.run(request)?)
    }

    /// Whether the store did what was asked; false where there is no such object to read or remove.
    ///
    /// # Errors
    /// Any other refusal.
    pub(crate) fn accepted(&self, operation: Operation<'_>, answer: &mut Response<Body>) -> Result<bool, RetryError> {
        let status = answer.status().as_u16();
        if (200..300).contains(&status) {
            return Ok(true);
        }
        let wait = header(answer, "retry-after").and_then(|seconds| seconds.parse().ok()).map(Duration::from_secs);
        let region = header(answer, "x-amz-bucket-region").map(str::to_owned);
        let text = answer.body_mut().with_config().limit(LONGEST_ANSWER).lossy_utf8(true).read_to_string();
        let mut refused = text.map(|text| response::refusal(&text)).unwrap_or_default();
        refused.region = region.or(refused.region);
        if status == 404 && operation.may_find_nothing() && ["", "NoSuchKey"].contains(&refused.code.as_str()) {
            return Ok(false);
        }
        Err(refusal(&self.endpoint, operation, &ErrorResponse { status, refused, wait }))
    }

    /// The body of an answer.
    ///
    /// # Errors
    /// What broke the connection.
    pub(crate) fn bytes(&self, operation: Operation<'_>, answer: &mut Response<Body>) -> Result<Vec<u8>, RetryError> {
        let read = answer.body_mut().with_config().limit(LONGEST_ANSWER).read_to_vec();
        read.map_err(|error| unreached(&self.endpoint, operation, &error))
    }
}

/// What kept a request from being answered.
enum Trouble {
    Disk(Error),
    Net(ureq::Error),
}

impl From<ureq::Error> for Trouble {
    fn from(error: ureq::Error) -> Self {
        Self::Net(error)
    }
}

/// A header of an answer, where it is text; the name in lower case.
pub(crate) fn header<'a>(answer: &'a Response<Body>, name: &str) -> Option<&'a str> {
    answer.headers().get(name)?.to_str().ok()
}

fn certificates(path: &Path) -> Result<RootCerts> {
    #[allow(clippy::disallowed_methods, reason = "certificates are a file")]
    let text = std::fs::read(path).map_err(|error| path_error("read", path, error))?;
    let items: Vec<PemItem<'_>> = parse_pem(&text).filter_map(std::result::Result::ok).collect();
    let found: Vec<Certificate<'static>> = items
        .into_iter()
        .filter_map(
            |item| if let PemItem::Certificate(certificate) = item { Some(certificate.to_owned()) } else { None },
        )
        .collect();
    if found.is_empty() {
        let diagnostic = Diagnostic::new(Code::BadCertificates, format!("{} holds no certificate", path.display()));
        return Err(Error::configuration(
            diagnostic.hint("AWS_CA_BUNDLE names a file in PEM form: -----BEGIN CERTIFICATE-----"),
        ));
    }
    Ok(RootCerts::new_with_certs(&found))
}
