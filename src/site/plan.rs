//! Plans a site: all pages and their addresses, before any page is rendered.
//!
//! 1. list every page that settings, catalog and plain pages call for (`list_pages`)
//! 2. leave out the pages in whose place a person put a file into `static/`: `404.html`, `robots.txt`
//! 3. assign the addresses (`claim`); of two claims to one address the first is granted, the other is a finding
//! 4. drop the content files whose claim was rejected from all lists, and plan once more without them
//!
//! The planned files are those of the finished output, so a sink can tell which files of an earlier build have vanished.

use crate::catalog::catalog::Catalog;
use crate::catalog::entry::Entry;
use crate::catalog::source_files::SourceFiles;
use crate::config::settings::Config;
use crate::config::year_shard::Sharding;
use crate::content::address_book::{AddressBook, NameKind, NewNames};
use crate::content::plain_page::PlainPage;
use crate::diagnostics::diagnostic::Diagnostic;
use crate::site::addresses::address::Address;
use crate::site::addresses::name_set::{NameSet, name_hash};
use crate::site::alias::{Alias, former_dates, listed_aliases};
use crate::site::claim::{self, Claims, Granted};
use crate::site::index_files::IndexFiles;
use crate::site::lists::Divisions;
use crate::site::page::Page;
use crate::site::page_address::{PageAddresses, hashed_folder};
use crate::site::page_list::list_pages;
use crate::site::part::SitePart;
use crate::site::site::Site;
use crate::theme::classify::Classifier;
use std::collections::{BTreeMap, BTreeSet, HashSet};

/// Plans the site. `statics` are the names of the files of `static/`, below that folder. Names that `book` does not have get their
/// addresses, in the book of the site; with `moves_hashed`, they redirect from those that they had before there were such books.
///
/// The findings are address conflicts.
///
/// # Examples
///
/// ```
/// use wenzhai::catalog::catalog::Catalog;
/// use wenzhai::catalog::entry::Entry;
/// use wenzhai::config::settings::Config;
/// use wenzhai::content::address_book::AddressBook;
/// use wenzhai::site::page::Page;
/// use wenzhai::site::plan::plan;
///
/// let config = Config::default();
/// let entry = Entry { file: "content/articles/p1-01.md".to_owned(), ..Entry::default() };
/// let catalog = Catalog::index(vec![entry], &config.themes);
/// let statics = ["style.css".to_owned()];
/// let (site, diagnostics) = plan(config, catalog, Vec::new(), &statics, AddressBook::default(), false);
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
    book: AddressBook,
    moves_hashed: bool,
) -> (Site, Vec<Diagnostic>) {
    plan_part(config, catalog, plain_pages, statics, book, moves_hashed, SitePart::Whole)
}

/// Plans a part of a site, as [`plan`] does the whole. All pages that its articles call for are planned, so that links between them have
/// addresses; those of [`SitePart::owns`] are made.
pub(crate) fn plan_part(
    config: Config,
    catalog: Catalog,
    plain_pages: Vec<PlainPage>,
    statics: &[String],
    mut book: AddressBook,
    moves_hashed: bool,
    part: SitePart,
) -> (Site, Vec<Diagnostic>) {
    add_names(&mut book, &config, &catalog, moves_hashed);
    let (site, rejected, diagnostics) = assemble(config, catalog, plain_pages, statics, book, part);
    if !rejected.iter().any(|file| site.page_of_file(file).is_some()) {
        return (site, diagnostics);
    }
    let Site { config, catalog: Catalog { mut entries, .. }, mut plain_pages, book, part, .. } = site;
    entries.retain(|entry| !rejected.contains(&entry.file));
    plain_pages.retain(|plain| !rejected.contains(&plain.file));
    let catalog = index(entries, &config);
    (assemble(config, catalog, plain_pages, statics, book, part).0, diagnostics)
}

/// Indexes the articles of a site. In one of shards, articles of different years are no reprints of each other: no shard could tell.
pub(crate) fn index(entries: Vec<Entry>, config: &Config) -> Catalog {
    match config.content.shards {
        None => Catalog::index(entries, &config.themes),
        Some(Sharding::Years) => Catalog::index_by_year(entries, &config.themes),
    }
}

/// Adds the names of a catalog to the address book: those of papers that site.toml does not list, of people and of columns. In a site of
/// shards, each of which sees some of the names, the address of a new one follows from it alone.
fn add_names(book: &mut AddressBook, config: &Config, catalog: &Catalog, moves_hashed: bool) {
    let new = if config.content.shards.is_none() { NewNames::Numbered } else { NewNames::Hashed };
    let former = |kind| move |name: &str| moves_hashed.then(|| hashed_folder(kind, name));
    let is_listed = |name: &&str| config.papers.iter().any(|paper| paper.name == *name);
    let papers = catalog.entries.iter().filter_map(|entry| entry.front.paper.as_deref());
    book.add(NameKind::Paper, papers.filter(|name| !is_listed(name)), new, former(NameKind::Paper));
    let people = catalog.people.iter().map(|person| person.name.as_str());
    book.add(NameKind::Person, people, new, former(NameKind::Person));
    let columns = catalog.columns.iter().map(|column| column.name.as_str());
    book.add(NameKind::Column, columns, new, former(NameKind::Column));
}

