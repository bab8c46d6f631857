//! The URLs that a publish changes, for the commands that run before and after it.

use crate::publish::inventory::Inventory;
use crate::publish::local_site::LocalSite;
use crate::publish::plan::plan::Plan;
use std::collections::BTreeSet;

/// The URLs of all files that are uploaded or removed, sorted and without duplicates; `url` is that of the site, and may be
/// empty. Where the last publish did not finish, nobody knows what it changed, so they are the URLs of all files.
pub(crate) fn changed_urls(url: &str, local: &LocalSite, inventory: &Inventory, plan: &Plan) -> Vec<String> {
    let is_unfinished = inventory.record.as_ref().is_some_and(|record| record.unfinished);
    let all = local.files.iter().filter(|_| is_unfinished).map(|file| file.path.as_str());
    let sent = plan.uploads(local).map(|file| file.path.as_str());
    let paths: BTreeSet<&str> = all.chain(sent).chain(plan.removed.iter().map(String::as_str)).collect();
    paths.into_iter().map(|path| url_of(url, path)).collect()
}

/// `https://example.org/digest/` and `about/index.html` → `https://example.org/digest/about/`.
fn url_of(url: &str, path: &str) -> String {
    let slash = if url.is_empty() || url.ends_with('/') { "" } else { "/" };
    let folder = path.strip_suffix("index.html").filter(|folder| folder.is_empty() || folder.ends_with('/'));
    format!("{url}{slash}{}", folder.unwrap_or(path))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_page_has_the_url_of_its_folder() {
        let cases = [
            ("https://a/d/", "index.html", "https://a/d/"),
            ("https://a/d", "x/y/index.html", "https://a/d/x/y/"),
            ("https://a/", "feed.xml", "https://a/feed.xml"),
            ("", "about/index.html", "about/"),
        ];
        for (url, path, shown) in cases {
            assert_eq!(url_of(url, path), shown);
        }
    }
}
