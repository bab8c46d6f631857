//! The whole site, before any page is rendered.
//!
//! 1. list every page that settings, catalog and plain pages call for
//! 2. each claims its address (`claiming.rs`); where two claim one, the first keeps it and the other is a finding
//! 3. what got no address is in no list: then all is planned once more without it
//!
//! The list says which files the output will hold, so that a sink can tell what has vanished.

use crate::catalog::catalog::Catalog;
use crate::catalog::figures::gallery;
use crate::catalog::months::Month;
use crate::config::settings::Config;
use crate::content::plain_page::PlainPage;
use crate::diagnostics::diagnostic::Diagnostic;
use crate::site::address::Address;
use crate::site::claims::Refused;
use crate::site::name_set::{Register, digest};
use crate::site::origins::Origins;
use crate::site::page::{ALTERNATE_FORMATS, AlternateFormat, EXPORT_FORMATS, FEED_FORMATS, Feed, Page};
use crate::site::shards::Shards;
use crate::theme::classify::Classifier;
use crate::util::parallel;
use crate::util::path_list::PathList;
use std::collections::BTreeSet;
use std::ops::RangeInclusive;

/// Key figures that a theme's own page shows; where there are more, they have a page.
pub(crate) const FIGURES: usize = 6;

/// Names on a page: people, columns, source pages.
pub(crate) const NAMES: usize = 600;

/// Pages that one sitemap names: the protocol allows 50,000 and 50 MB, which addresses of a thousand bytes would come to.
pub(crate) const SITEMAP: usize = 40_000;

/// Settings, articles and plain pages, and the pages made of them.
#[derive(Debug)]
pub struct Site {
    pub(crate) config: Config,
    pub(crate) catalog: Catalog,
    /// in the order of the menu
    pub(crate) plains: Vec<PlainPage>,
    /// where pages once stood, each address once
    pub(crate) aliases: Vec<Alias>,
    /// in the order in which they are rendered; each has an address of its own
    pub pages: Vec<Page>,
    /// the files of the index, where the site can be searched
    pub(crate) shards: Option<Shards>,
    /// the files of source pages, where their text can be read
    pub(crate) origins: Origins,
    /// says why an article is filed where it is
    pub(crate) classifier: Classifier,
    /// files of `static/`
    pub(crate) statics: BTreeSet<String>,
    /// output file → place in `pages`
    pub(crate) files: Register,
    /// content file → article or, behind all articles, plain page
    sources: Register,
}

/// An address where a page once stood.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Alias {
    pub(crate) address: Address,
    /// that page
    pub(crate) page: Page,
    pub(crate) title: String,
}

impl Site {
    /// Plans the site. `statics` are the files of `static/`, below that folder; they are only counted here.
    ///
    /// Findings: two pages that claim one address (errors).
    pub fn plan(
        config: Config,
        catalog: Catalog,
        plains: Vec<PlainPage>,
        statics: &[String],
    ) -> (Self, Vec<Diagnostic>) {
        let (mut site, refused) = Self::claiming(config, catalog, plains, statics);
        let diagnostics = refused.diagnostics;
        if refused.files.iter().any(|file| site.page_of_file(file).is_some()) {
            site.catalog.entries.retain(|entry| !refused.files.contains(&entry.file));
            site.plains.retain(|plain| !refused.files.contains(&plain.file));
            let catalog = Catalog::index(site.catalog.entries, &site.config.themes);
            site = Self::claiming(site.config, catalog, site.plains, statics).0;
        }
        (site, diagnostics)
    }

    fn claiming(config: Config, catalog: Catalog, mut plains: Vec<PlainPage>, statics: &[String]) -> (Self, Refused) {
        plains.sort_by(|a, b| a.order.cmp(&b.order).then_with(|| a.file.cmp(&b.file)));
        let files = catalog.entries.iter().map(|entry| &entry.file).chain(plains.iter().map(|plain| &plain.file));
        let sources = Register::of(&files.map(|file| digest(file)).collect::<Vec<_>>());
        let mut site = Self {
            shards: config.search.enabled.then(|| Shards::of(&catalog)),
            classifier: Classifier::new(&config.themes, &config.filing),
            origins: Origins::default(),
            aliases: Vec::new(),
            pages: Vec::new(),
            statics: BTreeSet::new(),
            files: Register::default(),
            config,
            catalog,
            plains,
            sources,
        };
        let refused = site.claim(statics);
        (site, refused)
    }

    /// Every file that the output will hold, those of `static/` and of the index among them.
    pub fn planned(&self) -> PathList {
        let pages = parallel::stream(&self.pages, |page| self.address(*page).file());
        let index = self.shards.iter().flat_map(Shards::files);
        pages.chain(index).chain(self.statics.iter().cloned()).collect()
    }

    /// Whether the output holds a file.
    pub(crate) fn holds(&self, file: &str) -> bool {
        let in_index = |file| self.shards.iter().flat_map(Shards::files).any(|own| own == file);
        self.statics.contains(file) || self.page_at(file).is_some() || in_index(file)
    }

