//! Code blocks as HTML with syntax highlighting.
//!
//! Tokens get classes, for which `static/highlight.css` has a light and a dark colour each. The grammars are loaded with the first
//! code block in a known language; most sites have none.

use crate::render::markdown::events::to_html;
use pulldown_cmark::{CodeBlockKind, Event, Tag, TagEnd};
use std::sync::LazyLock;
use syntect::html::{ClassStyle, ClassedHTMLGenerator};
use syntect::parsing::SyntaxSet;
use syntect::util::LinesWithEndings;

static GRAMMARS: LazyLock<SyntaxSet> = LazyLock::new(SyntaxSet::load_defaults_newlines);

/// Code blocks of more bytes are not highlighted: it would take too long.
const MAX_BYTES: usize = 100_000;

/// The HTML of a code block, and whether it is highlighted. The block scrolls, so it can be focused with the keyboard.
pub(crate) fn code_block(code: String, kind: &CodeBlockKind<'_>) -> (String, bool) {
    let language = match kind {
        CodeBlockKind::Fenced(info) => info.split([' ', ',', '\t']).next().unwrap_or_default(),
        CodeBlockKind::Indented => "",
    };
    let highlighted = highlight(&code, language);
    let is_highlighted = highlighted.is_some();
    let content = highlighted.map_or_else(|| Event::Text(code.into()), |html| Event::Html(html.into()));
    let start = Event::Start(Tag::CodeBlock(CodeBlockKind::Fenced(language.into())));
    let html = to_html([start, content, Event::End(TagEnd::CodeBlock)]);
    (html.replacen("<pre>", "<pre tabindex=\"0\">", 1), is_highlighted)
}

/// The code as HTML with classes; none if the language is unknown, the code is too long, or the grammar fails on it.
fn highlight(code: &str, language: &str) -> Option<String> {
    if language.is_empty() || code.len() > MAX_BYTES {
        return None;
    }
    let grammar = GRAMMARS.find_syntax_by_token(language)?;
    // the prefix keeps the classes apart from those of the site
    let style = ClassStyle::SpacedPrefixed { prefix: "hl-" };
    let mut generator = ClassedHTMLGenerator::new_with_class_style(grammar, &GRAMMARS, style);
    for line in LinesWithEndings::from(code) {
        generator.parse_html_for_line_which_includes_newline(line).ok()?;
    }
    Some(generator.finalize())
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn a_known_language_gets_classes_with_the_prefix() {
        let html = highlight("// 产改\nlet a = \"<b>\";\n", "rust").unwrap();
        assert!(html.contains("hl-comment") && html.contains("hl-string"), "{html}");
        assert!(html.contains("&lt;b&gt;") && html.contains("产改"), "{html}");
        assert!(!html.contains("class=\"source"), "{html}");
    }

    #[test]
    fn an_unknown_language_is_not_highlighted() {
        assert_eq!(highlight("x", "诗"), None);
        assert_eq!(highlight("x", ""), None);
        assert_eq!(highlight(&"x\n".repeat(MAX_BYTES), "rust"), None);
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(48))]

        #[test]
        fn highlighting_preserves_the_code(code in "([<>&\"'/*{}#$\\n]|\\PC){0,80}", language in "(rust|js|html|sh|py|css|md|php)") {
            let html = highlight(&code, &language).unwrap();
            prop_assert_eq!(html.matches("<span").count(), html.matches("</span>").count());
            let shown: String = html.split('<').enumerate()
                .map(|(nth, part)| if nth == 0 { part } else { part.split_once('>').unwrap().1 })
                .collect();
            let entities = [("&lt;", "<"), ("&gt;", ">"), ("&quot;", "\""), ("&#39;", "'"), ("&amp;", "&")];
            let shown = entities.iter().fold(shown, |text, (entity, c)| text.replace(entity, c));
            prop_assert_eq!(shown, code);
        }
    }
}
