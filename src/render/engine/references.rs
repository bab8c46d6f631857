//! The references of templates to each other, and their blocks.
//!
//! They are read from the text by simple patterns, so that they are also known for templates that do not parse or that the
//! engine rejects.

use std::collections::{BTreeMap, BTreeSet};

/// The texts of templates by name.
pub(crate) type Texts = BTreeMap<String, String>;

/// The templates that a text extends or includes, in their order.
pub(crate) fn referenced_templates(text: &str) -> Vec<&str> {
    let references = tags(text).filter_map(|tag| {
        let tag = tag.split("%}").next()?;
        let rest = tag.strip_prefix("extends").or_else(|| tag.strip_prefix("include"))?.trim_start();
        let quote = rest.chars().next().filter(|c| matches!(c, '"' | '\'' | '`'))?;
        rest[1..].split(quote).next()
    });
    references.collect()
}

/// The names of a template and of all that it extends or includes, directly or indirectly.
pub(crate) fn transitive_references<'a>(texts: &'a Texts, name: &'a str) -> BTreeSet<&'a str> {
    let mut found = BTreeSet::from([name]);
    let mut open = vec![name];
    while let Some(next) = open.pop() {
        let references = texts.get(next).map(|text| referenced_templates(text)).unwrap_or_default();
        open.extend(references.into_iter().filter(|name| found.insert(name)));
    }
    found
}

/// The names of the blocks that a template defines, in their order.
pub fn block_names(text: &str) -> Vec<&str> {
    let blocks = tags(text).filter_map(|tag| tag.strip_prefix("block "));
    blocks.filter_map(|rest| rest.split([' ', '%', '-']).find(|word| !word.is_empty())).collect()
}

/// The text after the start of each tag, from its keyword on.
fn tags(text: &str) -> impl Iterator<Item = &str> {
    text.split("{%").skip(1).map(|tag| tag.trim_start_matches('-').trim_start())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn blocks_are_found_in_their_order() {
        assert_eq!(block_names("{% block a %}{%- block b -%}{% endblock b %}{% endblock %}{% if block %}"), ["a", "b"]);
    }
}
