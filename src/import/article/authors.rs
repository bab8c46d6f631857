//! The authors of an article: people out of byline, dateline, signature and photo credit.

use crate::content::article::ArticleKind;
use crate::import::article::article_line::{ArticleLine, texts_with_role};
use crate::import::lexicon::credits::parse_credit;
use crate::import::lexicon::jumps::without_jump;
use crate::import::lexicon::people::{parse_byline, parse_dateline, parse_signature};
use crate::import::page::role::Role;
use crate::text::han::is_han;
use std::ops::RangeInclusive;

/// Characters of a pen name.
const PEN_NAME: RangeInclusive<usize> = 2..=5;

/// The people of the byline, then those of datelines; where there are none, those who signed at the end; of a photo without
/// any, the photographers. Each once.
pub(crate) fn find_authors(lines: &[ArticleLine<'_>], kind: ArticleKind) -> Vec<String> {
    let body = || texts_with_role(lines, Role::Body);
    let people_of_byline = |text: &str| match parse_byline(text) {
        Some(byline) => byline.people,
        None if is_pen_name(text) => vec![text.to_owned()],
        None => Vec::new(),
    };
    let mut people: Vec<String> = texts_with_role(lines, Role::Byline).flat_map(people_of_byline).collect();
    people.extend(body().filter_map(parse_dateline).flat_map(|dateline| dateline.people));
    if people.is_empty() {
        people.extend(body().filter_map(|text| parse_signature(without_jump(text))).flatten());
    }
    if people.is_empty() && kind == ArticleKind::Photo {
        people.extend(lines.iter().filter_map(|line| parse_credit(line.text())).flat_map(|credit| credit.people));
    }
    let mut authors = Vec::new();
    for name in people {
        if !authors.contains(&name) {
            authors.push(name);
        }
    }
    authors
}

/// A byline that names people, be it by a pen name.
pub(crate) fn names_people(line: &ArticleLine<'_>) -> bool {
    line.role() == Role::Byline && (parse_byline(line.text()).is_some() || is_pen_name(line.text()))
}

/// A byline without title or known surname, such as 半亩方塘.
fn is_pen_name(text: &str) -> bool {
    PEN_NAME.contains(&text.chars().count()) && text.chars().all(is_han)
}
