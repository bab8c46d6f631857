//! What a template may call: the filters, tests and functions of the engine, and its blocks; to suggest what was meant.
//!
//! The engine tells no list of them; a test sees to it that it knows each of these.

use crate::diagnostics::diagnostic::closest_match;
use crate::render::engine::references::{Texts, block_names, referenced_templates};

const FILTERS: &[&str] = &[
    "say",
    "safe",
    "default",
    "upper",
    "lower",
    "wordcount",
    "escape",
    "escape_html",
    "escape_xml",
    "newlines_to_br",
    "pluralize",
    "trim",
    "trim_start",
    "trim_end",
    "replace",
    "capitalize",
    "title",
    "truncate",
    "indent",
    "str",
    "int",
    "float",
    "length",
    "reverse",
    "split",
    "abs",
    "round",
    "first",
    "last",
    "nth",
    "join",
    "sort",
    "unique",
    "get",
    "values",
    "keys",
    "pairs",
    "group_by",
];
const TESTS: &[&str] = &[
    "string",
    "number",
    "map",
    "bool",
    "array",
    "integer",
    "float",
    "none",
    "iterable",
    "defined",
    "undefined",
    "odd",
    "even",
    "divisible_by",
    "starting_with",
    "ending_with",
    "containing",
];
const FUNCTIONS: &[&str] = &["range", "throw", "super"];

/// What could have been meant by the word that the engine, saying `what` of the template `name`, does not know; and where
/// nothing comes near, what there is.
pub(crate) fn hint(texts: &Texts, name: &str, what: &str, word: &str) -> Option<String> {
    let known: Vec<&str> = match what.split(' ').next()? {
        "Block" => blocks_above(texts, name),
        _ if what.starts_with("Unknown filter") => FILTERS.to_vec(),
        _ if what.starts_with("Unknown test") => TESTS.to_vec(),
        _ if what.starts_with("Unknown function") => FUNCTIONS.to_vec(),
        _ if what.starts_with("Unknown template") => texts.keys().map(String::as_str).collect(),
        _ => return None,
    };
    Some(match closest_match(word, known.iter().copied()) {
        Some(meant) => format!("did you mean {meant}?"),
        None if known.is_empty() => return None,
        None => format!("known here: {}", known.join(", ")),
    })
}

/// The blocks that a template can fill: those of what it extends.
fn blocks_above<'t>(texts: &'t Texts, name: &str) -> Vec<&'t str> {
    let mut found = Vec::new();
    let mut above = parent(texts, name);
    // a circle is told elsewhere
    for _ in 0..texts.len() {
        let Some(text) = above.and_then(|above| texts.get(above)) else { break };
        found.extend(block_names(text));
        above = above.and_then(|above| parent(texts, above));
    }
    found.sort_unstable();
    found.dedup();
    found
}

fn parent<'t>(texts: &'t Texts, name: &str) -> Option<&'t str> {
    let text = texts.get(name)?;
    referenced_templates(text)
        .into_iter()
        .next()
        .filter(|_| text.trim_start().starts_with("{%") && text.contains("extends"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::render::engine::tera::engine;

    #[test]
    fn the_engine_knows_whatever_is_suggested() {
        let knows = |text: String| engine().add_raw_template("x", &text).is_ok();
        for filter in FILTERS {
            assert!(knows(format!("{{{{ a | {filter} }}}}")), "{filter}");
        }
        for test in TESTS {
            assert!(knows(format!("{{{{ a is {test} }}}}")), "{test}");
        }
        for function in FUNCTIONS.iter().filter(|function| **function != "super") {
            assert!(knows(format!("{{{{ {function}() }}}}")), "{function}");
        }
        assert!(!knows("{{ a | upcase }}".to_owned()));
    }
}
