//! Recognises scans by their first bytes, and reads size and resolution from their heads; no picture is decoded.
//!
//! A head that is damaged has no size: the program that reads the scan says what is wrong with it.

use crate::content::page_name::MAX_PAGES;

/// A format of pictures that OCR programs read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum ScanFormat {
    Png,
    Jpeg,
    Tiff,
    Webp,
}

/// What the head of a picture says.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Scan {
    pub(crate) format: ScanFormat,
    /// width and height in pixels
    pub(crate) size: Option<(u32, u32)>,
    /// pages of the file: a TIFF may have several
    pub(crate) pages: usize,
    /// dots per inch
    dpi: Option<f32>,
}

/// A picture whose longer side is shorter is no scan of a newspaper page: a logo, an ornament.
const LEAST_SIDE: u32 = 600;
/// The height of a page whose resolution is not known: a broadsheet's, in inches.
const HEIGHT: f32 = 540.0 / 25.4;
/// Heights of a page in inches that a resolution may lead to: from that of a clipping to that of the largest papers.
const HEIGHTS: std::ops::RangeInclusive<f32> = 4.0..=32.0;
/// The resolution of a picture of which nothing is known.
const UNKNOWN: f32 = 300.0;
/// Resolutions that OCR programs accept.
const RESOLUTIONS: std::ops::RangeInclusive<f32> = 70.0..=2400.0;

impl Scan {
    /// The scan in these bytes; None where they are no picture.
    pub(crate) fn of(bytes: &[u8]) -> Option<Self> {
        let (format, head) = match bytes {
            [0x89, b'P', b'N', b'G', b'\r', b'\n', 0x1A, b'\n', ..] => (ScanFormat::Png, png(bytes)),
            [0xFF, 0xD8, 0xFF, ..] => (ScanFormat::Jpeg, jpeg(bytes)),
            [b'I', b'I', 42, 0, ..] | [b'M', b'M', 0, 42, ..] => (ScanFormat::Tiff, tiff(bytes)),
            [b'R', b'I', b'F', b'F', _, _, _, _, b'W', b'E', b'B', b'P', ..] => (ScanFormat::Webp, webp(bytes)),
            _ => return None,
        };
        let pages = if format == ScanFormat::Tiff { tiff_pages(bytes) } else { 1 };
        Some(Self { format, size: head.size, pages, dpi: head.dpi })
    }

    /// The extension that programs know the format by.
    pub(crate) fn extension(self) -> &'static str {
        match self.format {
            ScanFormat::Png => "png",
            ScanFormat::Jpeg => "jpg",
            ScanFormat::Tiff => "tif",
            ScanFormat::Webp => "webp",
        }
    }

    /// Whether the picture is too small for a newspaper page.
    pub(crate) fn is_small(self) -> bool {
        self.size.is_some_and(|(width, height)| width.max(height) < LEAST_SIDE)
    }

    /// The resolution to read it with: its own, or one that makes it as high as a broadsheet, where it states none, or one by which
    /// no newspaper page would have its size (72 of a program that knows no better).
    pub(crate) fn resolution(self) -> u32 {
        let height = self.size.map(|(_, height)| height as f32);
        let is_likely = |dpi: f32| height.is_none_or(|height| HEIGHTS.contains(&(height / dpi)));
        let own = self.dpi.filter(|dpi| RESOLUTIONS.contains(dpi) && is_likely(*dpi));
        let of_broadsheet =
            || height.map_or(UNKNOWN, |height| (height / HEIGHT).clamp(*RESOLUTIONS.start(), *RESOLUTIONS.end()));
        own.unwrap_or_else(of_broadsheet).round() as u32
    }
}

/// Size and resolution, as far as they are known.
#[derive(Debug, Clone, Copy, Default)]
struct Head {
    size: Option<(u32, u32)>,
    dpi: Option<f32>,
}

const INCHES_OF_METRE: f32 = 39.370_08;
const CENTIMETRES_OF_INCH: f32 = 2.54;

/// The numbers of a format, in its byte order.
#[derive(Clone, Copy)]
struct Numbers<'a> {
    bytes: &'a [u8],
    is_little: bool,
}

impl Numbers<'_> {
    fn at(self, at: usize, length: usize) -> Option<u32> {
        let bytes = self.bytes.get(at..at.checked_add(length)?)?;
        let add = |sum: u32, byte: &u8| sum << 8 | u32::from(*byte);
        Some(if self.is_little { bytes.iter().rev().fold(0, add) } else { bytes.iter().fold(0, add) })
    }
}

