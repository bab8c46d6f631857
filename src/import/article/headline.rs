//! Parses the headline block of an article: its lines → column label, kicker, title, subtitle; infers a title where none is
//! printed.
//!
//! The roles of the lines decide most of it. Of two title lines next to each other the first is the kicker; two that are apart
//! are halves of one title; a dash inside a line divides it; and where the extractor marked headings, the largest is the title.

use crate::import::article::article_line::ArticleLine;
use crate::import::article::body::without_item_mark;
use crate::import::lexicon::column_labels::parse_box_label;
use crate::import::lexicon::people::parse_dateline;
use crate::import::page::role::Role;
use crate::text::excerpt::excerpt;

/// Characters of an inferred title, at most.
const LENGTH: usize = 24;
/// Lines of a head stand no further apart.
const HEAD_GAP: usize = 2;
/// Characters of a clause, at least, that a title is cut after.
const SHORTEST_CLAUSE: usize = 6;

/// A headline block, its texts as printed.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Headline {
    pub(crate) title: Option<String>,
    pub(crate) kicker: Option<String>,
    pub(crate) subtitle: Option<String>,
    pub(crate) column: Option<String>,
}

/// Parses a headline block. `lines` are in the order of the page, without bylines that name people.
pub(crate) fn parse_headline<'a>(lines: impl Iterator<Item = ArticleLine<'a>>) -> Headline {
    let lines: Vec<ArticleLine<'a>> = lines.collect();
    let is_titled = lines.iter().any(|line| matches!(line.role(), Role::Title | Role::Kicker));
    let mut headline = Headline::default();
    let mut title_lines = Vec::new();
    let label = lines.iter().find(|line| line.role() == Role::Column).map(|line| line.index);
    for line in lines {
        let text = line.text();
        match line.role() {
            // a byline that names nobody is no headline where there is one
            Role::Byline if is_titled => append(&mut headline.column, text),
            Role::Subtitle => append(&mut headline.subtitle, text),
            // layout has put a label among the text: it belongs beside the label of the head, not into the title
            Role::Column if label.is_some_and(|label| line.index > label + HEAD_GAP) => {
                append(&mut headline.column, text);
            }
            Role::Column if headline.column.is_none() => match parse_box_label(text) {
                Some((name, title)) => {
                    headline.column = Some(name.to_owned());
                    headline.title = Some(title.to_owned()).filter(|title| !title.is_empty());
                }
                None => headline.column = Some(text.to_owned()),
            },
            _ if text.starts_with('—') => append(&mut headline.subtitle, text),
            _ => title_lines.push(line),
        }
    }
    if title_lines.iter().any(|line| line.line.mark > 0) {
        assign_by_heading_level(&mut headline, &title_lines);
    } else {
        assign_by_position(&mut headline, &title_lines);
    }
    divide_at_dashes(&mut headline);
    if headline.title.is_none() {
        // a title that reads like the name of a column, with nothing else in the block
        headline.title = headline.column.take();
    }
    headline
}

