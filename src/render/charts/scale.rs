//! Scales of charts: a number as a height, or as a shade of colour.

/// The height of a number if the greatest, `most`, is as high as `max_height`. A number above 0 is at least 2 high, to be visible.
pub(crate) fn height(count: usize, most: usize, max_height: usize) -> usize {
    match count {
        0 => 0,
        _ => (count * max_height).div_ceil(most.max(1)).clamp(2, max_height),
    }
}

/// The shade of a number: 0 for none, 1 to 4 in proportion to the greatest.
pub(crate) fn level(count: usize, most: usize) -> usize {
    (count * 4).div_ceil(most.max(1)).min(4)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_greatest_has_full_height_and_the_least_is_visible() {
        assert_eq!([0, 1, 50, 100].map(|count| height(count, 100, 80)), [0, 2, 40, 80]);
        assert_eq!([0, 1, 26, 51, 100].map(|count| level(count, 100)), [0, 1, 2, 3, 4]);
        assert_eq!((height(0, 0, 80), level(0, 0)), (0, 0));
    }
}
