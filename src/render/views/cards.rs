//! Makes the views that many pages have in common: cards of articles, dates, themes, issues, source pages.

use crate::catalog::access_tracker::AccessTracker;
use crate::catalog::entry::{EntryId, Summary};
use crate::content::article::ArticleKind;
use crate::diagnostics::error::Result;
use crate::render::engine::i18n::Messages;
use crate::render::views::card_cache::CardCache;
use crate::render::views::common::{Card, CardFields, Day, IssueBlock, IssueLink, Link, PageBlock, ThemeTag};
use crate::render::views::shared::Shared;
use crate::render::views::site::SiteView;
use crate::site::body::{TextSource, published_body, text_of_own_page};
use crate::site::page::{Feed, FeedFormat, Page, TOUCH_ICON};
use crate::site::page_list::has_page_of;
use crate::site::part::SitePart;
use crate::site::site::Site;
use jiff::civil::Date;
use std::collections::BTreeSet;

/// The number of colours for themes; the ninth theme has the colour of the first.
pub(crate) const HUES: usize = 8;

/// Makes views of the planned site.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Cards<'a> {
    pub(crate) site: &'a Site,
    /// the cards that other pages have made
    card_cache: Option<&'a CardCache>,
    /// records which articles the page reads
    tracker: Option<&'a AccessTracker<'a>>,
}

impl<'a> Cards<'a> {
    /// Without a cache and without recording.
    pub(crate) fn of(site: &'a Site) -> Self {
        Self { site, card_cache: None, tracker: None }
    }

    /// Takes cards from a cache, and records which articles are read.
    pub(crate) fn cached(site: &'a Site, card_cache: &'a CardCache, tracker: &'a AccessTracker<'a>) -> Self {
        Self { site, card_cache: Some(card_cache), tracker: Some(tracker) }
    }

