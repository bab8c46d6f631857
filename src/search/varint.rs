//! Variable-length integers (LEB128): seven bits a byte, the lowest first; the high bit is set on all but the last byte.

/// Appends a number.
pub(crate) fn push(out: &mut Vec<u8>, mut number: u32) {
    while number > 0x7F {
        out.push(number as u8 | 0x80);
        number >>= 7;
    }
    out.push(number as u8);
}

/// Removes and returns the first number; 0 where there is none.
pub(crate) fn take(bytes: &mut &[u8]) -> u32 {
    let (mut number, mut shift) = (0, 0);
    while let Some((&byte, rest)) = bytes.split_first() {
        *bytes = rest;
        number |= u32::from(byte & 0x7F) << shift;
        shift += 7;
        if byte < 0x80 {
            break;
        }
    }
    number
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn numbers_are_decoded_as_they_were_encoded(numbers in prop::collection::vec(any::<u32>().prop_map(|n| n >> (n % 32)), 0..9)) {
            let mut bytes = Vec::new();
            numbers.iter().for_each(|&number| push(&mut bytes, number));
            let mut left = bytes.as_slice();
            for number in numbers {
                prop_assert_eq!(take(&mut left), number);
            }
            prop_assert!(left.is_empty() && take(&mut left) == 0);
        }
    }
}