    /// The page that an output file is, such as `themes/jiuye/index.html`.
    pub(crate) fn page_at(&self, file: &str) -> Option<Page> {
        let place = self.files.find(file, |place| self.address(self.pages[place]).file() == file)?;
        Some(self.pages[place])
    }

    /// The page that a content file is, such as `content/about.md`.
    pub(crate) fn page_of_file(&self, file: &str) -> Option<Page> {
        let articles = self.catalog.entries.len();
        let is = |place: usize| match place.checked_sub(articles) {
            None => self.catalog.entries[place].file == file,
            Some(plain) => self.plains[plain].file == file,
        };
        let place = self.sources.find(file, is)?;
        Some(place.checked_sub(articles).map_or(Page::Article(place), Page::Plain))
    }

    /// All pages but those of aliases.
    pub(crate) fn listed(&self) -> Vec<Page> {
        let catalog = &self.catalog;
        let mut pages = vec![Page::Home, Page::Themes];
        pages.extend(parts(catalog.issues.undated_pages().len(), NAMES).map(|part| Page::Issues { part }));
        pages.push(Page::Archive);
        pages.extend(parts(catalog.people.len(), NAMES).map(|part| Page::People { part }));
        let formats: &[AlternateFormat] = if self.config.twins.enabled { &ALTERNATE_FORMATS } else { &[] };
        for id in 0..catalog.entries.len() {
            pages.push(Page::Article(id));
            pages.extend(formats.iter().map(|&format| Page::Alternate(id, format)));
        }
        for theme in 0..self.config.themes.len() {
            pages.extend(self.parts(catalog.themes[theme].len()).map(|part| Page::Theme { theme, part }));
            pages.extend(FEED_FORMATS.map(|form| Page::Feed(Feed::Theme(theme), form)));
            if self.config.twins.enabled {
                pages.extend(EXPORT_FORMATS.map(|export| Page::ThemeExport(theme, export)));
            }
            pages.extend(self.has_figures(theme).then_some(Page::Figures(theme)));
        }
        for (paper, shelf) in catalog.papers.iter().enumerate() {
            pages.push(Page::Paper(paper));
            pages.extend(FEED_FORMATS.map(|form| Page::Feed(Feed::Paper(paper), form)));
            pages.extend(shelf.years(&catalog.issues.issues).map(|(year, _)| Page::PaperYear(paper, year)));
        }
        pages.extend((0..catalog.issues.issues.len()).map(Page::Issue));
        pages.extend((0..catalog.issues.pages.len()).map(Page::SourcePage));
        pages.extend(self.years().into_iter().map(Page::Year));
        for Month { year, month, parts, .. } in &catalog.months {
            pages.extend((1..=parts.len()).map(|part| Page::Month { year: *year, month: *month, part }));
        }
        if !catalog.undated.is_empty() {
            pages.extend(self.parts(catalog.undated.len()).map(|part| Page::Undated { part }));
        }
        for (person, shelf) in catalog.people.iter().enumerate() {
            pages.extend(self.parts(shelf.articles.len()).map(|part| Page::Person { person, part }));
        }
        if !catalog.columns.is_empty() {
            pages.extend(parts(catalog.columns.len(), NAMES).map(|part| Page::Columns { part }));
        }
        for (column, shelf) in catalog.columns.iter().enumerate() {
            pages.extend(self.parts(shelf.articles.len()).map(|part| Page::Column { column, part }));
        }
        pages.extend((!catalog.places.is_empty()).then_some(Page::Places));
        for (place, shelf) in catalog.places.iter().enumerate() {
            pages.extend(self.parts(shelf.articles.len()).map(|part| Page::Place { place, part }));
        }
        pages.extend((0..self.plains.len()).map(Page::Plain));
        pages.extend(self.config.search.enabled.then_some(Page::Search));
        pages.extend(FEED_FORMATS.map(|form| Page::Feed(Feed::Site, form)));
        pages.extend([Page::NotFound, Page::Robots]);
        pages.extend(self.config.headers.files.then_some([Page::Headers, Page::Redirects]).into_iter().flatten());
        let sitemaps = self.sitemaps(&pages);
        pages.splice(0..0, sitemaps);
        pages
    }

    /// What names the other pages. They stand first of all: none takes longer to make, nor as much memory, and the last ones of
    /// a list are made several at once, with processors that have nothing left to do.
    fn sitemaps(&self, pages: &[Page]) -> Vec<Page> {
        if self.config.base_url.is_empty() {
            return Vec::new();
        }
        let named = pages.iter().filter(|page| page.is_for_readers()).count();
        let parts = (1..=named.div_ceil(SITEMAP)).filter(|_| named > SITEMAP).map(Page::SitemapPart);
        [Page::Sitemap].into_iter().chain(parts).collect()
    }

