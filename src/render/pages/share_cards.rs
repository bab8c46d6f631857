//! Share cards, icons and the manifest: what they show, and which card a page names.

use crate::catalog::entry::EntryId;
use crate::render::views::cards::Cards;
use crate::render::views::site::ShareImage;
use crate::share_card::card_text::{CARD_SIZE, CardText};
use crate::share_card::draw::{Picture, can_draw};
use crate::site::page::{CardSubject, ICONS, Page, TOUCH_ICON};
use crate::site::site::Site;
use serde_json::json;

/// The background of every page in light, `--paper` of the style sheet.
const PAPER: &str = "#fbf8f1";

/// The picture of a card.
pub(crate) fn share_card(cards: Cards<'_>, subject: CardSubject) -> Picture {
    let config = &cards.site.config;
    let text = match subject {
        CardSubject::Site => CardText {
            site: drawable(&config.author),
            hue: 1,
            headline: config.title.clone(),
            below: drawable(&config.description),
            ..CardText::default()
        },
        CardSubject::Theme(theme) => {
            let tag = cards.theme(theme);
            CardText {
                site: drawable(&config.title),
                hue: tag.hue,
                headline: tag.name.clone(),
                below: drawable(&tag.description),
                ..CardText::default()
            }
        }
        CardSubject::Article(id) => article(cards, id),
    };
    Picture::Card(text)
}

fn article(cards: Cards<'_>, id: EntryId) -> CardText {
    let front = &cards.site.catalog.entries[id].front;
    let theme = cards.site.catalog.themes_of(id).first().map(|&theme| cards.theme(theme));
    CardText {
        site: drawable(&cards.site.config.title),
        theme: theme.as_ref().map(|theme| drawable(&theme.name)).unwrap_or_default(),
        hue: theme.map_or(1, |theme| theme.hue),
        kicker: drawable(front.kicker.as_deref().unwrap_or_default()),
        headline: front.title.clone(),
        below: printed_in(cards, id),
    }
}

/// The paper, the day and the page that an article stood in.
fn printed_in(cards: Cards<'_>, id: EntryId) -> String {
    let front = &cards.site.catalog.entries[id].front;
    let words = cards.messages();
    let page = front.page.map(|page| words.count("page_name", page));
    let parts = [front.paper.clone(), front.date.map(|date| words.day(date)), page];
    let parts = parts.into_iter().flatten().map(|part| drawable(&part)).filter(|part| !part.is_empty());
    parts.collect::<Vec<_>>().join(words.text("gap"))
}

/// A text that a card can do without, where it can be drawn.
fn drawable(text: &str) -> String {
    if can_draw(text) { text.to_owned() } else { String::new() }
}

/// The picture of an icon: the first character of the site's title.
pub(crate) fn icon(cards: Cards<'_>, size: u16) -> Picture {
    let first = cards.site.config.title.chars().find(|c| c.is_alphanumeric());
    Picture::Icon { character: first.filter(|c| can_draw(c.encode_utf8(&mut [0; 4]))), size: size.into() }
}

/// `manifest.webmanifest`; its addresses are relative to itself.
pub(crate) fn manifest(cards: Cards<'_>) -> String {
    let config = &cards.site.config;
    let icon = |size: &u16| {
        json!({
            "src": cards.path(Page::Icon(*size)), "sizes": format!("{size}x{size}"), "type": "image/png",
            "purpose": "any maskable",
        })
    };
    let manifest = json!({
        "name": config.title,
        "short_name": config.title,
        "description": config.description,
        "lang": config.lang.tag(),
        "start_url": "./",
        "scope": "./",
        "display": "minimal-ui",
        "background_color": PAPER,
        "theme_color": PAPER,
        "icons": ICONS.iter().filter(|&&size| size != TOUCH_ICON).map(icon).collect::<Vec<_>>(),
    });
    format!("{manifest:#}\n")
}

/// The picture that a page names for those who share a link to it: none where the site's address is not known.
pub(crate) fn share_image(cards: Cards<'_>, page: Page) -> Option<ShareImage> {
    let config = &cards.site.config;
    if config.base_url.is_empty() {
        return None;
    }
    let (subject, path) = card_of(cards.site, page)?;
    let is_own = cards.site.statics.contains(&path);
    Some(ShareImage {
        url: format!("{}{path}", config.base_url),
        width: (!is_own).then_some(CARD_SIZE.0),
        height: (!is_own).then_some(CARD_SIZE.1),
        alt: match subject {
            CardSubject::Site => config.title.clone(),
            CardSubject::Theme(theme) => config.themes[theme].name.clone(),
            CardSubject::Article(id) => cards.site.catalog.entries[id].front.title.clone(),
        },
    })
}

/// The card that a page shows and its path: its own, that of its theme, or that of the site.
fn card_of(site: &Site, page: Page) -> Option<(CardSubject, String)> {
    let (article, theme) = match page {
        Page::Article(id) => (Some(id), site.catalog.themes_of(id).first().copied()),
        Page::Theme { theme, .. } | Page::ThemeScope { theme, .. } | Page::Figures(theme) => (None, Some(theme)),
        _ => (None, None),
    };
    let subjects = [article.map(CardSubject::Article), theme.map(CardSubject::Theme), Some(CardSubject::Site)];
    subjects.into_iter().flatten().find_map(|subject| {
        let path = site.address(Page::ShareCard(subject)).to_string();
        (site.statics.contains(&path) || site.page_at(&path).is_some()).then_some((subject, path))
    })
}
