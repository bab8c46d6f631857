//! Writes chosen articles as a mail: headlines with links, sources and excerpts, as HTML and as plain text.

use crate::catalog::entry::EntryId;
use crate::diagnostics::error::{Error, Result};
use crate::render::export::mime::message;
use crate::render::export::sections::sections;
use crate::render::export::selection::{Order, Selection};
use crate::render::formats::citation::Reference;
use crate::render::pages::source_page::cited_page;
use crate::render::renderer::Renderer;
use crate::render::views::books::{MailEntry, MailSection, MailView};
use crate::render::views::cards::Cards;

/// A mail in its two forms.
#[derive(Debug)]
pub(crate) struct Mail {
    pub(crate) subject: String,
    pub(crate) html: Vec<u8>,
    pub(crate) text: Vec<u8>,
    pub(crate) articles: usize,
}

impl Mail {
    /// Renders the articles of a selection.
    ///
    /// # Errors
    /// A mistake in a template.
    pub(crate) fn new(renderer: &Renderer<'_>, selection: &Selection) -> Result<Self> {
        let view = view(Cards::of(renderer.site), selection);
        let render = |template| renderer.file(template, &view).map_err(Error::failure);
        Ok(Self {
            html: render("export/mail.html")?,
            text: render("export/mail.txt")?,
            articles: view.articles,
            subject: view.subject,
        })
    }

    /// The mail as one file, which mail programs open as a draft.
    pub(crate) fn into_message(self) -> Vec<u8> {
        message(&self.subject, &self.text, &self.html)
    }
}

fn view(cards: Cards<'_>, selection: &Selection) -> MailView {
    let config = &cards.site.config;
    let sections = sections(cards, &selection.articles(cards, Order::NewestFirst));
    let [name, time] = selection.title(cards);
    let gap = cards.messages().text("citation_gap");
    let title =
        [name.as_str(), time.as_str()].into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(gap);
    let subject = if name == config.title { title.clone() } else { format!("{}{gap}{title}", config.title) };
    let mut numbers = 1..;
    let mut entries =
        |ids: Vec<EntryId>| ids.into_iter().zip(&mut numbers).map(|(id, number)| entry(cards, number, id)).collect();
    let sections: Vec<MailSection> =
        sections.into_iter().map(|(name, ids)| MailSection { name, articles: entries(ids) }).collect();
    MailView {
        subject,
        title,
        articles: sections.iter().map(|section| section.articles.len()).sum(),
        sections,
        site_url: (!config.base_url.is_empty()).then(|| config.base_url.clone()),
    }
}

fn entry(cards: Cards<'_>, number: usize, id: EntryId) -> MailEntry {
    let front = &cards.site.catalog.entries[id].front;
    MailEntry {
        number,
        kicker: front.kicker.clone(),
        title: front.title.clone(),
        source: cited_page(cards, id),
        authors: front.authors.join(cards.messages().text("list_comma")),
        excerpt: cards.summary(id).excerpt.clone(),
        correction: front.correction().map(str::to_owned),
        url: Reference::of(cards.site, id).url,
    }
}
