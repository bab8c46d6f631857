//! Errors of a store and of the connection to it: a hint, and whether a retry may help.
//!
//! A table maps error codes to causes; without a known code the status decides. The codes are those of "Error responses" in
//! the Amazon S3 API Reference, which the other stores share, and of MinIO and COS for a full disk.

use crate::diagnostics::code::Code;
use crate::diagnostics::diagnostic::Diagnostic;
use crate::diagnostics::error::Error;
use crate::diagnostics::error::{io_reason, library_reason};
use crate::diagnostics::message::Message;
use crate::message;
use crate::publish::transport::retry::RetryError;
use crate::publish::transport::s3::endpoint::Endpoint;
use crate::publish::transport::s3::response::ErrorBody;
use crate::template;
use std::io::ErrorKind;
use std::time::Duration;

/// An operation on a store, or on an object of it by its path below the prefix.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Operation<'a> {
    Put(&'a str),
    Get(&'a str),
    Delete(&'a str),
    DeleteMany,
    List,
}

impl Operation<'_> {
    /// What failed.
    fn failure(&self, endpoint: &Endpoint) -> Message {
        match self {
            Self::Put(path) => message!("could not put {path} into {bucket}", path, bucket = endpoint.name()),
            Self::Get(path) => message!("could not read {path} from {bucket}", path, bucket = endpoint.name()),
            Self::Delete(path) => message!("could not remove {path} from {bucket}", path, bucket = endpoint.name()),
            Self::DeleteMany => message!("could not remove files from {bucket}", bucket = endpoint.name()),
            Self::List => message!("could not list what {bucket} holds", bucket = endpoint.name()),
        }
    }

    /// Whether it is about one object, which may not exist.
    pub(crate) fn may_find_nothing(&self) -> bool {
        matches!(self, Self::Get(_) | Self::Delete(_))
    }

    /// The permission that it needs, by its name in policies.
    fn permission(&self) -> &'static str {
        match self {
            Self::Put(_) => "s3:PutObject",
            // without the right to list, a store responds "forbidden" for a missing object
            Self::Get(_) => "s3:GetObject and s3:ListBucket",
            Self::Delete(_) | Self::DeleteMany => "s3:DeleteObject",
            Self::List => "s3:ListBucket",
        }
    }
}

/// A response that is no success.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct ErrorResponse {
    pub(crate) status: u16,
    pub(crate) body: ErrorBody,
    /// the pause that the store asks for
    pub(crate) retry_after: Option<Duration>,
}

/// The hint where a retry later may succeed.
pub(crate) const HINT_RETRY_LATER: &str = template!("run the command again later: it goes on where it stopped");

/// The cause of an error response.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Cause {
    Transient,
    Bucket,
    Key,
    Secret,
    Clock,
    Expired,
    Region,
    Full,
    TooLarge,
    Denied,
    Other,
}

const CAUSES: &[(&str, Cause)] = &[
    ("SlowDown", Cause::Transient),
    ("InternalError", Cause::Transient),
    ("ServiceUnavailable", Cause::Transient),
    ("RequestTimeout", Cause::Transient),
    ("OperationAborted", Cause::Transient),
    // the bytes did not arrive as they were sent
    ("BadDigest", Cause::Transient),
    ("IncompleteBody", Cause::Transient),
    ("XAmzContentSHA256Mismatch", Cause::Transient),
    ("NoSuchBucket", Cause::Bucket),
    ("InvalidAccessKeyId", Cause::Key),
    ("SignatureDoesNotMatch", Cause::Secret),
    ("RequestTimeTooSkewed", Cause::Clock),
    ("RequestExpired", Cause::Clock),
    ("ExpiredToken", Cause::Expired),
    ("InvalidToken", Cause::Expired),
    ("TokenRefreshRequired", Cause::Expired),
    ("PermanentRedirect", Cause::Region),
    ("TemporaryRedirect", Cause::Region),
    ("AuthorizationHeaderMalformed", Cause::Region),
    ("XMinioStorageFull", Cause::Full),
    ("QuotaExceeded", Cause::Full),
    ("EntityTooLarge", Cause::TooLarge),
    ("AccessDenied", Cause::Denied),
];

