//! A mail as a file (RFC 5322, RFC 2045 to 2047): plain text and HTML, of which a mail program shows the one that it can.
//!
//! It names no sender, no recipient and no date: `X-Unsent` makes mail programs open it as a draft, and scripts put these lines in
//! front. Texts are in base64, which no mail server rewrites.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use std::fmt::Write;

/// The most bytes of text whose base64 fits into a line of 76 characters.
const LINE: usize = 57;
/// The most bytes of text in an encoded word: behind `Subject: ` too, its line has 76 characters at most.
const WORD: usize = 39;

/// The mail of a text in two forms.
pub(crate) fn message(subject: &str, text: &[u8], html: &[u8]) -> Vec<u8> {
    let digest = blake3::hash(&[text, html].concat()).to_hex();
    // base64 has no underscore, so that no line of a text is this one
    let boundary = format!("=_wenzhai_{}", &digest[..24]);
    let mut message = format!(
        "X-Unsent: 1\r\nSubject: {}\r\nMIME-Version: 1.0\r\nContent-Type: multipart/alternative;\r\n boundary=\"{boundary}\"\r\n",
        encoded_words(subject)
    );
    for (kind, bytes) in [("plain", text), ("html", html)] {
        let _ = write!(
            message,
            "\r\n--{boundary}\r\nContent-Type: text/{kind}; charset=utf-8\r\nContent-Transfer-Encoding: base64\r\n\r\n"
        );
        // lines of a text end with CR LF, also below base64 (RFC 2045, section 6.8)
        let lines = String::from_utf8_lossy(bytes).replace("\r\n", "\n").replace('\n', "\r\n");
        lines.as_bytes().chunks(LINE).for_each(|line| {
            message.push_str(&STANDARD.encode(line));
            message.push_str("\r\n");
        });
    }
    let _ = write!(message, "\r\n--{boundary}--\r\n");
    message.into_bytes()
}

/// A header's text as encoded words (RFC 2047), each on a line of its own; no character is in two of them.
fn encoded_words(text: &str) -> String {
    let text: String = text.chars().map(|c| if c.is_control() { ' ' } else { c }).collect();
    let mut words: Vec<String> = Vec::new();
    for c in text.trim().chars() {
        match words.last_mut().filter(|word| word.len() + c.len_utf8() <= WORD) {
            Some(word) => word.push(c),
            None => words.push(c.to_string()),
        }
    }
    let words: Vec<String> = words.iter().map(|word| format!("=?utf-8?B?{}?=", STANDARD.encode(word))).collect();
    words.join("\r\n ")
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn a_subject_cannot_begin_another_header() {
        let subject = encoded_words("文摘\r\nBcc: a@b.cn");
        assert_eq!(subject.lines().count(), 1, "{subject}");
        assert!(!subject.contains("Bcc"), "{subject}");
    }

    proptest! {
        #[test]
        fn every_line_is_short_and_the_subject_can_be_read(subject in "\\PC{0,80}", text in "\\PC{0,300}") {
            let mail = String::from_utf8(message(&subject, text.as_bytes(), text.as_bytes())).unwrap();
            prop_assert!(mail.split("\r\n").all(|line| line.len() <= 76 && line.is_ascii()), "{mail}");
            let words = mail.split("=?utf-8?B?").skip(1).map(|word| word.split("?=").next().unwrap());
            let read: Vec<u8> = words.flat_map(|word| STANDARD.decode(word).unwrap()).collect();
            prop_assert_eq!(String::from_utf8(read).unwrap(), subject.trim());
        }
    }
}
