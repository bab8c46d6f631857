//! Resolves the links of a body.
//!
//! Links to other files of content (`[另一篇](p2-02.md)`) and to addresses of the site (`[首页](/)`) become relative on a page, so
//! that a site can be below any path, and absolute in a feed, which is read elsewhere. Headings of a page break between words.

use crate::config::content::RawHtml;
use crate::render::markdown::headings::break_between_words;
use crate::render::markdown::html::{RenderedMarkdown, render_markdown, render_markdown_and_plain};
use crate::render::views::cards::Cards;
use crate::site::page::Page;

/// Renders a body for its page; `file` is the content file that it is written in.
pub(crate) fn page_body(cards: Cards<'_>, page: Page, file: &str, body: &str) -> RenderedMarkdown {
    let mut rendered =
        render_markdown(body, cards.messages(), raw_html(cards), &|target| resolve_on_page(cards, page, file, target));
    break_between_words(&mut rendered.html, &rendered.headings);
    rendered
}

/// [`page_body`], and the body as plain text.
pub(crate) fn page_body_and_plain(cards: Cards<'_>, page: Page, file: &str, body: &str) -> (RenderedMarkdown, String) {
    let (mut rendered, plain) = render_markdown_and_plain(body, cards.messages(), raw_html(cards), &|target| {
        resolve_on_page(cards, page, file, target)
    });
    break_between_words(&mut rendered.html, &rendered.headings);
    (rendered, plain)
}

fn raw_html(cards: Cards<'_>) -> RawHtml {
    cards.site.config.content.html
}

fn resolve_on_page(cards: Cards<'_>, page: Page, file: &str, target: &str) -> Option<String> {
    path_below_root(cards, file, target).map(|path| cards.site.address(page).path_to_root() + &path)
}

/// Renders a body for a feed of a site whose address is known: all links are absolute.
pub(crate) fn feed_body(cards: Cards<'_>, page: Page, file: &str, body: &str) -> RenderedMarkdown {
    let base_url = &cards.site.config.base_url;
    let address = cards.site.address(page);
    render_markdown(body, cards.messages(), raw_html(cards), &|target| {
        let path = path_below_root(cards, file, target).unwrap_or_else(|| resolve_relative(address.as_str(), target));
        Some(format!("{base_url}{path}"))
    })
}

/// Renders a body for a file that is read elsewhere, without raw HTML that could run: `part` names the part of that file which
/// holds a page of the site. Other links are absolute, where the address of the site is known.
pub(crate) fn body_elsewhere(
    cards: Cards<'_>,
    page: Page,
    body: &str,
    part: &dyn Fn(Page) -> Option<String>,
) -> RenderedMarkdown {
    let Page::Article(id) = page else { return RenderedMarkdown::default() };
    let file = cards.site.catalog.entries[id].file.as_str();
    let (base_url, address) = (&cards.site.config.base_url, cards.site.address(page));
    let raw_html = if raw_html(cards) == RawHtml::Escape { RawHtml::Escape } else { RawHtml::Safe };
    render_markdown(body, cards.messages(), raw_html, &|target| {
        let linked =
            target.ends_with(".md").then(|| cards.site.page_of_file(&resolve_relative(file, target))).flatten();
        if let Some(part) = linked.and_then(part) {
            return Some(part);
        }
        let path = path_below_root(cards, file, target).unwrap_or_else(|| resolve_relative(address.as_str(), target));
        (!base_url.is_empty()).then(|| format!("{base_url}{path}"))
    })
}

/// The target of a link as a path below the site's root; none if it is relative to its own page.
fn path_below_root(cards: Cards<'_>, file: &str, target: &str) -> Option<String> {
    if target.ends_with(".md")
        && let Some(address) = cards.site.address_of_file(&resolve_relative(file, target))
    {
        return Some(address.to_string());
    }
    Some(target.strip_prefix('/')?.to_owned())
}

/// A relative path in `file` as a path below the site's root: `../about.md` in `content/articles/a.md` is `content/about.md`. A
/// target that begins with a slash is relative to the root.
pub(crate) fn resolve_relative(file: &str, target: &str) -> String {
    let mut parts: Vec<&str> = if target.starts_with('/') { Vec::new() } else { file.split('/').collect() };
    parts.pop();
    for part in target.split('/') {
        match part {
            "" | "." => {}
            ".." => drop(parts.pop()),
            part => parts.push(part),
        }
    }
    let end = if target.ends_with('/') && !parts.is_empty() { "/" } else { "" };
    parts.join("/") + end
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::catalog::catalog::Catalog;
    use crate::catalog::entry::Entry;
    use crate::config::settings::Config;
    use crate::content::address_book::AddressBook;
    use crate::content::article::{Article, FrontMatter};
    use crate::extract::extractor::Extractor;
    use crate::site::plan::plan;
    use crate::text::lang::Lang;

    #[test]
    fn a_path_is_relative_to_its_file() {
        let file = "content/articles/2025/02-05/p1-01.md";
        assert_eq!(resolve_relative(file, "p1-02.md"), "content/articles/2025/02-05/p1-02.md");
        assert_eq!(resolve_relative(file, "../../../about.md"), "content/about.md");
        assert_eq!(resolve_relative(file, "/content/about.md"), "content/about.md");
        assert_eq!(resolve_relative(file, "../../../../../x.md"), "x.md");
        assert_eq!(resolve_relative("2025/02/05/p1-01/", "a/./b/"), "2025/02/05/p1-01/a/b/");
    }

    #[test]
    fn links_stay_below_the_sites_path_and_are_absolute_in_a_feed() {
        let article = Article {
            file: "content/articles/a.md".into(),
            front: FrontMatter { title: "甲".into(), ..FrontMatter::default() },
            byline: None,
            body: String::new(),
        };
        let config =
            Config { base_url: "https://e.org/d/".into(), page_size: 9, lang: Lang::ZhHans, ..Config::default() };
        let catalog = Catalog::index(vec![Entry::of(&article, &Extractor::new(&config))], &[]);
        let site = plan(config, catalog, vec![], &[], AddressBook::default(), false).0;
        let body = "[首页](/) [归档](/archive/#x) [甲](a.md?q) [图](pic.jpg) [外](//x.cn/) [信](mailto:a@b.cn)\n\n![](/i/a.jpg)";
        let links = |html: RenderedMarkdown| {
            let parts = html.html.split(['"', '\'']).map(str::to_owned).collect::<Vec<_>>();
            let at = parts.iter().enumerate().filter(|(_, part)| part.ends_with("href=") || part.ends_with("src="));
            at.map(|(at, _)| parts[at + 1].clone()).collect::<Vec<_>>()
        };
        let cards = Cards::of(&site);
        let on_page = links(page_body(cards, Page::Article(0), "content/articles/a.md", body));
        let up = "../../../";
        let expected = [
            up,
            "../../../archive/#x",
            "../../../undated/17/a/?q",
            "pic.jpg",
            "//x.cn/",
            "mailto:a@b.cn",
            "../../../i/a.jpg",
        ];
        assert_eq!(on_page, expected);
        let in_feed = links(feed_body(cards, Page::Article(0), "content/articles/a.md", body));
        let own = "https://e.org/d/";
        let expected = ["", "archive/#x", "undated/17/a/?q", "undated/17/a/pic.jpg"].map(|path| format!("{own}{path}"));
        assert_eq!(in_feed[..4], expected);
        assert_eq!(in_feed[4..], ["//x.cn/", "mailto:a@b.cn", "https://e.org/d/i/a.jpg"]);
    }
}
