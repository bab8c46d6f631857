//! What the preview shows, and which of its files an address means.

use crate::io::fs::path::path_problem;
use crate::util::media_type::media_type;
use percent_encoding::percent_decode_str;

/// What the server shows: the site as it is now.
pub(crate) trait Preview: Send + Sync + 'static {
    /// The file of a path such as `index.html`, `2025/02/25/p1-03/index.html`; nothing where the site has none. Asked from
    /// several threads at once, and may take its time.
    fn answer(&self, path: &str) -> Option<PreviewFile>;

    /// The page for an address that the site does not have.
    fn not_found(&self) -> PreviewFile;
}

/// A file as the browser gets it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct PreviewFile {
    pub(crate) content_type: &'static str,
    pub(crate) bytes: Vec<u8>,
}

impl PreviewFile {
    /// A file whose type follows from its path.
    pub(crate) fn file(path: &str, bytes: Vec<u8>) -> Self {
        Self { content_type: media_type(path), bytes }
    }
}

/// What an address means.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Found {
    File(PreviewFile),
    /// A folder with an index, asked for without `/` at its end.
    Folder,
    Nothing,
}

/// What the path of an address means, as it stands in a request. Where the site was made for an address with a path, such
/// as `digest` (without `/` at either end), that is `base`, and the site is found below it as well.
pub(crate) fn find(preview: &dyn Preview, base: &str, address: &str) -> Found {
    let Ok(path) = percent_decode_str(address.strip_prefix('/').unwrap_or(address)).decode_utf8() else {
        return Found::Nothing;
    };
    let is_folder = path.is_empty() || path.ends_with('/');
    let path = if is_folder { format!("{path}index.html") } else { path.into_owned() };
    if path_problem(&path).is_some() {
        return Found::Nothing;
    }
    match file(preview, base, &path) {
        Some(answer) => Found::File(answer),
        None if !is_folder && file(preview, base, &format!("{path}/index.html")).is_some() => Found::Folder,
        None => Found::Nothing,
    }
}

/// The file of a path as the browser knows it, or as the published site will.
fn file(preview: &dyn Preview, base: &str, path: &str) -> Option<PreviewFile> {
    let below_base = || path.strip_prefix(base)?.strip_prefix('/');
    preview.answer(path).or_else(|| preview.answer(below_base()?))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A site of two files.
    struct Two;

    impl Preview for Two {
        fn answer(&self, path: &str) -> Option<PreviewFile> {
            ["index.html", "主题/index.html"].contains(&path).then(|| PreviewFile::file(path, path.into()))
        }

        fn not_found(&self) -> PreviewFile {
            PreviewFile::file("404.html", vec![])
        }
    }

    fn found(base: &str, address: &str) -> String {
        match find(&Two, base, address) {
            Found::File(answer) => String::from_utf8(answer.bytes).unwrap(),
            Found::Folder => "folder".to_owned(),
            Found::Nothing => "nothing".to_owned(),
        }
    }

    #[test]
    fn a_folder_is_its_index() {
        assert_eq!(found("", "/"), "index.html");
        assert_eq!(found("", "/%E4%B8%BB%E9%A2%98/"), "主题/index.html");
        assert_eq!(found("", "/%E4%B8%BB%E9%A2%98"), "folder");
        assert_eq!(found("", "/index.html/"), "nothing");
    }

    #[test]
    fn an_address_that_leaves_the_site_means_nothing() {
        for address in [
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
            assert_eq!(found("", address), "nothing", "{address}");
        }
    }

    #[test]
    fn below_its_base_the_site_is_found_as_well() {
        assert_eq!(found("digest", "/digest/"), "index.html");
        assert_eq!(found("digest", "/"), "index.html");
        assert_eq!(found("digest", "/digest"), "folder");
        assert_eq!(found("digest", "/digestive/"), "nothing");
        assert_eq!(found("", "/digest/"), "nothing");
    }
}
