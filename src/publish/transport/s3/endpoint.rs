//! Endpoint: the bucket of a store, and the URLs of its objects.
//!
//! A store is reached by its endpoint. The bucket is named in the path (`endpoint/bucket/key`, as MinIO expects) or in the
//! host (`bucket.endpoint/key`, the only way at OSS and COS, the usual one at AWS).

use crate::diagnostics::code::Code;
use crate::diagnostics::diagnostic::Diagnostic;
use crate::diagnostics::error::{Error, Result};
use crate::diagnostics::message::Message;
use crate::message;
use crate::publish::transport::s3::signature_v4::encode_path;

/// The settings of an endpoint; what they leave out follows from the rest.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct EndpointSettings<'a> {
    pub(crate) bucket: &'a str,
    /// the folder inside the bucket, with or without `/` around it; empty: the bucket itself
    pub(crate) prefix: &'a str,
    /// without one: AWS
    pub(crate) endpoint: Option<&'a str>,
    pub(crate) region: Option<&'a str>,
    /// whether the bucket is named in the path (or else in the host); `None`: as the store expects it
    pub(crate) path_style: Option<bool>,
}

/// A prefix in a bucket of a store.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Endpoint {
    pub(crate) bucket: String,
    /// empty, or with `/` at the end
    pub(crate) prefix: String,
    pub(crate) region: String,
    /// `http` or `https`
    scheme: String,
    /// name and, where it is not the usual one, port; with the bucket where it is named there
    pub(crate) host: String,
    /// the path before every key: `/`, or `/bucket/`
    root: String,
}

/// Stores whose buckets are named in the host.
const VIRTUAL_HOST_SUFFIXES: [&str; 3] = [".amazonaws.com", ".aliyuncs.com", ".myqcloud.com"];

/// The region where none is set or follows from the endpoint; stores without regions accept it.
const DEFAULT_REGION: &str = "us-east-1";

impl Endpoint {
    /// The endpoint of these settings; a configuration error where they cannot be right.
    pub(crate) fn resolve(settings: &EndpointSettings<'_>) -> Result<Self> {
        if !is_bucket_name(settings.bucket) {
            let hint = message!("3 to 63 lower-case letters, digits, - and ., with a letter or digit at both ends");
            return Err(bad_target(
                message!("{bucket} cannot be the name of a bucket", bucket = format!("{:?}", settings.bucket)),
                hint,
            ));
        }
        let named = settings.endpoint.map(|endpoint| endpoint.trim_end_matches('/').to_owned());
        let region = settings.region.map(str::to_owned).or_else(|| region_of(named.as_deref()?));
        let region = region.unwrap_or_else(|| DEFAULT_REGION.to_owned());
        let endpoint = named.unwrap_or_else(|| aws(&region));
        let (scheme, host) = split_endpoint(&endpoint)?;
        let expects_host = VIRTUAL_HOST_SUFFIXES.iter().any(|suffix| format!(".{host}").contains(suffix));
        let (host, root) = if settings.path_style.unwrap_or(!expects_host || settings.bucket.contains('.')) {
            (host.to_owned(), format!("/{}/", settings.bucket))
        } else {
            (format!("{}.{host}", settings.bucket), "/".to_owned())
        };
        let prefix = settings.prefix.trim_matches('/');
        let prefix = if prefix.is_empty() { String::new() } else { format!("{prefix}/") };
        Ok(Self { bucket: settings.bucket.to_owned(), prefix, region, scheme: scheme.to_owned(), host, root })
    }

    /// The encoded path of an object, given by its path below the prefix.
    pub(crate) fn path(&self, below: &str) -> String {
        encode_path(&format!("{}{}{below}", self.root, self.prefix))
    }

    pub(crate) fn bucket_path(&self) -> String {
        encode_path(&self.root)
    }

    /// The address of an encoded path.
    pub(crate) fn url(&self, path: &str, query: &str) -> String {
        let mark = if query.is_empty() { "" } else { "?" };
        format!("{}://{}{path}{mark}{query}", self.scheme, self.host)
    }

    /// Whether it is on this machine, where no proxy is used.
    pub(crate) fn is_local(&self) -> bool {
        let name = self.host.rsplit_once(':').map_or(self.host.as_str(), |(name, _)| name);
        name.starts_with("127.") || name == "[::1]" || name == "localhost" || name.ends_with(".localhost")
    }

    /// The name for people: `s3://bucket/prefix`.
    pub(crate) fn name(&self) -> String {
        format!("s3://{}/{}", self.bucket, self.prefix)
    }
}

fn aws(region: &str) -> String {
    let china = if region.starts_with("cn-") { ".cn" } else { "" };
    format!("https://s3.{region}.amazonaws.com{china}")
}

fn split_endpoint(endpoint: &str) -> Result<(&str, &str)> {
    let hint =
        message!("write it with its scheme and without the bucket, such as https://s3.oss-cn-hangzhou.aliyuncs.com");
    if endpoint.contains('@') {
        // not shown: the text before the @ is a password
        return Err(bad_target(message!("the endpoint holds a user name or a password"), hint));
    }
    // nor is a query, which may hold a token
    let shown = endpoint.split(['?', '#']).next().unwrap_or_default();
    let apart = endpoint.split_once("://").filter(|(scheme, _)| ["http", "https"].contains(scheme));
    let Some((scheme, host)) = apart else {
        return Err(bad_target(message!("the endpoint {shown} is no address", shown = format!("{shown:?}")), hint));
    };
    let is_host = |c: char| c.is_ascii_alphanumeric() || "-.:[]_".contains(c);
    if host.is_empty() || !host.chars().all(is_host) {
        return Err(bad_target(
            message!("the endpoint {shown} is more than scheme, host and port", shown = format!("{shown:?}")),
            hint,
        ));
    }
    let usual = if scheme == "https" { ":443" } else { ":80" };
    Ok((scheme, host.strip_suffix(usual).unwrap_or(host)))
}

