//! Pictures, `![alternative text](address "caption")`, as HTML.
//!
//! A picture alone in its paragraph is a figure, and its title the caption. A picture within a sentence keeps its title as a
//! tooltip. Of a picture without an address its alternative text is shown: alone in its paragraph, as a caption.

use crate::render::markdown::events::{escaped, to_html, to_text};
use pulldown_cmark::{CowStr, Event, LinkType, Tag, TagEnd};
use std::collections::VecDeque;

/// Whether the events after the start of a paragraph are one image and nothing else.
pub(crate) fn is_alone(rest: &VecDeque<Event<'_>>) -> bool {
    matches!(rest.front(), Some(Event::Start(Tag::Image { .. })))
        && image_length(rest.iter().skip(1))
            .is_some_and(|length| matches!(rest.get(length + 1), Some(Event::End(TagEnd::Paragraph))))
}

/// The number of events of an image after its start, its end included.
fn image_length<'e, 'a: 'e>(rest: impl Iterator<Item = &'e Event<'a>>) -> Option<usize> {
    let mut depth = 1;
    for (nth, event) in rest.enumerate() {
        match event {
            Event::Start(Tag::Image { .. }) => depth += 1,
            Event::End(TagEnd::Image) => depth -= 1,
            _ => {}
        }
        if depth == 0 {
            return Some(nth + 1);
        }
    }
    None
}

/// The HTML of an image within a sentence; `rest` begins after its start, and its events are removed.
pub(crate) fn inline(address: CowStr<'_>, title: CowStr<'_>, rest: &mut VecDeque<Event<'_>>, first: bool) -> String {
    img(address, title, &alt(rest), first)
}

/// The HTML of an image alone in its paragraph; `rest` begins after its start, and its events are removed.
pub(crate) fn figure(address: CowStr<'_>, title: CowStr<'_>, rest: &mut VecDeque<Event<'_>>, first: bool) -> String {
    let alt = alt(rest);
    if address.trim().is_empty() {
        // a picture of the printed page, of which import knows only the caption
        return format!("<figure class=\"unpictured\"><figcaption>{}</figcaption></figure>\n", escaped(&alt));
    }
    let caption = match title.trim() {
        "" => String::new(),
        caption => format!("<figcaption>{}</figcaption>", escaped(caption)),
    };
    format!("<figure>{}{caption}</figure>\n", img(address, "".into(), &alt, first))
}

/// The alternative text of an image, whose events are removed.
fn alt(rest: &mut VecDeque<Event<'_>>) -> String {
    let length = image_length(rest.iter()).unwrap_or(rest.len());
    let text = to_text(rest.iter().take(length));
    rest.drain(..length);
    text
}

/// The first picture of a body is loaded at once, the others when the reader scrolls near them.
fn img(address: CowStr<'_>, title: CowStr<'_>, alt: &str, first: bool) -> String {
    if address.trim().is_empty() {
        return escaped(alt);
    }
    let image = Tag::Image { link_type: LinkType::Inline, dest_url: address, title, id: "".into() };
    let html = to_html([Event::Start(image), Event::Text(alt.into()), Event::End(TagEnd::Image)]);
    let open = html.trim_end_matches(" />");
    if first { format!("{open}>") } else { format!("{open} loading=\"lazy\">") }
}
