//! The authors of an article: people out of byline, dateline, signature and photo credit.

use crate::content::article::ArticleKind;
use crate::import::article::article_line::{ArticleLine, texts_with_role};
use crate::import::lexicon::credits::parse_credit;
use crate::import::lexicon::jumps::without_jump;
use crate::import::lexicon::people::{parse_byline, parse_dateline, parse_signature};
use crate::import::page::role::Role;
use crate::text::han::is_han;
use std::collections::HashSet;

/// The people of the byline, then those of datelines; where there are none, those who signed at the end; of a photo without
/// any, the photographers. Each once.
pub(crate) fn find_authors(lines: &[ArticleLine<'_>], kind: ArticleKind) -> Vec<String> {
    let body = || texts_with_role(lines, Role::Body);
    let bylines = texts_with_role(lines, Role::Byline).filter_map(people_of_byline);
    let mut people: Vec<String> = bylines.flatten().collect();
    people.extend(body().filter_map(parse_dateline).flat_map(|dateline| dateline.people));
    if people.is_empty() {
        people.extend(body().filter_map(|text| parse_signature(without_jump(text))).flatten());
    }
    if people.is_empty() && kind == ArticleKind::Photo {
        people.extend(lines.iter().filter_map(|line| parse_credit(line.text())).flat_map(|credit| credit.people));
    }
    let mut seen = HashSet::new();
    people.retain(|name| seen.insert(name.clone()));
    people
}

/// A byline that names people, be it by a pen name.
pub(crate) fn names_people(line: &ArticleLine<'_>) -> bool {
    line.role() == Role::Byline && people_of_byline(line.text()).is_some()
}

/// The people of a byline. One without title or known surname, such as 半亩方塘, is a pen name.
fn people_of_byline(text: &str) -> Option<Vec<String>> {
    let is_pen_name = || (2..=5).contains(&text.chars().count()) && text.chars().all(is_han);
    parse_byline(text).map(|byline| byline.people).or_else(|| is_pen_name().then(|| vec![text.to_owned()]))
}
