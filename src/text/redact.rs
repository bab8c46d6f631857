//! Redaction of credentials: user names and passwords in URLs.
//!
//! A URL may contain a token (`https://name:token@host/…`), and other programs repeat it in their messages. All of their
//! output is redacted before it is shown.

/// The text, with `…` for the user information of every URL. Without a password the user name remains in other schemes than
/// http: in `ssh://git@host/` it is no secret.
pub(crate) fn redacted(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find("://") {
        let (before, address) = rest.split_at(at + "://".len());
        out.push_str(before);
        rest = address;
        let authority = &address[..address.find(ends_authority).unwrap_or(address.len())];
        if let Some(end) = authority.rfind('@') {
            let is_secret =
                before.ends_with("http://") || before.ends_with("https://") || authority[..end].contains(':');
            out.push_str(if is_secret { "…" } else { &authority[..end] });
            rest = &address[end..];
        }
    }
    out + rest
}

fn ends_authority(c: char) -> bool {
    matches!(c, '/' | '?' | '#' | '\'' | '"') || c.is_whitespace()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn a_token_in_a_url_is_redacted() {
        let cases = [
            ("https://geheim@host/r.git", "https://…@host/r.git"),
            ("fatal: 'https://u:ge@heim@host:8/r' and http://x:y@z", "fatal: 'https://…@host:8/r' and http://…@z"),
            ("ssh://git@host/r and git@host:r", "ssh://git@host/r and git@host:r"),
            ("ssh://u:geheim@host", "ssh://…@host"),
            ("https://host/a@b", "https://host/a@b"),
        ];
        for (text, shown) in cases {
            assert_eq!(redacted(text), shown);
        }
    }

    proptest! {
        #[test]
        fn a_password_is_redacted_wherever_the_url_is(before in "[ a:/@产]{0,8}", after in "[ a:/产]{0,8}") {
            let shown = redacted(&format!("{before} https://u:geheim@host{after}"));
            prop_assert!(!shown.contains("geheim"), "{}", shown);
        }
    }
}
