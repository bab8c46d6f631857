//! A title for an article whose page prints none: the first clause of its text.

use crate::import::article::article_line::ArticleLine;
use crate::import::article::body::without_item_mark;
use crate::import::lexicon::people::parse_dateline;
use crate::text::excerpt::{excerpt, prefix};

/// Characters of an inferred title, at most.
const LENGTH: usize = 24;
/// Characters of a clause, at least, that a title is cut after.
const SHORTEST_CLAUSE: usize = 6;
/// The title of an article without any text.
const UNTITLED: &str = "（无题）";

/// The first clause of `text` (the body), without its dateline; of an article without body, the beginning of its first line.
pub(crate) fn infer_title(text: &str, lines: &[ArticleLine<'_>]) -> String {
    let after_dateline = |line| parse_dateline(line).map_or(line, |dateline| &line[dateline.length..]);
    let titles = text.lines().map(|line: &str| first_clause(without_item_mark(after_dateline(line))));
    let excerpts = lines.iter().map(|line| excerpt(line.text(), LENGTH));
    titles.chain(excerpts).find(|title| !title.trim().is_empty()).unwrap_or_else(|| UNTITLED.to_owned())
}

/// The first sentence, or as many of its clauses as are no longer than a title.
fn first_clause(text: &str) -> String {
    let sentence = text.find(['。', '！', '？', '；']).map_or(text, |end| &text[..end]);
    if sentence.chars().count() <= LENGTH {
        return sentence.to_owned();
    }
    let clause_end = prefix(sentence, LENGTH).rfind(['，', ',', '：']);
    match clause_end.filter(|&end| sentence[..end].chars().count() >= SHORTEST_CLAUSE) {
        Some(end) => format!("{}……", &sentence[..end]),
        None => excerpt(sentence, LENGTH),
    }
}
