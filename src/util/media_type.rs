//! Media types by file extension.

/// Extensions and media types of the files of a site. Text is always UTF-8.
const TYPES: [(&str, &str); 32] = [
    ("atom", "application/atom+xml; charset=utf-8"),
    ("avif", "image/avif"),
    ("bib", "application/x-bibtex; charset=utf-8"),
    ("css", "text/css; charset=utf-8"),
    ("csv", "text/csv; charset=utf-8"),
    ("gif", "image/gif"),
    ("htm", "text/html; charset=utf-8"),
    ("html", "text/html; charset=utf-8"),
    ("ico", "image/x-icon"),
    ("jpeg", "image/jpeg"),
    ("jpg", "image/jpeg"),
    ("js", "text/javascript; charset=utf-8"),
    ("json", "application/json; charset=utf-8"),
    ("jsonl", "application/jsonl; charset=utf-8"),
    ("md", "text/markdown; charset=utf-8"),
    ("mjs", "text/javascript; charset=utf-8"),
    ("mp3", "audio/mpeg"),
    ("mp4", "video/mp4"),
    ("otf", "font/otf"),
    ("pdf", "application/pdf"),
    ("png", "image/png"),
    ("ris", "application/x-research-info-systems; charset=utf-8"),
    ("svg", "image/svg+xml; charset=utf-8"),
    ("ttf", "font/ttf"),
    ("txt", "text/plain; charset=utf-8"),
    ("wasm", "application/wasm"),
    ("webm", "video/webm"),
    ("webmanifest", "application/manifest+json; charset=utf-8"),
    ("webp", "image/webp"),
    ("woff", "font/woff"),
    ("woff2", "font/woff2"),
    ("xml", "application/xml; charset=utf-8"),
];

/// The media type of a path by its extension, in upper or lower case; `application/octet-stream` for an unknown one.
pub(crate) fn media_type(path: &str) -> &'static str {
    let name = path.rsplit('/').next().unwrap_or(path);
    let extension = name.rsplit_once('.').map_or("", |(_, extension)| extension);
    let found = TYPES.iter().find(|(known, _)| known.eq_ignore_ascii_case(extension));
    found.map_or("application/octet-stream", |(_, media_type)| media_type)
}

/// Whether compression makes the file of this path smaller; pictures, sound and fonts are compressed already.
pub(crate) fn is_compressible(path: &str) -> bool {
    let media_type = media_type(path);
    media_type.contains("charset=") || media_type == "application/wasm"
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_types_name_their_encoding_and_unknown_files_are_bytes() {
        assert_eq!(media_type("2025/02/25/index.html"), "text/html; charset=utf-8");
        assert_eq!(media_type("图/A.JPG"), "image/jpeg");
        assert_eq!(media_type("v1.2/LICENSE"), "application/octet-stream");
        for (extension, media_type) in TYPES {
            assert_eq!(media_type.contains("charset=utf-8"), is_text(media_type), "{extension}");
        }
    }

    fn is_text(media_type: &str) -> bool {
        media_type.starts_with("text/")
            || ["xml", "json", "bibtex", "research-info"].iter().any(|kind| media_type.contains(kind))
    }

    #[test]
    fn text_is_compressible() {
        assert!(["a.html", "a.css", "a.svg", "feed.xml"].iter().all(|path| is_compressible(path)));
        assert!(!["a.jpg", "a.woff2", "search/0/0.bin", "LICENSE"].iter().any(|path| is_compressible(path)));
    }
}
