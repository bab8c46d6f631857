//! The pages of a site, the files of its index and of `static/`, and its old addresses: each claims where it stands, in this
//! order.

use crate::site::address::{self, Address};
use crate::site::claims::{Late, Owner, Refused, late, refusal};
use crate::site::name_set::{Register, digest};
use crate::site::page::Page;
use crate::site::plan::{Alias, Site};
use crate::site::shards::Shards;
use crate::util::parallel;
use std::collections::BTreeSet;

/// All that claims an address.
struct Claimants<'a> {
    site: &'a Site,
    pages: Vec<Page>,
    statics: &'a [String],
    aliases: Vec<Alias>,
}

/// One of them.
enum Claimant<'a> {
    Page(Page),
    /// a file of the index, by its number
    Index(usize),
    Static(&'a str),
    Alias(&'a Alias),
}

/// What got its address.
struct Claimed {
    pages: Vec<Page>,
    statics: BTreeSet<String>,
    aliases: Vec<Alias>,
}

impl Site {
    /// Lists the pages that get their addresses, and what else stands in the output.
    pub(crate) fn claim(&mut self, statics: &[String]) -> Refused {
        let claimants = Claimants { site: self, pages: self.listed(), statics, aliases: self.wished() };
        let mut digests = claimants.digests();
        let late = late(&digests, |claim| claimants.file(claim));
        let refused = claimants.refused(&late);
        let listed = claimants.pages.len();
        let Claimed { pages, statics, aliases } = claimants.without(&late);
        (self.pages, self.statics, self.aliases) = (pages, statics, aliases);
        // where a host is told of old addresses, no page stands there
        if !self.config.headers.files {
            self.pages.extend((0..self.aliases.len()).map(Page::Alias));
        }
        // mostly all pages have what they claimed
        if late.is_empty() && self.pages.len() == listed {
            digests.truncate(listed);
        } else {
            digests = digests_of(self, &self.pages);
        }
        self.files = Register::of(&digests);
        refused
    }

    /// Where pages once stood.
    fn wished(&self) -> Vec<Alias> {
        let articles = self.catalog.entries.iter().enumerate();
        let articles = articles.map(|(id, entry)| (Page::Article(id), &entry.front.title, entry.front.aliases()));
        let plains = self.plains.iter().enumerate();
        let plains = plains.map(|(at, plain)| (Page::Plain(at), &plain.title, plain.aliases.as_slice()));
        let alias = |(page, title, aliases): (Page, &String, &[String])| -> Vec<Alias> {
            let addresses = aliases.iter().map(|alias| address::alias(alias));
            addresses.map(|address| Alias { address, page, title: title.clone() }).collect()
        };
        articles.chain(plains).flat_map(alias).collect()
    }

    /// The file of the site's own that a page comes from.
    fn source(&self, page: Page) -> Option<&str> {
        match page {
            Page::Article(id) => Some(&self.catalog.entries[id].file),
            Page::Plain(plain) => Some(&self.plains[plain].file),
            _ => None,
        }
    }

    /// Who claims a page's address.
    fn owner(&self, page: Page) -> Owner {
        match page {
            Page::Alternate(..) => Owner::Wenzhai("an article in another form"),
            Page::Paper(_) | Page::PaperYear(..) | Page::Issue(_) | Page::SourcePage(_) => {
                Owner::Wenzhai("a page of an issue")
            }
            _ => {
                self.source(page).map_or(Owner::Wenzhai("a page that every site has"), |file| Owner::File(file.into()))
            }
        }
    }
}

fn digests_of(site: &Site, pages: &[Page]) -> Vec<u64> {
    parallel::map(pages, |page| digest(&site.address(*page).file()))
}

fn static_file(name: &str) -> String {
    Address::of_file(name).file()
}

impl Claimants<'_> {
    /// Of all files that are claimed.
    fn digests(&self) -> Vec<u64> {
        let mut digests = digests_of(self.site, &self.pages);
        digests.extend(self.site.shards.iter().flat_map(Shards::files).map(|file| digest(&file)));
        digests.extend(self.statics.iter().map(|name| digest(&static_file(name))));
        digests.extend(self.aliases.iter().map(|alias| digest(&alias.address.file())));
        digests
    }

    fn nth(&self, claim: usize) -> Claimant<'_> {
        let index = self.site.shards.as_ref().map_or(0, Shards::count);
        let behind_pages = claim.checked_sub(self.pages.len());
        let behind_index = behind_pages.and_then(|number| number.checked_sub(index));
        let alias = behind_index.and_then(|number| number.checked_sub(self.statics.len()));
        match (behind_pages, behind_index, alias) {
            (None, ..) => Claimant::Page(self.pages[claim]),
            (Some(number), None, _) => Claimant::Index(number),
            (_, Some(number), None) => Claimant::Static(&self.statics[number]),
            (.., Some(number)) => Claimant::Alias(&self.aliases[number]),
        }
    }

    fn file(&self, claim: usize) -> String {
        match self.nth(claim) {
            Claimant::Page(page) => self.site.address(page).file(),
            Claimant::Index(number) => self.site.shards.iter().flat_map(Shards::files).nth(number).unwrap_or_default(),
            Claimant::Static(name) => static_file(name),
            Claimant::Alias(alias) => alias.address.file(),
        }
    }

    fn owner(&self, claim: usize) -> Owner {
        match self.nth(claim) {
            Claimant::Page(page) => self.site.owner(page),
            Claimant::Index(_) => Owner::Wenzhai("the index of the search"),
            Claimant::Static(name) => Owner::File(format!("static/{name}")),
            Claimant::Alias(alias) => Owner::Alias(self.site.source(alias.page).unwrap_or_default().to_owned()),
        }
    }

    /// What is told of those that came too late.
    fn refused(&self, late: &[Late]) -> Refused {
        let homeless = self.homeless(late);
        let mut refused = Refused::default();
        for &Late { claim, first } in late {
            // an article without an address has no other forms either
            if let Claimant::Page(Page::Alternate(id, _)) = self.nth(claim)
                && homeless.contains(&id)
            {
                continue;
            }
            let owner = self.owner(claim);
            refused.diagnostics.push(refusal(&self.file(claim), &owner, &self.owner(first)));
            if let Owner::File(file) = owner {
                refused.files.insert(file);
            }
        }
        refused
    }

    /// The articles that came too late.
    fn homeless(&self, late: &[Late]) -> BTreeSet<usize> {
        let article = |late: &Late| match self.nth(late.claim) {
            Claimant::Page(Page::Article(id)) => Some(id),
            _ => None,
        };
        late.iter().filter_map(article).collect()
    }

    /// All but those that came too late, and what would stand beside them.
    fn without(self, late: &[Late]) -> Claimed {
        let homeless = self.homeless(late);
        let late: BTreeSet<usize> = late.iter().map(|late| late.claim).collect();
        let statics = self.pages.len() + self.site.shards.as_ref().map_or(0, Shards::count);
        let aliases = statics + self.statics.len();
        let is_in_time = |from: usize| {
            let late = &late;
            move |at: usize| !late.contains(&(from + at))
        };
        let is_beside_nothing = |page: &Page| matches!(page, Page::Alternate(id, _) if homeless.contains(id));
        let (page, own, alias) = (is_in_time(0), is_in_time(statics), is_in_time(aliases));
        let pages = self.pages.into_iter().enumerate().filter(|(at, on)| page(*at) && !is_beside_nothing(on));
        let statics = self.statics.iter().enumerate().filter(|(at, _)| own(*at));
        let kept = self.aliases.into_iter().enumerate().filter(|(at, _)| alias(*at));
        Claimed {
            pages: pages.map(|(_, page)| page).collect(),
            statics: statics.map(|(_, name)| static_file(name)).collect(),
            aliases: kept.map(|(_, alias)| alias).collect(),
        }
    }
}
