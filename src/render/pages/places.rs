//! The pages of places: `PlacesView` (all places by province, with a map), `PlaceView` (a part of a place's articles).

use crate::extract::gazetteer::{PlaceId, place as listed};
use crate::render::charts::tiles::tiles;
use crate::render::pages::lists::part_of;
use crate::render::views::cards::Cards;
use crate::render::views::common::Link;
use crate::render::views::lists::{PlaceView, PlacesView, ProvinceView};
use crate::site::page::Page;

/// The provinces that articles name, each with its prefectures.
pub(crate) fn places(cards: Cards<'_>) -> PlacesView {
    let provinces = cards.site.catalog.places.iter().map(|listed| listed.place).filter(|place| place.is_province());
    let province =
        |place| Some(ProvinceView { province: short_link(cards, place)?, prefectures: prefectures(cards, place) });
    PlacesView { map: tiles(cards), provinces: provinces.filter_map(province).collect() }
}

/// A part of the articles of a place.
pub(crate) fn place(cards: Cards<'_>, place: usize, part: usize) -> PlaceView {
    let indexed = &cards.site.catalog.places[place];
    let own = indexed.place;
    let (articles, pager) = part_of(cards, &indexed.articles, part, &|part| Page::Place { place, part });
    PlaceView {
        name: name(own),
        count: indexed.articles.len(),
        province: (!own.is_province()).then(|| short_link(cards, own.province())).flatten(),
        prefectures: if own.is_province() { prefectures(cards, own) } else { Vec::new() },
        articles,
        pager,
    }
}

/// The official name: 南通市.
pub(crate) fn name(id: PlaceId) -> String {
    listed(id).map(|place| format!("{}{}", place.short, place.rest)).unwrap_or_default()
}

/// A link to a place by its short name; none if no article names it.
pub(crate) fn short_link(cards: Cards<'_>, id: PlaceId) -> Option<Link> {
    let place = cards.site.catalog.place_position(id)?;
    let count = cards.site.catalog.places[place].articles.len();
    Some(cards.link(Page::Place { place, part: 1 }, listed(id)?.short, count))
}

/// The prefectures of a province that articles name.
fn prefectures(cards: Cards<'_>, province: PlaceId) -> Vec<Link> {
    let places = cards.site.catalog.places.iter().map(|listed| listed.place);
    let inside = places.filter(|place| place.province() == province && *place != province);
    inside.filter_map(|place| short_link(cards, place)).collect()
}
