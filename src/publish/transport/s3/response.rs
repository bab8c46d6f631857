//! XML of a store: parses responses and writes the request that deletes many objects.
//!
//! Only the elements that are needed are read, since stores differ in the rest. (Amazon S3 API Reference:
//! `ListObjectsV2`, `DeleteObjects`, "Error responses".)

use percent_encoding::percent_decode_str;
use roxmltree::{Document, Node};

/// An object in a list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct ListedObject {
    /// the whole key
    pub(crate) key: String,
    /// without quotation marks
    pub(crate) etag: String,
    /// bytes
    pub(crate) size: u64,
}

/// One page of a list.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(crate) struct ListPage {
    pub(crate) objects: Vec<ListedObject>,
    /// the continuation token of the next page; `None` on the last one
    pub(crate) next: Option<String>,
}

/// The body of an error response.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(crate) struct ErrorBody {
    /// such as `NoSuchBucket`; empty where the response has none
    pub(crate) code: String,
    pub(crate) message: String,
    /// where the bucket is, if that is what is wrong
    pub(crate) region: Option<String>,
}

/// Parses a page of a list; keys may be encoded (`encoding-type=url`). `None` where the text is no list.
pub(crate) fn parse_list_page(text: &str) -> Option<ListPage> {
    let document = Document::parse(text).ok()?;
    let root = document.root_element();
    if root.tag_name().name() != "ListBucketResult" {
        return None;
    }
    let is_encoded = child(root, "EncodingType") == Some("url");
    let contents = root.children().filter(|node| node.tag_name().name() == "Contents");
    let objects = contents.map(|node| listed(node, is_encoded)).collect::<Option<Vec<_>>>()?;
    let is_truncated = child(root, "IsTruncated") == Some("true");
    let next = child(root, "NextContinuationToken").filter(|_| is_truncated).map(str::to_owned);
    // a truncated page without a token: half a list would pass for the whole
    (is_truncated == next.is_some()).then_some(ListPage { objects, next })
}

fn listed(node: Node<'_, '_>, is_encoded: bool) -> Option<ListedObject> {
    let mut key = child(node, "Key")?.to_owned();
    if is_encoded {
        // in form encoding, `+` is a space
        key = percent_decode_str(&key.replace('+', " ")).decode_utf8().ok()?.into();
    }
    let etag = without_quotes(child(node, "ETag")?).to_owned();
    Some(ListedObject { key, etag, size: child(node, "Size")?.parse().ok()? })
}

/// An ETag without its quotation marks.
pub(crate) fn without_quotes(etag: &str) -> &str {
    etag.trim().trim_matches('"')
}

/// The objects that `DeleteObjects` did not remove, with the reason. `None` where the text is no response to it.
pub(crate) fn parse_delete_errors(text: &str) -> Option<Vec<(String, ErrorBody)>> {
    let document = Document::parse(text).ok()?;
    let root = document.root_element();
    let failed = root.children().filter(|node| node.tag_name().name() == "Error");
    let found = failed.map(|node| (child(node, "Key").unwrap_or_default().to_owned(), error_body(node)));
    (root.tag_name().name() == "DeleteResult").then(|| found.collect())
}

/// Parses the body of an error response; empty where it is not that of a store.
pub(crate) fn parse_error(text: &str) -> ErrorBody {
    let document = Document::parse(text).ok();
    let root = document.as_ref().map(Document::root_element).filter(|root| root.tag_name().name() == "Error");
    root.map(error_body).unwrap_or_default()
}

fn error_body(node: Node<'_, '_>) -> ErrorBody {
    let text = |name| child(node, name).unwrap_or_default().to_owned();
    ErrorBody { code: text("Code"), message: text("Message"), region: child(node, "Region").map(str::to_owned) }
}

/// The text of the first child of this name, if it has any.
fn child<'a>(node: Node<'a, '_>, name: &str) -> Option<&'a str> {
    node.children().find(|child| child.tag_name().name() == name)?.text()
}

/// The body of `DeleteObjects`.
pub(crate) fn delete_request(keys: &[String]) -> String {
    let objects: String = keys.iter().map(|key| format!("<Object><Key>{}</Key></Object>", escaped(key))).collect();
    format!("<Delete xmlns=\"http://s3.amazonaws.com/doc/2006-03-01/\"><Quiet>true</Quiet>{objects}</Delete>")
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const PAGE: &str = r#"<?xml version="1.0" encoding="UTF-8"?>
<ListBucketResult xmlns="http://s3.amazonaws.com/doc/2006-03-01/"><Name>b</Name><Prefix/><KeyCount>2</KeyCount>
<EncodingType>url</EncodingType><IsTruncated>true</IsTruncated><NextContinuationToken>1+/=</NextContinuationToken>
<Contents><Key>a/%E4%BA%A7+x%2By.html</Key><ETag>&quot;900150983cd24fb0d6963f7d28e17f72&quot;</ETag><Size>3</Size></Contents>
<Contents><Key>b&amp;c</Key><ETag>"x-2"</ETag><Size>0</Size></Contents></ListBucketResult>"#;

    #[test]
    fn a_page_of_a_list_is_read() {
        let page = parse_list_page(PAGE).unwrap();
        assert_eq!(page.next.as_deref(), Some("1+/="));
        let listed = |key: &str, etag: &str, size| ListedObject { key: key.into(), etag: etag.into(), size };
        let first = listed("a/产 x+y.html", "900150983cd24fb0d6963f7d28e17f72", 3);
        assert_eq!(page.objects, [first, listed("b&c", "x-2", 0)]);
        let plain = PAGE.replace("<EncodingType>url</EncodingType>", "").replace("true<", "false<");
        let page = parse_list_page(&plain).unwrap();
        assert_eq!((page.objects[0].key.as_str(), page.next), ("a/%E4%BA%A7+x%2By.html", None));
    }

    #[test]
    fn half_a_list_is_no_list() {
        for text in ["", "<html>", "<Error/>", &PAGE[..400], &PAGE.replace("NextContinuationToken", "Next")] {
            assert_eq!(parse_list_page(text), None, "{text}");
        }
    }

    #[test]
    fn refusals_are_read_and_other_pages_are_none() {
        let found = parse_error("<Error><Code>AccessDenied</Code><Message>no &lt;right&gt;</Message></Error>");
        assert_eq!((found.code.as_str(), found.message.as_str()), ("AccessDenied", "no <right>"));
        assert_eq!(parse_error("<html><body>502 Bad Gateway"), ErrorBody::default());
        let text = "<DeleteResult><Error><Key>a</Key><Code>AccessDenied</Code></Error></DeleteResult>";
        assert_eq!(parse_delete_errors(text).unwrap()[0].0, "a");
        assert_eq!(parse_delete_errors("<DeleteResult/>"), Some(vec![]));
        assert_eq!(parse_delete_errors("<html/>"), None);
    }

    proptest! {
        #[test]
        fn any_key_can_be_named_in_a_deletion(keys in prop::collection::vec("[a-z<>&\"'产 /]{1,12}", 1..5)) {
            let text = delete_request(&keys);
            let document = Document::parse(&text).unwrap();
            let named: Vec<String> = document
                .descendants()
                .filter(|node| node.tag_name().name() == "Key")
                .map(|node| node.text().unwrap().to_owned())
                .collect();
            prop_assert_eq!(named, keys);
        }
    }
}
