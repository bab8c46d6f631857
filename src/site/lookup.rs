//! Where each page stands: its value → its address.

use crate::site::address::{self, Address};
use crate::site::page::Page;
use crate::site::plan::Site;

impl Site {
    /// Where a page stands.
    pub fn address(&self, page: Page) -> Address {
        match page {
            Page::Home => address::home(),
            Page::Article(id) => {
                let entry = &self.catalog.entries[id];
                address::article(entry.front.date, entry.front.slug().unwrap_or(entry.stem()))
            }
            Page::Alternate(id, format) => address::beside(&self.address(Page::Article(id)), format.file()),
            Page::Themes => address::themes(),
            Page::Theme { theme, part } => address::theme(&self.config.themes[theme].slug, part),
            Page::Figures(theme) => address::figures(&self.config.themes[theme].slug),
            Page::ThemeExport(theme, export) => {
                address::beside(&address::theme(&self.config.themes[theme].slug, 1), export.file())
            }
            Page::Issues { part } => address::issues(part),
            Page::Paper(paper) => address::paper_page(&self.paper_part(self.catalog.papers[paper].name.as_deref())),
            Page::PaperYear(paper, year) => {
                address::paper_year(&self.paper_part(self.catalog.papers[paper].name.as_deref()), year)
            }
            Page::Issue(issue) => self.issue_address(issue),
            Page::SourcePage(page) => {
                let page = &self.catalog.issues.pages[page];
                let issue = page.issue.map(|issue| self.issue_address(issue));
                address::source_page(issue.as_ref(), page.number, page.file.as_deref())
            }
            Page::Archive => address::archive(),
            Page::Year(year) => address::year(year),
            Page::Month { year, month, part } => address::month(year, month, part),
            Page::Undated { part } => address::undated(part),
            Page::People { part } => address::people(part),
            Page::Person { person, part } => address::person(&self.catalog.people[person].name, part),
            Page::Columns { part } => address::columns(part),
            Page::Column { column, part } => address::column(&self.catalog.columns[column].name, part),
            Page::Places => address::places(),
            Page::Place { place, part } => address::place(self.catalog.places[place].place.0, part),
            Page::Plain(plain) => address::plain(stem(&self.plains[plain].file)),
            Page::Search => address::search(),
            Page::NotFound => address::not_found(),
            Page::Feed(feed, form) => address::beside(&self.address(feed.page()), form.file()),
            Page::Sitemap => address::sitemap(),
            Page::SitemapPart(part) => address::sitemap_part(part),
            Page::Robots => address::robots(),
            Page::Alias(alias) => self.aliases[alias].address.clone(),
            Page::Headers => address::headers(),
            Page::Redirects => address::redirects(),
        }
    }

    fn issue_address(&self, issue: usize) -> Address {
        let issue = &self.catalog.issues.issues[issue];
        address::issue(&self.paper_part(issue.paper.as_deref()), issue.date)
    }

    /// A paper in an address.
    fn paper_part(&self, name: Option<&str>) -> String {
        let listed = self.config.papers.iter().find(|paper| Some(paper.name.as_str()) == name);
        address::paper(name, listed.map(|paper| paper.slug.as_str()))
    }
}

/// `about` of `content/about.md`.
fn stem(file: &str) -> &str {
    let name = file.rsplit('/').next().unwrap_or(file);
    name.strip_suffix(".md").unwrap_or(name)
}
