//! Redaction of credentials in URLs: user names and passwords, queries and fragments.
//!
//! A URL may contain a token (`https://name:token@host/…`, `https://host/…?token=…`), and other programs repeat it in their
//! messages. All of their output is redacted before it is shown, and so is every address of the settings.
//!
//! 1. a URL reaches from its scheme to the next blank, since a password may hold any other character
//! 2. its user information reaches to the last `@`: a password may hold `/` and `@`. So a `@` in a path hides what is before it,
//!    which costs a name that somebody could have read and keeps a token that nobody may read
//! 3. its query and its fragment are left out as a whole; with a `@` in them nobody can tell them from a password, and no more than
//!    the scheme is shown

/// What stands in the place of a secret.
const HIDDEN: &str = "…";

/// The text, with `…` for the user information, the query and the fragment of every URL. Without a password the user name remains
/// in other schemes than http: in `ssh://git@host/` it is no secret.
pub(crate) fn redacted(text: &str) -> String {
    let (mut out, mut rest) = (String::with_capacity(text.len()), text);
    while let Some(start) = after_scheme(rest) {
        let end = start + rest[start..].find(char::is_whitespace).unwrap_or(rest.len() - start);
        out.push_str(&rest[..start]);
        out.push_str(&redacted_word(&rest[..start], &rest[start..end]));
        rest = &rest[end..];
    }
    out + rest
}

/// As [`redacted()`], for a text that is one URL or path and may hold blanks.
pub(crate) fn redacted_address(address: &str) -> String {
    match after_scheme(address) {
        Some(start) => format!("{}{}", &address[..start], redacted_word(&address[..start], &address[start..])),
        None => address.to_owned(),
    }
}

/// Where the first URL goes on after its scheme.
fn after_scheme(text: &str) -> Option<usize> {
    text.find("://").map(|at| at + "://".len())
}

/// The rest of a URL after its scheme, with which `before` ends, and what follows it without a blank.
fn redacted_word(before: &str, word: &str) -> String {
    let is_http = ["http://", "https://"].iter().any(|scheme| ends_with_scheme(before, scheme));
    let names_password = |end: usize| is_http || word[..end].contains(':');
    let user = word.find('@').filter(|&end| names_password(end)).and_then(|_| word.rfind('@'));
    // the quotation mark or colon that follows the URL in a message
    let after = &word[word.trim_end_matches(['\'', '"', ')', ']', '>', '.', ',', ':', ';']).len()..];
    if user.is_some_and(|end| word[..end].contains(['?', '#'])) {
        return format!("{HIDDEN}{after}");
    }
    let (user, rest) = user.map_or(("", word), |end| (HIDDEN, &word[end..]));
    let (address, query) = rest.split_at(rest.find(['?', '#']).unwrap_or(rest.len()));
    if query.len() > 1 {
        return format!("{user}{address}{}{HIDDEN}{}", &query[..1], if query.len() > after.len() { after } else { "" });
    }
    // a second URL that no blank parts from the first
    let next = after_scheme(address).map_or(address.len(), |_| 0);
    if next == 0 && !address.is_empty() { format!("{user}{}", redacted(address)) } else { format!("{user}{rest}") }
}

fn ends_with_scheme(text: &str, scheme: &str) -> bool {
    let start = text.len().checked_sub(scheme.len());
    start.and_then(|start| text.get(start..)).is_some_and(|end| end.eq_ignore_ascii_case(scheme))
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
            ("https://u:ge/heim@host/r", "https://…@host/r"),
            ("'https://u:ge/heim?x#y@host/r':", "'https://…':"),
            ("HTTPS://u:geheim@host/r", "HTTPS://…@host/r"),
            ("fatal: 'https://host/r.git?token=geheim': 403", "fatal: 'https://host/r.git?…': 403"),
            ("see https://host/what?", "see https://host/what?"),
            ("https://host/#token=geheim", "https://host/#…"),
            ("'https://host/a','ssh://u:geheim@host'", "'https://…@host'"),
            ("'ssh://host/a','ssh://git@host/r?geheim'", "'ssh://…@host/r?…'"),
            ("ssh://host/a,https://host/b", "ssh://host/a,https://host/b"),
        ];
        for (text, shown) in cases {
            assert_eq!(redacted(text), shown);
        }
    }

    #[test]
    fn an_address_with_blanks_is_redacted_as_a_whole() {
        assert_eq!(redacted_address("https://u:ge heim@host/r?a b"), "https://…@host/r?…");
        assert_eq!(redacted_address("/srv/the site"), "/srv/the site");
    }

    proptest! {
        #[test]
        fn a_password_is_redacted_wherever_the_url_is(before in "[ a:/@产]{0,8}", after in "[ a:/产]{0,8}") {
            let shown = redacted(&format!("{before} https://u:geheim@host{after}"));
            prop_assert!(!shown.contains("geheim"), "{}", shown);
        }

        #[test]
        fn no_character_of_a_password_or_query_brings_it_to_light(
            start in "[!-~产]{0,9}",
            end in "[!-~产]{0,9}",
            user in "[a-z]{0,3}:?",
            scheme in "(http|https|HTTPS|ssh|git)",
        ) {
            let user = if scheme.to_lowercase().starts_with("http") { user } else { "u:".to_owned() };
            for url in [
                format!("{scheme}://{user}{start}geheim{end}@host.example/r.git"),
                format!("{scheme}://host.example/r.git?a={start}geheim{end}&b=1"),
                format!("{scheme}://{user}{start}geheim{end}@host.example/r.git?{start}geheim{end}"),
            ] {
                let message = format!("fatal: unable to access '{url}': The requested URL returned error: 403");
                prop_assert!(!redacted(&message).contains("geheim"), "{} of {}", redacted(&message), url);
                prop_assert!(!redacted_address(&url).contains("geheim"), "{} of {}", redacted_address(&url), url);
            }
        }
    }
}
