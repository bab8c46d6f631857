//! Pictures that show what a link leads to where it is shared, and the icons of a site: text → PNG.
//!
//! 1. `typeface`: a serif typeface, built in: which characters it has, how wide they are, and their outlines
//! 2. `lines`: a headline → balanced lines, broken between words, cut where they are too many
//! 3. `canvas`: outlines and rectangles → pixels of few colours → PNG
//! 4. `card_text`: what a card shows; `card`, `icon`: where what stands
//! 5. `draw`: what a picture shows, and its bytes; it alone is there where the program is built without the feature `cards`
//!
//! The typeface has the characters of GB 2312, which are those of simplified Chinese in newspapers, Latin and punctuation, in 1.4 MB:
//! Noto Serif CJK SC Bold by Adobe under the SIL Open Font License (`LICENSE-OFL` beside this file); `subset.py` makes it. A text
//! with any other character is not drawn at all: whoever plans pictures asks `can_draw`.

#[cfg(feature = "cards")]
mod canvas;
#[cfg(feature = "cards")]
mod card;
pub(crate) mod card_text;
pub(crate) mod draw;
#[cfg(feature = "cards")]
mod icon;
#[cfg(feature = "cards")]
mod lines;
#[cfg(feature = "cards")]
mod typeface;
