//! Address claims: assigns addresses to everything in the output, first come, first served.
//!
//! 1. collect the claims in order: pages, the files of the search index, the files of `static/`, aliases
//! 2. hash the claimed files and find the [`conflicts`], those of a file with a folder included
//! 3. return what was granted, with a finding for every rejected claim

use crate::catalog::catalog::Catalog;
use crate::config::settings::Config;
use crate::content::address_book::AddressBook;
use crate::content::plain_page::PlainPage;
use crate::diagnostics::diagnostic::Diagnostic;
use crate::site::addresses::address::Address;
use crate::site::addresses::name_set::{NameSet, name_hash};
use crate::site::alias::Alias;
use crate::site::conflict::{ChosenFiles, Claimant, Conflict, conflicts, diagnostic};
use crate::site::index_files::IndexFiles;
use crate::site::page::{CardSubject, Page};
use crate::site::page_address::PageAddresses;
use crate::template;
use crate::util::parallel;
use std::collections::BTreeSet;

/// The file that lists the former addresses of pages without a file of their own.
const ADDRESS_BOOK: &str = "content/addresses.toml";

/// All claims to addresses of a site.
#[derive(Debug)]
pub(crate) struct Claims<'a> {
    pub(crate) config: &'a Config,
    pub(crate) catalog: &'a Catalog,
    pub(crate) plain_pages: &'a [PlainPage],
    /// all pages but those of aliases
    pub(crate) pages: Vec<Page>,
    /// the files of the search index, where the site has one
    pub(crate) index_files: Option<&'a IndexFiles>,
    /// file names below `static/`
    pub(crate) statics: &'a [String],
    pub(crate) aliases: Vec<Alias>,
    pub(crate) book: &'a AddressBook,
}

/// What was granted, and the findings for the rest.
#[derive(Debug)]
pub(crate) struct Granted {
    /// those of aliases last
    pub(crate) pages: Vec<Page>,
    /// the output files of `pages`
    pub(crate) files: NameSet,
    pub(crate) statics: BTreeSet<String>,
    pub(crate) aliases: Vec<Alias>,
    /// content files and files of `static/` whose claim was rejected
    pub(crate) rejected_files: BTreeSet<String>,
    pub(crate) diagnostics: Vec<Diagnostic>,
}

