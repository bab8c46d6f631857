//! Addresses of pages: the one place where a URL of the site is made.
//!
//! Addresses are made of dates, numbers and slugs, so they are short, ASCII and the same in every build. People, columns and papers
//! that site.toml does not list have theirs in the address book ([`AddressBook`]). A file with a Chinese name gets eight digits of
//! a hash of it.
//!
//! An address never changes, so it must not depend on how large the site is. What there may be very many of (people,
//! articles without a date, parts of a list) is spread over folders by its first syllable, its hash or its number from the first
//! one on: no folder grows beyond a few thousand entries.

use crate::catalog::catalog::Catalog;
use crate::catalog::entry::stem;
use crate::config::settings::Config;
use crate::content::address_book::{AddressBook, NameKind};
use crate::content::article::FrontMatter;
use crate::content::plain_page::PlainPage;
use crate::site::addresses::address::{Address, hash_of, slug_or_hash};
use crate::site::alias::Alias;
use crate::site::lists::NO_LETTER;
use crate::site::page::{Page, SHARE_CARD, Scope, TOUCH_ICON};
use crate::text::slug::is_slug;
use jiff::civil::Date;
use std::borrow::Cow;

/// All that the addresses of a site's pages depend on.
#[derive(Debug, Clone, Copy)]
pub(crate) struct PageAddresses<'a> {
    pub(crate) config: &'a Config,
    pub(crate) catalog: &'a Catalog,
    pub(crate) plain_pages: &'a [PlainPage],
    pub(crate) aliases: &'a [Alias],
    /// has every name of the catalog
    pub(crate) book: &'a AddressBook,
}

