//! Validates `base_url`, the address of the site, and shows it without what is secret in it.

use crate::diagnostics::message::Message;
use crate::message;
use crate::text::redact::redacted_address;

/// Whether it is the address of a site: of the web, without blanks, a query or a user's name.
pub(crate) fn is_site_url(url: &str) -> bool {
    let rest = url.strip_prefix("https://").or_else(|| url.strip_prefix("http://"));
    rest.is_some_and(|rest| {
        // a name or a password would stand on every page
        let has_user = rest.split('/').next().is_some_and(|host| host.contains('@'));
        !rest.is_empty() && !rest.starts_with('/') && !rest.contains([' ', '?', '#', '"', '<']) && !has_user
    })
}

/// The message of a finding about an address that is none.
pub(crate) fn not_a_site_url(url: &str) -> Message {
    message!("{url} is not the address of a site", url = format!("{:?}", shown_url(url)))
}

/// The URL without its secrets, be it that the scheme is missing.
pub(crate) fn shown_url(url: &str) -> String {
    const SCHEME: &str = "https://";
    match url.contains("://") {
        true => redacted_address(url),
        false => redacted_address(&format!("{SCHEME}{url}")).split_off(SCHEME.len()),
    }
}

/// A URL that paths can be appended to; an empty one stays empty.
pub(crate) fn with_trailing_slash(url: &str) -> String {
    if url.is_empty() { String::new() } else { format!("{}/", url.trim_end_matches('/')) }
}
