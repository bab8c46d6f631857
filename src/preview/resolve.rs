//! The files of the previewed site, and which of them a URL path means.

use crate::io::fs::path::path_problem;
use crate::util::media_type::media_type;
use percent_encoding::percent_decode_str;

/// The files that the preview server serves.
pub trait PreviewFiles: Send + Sync + 'static {
    /// The bytes of a path such as `2025/02/25/p1-03/index.html`; `None` where the site has no such file. Called from several
    /// threads at once, and may block.
    fn file(&self, path: &str) -> Option<Vec<u8>>;
}

/// The meaning of a URL path.
#[derive(Debug, PartialEq, Eq)]
pub enum Resolved {
    /// a file of the site: its content type and bytes
    File(&'static str, Vec<u8>),
    /// a folder with an index, requested without `/` at its end
    FolderWithoutSlash,
    /// nothing of the site
    NotFound,
}

/// The meaning of the path of a request's URL, as it was sent. A site made for an address with a path, such as `digest` (`base`,
/// without `/` at either end), is found below that path as well.
pub fn resolve_url(files: &dyn PreviewFiles, base: &str, url_path: &str) -> Resolved {
    let Ok(path) = percent_decode_str(url_path.strip_prefix('/').unwrap_or(url_path)).decode_utf8() else {
        return Resolved::NotFound;
    };
    let is_folder = path.is_empty() || path.ends_with('/');
    let path = if is_folder { format!("{path}index.html") } else { path.into_owned() };
    if path_problem(&path).is_some() {
        return Resolved::NotFound;
    }
    match file_below(files, base, &path) {
        Some(bytes) => Resolved::File(media_type(&path), bytes),
        None if !is_folder && file_below(files, base, &format!("{path}/index.html")).is_some() => {
            Resolved::FolderWithoutSlash
        }
        None => Resolved::NotFound,
    }
}

/// The file of a path in the preview or, with the base removed, in the published site.
fn file_below(files: &dyn PreviewFiles, base: &str, path: &str) -> Option<Vec<u8>> {
    let below_base = || path.strip_prefix(base)?.strip_prefix('/');
    files.file(path).or_else(|| files.file(below_base()?))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A site of two files.
    struct Two;

    impl PreviewFiles for Two {
        fn file(&self, path: &str) -> Option<Vec<u8>> {
            ["index.html", "主题/index.html"].contains(&path).then(|| path.into())
        }
    }

    fn resolved(base: &str, url_path: &str) -> String {
        match resolve_url(&Two, base, url_path) {
            Resolved::File(_, bytes) => String::from_utf8(bytes).unwrap(),
            Resolved::FolderWithoutSlash => "folder".to_owned(),
            Resolved::NotFound => "nothing".to_owned(),
        }
    }

    #[test]
    fn a_folder_resolves_to_its_index() {
        assert_eq!(resolved("", "/"), "index.html");
        assert_eq!(resolved("", "/%E4%B8%BB%E9%A2%98/"), "主题/index.html");
        assert_eq!(resolved("", "/%E4%B8%BB%E9%A2%98"), "folder");
        assert_eq!(resolved("", "/index.html/"), "nothing");
    }

    #[test]
    fn a_path_that_leaves_the_site_is_not_found() {
        for url_path in [
            "/../index.html",
            "/%2e%2e/index.html",
            "//index.html",
            "/%2Findex.html",
            "/%FF",
            "/a%00",
            "/%5Cx",
            "/.",
            "*",
        ] {
            assert_eq!(resolved("", url_path), "nothing", "{url_path}");
        }
    }

    #[test]
    fn the_site_is_found_below_its_base_as_well() {
        assert_eq!(resolved("digest", "/digest/"), "index.html");
        assert_eq!(resolved("digest", "/"), "index.html");
        assert_eq!(resolved("digest", "/digest"), "folder");
        assert_eq!(resolved("digest", "/digestive/"), "nothing");
        assert_eq!(resolved("", "/digest/"), "nothing");
    }
}
