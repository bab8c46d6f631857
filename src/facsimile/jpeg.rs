//! Pictures as JPEG files of bounded size.

use crate::facsimile::picture::Picture;
use jpeg_encoder::{ColorType, Encoder, SamplingFactor};

/// Qualities that are tried, best first.
const QUALITIES: [u8; 4] = [78, 66, 54, 42];
/// Where the worst quality is still too large, the picture is made smaller to this part of its width.
const SMALLER: f64 = 0.8;

/// The picture in a file of at most `most` bytes, as wide and as good as that allows, and its width.
pub(super) fn jpeg_within(picture: &Picture, most: usize) -> Option<Vec<u8>> {
    let mut smaller: Option<Picture> = None;
    loop {
        let picture = smaller.as_ref().unwrap_or(picture);
        for quality in QUALITIES {
            let bytes = jpeg(picture, quality)?;
            if bytes.len() <= most {
                return Some(bytes);
            }
        }
        if picture.width < 200 {
            return None;
        }
        smaller = Some(picture.shrunk((f64::from(picture.width) * SMALLER) as u32));
    }
}

fn jpeg(picture: &Picture, quality: u8) -> Option<Vec<u8>> {
    let mut bytes = Vec::new();
    let mut encoder = Encoder::new(&mut bytes, quality);
    encoder.set_sampling_factor(SamplingFactor::F_2_2);
    encoder.set_optimized_huffman_tables(true);
    let (width, height) = (u16::try_from(picture.width).ok()?, u16::try_from(picture.height).ok()?);
    if picture.is_grey() {
        let grey: Vec<u8> = picture.rgb.iter().skip(1).step_by(3).copied().collect();
        encoder.encode(&grey, width, height, ColorType::Luma).ok()?;
    } else {
        encoder.encode(&picture.rgb, width, height, ColorType::Rgb).ok()?;
    }
    Some(bytes)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_picture_that_hardly_compresses_becomes_smaller_until_it_fits() {
        let mut state = 7u32;
        let noise = |_| {
            state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            (state >> 24) as u8
        };
        let picture = Picture { width: 400, height: 500, rgb: (0..400 * 500 * 3).map(noise).collect() };
        let bytes = jpeg_within(&picture, 40_000).expect("it fits when it is small enough");
        assert!(bytes.len() <= 40_000 && bytes.starts_with(&[0xFF, 0xD8]), "{}", bytes.len());
        let whole = jpeg_within(&picture, 4_000_000).expect("it fits");
        assert!(whole.len() > 40_000, "{}", whole.len());
    }
}