/// Chunks of a length, a name and data; size and resolution stand before the picture.
fn png(bytes: &[u8]) -> Head {
    let numbers = Numbers { bytes, is_little: false };
    let mut head = Head { size: numbers.at(16, 4).zip(numbers.at(20, 4)), dpi: None };
    let mut at = 8;
    while let (Some(length), Some(name)) = (numbers.at(at, 4), bytes.get(at + 4..at + 8)) {
        if name == b"pHYs" && bytes.get(at + 16) == Some(&1) {
            head.dpi = numbers.at(at + 8, 4).map(|per_metre| per_metre as f32 / INCHES_OF_METRE);
        }
        if name == b"IDAT" || name == b"pHYs" {
            break;
        }
        at = at.saturating_add(length as usize).saturating_add(12);
    }
    head
}

/// Segments of a mark and a length, up to that of the frame.
fn jpeg(bytes: &[u8]) -> Head {
    let numbers = Numbers { bytes, is_little: false };
    let mut head = Head::default();
    let mut at = 2;
    while let (Some(0xFF), Some(mark)) = (numbers.at(at, 1), numbers.at(at + 1, 1)) {
        if mark == 0xFF {
            at += 1;
            continue;
        }
        let Some(length) = numbers.at(at + 2, 2) else { break };
        match mark {
            0xE0 if bytes.get(at + 4..at + 8) == Some(b"JFIF") => {
                let per_unit = numbers.at(at + 12, 2).map(|density| density as f32);
                head.dpi = match numbers.at(at + 11, 1) {
                    Some(1) => per_unit,
                    Some(2) => per_unit.map(|density| density * CENTIMETRES_OF_INCH),
                    _ => None,
                };
            }
            // frames; the others of this range are tables and extensions
            0xC0..=0xCF if !matches!(mark, 0xC4 | 0xC8 | 0xCC) => {
                head.size = numbers.at(at + 7, 2).zip(numbers.at(at + 5, 2));
                break;
            }
            0xDA => break,
            _ => {}
        }
        at += 2 + length as usize;
    }
    head
}

/// A directory of entries of twelve bytes: tag, type, count, and the value or its place.
fn tiff(bytes: &[u8]) -> Head {
    let numbers = Numbers { bytes, is_little: bytes.first() == Some(&b'I') };
    let Some(directory) = numbers.at(4, 4).map(|at| at as usize) else { return Head::default() };
    let entries = numbers.at(directory, 2).unwrap_or_default() as usize;
    let entry = |tag: u32| {
        let all = (0..entries).map(|index| directory + 2 + 12 * index);
        all.take_while(|at| *at < bytes.len()).find(|&at| numbers.at(at, 2) == Some(tag))
    };
    let whole = |tag: u32| {
        let at = entry(tag)?;
        numbers.at(at + 8, if numbers.at(at + 2, 2) == Some(3) { 2 } else { 4 })
    };
    let ratio = |tag: u32| {
        let place = numbers.at(entry(tag)? + 8, 4)? as usize;
        Some(numbers.at(place, 4)? as f32 / numbers.at(place + 4, 4)? as f32)
    };
    let dpi = match whole(296).unwrap_or(2) {
        2 => ratio(283),
        3 => ratio(283).map(|density| density * CENTIMETRES_OF_INCH),
        _ => None,
    };
    Head { size: whole(256).zip(whole(257)), dpi: dpi.filter(|dpi| dpi.is_finite()) }
}

/// Directories, each of which names the next one; a page's picture in a smaller size is none.
fn tiff_pages(bytes: &[u8]) -> usize {
    let numbers = Numbers { bytes, is_little: bytes.first() == Some(&b'I') };
    let (mut pages, mut place) = (0, 4);
    for _ in 0..=MAX_PAGES {
        let Some(directory) = numbers.at(place, 4).filter(|&at| at > 0).map(|at| at as usize) else { break };
        let Some(entries) = numbers.at(directory, 2).map(|entries| entries as usize) else { break };
        let entry = |index: usize| directory + 2 + 12 * index;
        let kind = (0..entries).map(entry).find(|&at| numbers.at(at, 2) == Some(254));
        let is_smaller = kind.and_then(|at| numbers.at(at + 8, 4)).is_some_and(|kind| kind & 1 == 1);
        pages += usize::from(!is_smaller);
        place = entry(entries);
    }
    pages.max(1)
}

