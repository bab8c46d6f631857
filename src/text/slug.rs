//! Slugs: parts of an address.

/// The longest name of a file or folder, in bytes: what Linux, macOS and Windows allow.
pub(crate) const MAX_NAME: usize = 255;

/// Whether a text is a slug: ASCII letters, digits, `-` and `_`, at least one and at most as many as the name of a folder has.
pub(crate) fn is_slug(slug: &str) -> bool {
    !slug.is_empty()
        && slug.len() <= MAX_NAME
        && slug.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-' || b == b'_')
}
