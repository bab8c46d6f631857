//! S3 client: put, get, head, list and delete objects.
//!
//! Any number of threads can share one client. [`S3Client::put`] returns transient failures as such, for callers that retry;
//! all other operations retry by themselves.

use crate::diagnostics::code::Code;
use crate::diagnostics::diagnostic::Diagnostic;
use crate::diagnostics::error::{Error, Result};
use crate::message;
use crate::publish::transport::retry::{RetryError, retry};
use crate::publish::transport::s3::credentials::Credentials;
use crate::publish::transport::s3::endpoint::Endpoint;
use crate::publish::transport::s3::error::{ErrorResponse, Operation, connection_error, response_error};
use crate::publish::transport::s3::http::{Header, HttpClient, Request, header};
use crate::publish::transport::s3::payload::{Digests, Payload};
use crate::publish::transport::s3::response::{
    ListPage, ListedObject, delete_request, parse_delete_errors, parse_list_page, without_quotes,
};
use crate::publish::transport::s3::signature_v4::hex;
use base64::Engine;
use base64::engine::general_purpose::STANDARD as BASE64;
use std::collections::BTreeMap;
use std::path::Path;
use ureq::Body;
use ureq::http::Response;

/// Operations on the objects below one prefix of a bucket.
#[derive(Debug)]
pub(crate) struct S3Client {
    http: HttpClient,
}

/// The largest object, in bytes, of one request (AWS, "Uploading objects"; OSS and COS have the same limit).
const MAX_OBJECT_SIZE: u64 = 5 * 1024 * 1024 * 1024;
/// Objects that one `DeleteObjects` may name.
const DELETE_BATCH: usize = 1000;

impl S3Client {
    /// A client for `threads` threads. `certificates` is a PEM file of authorities to trust, where the store has its own.
    pub(crate) fn new(
        endpoint: Endpoint,
        credentials: Credentials,
        threads: usize,
        certificates: Option<&Path>,
    ) -> Result<Self> {
        Ok(Self { http: HttpClient::new(endpoint, credentials, threads, certificates)? })
    }

    fn endpoint(&self) -> &Endpoint {
        &self.http.endpoint
    }

    /// Puts an object atomically: readers get the old one or the new one. Returns its `ETag`.
    ///
    /// The store verifies the bytes by their MD5 and SHA-256, which are sent with them. Where its `ETag` is not their MD5 all
    /// the same, which is so for objects that it encrypts, the object is read back and compared.
    pub(crate) fn put(&self, path: &str, payload: Payload<'_>, headers: &[Header]) -> Result<String, RetryError> {
        let digests = payload.digests()?;
        if digests.size > MAX_OBJECT_SIZE {
            return Err(RetryError::Permanent(too_large(path)));
        }
        let md5 = [("content-md5", BASE64.encode(digests.md5))];
        let headers: Vec<Header> = headers.iter().cloned().chain(md5).collect();
        let operation = Operation::Put(path);
        let url_path = self.endpoint().path(path);
        let request = Request { headers: &headers, payload, ..Request::new(operation, "PUT", &url_path) };
        let response = self.http.checked(operation, self.http.exchange(&request, &digests)?)?;
        let etag = response.as_ref().map(etag).unwrap_or_default();
        if etag.eq_ignore_ascii_case(&hex(&digests.md5)) { Ok(etag) } else { self.read_back(path, &digests) }
    }

    /// The `ETag` of an object, if its bytes have these digests.
    fn read_back(&self, path: &str, expected: &Digests) -> Result<String, RetryError> {
        let operation = Operation::Get(path);
        let not_as_sent = || RetryError::transient(not_as_sent(self.endpoint(), path));
        let response = self.http.send(&Request::new(operation, "GET", &self.endpoint().path(path)))?;
        let mut response = response.ok_or_else(not_as_sent)?;
        let etag = etag(&response);
        match Digests::of(&mut response.body_mut().as_reader()) {
            Ok(digests) if digests == *expected => Ok(etag),
            Ok(_) => Err(not_as_sent()),
            Err(error) => Err(connection_error(self.endpoint(), operation, &error.into())),
        }
    }

    /// The bytes of an object; `None` where there is none.
    pub(crate) fn get(&self, path: &str) -> Result<Option<Vec<u8>>> {
        let operation = Operation::Get(path);
        retry(|| {
            let response = self.http.send(&Request::new(operation, "GET", &self.endpoint().path(path)))?;
            response.map(|response| self.http.body(operation, response)).transpose()
        })
    }