impl PageAddresses<'_> {
    /// The address of a page.
    pub(crate) fn of(&self, page: Page) -> Address {
        let slug = |theme: usize| self.config.themes[theme].slug.as_str();
        match page {
            Page::Home => Address::new(""),
            Page::Article(id) => {
                let entry = &self.catalog.entries[id];
                article_address(&entry.front, &entry.file)
            }
            Page::Alternate(id, format) => self.of(Page::Article(id)).beside(format.file()),
            Page::Themes => Address::new("themes/"),
            Page::Theme { theme, part } => part_of(&format!("themes/{}/", slug(theme)), part),
            Page::ThemeScope { theme, scope: Scope::Year(year), part } => {
                part_of(&format!("themes/{}/{year:04}/", slug(theme)), part)
            }
            Page::ThemeScope { theme, scope: Scope::Paper(paper), part } => {
                part_of(&format!("themes/{}/papers/{}/", slug(theme), self.paper(paper)), part)
            }
            Page::Figures(theme) => Address::new(format!("themes/{}/figures/", slug(theme))),
            Page::ThemeExport(theme, format) => self.of(Page::Theme { theme, part: 1 }).beside(format.file()),
            Page::Issues { part } => part_of("issues/", part),
            Page::Paper(paper) => Address::new(format!("issues/{}/", self.paper(paper))),
            Page::PaperYear(paper, year) => paper_year(self.paper(paper), year),
            Page::Issue(issue) => self.issue(issue),
            Page::SourcePage(page) => {
                let page = &self.catalog.issues.pages[page];
                let issue = page.issue.map(|issue| self.issue(issue));
                source_page(issue.as_ref(), page.number, page.file.as_deref())
            }
            Page::Archive => Address::new("archive/"),
            Page::Year(year) => Address::new(format!("{year:04}/")),
            Page::Month { year, month } => Address::new(format!("{year:04}/{month:02}/")),
            Page::Day(date) => Address::new(day_folder(date)),
            Page::Undated { part } => part_of("archive/undated/", part),
            Page::People => Address::new("people/"),
            Page::Initial { letter: NO_LETTER, part } => part_of("people/other/", part),
            Page::Initial { letter, part } => part_of(&format!("people/{}/", letter.to_ascii_lowercase()), part),
            Page::Person { person, part } => self.named(NameKind::Person, &self.catalog.people[person].name, part),
            Page::Columns { part } => part_of("columns/", part),
            Page::Column { column, part } => self.named(NameKind::Column, &self.catalog.columns[column].name, part),
            Page::Places => Address::new("places/"),
            Page::Place { place, part } => place_part(self.catalog.places[place].place.0, part),
            Page::Plain(plain) => plain_page(&self.plain_pages[plain].file),
            Page::Search => Address::new("search/"),
            Page::NotFound => Address::new("404.html"),
            Page::Offline => Address::new("offline.html"),
            Page::ShareCard(subject) => self.of(subject.page()).beside(SHARE_CARD),
            Page::Icon(TOUCH_ICON) => Address::new("apple-touch-icon.png"),
            Page::Icon(size) => Address::new(format!("icon-{size}.png")),
            Page::Manifest => Address::new("manifest.webmanifest"),
            Page::Feed(feed, format) => self.of(feed.page()).beside(format.file()),
            Page::Sitemap => Address::new("sitemap.xml"),
            Page::SitemapPart(part) => Address::new(format!("sitemap-{part}.xml")),
            Page::Robots => Address::new("robots.txt"),
            Page::Alias(alias) => self.aliases[alias].address.clone(),
            Page::Headers => Address::new("_headers"),
            Page::Redirects => Address::new("_redirects"),
        }
    }

    fn issue(&self, issue: usize) -> Address {
        let issue = &self.catalog.issues.issues[issue];
        issue_of(paper_slug(self.config, self.book, issue.paper.as_deref()), issue.date)
    }

    fn paper(&self, paper: usize) -> &str {
        paper_slug(self.config, self.book, self.catalog.papers[paper].name.as_deref())
    }

    /// The folder of the pages of a name that the address book has, if `page` is one of them: with the kind and the name.
    pub(crate) fn folder_of_name(&self, page: Page) -> Option<(Address, NameKind, String)> {
        let of_paper = |name: &Option<String>| {
            let name = name.clone()?;
            let folder = format!("issues/{}/", self.book.path(NameKind::Paper, &name)?);
            Some((Address::new(folder), NameKind::Paper, name))
        };
        let issues = &self.catalog.issues;
        match page {
            Page::Person { person, .. } => {
                let name = self.catalog.people[person].name.clone();
                Some((self.named(NameKind::Person, &name, 1), NameKind::Person, name))
            }
            Page::Column { column, .. } => {
                let name = self.catalog.columns[column].name.clone();
                Some((self.named(NameKind::Column, &name, 1), NameKind::Column, name))
            }
            Page::Paper(paper) | Page::PaperYear(paper, _) => of_paper(&self.catalog.papers[paper].name),
            Page::Issue(issue) => of_paper(&issues.issues[issue].paper),
            Page::SourcePage(page) => of_paper(&issues.issues[issues.pages[page].issue?].paper),
            _ => None,
        }
    }

    /// A person or a column.
    fn named(&self, kind: NameKind, name: &str, part: usize) -> Address {
        let path = self.book.path(kind, name).unwrap_or_default();
        part_of(&format!("{}/{path}/", kind.table()), part)
    }
}

/// A paper in an address: its slug in site.toml, or that of the address book.
pub(crate) fn paper_slug<'a>(config: &'a Config, book: &'a AddressBook, name: Option<&str>) -> &'a str {
    let Some(name) = name else { return "unnamed" };
    match config.papers.iter().find(|paper| paper.name == name) {
        Some(listed) => &listed.slug,
        None => book.path(NameKind::Paper, name).unwrap_or_default(),
    }
}

/// The folder that a name had before there was an address book.
pub(crate) fn hashed_folder(kind: NameKind, name: &str) -> String {
    match kind {
        NameKind::Person | NameKind::Column => format!("/{}/{}", kind.table(), spread(name)),
        NameKind::Paper => format!("/issues/paper-{}/", hash_of(name)),
    }
}

