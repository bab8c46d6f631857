//! Words that must not be seen: names and passwords in addresses.
//!
//! An address may hold a token (`https://name:token@host/…`), and other programs repeat it in what they say. Whatever they
//! say goes through here before a person sees it.

/// The text, with `…` for what stands before the `@` of an address with a scheme. An address without a password keeps its
/// name: `ssh://git@host/` says nothing that is secret.
pub(crate) fn masked(text: &str) -> String {
    let mut shown = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find("://") {
        let (before, address) = rest.split_at(at + "://".len());
        shown.push_str(before);
        rest = address;
        let authority = &address[..address.find(ends_authority).unwrap_or(address.len())];
        if let Some(end) = authority.rfind('@') {
            let is_secret =
                before.ends_with("http://") || before.ends_with("https://") || authority[..end].contains(':');
            shown.push_str(if is_secret { "…" } else { &authority[..end] });
            rest = &address[end..];
        }
    }
    shown + rest
}

fn ends_authority(c: char) -> bool {
    matches!(c, '/' | '?' | '#' | '\'' | '"') || c.is_whitespace()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn a_token_in_an_address_is_not_shown() {
        let cases = [
            ("https://geheim@host/r.git", "https://…@host/r.git"),
            ("fatal: 'https://u:ge@heim@host:8/r' and http://x:y@z", "fatal: 'https://…@host:8/r' and http://…@z"),
            ("ssh://git@host/r and git@host:r", "ssh://git@host/r and git@host:r"),
            ("ssh://u:geheim@host", "ssh://…@host"),
            ("https://host/a@b", "https://host/a@b"),
        ];
        for (text, shown) in cases {
            assert_eq!(masked(text), shown);
        }
    }

    proptest! {
        #[test]
        fn wherever_it_stands(before in "[ a:/@产]{0,8}", after in "[ a:/产]{0,8}") {
            let shown = masked(&format!("{before} https://u:geheim@host{after}"));
            prop_assert!(!shown.contains("geheim"), "{}", shown);
        }
    }
}