fn cause(response: &ErrorResponse) -> Cause {
    let named = CAUSES.iter().find(|(code, _)| *code == response.body.code).map(|(_, cause)| *cause);
    named.unwrap_or(match response.status {
        408 | 429 | 500 | 502..=504 => Cause::Transient,
        301 | 307 | 308 => Cause::Region,
        401 | 403 => Cause::Denied,
        413 => Cause::TooLarge,
        507 => Cause::Full,
        _ => Cause::Other,
    })
}

pub(crate) fn response_error(endpoint: &Endpoint, operation: Operation<'_>, response: &ErrorResponse) -> RetryError {
    let cause = cause(response);
    let hint = advice(endpoint, operation, response, cause);
    let message = message!(
        "{failure}: the store answered {response}",
        failure = operation.failure(endpoint),
        response = describe(response)
    );
    let error = Error::failure(Diagnostic::new(code_of(cause), message).hint(hint));
    match cause {
        Cause::Transient => RetryError::Transient { error, retry_after: response.retry_after },
        _ => RetryError::Permanent(error),
    }
}

fn describe(response: &ErrorResponse) -> String {
    let ErrorBody { code, message, .. } = &response.body;
    match (code.is_empty(), message.is_empty()) {
        (true, _) => response.status.to_string(),
        (false, true) => format!("{} {code}", response.status),
        (false, false) => format!("{} {code}: {message}", response.status),
    }
}

fn code_of(cause: Cause) -> Code {
    match cause {
        Cause::Transient => Code::StoreBusy,
        Cause::Bucket => Code::StoreBucket,
        Cause::Key | Cause::Secret | Cause::Expired => Code::StoreKeys,
        Cause::Clock => Code::StoreClock,
        Cause::Region => Code::StoreRegion,
        Cause::Full => Code::StoreFull,
        Cause::Denied => Code::StoreDenied,
        Cause::TooLarge | Cause::Other => Code::StoreRefused,
    }
}

fn advice(endpoint: &Endpoint, operation: Operation<'_>, response: &ErrorResponse, cause: Cause) -> Message {
    let Endpoint { bucket, region, host, .. } = endpoint;
    match cause {
        Cause::Transient => Message::of(HINT_RETRY_LATER),
        Cause::Bucket => {
            message!(
                "make the bucket {bucket} at {host} first, or correct bucket, region or endpoint in site.toml",
                bucket,
                host
            )
        }
        Cause::Key => {
            message!("{host} does not know this key: is AWS_ACCESS_KEY_ID, or the profile, of this store?", host)
        }
        Cause::Secret => {
            message!(
                "copy the secret key again; and look whether region ({region}) and endpoint ({host}) are right",
                region,
                host
            )
        }
        Cause::Clock => {
            message!("set this machine's clock: it differs from the store's by more than a quarter of an hour")
        }
        Cause::Expired => {
            message!(
                "these keys held for some hours: fetch new ones and run the command again: it goes on where it stopped"
            )
        }
        Cause::Region => match &response.body.region {
            Some(there) => message!(
                "the bucket {bucket} is elsewhere: write region = {there} into site.toml",
                bucket,
                there = format!("{there:?}")
            ),
            None => message!(
                "the bucket {bucket} is not in {region}: correct region or endpoint in site.toml",
                bucket,
                region
            ),
        },
        Cause::Full => {
            message!(
                "free space at the store, or have its quota raised, and run the command again: it goes on where it stopped"
            )
        }
        Cause::TooLarge => message!("keep this file out of the site: the store takes none as large"),
        Cause::Denied => {
            let permission = operation.permission();
            message!(
                "give these keys the permission {permission} on the bucket {bucket} (or let its owner do so)",
                permission,
                bucket
            )
        }
        Cause::Other => message!("look it up in the store's documentation under this word"),
    }
}