/// The address of an article in a file.
pub(crate) fn article_address(front: &FrontMatter, file: &str) -> Address {
    article(front.date, front.slug().unwrap_or(stem(file)))
}

/// `name` is the article's slug or its file's name.
fn article(date: Option<Date>, name: &str) -> Address {
    let Some(date) = date else {
        return Address::new(format!("undated/{}", spread_as(name, Some(name).filter(|name| is_slug(name)))));
    };
    let name = if is_slug(name) { Cow::Borrowed(name) } else { Cow::Owned(hash_of(name)) };
    let mut address = day_folder(date);
    address.extend([&*name, "/"]);
    Address::new(address)
}

/// `2025/02/25/`, with space for the name of an article. It is made for every link to one, and `format!` takes longer.
fn day_folder(date: Date) -> String {
    let mut folder = String::with_capacity("2025/02/25/12345678/index.html".len());
    push_number(&mut folder, date.year().unsigned_abs(), 4);
    for part in [date.month(), date.day()] {
        folder.push('/');
        push_number(&mut folder, part.unsigned_abs().into(), 2);
    }
    folder.push('/');
    folder
}

/// Appends a number with leading zeros.
fn push_number(text: &mut String, number: u16, digits: u32) {
    for power in (0..digits).rev() {
        let digit = number / 10u16.pow(power) % 10;
        text.push(char::from_digit(digit.into(), 10).unwrap_or('0'));
    }
}

/// Parts of a list in one folder.
const PARTS: usize = 1000;

/// A part of a long list; `part` counts from 1. From the thousandth on, each thousand has a folder: `page/2000/2345/`.
fn part_of(list: &str, part: usize) -> Address {
    match part {
        0 | 1 => Address::new(list),
        2..PARTS => Address::new(format!("{list}page/{part}/")),
        _ => Address::new(format!("{list}page/{}/{part}/", part / PARTS * PARTS)),
    }
}

fn paper_year(paper: &str, year: i16) -> Address {
    Address::new(format!("issues/{paper}/{year:04}/"))
}

/// Below the paper's page of the year.
fn issue_of(paper: &str, date: Date) -> Address {
    paper_year(paper, date.year()).beside(&format!("{:02}-{:02}/", date.month(), date.day()))
}

/// A source page: in its issue by number, or else by its file; without an issue, by its file under `pages/`.
///
/// A number never collides with a file: `p-` precedes a file's name.
fn source_page(issue: Option<&Address>, number: Option<u32>, file: Option<&str>) -> Address {
    let file = file.unwrap_or_default();
    match (issue, number) {
        (Some(issue), Some(number)) => issue.beside(&format!("{number}/")),
        (Some(issue), None) => {
            issue.beside(&format!("p-{}/", text_stem(file).map_or_else(|| hash_of(file), str::to_owned)))
        }
        (None, _) => Address::new(format!("pages/{}", spread_as(file, text_stem(file)))),
    }
}

/// The name of a text file without `.txt`. Any other name is hashed, so that `a.txt` and `a.md` have different addresses.
fn text_stem(name: &str) -> Option<&str> {
    name.strip_suffix(".txt").filter(|stem| is_slug(stem))
}

/// `code` is the place's code in GB/T 2260, in four digits.
fn place_part(code: u16, part: usize) -> Address {
    part_of(&format!("places/{code:04}/"), part)
}

/// `about/` of `content/about.md`.
fn plain_page(file: &str) -> Address {
    let name = file.rsplit('/').next().unwrap_or(file);
    Address::new(format!("{}/", slug_or_hash(name.strip_suffix(".md").unwrap_or(name))))
}

/// A folder and a name in it for one of very many: `3f/a81b2c09/`. Ten digits of a hash, so that a collision among a hundred
/// thousand names is unlikely.
fn spread(name: &str) -> String {
    let digits = blake3::hash(name.as_bytes()).to_hex();
    format!("{}/{}/", &digits[..2], &digits[2..10])
}

