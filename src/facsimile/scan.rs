//! The picture of a page in a file: PNG, JPEG or WebP.

use crate::diagnostics::message::Message;
use crate::facsimile::picture::Picture;
use crate::message;
use image_webp::WebPDecoder;
use std::io::Cursor;
use zune_jpeg::JpegDecoder;
use zune_jpeg::zune_core::bytestream::ZCursor;
use zune_jpeg::zune_core::colorspace::ColorSpace;
use zune_jpeg::zune_core::options::DecoderOptions;

/// Pixels on a side, and bytes of a decoded picture, at most: a broadsheet at 600 dots an inch has 9,200 × 12,800.
const MAX_SIDE: u32 = 20_000;
const MAX_BYTES: usize = 600 << 20;

/// The picture in a file's bytes, at most as wide as `width`; or why there is none.
pub(super) fn decode_scan(bytes: &[u8], width: u32) -> Result<Picture, Message> {
    let picture = match bytes {
        [0x89, b'P', b'N', b'G', ..] => decode_png(bytes),
        [0xFF, 0xD8, 0xFF, ..] => decode_jpeg(bytes),
        [b'R', b'I', b'F', b'F', _, _, _, _, b'W', b'E', b'B', b'P', ..] => decode_webp(bytes),
        _ => Err(message!("it is neither a PNG nor a JPEG nor a WebP picture")),
    }?;
    Ok(picture.at_most(width))
}

/// The bytes of a picture's pixels; or why it is not decoded.
fn size(width: u32, height: u32, channels: usize) -> Result<usize, Message> {
    if width == 0 || height == 0 {
        return Err(message!("the picture is empty"));
    }
    let size = (width as usize).checked_mul(height as usize).and_then(|pixels| pixels.checked_mul(channels));
    let is_small = |size: &usize| width <= MAX_SIDE && height <= MAX_SIDE && *size <= MAX_BYTES;
    size.filter(is_small).ok_or_else(|| message!("a picture of {width} × {height} pixels is too large", width, height))
}

fn decode_png(bytes: &[u8]) -> Result<Picture, Message> {
    let mut decoder = png::Decoder::new_with_limits(Cursor::new(bytes), png::Limits { bytes: MAX_BYTES });
    // palettes and few shades of grey become 8 bits a channel, and so do 16
    decoder.set_transformations(png::Transformations::normalize_to_color8());
    let mut reader = decoder.read_info().map_err(|error| Message::verbatim(error.to_string()))?;
    let (width, height) = reader.info().size();
    let channels = reader.output_color_type().0.samples();
    let mut pixels = vec![0; size(width, height, channels)?];
    reader.next_frame(&mut pixels).map_err(|error| Message::verbatim(error.to_string()))?;
    Ok(Picture { width, height, rgb: rgb(pixels, channels) })
}

fn decode_jpeg(bytes: &[u8]) -> Result<Picture, Message> {
    let side = MAX_SIDE as usize;
    let options = DecoderOptions::default().set_strict_mode(false).set_max_width(side).set_max_height(side);
    let mut decoder = JpegDecoder::new_with_options(ZCursor::new(bytes), options);
    decoder.decode_headers().map_err(|error| Message::verbatim(error.to_string()))?;
    let (colours, channels) = match decoder.input_colorspace() {
        Some(ColorSpace::Luma) => (ColorSpace::Luma, 1),
        _ => (ColorSpace::RGB, 3),
    };
    decoder.set_options(options.jpeg_set_out_colorspace(colours));
    let (width, height) = decoder.dimensions().unwrap_or_default();
    let (width, height) = (u32::try_from(width).unwrap_or(u32::MAX), u32::try_from(height).unwrap_or(u32::MAX));
    let mut pixels = vec![0; size(width, height, channels)?];
    decoder.decode_into(&mut pixels).map_err(|error| Message::verbatim(error.to_string()))?;
    Ok(Picture { width, height, rgb: rgb(pixels, channels) })
}

