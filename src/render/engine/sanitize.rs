//! What no document can hold is taken out of a page's bytes, last of all.

use crate::text::xml_chars::may_hold_odd;

/// Without control characters, which old encodings leave in a text: they are no part of XML 1.0 (section 2.2) or HTML.
pub(crate) fn fit_for_a_document(bytes: Vec<u8>) -> Vec<u8> {
    if !may_hold_odd(&bytes) {
        return bytes;
    }
    let text = String::from_utf8_lossy(&bytes);
    text.chars().filter(|c| can_stand_in_a_document(*c)).collect::<String>().into_bytes()
}

fn can_stand_in_a_document(c: char) -> bool {
    !matches!(c, '\0'..='\u{8}' | '\u{B}'..='\u{C}' | '\u{E}'..='\u{1F}' | '\u{7F}'..='\u{9F}' | '\u{FFFE}' | '\u{FFFF}')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn fit(text: &str) -> String {
        String::from_utf8(fit_for_a_document(text.into())).unwrap()
    }

    #[test]
    fn control_characters_go_wherever_they_stand() {
        assert_eq!(fit("产\u{C}改\u{85}\u{7F}\u{FFFE}\t\r\n·｡"), "产改\t\r\n·｡");
        for before in 1000..1050 {
            let long = "x".repeat(before);
            for odd in ['\u{8}', '\u{9F}', '\u{FFFF}'] {
                assert_eq!(fit(&format!("{long}{odd}改")), format!("{long}改"), "{before}");
            }
        }
    }
}