/// The site, the files whose claim to an address was rejected, and the findings.
fn assemble(
    config: Config,
    catalog: Catalog,
    mut plain_pages: Vec<PlainPage>,
    statics: &[String],
    book: AddressBook,
    part: SitePart,
) -> (Site, BTreeSet<String>, Vec<Diagnostic>) {
    plain_pages.sort_by(|a, b| a.order.cmp(&b.order).then_with(|| a.file.cmp(&b.file)));
    let index_files = config.search.enabled.then(|| IndexFiles::of(&catalog, &part));
    let divisions = Divisions::of(&config, &catalog, &book);
    let mut pages = list_pages(&config, &catalog, &divisions, plain_pages.len());
    let addresses =
        PageAddresses { config: &config, catalog: &catalog, plain_pages: &plain_pages, aliases: &[], book: &book };
    let own_files: HashSet<&str> = statics.iter().map(String::as_str).collect();
    pages.retain(|&page| !is_replaced(page, &addresses, &own_files));
    let listed = listed_aliases(&catalog, &plain_pages);
    let aliases = listed.into_iter().chain(moved_pages(&addresses, &pages)).chain(former_dates(&pages)).collect();
    let Granted { pages, files, statics, aliases, rejected_files, diagnostics } = claim::grant(Claims {
        pages,
        aliases,
        book: &book,
        index_files: index_files.as_ref(),
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
        elsewhere: BTreeMap::new(),
        page_files: files,
        divisions,
        config,
        catalog,
        plain_pages,
        aliases,
        book,
        pages,
        part,
        index_files,
        statics,
    };
    (site, rejected_files, diagnostics)
}

/// The former addresses of the pages of people, papers and columns: each page redirects from the same place below the folder that
/// its name had.
fn moved_pages(addresses: &PageAddresses<'_>, pages: &[Page]) -> Vec<Alias> {
    if !addresses.book.has_former() {
        return Vec::new();
    }
    let aliases = pages.iter().filter_map(|&page| {
        let (folder, kind, name) = addresses.folder_of_name(page)?;
        let address = addresses.of(page);
        let rest = address.as_str().strip_prefix(folder.as_str())?.to_owned();
        let former = addresses.book.former(kind, &name).iter();
        let alias = move |former: &String| {
            let address = Address::of_alias(&format!("{}/{rest}", former.trim_end_matches('/')));
            Alias { address, page, title: name.clone() }
        };
        Some(former.map(alias).collect::<Vec<_>>())
    });
    aliases.flatten().collect()
}

/// The pages in whose place a person may put a file, since its name means the same to every host, with that name. It is the name
/// of their templates as well.
pub(crate) const REPLACEABLE: [(Page, &str); 2] = [(Page::NotFound, "404.html"), (Page::Robots, "robots.txt")];

/// Whether a static file stands in place of a page.
fn is_replaced(page: Page, addresses: &PageAddresses<'_>, statics: &HashSet<&str>) -> bool {
    let is_picture = matches!(page, Page::ShareCard(_) | Page::Icon(_) | Page::Manifest);
    let may_be = is_picture || REPLACEABLE.iter().any(|(replaceable, _)| *replaceable == page);
    may_be && statics.contains(addresses.of(page).file().as_str())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::republish::{Switch, TwinFormat, TwinRules};
    use crate::config::themes::Theme;
    use crate::content::article::FrontMatter;
    use crate::diagnostics::code::Code;
    use crate::site::page_list::{SITEMAP, parts};
    use jiff::civil::date;

    fn config() -> Config {
        let theme = Theme { id: "产改".into(), name: "产改".into(), slug: "changai".into(), ..Theme::default() };
        Config { page_size: 2, themes: vec![theme], ..Config::default() }
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
        plan(config, catalog, plains.iter().map(plain).collect(), &statics, AddressBook::default(), false)
    }

    #[test]
    fn every_output_file_is_known_before_anything_is_rendered() {
        let (site, diagnostics) = planned(config(), vec![entry("a/p1-01")], &["about"], &["style.css"]);
        assert_eq!(diagnostics, []);
        let files = site.planned();
        // there are icons where the program is built with the feature `cards`
        let is_icon = |path: &str| path.ends_with(".png") || path.ends_with(".webmanifest");
        assert_eq!(
            files.iter().filter(|path| !path.starts_with("search/pairs/") && !is_icon(path)).collect::<Vec<_>>(),
            [
                "2025/02/05/index.html",
                "2025/02/05/p1-01/index.html",
                "2025/02/index.html",
                "2025/index.html",
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
                "themes/changai/articles.bib",
                "themes/changai/articles.csv",
                "themes/changai/feed.json",
                "themes/changai/feed.xml",
                "themes/changai/index.html",
                "themes/index.html",
            ]
        );
        let mut pages = site.pages.iter().filter(|page| !matches!(page, Page::Alias(_)));
        assert!(pages.all(|page| page.is_for_readers() == site.address(*page).is_page()));
        assert_eq!(site.page_at("about/index.html"), Some(Page::Plain(0)));
        assert_eq!(site.page_at("style.css"), None);
    }

    const ALL: [TwinFormat; 4] = [TwinFormat::Markdown, TwinFormat::Json, TwinFormat::BibTeX, TwinFormat::Ris];

    #[test]
    fn articles_have_the_other_formats_that_are_asked_for() {
        let config = Config { twins: TwinRules { formats: ALL.into(), ..TwinRules::default() }, ..config() };
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
                (
                    diagnostic.code,
                    format!("{} {}", diagnostic.location.as_ref().unwrap().file, diagnostic.message.english()),
                )
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
