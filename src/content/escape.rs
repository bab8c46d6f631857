//! Escapes printed text as Markdown that reads exactly the same.
//!
//! Every ASCII punctuation mark that CommonMark could read as markup is escaped with a backslash (CommonMark 0.31, section
//! 2.4), and nothing else, so that an editor still reads plain sentences.

/// One line of printed text as inline Markdown. The text must not contain a line break.
pub(crate) fn inline(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 8);
    let text = text.trim();
    let (start, end) = (block_start(text), heading_end(text));
    for (at, c) in text.char_indices() {
        if start == Some(at) || end == Some(at) || is_markup(c) {
            out.push('\\');
        }
        out.push(c);
    }
    out
}

/// Could be markup anywhere in a line. `|` needs two lines to be a table, but an editor may join lines later.
fn is_markup(c: char) -> bool {
    matches!(c, '\\' | '`' | '*' | '_' | '[' | ']' | '<' | '&' | '~' | '|')
}

/// The offset of the character to escape so that the line begins no heading, list, quotation, rule, fence or front matter.
fn block_start(text: &str) -> Option<usize> {
    match text.chars().next()? {
        '#' | '>' | '+' | '-' | '=' => Some(0),
        '0'..='9' => {
            let digits = text.bytes().take_while(u8::is_ascii_digit).count();
            let has_marker = matches!(text.as_bytes().get(digits), Some(b'.' | b')'));
            let is_whole = text.get(digits + 1..).is_none_or(|rest| !rest.starts_with(|c: char| !c.is_whitespace()));
            (has_marker && is_whole).then_some(digits)
        }
        _ => None,
    }
}

/// The offset of a last `#` that a heading would end with: `## C #`.
fn heading_end(text: &str) -> Option<usize> {
    let before = text.trim_end_matches('#');
    (before.len() < text.len() && before.ends_with(char::is_whitespace)).then(|| text.len() - 1)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::content::plain_text::{Paragraph, ParagraphRole, paragraphs};
    use proptest::prelude::*;

    #[test]
    fn punctuation_is_escaped_where_it_could_be_markup() {
        assert_eq!(inline("1. 强化"), "1\\. 强化");
        assert_eq!(inline("#不是标题 #2"), "\\#不是标题 #2");
        assert_eq!(inline("+++"), "\\+++");
        assert_eq!(inline("3.5%的**人**"), "3.5%的\\*\\*人\\*\\*");
        assert_eq!(inline("<script>&amp;"), "\\<script>\\&amp;");
        assert_eq!(inline("产改，走深走实。"), "产改，走深走实。");
        assert_eq!(inline("C# 与 F #"), "C# 与 F \\#");
    }

    /// A line such as an extractor could return, with much that could be markup.
    fn printed() -> impl Strategy<Value = String> {
        let marks = [
            "*",
            "**",
            "~~",
            "~",
            "_",
            "`",
            "```",
            "#",
            "##",
            " #",
            "+++",
            "---",
            "===",
            "- [ ] ",
            "> ",
            "1. ",
            "2) ",
            "|a|b|",
            "|-|-|",
            "<script>",
            "<!--",
            "<a@b.cn>",
            "&amp;",
            "&#42;",
            "[^1]",
            "[^1]: ",
            "[a]: x",
            "[a](x)",
            "![a](x)",
            "http://a.cn/?b=1&c",
            "\\",
            "\t",
            "　",
            "  ",
            "{{",
            "{% x %}",
            "{#id}",
            "“产改”",
            "产",
            "。",
            ":::",
            "$x$",
            "\"",
        ];
        let part = prop_oneof![3 => proptest::sample::select(marks.to_vec()).prop_map(str::to_owned), 1 => "\\PC{1,3}"];
        proptest::collection::vec(part, 0..12).prop_map(|parts| parts.concat())
    }

    fn expected(role: ParagraphRole, lines: &[String]) -> Vec<Paragraph> {
        let texts = lines.iter().map(|line| line.trim().to_owned()).filter(|text| !text.is_empty());
        let number = |at: usize| if role == ParagraphRole::Text { at + 1 } else { 0 };
        texts.enumerate().map(|(at, text)| Paragraph { role, number: number(at), text }).collect()
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(1000))]

        #[test]
        fn paragraphs_read_as_they_were_printed(lines in proptest::collection::vec(printed(), 1..4)) {
            let body = lines.iter().map(|line| inline(line)).collect::<Vec<_>>().join("\n\n");
            prop_assert_eq!(paragraphs(&body), expected(ParagraphRole::Text, &lines), "{}", body);
        }

        #[test]
        fn a_heading_reads_as_it_was_printed(line in printed()) {
            let body = format!("## {}\n\n正文", inline(&line));
            let heading: Vec<_> = paragraphs(&body).into_iter().filter(|p| p.role == ParagraphRole::Heading).collect();
            prop_assert_eq!(heading, expected(ParagraphRole::Heading, &[line]), "{}", body);
        }
    }
}
