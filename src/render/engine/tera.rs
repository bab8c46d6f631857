//! The template engine with the filters that wenzhai adds.
//!
//! - `say` fills in the placeholders of a message: `{{ words.pieces | say(n=theme.count) }}`
//!   ([`fill`])
//! - `phrases` lets a headline break between its phrases: `{{ a.title | phrases }}` ([`crate::render::engine::phrases`])

use crate::render::engine::phrases::phrases;
use crate::text::placeholders::fill;
use tera::{Kwargs, State, Tera};

/// An engine without templates.
pub(crate) fn new_engine() -> Tera {
    let mut engine = Tera::new();
    engine.register_filter("say", say);
    engine.register_filter("phrases", phrases);
    engine
}

fn say(message: &str, values: Kwargs, _: &State<'_>) -> String {
    let values: Vec<(&str, String)> =
        values.iter().filter_map(|(name, value)| Some((name.as_str()?, value.to_string()))).collect();
    fill(message, &values)
}
