//! Lines of text that are turned on the page: their glyphs are put together on a page that is turned so that they are read, and the
//! lines are turned back.

use crate::import::page::printed_page::{Direction, PrintedLine, Rect};

/// How a line lies on the page.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) enum Turn {
    /// from left to right or from top to bottom
    #[default]
    None,
    /// from right to left
    UpsideDown,
    /// from bottom to top
    Upwards,
}

impl Turn {
    /// A place of the page, on the turned page.
    pub(crate) fn read(self, x: f64, y: f64) -> (f64, f64) {
        match self {
            Self::None => (x, y),
            Self::UpsideDown => (-x, -y),
            Self::Upwards => (-y, x),
        }
    }

    /// A rectangle of the turned page, on the page.
    pub(crate) fn on_page(self, rect: Rect) -> Rect {
        match self {
            Self::None => rect,
            Self::UpsideDown => Rect::between(-rect.x0, -rect.y0, -rect.x1, -rect.y1),
            Self::Upwards => Rect::between(rect.y0, -rect.x0, rect.y1, -rect.x1),
        }
    }

    /// A line of the turned page, on the page.
    pub(crate) fn line_on_page(self, mut line: PrintedLine) -> PrintedLine {
        line.rect = self.on_page(line.rect);
        line.words.iter_mut().for_each(|word| word.rect = self.on_page(word.rect));
        if self == Self::Upwards {
            line.direction = match line.direction {
                Direction::Horizontal => Direction::Vertical,
                Direction::Vertical => Direction::Horizontal,
            };
        }
        line
    }
}
