//! The authors of an article: people out of byline, dateline, signature and photo credit.

use crate::content::article::ArticleKind;
use crate::import::article::article_line::{ArticleLine, texts_with_role};
use crate::import::lexicon::byline_words::people_before_text;
use crate::import::lexicon::column_labels::is_column_name;
use crate::import::lexicon::credits::parse_credit;
use crate::import::lexicon::jumps::without_jump;
use crate::import::lexicon::names::parse_run_of_names;
use crate::import::lexicon::offices::after_office;
use crate::import::lexicon::people::{likely_names, names_office_alone, parse_byline, parse_dateline, parse_signature};
use crate::import::lexicon::reason::Reason;
use crate::import::lexicon::words::is_word;
use crate::import::page::role::Role;
use crate::text::han::is_han;
use std::collections::HashSet;

/// The people of the byline, then those of datelines; where there are none, those who wrote under a pen name, signed at the end, or stand
/// before the first paragraph without a break; of a photo without any, the photographers. Each once. A dateline or a signature may be
/// cut between two lines, so that `paragraphs`, made of lines, tell them too.
pub(crate) fn find_authors(lines: &[ArticleLine<'_>], paragraphs: &[&str], kind: ArticleKind) -> Vec<String> {
    let body = || texts_with_role(lines, Role::Body);
    let mut people: Vec<String> = lines.iter().filter_map(people_of_line).flatten().collect();
    let texts = || body().chain(paragraphs.iter().copied());
    people.extend(texts().filter_map(parse_dateline).flat_map(|dateline| dateline.people));
    if people.is_empty() {
        let of_line = |line: &&ArticleLine<'_>| is_pen_name_line(line);
        let names =
            |line: &ArticleLine<'_>| parse_run_of_names(line.text()).unwrap_or_else(|| vec![line.text().to_owned()]);
        people.extend(lines.iter().filter(of_line).flat_map(names));
    }
    if people.is_empty() {
        people.extend(texts().filter_map(|text| parse_signature(without_jump(text))).flatten());
    }
    if people.is_empty() {
        people.extend(paragraphs.first().map(|text| people_before_text(text)).unwrap_or_default());
    }
    if people.is_empty() && kind == ArticleKind::Photo {
        people.extend(lines.iter().filter_map(|line| parse_credit(line.text())).flat_map(|credit| credit.people));
    }
    let mut seen = HashSet::new();
    people.retain(|name| seen.insert(name.clone()));
    people
}

/// Whether a line is a byline: it names people, be it by a pen name, or the page's markup or a person says so.
pub(crate) fn is_byline(line: &ArticleLine<'_>) -> bool {
    is_pen_name_line(line) || people_of_line(line).is_some()
}

/// The people of a line that is a byline, but for pen names; none where it is none. One that is stated to be a byline may name
/// nobody (本报评论员).
fn people_of_line(line: &ArticleLine<'_>) -> Option<Vec<String>> {
    if line.role() != Role::Byline || is_pen_name_line(line) {
        return None;
    }
    let named = parse_byline(line.text()).map(|byline| byline.people);
    let stated = || line.assigned.is_stated().then(|| people_of_stated_byline(line));
    named.or_else(|| names_office_alone(line.text()).then(Vec::new)).or_else(stated)
}

/// The people of a line that the rules do not take for a byline: its words that can be names. Where a person says that it is one
/// and no word is like a name, all words are.
fn people_of_stated_byline(line: &ArticleLine<'_>) -> Vec<String> {
    let likely = likely_names(line.text());
    if !likely.is_empty() || line.assigned.why != Reason::Corrected {
        return likely;
    }
    let words = line.text().split([' ', '　', '、', ',', '，']);
    words.filter(|word| !word.is_empty()).map(str::to_owned).collect()
}

/// A byline without title or known surname, such as 半亩方塘, is a pen name. 开栏的话 is none.
fn is_pen_name_line(line: &ArticleLine<'_>) -> bool {
    let text = line.text();
    let is_word_alone = match text.chars().collect::<Vec<_>>()[..] {
        [a, b] => is_word(a, b),
        _ => false,
    };
    line.role() == Role::Byline
        && parse_byline(text).is_none()
        && (2..=5).contains(&text.chars().count())
        && text.chars().all(|c| is_han(c) && c != '的')
        && !is_word_alone
        && !is_column_name(text)
        && after_office(text).is_none()
}
