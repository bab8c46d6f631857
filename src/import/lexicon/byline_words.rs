//! Divides a byline into words: offices, institutions, and what can only be names.

use crate::import::lexicon::names::{is_likely_name, parse_run_of_names};
use crate::import::lexicon::offices::{after_office, before_office, is_institution, next_office};
use crate::import::lexicon::words::is_word;
use crate::text::han::is_han;

/// What is known of a text that may name people.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Setting {
    /// a line like any other: names have to look like names
    Line,
    /// brackets of a dateline, in which any name will do
    Dateline,
    /// brackets at the end of a text, in which contributors sign
    Signature,
}

/// A word of a byline.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Word {
    Office,
    Institution,
    /// what may be a name; `attached`: without a space behind an office
    Name {
        text: String,
        attached: bool,
    },
    /// takes or draws pictures: a label beside a slash
    PictureLabel,
}

/// The words of a byline; a name of two characters may be spaced: `李　青`.
pub(crate) fn divide(line: &str, setting: Setting) -> Vec<Word> {
    let line = line.replace("文/图", "文图").replace("图/文", "图文").replace(['：', ':'], " ");
    let is_separator = |c: char| c.is_whitespace() || matches!(c, '、' | '，' | ',' | '/' | '／' | '|' | '；');
    let mut words: Vec<Word> = Vec::new();
    for token in line.split(is_separator).filter(|token| !token.is_empty()) {
        push_words(&mut words, token, setting);
    }
    without_photographers(join_halves(words))
}

/// Divides a token at its offices.
fn push_words(words: &mut Vec<Word>, token: &str, setting: Setting) {
    let mut rest = token;
    let mut attached = false;
    while let Some(behind) = after_office(rest) {
        words.push(Word::Office);
        // 记者林见青通讯员何晚舟
        let end = next_office(behind).unwrap_or(behind.len());
        if end > 0 {
            words.push(Word::Name { text: behind[..end].to_owned(), attached: true });
        }
        rest = &behind[end..];
        attached = true;
    }
    // 林见青通讯员何晚舟
    if let Some(end) = next_office(rest).filter(|&end| is_likely_name(&rest[..end])) {
        words.push(Word::Name { text: rest[..end].to_owned(), attached });
        return push_words(words, &rest[end..], setting);
    }
    if rest.is_empty() {
        return;
    }
    let is_long = rest.chars().count() >= SIGNED_FROM && rest.chars().all(is_han);
    if let Some(name) = before_office(rest).filter(|name| is_likely_name(name)) {
        words.extend([Word::Name { text: name.to_owned(), attached: false }, Word::Office]);
    } else if is_institution(rest) || setting == Setting::Signature && is_long && parse_run_of_names(rest).is_none() {
        words.push(Word::Institution);
    } else {
        words.push(Word::Name { text: rest.to_owned(), attached });
    }
}

/// Characters of what stands before a contributor's name in brackets, where it is no known institution.
const SIGNED_FROM: usize = 5;

/// Joins the two halves of a spaced name; other single characters beside a slash are labels: `文/林见青 图/何晚舟`.
fn join_halves(words: Vec<Word>) -> Vec<Word> {
    let mut joined: Vec<Word> = Vec::new();
    let mut half = false;
    for word in words {
        let single = matches!(&word, Word::Name { text, .. } if text.chars().count() == 1);
        match (joined.last_mut(), word) {
            (Some(Word::Name { text, .. }), Word::Name { text: second, .. }) if single && half => {
                text.push_str(&second);
                half = false;
            }
            (_, word) => {
                joined.push(word);
                half = single;
            }
        }
    }
    let label = |word: Word| match word {
        Word::Name { text, .. } if text == "文" => Word::Office,
        Word::Name { text, .. } if text == "图" || text == "摄" => Word::PictureLabel,
        word => word,
    };
    joined.into_iter().map(label).collect()
}

/// Without those whom a label names as photographers: `图/何晚舟`, `何晚舟/图`.
fn without_photographers(words: Vec<Word>) -> Vec<Word> {
    if !words.contains(&Word::PictureLabel) {
        return words;
    }
    let is_label = |word: &Word| matches!(word, Word::Office | Word::PictureLabel);
    let labels_first = words.first().is_some_and(is_label);
    let mut kept = Vec::new();
    let mut by_picture_label = false;
    for word in words {
        match word {
            Word::PictureLabel if labels_first => by_picture_label = true,
            Word::PictureLabel => _ = kept.pop(),
            Word::Office => {
                by_picture_label = false;
                kept.push(word);
            }
            word if by_picture_label => _ = word,
            word => kept.push(word),
        }
    }
    kept
}

/// The people of a byline that a text begins with, without a break between the last name and the text: `本报记者 林见青 何晚舟江水退了`. Without
/// an office, a name has to stand before the last one.
pub(crate) fn people_before_text(text: &str) -> Vec<String> {
    let text = text.trim_start_matches(|c: char| !is_han(c));
    let (mut people, mut names_office) = (Vec::new(), false);
    for token in text.split([' ', '\u{3000}']).filter(|token| !token.is_empty()).take(MOST_WORDS) {
        let behind = after_office(token);
        names_office |= behind.is_some();
        let name = behind.unwrap_or(token);
        if name.is_empty() {
            continue;
        }
        if is_likely_name(name) {
            people.push(name.to_owned());
            continue;
        }
        let last = leading_name(name).filter(|_| names_office || !people.is_empty());
        return last.map_or_else(Vec::new, |last| people.into_iter().chain([last]).collect());
    }
    Vec::new()
}

/// Words of a byline that are looked at, at most.
const MOST_WORDS: usize = 8;

/// The name that a text begins with: what follows it does not belong to its last character.
fn leading_name(text: &str) -> Option<String> {
    let characters: Vec<char> = text.chars().take(4).collect();
    let fits = |length: &usize| {
        let is_whole = || match characters.get(length - 1..=*length) {
            Some(&[last, next]) => !is_word(last, next),
            _ => false,
        };
        characters.len() > *length && is_whole() && is_likely_name(&characters[..*length].iter().collect::<String>())
    };
    let length = [3, 2].into_iter().find(fits)?;
    Some(characters[..length].iter().collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_byline_without_a_break_names_people() {
        assert_eq!(people_before_text("■ 本报记者 林见青 何晚舟江水退了三天"), ["林见青", "何晚舟"]);
        assert_eq!(people_before_text("林见青 何晚舟江水退了三天"), ["林见青", "何晚舟"]);
        assert!(people_before_text("江水退了三天 何晚舟说").is_empty());
        assert!(people_before_text("林见青说江水退了").is_empty());
    }

    fn names(line: &str, setting: Setting) -> Vec<String> {
        let name = |word| match word {
            Word::Name { text, .. } => Some(text),
            _ => None,
        };
        divide(line, setting).into_iter().filter_map(name).collect()
    }

    #[test]
    fn offices_and_slashes_divide_names() {
        assert_eq!(names("本报记者林 青 通讯员何晚舟", Setting::Line), ["林青", "何晚舟"]);
        assert_eq!(names("文/林见青 图/何晚舟", Setting::Line), ["林见青"]);
        assert_eq!(names("林见青/文 何晚舟/摄", Setting::Line), ["林见青"]);
    }

    #[test]
    fn a_long_word_before_a_name_in_brackets_is_no_name() {
        assert_eq!(names("沿湖新村工友 林见青", Setting::Signature), ["林见青"]);
    }
}
