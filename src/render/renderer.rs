//! Renders the pages of a site: one page to its bytes, or all pages to a sink.
//!
//! 1. the page's view is made (`crate::render::page_views`)
//! 2. what is deferred of it is made, which reads texts
//! 3. the template is filled in with the view, with the page's frame, and with what every page shows

use crate::catalog::access_tracker::{AccessTracker, ChangedSummaries};
use crate::diagnostics::diagnostic::Diagnostic;
use crate::diagnostics::error::Result;
use crate::render::engine::templates::Templates;
use crate::render::engine::unused_fields::unused_article_fields;
use crate::render::page_views::{Content, PageView, page_view};
use crate::render::views::card_cache::CardCache;
use crate::render::views::cards::Cards;
use crate::site::body::TextSource;
use crate::site::page::Page;
use crate::site::site::Site;
use crate::text::xml_chars::remove_invalid_chars;
use rayon::prelude::*;
use serde::Serialize;
use tera::{Context, Map, Value};

/// Takes a rendered file: its path in the output, its bytes.
pub(crate) type Put<'a> = dyn Fn(&str, Vec<u8>) -> Result<()> + Sync + 'a;

/// A site and the templates that render it.
#[derive(Debug)]
pub struct Renderer<'a> {
    pub(crate) site: &'a Site,
    pub(crate) templates: &'a Templates,
    /// summaries of texts that were edited after the site was planned
    changed_summaries: Option<&'a ChangedSummaries>,
    cache: CardCache,
    /// what every template can show: `site` and `words`, shared and never copied
    shared: [(&'static str, Value); 2],
}

impl<'a> Renderer<'a> {
    /// Renders the pages of a site.
    pub fn new(site: &'a Site, templates: &'a Templates) -> Self {
        let cards = Cards::of(site);
        let words = cards.messages().table().into_iter().map(|(name, word)| (name.into(), plain(word)));
        let words = Value::from(words.collect::<Map>());
        let shared = [("site", Value::from_serializable(&cards.site())), ("words", words)];
        let cache = CardCache::new(unused_article_fields(templates));
        Self { site, templates, changed_summaries: None, cache, shared }
    }

    /// Renders pages with the summaries of texts that were edited since.
    pub(crate) fn changed_summaries(self, changed_summaries: &'a ChangedSummaries) -> Self {
        Self { changed_summaries: Some(changed_summaries), ..self }
    }

    /// Renders every page of the site and gives it to `put`. Returns diagnostics as [`Self::each`]; their pages are left out.
    ///
    /// # Errors
    /// An error of `put` stops the work.
    pub(crate) fn all(&self, texts: &TextSource<'_>, put: &Put<'_>) -> Result<Vec<Diagnostic>> {
        self.each(&|page| match self.page(page, texts) {
            Ok(bytes) => put(&self.site.address(page).file(), bytes).map(|()| None),
            Err(diagnostic) => Ok(Some(diagnostic)),
        })
    }

    /// Calls a function for every page that is made, several at once. Returns the diagnostics, each once, in the order of
    /// pages, without those that were reported when the templates were loaded.
    ///
    /// # Errors
    /// The first error of the function stops the work.
    pub(crate) fn each(&self, render: &(dyn Fn(Page) -> Result<Option<Diagnostic>> + Sync)) -> Result<Vec<Diagnostic>> {
        let own = self.site.pages.par_iter().filter(|&&page| self.site.part.owns(page));
        let found: Vec<Diagnostic> = own.filter_map(|&page| render(page).transpose()).collect::<Result<_>>()?;
        let mut diagnostics: Vec<Diagnostic> = Vec::new();
        for diagnostic in found {
            if !self.templates.has_reported(&diagnostic) && !diagnostics.contains(&diagnostic) {
                diagnostics.push(diagnostic);
            }
        }
        Ok(diagnostics)
    }

    /// Renders one page.
    ///
    /// # Errors
    /// A diagnostic: of the template, or of the text that cannot be read.
    pub fn page(&self, page: Page, texts: &TextSource<'_>) -> Result<Vec<u8>, Diagnostic> {
        let tracker = AccessTracker::replacing(self.changed_summaries);
        self.render(self.view(page, &tracker), texts)
    }

    /// The files of the texts that a page shows.
    pub(crate) fn texts_of(&self, page: Page) -> Vec<&'a str> {
        match page_view(Cards::of(self.site), page).content {
            Content::DeferredView(_, deferred) => deferred.texts,
            Content::DeferredText(deferred) => deferred.texts,
            Content::View(..) | Content::Text(_) | Content::Picture(_) => Vec::new(),
        }
    }

    /// The view of a page. `tracker` notes which articles it shows.
    pub(crate) fn view<'v>(&'v self, page: Page, tracker: &'v AccessTracker<'v>) -> PageView<'v> {
        page_view(Cards::cached(self.site, &self.cache, tracker), page)
    }

    /// Renders a page whose view is made already.
    ///
    /// # Errors
    /// As [`Self::page`].
    pub(crate) fn render(&self, page: PageView<'_>, texts: &TextSource<'_>) -> Result<Vec<u8>, Diagnostic> {
        let PageView { mut frame, root, content } = page;
        let (template, view) = match content {
            Content::Text(text) => return Ok(remove_invalid_chars(text.into_bytes())),
            Content::DeferredText(text) => return Ok(remove_invalid_chars((text.make)(texts)?.into_bytes())),
            Content::Picture(picture) => return Ok(picture.draw()),
            Content::View(template, view) => (template, view.value()),
            Content::DeferredView(template, view) => {
                let (view, has_code) = (view.make)(texts)?;
                frame.has_code = has_code;
                (template, view)
            }
        };
        let mut context = self.context(view);
        context.insert("page", &frame);
        context.insert_value("root", plain(&root));
        Ok(remove_invalid_chars(self.templates.render(template, &context)?))
    }

    /// Renders a file that is no page of the site, such as a part of a book: its template is given its view, `site` and `words`.
    ///
    /// # Errors
    /// A diagnostic of the template.
    pub(crate) fn file(&self, template: &str, view: &impl Serialize) -> Result<Vec<u8>, Diagnostic> {
        let context = self.context(Value::from_serializable(view));
        Ok(remove_invalid_chars(self.templates.render(template, &context)?))
    }

    /// The fields of a view and what every template can show.
    fn context(&self, view: Value) -> Context {
        let mut context = Context::new();
        for (name, value) in view.into_map().expect("every view is a struct") {
            context.insert_value(name.to_string(), value);
        }
        for (name, value) in &self.shared {
            context.insert_value(*name, value.clone());
        }
        context
    }
}

