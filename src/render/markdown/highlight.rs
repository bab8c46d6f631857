//! Code → spans with classes, so that the style sheet colours it, light and dark (`static/highlight.css`).
//!
//! The grammars are loaded when the first code block of a known language comes along; most digests have none.

use std::sync::OnceLock;
use syntect::html::{ClassStyle, ClassedHTMLGenerator};
use syntect::parsing::SyntaxSet;
use syntect::util::LinesWithEndings;

/// Stands before every class, so that none meets one of the site's.
const PREFIX: &str = "hl-";

/// A code block of more bytes is shown as it is: colours on so much take longer than they help.
const MOST: usize = 100_000;

/// The code as HTML with classes; nothing where the language is unknown, or its grammar gives up on the code.
pub(crate) fn highlighted(code: &str, language: &str) -> Option<String> {
    if language.is_empty() || code.len() > MOST {
        return None;
    }
    let grammars = grammars();
    let grammar = grammars.find_syntax_by_token(language)?;
    let style = ClassStyle::SpacedPrefixed { prefix: PREFIX };
    let mut generator = ClassedHTMLGenerator::new_with_class_style(grammar, grammars, style);
    for line in LinesWithEndings::from(code) {
        generator.parse_html_for_line_which_includes_newline(line).ok()?;
    }
    Some(generator.finalize())
}

fn grammars() -> &'static SyntaxSet {
    static GRAMMARS: OnceLock<SyntaxSet> = OnceLock::new();
    GRAMMARS.get_or_init(SyntaxSet::load_defaults_newlines)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn a_known_language_gets_classes_with_the_prefix() {
        let html = highlighted("// 产改\nlet a = \"<b>\";\n", "rust").unwrap();
        assert!(html.contains("hl-comment") && html.contains("hl-string"), "{html}");
        assert!(html.contains("&lt;b&gt;") && html.contains("产改"), "{html}");
        assert!(!html.contains("class=\"source"), "{html}");
    }

    #[test]
    fn an_unknown_language_is_left_to_the_caller() {
        assert_eq!(highlighted("x", "诗"), None);
        assert_eq!(highlighted("x", ""), None);
        assert_eq!(highlighted(&"x\n".repeat(MOST), "rust"), None);
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(48))]

        #[test]
        fn any_code_keeps_its_text(code in "([<>&\"'/*{}#$\\n]|\\PC){0,80}", language in "(rust|js|html|sh|py|css|md|php)") {
            let html = highlighted(&code, &language).unwrap();
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
