//! Pictures: `![what it shows](address "caption")`.
//!
//! One that stands alone in a paragraph is a figure, and its title the caption that everybody reads; one within a sentence
//! keeps its title as a hint. One without an address is what it says.

use pulldown_cmark::html::push_html;
use pulldown_cmark::{Event, Tag, TagEnd};
use std::collections::VecDeque;

/// Do these events, which follow the start of a paragraph, hold one image and nothing else?
pub(crate) fn stands_alone(rest: &VecDeque<Event<'_>>) -> bool {
    matches!(rest.front(), Some(Event::Start(Tag::Image { .. })))
        && image_length(rest.iter().skip(1))
            .is_some_and(|length| matches!(rest.get(length + 1), Some(Event::End(TagEnd::Paragraph))))
}

/// The number of events that belong to an image whose start has been read, its end included.
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

/// The HTML of an image within a sentence; takes the events that belong to it.
pub(crate) fn inline(image: Tag<'_>, rest: &mut VecDeque<Event<'_>>, first: bool) -> String {
    let alt = alt(rest);
    img(image, &alt, first)
}

/// The HTML of an image that stands alone; takes the events that belong to it.
pub(crate) fn figure(image: Tag<'_>, rest: &mut VecDeque<Event<'_>>, first: bool) -> String {
    let alt = alt(rest);
    if !has_address(&image) {
        // a picture of the printed page, which its text could not hold: the caption is all there is
        return format!("<figure class=\"unseen\"><figcaption>{}</figcaption></figure>\n", text(&alt));
    }
    let (image, caption) = untitled(image);
    let caption = match caption.trim() {
        "" => String::new(),
        caption => format!("<figcaption>{}</figcaption>", text(caption)),
    };
    format!("<figure>{}{caption}</figure>\n", img(image, &alt, first))
}

fn has_address(image: &Tag<'_>) -> bool {
    !matches!(image, Tag::Image { dest_url, .. } if dest_url.trim().is_empty())
}

fn untitled(image: Tag<'_>) -> (Tag<'_>, String) {
    match image {
        Tag::Image { link_type, dest_url, title, id } => {
            (Tag::Image { link_type, dest_url, title: "".into(), id }, title.into_string())
        }
        other => (other, String::new()),
    }
}

/// What the image shows, in words.
fn alt(rest: &mut VecDeque<Event<'_>>) -> String {
    let length = image_length(rest.iter()).unwrap_or(rest.len());
    let words = rest.drain(..length).map(|event| match event {
        Event::Text(text) | Event::Code(text) => text.into_string(),
        Event::SoftBreak | Event::HardBreak => " ".to_owned(),
        _ => String::new(),
    });
    words.collect()
}

/// The first picture of a body is loaded at once, the others when a reader comes near.
fn img(image: Tag<'_>, alt: &str, first: bool) -> String {
    if !has_address(&image) {
        return text(alt);
    }
    let mut html = String::new();
    push_html(&mut html, [Event::Start(image), Event::Text(alt.into()), Event::End(TagEnd::Image)].into_iter());
    let open = html.trim_end_matches(" />");
    if first { format!("{open}>") } else { format!("{open} loading=\"lazy\">") }
}

fn text(words: &str) -> String {
    let mut html = String::new();
    push_html(&mut html, std::iter::once(Event::Text(words.into())));
    html
}
