//! Text as it was printed → Markdown that reads exactly so.
//!
//! What came from a page is data. Every ASCII punctuation mark that CommonMark could read as markup is escaped with a
//! backslash (CommonMark 0.31, section 2.4: any ASCII punctuation may be), and nothing else is touched, so that an editor
//! still reads plain sentences. Marks that only mean something at the start of a line are escaped there alone.

/// One line of printed text as inline Markdown. The text must hold no line break.
pub fn inline(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 8);
    let text = text.trim();
    let start = starts_block(text);
    for (at, c) in text.char_indices() {
        if start == Some(at) || means_something(c) {
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_are_escaped_where_they_could_mean_something() {
        assert_eq!(inline("1. 强化"), "1\\. 强化");
        assert_eq!(inline("#不是标题 #2"), "\\#不是标题 #2");
        assert_eq!(inline("+++"), "\\+++");
        assert_eq!(inline("3.5%的**人**"), "3.5%的\\*\\*人\\*\\*");
        assert_eq!(inline("<script>&amp;"), "\\<script>\\&amp;");
        assert_eq!(inline("产改，走深走实。"), "产改，走深走实。");
    }
}