/// The region that an endpoint names: `s3.oss-cn-hangzhou.aliyuncs.com`, `cos.ap-guangzhou.myqcloud.com`.
fn region_of(endpoint: &str) -> Option<String> {
    let host = endpoint.split_once("://").map_or(endpoint, |(_, host)| host);
    let suffix = VIRTUAL_HOST_SUFFIXES.iter().find_map(|suffix| host.find(suffix))?;
    let label = host[..suffix].rsplit('.').next()?;
    let region = label.trim_start_matches("oss-").trim_end_matches("-internal");
    let is_region = region.split('-').count() >= 2 && !region.contains("accelerate");
    is_region.then(|| region.to_owned())
}

/// The rule of AWS ("Bucket naming rules"), which the others share.
fn is_bucket_name(name: &str) -> bool {
    let inner = |c: u8| c.is_ascii_lowercase() || c.is_ascii_digit();
    (3..=63).contains(&name.len())
        && name.bytes().all(|c| inner(c) || c == b'-' || c == b'.')
        && name.bytes().next().is_some_and(inner)
        && name.bytes().next_back().is_some_and(inner)
        && !name.contains("..")
}

fn bad_target(why: Message, hint: Message) -> Error {
    Error::configuration(Diagnostic::new(Code::BadTarget, why).hint(hint))
}

#[cfg(test)]
mod tests {
    use super::*;

    const DIGEST: EndpointSettings<'_> =
        EndpointSettings { bucket: "digest", prefix: "", endpoint: None, region: None, path_style: None };

    fn url(settings: EndpointSettings<'_>) -> String {
        let endpoint = Endpoint::resolve(&settings).unwrap();
        format!("{} {}", endpoint.url(&endpoint.path("a b.html"), ""), endpoint.region)
    }

    #[test]
    fn each_store_is_addressed_as_it_expects() {
        assert_eq!(url(DIGEST), "https://digest.s3.us-east-1.amazonaws.com/a%20b.html us-east-1");
        let of = |endpoint| EndpointSettings { endpoint: Some(endpoint), prefix: "/文/", ..DIGEST };
        let at = "%E6%96%87/a%20b.html";
        assert_eq!(
            url(of("https://s3.oss-cn-hangzhou.aliyuncs.com/")),
            format!("https://digest.s3.oss-cn-hangzhou.aliyuncs.com/{at} cn-hangzhou")
        );
        assert_eq!(
            url(of("https://cos.ap-guangzhou.myqcloud.com")),
            format!("https://digest.cos.ap-guangzhou.myqcloud.com/{at} ap-guangzhou")
        );
        assert_eq!(url(of("http://127.0.0.1:9000")), format!("http://127.0.0.1:9000/digest/{at} us-east-1"));
        assert_eq!(
            url(EndpointSettings { path_style: Some(false), ..of("https://minio.example.org:443") }),
            format!("https://digest.minio.example.org/{at} us-east-1")
        );
        assert!(url(EndpointSettings { region: Some("cn-north-1"), ..DIGEST }).contains(".amazonaws.com.cn/"));
        let dotted = EndpointSettings { bucket: "www.example.org", region: Some("eu-west-1"), ..DIGEST };
        assert!(url(dotted).starts_with("https://s3.eu-west-1.amazonaws.com/www.example.org/"));
    }

    #[test]
    fn what_cannot_be_an_address_is_refused_and_a_password_in_it_is_not_shown() {
        for endpoint in ["s3.amazonaws.com", "ftp://a", "https://", "https://a/b", "https://a?b", "https://用户"] {
            assert!(Endpoint::resolve(&EndpointSettings { endpoint: Some(endpoint), ..DIGEST }).is_err(), "{endpoint}");
        }
        let message = Endpoint::resolve(&EndpointSettings { endpoint: Some("https://me:hunter2@host"), ..DIGEST })
            .unwrap_err()
            .to_string();
        assert!(!message.contains("hunter2"), "{message}");
        for bucket in ["", "ab", "Digest", "a/b", "-ab", "文摘文摘", "a..b"] {
            assert!(Endpoint::resolve(&EndpointSettings { bucket, ..DIGEST }).is_err(), "{bucket}");
        }
    }

    #[test]
    fn a_store_on_this_machine_is_local_and_any_other_is_not() {
        let is_local =
            |endpoint| Endpoint::resolve(&EndpointSettings { endpoint: Some(endpoint), ..DIGEST }).unwrap().is_local();
        for local in ["http://127.0.0.1:9000", "http://[::1]:9000", "http://localhost", "http://store.localhost:9000"] {
            assert!(is_local(local), "{local}");
        }
        for other in ["https://s3.example.org", "https://localhost.example.org"] {
            assert!(!is_local(other), "{other}");
        }
    }
}
