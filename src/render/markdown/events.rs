//! Sequences of Markdown events as HTML and as plain text.

use pulldown_cmark::Event;
use pulldown_cmark::html::push_html;

/// The HTML of events, with text escaped.
pub(crate) fn to_html<'a>(events: impl IntoIterator<Item = Event<'a>>) -> String {
    let mut html = String::new();
    push_html(&mut html, events.into_iter());
    html
}

/// The text of inline events; a line break becomes a space.
pub(crate) fn to_text<'e, 'a: 'e>(events: impl IntoIterator<Item = &'e Event<'a>>) -> String {
    let text = events.into_iter().map(|event| match event {
        Event::Text(text) | Event::Code(text) => text,
        Event::SoftBreak | Event::HardBreak => " ",
        _ => "",
    });
    text.collect()
}
