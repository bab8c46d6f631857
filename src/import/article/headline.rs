//! The lines of a head → kicker, title, subtitle, column.
//!
//! Roles say much already; what they cannot say is left here: two headlines in a row are a kicker and its title, two that
//! stand apart are the halves of one, a dash inside a line divides it, and where the extractor marked headings the largest
//! is the headline.

use crate::import::lexicon::column_labels::parse_box_label;
use crate::import::page::lines::Line;
use crate::import::page::role::Role;

/// A line of a head. `at` is its place among the lines of the page.
#[derive(Debug, Clone, Copy)]
pub(crate) struct HeadLine<'a> {
    pub(crate) at: usize,
    pub(crate) role: Role,
    pub(crate) line: &'a Line,
}

/// What a head says, as printed.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Head {
    pub(crate) title: Option<String>,
    pub(crate) kicker: Option<String>,
    pub(crate) subtitle: Option<String>,
    pub(crate) column: Option<String>,
}

/// Reads a head; its lines in the order of the page, without bylines.
pub(crate) fn head(lines: &[HeadLine<'_>]) -> Head {
    let mut head = Head::default();
    let mut rest: Vec<HeadLine<'_>> = Vec::new();
    for &line in lines {
        let text = &line.line.text;
        match line.role {
            Role::Subtitle => add(&mut head.subtitle, text),
            Role::Column if head.column.is_none() => match parse_box_label(text) {
                Some((name, title)) => {
                    head.column = Some(name.to_owned());
                    head.title = Some(title.to_owned()).filter(|title| !title.is_empty());
                }
                None => head.column = Some(text.clone()),
            },
            Role::Byline => {}
            _ if text.starts_with('—') => add(&mut head.subtitle, text),
            _ => rest.push(line),
        }
    }
    if rest.iter().any(|line| line.line.mark > 0) {
        marked(&mut head, &rest);
    } else {
        unmarked(&mut head, &rest);
    }
    divided(&mut head);
    if head.title.is_none() {
        // a headline that reads like a column's name, with nothing beside it
        head.title = head.column.take();
    }
    head
}

/// The largest heading is the title; what stands above it leads to it, what stands below adds to it.
fn marked(head: &mut Head, lines: &[HeadLine<'_>]) {
    let level = |line: &HeadLine<'_>| if line.line.mark == 0 { 9 } else { line.line.mark };
    let Some(largest) = lines.iter().map(level).min() else { return };
    let titles: Vec<_> = lines.iter().filter(|line| level(line) == largest).copied().collect();
    unmarked(head, &titles);
    for line in lines.iter().filter(|line| level(line) != largest) {
        let above = titles.first().is_some_and(|title| line.at < title.at);
        if level(line) == 3 && head.column.is_none() {
            head.column = Some(line.line.text.clone());
        } else if above {
            add(&mut head.kicker, &line.line.text);
        } else {
            add(&mut head.subtitle, &line.line.text);
        }
    }
}

fn unmarked(head: &mut Head, lines: &[HeadLine<'_>]) {
    // groups of lines that stand together; two groups are halves of one headline
    let mut titles: Vec<String> = Vec::new();
    for group in lines.chunk_by(|a, b| b.at - a.at <= 2) {
        match group {
            [] => {}
            [only] => titles.push(only.line.text.clone()),
            [kicker, rest @ ..] => {
                add(&mut head.kicker, &kicker.line.text);
                let rest: Vec<&str> = rest.iter().map(|line| line.line.text.as_str()).collect();
                titles.push(rest.join(" "));
            }
        }
    }
    if !titles.is_empty() {
        head.title = Some(titles.join(" "));
    }
}

/// `…成立—— 外卖小哥…`: kicker and title on one line; `…画像” ——做法扫描`: title and subtitle.
fn divided(head: &mut Head) {
    let Some(title) = head.title.take() else { return };
    let (kicker, rest) = match title.split_once("—— ") {
        Some((before, after)) if !before.trim().is_empty() => (Some(format!("{}——", before.trim())), after.trim()),
        _ => (None, title.as_str()),
    };
    if let Some(kicker) = kicker {
        add(&mut head.kicker, &kicker);
    }
    let (rest, subtitle) = match rest.split_once(" ——") {
        Some((before, after)) if !before.trim().is_empty() => (before.trim(), Some(format!("——{}", after.trim()))),
        _ => (rest, None),
    };
    if let Some(subtitle) = subtitle {
        add(&mut head.subtitle, &subtitle);
    }
    head.title = Some(rest.to_owned());
}

fn add(to: &mut Option<String>, text: &str) {
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

    fn read(lines: &[(usize, Role, usize, &str)]) -> Head {
        let lines: Vec<_> = lines.iter().map(|&(at, role, mark, text)| (at, role, line(mark, text))).collect();
        let lines: Vec<_> = lines.iter().map(|(at, role, line)| HeadLine { at: *at, role: *role, line }).collect();
        head(&lines)
    }

    #[test]
    fn two_lines_together_are_kicker_and_title_and_two_apart_are_halves() {
        let together = read(&[(0, Role::Kicker, 0, "三千职工参加"), (1, Role::Title, 0, "技能大赛开赛")]);
        assert_eq!(
            (together.kicker.as_deref(), together.title.as_deref()),
            (Some("三千职工参加"), Some("技能大赛开赛"))
        );
        let apart = read(&[(0, Role::Title, 0, "革新方法"), (7, Role::Title, 0, "助攻提升")]);
        assert_eq!(apart.title.as_deref(), Some("革新方法 助攻提升"));
    }

    #[test]
    fn a_dash_divides_a_line() {
        let head = read(&[(0, Role::Title, 0, "联合会在江城成立—— 骑手有了娘家人 ——来自站点的观察")]);
        assert_eq!(head.kicker.as_deref(), Some("联合会在江城成立——"));
        assert_eq!(head.title.as_deref(), Some("骑手有了娘家人"));
        assert_eq!(head.subtitle.as_deref(), Some("——来自站点的观察"));
    }

    #[test]
    fn the_largest_mark_is_the_title() {
        let head = read(&[(0, Role::Kicker, 2, "引题"), (1, Role::Title, 1, "主题"), (2, Role::Title, 3, "一线调研")]);
        assert_eq!(
            (head.kicker.as_deref(), head.title.as_deref(), head.column.as_deref()),
            (Some("引题"), Some("主题"), Some("一线调研"))
        );
    }
}
