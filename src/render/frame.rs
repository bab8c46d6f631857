//! What stands around a page: `page` and `root` in its template.

use crate::render::page_views::PageView;
use crate::render::views::site::PageMeta;
use crate::site::address::base_path;
use crate::site::page::Page;
use crate::site::site::Site;

/// The frame of a page, and its way to the root.
pub(crate) fn frame(site: &Site, page: Page, sheet: &PageView) -> (PageMeta, String) {
    let address = site.address(page);
    let base_url = &site.config.base_url;
    let frame = PageMeta {
        kind: sheet.kind,
        title: sheet.title.clone(),
        description: sheet.description.clone(),
        canonical: (!base_url.is_empty() && page != Page::NotFound).then(|| address.url(base_url)),
        feed: sheet.feed.clone(),
        has_code: sheet.has_code,
        path: address.to_string(),
    };
    // a server shows the page for what it does not find at any depth
    let root = if page == Page::NotFound { base_path(base_url).to_owned() } else { address.path_to_root() };
    (frame, root)
}