/// The largest heading is the title, what is above it is kicker, what is below subtitle. Of headings with marks, one of level 3
/// is the column label.
fn assign_by_heading_level(headline: &mut Headline, lines: &[ArticleLine<'_>]) {
    let level = |line: &ArticleLine<'_>| if line.line.mark == 0 { 9 } else { line.line.mark };
    let Some(largest) = lines.iter().map(level).min() else { return };
    let titles: Vec<_> = lines.iter().filter(|line| level(line) == largest).copied().collect();
    assign_by_position(headline, &titles);
    for line in lines.iter().filter(|line| level(line) != largest) {
        let above = titles.first().is_some_and(|title| line.index < title.index);
        if level(line) == 3 && headline.column.is_none() {
            headline.column = Some(line.text().to_owned());
        } else {
            append(if above { &mut headline.kicker } else { &mut headline.subtitle }, line.text());
        }
    }
}

/// Of each group of neighbouring lines the first is the kicker; the groups are parts of one title.
fn assign_by_position(headline: &mut Headline, lines: &[ArticleLine<'_>]) {
    let mut titles: Option<String> = None;
    for group in lines.chunk_by(|a, b| b.index - a.index <= HEAD_GAP) {
        let (kicker, rest) = if group.len() > 1 { group.split_at(1) } else { group.split_at(0) };
        kicker.iter().for_each(|line| append(&mut headline.kicker, line.text()));
        rest.iter().for_each(|line| append(&mut titles, line.text()));
    }
    headline.title = titles.or(headline.title.take());
}

/// `…成立—— 外卖小哥…`: kicker and title on one line; `…画像” ——做法扫描`: title and subtitle.
fn divide_at_dashes(headline: &mut Headline) {
    let Some(mut title) = headline.title.take() else { return };
    let follows_text = |parts: &(&str, &str)| !parts.0.trim().is_empty();
    if let Some((before, after)) = title.split_once("—— ").filter(follows_text) {
        append(&mut headline.kicker, &format!("{}——", before.trim()));
        title = after.trim().to_owned();
    }
    if let Some((before, after)) = title.split_once(" ——").filter(follows_text) {
        append(&mut headline.subtitle, &format!("——{}", after.trim()));
        title = before.trim().to_owned();
    }
    headline.title = Some(title);
}

fn append(to: &mut Option<String>, text: &str) {
    match to {
        Some(before) => before.extend([" ", text]),
        None => *to = Some(text.to_owned()),
    }
}

/// The first clause of `text` (the body), without its dateline; of an article without body, the beginning of its first line.
pub(crate) fn infer_title(text: &str, lines: &[ArticleLine<'_>]) -> String {
    let after_dateline = |line| parse_dateline(line).map_or(line, |dateline| &line[dateline.length..]);
    let titles = text.lines().map(|line: &str| first_clause(without_item_mark(after_dateline(line))));
    let excerpts = lines.iter().map(|line| excerpt(line.text(), LENGTH));
    titles.chain(excerpts).find(|title| !title.trim().is_empty()).unwrap_or_else(|| "（无题）".to_owned())
}

/// The first sentence, or as many of its clauses as are no longer than a title.
fn first_clause(text: &str) -> String {
    let sentence = text.find(['。', '！', '？', '；']).map_or(text, |end| &text[..end]);
    if sentence.chars().count() <= LENGTH {
        return sentence.to_owned();
    }
    let cut = sentence.char_indices().nth(LENGTH).map_or(sentence.len(), |(index, _)| index);
    let clause_end = sentence[..cut].rfind(['，', ',', '：']);
    match clause_end.filter(|&end| sentence[..end].chars().count() >= SHORTEST_CLAUSE) {
        Some(end) => format!("{}……", &sentence[..end]),
        None => excerpt(sentence, LENGTH),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::import::lexicon::reason::Reason;
    use crate::import::page::lines::Line;
    use crate::import::page::partition::LineAssignment;

    fn line(mark: usize, text: &str) -> Line {
        let text = text.to_owned();
        Line { number: 1, further: Vec::new(), text, span: 0..0, mark, gap: 1, layout: None, as_printed: None }
    }

    fn parse(lines: &[(usize, Role, usize, &str)]) -> Headline {
        let assigned =
            |role| LineAssignment { role, article: Some(0), why: Reason::Found, certainty: 1.0, duplicate_of: None };
        let lines: Vec<_> =
            lines.iter().map(|&(index, role, mark, text)| (index, line(mark, text), assigned(role))).collect();
        parse_headline(lines.iter().map(|&(index, ref line, ref assigned)| ArticleLine { index, line, assigned }))
    }

    #[test]
    fn neighbouring_lines_are_kicker_and_title_and_lines_apart_are_one_title() {
        let together = parse(&[(0, Role::Kicker, 0, "三千职工参加"), (1, Role::Title, 0, "技能大赛开赛")]);
        assert_eq!(
            (together.kicker.as_deref(), together.title.as_deref()),
            (Some("三千职工参加"), Some("技能大赛开赛"))
        );
        let apart = parse(&[(0, Role::Title, 0, "革新方法"), (7, Role::Title, 0, "助攻提升")]);
        assert_eq!(apart.title.as_deref(), Some("革新方法 助攻提升"));
    }

    #[test]
    fn a_dash_divides_a_line() {
        let headline = parse(&[(0, Role::Title, 0, "联合会在江城成立—— 骑手有了娘家人 ——来自站点的观察")]);
        assert_eq!(headline.kicker.as_deref(), Some("联合会在江城成立——"));
        assert_eq!(headline.title.as_deref(), Some("骑手有了娘家人"));
        assert_eq!(headline.subtitle.as_deref(), Some("——来自站点的观察"));
    }

    #[test]
    fn the_largest_heading_is_the_title() {
        let headline =
            parse(&[(0, Role::Kicker, 2, "引题"), (1, Role::Title, 1, "主题"), (2, Role::Title, 3, "一线调研")]);
        assert_eq!(
            (headline.kicker.as_deref(), headline.title.as_deref(), headline.column.as_deref()),
            (Some("引题"), Some("主题"), Some("一线调研"))
        );
    }

    #[test]
    fn a_label_among_the_text_stays_out_of_the_title() {
        let headline = parse(&[
            (0, Role::Column, 0, "一线观察"),
            (1, Role::Title, 0, "灯塔有了三班人"),
            (9, Role::Column, 0, "港区故事"),
        ]);
        assert_eq!(headline.title.as_deref(), Some("灯塔有了三班人"));
        assert_eq!(headline.column.as_deref(), Some("一线观察 港区故事"));
    }
}
