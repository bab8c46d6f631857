//! A small site for unit tests of pages.

use crate::catalog::catalog::Catalog;
use crate::catalog::entry::{Entry, Summary};
use crate::config::settings::Config;
use crate::config::themes::Theme;
use crate::content::address_book::AddressBook;
use crate::content::article::{ArticleKind, FrontMatter};
use crate::render::views::common::Card;
use crate::site::plan::plan;
use crate::site::site::Site;
use crate::text::word_count::WordCount;
use jiff::civil::date;

/// (day of March, 字数, kind, themes), in the order of the page
pub(crate) type Story = (i8, usize, ArticleKind, &'static [&'static str]);

/// A site of these stories under two themes, `a` and `b`, two articles to a part of a list.
pub(crate) fn site(stories: &[Story]) -> Site {
    let theme = |id: &str| Theme { id: id.into(), name: id.into(), slug: id.into(), ..Theme::default() };
    let config = Config { page_size: 2, themes: vec![theme("a"), theme("b")], ..Config::default() };
    let entry = |(at, &(day, han, kind, themes)): (usize, &Story)| Entry {
        file: format!("content/articles/{at:02}.md"),
        front: FrontMatter {
            title: at.to_string(),
            date: (day > 0).then(|| date(2025, 3, day)),
            kind,
            themes: themes.iter().map(|&id| id.to_owned()).collect(),
            ..FrontMatter::default()
        },
        summary: Summary { word_count: WordCount { han, words: 0 }, ..Summary::default() }.into(),
        ..Entry::default()
    };
    let catalog = Catalog::index(stories.iter().enumerate().map(entry).collect(), &config.themes);
    plan(config, catalog, vec![], &[], AddressBook::default(), false).0
}

/// The title of a card: its index in the list of stories.
pub(crate) fn title(card: &Card) -> String {
    card.of_view(|fields| fields.title.clone())
}

pub(crate) fn titles(cards: &[Card]) -> Vec<String> {
    cards.iter().map(title).collect()
}
