//! The articles, shelved: by theme, day, page and person.
//!
//! 1. [`entry`]: what the library keeps of an article: front matter, an excerpt, how much there is to read; never the body
//! 2. [`reading`]: what is read out of its text on the way: [`places`], by the names of the [`gazetteer`] and the [`dateline`];
//!    [`figures`],
//!    sentences with [`numbers`] that count something; [`salient`], the words it comes back to
//! 3. [`shelves`]: entries in one order, newest first, and the shelves: lists of places in that order, never copies
//!    ([`months`]; [`named`]: people and columns; [`regions`]: places; [`gallery`]: the figures that stand out on one)
//! 4. [`issues`]: a paper's day and its source pages, and the [`papers`]
//! 5. [`related`]: which articles tell of the same thing; [`series`]: how many there are, over time
//!
//! Nothing here knows addresses, or how anything looks.

pub mod dateline;
pub mod entry;
pub mod figures;
pub mod gallery;
pub mod gazetteer;
pub mod issues;
pub mod months;
pub mod named;
pub mod numbers;
pub mod papers;
pub mod places;
pub mod reader;
pub mod reading;
pub mod regions;
pub mod related;
pub mod salient;

pub mod series;
pub mod shelves;
