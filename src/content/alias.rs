//! Aliases: former addresses of a page, `aliases = ["/2019/03/old/"]` in the front matter of an article or a plain page.
//!
//! They are written as a browser's address bar shows them, from the site's root, with `/` in front.

use crate::diagnostics::code::Code;
use crate::diagnostics::diagnostic::Diagnostic;
use crate::diagnostics::message::Message;
use crate::diagnostics::source::Source;
use crate::message;
use crate::text::slug::MAX_NAME;
use std::ops::Range;
use toml::Spanned;

/// The longest alias in bytes: with `index.html` behind it, a key that every object store takes.
const MAX_ALIAS: usize = 1000;

/// The aliases of a file's front matter, which begins at `offset`; those that cannot be addresses give diagnostics.
pub(crate) fn check_aliases(
    source: &Source,
    offset: usize,
    listed: Vec<Spanned<String>>,
    diagnostics: &mut Vec<Diagnostic>,
) -> Vec<String> {
    for alias in &listed {
        let Range { start, end } = alias.span();
        if let Some((why, hint)) = alias_error(alias.get_ref()) {
            let diagnostic = Diagnostic::new(
                Code::BadAlias,
                message!("the address {alias} {why}", alias = format!("{:?}", alias.get_ref()), why),
            );
            diagnostics.push(diagnostic.at(source, start + offset..end + offset).hint(hint));
        }
    }
    listed.into_iter().map(Spanned::into_inner).collect()
}

/// The reason why a text is no alias, and a hint; None where it is one.
pub(crate) fn alias_error(alias: &str) -> Option<(Message, Message)> {
    let below = alias.strip_prefix('/');
    let parts = below.map(|below| below.strip_suffix('/').unwrap_or(below).split('/'));
    if alias.contains("://") {
        Some((message!("is on another site, or names this one"), message!("leave out scheme and host: /2019/03/old/")))
    } else if parts.is_none() {
        Some((message!("has no / in front"), message!("write it from the site's root: /2019/03/old/")))
    } else if alias.contains(['?', '#']) {
        Some((
            message!("contains a query or fragment, which static file servers ignore"),
            message!("write the path alone"),
        ))
    } else if alias.contains('%') {
        Some((message!("is encoded"), message!("write it as it reads: /产改/ and not /%E4%BA%A7%E6%94%B9/")))
    } else if alias.contains(['\\', '"', '<', '>', '*', ':'])
        || alias.contains(|c: char| c.is_control() || c.is_whitespace())
    {
        Some((message!("holds a character that no address has"), message!("write the path alone: /2019/03/old/")))
    } else if parts.into_iter().flatten().any(|part| matches!(part, "" | "." | "..")) {
        Some((message!("has an empty part, or one of dots"), message!("write the path alone: /2019/03/old/")))
    } else if alias.len() > MAX_ALIAS || alias.split('/').any(|part| part.len() > MAX_NAME) {
        Some((
            message!("is too long for the name of a file"),
            message!("write at most 255 bytes between two /, and 1000 in all"),
        ))
    } else {
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_alias_is_an_address_of_the_site() {
        for alias in ["/old/", "/old", "/2019/03/05/a-b_c.html", "/专题/产改/"] {
            assert_eq!(alias_error(alias), None, "{alias}");
        }
        for alias in [
            "",
            "/",
            "old/",
            "//old/",
            "/../x",
            "/a//b",
            "https://a/b",
            "/a?p=1",
            "/a#b",
            "/%E4",
            "/a b",
            "/a\\b",
            "/a*",
            &format!("/{}/", "a".repeat(256)),
            &format!("/{}.html", "a".repeat(251)),
            &"/产改".repeat(200),
        ] {
            assert!(alias_error(alias).is_some(), "{alias}");
        }
        assert_eq!(alias_error(&format!("/{}/b", "a".repeat(255))), None);
    }
}
