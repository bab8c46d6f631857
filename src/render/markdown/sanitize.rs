//! Removes from a body whatever could run, fetch, or leave its place on the page, where an editor wrote raw HTML.
//!
//! Raw HTML comes in pieces, an opening tag here and a closing one there. So the body is cleaned as a whole after it was rendered:
//! the crate ammonia parses it as a browser does, and writes what is on its list, every element closed. The list holds all that
//! this module's neighbours write, so their markup passes unchanged.

use crate::render::markdown::addresses::{SCHEMES, is_safe};
use ammonia::Builder;
use std::borrow::Cow;
use std::collections::{HashMap, HashSet};
use std::sync::LazyLock;

static CLEANER: LazyLock<Builder<'static>> = LazyLock::new(cleaner);

/// Elements that ammonia does not list by itself.
const ELEMENTS: [&str; 6] = ["section", "tfoot", "audio", "video", "source", "track"];

/// Attributes that any element may have; some of them with certain values only.
const ATTRIBUTES: [&str; 6] = ["dir", "id", "class", "role", "aria-label", "tabindex"];

/// A body without the elements, attributes and addresses that are not on the list.
pub(crate) fn sanitized(html: &str) -> String {
    CLEANER.clean(html).to_string()
}

fn cleaner() -> Builder<'static> {
    let mut builder = Builder::default();
    builder
        .add_tags(ELEMENTS)
        .add_generic_attributes(ATTRIBUTES)
        .add_tag_attributes("img", ["loading"])
        .add_tag_attributes("ol", ["type", "reversed"])
        .add_tag_attributes("li", ["value"])
        .add_tag_attributes("details", ["open"])
        .add_tag_attributes("time", ["datetime"])
        .add_tag_attributes("data", ["value"])
        .add_tag_attributes("audio", ["src", "controls", "loop", "preload"])
        .add_tag_attributes("video", ["src", "controls", "loop", "preload", "poster", "width", "height"])
        .add_tag_attributes("source", ["src", "type"])
        .add_tag_attributes("track", ["src", "kind", "srclang", "label"])
        .url_schemes(SCHEMES.into())
        .link_rel(None)
        .attribute_filter(|element, attribute, value| is_allowed(element, attribute, value).map(Cow::from));
    builder
}

/// The list itself: which elements and attributes stay.
#[derive(Debug)]
pub(crate) struct Allowed {
    elements: HashSet<&'static str>,
    generic: HashSet<&'static str>,
    by_element: HashMap<&'static str, HashSet<&'static str>>,
}

impl Allowed {
    /// The list that applies where site.toml says nothing else.
    pub(crate) fn by_default() -> &'static Self {
        static ALLOWED: LazyLock<Allowed> = LazyLock::new(|| Allowed {
            elements: CLEANER.clone_tags(),
            generic: CLEANER.clone_generic_attributes(),
            by_element: CLEANER.clone_tag_attributes(),
        });
        &ALLOWED
    }

    pub(crate) fn has_element(&self, element: &str) -> bool {
        self.elements.contains(element)
    }

    /// Whether an attribute of an element that is on the list stays, with all of its value.
    pub(crate) fn has_attribute(&self, element: &str, attribute: &str, value: &str) -> bool {
        let of_element = self.by_element.get(element).is_some_and(|attributes| attributes.contains(attribute));
        let kept = || is_allowed(element, attribute, value);
        let is_whole = |kept: &String| kept.split_ascii_whitespace().eq(value.split_ascii_whitespace());
        (of_element || self.generic.contains(attribute)) && kept().as_ref().is_some_and(is_whole)
    }
}

/// The value to write for an attribute; none leaves it out.
fn is_allowed(element: &str, attribute: &str, value: &str) -> Option<String> {
    let allowed = match attribute {
        "href" | "src" | "cite" | "poster" => is_safe(value, element == "img" && attribute == "src"),
        "id" => is_own_id(value),
        "class" => return classes(value),
        "role" => value == "region" || value.starts_with("doc-"),
        "tabindex" => value == "0",
        _ => true,
    };
    allowed.then(|| value.to_owned())
}

/// Whether an id is one that bodies have: scripts of the page find its other elements by theirs.
fn is_own_id(id: &str) -> bool {
    let number = ["fnref-", "fn-", "p", "s"].iter().find_map(|prefix| id.strip_prefix(prefix));
    number.is_some_and(|number| !number.is_empty() && number.bytes().all(|b| b.is_ascii_digit() || b == b'-'))
}

/// The classes that bodies have: others could give a text the looks of another part of the page.
fn classes(value: &str) -> Option<String> {
    let is_own = |class: &&str| {
        matches!(*class, "table" | "footnotes" | "unpictured" | "center" | "right")
            || class.starts_with("hl-")
            || class.starts_with("language-")
    };
    let kept: Vec<&str> = value.split_ascii_whitespace().filter(is_own).collect();
    (!kept.is_empty()).then(|| kept.join(" "))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn harmless_elements_stay() {
        for html in [
            "<p id=\"p1\">一<br>二 <mark>三</mark> <ruby>产<rt>chǎn</rt></ruby> H<sub>2</sub>O</p>",
            "<details open=\"\"><summary>更多</summary><p>文</p></details>",
            "<video src=\"a.mp4\" controls=\"\"></video>",
            "<a href=\"https://例子.cn/路\" title=\"去\">文</a>",
            "<table><tbody><tr><td colspan=\"2\">一</td></tr></tbody></table>",
            "<img src=\"data:image/png;base64,AAAA\" alt=\"点\">",
        ] {
            assert_eq!(sanitized(html), html);
        }
    }

    #[test]
    fn what_would_confuse_the_page_is_left_out() {
        for (html, cleaned) in [
            ("<p id=\"scheme\" class=\"copy hl-x\" style=\"position:fixed\">文</p>", "<p class=\"hl-x\">文</p>"),
            ("</div></main><b>文", "<b>文</b>"),
            ("<form action=\"x\"><input name=\"q\"><button>文</button></form>", "文"),
            (
                "<base href=\"//x\"><meta http-equiv=\"refresh\" content=\"0;url=//x\"><link rel=\"stylesheet\" href=\"x\">",
                "",
            ),
        ] {
            assert_eq!(sanitized(html), cleaned);
        }
    }
}