fn decode_webp(bytes: &[u8]) -> Result<Picture, Message> {
    let mut decoder = WebPDecoder::new(Cursor::new(bytes)).map_err(|error| Message::verbatim(error.to_string()))?;
    decoder.set_memory_limit(MAX_BYTES);
    let (width, height) = decoder.dimensions();
    let channels = if decoder.has_alpha() { 4 } else { 3 };
    let mut pixels = vec![0; size(width, height, channels)?];
    decoder.read_image(&mut pixels).map_err(|error| Message::verbatim(error.to_string()))?;
    Ok(Picture { width, height, rgb: rgb(pixels, channels) })
}

/// Red, green and blue of pixels of so many channels: grey, grey and opacity, colours, colours and opacity. Opacity is dropped, as a
/// scan has none.
fn rgb(pixels: Vec<u8>, channels: usize) -> Vec<u8> {
    match channels {
        3 => pixels,
        4 => pixels.chunks_exact(4).flat_map(|pixel| [pixel[0], pixel[1], pixel[2]]).collect(),
        _ => pixels.chunks_exact(channels).flat_map(|pixel| [pixel[0]; 3]).collect(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A PNG of two rows: its pixels in so many channels of 8 bits.
    fn png(colours: png::ColorType, pixels: &[u8]) -> Vec<u8> {
        let mut file = Vec::new();
        let width = pixels.len() / 2 / colours.samples();
        let mut encoder = png::Encoder::new(&mut file, width as u32, 2);
        encoder.set_color(colours);
        encoder.set_depth(png::BitDepth::Eight);
        encoder.write_header().unwrap().write_image_data(pixels).unwrap();
        file
    }

    #[test]
    fn pictures_of_all_kinds_of_pixels_have_three_channels() {
        let grey = [9, 9, 9, 7, 7, 7];
        for (colours, pixels, expected) in [
            (png::ColorType::Grayscale, &[9, 7][..], grey),
            (png::ColorType::GrayscaleAlpha, &[9, 255, 7, 0], grey),
            (png::ColorType::Rgb, &[1, 2, 3, 4, 5, 6], [1, 2, 3, 4, 5, 6]),
            (png::ColorType::Rgba, &[1, 2, 3, 0, 4, 5, 6, 255], [1, 2, 3, 4, 5, 6]),
        ] {
            let picture = decode_scan(&png(colours, pixels), 100).unwrap();
            assert_eq!((picture.width, picture.height, &picture.rgb[..]), (1, 2, &expected[..]), "{colours:?}");
        }
    }

    #[test]
    fn a_jpeg_is_decoded_in_grey_and_in_colour() {
        let encode = |colours: jpeg_encoder::ColorType, pixels: &[u8]| {
            let mut file = Vec::new();
            jpeg_encoder::Encoder::new(&mut file, 95).encode(pixels, 8, 8, colours).unwrap();
            file
        };
        let grey = decode_scan(&encode(jpeg_encoder::ColorType::Luma, &[200; 64]), 100).unwrap();
        let colour = decode_scan(&encode(jpeg_encoder::ColorType::Rgb, &[200, 100, 50].repeat(64)), 100).unwrap();
        assert_eq!((grey.rgb.len(), colour.rgb.len()), (192, 192));
        let is_near = |pixel: &[u8], expected: [u8; 3]| pixel.iter().zip(expected).all(|(a, b)| a.abs_diff(b) < 6);
        assert!(is_near(&grey.rgb[..3], [200; 3]) && is_near(&colour.rgb[..3], [200, 100, 50]));
    }

    #[test]
    fn a_picture_that_is_damaged_or_too_large_is_none() {
        let whole = png(png::ColorType::Grayscale, &[0; 20_000]);
        assert!(decode_scan(&whole[..40], 100).is_err() && decode_scan(b"GIF89a", 100).is_err());
        assert!(size(20_001, 1, 3).is_err() && size(0, 9, 3).is_err() && size(20_000, 20_000, 4).is_err());
        for start in [&b"\x89PNG\r\n\x1a\n"[..], b"\xFF\xD8\xFF\xE0", b"RIFF\x04\0\0\0WEBP"] {
            assert!(decode_scan(start, 100).is_err());
        }
    }
}
