//! Slugs: parts of an address.

/// Whether a text is a slug: ASCII letters, digits, `-` and `_`, at least one.
pub(crate) fn is_slug(slug: &str) -> bool {
    !slug.is_empty() && slug.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-' || b == b'_')
}
