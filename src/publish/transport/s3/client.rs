//! What a store can be asked: put, get, head, list, delete.
//!
//! Any number of threads can use one client. What fails in passing is told as such by [`S3Client::put`], whose callers make
//! many at once and try again themselves; the others try again here.

use crate::diagnostics::code::Code;
use crate::diagnostics::diagnostic::Diagnostic;
use crate::diagnostics::error::{Error, Result};
use crate::publish::transport::retry::{RetryError, retry};
use crate::publish::transport::s3::credentials::Credentials;
use crate::publish::transport::s3::endpoint::Endpoint;
use crate::publish::transport::s3::error::{ErrorResponse, Operation, refusal, unreached};
use crate::publish::transport::s3::http::{Ask, Header, HttpClient, header};
use crate::publish::transport::s3::payload::{Digests, Payload};
use crate::publish::transport::s3::response::{self, ListPage, ListedObject};
use crate::publish::transport::s3::signature_v4::hex;
use base64::Engine;
use base64::engine::general_purpose::STANDARD as BASE64;
use std::path::Path;
use ureq::Body;
use ureq::http::Response;

/// Talks to one store.
#[derive(Debug)]
pub(crate) struct S3Client {
    http: HttpClient,
}

/// An object, as it was asked after by itself.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct ObjectMetadata {
    /// without quotation marks
    pub(crate) etag: String,
    headers: Vec<(String, String)>,
}

impl ObjectMetadata {
    /// A header of the object; the name in lower case.
    pub(crate) fn header(&self, name: &str) -> Option<&str> {
        self.headers.iter().find(|(there, _)| there == name).map(|(_, value)| value.as_str())
    }
}

/// A store takes no larger object in one request (AWS, "Uploading objects"; OSS and COS have the same limit).
const LARGEST: u64 = 5 * 1024 * 1024 * 1024;
/// Objects that one `DeleteObjects` may name.
const DELETED_AT_ONCE: usize = 1000;

impl S3Client {
    /// A client for `width` threads. `authorities` is a PEM file of certificates to trust, where the store has its own.
    ///
    /// # Errors
    /// What the disk refuses; a file without certificates.
    pub(crate) fn new(endpoint: Endpoint, keys: Credentials, width: usize, authorities: Option<&Path>) -> Result<Self> {
        Ok(Self { http: HttpClient::open(endpoint, keys, width, authorities)? })
    }

    /// The folder in a bucket that it works in.
    pub(crate) fn endpoint(&self) -> &Endpoint {
        &self.http.endpoint
    }

    /// Puts an object in its endpoint, whole: what is read there is the old one or the new one. Answers with its ETag.
    ///
    /// The store refuses bytes that are not those sent (it is told their MD5 and SHA-256). Where its ETag is not their MD5
    /// all the same, which is so for objects that it encrypts, the object is read again and compared.
    ///
    /// # Errors
    /// What the store or the disk refuses, and whether trying again may help.
    pub(crate) fn put(&self, path: &str, payload: Payload<'_>, headers: &[Header]) -> Result<String, RetryError> {
        let digests = payload.digests()?;
        if digests.size > LARGEST {
            return Err(RetryError::Permanent(too_large(path)));
        }
        let sum = [("content-md5", BASE64.encode(digests.md5))];
        let headers: Vec<Header> = headers.iter().cloned().chain(sum).collect();
        let operation = Operation::Put(path);
        let at = self.endpoint().path(path);
        let ask = Ask { headers: &headers, payload, ..Ask::of(operation, "PUT", &at) };
        let mut answer = self.http.answered(&ask, &digests)?;
        self.http.accepted(operation, &mut answer)?;
        let etag = header(&answer, "etag").map(response::unquoted).unwrap_or_default().to_owned();
        if etag.eq_ignore_ascii_case(&hex(&digests.md5)) { Ok(etag) } else { self.read_again(path, &digests) }
    }

    /// The ETag of an object that holds just these bytes.
    fn read_again(&self, path: &str, expected: &Digests) -> Result<String, RetryError> {
        let operation = Operation::Get(path);
        let mut answer = self.http.asked(&Ask::of(operation, "GET", &self.endpoint().path(path)))?;
        self.http.accepted(operation, &mut answer)?;
        let etag = header(&answer, "etag").map(response::unquoted).unwrap_or_default().to_owned();
        let there = Digests::of(&mut answer.body_mut().as_reader());
        match there {
            Ok(there) if there == *expected => Ok(etag),
            Ok(_) => Err(RetryError::passing(not_as_sent(self.endpoint(), path))),
            Err(error) => Err(unreached(self.endpoint(), operation, &error.into())),
        }
    }

