//! Text, attributes and links of HTML pages, read independently of the program's own code.

use crate::common::files::Files;
use std::collections::{BTreeMap, BTreeSet};

/// The text of an HTML page: without tags, with entities decoded.
pub(crate) fn visible_text(html: &str) -> String {
    let mut text = String::new();
    let mut rest = html;
    while let Some(at) = rest.find(['<', '&']) {
        text.push_str(&rest[..at]);
        rest = &rest[at..];
        let end = if rest.starts_with('<') { '>' } else { ';' };
        let Some(close) = rest.find(end) else { break };
        if end == ';' {
            text.push_str(&decode_entity(&rest[1..close]));
        }
        rest = &rest[close + 1..];
    }
    text + rest
}

fn decode_entity(name: &str) -> String {
    let number = name.strip_prefix('#').map(|digits| match digits.strip_prefix(['x', 'X']) {
        Some(hex) => u32::from_str_radix(hex, 16).unwrap(),
        None => digits.parse().unwrap(),
    });
    match (name, number) {
        (_, Some(number)) => char::from_u32(number).unwrap().to_string(),
        ("lt", _) => "<".to_owned(),
        ("gt", _) => ">".to_owned(),
        ("amp", _) => "&".to_owned(),
        ("quot", _) => "\"".to_owned(),
        ("apos", _) => "'".to_owned(),
        (other, _) => panic!("the entity &{other};"),
    }
}

/// The first part of a text between two others.
#[track_caller]
pub(crate) fn between<'t>(text: &'t str, before: &str, after: &str) -> &'t str {
    text.split_once(before).and_then(|(_, rest)| rest.split_once(after)).unwrap_or_else(|| panic!("{before}: {text}")).0
}

/// Each part of a text from `before` to the next quotation mark.
pub(crate) fn quoted_after<'t>(text: &'t str, before: &str) -> Vec<&'t str> {
    text.split(before).skip(1).filter_map(|rest| rest.split('"').next()).collect()
}

/// The values of these attributes in all tags, entities decoded.
fn attributes(html: &str, names: &[&str]) -> Vec<String> {
    let mut values = Vec::new();
    for tag in html.split('<').skip(1).map(|rest| rest.split('>').next().unwrap()) {
        for name in names {
            if let Some(at) = tag.find(&format!(" {name}=\"")) {
                let value = &tag[at + name.len() + 3..];
                values.push(visible_text(value.split('"').next().unwrap()));
            }
        }
    }
    values
}

/// A link to the site's own files.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Link {
    /// as the page has it
    pub(crate) href: String,
    /// the file that it leads to; none where it leaves the site's folder
    pub(crate) file: Option<String>,
    pub(crate) fragment: String,
}

/// The links and sources of a page or feed that lead into the site; `base` is its absolute URL.
pub(crate) fn internal_links(page: &str, text: &str, base: &str) -> Vec<Link> {
    let mut hrefs = attributes(text, &["href", "src"]);
    hrefs.extend(text.split("<loc>").skip(1).map(|rest| rest.split('<').next().unwrap().to_owned()));
    hrefs.into_iter().filter_map(|href| internal_link(page, href, base)).collect()
}

fn internal_link(page: &str, href: String, base: &str) -> Option<Link> {
    let host_path = &base[base.find("://").unwrap() + 3..];
    let base_path = &host_path[host_path.find('/').unwrap()..];
    let path = href.strip_prefix(base).map_or_else(|| href.clone(), |rest| format!("{base_path}{rest}"));
    if ["://", "mailto:", "data:"].iter().any(|outside| path.contains(outside)) {
        return None;
    }
    let (path, fragment) = path.split_once('#').unwrap_or((&path, ""));
    let path = path.split('?').next().unwrap();
    let file = match (path.strip_prefix('/'), path) {
        (_, "") => Some(page.to_owned()),
        (Some(_), _) => path.strip_prefix(base_path).and_then(|below| resolve("", below)),
        (None, _) => resolve(page, path),
    };
    Some(Link { href, file, fragment: fragment.to_owned() })
}

/// The file that a relative path on a page leads to; none where the path leaves the site's folder.
fn resolve(page: &str, path: &str) -> Option<String> {
    let mut parts: Vec<&str> = page.split('/').collect();
    parts.pop();
    // an empty part in the middle stays, so that a doubled slash leads nowhere
    for part in path.trim_end_matches('/').split('/').filter(|_| !path.is_empty()) {
        match part {
            ".." => drop(parts.pop()?),
            "." => {}
            part => parts.push(part),
        }
    }
    if path.is_empty() || path.ends_with(['/', '.']) {
        parts.push("index.html");
    }
    Some(parts.join("/"))
}

/// The links of all pages that lead to no file, as `page: link`. A page may be a placeholder without links, as a publish uploads
/// them for pages that follow.
pub(crate) fn links_without_file(files: &Files, base: &str) -> BTreeSet<String> {
    broken_links(files.iter().filter(|(name, _)| name.ends_with(".html")), base, |link| {
        link.file.as_ref().is_some_and(|file| files.contains_key(file))
    })
}

/// The links of all pages and feeds that lead to no file, or to no element of one, as `page: link`.
pub(crate) fn dead_links(files: &Files, base: &str) -> BTreeSet<String> {
    let pages = files.iter().filter(|(name, _)| name.ends_with(".html"));
    let ids: BTreeMap<&str, Vec<String>> =
        pages.map(|(name, bytes)| (name.as_str(), attributes(&String::from_utf8_lossy(bytes), &["id"]))).collect();
    let linking = files.iter().filter(|(name, _)| name.ends_with(".html") || name.ends_with(".xml"));
    broken_links(linking, base, |link| {
        let Some(file) = link.file.as_deref().filter(|file| files.contains_key(*file)) else { return false };
        link.fragment.is_empty() || ids.get(file).is_some_and(|ids| ids.contains(&link.fragment))
    })
}

fn broken_links<'f>(
    pages: impl Iterator<Item = (&'f String, &'f Vec<u8>)>,
    base: &str,
    leads: impl Fn(&Link) -> bool,
) -> BTreeSet<String> {
    let mut broken = BTreeSet::new();
    for (name, bytes) in pages {
        let links = internal_links(name, &String::from_utf8_lossy(bytes), base);
        broken.extend(links.iter().filter(|link| !leads(link)).map(|link| format!("{name}: {}", link.href)));
    }
    broken
}

#[test]
fn the_link_checker_finds_dead_links() {
    let mut files = Files::new();
    files.insert("index.html".to_owned(), b"<a href=\"a/#x\">1</a><a href=\"a/#y\">2</a><a href=\"/d/a/\">".to_vec());
    files.insert(
        "a/index.html".to_owned(),
        b"<p id=\"x\"><a href=\"../\"><a href=\"../..\"><img src=\"no.png\">".to_vec(),
    );
    let without_file = ["a/index.html: ../..", "a/index.html: no.png"];
    assert!(links_without_file(&files, "https://e.org/d/").iter().eq(&without_file));
    let dead = [without_file[0], without_file[1], "index.html: a/#y"];
    assert!(dead_links(&files, "https://e.org/d/").iter().eq(&dead));
}
