//! The byline as printed: with the offices, papers and places that stand beside the names.
//!
//! An article's file repeats it where it says more than the names of the authors.

use crate::import::article::article_line::ArticleLine;
use crate::import::article::authors::is_byline;
use crate::import::lexicon::jumps::without_jump;

/// The text of the lines that are bylines, joined with spaces. A line that is printed again, as at the head of a continuation,
/// stands in it once.
pub(crate) fn printed_byline(lines: &[ArticleLine<'_>]) -> Option<String> {
    let mut texts: Vec<&str> = Vec::new();
    for line in lines.iter().filter(|line| is_byline(line) && line.assigned.duplicate_of.is_none()) {
        let text = without_jump(line.text());
        if !texts.iter().any(|known| letters(known) == letters(text)) {
            texts.push(text);
        }
    }
    Some(texts.join(" ")).filter(|byline| !byline.is_empty())
}

/// Whether a byline holds more than the names of the first of these authors, with spaces or 、 between them.
pub(crate) fn says_more(byline: &str, authors: &[String]) -> bool {
    let printed = letters(byline);
    let mut rest = printed.as_str();
    let mut names = authors.iter();
    while let Some(after) = names.next().and_then(|name| rest.strip_prefix(letters(name).as_str())) {
        rest = after;
    }
    !rest.is_empty()
}

/// The text without white space and 、.
fn letters(text: &str) -> String {
    text.chars().filter(|&c| !c.is_whitespace() && c != '、').collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_byline_of_names_alone_says_no_more_than_the_authors() {
        let authors = ["林见青", "何晚舟"].map(str::to_owned);
        for names in ["林见青 何晚舟", "林见青、何晚舟", "林见青　何 晚 舟", "林见青"] {
            assert!(!says_more(names, &authors), "{names}");
        }
        for more in ["本报记者 林见青 何晚舟", "林见青 文/图", "□ 林见青", "何晚舟 林见青", "林见清"]
        {
            assert!(says_more(more, &authors), "{more}");
        }
        assert!(says_more("本报评论员", &[]));
    }
}
