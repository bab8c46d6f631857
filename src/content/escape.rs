//! Text as it was printed → Markdown that reads exactly so.
//!
//! What came from a page is data. Every ASCII punctuation mark that CommonMark could read as markup is escaped with a
//! backslash (CommonMark 0.31, section 2.4: any ASCII punctuation may be), and nothing else is touched, so that an editor
//! still reads plain sentences. Marks that only mean something at the start or the end of a line are escaped there
//! alone.

/// One line of printed text as inline Markdown. The text must hold no line break.
pub(crate) fn inline(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 8);
    let text = text.trim();
    let (start, end) = (starts_block(text), ends_heading(text));
    for (at, c) in text.char_indices() {
        if start == Some(at) || end == Some(at) || means_something(c) {
            out.push('\\');
        }
        out.push(c);
    }
    out
}

/// Could be markup wherever it stands. `~` strikes through; `|` makes a table of two lines, which one line is not, but the
/// next paragraph's editor may join lines; `{` and `:` mean nothing here.
fn means_something(c: char) -> bool {
    matches!(c, '\\' | '`' | '*' | '_' | '[' | ']' | '<' | '&' | '~' | '|')
}

/// The byte that has to be escaped so that the line opens no block: heading, list, quotation, rule, fence, front matter.
fn starts_block(text: &str) -> Option<usize> {
    let first = text.chars().next()?;
    match first {
        '#' | '>' | '+' | '-' | '=' => Some(0),
        '0'..='9' => {
            let digits = text.bytes().take_while(u8::is_ascii_digit).count();
            let marker = matches!(text.as_bytes().get(digits), Some(b'.' | b')'));
            let ends = text.get(digits + 1..).is_none_or(|rest| !rest.starts_with(|c: char| !c.is_whitespace()));
            (marker && ends).then_some(digits)
        }
        _ => None,
    }
}

/// The byte of a last `#` that a heading would take for its end: `## C #`.
fn ends_heading(text: &str) -> Option<usize> {
    let before = text.trim_end_matches('#');
    (before.len() < text.len() && before.ends_with(char::is_whitespace)).then(|| text.len() - 1)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::content::plain_text::{Paragraph, ParagraphRole, paragraphs};
    use proptest::prelude::*;

    #[test]
    fn marks_are_escaped_where_they_could_mean_something() {
        assert_eq!(inline("1. 强化"), "1\\. 强化");
        assert_eq!(inline("#不是标题 #2"), "\\#不是标题 #2");
        assert_eq!(inline("+++"), "\\+++");
        assert_eq!(inline("3.5%的**人**"), "3.5%的\\*\\*人\\*\\*");
        assert_eq!(inline("<script>&amp;"), "\\<script>\\&amp;");
        assert_eq!(inline("产改，走深走实。"), "产改，走深走实。");
        assert_eq!(inline("C# 与 F #"), "C# 与 F \\#");
    }

    /// A line such as an extractor could return: characters of all kinds and what Markdown would make something of.
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

    fn read(role: ParagraphRole, lines: &[String]) -> Vec<Paragraph> {
        let texts = lines.iter().map(|line| line.trim().to_owned()).filter(|text| !text.is_empty());
        let number = |at: usize| if role == ParagraphRole::Text { at + 1 } else { 0 };
        texts.enumerate().map(|(at, text)| Paragraph { role, number: number(at), text }).collect()
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(1000))]

        #[test]
        fn paragraphs_read_as_they_were_printed(lines in proptest::collection::vec(printed(), 1..4)) {
            let body = lines.iter().map(|line| inline(line)).collect::<Vec<_>>().join("\n\n");
            prop_assert_eq!(paragraphs(&body), read(ParagraphRole::Text, &lines), "{}", body);
        }

        #[test]
        fn a_heading_reads_as_it_was_printed(line in printed()) {
            let body = format!("## {}\n\n正文", inline(&line));
            let heading: Vec<_> = paragraphs(&body).into_iter().filter(|p| p.role == ParagraphRole::Heading).collect();
            prop_assert_eq!(heading, read(ParagraphRole::Heading, &[line]), "{}", body);
        }
    }
}