    /// The headers of an object, with names in lower case; `None` where there is no such object.
    pub(crate) fn head(&self, path: &str) -> Result<Option<BTreeMap<String, String>>> {
        let url_path = self.endpoint().path(path);
        retry(|| Ok(self.http.send(&Request::new(Operation::Get(path), "HEAD", &url_path))?.as_ref().map(text_headers)))
    }

    /// Calls `on_object` with every object below the prefix, and its path below it.
    pub(crate) fn list(&self, mut on_object: impl FnMut(&str, &ListedObject)) -> Result<()> {
        let mut token: Option<String> = None;
        loop {
            let page = retry(|| self.list_page(token.as_deref()))?;
            for object in &page.objects {
                // a folder that was made in a web console is an object whose name ends with a slash
                if let Some(path) = object.key.strip_prefix(&self.endpoint().prefix)
                    && !path.is_empty()
                    && !path.ends_with('/')
                {
                    on_object(path, object);
                }
            }
            token = page.next;
            if token.is_none() {
                return Ok(());
            }
        }
    }

    fn list_page(&self, token: Option<&str>) -> Result<ListPage, RetryError> {
        let prefix = self.endpoint().prefix.as_str();
        let mut parameters = vec![("list-type", "2"), ("encoding-type", "url"), ("prefix", prefix)];
        parameters.extend(token.map(|token| ("continuation-token", token)));
        let bucket = self.endpoint().bucket_path();
        let request = Request { parameters: &parameters, ..Request::new(Operation::List, "GET", &bucket) };
        let response = self.http.send(&request)?;
        let text = response.map(|response| self.http.body(Operation::List, response)).transpose()?.unwrap_or_default();
        parse_list_page(&String::from_utf8_lossy(&text))
            .ok_or_else(|| RetryError::transient(not_a_list(self.endpoint())))
    }

    /// Removes objects, by their paths below the prefix; one that does not exist is no error.
    pub(crate) fn delete(&self, paths: &[&str]) -> Result<()> {
        for batch in paths.chunks(DELETE_BATCH) {
            if !retry(|| self.delete_batch(batch))? {
                batch.iter().try_for_each(|path| retry(|| self.delete_one(path)))?;
            }
        }
        Ok(())
    }

    /// Removes objects with one request; false where the store does not support that.
    fn delete_batch(&self, paths: &[&str]) -> Result<bool, RetryError> {
        let keys: Vec<String> = paths.iter().map(|path| format!("{}{path}", self.endpoint().prefix)).collect();
        let body = delete_request(&keys).into_bytes();
        let payload = Payload::Bytes(&body);
        let digests = payload.digests()?;
        let headers = [("content-md5", BASE64.encode(digests.md5)), ("content-type", "application/xml".to_owned())];
        let bucket = self.endpoint().bucket_path();
        let request = Request {
            parameters: &[("delete", "")],
            headers: &headers,
            payload,
            ..Request::new(Operation::DeleteMany, "POST", &bucket)
        };
        let response = self.http.exchange(&request, &digests)?;
        if matches!(response.status().as_u16(), 405 | 501) {
            return Ok(false);
        }
        let response = self.http.checked(Operation::DeleteMany, response)?;
        let text = response.map(|response| self.http.body(Operation::DeleteMany, response)).transpose()?;
        let errors = parse_delete_errors(&String::from_utf8_lossy(&text.unwrap_or_default())).unwrap_or_default();
        let Some((key, body)) = errors.into_iter().next() else { return Ok(true) };
        let path = key.strip_prefix(&self.endpoint().prefix).unwrap_or(&key);
        let status = if body.code == "AccessDenied" { 403 } else { 200 };
        let response = ErrorResponse { status, body, retry_after: None };
        Err(response_error(self.endpoint(), Operation::Delete(path), &response))
    }

    fn delete_one(&self, path: &str) -> Result<(), RetryError> {
        let url_path = self.endpoint().path(path);
        self.http.send(&Request::new(Operation::Delete(path), "DELETE", &url_path)).map(drop)
    }
}

fn etag(response: &Response<Body>) -> String {
    header(response, "etag").map(without_quotes).unwrap_or_default().to_owned()
}

