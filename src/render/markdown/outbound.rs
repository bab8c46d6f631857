//! Finds the addresses of other sites that a body links to, with their locations.
//!
//! 1. links and pictures of Markdown
//! 2. attributes of raw HTML that name an address, as far as raw HTML comes into the page

use crate::config::content::RawHtml;
use crate::content::markdown::{RawPart, raw_parts};
use crate::render::markdown::raw_html::RawHtmlText;
use crate::render::markdown::sanitize::Allowed;
use html5gum::Tokenizer;
use html5gum::emitters::default::{DefaultEmitter, StartTag, Token};
use std::ops::Range;

/// Attributes whose value is an address.
const ATTRIBUTES: [&[u8]; 4] = [b"href", b"src", b"poster", b"cite"];

/// An address of another site in a body.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Outbound {
    /// as it is written, with its scheme
    pub(crate) address: String,
    /// the address where it stands in the text, else the link
    pub(crate) span: Range<usize>,
}

/// The addresses of other sites that a body links to, in reading order.
pub(crate) fn outbound(body: &str, raw_html: RawHtml) -> Vec<Outbound> {
    // most texts link nowhere, and are not parsed
    if !body.contains("//") {
        return Vec::new();
    }
    let (mut found, mut html) = (Vec::new(), RawHtmlText::default());
    for part in raw_parts(body) {
        match part {
            RawPart::Html(text, span) => html.push(&text, span.start),
            RawPart::Address { address, span, .. } => found.extend(of_address(body, &address, span)),
        }
    }
    if raw_html != RawHtml::Escape {
        for Ok(token) in Tokenizer::new_with_emitter(&html.text, DefaultEmitter::<usize>::new_with_span()) {
            if let Token::StartTag(tag) = token {
                let span = html.in_body(tag.span.start)..html.in_body(tag.span.end.saturating_sub(1)) + 1;
                let addresses = addresses_of_tag(&tag, raw_html);
                found.extend(addresses.iter().filter_map(|address| of_address(body, address, span.clone())));
            }
        }
    }
    found.sort_by_key(|outbound| outbound.span.start);
    found
}

/// The values of a tag's attributes that are addresses and come into the page.
fn addresses_of_tag(tag: &StartTag<usize>, raw_html: RawHtml) -> Vec<String> {
    let element = String::from_utf8_lossy(&tag.name);
    let named = tag.attributes.iter().filter(|(name, _)| ATTRIBUTES.contains(&name.as_slice()));
    let values =
        named.map(|(name, value)| (String::from_utf8_lossy(name), String::from_utf8_lossy(&value.value).into_owned()));
    let allowed = Allowed::by_default();
    let stays = |name: &str, value: &str| {
        raw_html == RawHtml::Keep || allowed.has_element(&element) && allowed.has_attribute(&element, name, value)
    };
    values.filter(|(name, value)| stays(name, value)).map(|(_, value)| value).collect()
}

/// The address, where it leads to the web.
fn of_address(body: &str, written: &str, link: Range<usize>) -> Option<Outbound> {
    let written = written.trim();
    let begins = |scheme: &str| written.get(..scheme.len()).is_some_and(|begin| begin.eq_ignore_ascii_case(scheme));
    let address = if begins("http:") || begins("https:") {
        written.to_owned()
    } else if begins("//") {
        // the scheme of the page, which is that of most sites
        format!("https:{written}")
    } else {
        return None;
    };
    let within = body.get(link.clone()).and_then(|text| text.rfind(written));
    let span = within.map_or(link.clone(), |at| link.start + at..link.start + at + written.len());
    Some(Outbound { address, span })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(body: &str, raw_html: RawHtml) -> Vec<(String, &str)> {
        let found = outbound(body, raw_html).into_iter();
        found.map(|one| (one.address, &body[one.span])).collect()
    }

    #[test]
    fn links_and_pictures_to_other_sites_are_found_where_they_stand() {
        let body = "[甲](https://a.example/x \"题\") [乙](p1-02.md) [丙](/x/) [丁](mailto:a@b.example) <HTTP://b.example>\n\n\
                    ![图](//c.example/图.png) [戊][w] `https://code.example/`\n\n[w]: https://d.example/?a=1&amp;b=2\n";
        let expected = [
            ("https://a.example/x", "https://a.example/x"),
            ("HTTP://b.example", "HTTP://b.example"),
            ("https://c.example/图.png", "//c.example/图.png"),
            // the definition may serve many links: the link is shown
            ("https://d.example/?a=1&b=2", "[戊][w]"),
        ];
        assert_eq!(found(body, RawHtml::Safe), expected.map(|(address, text)| (address.to_owned(), text)));
    }

    #[test]
    fn raw_html_links_as_far_as_it_comes_into_the_page() {
        let body = "一<a href=\"https://a.example/\">二</a>\n\n<iframe src=\"https://f.example/\"></iframe>\n\n\
                    <img\nsrc='https://i.example/a.png'>\n";
        let links = |raw_html| found(body, raw_html).into_iter().map(|(address, _)| address).collect::<Vec<_>>();
        let [a, f, i] = ["https://a.example/", "https://f.example/", "https://i.example/a.png"];
        assert_eq!(links(RawHtml::Safe), [a, i]);
        assert_eq!(links(RawHtml::Keep), [a, f, i]);
        assert_eq!(links(RawHtml::Escape), [""; 0]);
    }
}
