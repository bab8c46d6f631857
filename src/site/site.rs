//! The site: its settings, catalog and plain pages, and the pages made of them.

use crate::catalog::catalog::Catalog;
use crate::catalog::source_files::SourceFiles;
use crate::config::settings::Config;
use crate::content::address_book::AddressBook;
use crate::content::plain_page::PlainPage;
use crate::site::addresses::address::Address;
use crate::site::addresses::name_set::NameSet;
use crate::site::alias::Alias;
use crate::site::index_files::IndexFiles;
use crate::site::lists::Divisions;
use crate::site::page::Page;
use crate::site::page_address::PageAddresses;
use crate::site::part::SitePart;
use crate::theme::classify::Classifier;
use crate::util::parallel;
use crate::util::path_list::PathList;
use std::collections::{BTreeMap, BTreeSet};

/// The files of a facsimile beside its source page: the first view, and a sharper one.
pub(crate) const FACSIMILE_FILES: [&str; 2] = ["page.jpg", "page-large.jpg"];

/// A planned site: made by [`plan`](crate::site::plan::plan).
#[derive(Debug)]
pub struct Site {
    pub(crate) config: Config,
    pub(crate) catalog: Catalog,
    /// in the order of the menu
    pub(crate) plain_pages: Vec<PlainPage>,
    /// former addresses of pages, each once
    pub(crate) aliases: Vec<Alias>,
    /// the addresses of all names of the catalog, and of others that were in it
    pub book: AddressBook,
    pub(crate) divisions: Divisions,
    /// all pages in the order in which they are rendered; each has an address of its own
    pub pages: Vec<Page>,
    /// which of them are made
    pub(crate) part: SitePart,
    /// the files of the search index, where the site has one
    pub(crate) index_files: Option<IndexFiles>,
    /// the addresses of articles that are not planned here, but linked to: by their files
    pub(crate) elsewhere: BTreeMap<String, Address>,
    /// the files of source pages, where their text can be read
    pub(crate) source_files: SourceFiles,
    /// source pages whose picture is shown → the name of the picture's files in the cache
    pub(crate) facsimiles: BTreeMap<usize, String>,
    /// explains why an article is filed under its themes
    pub(crate) classifier: Classifier,
    /// output files that are copied from `static/`
    pub(crate) statics: BTreeSet<String>,
    /// output file → position in `pages`
    pub(crate) page_files: NameSet,
    /// content file → article or, behind all articles, plain page
    pub(crate) content_files: NameSet,
}

impl Site {
    /// The address of a page.
    pub fn address(&self, page: Page) -> Address {
        let Self { config, catalog, plain_pages, aliases, book, .. } = self;
        PageAddresses { config, catalog, plain_pages, aliases, book }.of(page)
    }

    /// The pages that are made: all, or those of its part.
    pub(crate) fn own_pages(&self) -> impl Iterator<Item = Page> + '_ {
        self.pages.iter().copied().filter(|&page| self.part.owns(page))
    }

    /// The number of pages that are made, without the files for programs.
    pub(crate) fn reader_pages(&self) -> usize {
        self.own_pages().filter(|page| page.is_for_readers()).count()
    }

    /// Every file that is made, those of `static/` and of the search index included.
    pub fn planned(&self) -> PathList {
        let pages: Vec<Page> = self.own_pages().collect();
        let pages = parallel::stream(&pages, |page| self.address(*page).file());
        let index = self.index_files.iter().flat_map(IndexFiles::files);
        let pictures = self.facsimiles.keys().flat_map(|&page| FACSIMILE_FILES.map(|file| self.beside(page, file)));
        pages.chain(index).chain(pictures).chain(self.own_statics().cloned()).collect()
    }

    /// The files of `static/` that are copied: none by a shard.
    fn own_statics(&self) -> impl Iterator<Item = &String> {
        self.statics.iter().filter(|_| self.part.copies_statics())
    }

    /// The address of a file beside a source page.
    pub(crate) fn beside(&self, source_page: usize, file: &str) -> String {
        self.address(Page::SourcePage(source_page)).beside(file).to_string()
    }

    /// The source page and the name in the cache of a facsimile's file, by its path.
    pub(crate) fn facsimile_at(&self, path: &str) -> Option<(usize, &'static str)> {
        let (folder, name) = path.rsplit_once('/')?;
        let file = FACSIMILE_FILES.into_iter().find(|file| *file == name)?;
        match self.page_at(&format!("{folder}/index.html"))? {
            Page::SourcePage(page) if self.facsimiles.contains_key(&page) => Some((page, file)),
            _ => None,
        }
    }

    /// Whether a file is in the output.
    pub(crate) fn has_file(&self, file: &str) -> bool {
        let in_index = |file| self.index_files.iter().flat_map(IndexFiles::files).any(|own| own == file);
        self.statics.contains(file)
            || self.page_at(file).is_some()
            || self.facsimile_at(file).is_some()
            || in_index(file)
    }

    /// The page that is written to an output file, such as `themes/jiuye/index.html`.
    pub(crate) fn page_at(&self, file: &str) -> Option<Page> {
        let at = self.page_files.find(file, |at| self.address(self.pages[at]).file() == file)?;
        Some(self.pages[at])
    }

    /// The address of a content file, also of one in another part of the site.
    pub(crate) fn address_of_file(&self, file: &str) -> Option<Address> {
        match self.page_of_file(file) {
            Some(page) => Some(self.address(page)),
            None => self.elsewhere.get(file).cloned(),
        }
    }

    /// The page that is made from a content file, such as `content/about.md`.
    pub(crate) fn page_of_file(&self, file: &str) -> Option<Page> {
        let articles = self.catalog.entries.len();
        let is = |at: usize| match at.checked_sub(articles) {
            None => self.catalog.entries[at].file == file,
            Some(plain) => self.plain_pages[plain].file == file,
        };
        let at = self.content_files.find(file, is)?;
        Some(at.checked_sub(articles).map_or(Page::Article(at), Page::Plain))
    }

    /// The sitemaps that the first one names.
    pub(crate) fn sitemap_parts(&self) -> impl Iterator<Item = Page> + '_ {
        self.pages.iter().copied().filter(|page| matches!(page, Page::SitemapPart(_)))
    }
}