/// The first chunk: of a lossy picture, of a lossless one, or of both with more.
fn webp(bytes: &[u8]) -> Head {
    let numbers = Numbers { bytes, is_little: true };
    let both = |first: Option<u32>, second: Option<u32>, bits: u32| {
        first.zip(second).map(|(width, height)| (width & bits, height & bits))
    };
    let size = match bytes.get(12..16) {
        Some(b"VP8 ") => both(numbers.at(26, 2), numbers.at(28, 2), 0x3FFF),
        Some(b"VP8L") => {
            let packed = numbers.at(21, 4);
            both(packed, packed.map(|packed| packed >> 14), 0x3FFF).map(|(width, height)| (width + 1, height + 1))
        }
        Some(b"VP8X") => both(numbers.at(24, 3), numbers.at(27, 3), 0xFF_FFFF).map(|(w, h)| (w + 1, h + 1)),
        _ => None,
    };
    Head { size, dpi: None }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// A PNG up to its picture; `per_metre` is its resolution.
    fn png(width: u32, height: u32, per_metre: Option<u32>) -> Vec<u8> {
        let mut bytes = b"\x89PNG\r\n\x1A\n\0\0\0\x0DIHDR".to_vec();
        bytes.extend([width, height].map(u32::to_be_bytes).concat());
        bytes.extend(b"\x08\0\0\0\0CRC.");
        if let Some(per_metre) = per_metre {
            bytes.extend(
                [&b"\0\0\0\x09pHYs"[..], &per_metre.to_be_bytes(), &per_metre.to_be_bytes(), b"\x01CRC."].concat(),
            );
        }
        bytes.extend(b"\0\0\0\0IDATCRC.");
        bytes
    }

    fn jpeg() -> Vec<u8> {
        let jfif = b"\xFF\xD8\xFF\xE0\0\x10JFIF\0\x01\x01\x02\0\x76\0\x76\0\0";
        [&jfif[..], b"\xFF\xC4\0\x04xx", b"\xFF\xC2\0\x0B\x08\x12\x34\x10\0\x01\x01\x11\0"].concat()
    }

    fn tiff() -> Vec<u8> {
        let entry = |tag: u16, kind: u16, value: u32| {
            [&tag.to_le_bytes()[..], &kind.to_le_bytes(), &1_u32.to_le_bytes(), &value.to_le_bytes()].concat()
        };
        let entries = [entry(256, 3, 4000), entry(257, 4, 6000), entry(283, 5, 62), entry(296, 3, 2)].concat();
        [b"II*\0\x08\0\0\0\x04\0", &entries[..], b"\0\0\0\0", &300_u32.to_le_bytes(), &1_u32.to_le_bytes()].concat()
    }

    #[test]
    fn size_and_resolution_are_read_of_every_format() {
        let read = |bytes: &[u8]| Scan::of(bytes).map(|scan| (scan.format, scan.size, scan.resolution()));
        assert_eq!(read(&png(3071, 4252, Some(7874))), Some((ScanFormat::Png, Some((3071, 4252)), 200)));
        assert_eq!(read(&jpeg()), Some((ScanFormat::Jpeg, Some((4096, 4660)), 300)));
        assert_eq!(read(&tiff()), Some((ScanFormat::Tiff, Some((4000, 6000)), 300)));
        let webp = b"RIFF....WEBPVP8X\x0A\0\0\0\0\0\0\0\xFF\x0F\0\xFF\x1F\0";
        assert_eq!(read(webp), Some((ScanFormat::Webp, Some((4096, 8192)), 385)));
        assert_eq!(read(b"%PDF-1.4"), None);
        assert_eq!(read(b"\xFF\xD8\xFF"), Some((ScanFormat::Jpeg, None, 300)));
    }

    #[test]
    fn a_resolution_that_no_page_has_is_replaced() {
        let resolution = |height: u32, dpi: f32| {
            Scan::of(&png(height * 3 / 4, height, Some((dpi * INCHES_OF_METRE) as u32))).unwrap().resolution()
        };
        assert_eq!((resolution(6378, 72.0), resolution(6378, 301.0)), (300, 301));
        assert_eq!(resolution(1000, 96.0), 96, "a small clipping, from the screen");
        assert_eq!(Scan::of(&png(3071, 4252, None)).unwrap().resolution(), 200);
        assert!(
            Scan::of(&png(599, 10, None)).unwrap().is_small() && !Scan::of(&png(599, 600, None)).unwrap().is_small()
        );
    }

    proptest! {
        #[test]
        fn a_damaged_head_has_no_size_and_a_resolution_that_can_be_used(
            sample in prop::sample::select(vec![png(9, 9, Some(9)), jpeg(), tiff(), b"RIFF....WEBPVP8L".to_vec()]),
            changes in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 0..6),
            end in any::<prop::sample::Index>(),
        ) {
            let mut bytes = sample;
            for (at, byte) in changes {
                let at = at.index(bytes.len());
                bytes[at] = byte;
            }
            bytes.truncate(end.index(bytes.len() + 1));
            let _ = Scan::of(&bytes).map(Scan::resolution);
        }
    }
}
