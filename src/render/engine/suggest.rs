//! Suggestions for a name that a template uses and that does not exist: filters, tests, functions, blocks, templates.
//!
//! The engine has no list of its filters, tests and functions, so they are listed here; a unit test tries each.

use crate::diagnostics::diagnostic::closest_match;
use crate::diagnostics::message::Message;
use crate::message;
use crate::render::engine::references::{Texts, block_names, referenced_templates};
use std::iter::successors;

const FILTERS: &str = "\
    say safe default upper lower wordcount escape escape_html escape_xml newlines_to_br pluralize trim trim_start \
    trim_end replace capitalize title truncate indent str int float length reverse split abs round first last nth \
    join sort unique get values keys pairs group_by";
const TESTS: &str = "\
    string number map bool array integer float none iterable defined undefined odd even divisible_by starting_with \
    ending_with containing";
const FUNCTIONS: &str = "range throw super";

/// The hint for a name: the most similar of the existing names, or all of them if none is similar.
pub(crate) fn suggestion(name: &str, existing: &[&str]) -> Message {
    match closest_match(name, existing.iter().copied()) {
        Some(similar) => message!("did you mean {meant}?", meant = similar),
        None => message!("known here: {known}", known = existing.join(", ")),
    }
}

/// The hint for `word`, which the engine rejects with `message` in the template `template`.
pub(crate) fn hint(texts: &Texts, template: &str, message: &str, word: &str) -> Option<Message> {
    let existing: Vec<&str> = match message.split(' ').next()? {
        "Block" => inherited_blocks(texts, template),
        _ if message.starts_with("Unknown filter") => FILTERS.split(' ').collect(),
        _ if message.starts_with("Unknown test") => TESTS.split(' ').collect(),
        _ if message.starts_with("Unknown function") => FUNCTIONS.split(' ').collect(),
        _ if message.starts_with("Unknown template") => texts.keys().map(String::as_str).collect(),
        _ => return None,
    };
    (!existing.is_empty()).then(|| suggestion(word, &existing))
}

/// The blocks that a template can override: those of all that it extends.
fn inherited_blocks<'t>(texts: &'t Texts, name: &str) -> Vec<&'t str> {
    // a cycle, which is reported elsewhere, must not be followed forever
    let ancestors = successors(parent(texts, name), |name| parent(texts, name)).take(texts.len());
    let mut found: Vec<&str> =
        ancestors.filter_map(|name| texts.get(name)).flat_map(|text| block_names(text)).collect();
    found.sort_unstable();
    found.dedup();
    found
}

fn parent<'t>(texts: &'t Texts, name: &str) -> Option<&'t str> {
    let text = texts.get(name).filter(|text| text.trim_start().starts_with("{%") && text.contains("extends"))?;
    referenced_templates(text).first().copied()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::render::engine::tera::new_engine;

    #[test]
    fn the_engine_knows_every_suggested_name() {
        let knows = |text: String| new_engine().add_raw_template("x", &text).is_ok();
        for filter in FILTERS.split(' ') {
            assert!(knows(format!("{{{{ a | {filter} }}}}")), "{filter}");
        }
        for test in TESTS.split(' ') {
            assert!(knows(format!("{{{{ a is {test} }}}}")), "{test}");
        }
        for function in FUNCTIONS.split(' ').filter(|function| *function != "super") {
            assert!(knows(format!("{{{{ {function}() }}}}")), "{function}");
        }
        assert!(!knows("{{ a | upcase }}".to_owned()));
    }
}
