//! Extracts the links of a page to files of the site, as paths: a link to a folder is one to its `index.html`.
//!
//! Every `href` and `src` of a page, and the address in a `<meta http-equiv="refresh">`, resolved against the page's own
//! path: relative URLs, URLs from the root of the host, and absolute URLs of the site itself.

use html5gum::{Token, Tokenizer};
use percent_encoding::percent_decode_str;
use std::collections::BTreeSet;

/// The paths below the site's root that a page links to, each once. `path` is the page's own; `base_url` is the site's
/// address, or empty.
pub(crate) fn links_of_page(html: &str, path: &str, base_url: &str) -> BTreeSet<String> {
    let mut links = BTreeSet::new();
    for Ok(token) in Tokenizer::new(html) {
        let Token::StartTag(tag) = token else { continue };
        for (name, value) in &tag.attributes {
            let value = String::from_utf8_lossy(value);
            let link = match name.as_slice() {
                b"href" | b"src" | b"poster" | b"action" => Some(value.as_ref()),
                b"content" if tag.name.as_slice() == b"meta" => refresh_url(&value),
                _ => None,
            };
            links.extend(link.and_then(|link| resolve_link(link, path, base_url)));
        }
    }
    links
}

/// `0; url=/new/` → `/new/`.
fn refresh_url(content: &str) -> Option<&str> {
    let (seconds, rest) = content.split_once(';')?;
    seconds.trim().parse::<u32>().ok()?;
    let (key, url) = rest.trim().split_once('=')?;
    key.trim().eq_ignore_ascii_case("url").then(|| url.trim().trim_matches(['\'', '"']))
}

/// The file that a link of the page at `path` leads to; `None` where it leads out of the site, or is a fragment of the page itself.
pub(crate) fn resolve_link(link: &str, path: &str, base_url: &str) -> Option<String> {
    let link = link.trim().split(['#', '?']).next().unwrap_or_default();
    let host_path = base_url.split_once("://").and_then(|(_, rest)| rest.split_once('/')).map_or("", |(_, path)| path);
    let (start, rest) = if !base_url.is_empty() && link.starts_with(base_url) {
        ("", &link[base_url.len()..])
    } else if link.starts_with("//") || has_scheme(link) || link.is_empty() {
        return None;
    } else if let Some(below_host) = link.strip_prefix('/') {
        ("", below_host.strip_prefix(host_path)?)
    } else {
        (path.rsplit_once('/').map_or("", |(folder, _)| folder), link)
    };
    let mut parts: Vec<&str> = start.split('/').filter(|part| !part.is_empty()).collect();
    for part in rest.split('/') {
        match part {
            "" | "." => {}
            ".." => drop(parts.pop()?),
            part => parts.push(part),
        }
    }
    let mut file = parts.join("/");
    if rest.is_empty() || rest.ends_with('/') || rest.ends_with("/.") || rest.ends_with("..") || rest == "." {
        file = if file.is_empty() { "index.html".to_owned() } else { format!("{file}/index.html") };
    }
    Some(percent_decode_str(&file).decode_utf8_lossy().into_owned())
}

fn has_scheme(link: &str) -> bool {
    let scheme = link.split(':').next().unwrap_or_default();
    scheme.len() < link.len()
        && scheme.starts_with(|c: char| c.is_ascii_alphabetic())
        && scheme.chars().all(|c| c.is_ascii_alphanumeric() || "+-.".contains(c))
}

#[cfg(test)]
mod tests {
    use super::*;

    const BASE: &str = "https://example.org/digest/";

    #[test]
    fn a_link_is_resolved_against_the_path_of_its_page() {
        let cases = [
            ("../p1-02/", "2025/02/25/p1-02/index.html"),
            ("./../../../../", "index.html"),
            ("../../../../style.css?v=1", "style.css"),
            ("picture.jpg#top", "2025/02/25/p1-01/picture.jpg"),
            ("/digest/themes/", "themes/index.html"),
            ("https://example.org/digest/", "index.html"),
            ("https://example.org/digest/feed.xml", "feed.xml"),
            ("../%E4%BA%A7/", "2025/02/25/产/index.html"),
            (".", "2025/02/25/p1-01/index.html"),
        ];
        for (link, file) in cases {
            assert_eq!(resolve_link(link, "2025/02/25/p1-01/index.html", BASE).as_deref(), Some(file), "{link}");
        }
    }

    #[test]
    fn links_to_other_sites_are_left_out() {
        for link in
            ["", "#diagnostics", "https://example.com/", "//cdn.example.com/x.js", "mailto:a@b", "/other/", "../../x"]
        {
            assert_eq!(resolve_link(link, "a/index.html", BASE), None, "{link}");
        }
        assert_eq!(
            resolve_link("/x/", "a/index.html", "").as_deref(),
            Some("x/index.html"),
            "a site at its host's root"
        );
    }

    #[test]
    fn a_page_is_read_for_every_kind_of_link() {
        let page = r#"<link rel=stylesheet href="../style.css"><meta http-equiv="refresh" content="0; url=../b/">
            <a href='../c/'>c</a> <a href="../c/#x">again</a><img src="d.png"><script src="/digest/e.js"></script>
            <p>href="no"</p>"#;
        let links: Vec<String> = links_of_page(page, "a/index.html", BASE).into_iter().collect();
        assert_eq!(links, ["a/d.png", "b/index.html", "c/index.html", "e.js", "style.css"]);
    }
}
