//! The texts of a card, and its size.

use serde::Serialize;

/// Width and height of a card in pixels: what those who show them ask for.
pub(crate) const CARD_SIZE: (u32, u32) = (1200, 630);

/// What a card shows.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub(crate) struct CardText {
    /// above all, on the left: the name of the site; empty on the site's own card
    pub(crate) site: String,
    /// above all, on the right: the theme; empty: none
    pub(crate) theme: String,
    /// 1 to 8, as in the style sheet
    pub(crate) hue: usize,
    /// the line above the headline; empty: none
    pub(crate) kicker: String,
    pub(crate) headline: String,
    /// below all: paper, day and page, or a description
    pub(crate) below: String,
}
