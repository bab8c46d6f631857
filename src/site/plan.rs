//! Plans a site: all pages and their addresses, before any page is rendered.
//!
//! 1. list every page that settings, catalog and plain pages call for (`list_pages`)
//! 2. leave out the pages in whose place a person put a file into `static/`: `404.html`, `robots.txt`
//! 3. assign the addresses (`claim`); of two claims to one address the first is granted, the other is a finding
//! 4. drop the content files whose claim was rejected from all lists, and plan once more without them
//!
//! The planned files are those of the finished output, so a sink can tell which files of an earlier build have vanished.

use crate::catalog::catalog::Catalog;
use crate::catalog::source_files::SourceFiles;
use crate::config::settings::Config;
use crate::content::plain_page::PlainPage;
use crate::diagnostics::diagnostic::Diagnostic;
use crate::site::alias::listed_aliases;
use crate::site::claim::{self, Claims, Granted};
use crate::site::name_set::{NameSet, name_hash};
use crate::site::page::Page;
use crate::site::page_list::list_pages;
use crate::site::shards::Shards;
use crate::site::site::Site;
use crate::theme::classify::Classifier;
use std::collections::{BTreeMap, BTreeSet};

/// Plans the site. `statics` are the names of the files of `static/`, below that folder.
///
/// The findings are address conflicts.
///
/// # Examples
///
/// ```
/// use wenzhai::catalog::catalog::Catalog;
/// use wenzhai::catalog::entry::Entry;
/// use wenzhai::config::settings::Config;
/// use wenzhai::site::page::Page;
/// use wenzhai::site::plan::plan;
///
/// let config = Config::default();
/// let entry = Entry { file: "content/articles/p1-01.md".to_owned(), ..Entry::default() };
/// let catalog = Catalog::index(vec![entry], &config.themes);
/// let (site, diagnostics) = plan(config, catalog, Vec::new(), &["style.css".to_owned()]);
/// assert!(diagnostics.is_empty());
/// assert_eq!(site.address(Page::Home).file(), "index.html");
/// assert!(site.address(Page::Article(0)).to_string().starts_with("undated/"));
/// assert!(site.planned().contains("style.css"));
/// ```
pub fn plan(
    config: Config,
    catalog: Catalog,
    plain_pages: Vec<PlainPage>,
    statics: &[String],
) -> (Site, Vec<Diagnostic>) {
    let (site, rejected, diagnostics) = assemble(config, catalog, plain_pages, statics);
    if !rejected.iter().any(|file| site.page_of_file(file).is_some()) {
        return (site, diagnostics);
    }
    let Site { config, catalog: Catalog { mut entries, .. }, mut plain_pages, .. } = site;
    entries.retain(|entry| !rejected.contains(&entry.file));
    plain_pages.retain(|plain| !rejected.contains(&plain.file));
    let catalog = Catalog::index(entries, &config.themes);
    (assemble(config, catalog, plain_pages, statics).0, diagnostics)
}

/// The site, the files whose claim to an address was rejected, and the findings.
fn assemble(
    config: Config,
    catalog: Catalog,
    mut plain_pages: Vec<PlainPage>,
    statics: &[String],
) -> (Site, BTreeSet<String>, Vec<Diagnostic>) {
    plain_pages.sort_by(|a, b| a.order.cmp(&b.order).then_with(|| a.file.cmp(&b.file)));
    let shards = config.search.enabled.then(|| Shards::of(&catalog));
    let mut pages = list_pages(&config, &catalog, plain_pages.len());
    pages.retain(|page| file_in_place_of(*page).is_none_or(|file| !statics.iter().any(|name| name == file)));
    let Granted { pages, files, statics, aliases, rejected_files, diagnostics } = claim::grant(Claims {
        pages,
        aliases: listed_aliases(&catalog, &plain_pages),
        shards: shards.as_ref(),
        config: &config,
        catalog: &catalog,
        plain_pages: &plain_pages,
        statics,
    });
    let articles = catalog.entries.iter().map(|entry| &entry.file);
    let content = articles.chain(plain_pages.iter().map(|plain| &plain.file));
    let site = Site {
        content_files: NameSet::of(&content.map(|file| name_hash(file)).collect::<Vec<_>>()),
        classifier: Classifier::new(&config.themes, &config.filing),
        source_files: SourceFiles::default(),
        facsimiles: BTreeMap::new(),
        page_files: files,
        config,
        catalog,
        plain_pages,
        aliases,
        pages,
        shards,
        statics,
    };
    (site, rejected_files, diagnostics)
}

/// The pages in whose place a person may put a file, since its name means the same to every host, with that name. It is the name
/// of their templates as well.
pub(crate) const REPLACEABLE: [(Page, &str); 2] = [(Page::NotFound, "404.html"), (Page::Robots, "robots.txt")];