    /// The bytes of an object; nothing where there is none.
    ///
    /// # Errors
    /// What the store refuses.
    pub(crate) fn get(&self, path: &str) -> Result<Option<Vec<u8>>> {
        let operation = Operation::Get(path);
        retry(|| {
            let mut answer = self.http.asked(&Ask::of(operation, "GET", &self.endpoint().path(path)))?;
            self.http.accepted(operation, &mut answer)?.then(|| self.http.bytes(operation, &mut answer)).transpose()
        })
    }

    /// What is known of an object; nothing where there is none.
    ///
    /// # Errors
    /// What the store refuses.
    pub(crate) fn head(&self, path: &str) -> Result<Option<ObjectMetadata>> {
        let operation = Operation::Get(path);
        retry(|| {
            let mut answer = self.http.asked(&Ask::of(operation, "HEAD", &self.endpoint().path(path)))?;
            Ok(self.http.accepted(operation, &mut answer)?.then(|| head(&answer)))
        })
    }

    /// Every object below the prefix, each handed to `take` by its path below it.
    ///
    /// # Errors
    /// What the store refuses.
    pub(crate) fn list(&self, mut take: impl FnMut(&str, ListedObject)) -> Result<()> {
        let mut token: Option<String> = None;
        loop {
            let page = retry(|| self.list_page(token.as_deref()))?;
            for object in page.objects {
                // a folder that somebody made in a console is an object without a name
                if let Some(path) = object.key.strip_prefix(&self.endpoint().prefix).map(str::to_owned)
                    && !path.is_empty()
                    && !path.ends_with('/')
                {
                    take(&path, object);
                }
            }
            match page.next {
                Some(next) => token = Some(next),
                None => return Ok(()),
            }
        }
    }

    fn list_page(&self, token: Option<&str>) -> Result<ListPage, RetryError> {
        let mut parameters =
            vec![("list-type", "2"), ("encoding-type", "url"), ("prefix", self.endpoint().prefix.as_str())];
        parameters.extend(token.map(|token| ("continuation-token", token)));
        let bucket = self.endpoint().bucket_path();
        let ask = Ask { parameters: &parameters, ..Ask::of(Operation::List, "GET", &bucket) };
        let mut answer = self.http.asked(&ask)?;
        self.http.accepted(Operation::List, &mut answer)?;
        let text = self.http.bytes(Operation::List, &mut answer)?;
        response::list_page(&String::from_utf8_lossy(&text))
            .ok_or_else(|| RetryError::passing(no_list(self.endpoint())))
    }

    /// Removes objects, by their paths below the prefix; one that is not there is fine.
    ///
    /// # Errors
    /// What the store refuses.
    pub(crate) fn delete(&self, paths: &[&str]) -> Result<()> {
        for batch in paths.chunks(DELETED_AT_ONCE) {
            if !retry(|| self.delete_together(batch))? {
                batch.iter().try_for_each(|path| retry(|| self.delete_one(path)))?;
            }
        }
        Ok(())
    }

    /// With one request; false where the store has no such request.
    fn delete_together(&self, paths: &[&str]) -> Result<bool, RetryError> {
        let keys: Vec<String> = paths.iter().map(|path| format!("{}{path}", self.endpoint().prefix)).collect();
        let body = response::deletion(&keys).into_bytes();
        let payload = Payload::Bytes(&body);
        let digests = payload.digests()?;
        let headers = [("content-md5", BASE64.encode(digests.md5)), ("content-type", "application/xml".to_owned())];
        let bucket = self.endpoint().bucket_path();
        let ask = Ask {
            parameters: &[("delete", "")],
            headers: &headers,
            payload,
            ..Ask::of(Operation::DeleteMany, "POST", &bucket)
        };
        let mut answer = self.http.answered(&ask, &digests)?;
        if matches!(answer.status().as_u16(), 405 | 501) {
            return Ok(false);
        }
        self.http.accepted(Operation::DeleteMany, &mut answer)?;
        let text = self.http.bytes(Operation::DeleteMany, &mut answer)?;
        let left = response::not_deleted(&String::from_utf8_lossy(&text)).unwrap_or_default();
        match left.into_iter().next() {
            None => Ok(true),
            Some((key, refused)) => {
                let path = key.strip_prefix(&self.endpoint().prefix).unwrap_or(&key);
                let status = if refused.code == "AccessDenied" { 403 } else { 200 };
                Err(refusal(self.endpoint(), Operation::Delete(path), &ErrorResponse { status, refused, wait: None }))
            }
        }
    }

