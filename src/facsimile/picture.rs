//! The pixels of a page, and smaller copies of them.

/// A picture of three bytes a pixel: red, green, blue.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Picture {
    pub(super) width: u32,
    pub(super) height: u32,
    pub(super) rgb: Vec<u8>,
}

impl Picture {
    /// This picture with at most this width; each pixel is the mean of those that it stands for.
    pub(super) fn at_most(self, width: u32) -> Self {
        if self.width <= width || width == 0 { self } else { self.shrunk(width) }
    }

    /// A smaller copy of this width.
    pub(super) fn shrunk(&self, width: u32) -> Self {
        let height = (u64::from(self.height) * u64::from(width) / u64::from(self.width.max(1))).max(1) as u32;
        let mut rgb = Vec::with_capacity(width as usize * height as usize * 3);
        let span = |at: u32, of: u32, from: u32| {
            let start = (u64::from(at) * u64::from(from) / u64::from(of)) as usize;
            let end = (u64::from(at + 1) * u64::from(from)).div_ceil(u64::from(of)) as usize;
            start..end.clamp(start + 1, (from as usize).max(start + 1))
        };
        for y in 0..height {
            let rows = span(y, height, self.height);
            for x in 0..width {
                let columns = span(x, width, self.width);
                let mut sum = [0u32; 3];
                for row in rows.clone() {
                    let start = row * self.width as usize;
                    let pixels = &self.rgb[(start + columns.start) * 3..(start + columns.end) * 3];
                    for pixel in pixels.chunks_exact(3) {
                        (0..3).for_each(|channel| sum[channel] += u32::from(pixel[channel]));
                    }
                }
                let count = (rows.len() * columns.len()) as u32;
                rgb.extend(sum.map(|sum| (sum / count) as u8));
            }
        }
        Self { width, height, rgb }
    }

    /// Whether no pixel has a colour to speak of.
    pub(super) fn is_grey(&self) -> bool {
        self.rgb.chunks_exact(3).all(|pixel| pixel.iter().max().zip(pixel.iter().min()).is_none_or(|(a, b)| a - b < 6))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_smaller_picture_has_the_means_of_its_pixels() {
        let row = |values: [u8; 4]| values.into_iter().flat_map(|value| [value; 3]);
        let rgb = row([0, 100, 200, 200]).chain(row([100, 200, 0, 0])).collect();
        let picture = Picture { width: 4, height: 2, rgb };
        let small = picture.clone().at_most(2);
        assert_eq!((small.width, small.height, small.rgb.as_slice()), (2, 1, &[100, 100, 100, 100, 100, 100][..]));
        assert_eq!(picture.clone().at_most(9), picture);
        assert!(small.is_grey());
        let odd = picture.shrunk(3);
        assert_eq!((odd.width, odd.height, odd.rgb.len()), (3, 1, 9));
    }
}