    /// The sitemaps beside the first, which then names them.
    pub(crate) fn sitemap_parts(&self) -> impl Iterator<Item = Page> + '_ {
        self.pages.iter().copied().filter(|page| matches!(page, Page::SitemapPart(_)))
    }

    /// The years that articles stand in, newest first.
    pub(crate) fn years(&self) -> Vec<i16> {
        let mut years: Vec<i16> = self.catalog.months.iter().map(|month| month.year).collect();
        years.dedup();
        years
    }

    /// The parts of a list of so many articles, from 1: at least one.
    pub(crate) fn parts(&self, articles: usize) -> RangeInclusive<usize> {
        parts(articles, self.config.page_size)
    }

    /// Whether a theme has more key figures than its own page shows.
    pub(crate) fn has_figures(&self, theme: usize) -> bool {
        gallery(&self.catalog.entries, &self.catalog.themes[theme], FIGURES + 1).len() > FIGURES
    }
}

/// The parts of a list, from 1: at least one.
pub(crate) fn parts(entries: usize, size: usize) -> RangeInclusive<usize> {
    1..=entries.div_ceil(size.max(1)).max(1)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::catalog::entry::Entry;
    use crate::config::republish::Switch;
    use crate::config::themes::Theme;
    use crate::content::article::FrontMatter;
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

    fn plan(config: Config, entries: Vec<Entry>, plains: &[&str], statics: &[&str]) -> (Site, Vec<Diagnostic>) {
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
        Site::plan(config, catalog, plains.iter().map(plain).collect(), &statics)
    }

    #[test]
    fn every_output_file_is_known_before_anything_is_rendered() {
        let (site, diagnostics) = plan(config(), vec![entry("a/p1-01")], &["about"], &["style.css"]);
        assert_eq!(diagnostics, []);
        let planned = site.planned();
        assert_eq!(
            planned.iter().collect::<Vec<_>>(),
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
                "search/heads/0/0.bin",
                "search/index.html",
                "search/texts/0/0.bin",
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
    fn articles_and_themes_have_other_forms_unless_the_site_says_no() {
        let config = Config { twins: Switch::default(), ..config() };
        let (site, diagnostics) = plan(config, vec![entry("a/p1-01"), entry("b/p1-01")], &[], &[]);
        let planned = site.planned();
        for file in ["cite.bib", "cite.ris", "index.json", "index.md"] {
            assert!(planned.contains(&format!("2025/02/05/p1-01/{file}")), "{file}");
        }
        assert!(planned.contains("themes/changai/articles.csv") && planned.contains("themes/changai/articles.bib"));
        assert_eq!(diagnostics.len(), 1, "an article without an address has no other forms either: {diagnostics:?}");
    }

    #[test]
    fn a_sitemap_needs_to_know_where_the_site_stands() {
        let config = Config { base_url: "https://example.org/".into(), ..config() };
        assert!(plan(config, vec![], &[], &[]).0.planned().contains("sitemap.xml"));
    }

    #[test]
    fn a_large_site_has_several_sitemaps_and_the_first_names_them() {
        let config = || Config { base_url: "https://example.org/".into(), ..config() };
        assert_eq!(plan(config(), vec![entry("a")], &[], &[]).0.sitemap_parts().count(), 0);
        let entries = (0..SITEMAP).map(|at| entry(&format!("a/{at}"))).collect();
        let site = plan(config(), entries, &[], &[]).0;
        let files: Vec<String> = site.sitemap_parts().map(|page| site.address(page).file()).collect();
        assert_eq!(files, ["sitemap-1.xml", "sitemap-2.xml"]);
    }

    #[test]
    fn a_site_that_is_not_searched_has_no_index() {
        let config = Config { search: Switch { enabled: false }, ..config() };
        let (site, _) = plan(config, vec![entry("a")], &[], &[]);
        assert!(!site.planned().iter().any(|path| path.starts_with("search/")));
    }

    #[test]
    fn a_long_theme_has_several_parts_and_an_empty_one_has_one() {
        let (site, _) = plan(config(), ["a", "b", "c"].map(entry).to_vec(), &[], &[]);
        assert_eq!(site.parts(3), 1..=2);
        assert!(site.planned().contains("themes/changai/page/2/index.html"));
        assert_eq!(site.parts(0), 1..=1);
    }

    #[test]
    fn the_first_to_claim_an_address_keeps_it_and_both_files_are_named() {
        let (site, diagnostics) = plan(config(), vec![entry("b/P1"), entry("a/p1")], &["themes"], &["feed.xml"]);
        let told: Vec<(&str, String)> = diagnostics
            .iter()
            .map(|diagnostic| {
                (
                    diagnostic.code.name(),
                    format!("{} {}", diagnostic.location.as_ref().unwrap().file, diagnostic.message),
                )
            })
            .collect();
        assert_eq!(told.len(), 3, "{told:?}");
        assert!(told.iter().all(|(code, _)| *code == "address-taken"));
        assert!(told[0].1.starts_with("content/articles/b/P1.md") && told[0].1.ends_with("content/articles/a/p1.md"));
        assert!(told[1].1.starts_with("content/themes.md"), "{told:?}");
        assert!(told[2].1.starts_with("static/feed.xml"), "{told:?}");
        assert!(site.plains.is_empty() && site.catalog.entries.len() == 1, "what has no address is in no list");
        let articles = site.pages.iter().filter(|page| matches!(page, Page::Article(_))).count();
        assert_eq!(articles, 1);
    }
}
