//! The picture of a page in a file: PNG, JPEG or WebP.

use crate::facsimile::picture::Picture;
use image::{ImageReader, Limits};
use std::io::Cursor;

/// Pixels on a side, and bytes of a decoded picture, at most: a broadsheet at 600 dots an inch has 9,200 × 12,800.
const MAX_SIDE: u32 = 20_000;
const MAX_BYTES: u64 = 600 << 20;

/// The picture in a file's bytes, at most as wide as `width`; or why there is none.
pub(super) fn decode_scan(bytes: &[u8], width: u32) -> Result<Picture, String> {
    let mut reader = ImageReader::new(Cursor::new(bytes)).with_guessed_format().map_err(|error| error.to_string())?;
    let mut limits = Limits::default();
    limits.max_image_width = Some(MAX_SIDE);
    limits.max_image_height = Some(MAX_SIDE);
    limits.max_alloc = Some(MAX_BYTES);
    reader.limits(limits);
    let decoded = reader.decode().map_err(|error| error.to_string())?.into_rgb8();
    let picture = Picture { width: decoded.width(), height: decoded.height(), rgb: decoded.into_raw() };
    if picture.width == 0 || picture.height == 0 {
        return Err("the picture is empty".to_owned());
    }
    Ok(picture.at_most(width))
}
