//! AWS Signature Version 4: each request carries a signature that proves knowledge of the secret key.
//!
//! 1. bring the request into a canonical form, with its body as a digest
//! 2. make the text to sign: time, scope, and the digest of 1
//! 3. derive a key from the secret, the day, the region and the service, and sign the text with it
//!
//! (AWS, "Signature Calculations for the Authorization Header: Transferring Payload in a Single Chunk". Written here since
//! the hash functions come with TLS: a crate for it would bring fifty others.)

use crate::publish::transport::s3::credentials::Credentials;
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};
use ring::digest::{SHA256, digest};
use ring::hmac;

/// The parts of a request that a signature covers.
#[derive(Debug, Clone, Copy)]
pub(crate) struct CanonicalRequest<'a> {
    pub(crate) method: &'a str,
    /// encoded by [`encode_path`]
    pub(crate) path: &'a str,
    /// encoded by [`encode_query`]
    pub(crate) query: &'a str,
    /// names in lower case, sorted by name; `host` and `x-amz-date` among them
    pub(crate) headers: &'a [(&'a str, &'a str)],
    /// SHA-256 of the body, as [`hex`]
    pub(crate) payload: &'a str,
}

const ALGORITHM: &str = "AWS4-HMAC-SHA256";

/// The `Authorization` header. `time` is UTC in the form `20250225T083000Z`, as in the header `x-amz-date`.
pub(crate) fn authorization_header(
    credentials: &Credentials,
    region: &str,
    time: &str,
    request: &CanonicalRequest<'_>,
) -> String {
    let day = time.split('T').next().unwrap_or(time);
    let scope = format!("{day}/{region}/s3/aws4_request");
    let canonical_form = canonical_form(request);
    let text = format!("{ALGORITHM}\n{time}\n{scope}\n{}", hex(digest(&SHA256, canonical_form.as_bytes()).as_ref()));
    let first = format!("AWS4{}", credentials.secret.reveal()).into_bytes();
    let key = [day, region, "s3", "aws4_request"].iter().fold(first, |key, part| sign(&key, part).as_ref().to_vec());
    let signature = hex(sign(&key, &text).as_ref());
    let (id, names) = (credentials.id.reveal(), header_names(request.headers));
    format!("{ALGORITHM} Credential={id}/{scope},SignedHeaders={names},Signature={signature}")
}

fn canonical_form(request: &CanonicalRequest<'_>) -> String {
    let CanonicalRequest { method, path, query, headers, payload } = request;
    let collapse_spaces = |value: &str| value.split_whitespace().collect::<Vec<_>>().join(" ");
    let lines: String = headers.iter().map(|(name, value)| format!("{name}:{}\n", collapse_spaces(value))).collect();
    format!("{method}\n{path}\n{query}\n{lines}\n{}\n{payload}", header_names(headers))
}

fn header_names(headers: &[(&str, &str)]) -> String {
    headers.iter().map(|(name, _)| *name).collect::<Vec<_>>().join(";")
}

fn sign(key: &[u8], text: &str) -> hmac::Tag {
    hmac::sign(&hmac::Key::new(hmac::HMAC_SHA256, key), text.as_bytes())
}

/// Bytes as lower-case hexadecimal digits.
pub(crate) fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

/// Everything but the unreserved characters of RFC 3986.
const RESERVED: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'.').remove(b'_').remove(b'~');

const IN_A_PATH: &AsciiSet = &RESERVED.remove(b'/');

/// A path as the signature and the request line have it: `/` stays.
pub(crate) fn encode_path(path: &str) -> String {
    utf8_percent_encode(path, IN_A_PATH).to_string()
}

/// Parameters as the signature and the request line have them: encoded and sorted by name.
pub(crate) fn encode_query(parameters: &[(&str, &str)]) -> String {
    let encode = |text: &str| utf8_percent_encode(text, RESERVED).to_string();
    let mut pairs: Vec<(String, String)> =
        parameters.iter().map(|(name, value)| (encode(name), encode(value))).collect();
    pairs.sort();
    pairs.iter().map(|(name, value)| format!("{name}={value}")).collect::<Vec<_>>().join("&")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::publish::transport::s3::credentials::Secret;

    const EMPTY: &str = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";
    const TIME: &str = "20130524T000000Z";

    /// The credentials and requests of the examples in the AWS documentation named above.
    fn signature(
        method: &str,
        path: &str,
        parameters: &[(&str, &str)],
        headers: &[(&str, &str)],
        payload: &str,
    ) -> String {
        let credentials = Credentials {
            id: Secret::new("AKIAIOSFODNN7EXAMPLE"),
            secret: Secret::new("wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY"),
            token: None,
        };
        let (path, query) = (encode_path(path), encode_query(parameters));
        let common =
            [("host", "examplebucket.s3.amazonaws.com"), ("x-amz-content-sha256", payload), ("x-amz-date", TIME)];
        let mut headers: Vec<_> = common.iter().chain(headers).copied().collect();
        headers.sort_unstable();
        let request = CanonicalRequest { method, path: &path, query: &query, headers: &headers, payload };
        authorization_header(&credentials, "us-east-1", TIME, &request).rsplit('=').next().unwrap().to_owned()
    }

    #[test]
    fn the_examples_of_the_documentation_are_signed_as_there() {
        assert_eq!(
            signature("GET", "/test.txt", &[], &[("range", "bytes=0-9")], EMPTY),
            "f0e8bdb87c964420e857bd35b5d6ed310bd44f0170aba48dd91039c6036bdb41"
        );
        let headers = [("date", "Fri, 24 May 2013 00:00:00 GMT"), ("x-amz-storage-class", "REDUCED_REDUNDANCY")];
        let payload = hex(digest(&SHA256, b"Welcome to Amazon S3.").as_ref());
        assert_eq!(
            signature("PUT", "/test$file.text", &[], &headers, &payload),
            "98ad721746da40c64f1a55b78f14c238d841ea1380cd77a1b5971af0ece108bd"
        );
        assert_eq!(
            signature("GET", "/", &[("prefix", "J"), ("max-keys", "2")], &[], EMPTY),
            "34b48302e7b5fa45bde8084f4b7868a86f0a534bc59db6670ed5711ef69dc6f7"
        );
        assert_eq!(
            signature("GET", "/", &[("lifecycle", "")], &[], EMPTY),
            "fea454ca298b7da1c68078a5d1bdbfbbe0d65c699e0f91ac7a200a0136783543"
        );
    }

    #[test]
    fn paths_and_parameters_are_encoded_once_and_whole() {
        assert_eq!(encode_path("/图 1/a+b&c=d.html"), "/%E5%9B%BE%201/a%2Bb%26c%3Dd.html");
        assert_eq!(
            encode_query(&[("prefix", "a/产"), ("continuation-token", "1+/=")]),
            "continuation-token=1%2B%2F%3D&prefix=a%2F%E4%BA%A7"
        );
    }
}