fn text_headers(response: &Response<Body>) -> BTreeMap<String, String> {
    let headers = response.headers().iter();
    headers.filter_map(|(name, value)| Some((name.to_string(), value.to_str().ok()?.to_owned()))).collect()
}

fn too_large(path: &str) -> Error {
    let message = message!("{path} has more than 5 GiB, which no store takes in one piece", path);
    let hint = message!("keep it out of the site: put it there by hand, and link to it");
    Error::failure(Diagnostic::new(Code::TooLarge, message).hint(hint))
}

fn not_as_sent(endpoint: &Endpoint, path: &str) -> Error {
    let message =
        message!("{path} at {endpoint} does not hold the bytes that were sent", path, endpoint = endpoint.name());
    let hint = message!(
        "is something else writing to this bucket, or a proxy in the way changing what passes? Then run the command again"
    );
    Error::failure(Diagnostic::new(Code::NotAsSent, message).hint(hint))
}

fn not_a_list(endpoint: &Endpoint) -> Error {
    let (name, host) = (endpoint.name(), &endpoint.host);
    let message = message!("could not list what {name} holds: {host} answered with something else", name, host);
    let hint = message!("is this endpoint an S3 store? Check endpoint in site.toml");
    Error::failure(Diagnostic::new(Code::StoreRefused, message).hint(hint))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::publish::transport::s3::credentials::Secret;
    use crate::publish::transport::s3::endpoint::EndpointSettings;
    use crate::publish::transport::s3::fake_server::{FakeServer, response};

    const ABC: &str = "\"900150983cd24fb0d6963f7d28e17f72\"";
    const BUSY: &str = "<Error><Code>SlowDown</Code><Message>Please reduce your request rate.</Message></Error>";

    fn client(store: &FakeServer) -> S3Client {
        let keys = Credentials {
            id: Secret::new("the-id"),
            secret: Secret::new("the-secret"),
            token: Some(Secret::new("the-token")),
        };
        let settings = EndpointSettings {
            bucket: "digest",
            prefix: "d",
            endpoint: Some(&store.endpoint),
            region: None,
            path_style: None,
        };
        S3Client::new(Endpoint::resolve(&settings).unwrap(), keys, 2, None).unwrap()
    }

    fn put(client: &S3Client) -> Result<String> {
        let headers = [("content-type", "text/plain".to_owned()), ("cache-control", "max-age=1,  public".to_owned())];
        retry(|| client.put("a b.txt", Payload::Bytes(b"abc"), &headers))
    }

    #[test]
    fn an_object_is_sent_with_its_checksums_and_without_the_secret() {
        let store = FakeServer::responding(vec![response("200 OK", &[("ETag", ABC)], "")]);
        assert_eq!(put(&client(&store)).unwrap(), "900150983cd24fb0d6963f7d28e17f72");
        let request = store.requests().remove(0);
        assert!(request.head.starts_with("PUT /digest/d/a%20b.txt HTTP/1.1\r\n"), "{}", request.head);
        for part in
            ["content-md5: kAFQmDzST7DWlj99KOF/cg==", "content-type: text/plain", "content-length: 3", "the-token"]
        {
            assert!(request.head.contains(part), "{part}: {}", request.head);
        }
        assert!(!request.head.contains("the-secret") && request.body == b"abc");
    }

    #[test]
    fn transient_failures_are_retried() {
        let again = response("503 Slow Down", &[("Retry-After", "0")], BUSY);
        let broken = response("500 Internal Server Error", &[], "<html>");
        let store =
            FakeServer::responding(vec![again, String::new(), broken, response("200 OK", &[("ETag", ABC)], "")]);
        put(&client(&store)).unwrap();
        let requests = store.requests();
        assert!(requests.len() == 4 && requests.iter().all(|requests| requests.body == b"abc"));
    }

    #[test]
    fn a_forbidden_request_is_not_retried_and_names_the_permission() {
        let forbidden =
            response("403 Forbidden", &[], "<Error><Code>AccessDenied</Code><Message>No.</Message></Error>");
        let store = FakeServer::responding(vec![forbidden]);
        let message = put(&client(&store)).unwrap_err().to_string();
        assert!(message.contains("s3:PutObject on the bucket digest"), "{message}");
        assert!(
            !message.contains("the-secret") && !message.contains("the-token") && !message.contains("the-id"),
            "{message}"
        );
    }

    #[test]
    fn an_object_of_another_etag_is_read_back() {
        let other = || response("200 OK", &[("ETag", "\"0123456789abcdef0123456789abcdef\"")], "");
        let encrypted = response("200 OK", &[("ETag", "\"0123456789abcdef0123456789abcdef\"")], "abc");
        let store = FakeServer::responding(vec![other(), encrypted]);
        assert_eq!(
            put(&client(&store)).unwrap(),
            "0123456789abcdef0123456789abcdef",
            "a store may have ETags of its own"
        );
        store.requests();
        let wrong = response("200 OK", &[("ETag", "\"0123\"")], "abd");
        let store = FakeServer::responding(vec![other(), wrong, response("200 OK", &[("ETag", ABC)], "")]);
        put(&client(&store)).unwrap();
        assert_eq!(store.requests().len(), 3, "bytes that are not those sent are sent again");
    }

    #[test]
    fn a_missing_object_is_none_and_a_missing_bucket_is_an_error() {
        let none = response("404 Not Found", &[], "<Error><Code>NoSuchKey</Code></Error>");
        let bucket = response("404 Not Found", &[], "<Error><Code>NoSuchBucket</Code></Error>");
        let store = FakeServer::responding(vec![none, response("404 Not Found", &[], ""), bucket]);
        let client = client(&store);
        assert_eq!(client.get("x").unwrap(), None);
        assert_eq!(client.head("x").unwrap(), None);
        assert_eq!(client.get("x").unwrap_err().diagnostics[0].code, Code::StoreBucket);
        store.requests();
    }

    #[test]
    fn a_list_is_read_to_its_last_page() {
        let page = |keys: &[&str], next: &str| {
            let object = |key: &&str| format!("<Contents><Key>{key}</Key><ETag>\"e\"</ETag><Size>1</Size></Contents>");
            let objects: String = keys.iter().map(object).collect();
            let more = !next.is_empty();
            response(
                "200 OK",
                &[],
                &format!(
                    "<ListBucketResult><IsTruncated>{more}</IsTruncated><NextContinuationToken>{next}</NextContinuationToken>{objects}</ListBucketResult>"
                ),
            )
        };
        let store = FakeServer::responding(vec![page(&["d/", "d/a"], "t/1"), page(&["d/b/c"], "")]);
        let mut paths = Vec::new();
        client(&store).list(|path, _| paths.push(path.to_owned())).unwrap();
        assert_eq!(paths, ["a", "b/c"]);
        let requests = store.requests();
        assert!(
            requests[0].head.starts_with("GET /digest/?encoding-type=url&list-type=2&prefix=d%2F HTTP"),
            "{requests:?}"
        );
        assert!(requests[1].head.contains("?continuation-token=t%2F1&"), "{requests:?}");
    }

    #[test]
    fn objects_are_removed_together_or_one_by_one_where_a_store_cannot() {
        let store = FakeServer::responding(vec![response("200 OK", &[], "<DeleteResult/>")]);
        client(&store).delete(&["a&b", "c"]).unwrap();
        let requests = store.requests();
        assert!(
            requests[0].head.starts_with("POST /digest/?delete= HTTP") && requests[0].head.contains("content-md5"),
            "{requests:?}"
        );
        assert!(String::from_utf8_lossy(&requests[0].body).contains("<Key>d/a&amp;b</Key>"));
        let done = || response("204 ErrorResponse Content", &[], "");
        let store = FakeServer::responding(vec![response("501 Not Implemented", &[], ""), done(), done()]);
        client(&store).delete(&["a", "c"]).unwrap();
        assert!(store.requests()[2].head.starts_with("DELETE /digest/d/c HTTP"));
    }

    #[test]
    fn an_object_that_could_not_be_removed_is_named() {
        let left = "<DeleteResult><Error><Key>d/a</Key><Code>AccessDenied</Code></Error></DeleteResult>";
        let store = FakeServer::responding(vec![response("200 OK", &[], left)]);
        let message = client(&store).delete(&["a"]).unwrap_err().to_string();
        assert!(message.contains("remove a from s3://digest/d/") && message.contains("s3:DeleteObject"), "{message}");
        store.requests();
    }

    #[test]
    fn a_client_shows_no_keys() {
        let store = FakeServer::responding(vec![]);
        let shown = format!("{:?}", client(&store));
        assert!(!["the-id", "the-secret", "the-token"].iter().any(|secret| shown.contains(secret)), "{shown}");
    }
}
