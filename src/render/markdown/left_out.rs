//! Finds what `sanitize` and `addresses` leave out of a body, so that nobody loses it without a word.
//!
//! 1. the raw HTML of the body, read as tags: elements that are not on the list, and attributes of those that are
//! 2. the addresses of Markdown's own links and pictures

use crate::content::markdown::{RawPart, raw_parts};
use crate::diagnostics::message::Message;
use crate::message;
use crate::render::markdown::addresses::is_safe;
use crate::render::markdown::raw_html::RawHtmlText;
use crate::render::markdown::sanitize::Allowed;
use html5gum::Tokenizer;
use html5gum::emitters::default::{DefaultEmitter, StartTag, Token};
use memchr::memchr_iter;
use std::ops::Range;

/// A kind of thing that is left out of a body.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct LeftOut {
    /// `<iframe>`, `the attribute onclick of <b>`
    pub(crate) what: Message,
    pub(crate) count: usize,
    /// the first of them in the body
    pub(crate) span: Range<usize>,
}

/// What is left out of a body if site.toml does not say otherwise, in the order of first occurrence.
pub(crate) fn left_out(body: &str) -> Vec<LeftOut> {
    let mut found = Vec::new();
    if !may_lose(body) {
        return found;
    }
    let mut html = RawHtmlText::default();
    for part in raw_parts(body) {
        match part {
            RawPart::Html(text, span) => html.push(&text, span.start),
            RawPart::Address { address, is_picture, span } if !is_safe(&address, is_picture) => {
                let scheme = address.trim_start().split(':').next().unwrap_or_default().to_lowercase();
                add(&mut found, message!("an address that begins with {scheme}:", scheme), span);
            }
            RawPart::Address { .. } => {}
        }
    }
    let allowed = Allowed::by_default();
    for Ok(token) in Tokenizer::new_with_emitter(&html.text, DefaultEmitter::<usize>::new_with_span()) {
        if let Token::StartTag(tag) = token {
            let span = html.in_body(tag.span.start)..html.in_body(tag.span.end.saturating_sub(1)) + 1;
            left_out_of_tag(&tag, allowed).into_iter().for_each(|what| add(&mut found, what, span.clone()));
        }
    }
    found.sort_by_key(|left_out| left_out.span.start);
    found
}

/// Whether a body may hold raw HTML or addresses: what import writes has neither, and need not be parsed once more.
fn may_lose(body: &str) -> bool {
    let bytes = body.as_bytes();
    let is_tag = |at: usize| at == 0 || bytes[at - 1] != b'\\';
    memchr_iter(b'<', bytes).any(is_tag)
        || body.match_indices("](").count() > body.match_indices("]()").count()
        || body.contains("]:")
}

fn add(found: &mut Vec<LeftOut>, what: Message, span: Range<usize>) {
    match found.iter_mut().find(|known| known.what == what) {
        Some(known) => known.count += 1,
        None => found.push(LeftOut { what, count: 1, span }),
    }
}

/// The element, or attributes of it.
fn left_out_of_tag(tag: &StartTag<usize>, allowed: &Allowed) -> Vec<Message> {
    let element = String::from_utf8_lossy(&tag.name);
    if !allowed.has_element(&element) {
        return vec![Message::verbatim(format!("<{element}>"))];
    }
    let attributes = tag.attributes.iter();
    let attributes =
        attributes.map(|(name, value)| (String::from_utf8_lossy(name), String::from_utf8_lossy(&value.value)));
    let lost = attributes.filter(|(name, value)| !allowed.has_attribute(&element, name, value));
    lost.map(|(name, _)| message!("the attribute {name} of <{element}>", name, element)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(body: &str) -> Vec<(String, usize, &str)> {
        left_out(body).into_iter().map(|one| (one.what.english(), one.count, &body[one.span])).collect()
    }

    #[test]
    fn elements_attributes_and_addresses_are_found_with_their_counts() {
        let body = "一<b onclick=\"x()\" class=\"copy\">二</b>\n\n> <iframe src=\"a\"\n> title=\"b\"></iframe>\n\n<IFRAME></IFRAME>\n\n\
                    [三](javascript:x) <a href=\"javascript:x\">四</a>\n";
        let expected = [
            ("the attribute class of <b>", 1, "<b onclick=\"x()\" class=\"copy\">"),
            ("the attribute onclick of <b>", 1, "<b onclick=\"x()\" class=\"copy\">"),
            ("<iframe>", 2, "<iframe src=\"a\"\n> title=\"b\">"),
            ("an address that begins with javascript:", 1, "[三](javascript:x)"),
            ("the attribute href of <a>", 1, "<a href=\"javascript:x\">"),
        ];
        assert_eq!(found(body), expected.map(|(what, count, text)| (what.to_owned(), count, text)));
    }

    #[test]
    fn what_stays_is_not_found() {
        for body in [
            "<details open><summary>更多</summary>\n\n文\n\n</details>",
            "一<br>二 <span class=\"center\">三</span> `<iframe>` \\<iframe> [四](https://x.cn/) ![](a.png)",
            "```\n<script>alert(1)</script>\n```\n\n<!-- 注 -->",
            "1 < 2",
        ] {
            assert_eq!(found(body), [], "{body}");
        }
    }
}