/// One claim.
enum Claim<'a> {
    Page(Page),
    /// a file of the search index, by its number
    Index(usize),
    Static(&'a str),
    Alias(&'a Alias),
}

/// Grants each address to the first claim to it.
pub(crate) fn grant(claims: Claims<'_>) -> Granted {
    let (hashes, conflicts) = claims.conflicts();
    let granted = claims.granted(&conflicts, hashes.len());
    let (rejected_files, diagnostics) = claims.findings(&conflicts);
    let Claims { config, mut pages, statics, mut aliases, .. } = claims;
    let (page_claims, alias_claims) = (0..pages.len(), hashes.len() - aliases.len()..hashes.len());
    let static_claims = alias_claims.start - statics.len()..alias_claims.start;
    let mut page_hashes: Vec<u64> =
        filtered(&granted[page_claims.clone()], hashes[page_claims.clone()].iter().copied());
    pages = filtered(&granted[page_claims], pages);
    aliases = filtered(&granted[alias_claims.clone()], aliases);
    // where the host gets a list of redirects, an alias needs no page
    if !config.headers.files {
        pages.extend((0..aliases.len()).map(Page::Alias));
        page_hashes.extend(filtered::<_, Vec<_>>(&granted[alias_claims.clone()], hashes[alias_claims].iter().copied()));
    }
    Granted {
        pages,
        files: NameSet::of(&page_hashes),
        statics: filtered(&granted[static_claims], statics.iter().map(|name| static_file(name))),
        aliases,
        rejected_files,
        diagnostics,
    }
}

/// The items whose claim was granted.
fn filtered<T, C: FromIterator<T>>(granted: &[bool], items: impl IntoIterator<Item = T>) -> C {
    items.into_iter().zip(granted).filter(|(_, granted)| **granted).map(|(item, _)| item).collect()
}

fn static_file(name: &str) -> String {
    Address::of_file(name).file()
}

impl Claims<'_> {
    fn addresses(&self) -> PageAddresses<'_> {
        let &Self { config, catalog, plain_pages, ref aliases, book, .. } = self;
        PageAddresses { config, catalog, plain_pages, aliases, book }
    }

    /// The hash of every claimed file, in the order of the claims, and the conflicts among them.
    fn conflicts(&self) -> (Vec<u64>, Vec<Conflict>) {
        let chosen = self.chosen_files();
        let (hashes, above): (Vec<u64>, Vec<Option<usize>>) = self.hashes_and_claims_above(&chosen).into_iter().unzip();
        let below = above.into_iter().enumerate().filter_map(|(claim, above)| Some((claim, above?))).collect();
        let file = |claim| self.file(claim);
        let mut found = conflicts(&hashes, file);
        let rejected: BTreeSet<usize> = found.iter().map(|conflict| conflict.claim).collect();
        let with_folders = chosen.conflicts(&hashes, below, file);
        found.extend(with_folders.into_iter().filter(|conflict| !rejected.contains(&conflict.claim)));
        found.sort_unstable();
        (hashes, found)
    }

    /// For every claimed file its hash, and the claim to a chosen file that it is below.
    fn hashes_and_claims_above(&self, chosen: &ChosenFiles) -> Vec<(u64, Option<usize>)> {
        let addresses = self.addresses();
        let of = |file: &str| (name_hash(file), chosen.claim_above(file));
        let mut hashes = parallel::map(&self.pages, |page| of(&addresses.of(*page).file()));
        hashes.extend(self.index_files.iter().flat_map(|index_files| index_files.files()).map(|file| of(&file)));
        hashes.extend(self.statics.iter().map(|name| of(&static_file(name))));
        hashes.extend(self.aliases.iter().map(|alias| of(&alias.address.file())));
        hashes
    }

    /// The claims to files whose names people chose.
    fn chosen_files(&self) -> ChosenFiles {
        let is_chosen = |page: &Page| matches!(page, Page::Plain(_) | Page::Headers | Page::Redirects);
        let pages = self.pages.iter().enumerate().filter(|(_, page)| is_chosen(page)).map(|(claim, _)| claim);
        let behind_index = self.pages.len() + self.index_files.map_or(0, IndexFiles::count);
        let others = behind_index..behind_index + self.statics.len() + self.aliases.len();
        ChosenFiles::new(pages.chain(others).map(|claim| (claim, self.file(claim))))
    }

    fn nth(&self, claim: usize) -> Claim<'_> {
        let index = self.index_files.map_or(0, IndexFiles::count);
        let behind_pages = claim.checked_sub(self.pages.len());
        let behind_index = behind_pages.and_then(|number| number.checked_sub(index));
        let alias = behind_index.and_then(|number| number.checked_sub(self.statics.len()));
        match (behind_pages, behind_index, alias) {
            (None, ..) => Claim::Page(self.pages[claim]),
            (Some(number), None, _) => Claim::Index(number),
            (_, Some(number), None) => Claim::Static(&self.statics[number]),
            (.., Some(number)) => Claim::Alias(&self.aliases[number]),
        }
    }

    /// The claimed output file.
    fn file(&self, claim: usize) -> String {
        match self.nth(claim) {
            Claim::Page(page) => self.addresses().of(page).file(),
            Claim::Index(number) => {
                self.index_files.iter().flat_map(|index_files| index_files.files()).nth(number).unwrap_or_default()
            }
            Claim::Static(name) => static_file(name),
            Claim::Alias(alias) => alias.address.file(),
        }
    }

    fn claimant(&self, claim: usize) -> Claimant {
        match self.nth(claim) {
            Claim::Page(page) => self.claimant_of_page(page),
            Claim::Index(_) => Claimant::Generated(template!("the index of the search")),
            Claim::Static(name) => Claimant::File(format!("static/{name}")),
            Claim::Alias(alias) => Claimant::Alias(self.content_file(alias.page).unwrap_or(ADDRESS_BOOK).to_owned()),
        }
    }

    fn claimant_of_page(&self, page: Page) -> Claimant {
        match page {
            Page::Alternate(..) => Claimant::Generated(template!("an article in another form")),
            Page::Paper(_) | Page::PaperYear(..) | Page::Issue(_) | Page::SourcePage(_) => {
                Claimant::Generated(template!("a page of an issue"))
            }
            _ => match self.content_file(page) {
                Some(file) => Claimant::File(file.to_owned()),
                None => Claimant::Generated(template!("a page that every site has")),
            },
        }
    }

    /// The content file that a page is made from.
    fn content_file(&self, page: Page) -> Option<&str> {
        match page {
            Page::Article(id) => Some(&self.catalog.entries[id].file),
            Page::Plain(plain) => Some(&self.plain_pages[plain].file),
            _ => None,
        }
    }

    /// The files whose claims were rejected, and a finding for each rejected claim. The alternate formats and the card of an article that
    /// got no address are left out: the finding for the article covers them.
    fn findings(&self, conflicts: &[Conflict]) -> (BTreeSet<String>, Vec<Diagnostic>) {
        let rejected_articles = self.rejected_articles(conflicts);
        let (mut files, mut diagnostics) = (BTreeSet::new(), Vec::new());
        for &Conflict { claim, first } in conflicts {
            if let Claim::Page(page) = self.nth(claim)
                && belongs_to(page, &rejected_articles)
            {
                continue;
            }
            let claimant = self.claimant(claim);
            diagnostics.push(diagnostic(&self.file(claim), &claimant, &self.file(first), &self.claimant(first)));
            if let Claimant::File(file) = claimant {
                files.insert(file);
            }
        }
        (files, diagnostics)
    }

    fn rejected_articles(&self, conflicts: &[Conflict]) -> BTreeSet<usize> {
        let article = |conflict: &Conflict| match self.nth(conflict.claim) {
            Claim::Page(Page::Article(id)) => Some(id),
            _ => None,
        };
        conflicts.iter().filter_map(article).collect()
    }

    /// For each of `count` claims, whether it is granted. The alternate formats and the card of a rejected article are rejected with it.
    fn granted(&self, conflicts: &[Conflict], count: usize) -> Vec<bool> {
        let mut granted = vec![true; count];
        conflicts.iter().for_each(|conflict| granted[conflict.claim] = false);
        let rejected_articles = self.rejected_articles(conflicts);
        if !rejected_articles.is_empty() {
            for (granted, page) in granted.iter_mut().zip(&self.pages) {
                *granted &= !belongs_to(*page, &rejected_articles);
            }
        }
        granted
    }
}

/// Whether a page is an alternate format or the share card of one of these articles.
fn belongs_to(page: Page, articles: &BTreeSet<usize>) -> bool {
    matches!(page, Page::Alternate(id, _) | Page::ShareCard(CardSubject::Article(id)) if articles.contains(&id))
}