/// [`spread`] for what may have a slug: `3f/p1-03/`.
fn spread_as(name: &str, slug: Option<&str>) -> String {
    slug.map_or_else(|| spread(name), |slug| format!("{}/{slug}/", &blake3::hash(name.as_bytes()).to_hex()[..2]))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::settings::Paper;
    use crate::content::address_book::NewNames;
    use jiff::civil::date;
    use proptest::prelude::*;

    #[test]
    fn addresses_are_dates_numbers_and_slugs() {
        let day = date(2025, 2, 5);
        let issue = issue_of("grrb", day);
        let cases = [
            (article(Some(day), "p1-03"), "2025/02/05/p1-03/"),
            (article(None, "p1-03"), "undated/c1/p1-03/"),
            (article(None, "甲"), "undated/60/548ffe9f/"),
            (part_of("themes/jiuye/", 1), "themes/jiuye/"),
            (part_of("themes/jiuye/", 2), "themes/jiuye/page/2/"),
            (part_of("themes/jiuye/", 999), "themes/jiuye/page/999/"),
            (part_of("themes/jiuye/", 12_345), "themes/jiuye/page/12000/12345/"),
            (issue.clone(), "issues/grrb/2025/02-05/"),
            (source_page(Some(&issue), Some(3), Some("x.txt")), "issues/grrb/2025/02-05/3/"),
            (source_page(Some(&issue), None, Some("3.txt")), "issues/grrb/2025/02-05/p-3/"),
            (source_page(None, Some(3), Some("000_d3.txt")), "pages/f4/000_d3/"),
            (paper_year("grrb", 2025), "issues/grrb/2025/"),
            (place_part(3206, 1), "places/3206/"),
            (place_part(3200, 3), "places/3200/page/3/"),
            (plain_page("content/about.md"), "about/"),
        ];
        for (address, expected) in cases {
            assert_eq!(address.as_str(), expected);
        }
    }

    #[test]
    fn a_paper_is_named_by_its_slug_or_in_pinyin() {
        let listed = Paper { name: "工人日报".into(), slug: "grrb".into(), ..Paper::default() };
        let config = Config { papers: vec![listed], ..Config::default() };
        let mut book = AddressBook::default();
        book.add(NameKind::Paper, ["工人日报", "江边晚报"], NewNames::Numbered, |_| None);
        assert_eq!(paper_slug(&config, &book, Some("工人日报")), "grrb");
        assert_eq!(paper_slug(&config, &book, None), "unnamed");
        assert_eq!(paper_slug(&config, &book, Some("江边晚报")), "jiang-bian-wan-bao");
        assert_eq!(hashed_folder(NameKind::Person, "何牧"), "/people/e0/412084c0/");
    }

    proptest! {
        #[test]
        fn every_address_is_plain_ascii(name in "\\PC{0,30}") {
            let (config, catalog) = (Config::default(), Catalog::index(Vec::new(), &[]));
            let mut book = AddressBook::default();
            for kind in [NameKind::Person, NameKind::Column, NameKind::Paper] {
                book.add(kind, [&*name], NewNames::Numbered, |_| None);
            }
            let issue = issue_of(paper_slug(&config, &book, Some(&name)), date(2025, 2, 5));
            let addresses =
                PageAddresses { config: &config, catalog: &catalog, plain_pages: &[], aliases: &[], book: &book };
            for address in [
                article(None, &name), plain_page(&name),
                addresses.named(NameKind::Person, &name, 1), addresses.named(NameKind::Column, &name, 2),
                source_page(None, None, Some(&name)), source_page(Some(&issue), None, Some(&name)), issue,
            ] {
                let plain = |c: char| c.is_ascii_alphanumeric() || matches!(c, '/' | '-' | '_');
                prop_assert!(address.as_str().chars().all(plain), "{}", address);
                prop_assert!(!address.as_str().contains("//"));
            }
        }
    }
}
