//! Characters that XML 1.0 cannot hold: finds and removes them.
//!
//! Old encodings leave control characters in a text; they are part neither of XML 1.0 (section 2.2) nor of HTML. Nearly every
//! text is without them, so [`may_hold_invalid_chars`] scans bytes in bulk before anything is decoded character by character.

/// Removes what XML cannot hold from a rendered file.
pub(crate) fn remove_invalid_chars(bytes: Vec<u8>) -> Vec<u8> {
    if !may_hold_invalid_chars(&bytes) {
        return bytes;
    }
    let text = String::from_utf8_lossy(&bytes);
    text.chars().filter(|c| is_valid(*c)).collect::<String>().into_bytes()
}

fn is_valid(c: char) -> bool {
    !matches!(c, '\0'..='\u{8}' | '\u{B}'..='\u{C}' | '\u{E}'..='\u{1F}' | '\u{7F}'..='\u{9F}' | '\u{FFFE}' | '\u{FFFF}')
}

/// Whether UTF-8 text may hold a control character (tab and line break aside), a noncharacter such as U+FDD0 or U+FFFE, or a
/// character beyond the basic plane, of which some are noncharacters. `false` is certain, `true` is not.
pub(crate) fn may_hold_invalid_chars(bytes: &[u8]) -> bool {
    let single = |b: u8| (b < 0x20) & (b != b'\t') & (b != b'\n') & (b != b'\r') | (b == 0x7F) | (b >= 0xF0);
    let pair = |a: u8, b: u8| (a == 0xC2) & (b < 0xA0) | (a == 0xEF) & ((b == 0xBF) | (b == 0xB7));
    let (all, next) = (bytes.chunks(1024), bytes.get(1..).unwrap_or_default().chunks(1024));
    all.clone().any(|part| part.iter().fold(false, |found, &b| found | single(b)))
        || all.zip(next).any(|(part, next)| part.iter().zip(next).fold(false, |found, (&a, &b)| found | pair(a, b)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_invalid_character_is_found_at_any_offset() {
        let is_invalid = |c: &char| {
            c.is_control() && !matches!(c, '\t' | '\n' | '\r')
                || matches!(c, '\u{FDD0}'..='\u{FDEF}')
                || matches!(u32::from(*c) & 0xFFFF, 0xFFFE | 0xFFFF)
        };
        for invalid in (char::MIN..=char::MAX).filter(is_invalid) {
            assert!(may_hold_invalid_chars(format!("产改{invalid}改").as_bytes()), "{invalid:?}");
        }
        for before in 1000..1050 {
            assert!(may_hold_invalid_chars(format!("{}\u{9F}改", "x".repeat(before)).as_bytes()), "{before}");
        }
        assert!(!may_hold_invalid_chars("工人\t日报\r\n“产改”，Ａ１（·）｡".as_bytes()));
    }

    fn cleaned(text: &str) -> String {
        String::from_utf8(remove_invalid_chars(text.into())).unwrap()
    }

    #[test]
    fn invalid_characters_are_removed_at_any_offset() {
        assert_eq!(cleaned("产\u{C}改\u{85}\u{7F}\u{FFFE}\t\r\n·｡"), "产改\t\r\n·｡");
        for before in 1000..1050 {
            let long = "x".repeat(before);
            for invalid in ['\u{8}', '\u{9F}', '\u{FFFF}'] {
                assert_eq!(cleaned(&format!("{long}{invalid}改")), format!("{long}改"), "{before}");
            }
        }
    }
}
