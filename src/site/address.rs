//! The one maker of urls.
//!
//! Addresses are made of dates, numbers and slugs, so they are short, ASCII and the same in every build. What has no slug
//! (a paper that site.toml does not list, a person, a file with a Chinese name) gets eight digits of a hash of its name:
//! unreadable, but stable, and nobody has to guess a pinyin.
//!
//! An address never changes, so it cannot follow from how large the site is. What there may be very many of (people, articles
//! without a date, parts of a list) stands in folders by its hash or its number from the first one on: no folder comes to
//! hold more than a few thousand.

use crate::text::slug::is_slug;
use jiff::civil::Date;
use std::borrow::Cow;
use std::fmt;

/// Where something stands below the site's root, without a slash in front: `2025/02/25/p1-03/`, `feed.xml`, and nothing at
/// all for the root itself. What ends with a slash is a page.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Address(String);

impl fmt::Display for Address {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl Address {
    /// A file that stands in the output as it is: a name below `static/`.
    pub(crate) fn of_file(name: &str) -> Self {
        Self(name.trim_start_matches('/').to_owned())
    }

    /// Not a file that only programs read, nor what stands for pages that are not there.
    pub(crate) fn is_page(&self) -> bool {
        self.0.is_empty() || self.0.ends_with('/')
    }

    pub(crate) fn as_str(&self) -> &str {
        &self.0
    }

    /// The output file: `2025/02/25/p1-03/index.html`.
    pub fn file(&self) -> String {
        if self.is_page() { [self.0.as_str(), "index.html"].concat() } else { self.0.clone() }
    }

    /// The way back to the root, to put in front of other addresses: `../../../../`, at the root `./`.
    pub(crate) fn root(&self) -> String {
        match self.0.matches('/').count() {
            0 => "./".to_owned(),
            depth => "../".repeat(depth),
        }
    }

