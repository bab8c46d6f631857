//! Pictures inside a page, as pixels that a canvas can draw.

use hayro_interpret::{ImageData, LumaData};
use tiny_skia::{IntSize, Pixmap};

/// Pixels of a picture inside a page, at most: a broadsheet at 600 dots an inch.
pub(super) const MAX_PIXELS: u64 = 120_000_000;

/// The pixels of a picture, each the mean of `by × by` of its own; none where it has none.
pub(super) fn raster(image: &ImageData, alpha: Option<&LumaData>, by: u32) -> Option<Pixmap> {
    let (width, height) = (image.width(), image.height());
    let alpha_at = |x: u32, y: u32| {
        alpha.map_or(255, |alpha| {
            let at = |at: u32, of: u32, size: u32| (u64::from(at) * u64::from(size) / u64::from(of.max(1))) as usize;
            let index = at(y, height, alpha.height) * alpha.width as usize + at(x, width, alpha.width);
            alpha.data.get(index).copied().unwrap_or(255)
        })
    };
    let index = |x: u32, y: u32| y as usize * width as usize + x as usize;
    pixmap(width, height, by, |x, y| {
        let at = index(x, y);
        let [red, green, blue] = match image {
            ImageData::Rgb(rgb) => {
                rgb.data.get(at * 3..at * 3 + 3).and_then(|it| it.try_into().ok()).unwrap_or([255; 3])
            }
            ImageData::Luma(luma) => [luma.data.get(at).copied().unwrap_or(255); 3],
        };
        [red, green, blue, alpha_at(x, y)]
    })
}

/// A stencil: one colour, with the stencil's values as its opacity.
pub(super) fn stencil(stencil: &LumaData, colour: [u8; 4], by: u32) -> Option<Pixmap> {
    let [red, green, blue, opacity] = colour;
    pixmap(stencil.width, stencil.height, by, |x, y| {
        let at = y as usize * stencil.width as usize + x as usize;
        let value = u32::from(stencil.data.get(at).copied().unwrap_or(0)) * u32::from(opacity) / 255;
        [red, green, blue, value as u8]
    })
}

/// Premultiplied pixels, each the mean of `by × by`.
fn pixmap(width: u32, height: u32, by: u32, pixel: impl Fn(u32, u32) -> [u8; 4]) -> Option<Pixmap> {
    let by = by.max(1);
    let (columns, rows) = (width.div_ceil(by), height.div_ceil(by));
    let mut data = Vec::with_capacity(columns as usize * rows as usize * 4);
    for row in 0..rows {
        for column in 0..columns {
            let (mut sum, mut count) = ([0u32; 4], 0);
            for y in row * by..(row * by + by).min(height) {
                for x in column * by..(column * by + by).min(width) {
                    let [red, green, blue, alpha] = pixel(x, y).map(u32::from);
                    sum = [sum[0] + red * alpha, sum[1] + green * alpha, sum[2] + blue * alpha, sum[3] + alpha];
                    count += 1;
                }
            }
            let count = count.max(1);
            let alpha = sum[3] / count;
            data.extend([0, 1, 2].map(|channel| (sum[channel] / 255 / count).min(alpha) as u8));
            data.push(alpha as u8);
        }
    }
    Pixmap::from_vec(data, IntSize::from_wh(columns, rows)?)
}