    fn delete_one(&self, path: &str) -> Result<(), RetryError> {
        let operation = Operation::Delete(path);
        let mut answer = self.http.asked(&Ask::of(operation, "DELETE", &self.endpoint().path(path)))?;
        self.http.accepted(operation, &mut answer).map(|_| ())
    }
}

fn head(answer: &Response<Body>) -> ObjectMetadata {
    let headers = answer.headers().iter();
    ObjectMetadata {
        etag: header(answer, "etag").map(response::unquoted).unwrap_or_default().to_owned(),
        headers: headers
            .filter_map(|(name, value)| Some((name.as_str().to_owned(), value.to_str().ok()?.to_owned())))
            .collect(),
    }
}

fn too_large(path: &str) -> Error {
    let diagnostic =
        Diagnostic::new(Code::TooLarge, format!("{path} has more than 5 GiB, which no store takes in one piece"));
    Error::failure(diagnostic.hint("keep it out of the site: put it there by hand, and link to it"))
}

fn not_as_sent(endpoint: &Endpoint, path: &str) -> Error {
    let message = format!("{path} at {} does not hold the bytes that were sent", endpoint.name());
    Error::failure(Diagnostic::new(Code::NotAsSent, message).hint(
        "is something else writing to this bucket, or a proxy in the way changing what passes? Then run the command again",
    ))
}

