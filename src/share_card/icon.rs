//! The icon of a site: a character on the colour of the site, or a newspaper page.

use crate::share_card::canvas::{Canvas, Ink};
use crate::share_card::card::{HUES, PAPER};

/// The icon of a site, a square of this size, as a PNG file: a character, or where there is none that can be drawn, a newspaper page.
pub(super) fn draw_icon(c: Option<char>, size: u32) -> Vec<u8> {
    /// The parts of the page, on a grid of 32: left, top, width, height.
    const PAGE: [[f32; 4]; 5] = [
        [6.0, 7.0, 20.0, 3.0],
        [6.0, 14.0, 9.0, 2.0],
        [6.0, 18.0, 9.0, 2.0],
        [6.0, 22.0, 9.0, 2.0],
        [17.0, 14.0, 9.0, 10.0],
    ];
    let mut canvas = Canvas::new(size, size);
    let scale = size as f32 / 32.0;
    match c {
        Some(c) => canvas.centred(c, size as f32 * 0.64, Ink::Text),
        None => PAGE.map(|part| part.map(|length| length * scale)).into_iter().for_each(|[x, y, width, height]| {
            canvas.rectangle((x, y), (width, height), Ink::Text);
        }),
    }
    canvas.png(HUES[0], [PAPER; 3])
}
