//! Pictures, `![alternative text](address "caption")`, as HTML.
//!
//! A picture alone in its paragraph is a figure, and its title the caption. A picture within a sentence keeps its title as a
//! tooltip. A picture without an address is shown as its alternative text.

use crate::render::markdown::events::{to_html, to_text};
use pulldown_cmark::{Event, Tag, TagEnd};
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
pub(crate) fn inline(image: Tag<'_>, rest: &mut VecDeque<Event<'_>>, first: bool) -> String {
    let alt = alt(rest);
    img(image, &alt, first)
}

/// The HTML of an image alone in its paragraph; `rest` begins after its start, and its events are removed.
pub(crate) fn figure(image: Tag<'_>, rest: &mut VecDeque<Event<'_>>, first: bool) -> String {
    let alt = alt(rest);
    if !has_address(&image) {
        // a picture of the printed page, of which import knows only the caption
        return format!("<figure class=\"unseen\"><figcaption>{}</figcaption></figure>\n", escaped(&alt));
    }
    let (image, caption) = split_title(image);
    let caption = match caption.trim() {
        "" => String::new(),
        caption => format!("<figcaption>{}</figcaption>", escaped(caption)),
    };
    format!("<figure>{}{caption}</figure>\n", img(image, &alt, first))
}

fn has_address(image: &Tag<'_>) -> bool {
    !matches!(image, Tag::Image { dest_url, .. } if dest_url.trim().is_empty())
}

/// An image without its title, and the title.
fn split_title(image: Tag<'_>) -> (Tag<'_>, String) {
    match image {
        Tag::Image { link_type, dest_url, title, id } => {
            (Tag::Image { link_type, dest_url, title: "".into(), id }, title.into_string())
        }
        other => (other, String::new()),
    }
}

/// The alternative text of an image, whose events are removed.
fn alt(rest: &mut VecDeque<Event<'_>>) -> String {
    let length = image_length(rest.iter()).unwrap_or(rest.len());
    let text = to_text(rest.iter().take(length));
    rest.drain(..length);
    text
}

/// The first picture of a body is loaded at once, the others when the reader scrolls near them.
fn img(image: Tag<'_>, alt: &str, first: bool) -> String {
    if !has_address(&image) {
        return escaped(alt);
    }
    let html = to_html([Event::Start(image), Event::Text(alt.into()), Event::End(TagEnd::Image)]);
    let open = html.trim_end_matches(" />");
    if first { format!("{open}>") } else { format!("{open} loading=\"lazy\">") }
}

fn escaped(text: &str) -> String {
    to_html([Event::Text(text.into())])
}
