//! The map of provinces: one tile each, roughly in its geographic position, shaded by the number of its articles.

use crate::extract::gazetteer::{PlaceId, place, places};
use crate::render::charts::scale::level;
use crate::render::views::cards::Cards;
use crate::render::views::charts::{ChartFrame, Square, TableRow, Tile, TileMap};
use crate::site::page::Page;
use crate::text::placeholders::fill;

/// The side of a tile and its gap, in units of the drawing.
const SIDE: usize = 50;

/// The codes of the provinces without the last two zeros: rows from the north, columns from the west; 0 is no tile.
const MAP: [[u16; 7]; 8] = [
    [0, 0, 0, 0, 0, 0, 23],
    [0, 0, 0, 15, 0, 0, 22],
    [65, 62, 64, 14, 13, 11, 21],
    [54, 63, 61, 41, 37, 12, 0],
    [0, 51, 50, 42, 34, 32, 31],
    [0, 53, 52, 43, 36, 33, 0],
    [0, 0, 45, 44, 35, 71, 0],
    [0, 0, 46, 82, 81, 0, 0],
];

/// None if site.toml switches charts off, or no article names a place.
pub(crate) fn tiles(cards: Cards<'_>) -> Option<TileMap> {
    let catalog = &cards.site.catalog;
    if !cards.site.config.charts.enabled || catalog.places.is_empty() {
        return None;
    }
    let count = |id: PlaceId| catalog.place_position(id).map_or(0, |place| catalog.places[place].articles.len());
    let ids = places().iter().map(|place| place.id).filter(|id| id.is_province());
    let mut provinces: Vec<(PlaceId, usize)> = ids.map(|id| (id, count(id))).collect();
    provinces.sort_by_key(|&(id, count)| (std::cmp::Reverse(count), id));
    let &(first, most) = provinces.first()?;
    let short = |id: PlaceId| place(id).map_or("", |place| place.short).to_owned();
    let named = provinces.iter().filter(|(_, count)| *count > 0);
    let values = [("most", short(first)), ("n", most.to_string()), ("m", named.clone().count().to_string())];
    let row = |&(id, count): &(PlaceId, usize)| TableRow {
        name: short(id),
        path: catalog.place_position(id).map_or_else(String::new, |place| cards.path(Page::Place { place, part: 1 })),
        counts: vec![count],
    };
    Some(TileMap {
        frame: ChartFrame {
            id: "map",
            title: cards.messages().text("map").to_owned(),
            description: fill(cards.messages().text("map_told"), &values),
            width: MAP[0].len() * SIDE,
            height: MAP.len() * SIDE,
            head: ["province", "chart_articles"].map(|word| cards.messages().text(word).to_owned()).into(),
            rows: named.map(row).collect(),
        },
        tiles: draw_tiles(&count, most),
        side: SIDE - 3,
    })
}

fn draw_tiles(count: &dyn Fn(PlaceId) -> usize, most: usize) -> Vec<Tile> {
    let mut tiles = Vec::new();
    for (row, codes) in MAP.iter().enumerate() {
        for (column, &code) in codes.iter().enumerate().filter(|(_, code)| **code > 0) {
            let id = PlaceId(code * 100);
            let count = count(id);
            let square = Square { x: column * SIDE, y: row * SIDE, count, level: level(count, most) };
            tiles.push(Tile { square, name: place(id).map_or("", |place| place.short).to_owned() });
        }
    }
    tiles
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    #[test]
    fn every_province_has_one_tile() {
        let placed: Vec<u16> = MAP.iter().flatten().copied().filter(|&code| code > 0).map(|code| code * 100).collect();
        let once: BTreeSet<u16> = placed.iter().copied().collect();
        let provinces: BTreeSet<u16> =
            places().iter().map(|place| place.id).filter(|id| id.is_province()).map(|id| id.0).collect();
        assert_eq!((placed.len(), once), (34, provinces));
    }
}
