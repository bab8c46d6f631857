//! Parses the headline block of an article: its lines → column label, kicker, title, subtitle.
//!
//! The roles of the lines decide most of it. The rest is decided here: of two title lines next to each other the first is the
//! kicker; two that are apart are halves of one title; a dash inside a line divides it; and where the extractor marked
//! headings, the largest is the title.

use crate::import::lexicon::column_labels::parse_box_label;
use crate::import::page::lines::Line;
use crate::import::page::role::Role;

/// A line of a headline block.
#[derive(Debug, Clone, Copy)]
pub(crate) struct HeadlineLine<'a> {
    /// its index among the lines of the page
    pub(crate) index: usize,
    pub(crate) role: Role,
    pub(crate) line: &'a Line,
}

/// A headline block, its texts as printed.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Headline {
    pub(crate) title: Option<String>,
    pub(crate) kicker: Option<String>,
    pub(crate) subtitle: Option<String>,
    pub(crate) column: Option<String>,
}

/// Parses a headline block. `lines` are in the order of the page, without bylines.
pub(crate) fn parse_headline(lines: &[HeadlineLine<'_>]) -> Headline {
    let mut headline = Headline::default();
    let mut title_lines: Vec<HeadlineLine<'_>> = Vec::new();
    for &line in lines {
        let text = &line.line.text;
        match line.role {
            Role::Subtitle => append(&mut headline.subtitle, text),
            Role::Column if headline.column.is_none() => match parse_box_label(text) {
                Some((name, title)) => {
                    headline.column = Some(name.to_owned());
                    headline.title = Some(title.to_owned()).filter(|title| !title.is_empty());
                }
                None => headline.column = Some(text.clone()),
            },
            Role::Byline => {}
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
fn assign_by_heading_level(headline: &mut Headline, lines: &[HeadlineLine<'_>]) {
    let level = |line: &HeadlineLine<'_>| if line.line.mark == 0 { 9 } else { line.line.mark };
    let Some(largest) = lines.iter().map(level).min() else { return };
    let titles: Vec<_> = lines.iter().filter(|line| level(line) == largest).copied().collect();
    assign_by_position(headline, &titles);
    for line in lines.iter().filter(|line| level(line) != largest) {
        let above = titles.first().is_some_and(|title| line.index < title.index);
        if level(line) == 3 && headline.column.is_none() {
            headline.column = Some(line.line.text.clone());
        } else if above {
            append(&mut headline.kicker, &line.line.text);
        } else {
            append(&mut headline.subtitle, &line.line.text);
        }
    }
}

/// Of each group of neighbouring lines the first is the kicker; the groups are parts of one title.
fn assign_by_position(headline: &mut Headline, lines: &[HeadlineLine<'_>]) {
    let mut titles: Vec<String> = Vec::new();
    for group in lines.chunk_by(|a, b| b.index - a.index <= 2) {
        match group {
            [] => {}
            [only] => titles.push(only.line.text.clone()),
            [kicker, rest @ ..] => {
                append(&mut headline.kicker, &kicker.line.text);
                let rest: Vec<&str> = rest.iter().map(|line| line.line.text.as_str()).collect();
                titles.push(rest.join(" "));
            }
        }
    }
    if !titles.is_empty() {
        headline.title = Some(titles.join(" "));
    }
}

/// `…成立—— 外卖小哥…`: kicker and title on one line; `…画像” ——做法扫描`: title and subtitle.
fn divide_at_dashes(headline: &mut Headline) {
    let Some(title) = headline.title.take() else { return };
    let (kicker, rest) = match title.split_once("—— ") {
        Some((before, after)) if !before.trim().is_empty() => (Some(format!("{}——", before.trim())), after.trim()),
        _ => (None, title.as_str()),
    };
    if let Some(kicker) = kicker {
        append(&mut headline.kicker, &kicker);
    }
    let (rest, subtitle) = match rest.split_once(" ——") {
        Some((before, after)) if !before.trim().is_empty() => (before.trim(), Some(format!("——{}", after.trim()))),
        _ => (rest, None),
    };
    if let Some(subtitle) = subtitle {
        append(&mut headline.subtitle, &subtitle);
    }
    headline.title = Some(rest.to_owned());
}

fn append(to: &mut Option<String>, text: &str) {
    match to {
        Some(before) => {
            before.push(' ');
            before.push_str(text);
        }
        None => *to = Some(text.to_owned()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn line(mark: usize, text: &str) -> Line {
        Line { number: 1, text: text.to_owned(), span: 0..0, mark, gap: 1 }
    }

    fn parse(lines: &[(usize, Role, usize, &str)]) -> Headline {
        let lines: Vec<_> = lines.iter().map(|&(index, role, mark, text)| (index, role, line(mark, text))).collect();
        let lines: Vec<_> =
            lines.iter().map(|(index, role, line)| HeadlineLine { index: *index, role: *role, line }).collect();
        parse_headline(&lines)
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
}
