//! What no document can hold is taken out of a page's bytes, last of all.

/// Without control characters, which old encodings leave in a text: they are no part of XML 1.0 (section 2.2) or HTML.
pub fn fit_for_a_document(bytes: Vec<u8>) -> Vec<u8> {
    if !is_suspect(&bytes) {
        return bytes;
    }
    let text = String::from_utf8_lossy(&bytes);
    text.chars().filter(|c| can_stand_in_a_document(*c)).collect::<String>().into_bytes()
}

/// Whether a byte, or a pair, can be of such a character. Nearly every text is without them, and so many bytes at once are
/// looked through faster than one after the other.
fn is_suspect(bytes: &[u8]) -> bool {
    let alone = |b: u8| (b < 0x20) & (b != b'\t') & (b != b'\n') & (b != b'\r') | (b == 0x7F);
    let pair = |a: u8, b: u8| (a == 0xC2) & (b < 0xA0) | (a == 0xEF) & (b == 0xBF);
    let (all, next) = (bytes.chunks(1024), bytes.get(1..).unwrap_or_default().chunks(1024));
    all.clone().any(|part| part.iter().fold(false, |found, &b| found | alone(b)))
        || all.zip(next).any(|(part, next)| part.iter().zip(next).fold(false, |found, (&a, &b)| found | pair(a, b)))
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