fn no_list(endpoint: &Endpoint) -> Error {
    let message =
        format!("could not list what {} holds: {} answered with something else", endpoint.name(), endpoint.host);
    Error::failure(
        Diagnostic::new(Code::StoreRefused, message).hint("is this endpoint an S3 store? Check endpoint in site.toml"),
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::publish::transport::s3::endpoint::Settings;
    use crate::publish::transport::s3::fake_server::{FakeServer, answer};
    use crate::publish::transport::s3::secret::Secret;

    const ABC: &str = "\"900150983cd24fb0d6963f7d28e17f72\"";
    const BUSY: &str = "<Error><Code>SlowDown</Code><Message>Please reduce your request rate.</Message></Error>";

    fn client(store: &FakeServer) -> S3Client {
        let keys = Credentials {
            id: Secret::new("the-id"),
            secret: Secret::new("the-secret"),
            token: Some(Secret::new("the-token")),
        };
        let settings =
            Settings { bucket: "digest", prefix: "d", endpoint: Some(&store.endpoint), region: None, style: None };
        S3Client::new(Endpoint::of(&settings).unwrap(), keys, 2, None).unwrap()
    }

    fn put(client: &S3Client) -> Result<String> {
        let headers = [("content-type", "text/plain".to_owned()), ("cache-control", "max-age=1,  public".to_owned())];
        retry(|| client.put("a b.txt", Payload::Bytes(b"abc"), &headers))
    }

    #[test]
    fn an_object_is_sent_with_its_checksums_and_without_the_secret() {
        let store = FakeServer::answering(vec![answer("200 OK", &[("ETag", ABC)], "")]);
        assert_eq!(put(&client(&store)).unwrap(), "900150983cd24fb0d6963f7d28e17f72");
        let asked = store.asked().remove(0);
        assert!(asked.head.starts_with("PUT /digest/d/a%20b.txt HTTP/1.1\r\n"), "{}", asked.head);
        for part in
            ["content-md5: kAFQmDzST7DWlj99KOF/cg==", "content-type: text/plain", "content-length: 3", "the-token"]
        {
            assert!(asked.head.contains(part), "{part}: {}", asked.head);
        }
        assert!(!asked.head.contains("the-secret") && asked.body == b"abc");
    }

    #[test]
    fn what_fails_in_passing_is_tried_again() {
        let again = answer("503 Slow Down", &[("Retry-After", "0")], BUSY);
        let broken = answer("500 Internal Server Error", &[], "<html>");
        let store = FakeServer::answering(vec![again, String::new(), broken, answer("200 OK", &[("ETag", ABC)], "")]);
        put(&client(&store)).unwrap();
        let asked = store.asked();
        assert!(asked.len() == 4 && asked.iter().all(|asked| asked.body == b"abc"));
    }

    #[test]
    fn what_is_forbidden_is_asked_once_and_the_permission_named() {
        let no =
            answer("403 Forbidden", &[], "<Error><Code>AccessDenied</Code><Message>ErrorResponse.</Message></Error>");
        let store = FakeServer::answering(vec![no]);
        let told = put(&client(&store)).unwrap_err().to_string();
        assert!(told.contains("s3:PutObject on the bucket digest"), "{told}");
        assert!(!told.contains("the-secret") && !told.contains("the-token") && !told.contains("the-id"), "{told}");
    }

    #[test]
    fn another_etag_is_looked_into() {
        let other = || answer("200 OK", &[("ETag", "\"0123456789abcdef0123456789abcdef\"")], "");
        let encrypted = answer("200 OK", &[("ETag", "\"0123456789abcdef0123456789abcdef\"")], "abc");
        let store = FakeServer::answering(vec![other(), encrypted]);
        assert_eq!(
            put(&client(&store)).unwrap(),
            "0123456789abcdef0123456789abcdef",
            "a store may have ETags of its own"
        );
        store.asked();
        let wrong = answer("200 OK", &[("ETag", "\"0123\"")], "abd");
        let store = FakeServer::answering(vec![other(), wrong, answer("200 OK", &[("ETag", ABC)], "")]);
        put(&client(&store)).unwrap();
        assert_eq!(store.asked().len(), 3, "bytes that are not those sent are sent again");
    }

    #[test]
    fn what_is_not_there_is_nothing_and_a_missing_bucket_is_a_mistake() {
        let none = answer("404 Not Found", &[], "<Error><Code>NoSuchKey</Code></Error>");
        let bucket = answer("404 Not Found", &[], "<Error><Code>NoSuchBucket</Code></Error>");
        let store = FakeServer::answering(vec![none, answer("404 Not Found", &[], ""), bucket]);
        let client = client(&store);
        assert_eq!(client.get("x").unwrap(), None);
        assert_eq!(client.head("x").unwrap(), None);
        assert_eq!(client.get("x").unwrap_err().diagnostics[0].code, Code::StoreBucket);
        store.asked();
    }

    #[test]
    fn a_list_is_read_to_its_last_page() {
        let page = |keys: &[&str], next: &str| {
            let object = |key: &&str| format!("<Contents><Key>{key}</Key><ETag>\"e\"</ETag><Size>1</Size></Contents>");
            let objects: String = keys.iter().map(object).collect();
            let more = !next.is_empty();
            answer(
                "200 OK",
                &[],
                &format!(
                    "<ListBucketResult><IsTruncated>{more}</IsTruncated><NextContinuationToken>{next}</NextContinuationToken>{objects}</ListBucketResult>"
                ),
            )
        };
        let store = FakeServer::answering(vec![page(&["d/", "d/a"], "t/1"), page(&["d/b/c"], "")]);
        let mut paths = Vec::new();
        client(&store).list(|path, _| paths.push(path.to_owned())).unwrap();
        assert_eq!(paths, ["a", "b/c"]);
        let asked = store.asked();
        assert!(asked[0].head.starts_with("GET /digest/?encoding-type=url&list-type=2&prefix=d%2F HTTP"), "{asked:?}");
        assert!(asked[1].head.contains("?continuation-token=t%2F1&"), "{asked:?}");
    }

    #[test]
    fn objects_are_removed_together_or_one_by_one_where_a_store_cannot() {
        let store = FakeServer::answering(vec![answer("200 OK", &[], "<DeleteResult/>")]);
        client(&store).delete(&["a&b", "c"]).unwrap();
        let asked = store.asked();
        assert!(
            asked[0].head.starts_with("POST /digest/?delete= HTTP") && asked[0].head.contains("content-md5"),
            "{asked:?}"
        );
        assert!(String::from_utf8_lossy(&asked[0].body).contains("<Key>d/a&amp;b</Key>"));
        let done = || answer("204 ErrorResponse Content", &[], "");
        let store = FakeServer::answering(vec![answer("501 Not Implemented", &[], ""), done(), done()]);
        client(&store).delete(&["a", "c"]).unwrap();
        assert!(store.asked()[2].head.starts_with("DELETE /digest/d/c HTTP"));
    }

    #[test]
    fn an_object_that_could_not_be_removed_is_named() {
        let left = "<DeleteResult><Error><Key>d/a</Key><Code>AccessDenied</Code></Error></DeleteResult>";
        let store = FakeServer::answering(vec![answer("200 OK", &[], left)]);
        let told = client(&store).delete(&["a"]).unwrap_err().to_string();
        assert!(told.contains("remove a from s3://digest/d/") && told.contains("s3:DeleteObject"), "{told}");
        store.asked();
    }

    #[test]
    fn a_client_shows_no_keys() {
        let store = FakeServer::answering(vec![]);
        let shown = format!("{:?}", client(&store));
        assert!(!["the-id", "the-secret", "the-token"].iter().any(|secret| shown.contains(secret)), "{shown}");
    }
}