/// A text that every page shows; where nothing in it is to be escaped, the engine need not check it each time.
fn plain(text: &str) -> Value {
    if text.contains(['<', '>', '&', '"', '\'']) { Value::from(text) } else { Value::safe_string(text) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::builtin::STATICS;
    use crate::catalog::catalog::Catalog;
    use crate::catalog::entry::Entry;
    use crate::config::settings::Config;
    use crate::config::themes::Theme;
    use crate::content::address_book::AddressBook;
    use crate::content::article::{Article, FileText, FrontMatter, PageLines};
    use crate::content::plain_page::PlainPage;
    use crate::diagnostics::code::Code;
    use crate::diagnostics::error::Error;
    use crate::diagnostics::message::Message;
    use crate::extract::extractor::Extractor;
    use crate::site::index_files::IndexFiles;
    use crate::site::plan::plan;
    use crate::util::digest::Digest;
    use jiff::civil::date;
    use std::collections::{BTreeMap, BTreeSet};
    use std::sync::Mutex;

    /// Five articles of two days, one of them undated and full of marks, under one theme whose list has three parts.
    fn site(base_url: &str) -> Site {
        let theme = Theme { id: "产改".into(), name: "产改".into(), slug: "changai".into(), ..Theme::default() };
        let config = Config {
            title: "文摘 & <试>".into(),
            base_url: base_url.into(),
            page_size: 2,
            feed_size: 3,
            themes: vec![theme],
            ..Config::default()
        };
        let entries: Vec<Entry> = (0..5).map(|at| Entry::of(&article(at), &Extractor::default())).collect();
        let about = PlainPage {
            file: "content/about.md".into(),
            title: "关于".into(),
            order: 0,
            draft: false,
            aliases: Vec::new(),
            body: "见[第一篇](articles/p1-01.md)。".into(),
        };
        let catalog = Catalog::index(entries, &config.themes);
        let (site, diagnostics) = plan(config, catalog, vec![about], &statics(), AddressBook::default(), false);
        assert_eq!(diagnostics, []);
        site
    }

    fn statics() -> Vec<String> {
        STATICS.iter().map(|(name, _)| (*name).to_owned()).collect()
    }

    fn article(at: i8) -> Article {
        let front = FrontMatter {
            title: format!("标题{at}“<b>&”"),
            kicker: Some("引题\u{C}".into()),
            authors: vec!["何牧".into()],
            date: (at > 0).then(|| date(2025, 2, 1 + at / 2)),
            paper: Some("江边晚报".into()),
            page: Some(1),
            themes: vec!["产改".into()],
            source: Some(Box::new(PageLines { page: "a.txt".into(), lines: "1-9".into(), more: Vec::new() })),
            ..FrontMatter::default()
        };
        Article { file: format!("content/articles/p1-0{at}.md"), front, byline: None, body: format!("正文{at}。\n") }
    }

    fn body(file: &str) -> Result<FileText> {
        Ok(format!("{file}的正文。").into())
    }

    fn rendered(site: &Site, own: &[(String, String)]) -> (BTreeMap<String, String>, Vec<Diagnostic>) {
        let (templates, _) = Templates::load(own);
        let files = Mutex::new(BTreeMap::new());
        let put = |path: &str, bytes: Vec<u8>| {
            let text = if path.ends_with(".png") { picture_text(&bytes) } else { String::from_utf8(bytes).unwrap() };
            files.lock().unwrap().insert(path.to_owned(), text);
            Ok(())
        };
        let diagnostics = Renderer::new(site, &templates).all(&body, &put).unwrap();
        (files.into_inner().unwrap(), diagnostics)
    }

    /// Stands for a picture among texts.
    fn picture_text(bytes: &[u8]) -> String {
        Digest::of_bytes(bytes).to_string()
    }

    /// What stands between `before` and the next quotation mark.
    fn attributes<'t>(text: &'t str, before: &str) -> Vec<&'t str> {
        text.split(before).skip(1).filter_map(|rest| rest.split('"').next()).collect()
    }

    /// The output file that a link on a page leads to.
    fn led_to(from: &str, link: &str) -> String {
        let mut parts: Vec<&str> = from.split('/').collect();
        parts.pop();
        let path = link.split('#').next().unwrap();
        for part in path.split('/') {
            match part {
                "." => {}
                ".." => assert!(parts.pop().is_some(), "{link} on {from} leads out of the site"),
                part => parts.push(part),
            }
        }
        let file = parts.join("/");
        if file.is_empty() || file.ends_with('/') { format!("{file}index.html") } else { file }
    }

    #[test]
    fn every_planned_page_is_rendered_and_every_link_leads_to_one() {
        let site = site("");
        let (files, diagnostics) = rendered(&site, &[]);
        assert_eq!(diagnostics, []);
        let index = site.index_files.iter().flat_map(IndexFiles::files);
        let made: BTreeSet<String> = files.keys().cloned().chain(statics()).chain(index).collect();
        assert!(site.planned().iter().eq(&made));
        for (file, text) in files.iter().filter(|(file, _)| file.as_str() != "404.html") {
            for link in attributes(text, "href=\"").into_iter().filter(|link| !link.starts_with(['#', '/'])) {
                let target =
                    if link.starts_with("http") || link.starts_with("data:") { continue } else { led_to(file, link) };
                assert!(made.contains(&target), "{file} links to {link}: {target}");
            }
        }
    }

    #[test]
    fn the_same_site_gives_the_same_bytes_and_one_page_is_as_in_all() {
        let site = site("https://example.org/digest/");
        let (files, _) = rendered(&site, &[]);
        assert_eq!(files, rendered(&site, &[]).0);
        let (templates, _) = Templates::load(&[]);
        let renderer = Renderer::new(&site, &templates);
        for &page in &site.pages {
            let (file, bytes) = (site.address(page).file(), renderer.page(page, &body).unwrap());
            let is_picture = file.ends_with(".png");
            assert_eq!(if is_picture { picture_text(&bytes).into_bytes() } else { bytes }, files[&file].as_bytes());
        }
    }

    #[test]
    fn text_is_escaped_and_holds_no_control_characters() {
        let (files, _) = rendered(&site(""), &[]);
        assert!(files["undated/8c/p1-00/index.html"].contains("标题<wbr>0“&lt;b&gt;&amp;”</h1>"));
        for (file, text) in files {
            let marked_up = file.ends_with("ml");
            assert!(!text.contains('\u{C}'), "{text}");
            assert!(!marked_up || !text.contains("<b>&"), "{text}");
        }
    }

    #[test]
    fn a_page_that_is_not_found_links_from_the_root_of_the_site() {
        let (files, _) = rendered(&site("https://example.org/digest/"), &[]);
        assert!(files["404.html"].contains("href=\"/digest/themes/\""));
        assert!(!files["404.html"].contains("rel=\"canonical\""));
        assert!(rendered(&site(""), &[]).0["404.html"].contains("href=\"/themes/\""));
    }

    #[test]
    fn addresses_are_absolute_only_where_they_have_to_be() {
        let (files, _) = rendered(&site("https://example.org/digest/"), &[]);
        let about = &files["about/index.html"];
        assert!(about.contains("<link rel=\"canonical\" href=\"https://example.org/digest/about/\">"));
        assert!(about.contains("<a href=\"../2025/02/01/p1-01/\">"), "{about}");
        assert!(files["robots.txt"].ends_with("Sitemap: https://example.org/digest/sitemap.xml\n"));
        let urls: Vec<&str> =
            files["sitemap.xml"].split("<loc>").skip(1).map(|rest| rest.split('<').next().unwrap()).collect();
        let is_redirect = |text: &String| text.contains("http-equiv=\"refresh\"");
        let pages = files.iter().filter(|(file, text)| file.ends_with("index.html") && !is_redirect(text)).count();
        assert_eq!(urls.len(), pages);
        assert!(urls.iter().all(|url| url.starts_with("https://example.org/digest/")));
        assert!(!rendered(&site(""), &[]).0.contains_key("sitemap.xml"));
    }

    #[test]
    fn a_feed_has_what_atom_asks_for() {
        let (files, _) = rendered(&site("https://example.org/"), &[]);
        for name in ["feed.xml", "themes/changai/feed.xml"] {
            let feed = &files[name];
            let (head, entries) = feed.split_once("<entry>").unwrap();
            assert!(head.starts_with(
                "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n<feed xmlns=\"http://www.w3.org/2005/Atom\""
            ));
            assert!(head.contains("<updated>2025-02-03T00:00:00+08:00</updated>") && head.contains("<author><name>"));
            assert!(head.contains(&format!(
                "<link rel=\"self\" type=\"application/atom+xml\" href=\"https://example.org/{name}\"/>"
            )));
            let entries: Vec<&str> = entries.split("<entry>").collect();
            assert_eq!(entries.len(), 3, "as many as feed_size, and none without a date");
            let ids: BTreeSet<&str> = entries.iter().map(|entry| entry.split("<id>").nth(1).unwrap()).collect();
            assert_eq!(ids.len(), 3);
        }
        let moved = &rendered(&site(""), &[]).0["feed.xml"];
        let ids = |feed: &str| feed.split("<id>").skip(1).map(|rest| rest[..45].to_owned()).collect::<Vec<_>>();
        assert_eq!(ids(moved), ids(&files["feed.xml"]), "ids stay when a site moves");
    }

    #[test]
    fn a_long_list_is_paged_and_an_article_knows_its_neighbours() {
        let (files, _) = rendered(&site(""), &[]);
        let second = &files["themes/changai/page/2/index.html"];
        assert!(second.contains("<a rel=\"prev\" href=\"../../../../themes/changai/\">"), "{second}");
        assert!(second.contains("<a rel=\"next\" href=\"../../../../themes/changai/page/3/\">"));
        assert_eq!(second.matches("<article class=\"story").count(), 2);
        let article = &files["2025/02/02/p1-02/index.html"];
        assert!(article.contains("rel=\"next\" href=\"../../../../2025/02/03/p1-04/\""), "{article}");
        assert!(article.contains("rel=\"prev\" href=\"../../../../2025/02/02/p1-03/\""));
        assert!(article.contains("content/articles/p1-02.md的正文。"));
    }

    #[test]
    fn a_finding_is_told_once_and_all_other_pages_are_made() {
        let own = [("article.html".to_owned(), "{{ artikel }}".to_owned())];
        let site = site("");
        let (files, diagnostics) = rendered(&site, &own);
        assert_eq!(diagnostics.len(), 1, "{diagnostics:?}");
        assert_eq!(files.len(), site.pages.len() - 5);
        let broken = [("article.html".to_owned(), "{{ article".to_owned())];
        assert_eq!(rendered(&site, &broken).1, [], "reported when it was loaded");
    }

    #[test]
    fn a_sink_that_refuses_stops_the_work() {
        let site = site("");
        let (templates, _) = Templates::load(&[]);
        let put = |_: &str, _: Vec<u8>| {
            Err(Error::failure(Diagnostic::new(Code::Disk, Message::verbatim("the disk is full"))))
        };
        assert!(Renderer::new(&site, &templates).all(&body, &put).is_err());
    }

    #[test]
    fn a_site_without_articles_has_all_its_pages() {
        let config = Config { title: "空".into(), page_size: 2, feed_size: 2, ..Config::default() };
        let (site, _) = plan(config, Catalog::index(vec![], &[]), vec![], &[], AddressBook::default(), false);
        let (files, diagnostics) = rendered(&site, &[]);
        assert_eq!(diagnostics, []);
        assert!(files["index.html"].contains("content/pages/") && files["feed.xml"].contains("1970-01-01"));
    }
}