    /// With the address of the site in front, which ends with a slash.
    pub(crate) fn at(&self, base_url: &str) -> String {
        format!("{base_url}{}", self.0)
    }
}

/// Eight hexadecimal digits that stand for a name.
pub(crate) fn hashed(name: &str) -> String {
    blake3::hash(name.as_bytes()).to_hex()[..8].to_owned()
}

/// A folder and a name in it for one of very many: `3f/a81b2c09/`. Ten digits of a hash, so that of a hundred thousand names
/// hardly two ever meet.
fn spread(name: &str) -> String {
    let digits = blake3::hash(name.as_bytes()).to_hex();
    format!("{}/{}/", &digits[..2], &digits[2..10])
}

/// The same for what may have a name of its own: `3f/p1-03/`.
fn spread_as(name: &str, own: Option<&str>) -> String {
    own.map_or_else(|| spread(name), |own| format!("{}/{own}/", &blake3::hash(name.as_bytes()).to_hex()[..2]))
}

pub(crate) fn home() -> Address {
    Address(String::new())
}

/// `last` is the article's slug or its file's name.
pub(crate) fn article(date: Option<Date>, last: &str) -> Address {
    let Some(date) = date else {
        return Address(format!("undated/{}", spread_as(last, Some(last).filter(|last| is_slug(last)))));
    };
    let last = if is_slug(last) { Cow::Borrowed(last) } else { Cow::Owned(hashed(last)) };
    let mut address = String::with_capacity("2025/02/25//index.html".len() + last.len());
    push_number(&mut address, date.year().unsigned_abs(), 4);
    for part in [date.month(), date.day()] {
        address.push('/');
        push_number(&mut address, part.unsigned_abs().into(), 2);
    }
    address.extend(["/", &last, "/"]);
    Address(address)
}

/// A number of that many digits, with zeros in front: for addresses that are asked for again and again.
fn push_number(text: &mut String, number: u16, digits: u32) {
    for place in (0..digits).rev() {
        let digit = number / 10u16.pow(place) % 10;
        text.push(char::from_digit(digit.into(), 10).unwrap_or('0'));
    }
}

/// A file beside a page: `2025/02/25/p1-03/cite.bib`.
pub(crate) fn beside(page: &Address, file: &str) -> Address {
    Address([page.as_str(), file].concat())
}

pub(crate) fn themes() -> Address {
    Address("themes/".to_owned())
}

/// Parts of a list in one folder.
const PARTS: usize = 1000;

/// A part of a long list; `part` counts from 1. From the thousandth on, each thousand has a folder: `page/2000/2345/`.
fn part_of(list: &str, part: usize) -> Address {
    match part {
        0 | 1 => Address(list.to_owned()),
        2..PARTS => Address(format!("{list}page/{part}/")),
        _ => Address(format!("{list}page/{}/{part}/", part / PARTS * PARTS)),
    }
}

/// `part` counts from 1.
pub(crate) fn theme(slug: &str, part: usize) -> Address {
    part_of(&format!("themes/{slug}/"), part)
}

pub(crate) fn figures(slug: &str) -> Address {
    Address(format!("themes/{slug}/figures/"))
}

pub(crate) fn issues(part: usize) -> Address {
    part_of("issues/", part)
}

/// A paper's own page; `paper` is what [`paper`] made of its name, here as below.
pub(crate) fn paper_page(paper: &str) -> Address {
    Address(format!("issues/{paper}/"))
}

pub(crate) fn paper_year(paper: &str, year: i16) -> Address {
    Address(format!("issues/{paper}/{year:04}/"))
}

/// Below the paper's page of the year.
pub(crate) fn issue(paper: &str, date: Date) -> Address {
    Address(format!("{}{:02}-{:02}/", paper_year(paper, date.year()), date.month(), date.day()))
}

/// A paper in an address: its slug in site.toml, or a hash of its name.
pub(crate) fn paper(name: Option<&str>, slug: Option<&str>) -> String {
    match (name, slug) {
        (_, Some(slug)) => slug.to_owned(),
        (Some(name), None) => format!("paper-{}", hashed(name)),
        (None, None) => "unnamed".to_owned(),
    }
}

/// A source page: in its issue by number, or else by its file; without an issue, by its file under `pages/`.
///
/// A number never meets a file there: `p` stands before what a file's name gives.
pub(crate) fn source_page(issue: Option<&Address>, number: Option<u32>, file: Option<&str>) -> Address {
    let file = file.unwrap_or_default();
    match (issue, number) {
        (Some(issue), Some(number)) => Address(format!("{issue}{number}/")),
        (Some(issue), None) => {
            Address(format!("{issue}p-{}/", stem_of(file).map_or_else(|| hashed(file), str::to_owned)))
        }
        (None, _) => Address(format!("pages/{}", spread_as(file, stem_of(file)))),
    }
}

/// The name of a text file without `.txt`; any other name is told by a hash, so that `a.txt` and `a.md` stand apart.
fn stem_of(name: &str) -> Option<&str> {
    name.strip_suffix(".txt").filter(|stem| is_slug(stem))
}

pub(crate) fn archive() -> Address {
    Address("archive/".to_owned())
}

pub(crate) fn year(year: i16) -> Address {
    Address(format!("archive/{year:04}/"))
}

pub(crate) fn month(year: i16, month: i8, part: usize) -> Address {
    part_of(&format!("archive/{year:04}/{month:02}/"), part)
}

pub(crate) fn undated(part: usize) -> Address {
    part_of("archive/undated/", part)
}

pub(crate) fn people(part: usize) -> Address {
    part_of("people/", part)
}

pub(crate) fn person(name: &str, part: usize) -> Address {
    part_of(&format!("people/{}", spread(name)), part)
}

pub(crate) fn columns(part: usize) -> Address {
    part_of("columns/", part)
}

pub(crate) fn column(name: &str, part: usize) -> Address {
    part_of(&format!("columns/{}", spread(name)), part)
}

pub(crate) fn places() -> Address {
    Address("places/".to_owned())
}

/// `code` is the place's after GB/T 2260, in four digits.
pub(crate) fn place(code: u16, part: usize) -> Address {
    part_of(&format!("places/{code:04}/"), part)
}

/// `stem` is the file's name: `about`.
pub(crate) fn plain(stem: &str) -> Address {
    if is_slug(stem) { Address(format!("{stem}/")) } else { Address(format!("{}/", hashed(stem))) }
}

pub(crate) fn search() -> Address {
    Address("search/".to_owned())
}

pub(crate) fn not_found() -> Address {
    Address("404.html".to_owned())
}

pub(crate) fn sitemap() -> Address {
    Address("sitemap.xml".to_owned())
}

/// Where a page once stood: what an [alias](crate::content::alias) names.
pub(crate) fn alias(text: &str) -> Address {
    let path = text.trim_matches('/');
    let is_file = [".html", ".htm"].iter().any(|end| path.ends_with(end)) && !text.ends_with('/');
    Address(if is_file { path.to_owned() } else { format!("{path}/") })
}

/// Read by Netlify and Cloudflare Pages.
pub(crate) fn headers() -> Address {
    Address("_headers".to_owned())
}

/// Likewise.
pub(crate) fn redirects() -> Address {
    Address("_redirects".to_owned())
}

pub(crate) fn sitemap_part(part: usize) -> Address {
    Address(format!("sitemap-{part}.xml"))
}

pub(crate) fn robots() -> Address {
    Address("robots.txt".to_owned())
}

/// The path of a site's address, with slashes on both sides: `/digest/` of `https://x.github.io/digest/`, `/` of nothing.
pub(crate) fn path_of(base_url: &str) -> &str {
    let after_scheme = base_url.find("://").map_or(0, |at| at + 3);
    base_url[after_scheme..].find('/').map_or("/", |at| &base_url[after_scheme + at..])
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;
    use proptest::prelude::*;

    #[test]
    fn addresses_are_dates_numbers_and_slugs() {
        let day = date(2025, 2, 5);
        let own = issue(&paper(Some("工人日报"), Some("grrb")), day);
        let cases = [
            (article(Some(day), "p1-03"), "2025/02/05/p1-03/"),
            (article(None, "p1-03"), "undated/c1/p1-03/"),
            (article(None, "甲"), "undated/60/548ffe9f/"),
            (theme("jiuye", 1), "themes/jiuye/"),
            (theme("jiuye", 2), "themes/jiuye/page/2/"),
            (theme("jiuye", 999), "themes/jiuye/page/999/"),
            (theme("jiuye", 12_345), "themes/jiuye/page/12000/12345/"),
            (own.clone(), "issues/grrb/2025/02-05/"),
            (source_page(Some(&own), Some(3), Some("x.txt")), "issues/grrb/2025/02-05/3/"),
            (source_page(Some(&own), None, Some("3.txt")), "issues/grrb/2025/02-05/p-3/"),
            (source_page(None, Some(3), Some("000_d3.txt")), "pages/f4/000_d3/"),
            (paper_year("grrb", 2025), "issues/grrb/2025/"),
            (month(2025, 2, 1), "archive/2025/02/"),
            (place(3206, 1), "places/3206/"),
            (place(3200, 3), "places/3200/page/3/"),
            (person("何牧", 1), "people/e0/412084c0/"),
            (person("何牧", 2), "people/e0/412084c0/page/2/"),
            (plain("about"), "about/"),
        ];
        for (address, expected) in cases {
            assert_eq!(address.as_str(), expected);
        }
        assert_eq!(paper(None, None), "unnamed");
        assert_eq!(paper(Some("江边晚报"), None).len(), "paper-".len() + 8);
    }

    #[test]
    fn a_page_is_a_file_and_knows_its_way_back() {
        let page = article(Some(date(2025, 2, 5)), "p1-03");
        assert_eq!((page.file().as_str(), page.root().as_str()), ("2025/02/05/p1-03/index.html", "../../../../"));
        assert_eq!((home().file().as_str(), home().root().as_str()), ("index.html", "./"));
        assert_eq!(beside(&theme("jiuye", 1), "feed.xml").root(), "../../");
    }

    #[test]
    fn the_path_of_a_site() {
        assert_eq!(path_of("https://x.github.io/digest/"), "/digest/");
        assert_eq!(path_of("https://example.org/"), "/");
        assert_eq!(path_of(""), "/");
    }

    proptest! {
        #[test]
        fn every_address_is_plain_ascii(name in "\\PC{0,30}") {
            let own = issue(&paper(Some(&name), None), date(2025, 2, 5));
            for address in [
                article(None, &name), person(&name, 1), column(&name, 2), plain(&name), source_page(None, None, Some(&name)),
                source_page(Some(&own), None, Some(&name)), own,
            ] {
                let plain = |c: char| c.is_ascii_alphanumeric() || matches!(c, '/' | '-' | '_');
                prop_assert!(address.as_str().chars().all(plain), "{}", address);
                prop_assert!(!address.as_str().contains("//"));
            }
        }

        #[test]
        fn from_any_page_the_way_back_leads_to_the_root(name in "[a-z]{1,5}(/[a-z]{1,5}){0,4}/?") {
            let address = Address::of_file(&name);
            let file = address.file();
            let depth = file.matches('/').count();
            prop_assert_eq!(address.root().matches("../").count(), depth);
        }
    }
}
