//! The share card of a page, and the icon of a site, as PNG files.

use crate::share_card::card_text::CardText;
use crate::util::digest::Digest;
use serde::Serialize;

#[cfg(feature = "cards")]
use crate::share_card::{card::draw_card, icon::draw_icon, typeface::has_all};

/// A picture that is drawn from a text.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub(crate) enum Picture {
    Card(CardText),
    /// a square of this size, in pixels, with a character; where there is none that can be drawn, with a newspaper page
    Icon {
        character: Option<char>,
        size: u32,
    },
}

impl Picture {
    /// The picture as a PNG file.
    pub(crate) fn draw(&self) -> Vec<u8> {
        match self {
            Self::Card(card) => draw_card(card),
            Self::Icon { character, size } => draw_icon(*character, *size),
        }
    }

    /// The digest of everything that decides on its bytes.
    pub(crate) fn digest(&self) -> Digest {
        Digest::of(&(self, VERSION))
    }
}

/// Whether this program can draw cards and icons.
pub(crate) const DRAWS: bool = cfg!(feature = "cards");
/// Changes with everything that decides on the pixels of a card or an icon, the typeface included.
const VERSION: u32 = 1;

/// Whether a text can be drawn: the typeface has every character of it.
#[cfg(feature = "cards")]
pub(crate) fn can_draw(text: &str) -> bool {
    has_all(text)
}

/// Without the feature, no text can be drawn.
#[cfg(not(feature = "cards"))]
pub(crate) fn can_draw(_: &str) -> bool {
    false
}

/// Without the feature, no site has a card.
#[cfg(not(feature = "cards"))]
fn draw_card(_: &CardText) -> Vec<u8> {
    Vec::new()
}

/// Without the feature, no site has an icon.
#[cfg(not(feature = "cards"))]
fn draw_icon(_: Option<char>, _: u32) -> Vec<u8> {
    Vec::new()
}
