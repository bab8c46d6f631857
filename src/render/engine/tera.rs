//! The template engine, with what wenzhai adds to it.
//!
//! `say` fills the places of a word: `{{ words.pieces | say(n=theme.count) }}`; see [`crate::render::engine::i18n::say`].
//! `phrases` lets a headline break between its phrases: `{{ a.title | phrases }}`; see [`crate::render::engine::phrases`].

use crate::render::engine::i18n::format_message;
use crate::render::engine::phrases::phrases;
use tera::{Kwargs, State, Tera};

/// An engine without templates.
pub(crate) fn engine() -> Tera {
    let mut engine = Tera::new();
    engine.register_filter("say", said);
    engine.register_filter("phrases", phrases);
    engine
}

fn said(word: &str, values: Kwargs, _: &State<'_>) -> String {
    let values: Vec<(&str, String)> =
        values.iter().filter_map(|(name, value)| Some((name.as_str()?, value.to_string()))).collect();
    format_message(word, &values)
}
