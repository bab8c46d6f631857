//! Tables: each in a frame that scrolls, with the alignment of columns as classes: a style attribute would be forbidden by a
//! `Content-Security-Policy`.

use crate::render::engine::i18n::Messages;
use pulldown_cmark::{Alignment, Event, Tag, TagEnd};

/// The tables of a body so far, and the columns of the one that is being written.
#[derive(Debug, Default)]
pub(crate) struct Tables {
    count: usize,
    alignments: Vec<Alignment>,
    /// the column of the next cell
    next: usize,
    in_head: bool,
}

impl Tables {
    /// The start of a table and of its frame, without alignments for the writer to write.
    pub(crate) fn start<'a>(&mut self, alignments: Vec<Alignment>, messages: Messages) -> [Event<'a>; 2] {
        let unaligned = vec![Alignment::None; alignments.len()];
        *self = Self { count: self.count + 1, alignments, ..Self::default() };
        let label = messages.count("table", self.count);
        let frame = format!("<div class=\"table\" role=\"region\" aria-label=\"{label}\" tabindex=\"0\">");
        [Event::Html(frame.into()), Event::Start(Tag::Table(unaligned))]
    }

    /// The event to write for one of a row or a cell; any other is returned unchanged.
    pub(crate) fn event<'a>(&mut self, event: Event<'a>) -> Event<'a> {
        match &event {
            Event::Start(row @ (Tag::TableHead | Tag::TableRow)) => {
                self.in_head = *row == Tag::TableHead;
                self.next = 0;
            }
            Event::Start(Tag::TableCell) => {
                let alignment = self.alignments.get(self.next).copied();
                self.next += 1;
                if let Some(class) = alignment.and_then(class) {
                    let cell = if self.in_head { "th" } else { "td" };
                    return Event::InlineHtml(format!("<{cell} class=\"{class}\">").into());
                }
            }
            _ => {}
        }
        event
    }
}

/// The class of a column; the style sheet aligns the others to the left.
fn class(alignment: Alignment) -> Option<&'static str> {
    match alignment {
        Alignment::Center => Some("center"),
        Alignment::Right => Some("right"),
        Alignment::None | Alignment::Left => None,
    }
}

/// The end of a table and of its frame.
pub(crate) fn end<'a>() -> [Event<'a>; 2] {
    [Event::End(TagEnd::Table), Event::Html("</div>\n".into())]
}
