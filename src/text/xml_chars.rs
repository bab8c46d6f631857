//! Characters that no document can hold, looked for in passing.
//!
//! Nearly every text is without them, and many bytes at once are looked through faster than one character after the other.

/// Whether a byte, or a pair, may be of a control character (tab and line break aside), of a noncharacter such as U+FDD0 or
/// U+FFFE, or of a character beyond the basic plane, of which some are. Where it is false, the text holds none.
pub(crate) fn may_hold_odd(bytes: &[u8]) -> bool {
    let alone = |b: u8| (b < 0x20) & (b != b'\t') & (b != b'\n') & (b != b'\r') | (b == 0x7F) | (b >= 0xF0);
    let pair = |a: u8, b: u8| (a == 0xC2) & (b < 0xA0) | (a == 0xEF) & ((b == 0xBF) | (b == 0xB7));
    let (all, next) = (bytes.chunks(1024), bytes.get(1..).unwrap_or_default().chunks(1024));
    all.clone().any(|part| part.iter().fold(false, |found, &b| found | alone(b)))
        || all.zip(next).any(|(part, next)| part.iter().zip(next).fold(false, |found, (&a, &b)| found | pair(a, b)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_odd_character_is_seen_wherever_it_stands() {
        let is_odd = |c: &char| {
            c.is_control() && !matches!(c, '\t' | '\n' | '\r')
                || matches!(c, '\u{FDD0}'..='\u{FDEF}')
                || matches!(u32::from(*c) & 0xFFFF, 0xFFFE | 0xFFFF)
        };
        for odd in (char::MIN..=char::MAX).filter(is_odd) {
            assert!(may_hold_odd(format!("产改{odd}改").as_bytes()), "{odd:?}");
        }
        for before in 1000..1050 {
            assert!(may_hold_odd(format!("{}\u{9F}改", "x".repeat(before)).as_bytes()), "{before}");
        }
        assert!(!may_hold_odd("工人\t日报\r\n“产改”，Ａ１（·）｡".as_bytes()));
    }
}
