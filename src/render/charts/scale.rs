//! A number as a height, or as a depth of colour.

/// The height of a number where the greatest is as high as `room`: whatever is more than nothing can be seen.
pub(crate) fn height(count: usize, most: usize, room: usize) -> usize {
    match count {
        0 => 0,
        _ => (count * room).div_ceil(most.max(1)).clamp(2, room),
    }
}

/// 0 for nothing, 4 for the greatest.
pub(crate) fn level(count: usize, most: usize) -> usize {
    (count * 4).div_ceil(most.max(1)).min(4)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_greatest_fills_the_room_and_the_least_can_be_seen() {
        assert_eq!([0, 1, 50, 100].map(|count| height(count, 100, 80)), [0, 2, 40, 80]);
        assert_eq!([0, 1, 26, 51, 100].map(|count| level(count, 100)), [0, 1, 2, 3, 4]);
        assert_eq!((height(0, 0, 80), level(0, 0)), (0, 0));
    }
}
