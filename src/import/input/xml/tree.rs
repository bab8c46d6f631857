//! The tree of an XML file, within bounds.
//!
//! Names are compared without their namespaces, which differ by the version of a format. Entities that a file declares are
//! replaced within the parser's own bounds; nothing outside the file is ever read.

use crate::diagnostics::error::library_reason;
use crate::import::input::printed::reason::Unreadable;
use crate::import::page::printed_page::Rect;
use crate::message;
use roxmltree::{Document, Node, ParsingOptions};

/// Elements and texts of a file, at most: a page has some ten thousand, an issue some hundred thousand.
const MAX_NODES: u32 = 1_500_000;
/// Numbers beyond that are no coordinates.
const MAX_COORDINATE: f32 = 1e7;

/// Parses a file.
pub(crate) fn parse(text: &str) -> Result<Document<'_>, Unreadable> {
    let options = ParsingOptions { allow_dtd: true, nodes_limit: MAX_NODES, entity_resolver: None };
    Document::parse_with_options(text, options).map_err(|error| match error {
        roxmltree::Error::NodesLimitReached => Unreadable::too_large(message!(
            "the file has more than {max_nodes} elements and texts",
            max_nodes = MAX_NODES
        )),
        error => Unreadable::damaged(message!("the file is no XML: {reason}", reason = library_reason(&error))),
    })
}

/// The elements below a node that have this name, whatever their namespace, in the order of the file.
pub(crate) fn named<'a, 'i: 'a>(node: Node<'a, 'i>, name: &'a str) -> impl Iterator<Item = Node<'a, 'i>> {
    node.descendants().filter(move |node| is(*node, name))
}

/// The elements right below a node that have this name.
pub(crate) fn children<'a, 'i: 'a>(node: Node<'a, 'i>, name: &'a str) -> impl Iterator<Item = Node<'a, 'i>> {
    node.children().filter(move |node| is(*node, name))
}

/// Whether an element has this name, whatever its namespace.
pub(crate) fn is(node: Node<'_, '_>, name: &str) -> bool {
    node.is_element() && node.tag_name().name() == name
}

/// A number of an attribute; None where it is absent or no coordinate.
pub(crate) fn number(node: Node<'_, '_>, name: &str) -> Option<f32> {
    parse_number(node.attribute(name)?)
}

/// A coordinate in decimal digits.
pub(crate) fn parse_number(text: &str) -> Option<f32> {
    text.trim().parse().ok().filter(|value: &f32| value.is_finite() && value.abs() <= MAX_COORDINATE)
}

/// A confidence of 0 to 1.
pub(crate) fn confidence(text: Option<&str>) -> Option<f32> {
    parse_number(text?).filter(|value| (0.0..=1.0).contains(value))
}

/// A rectangle of points, which may be turned; None for no points.
pub(crate) fn bounds(points: impl Iterator<Item = (f32, f32)>) -> Option<Rect> {
    points.map(|(x, y)| Rect::between(x, y, x, y)).reduce(|all, point| all.union(&point))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_bomb_of_entities_and_a_deep_tree_are_errors() {
        let levels: String =
            (1..20).map(|i| format!("<!ENTITY e{i} \"{}\">", format!("&e{};", i - 1).repeat(10))).collect();
        let bomb = format!("<!DOCTYPE a [<!ENTITY e0 \"ha\">{levels}]><a>&e19;</a>");
        assert!(parse(&bomb).is_err());
        assert!(parse("<!DOCTYPE a [<!ENTITY x SYSTEM \"file:///etc/hostname\">]><a>&x;</a>").is_err());
        let start = std::time::Instant::now();
        let _ = parse(&"<a>".repeat(1_000_000));
        let _ = parse(&format!("{}{}", "<a>".repeat(400_000), "</a>".repeat(400_000)));
        assert!(start.elapsed().as_secs() < 30);
    }
}
