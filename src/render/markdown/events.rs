//! Markdown events as HTML and as plain text.

use pulldown_cmark::html::push_html;
use pulldown_cmark::{Event, Tag, TagEnd};

/// The HTML of events, with text escaped.
pub(crate) fn to_html<'a>(events: impl IntoIterator<Item = Event<'a>>) -> String {
    let mut html = String::new();
    push_html(&mut html, events.into_iter());
    html
}

/// The HTML of plain text.
pub(crate) fn escaped(text: &str) -> String {
    to_html([Event::Text(text.into())])
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

/// Raw HTML as the text that it is; a block of it is a paragraph without a number.
pub(crate) fn as_text(event: Event<'_>) -> Event<'_> {
    match event {
        Event::Start(Tag::HtmlBlock) => Event::Html("<p>".into()),
        Event::End(TagEnd::HtmlBlock) => Event::Html("</p>\n".into()),
        Event::Html(html) | Event::InlineHtml(html) => Event::Text(html),
        other => other,
    }
}
