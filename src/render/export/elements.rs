//! The elements of HTML that a book may have, and where they may stand.

/// Elements that are kept. Others lose their tags.
pub(crate) const ELEMENTS: &[&str] = &[
    "a",
    "abbr",
    "aside",
    "b",
    "bdi",
    "blockquote",
    "br",
    "caption",
    "cite",
    "code",
    "col",
    "colgroup",
    "dd",
    "del",
    "dfn",
    "div",
    "dl",
    "dt",
    "em",
    "figcaption",
    "figure",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "hr",
    "i",
    "ins",
    "kbd",
    "li",
    "mark",
    "ol",
    "p",
    "pre",
    "q",
    "rp",
    "rt",
    "ruby",
    "s",
    "samp",
    "section",
    "small",
    "span",
    "strong",
    "sub",
    "sup",
    "table",
    "tbody",
    "td",
    "tfoot",
    "th",
    "thead",
    "tr",
    "u",
    "ul",
    "var",
    "wbr",
];
/// Elements without content.
pub(crate) const VOID: &[&str] = &["br", "col", "hr", "wbr"];
/// Elements whose content is nothing that readers see as text.
pub(crate) const DROPPED: &[&str] =
    &["script", "style", "template", "audio", "video", "svg", "math", "iframe", "object"];

/// Elements that stand in no line of text.
const BLOCKS: &[&str] = &[
    "aside",
    "blockquote",
    "dd",
    "div",
    "dl",
    "dt",
    "figure",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "hr",
    "ol",
    "p",
    "pre",
    "section",
    "table",
    "ul",
];
/// Elements that hold lines of text alone.
const LINES: &[&str] = &[
    "abbr", "b", "bdi", "cite", "code", "dfn", "em", "h1", "h2", "h3", "h4", "h5", "h6", "i", "kbd", "mark", "p",
    "pre", "q", "ruby", "s", "samp", "small", "span", "strong", "sub", "sup", "u", "var",
];
/// Elements and what they stand in.
const PARENTS: &[(&[&str], &[&str])] = &[
    (&["li"], &["ul", "ol"]),
    (&["rt", "rp"], &["ruby"]),
    (&["figcaption"], &["figure"]),
    (&["caption", "colgroup", "thead", "tbody", "tfoot"], &["table"]),
    (&["col"], &["colgroup"]),
    (&["tr"], &["table", "thead", "tbody", "tfoot"]),
    (&["td", "th"], &["tr"]),
];

/// Whether an element may stand in its parent, of which the others are further out.
pub(crate) fn is_allowed<'a>(name: &str, parent: &str, mut ancestors: impl Iterator<Item = &'a str>) -> bool {
    let in_parent = PARENTS.iter().all(|(names, parents)| !names.contains(&name) || parents.contains(&parent));
    in_parent && !(BLOCKS.contains(&name) && ancestors.any(|ancestor| LINES.contains(&ancestor)))
}

/// Whether only items may stand in an element.
pub(crate) fn holds_items(parent: &str) -> bool {
    ["ul", "ol"].contains(&parent)
}

/// The element that is written for one: a list of terms becomes paragraphs, since it has to have terms and explanations in turn.
pub(crate) fn written(name: &str) -> &str {
    if ["dl", "dt", "dd"].contains(&name) { "div" } else { name }
}
