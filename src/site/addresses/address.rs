//! Addresses: paths below the site's root, short, stable and ASCII.
//!
//! A page's address ends with a slash and its output file is `index.html` in that folder; a file's address is its path.

use crate::text::slug::is_slug;
use std::fmt;

/// A path below the site's root, without a slash in front: `2025/02/25/p1-03/`, `feed.xml`, and empty for the root itself.
/// What ends with a slash is a page.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Address(String);

impl fmt::Display for Address {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl Address {
    pub(crate) fn new(path: impl Into<String>) -> Self {
        Self(path.into())
    }

    /// The address of a file that is copied to the output unchanged: a name below `static/`.
    pub(crate) fn of_file(name: &str) -> Self {
        Self::new(name.trim_start_matches('/'))
    }

    /// The former address of a page, as an [alias](crate::content::alias) writes it.
    pub(crate) fn of_alias(text: &str) -> Self {
        let path = text.trim_matches('/');
        let is_file = [".html", ".htm"].iter().any(|end| path.ends_with(end)) && !text.ends_with('/');
        Self(if is_file { path.to_owned() } else { format!("{path}/") })
    }

    /// The address of a file beside a page: `2025/02/25/p1-03/cite.bib`.
    pub(crate) fn beside(&self, file: &str) -> Self {
        Self([self.as_str(), file].concat())
    }

    /// Whether it is a page; feeds, sitemaps and `404.html` are files.
    pub(crate) fn is_page(&self) -> bool {
        self.0.is_empty() || self.0.ends_with('/')
    }

    pub(crate) fn as_str(&self) -> &str {
        &self.0
    }

    /// The output file: `2025/02/25/p1-03/index.html`.
    pub fn file(&self) -> String {
        if self.is_page() { [self.0.as_str(), "index.html"].concat() } else { self.0.clone() }
    }

    /// The relative path to the root, to put in front of other addresses: `../../../../`, at the root `./`.
    pub(crate) fn path_to_root(&self) -> String {
        match self.0.matches('/').count() {
            0 => "./".to_owned(),
            depth => "../".repeat(depth),
        }
    }

    /// The full URL, given the URL of the site, which ends with a slash.
    pub(crate) fn url(&self, base_url: &str) -> String {
        format!("{base_url}{}", self.0)
    }
}

/// The name as a part of an address, or eight hexadecimal digits of its hash where it is no slug.
pub(crate) fn slug_or_hash(name: &str) -> String {
    if is_slug(name) { name.to_owned() } else { hash_of(name) }
}

/// Eight hexadecimal digits of a name's hash.
pub(crate) fn hash_of(name: &str) -> String {
    blake3::hash(name.as_bytes()).to_hex()[..8].to_owned()
}

/// The path of a site's URL, with slashes on both sides: `/digest/` of `https://x.github.io/digest/`, `/` of an empty one.
pub(crate) fn base_path(base_url: &str) -> &str {
    let after_scheme = base_url.find("://").map_or(0, |at| at + 3);
    base_url[after_scheme..].find('/').map_or("/", |at| &base_url[after_scheme + at..])
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn a_page_is_a_folder_with_an_index_file() {
        let page = Address::new("2025/02/05/p1-03/");
        assert_eq!(
            (page.file().as_str(), page.path_to_root().as_str()),
            ("2025/02/05/p1-03/index.html", "../../../../")
        );
        let home = Address::new("");
        assert_eq!((home.file().as_str(), home.path_to_root().as_str()), ("index.html", "./"));
        assert_eq!(Address::new("themes/jiuye/").beside("feed.xml").path_to_root(), "../../");
    }

    #[test]
    fn the_path_of_a_site() {
        assert_eq!(base_path("https://x.github.io/digest/"), "/digest/");
        assert_eq!(base_path("https://example.org/"), "/");
        assert_eq!(base_path(""), "/");
    }

    proptest! {
        #[test]
        fn the_path_to_the_root_climbs_as_many_folders_as_the_file_lies_deep(name in "[a-z]{1,5}(/[a-z]{1,5}){0,4}/?") {
            let address = Address::of_file(&name);
            let depth = address.file().matches('/').count();
            prop_assert_eq!(address.path_to_root().matches("../").count(), depth);
        }
    }
}
