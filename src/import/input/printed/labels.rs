//! Labels of blocks: what formats and engines call a block → what it is taken for.
//!
//! Names are compared by what they contain: `paragraph_title`, `TITLE` and `headline` are titles, `figure_title` and `image_caption`
//! captions.

use crate::import::page::printed_page::BlockLabel;

/// The label of a block that a format calls so; None where the name says nothing.
pub(crate) fn label_of(name: &str) -> Option<BlockLabel> {
    let name = name.to_ascii_lowercase();
    let has = |parts: &[&str]| parts.iter().any(|part| name.contains(part));
    if has(&["caption", "figure_title", "table_title", "chart_title", "credit"]) {
        Some(BlockLabel::Caption)
    } else if has(&["header", "footer", "page-number", "page_number", "catch-word", "signature-mark", "running"])
        || name == "number"
    {
        Some(BlockLabel::Furniture)
    } else if has(&["title", "headline", "heading"]) {
        Some(BlockLabel::Title)
    } else if has(&["table"]) {
        Some(BlockLabel::Table)
    } else if has(&["image", "figure", "chart", "picture", "graphic", "seal", "illustration"]) {
        Some(BlockLabel::Picture)
    } else {
        has(&["text", "paragraph", "list", "abstract", "content", "reference"])
            .then_some(BlockLabel::Text)
            // text in a margin: newspapers print headlines downwards, which engines take for that
            .filter(|_| name != "aside_text")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_engines_have_labels() {
        for (name, label) in [
            ("paragraph_title", Some(BlockLabel::Title)),
            ("HEADLINE", Some(BlockLabel::Title)),
            ("figure_title", Some(BlockLabel::Caption)),
            ("image_caption", Some(BlockLabel::Caption)),
            ("page-number", Some(BlockLabel::Furniture)),
            ("number", Some(BlockLabel::Furniture)),
            ("image", Some(BlockLabel::Picture)),
            ("paragraph", Some(BlockLabel::Text)),
            ("aside_text", None),
            ("other", None),
        ] {
            assert_eq!(label_of(name), label, "{name}");
        }
    }
}