/// The file that a person may put in place of a page.
fn file_in_place_of(page: Page) -> Option<&'static str> {
    REPLACEABLE.iter().find(|(replaceable, _)| *replaceable == page).map(|&(_, file)| file)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::catalog::entry::Entry;
    use crate::config::republish::Switch;
    use crate::config::themes::Theme;
    use crate::content::article::FrontMatter;
    use crate::diagnostics::code::Code;
    use crate::site::page_list::{SITEMAP, parts};
    use jiff::civil::date;

    fn config() -> Config {
        let theme = Theme { id: "产改".into(), name: "产改".into(), slug: "changai".into(), ..Theme::default() };
        Config { page_size: 2, themes: vec![theme], twins: Switch { enabled: false }, ..Config::default() }
    }

    fn entry(file: &str) -> Entry {
        let front =
            FrontMatter { date: Some(date(2025, 2, 5)), themes: vec!["产改".into()], ..FrontMatter::default() };
        Entry { file: format!("content/articles/{file}.md"), front, ..Entry::default() }
    }

    fn planned(config: Config, entries: Vec<Entry>, plains: &[&str], statics: &[&str]) -> (Site, Vec<Diagnostic>) {
        let plain = |file: &&str| PlainPage {
            file: format!("content/{file}.md"),
            title: (*file).to_owned(),
            order: 0,
            draft: false,
            aliases: Vec::new(),
            body: String::new(),
        };
        let catalog = Catalog::index(entries, &config.themes);
        let statics: Vec<String> = statics.iter().map(|name| (*name).to_owned()).collect();
        plan(config, catalog, plains.iter().map(plain).collect(), &statics)
    }

    #[test]
    fn every_output_file_is_known_before_anything_is_rendered() {
        let (site, diagnostics) = planned(config(), vec![entry("a/p1-01")], &["about"], &["style.css"]);
        assert_eq!(diagnostics, []);
        let files = site.planned();
        assert_eq!(
            files.iter().filter(|path| !path.starts_with("search/pairs/")).collect::<Vec<_>>(),
            [
                "2025/02/05/p1-01/index.html",
                "404.html",
                "about/index.html",
                "archive/2025/02/index.html",
                "archive/2025/index.html",
                "archive/index.html",
                "feed.json",
                "feed.xml",
                "index.html",
                "issues/index.html",
                "issues/unnamed/2025/02-05/index.html",
                "issues/unnamed/2025/index.html",
                "issues/unnamed/feed.json",
                "issues/unnamed/feed.xml",
                "issues/unnamed/index.html",
                "people/index.html",
                "robots.txt",
                "search/0/0/0.bin",
                "search/index.html",
                "search/names/0/0.bin",
                "search/places/0/0/0.bin",
                "search/slots/0/0.bin",
                "search/texts/0/0.bin",
                "search/variants.bin",
                "style.css",
                "themes/changai/feed.json",
                "themes/changai/feed.xml",
                "themes/changai/index.html",
                "themes/index.html",
            ]
        );
        assert!(site.pages.iter().all(|page| page.is_for_readers() == site.address(*page).is_page()));
        assert_eq!(site.page_at("about/index.html"), Some(Page::Plain(0)));
        assert_eq!(site.page_at("style.css"), None);
    }

    #[test]
    fn articles_and_themes_have_other_forms_unless_switched_off() {
        let config = Config { twins: Switch::default(), ..config() };
        let (site, diagnostics) = planned(config, vec![entry("a/p1-01"), entry("b/p1-01")], &[], &[]);
        let files = site.planned();
        for file in ["cite.bib", "cite.ris", "index.json", "index.md"] {
            assert!(files.contains(&format!("2025/02/05/p1-01/{file}")), "{file}");
        }
        assert!(files.contains("themes/changai/articles.csv") && files.contains("themes/changai/articles.bib"));
        assert_eq!(diagnostics.len(), 1, "an article without an address has no other forms either: {diagnostics:?}");
    }

    #[test]
    fn a_sitemap_needs_the_url_of_the_site() {
        let config = Config { base_url: "https://example.org/".into(), ..config() };
        assert!(planned(config, vec![], &[], &[]).0.planned().contains("sitemap.xml"));
    }

    #[test]
    fn a_large_site_has_several_sitemaps_and_the_first_names_them() {
        let config = || Config { base_url: "https://example.org/".into(), ..config() };
        assert_eq!(planned(config(), vec![entry("a")], &[], &[]).0.sitemap_parts().count(), 0);
        let entries = (0..SITEMAP).map(|at| entry(&format!("a/{at}"))).collect();
        let site = planned(config(), entries, &[], &[]).0;
        let files: Vec<String> = site.sitemap_parts().map(|page| site.address(page).file()).collect();
        assert_eq!(files, ["sitemap-1.xml", "sitemap-2.xml"]);
    }

    #[test]
    fn a_site_that_is_not_searched_has_no_index() {
        let config = Config { search: Switch { enabled: false }, ..config() };
        let (site, _) = planned(config, vec![entry("a")], &[], &[]);
        assert!(!site.planned().iter().any(|path| path.starts_with("search/")));
    }

    #[test]
    fn a_long_theme_has_several_parts_and_an_empty_one_has_one() {
        let (site, _) = planned(config(), ["a", "b", "c"].map(entry).to_vec(), &[], &[]);
        assert_eq!(parts(3, site.config.page_size), 1..=2);
        assert!(site.planned().contains("themes/changai/page/2/index.html"));
        assert_eq!(parts(0, site.config.page_size), 1..=1);
    }

    #[test]
    fn the_first_claim_to_an_address_is_granted_and_both_files_are_named() {
        let (site, diagnostics) = planned(config(), vec![entry("b/P1"), entry("a/p1")], &["themes"], &["feed.xml"]);
        let found: Vec<(Code, String)> = diagnostics
            .iter()
            .map(|diagnostic| {
                (diagnostic.code, format!("{} {}", diagnostic.location.as_ref().unwrap().file, diagnostic.message))
            })
            .collect();
        assert_eq!(found.len(), 3, "{found:?}");
        assert!(found.iter().all(|(code, _)| *code == Code::AddressTaken));
        assert!(found[0].1.starts_with("content/articles/b/P1.md") && found[0].1.ends_with("content/articles/a/p1.md"));
        assert!(found[1].1.starts_with("content/themes.md"), "{found:?}");
        assert!(found[2].1.starts_with("static/feed.xml"), "{found:?}");
        assert!(site.plain_pages.is_empty() && site.catalog.entries.len() == 1, "what has no address is in no list");
        let articles = site.pages.iter().filter(|page| matches!(page, Page::Article(_))).count();
        assert_eq!(articles, 1);
    }
}