    /// The summary of an article's text, which counts as reading the article.
    pub(crate) fn summary(&self, id: EntryId) -> &'a Summary {
        self.site.catalog.summary(id, self.tracker)
    }

    /// The file of an article whose text the page shows, which counts as reading the article.
    pub(crate) fn text_file(&self, id: EntryId) -> &'a str {
        self.summary(id);
        &self.site.catalog.entries[id].file
    }

    /// The body of an article as readers may see it.
    ///
    /// # Errors
    /// Those of `texts` where the text cannot be read.
    pub(crate) fn body(&self, id: EntryId, texts: &TextSource<'_>) -> Result<String> {
        published_body(self.site, id, self.tracker, texts)
    }

    /// The part of an article's text that its own page shows.
    pub(crate) fn shown(&self, id: EntryId, text: String) -> String {
        text_of_own_page(self.site, id, text, self.tracker)
    }

    /// Whether the template of articles uses this field of its view; a field that it does not use need not be computed.
    pub(crate) fn uses_field(&self, field: &str) -> bool {
        self.card_cache.is_none_or(|card_cache| card_cache.uses_field(field))
    }

    /// The texts of the interface in the site's language.
    pub(crate) fn messages(&self) -> Messages {
        Messages::of(self.site.config.lang)
    }

    /// The path of a page below the site's root.
    pub(crate) fn path(&self, page: Page) -> String {
        self.site.address(page).to_string()
    }

    /// A link to a page; `count` is the number of its articles.
    pub(crate) fn link(&self, page: Page, name: impl Into<String>, count: usize) -> Link {
        Link { name: name.into(), path: self.path(page), count }
    }

    /// The variable `site` of every template.
    pub(crate) fn site(&self) -> SiteView {
        let Site { config, catalog, part, .. } = self.site;
        let knows_all = !matches!(part, SitePart::Shard(_));
        let mut dates = catalog.entries.iter().filter(|_| knows_all).filter_map(|entry| entry.front.date);
        let until = dates.next();
        let plain_pages = self.site.plain_pages.iter().enumerate();
        SiteView {
            title: config.title.clone(),
            description: config.description.clone(),
            language: config.lang.tag(),
            text_language: config.text_lang.tag(),
            base_url: config.base_url.clone(),
            author: config.author.clone(),
            themes: (0..config.themes.len()).map(|theme| self.theme(theme)).collect(),
            menu: plain_pages.map(|(at, plain)| self.link(Page::Plain(at), plain.title.as_str(), 0)).collect(),
            touch_icon: self.file(Page::Icon(TOUCH_ICON)),
            manifest: self.file(Page::Manifest),
            articles: knows_all.then_some(catalog.entries.len()),
            issues: knows_all.then_some(catalog.issues.issues.len()),
            custom_style: self.site.has_file("custom.css").then_some("custom.css"),
            search: self.site.index_files.as_ref().map(|_| self.path(Page::Search)),
            offline: config.offline.enabled.then_some(config.offline.megabytes.get()),
            columns: has_page_of(config, &catalog.columns).then(|| self.path(Page::Columns { part: 1 })),
            places: has_page_of(config, &catalog.places).then(|| self.path(Page::Places)),
            since: dates.next_back().or(until).map(|date| self.day(date)),
            until: until.map(|date| self.day(date)),
        }
    }

    /// The path of a file, if the site has it.
    fn file(&self, page: Page) -> Option<String> {
        Some(self.path(page)).filter(|path| self.site.has_file(path))
    }

    /// A theme, by its index in site.toml.
    pub(crate) fn theme(&self, theme: usize) -> ThemeTag {
        let defined = &self.site.config.themes[theme];
        ThemeTag {
            id: defined.id.clone(),
            name: defined.name.clone(),
            path: self.path(Page::Theme { theme, part: 1 }),
            feed: self.path(Page::Feed(Feed::Theme(theme), FeedFormat::Atom)),
            description: defined.description.clone(),
            count: self.site.catalog.themes[theme].len(),
            hue: theme % HUES + 1,
        }
    }

    /// A theme, shared by all cards.
    pub(crate) fn tag(&self, theme: usize) -> Shared<ThemeTag> {
        let make = || (0..self.site.config.themes.len()).map(|theme| self.theme(theme)).collect();
        match self.card_cache {
            Some(card_cache) => card_cache.tag(theme, make),
            None => self.theme(theme).into(),
        }
    }

    pub(crate) fn card(&self, id: EntryId) -> Card {
        // a cached card counts as reading the article, too
        self.summary(id);
        match self.card_cache {
            Some(card_cache) => card_cache.card(id, || self.fields(id)),
            None => self.fields(id).into(),
        }
    }

    fn fields(&self, id: EntryId) -> CardFields {
        let catalog = &self.site.catalog;
        let entry = &catalog.entries[id];
        let front = &entry.front;
        let summary = self.summary(id);
        CardFields {
            title: front.title.clone(),
            title_inferred: front.title_inferred,
            kicker: front.kicker.clone(),
            subtitle: front.subtitle.clone(),
            column: front.column.clone(),
            path: self.path(Page::Article(id)),
            date: front.date.map(|date| self.card_day(date)),
            paper: front.paper.clone(),
            page: front.page,
            kind: kind(front.kind),
            kind_name: self.messages().kind(front.kind),
            authors: self.authors(id),
            themes: catalog.themes_of(id).into_iter().map(|theme| self.tag(theme)).collect(),
            excerpt: summary.excerpt.clone(),
            count: summary.word_count.total(),
            minutes: summary.word_count.minutes(),
            also_in: self.also_in(id),
        }
    }

    /// In how many other papers the dispatch of an article is printed, or how often in its own.
    fn also_in(&self, id: EntryId) -> Option<String> {
        let catalog = &self.site.catalog;
        let group = catalog.reprints.group(id);
        let paper = |id: EntryId| catalog.entries[id].front.paper.as_deref();
        let others: BTreeSet<&str> = group.iter().filter_map(|&other| paper(other)).collect();
        match others.into_iter().filter(|&other| Some(other) != paper(id)).count() {
            0 => (group.len() > 1).then(|| self.messages().count("also_printed", group.len() - 1)),
            papers => Some(self.messages().count("also_in_papers", papers)),
        }
    }

    /// The authors of an article, with links to their articles.
    pub(crate) fn authors(&self, id: EntryId) -> Vec<Link> {
        let catalog = &self.site.catalog;
        let author = |name: &String| {
            let person = catalog.person(name)?;
            Some(self.link(Page::Person { person, part: 1 }, name.trim(), catalog.people[person].articles.len()))
        };
        catalog.entries[id].front.authors.iter().filter_map(author).collect()
    }

    pub(crate) fn cards<'i>(&self, ids: impl IntoIterator<Item = &'i EntryId>) -> Vec<Card> {
        ids.into_iter().map(|&id| self.card(id)).collect()
    }

    /// A link to an issue, by its index in the catalog.
    pub(crate) fn issue(&self, at: usize) -> IssueLink {
        let issues = &self.site.catalog.issues;
        let issue = &issues.issues[at];
        IssueLink {
            paper: self.paper_name(issue.paper.as_deref()),
            date: self.day(issue.date),
            number: issue.number,
            path: self.path(Page::Issue(at)),
            count: issues.articles(at).count(),
            pages: issue.pages.len(),
        }
    }

    /// A link to a source page, by its index in the catalog.
    pub(crate) fn source_page_link(&self, at: usize) -> Link {
        let page = &self.site.catalog.issues.pages[at];
        let name = match (page.number, page.issue) {
            (Some(number), Some(_)) => self.messages().count("page_name", number),
            _ => self.page_without_number(at),
        };
        self.link(Page::SourcePage(at), name, page.articles.len())
    }

    /// The name of a page that prints no number or no date: its place among such pages. (The name of its file says nothing to readers.)
    fn page_without_number(&self, at: usize) -> String {
        let issues = &self.site.catalog.issues;
        let (message, among) = match issues.pages[at].issue {
            Some(issue) => ("page_without_number", issues.issues[issue].pages.clone()),
            None => ("page_without_date", issues.undated_pages()),
        };
        let is_named = |page: &&usize| issues.pages[**page].issue.is_some() && issues.pages[**page].number.is_some();
        let before = among.clone().filter(|page| *page <= at && !is_named(&page)).count();
        match among.filter(|page| !is_named(&page)).nth(1) {
            Some(_) => self.messages().part_title(self.messages().text(message), before),
            None => self.messages().text(message).to_owned(),
        }
    }

    /// A source page with its articles.
    pub(crate) fn source_page(&self, at: usize) -> PageBlock {
        let page = &self.site.catalog.issues.pages[at];
        let Link { name, path, .. } = self.source_page_link(at);
        PageBlock { name, path, number: page.number, articles: self.cards(&page.articles) }
    }

    /// An issue with its articles.
    pub(crate) fn issue_block(&self, at: usize) -> IssueBlock {
        let issue = &self.site.catalog.issues.issues[at];
        IssueBlock {
            issue: self.issue(at),
            pages: issue.pages.clone().map(|page| self.source_page(page)).collect(),
            loose: self.cards(&issue.loose),
        }
    }

    /// The name of a newspaper, or the text for a missing one.
    pub(crate) fn paper_name(&self, name: Option<&str>) -> String {
        name.unwrap_or_else(|| self.messages().text("unnamed_paper")).to_owned()
    }

    /// A date, shared by all cards.
    fn card_day(&self, date: Date) -> Shared<Day> {
        match self.card_cache {
            Some(card_cache) => card_cache.day(date, || self.day(date)),
            None => self.day(date).into(),
        }
    }

    pub(crate) fn day(&self, date: Date) -> Day {
        let (text, short) = (self.messages().day(date), self.messages().day_of_year(date));
        let path = (!self.site.catalog.day(date).is_empty()).then(|| self.path(Page::Day(date)));
        Day { iso: date.to_string(), text, short, weekday: self.messages().weekday(date), path }
    }
}

/// The name of a kind of article, as in front matter.
pub(crate) fn kind(kind: ArticleKind) -> &'static str {
    match kind {
        ArticleKind::News => "news",
        ArticleKind::Photo => "photo",
        ArticleKind::Commentary => "commentary",
        ArticleKind::Theory => "theory",
        ArticleKind::Brief => "brief",
    }
}