/// The error of a connection that gave no response.
pub(crate) fn connection_error(endpoint: &Endpoint, operation: Operation<'_>, error: &ureq::Error) -> RetryError {
    let host = &endpoint.host;
    let text = match error {
        ureq::Error::Io(error) => io_reason(error),
        error => library_reason(error),
    };
    let untrusted = || (true, message!("{host} could not prove who it is: {text}", host, text), TRUST);
    let (is_permanent, why, hint) = match error {
        ureq::Error::HostNotFound => (
            false,
            message!("there is no host {host}", host),
            template!("check endpoint and region in site.toml, and the network"),
        ),
        ureq::Error::Io(error) if error.kind() == ErrorKind::ConnectionRefused => (
            false,
            message!("nobody answers at {host}", host),
            template!("is the store running? Check endpoint in site.toml"),
        ),
        ureq::Error::Io(error) if error.kind() == ErrorKind::InvalidData => untrusted(),
        ureq::Error::Tls(_) | ureq::Error::Rustls(_) => untrusted(),
        ureq::Error::Pem(_) => (true, message!("the file that AWS_CA_BUNDLE names holds no certificates"), TRUST),
        // its text may hold the proxy's password
        ureq::Error::ConnectProxyFailed(_) | ureq::Error::InvalidProxyUrl => (
            true,
            message!("the proxy does not lead to {host}", host),
            template!("check HTTPS_PROXY, or name the store in NO_PROXY"),
        ),
        ureq::Error::Timeout(_) => (false, message!("{host} did not answer in time", host), HINT_RETRY_LATER),
        _ => (false, message!("the connection to {host} broke: {text}", host, text), HINT_RETRY_LATER),
    };
    let message = message!("{failure}: {reason}", failure = operation.failure(endpoint), reason = why);
    let error = Error::failure(Diagnostic::new(Code::StoreUnreachable, message).hint(Message::of(hint)));
    if is_permanent { RetryError::Permanent(error) } else { RetryError::transient(error) }
}

const TRUST: &str =
    template!("where the store has a certificate of its own, let AWS_CA_BUNDLE name the file of its authority (PEM)");

#[cfg(test)]
mod tests {
    use super::*;
    use crate::publish::transport::s3::endpoint::EndpointSettings;

    fn action(status: u16, code: &str, region: Option<&str>) -> (bool, String) {
        let settings =
            EndpointSettings { bucket: "digest", prefix: "d", endpoint: None, region: None, path_style: None };
        let endpoint = Endpoint::resolve(&settings).unwrap();
        let body = ErrorBody { code: code.into(), message: String::new(), region: region.map(str::to_owned) };
        match response_error(
            &endpoint,
            Operation::Put("a/index.html"),
            &ErrorResponse { status, body, retry_after: None },
        ) {
            RetryError::Transient { error, .. } => (true, error.to_string()),
            RetryError::Permanent(error) => (false, error.to_string()),
        }
    }

    #[test]
    fn what_passes_is_told_from_what_lasts() {
        for (status, code) in
            [(500, ""), (502, ""), (503, "SlowDown"), (429, ""), (400, "RequestTimeout"), (400, "BadDigest")]
        {
            assert!(action(status, code, None).0, "{status} {code}");
        }
        for (status, code) in [(403, ""), (404, "NoSuchBucket"), (400, "InvalidArgument"), (501, ""), (507, "")] {
            assert!(!action(status, code, None).0, "{status} {code}");
        }
    }

    #[test]
    fn each_refusal_says_what_to_do() {
        let cases = [
            (403, "AccessDenied", "s3:PutObject on the bucket digest"),
            (403, "InvalidAccessKeyId", "does not know this key"),
            (403, "SignatureDoesNotMatch", "copy the secret key again"),
            (403, "RequestTimeTooSkewed", "set this machine's clock"),
            (400, "ExpiredToken", "fetch new ones"),
            (404, "NoSuchBucket", "make the bucket digest"),
            (507, "XMinioStorageFull", "free space"),
            (301, "", "not in us-east-1"),
        ];
        for (status, code, hint) in cases {
            let (_, text) = action(status, code, None);
            assert!(text.contains(hint) && text.contains("could not put a/index.html into s3://digest/d/"), "{text}");
        }
        assert!(action(400, "AuthorizationHeaderMalformed", Some("eu-west-1")).1.contains("region = \"eu-west-1\""));
    }

    #[test]
    fn a_store_that_cannot_prove_who_it_is_is_not_asked_again() {
        let settings =
            EndpointSettings { bucket: "digest", prefix: "d", endpoint: None, region: None, path_style: None };
        let endpoint = Endpoint::resolve(&settings).unwrap();
        let error = connection_error(&endpoint, Operation::List, &ureq::Error::Tls("no certificate"));
        let RetryError::Permanent(error) = error else { panic!("{error:?}") };
        assert!(error.to_string().contains("could not prove who it is"), "{error}");
    }
}
