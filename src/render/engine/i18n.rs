//! The words of the interface: one table in three languages, and the days.
//!
//! The table is `words.txt`: a line is a word, so a new one is a new line. Templates write `{{ words.themes }}`, and where
//! something is to be filled in `{{ words.pieces | say(n=theme.count) }}`; code writes `words.text("themes")`.

use crate::content::article::ArticleKind;
use crate::text::lang::{LANGS, Lang};
use jiff::civil::Date;
use std::collections::BTreeMap;
use std::fmt::Display;
use std::sync::LazyLock;

/// Name → the word in each language, in the order of [`LANGS`].
type Table = BTreeMap<&'static str, [&'static str; LANGS.len()]>;

static TABLE: LazyLock<Table> = LazyLock::new(|| table(include_str!("i18n.txt")));

fn table(text: &'static str) -> Table {
    let lines = text.lines().filter(|line| !line.is_empty() && !line.starts_with('#'));
    lines.filter_map(row).collect()
}

/// Nothing where a line has not one word for each language; a test sees to it that there is none.
fn row(line: &'static str) -> Option<(&'static str, [&'static str; LANGS.len()])> {
    let mut cells = line.split(" | ");
    let name = cells.next()?;
    let words: Vec<&str> = cells.map(|word| word.trim_matches('"')).collect();
    Some((name, words.try_into().ok()?))
}

/// The words of one language.
#[derive(Debug, Clone, Copy)]
pub struct Messages {
    lang: Lang,
}

impl Messages {
    pub fn of(lang: Lang) -> Self {
        Self { lang }
    }

    /// The table as templates see it.
    pub(crate) fn table(self) -> BTreeMap<&'static str, &'static str> {
        TABLE.iter().map(|(name, words)| (*name, words[self.lang as usize])).collect()
    }

    /// A word by its name; empty where the table has none of that name.
    pub(crate) fn text(self, name: &str) -> &'static str {
        TABLE.get(name).map_or("", |words| words[self.lang as usize])
    }

    /// A word in which a number is told.
    pub(crate) fn count(self, name: &str, n: impl Display) -> String {
        format_message(self.text(name), &[("n", n.to_string())])
    }

    /// The words of one kind of article, where it is worth saying.
    pub(crate) fn kind(self, kind: ArticleKind) -> Option<&'static str> {
        match kind {
            ArticleKind::News => None,
            ArticleKind::Photo => Some(self.text("kind_photo")),
            ArticleKind::Commentary => Some(self.text("kind_commentary")),
            ArticleKind::Theory => Some(self.text("kind_theory")),
            ArticleKind::Brief => Some(self.text("kind_brief")),
        }
    }

    /// 2025年
    pub(crate) fn year(self, year: i16) -> String {
        format_message(self.text("year"), &[("y", year.to_string())])
    }

    /// 2月
    pub(crate) fn month_name(self, month: i8) -> &'static str {
        nth(self.text("month_names"), month - 1)
    }

    /// 2025年2月
    pub(crate) fn month(self, year: i16, month: i8) -> String {
        format_message(self.text("month"), &[("y", year.to_string()), ("M", self.month_name(month).to_owned())])
    }

    /// 2025年2月5日
    pub(crate) fn day(self, date: Date) -> String {
        self.date("day", date)
    }

    /// 2月5日
    pub(crate) fn day_of_year(self, date: Date) -> String {
        self.date("day_of_year", date)
    }

    fn date(self, form: &str, date: Date) -> String {
        let month = self.month_name(date.month()).to_owned();
        format_message(self.text(form), &[("y", date.year().to_string()), ("M", month), ("d", date.day().to_string())])
    }

    /// 星期三
    pub(crate) fn weekday(self, date: Date) -> &'static str {
        nth(self.text("weekday_names"), date.weekday().to_monday_zero_offset())
    }

    /// The title of a part of a list: the list's name, with the number of a later part.
    pub(crate) fn part_title_of(self, name: &str, part: usize) -> String {
        if part == 1 { name.to_owned() } else { self.part_title(name, part) }
    }

    /// 技能（2）: the second part of a list
    fn part_title(self, name: &str, part: usize) -> String {
        format_message(self.text("part_title"), &[("n", part.to_string()), ("name", name.to_owned())])
    }
}

/// The n-th of the words of a list, from 0.
fn nth(list: &'static str, n: i8) -> &'static str {
    list.split(' ').nth(usize::from(n.unsigned_abs())).unwrap_or_default()
}

/// A word with its places filled: `{name}` is what `values` has under that name, and `{one|many}` the first where `n` is 1,
/// else the second. What nobody fills in stays as it stands: a script of the page may.
pub(crate) fn format_message(word: &str, values: &[(&str, String)]) -> String {
    let value = |name: &str| values.iter().find(|(known, _)| *known == name).map(|(_, value)| value.as_str());
    let mut said = String::with_capacity(word.len());
    let mut rest = word;
    while let Some((before, from)) = rest.split_once('{') {
        let Some((place, after)) = from.split_once('}') else { break };
        said.push_str(before);
        match (place.split_once('|'), value(place), value("n")) {
            (Some((one, many)), _, Some(n)) => said.push_str(if n == "1" { one } else { many }),
            (None, Some(value), _) => said.push_str(value),
            _ => said.push_str(&format!("{{{place}}}")),
        }
        rest = after;
    }
    said + rest
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::builtin::{STATICS, TEMPLATES};
    use crate::text::han::is_han;
    use jiff::civil::date;
    use std::collections::BTreeSet;

    fn lines() -> impl Iterator<Item = &'static str> {
        include_str!("i18n.txt").lines().filter(|line| !line.is_empty() && !line.starts_with('#'))
    }

    /// The names in braces of a word, choices left out.
    fn places(word: &str) -> BTreeSet<&str> {
        let inside = word.split('{').skip(1).filter_map(|part| part.split('}').next());
        inside.filter(|place| !place.contains('|')).collect()
    }

    #[test]
    fn every_word_is_there_in_every_language_once_and_fills_the_same_places() {
        assert_eq!(lines().count(), TABLE.len(), "a name stands twice, or a line has not three words");
        for (name, words) in TABLE.iter() {
            assert!(words.iter().all(|word| !word.is_empty()), "{name}");
            assert!(words.iter().all(|word| places(word) == places(words[0])), "{name}: {words:?}");
            assert!(!words[2].chars().any(is_han), "{name} is not English");
        }
    }

    #[test]
    fn a_number_chooses_its_form() {
        let en = Messages::of(Lang::En);
        assert_eq!([en.count("pieces", 1), en.count("pieces", 2)], ["1 article", "2 articles"]);
        assert_eq!(Messages::of(Lang::ZhHans).count("pieces", 1), "1篇");
        assert_eq!(format_message("{n}/{m} {a|b}", &[("m", "{n}".into())]), "{n}/{n} {a|b}");
        assert_eq!(format_message("{", &[]), "{");
    }

    #[test]
    fn days_have_the_form_of_the_language() {
        let day = date(2025, 2, 5);
        let told = |lang| {
            let words = Messages::of(lang);
            [words.day(day), words.day_of_year(day), words.month(2025, 2), words.year(2025), words.weekday(day).into()]
        };
        assert_eq!(told(Lang::ZhHans), ["2025年2月5日", "2月5日", "2025年2月", "2025年", "星期三"]);
        assert_eq!(told(Lang::ZhHans), told(Lang::ZhHant));
        assert_eq!(told(Lang::En), ["February 5, 2025", "February 5", "February 2025", "2025", "Wednesday"]);
    }

    /// The text of a template without its comments.
    fn without_comments(text: &str) -> String {
        text.split("{#").map(|part| part.split_once("#}").map_or(part, |(_, rest)| rest)).collect()
    }

    #[test]
    fn templates_and_scripts_hold_no_words_of_their_own() {
        let is_chinese = |c: char| is_han(c) || matches!(c, '\u{3000}'..='\u{303F}' | '\u{FF00}'..='\u{FFEF}');
        for (name, text) in TEMPLATES {
            let found: String = without_comments(text).chars().filter(|c| is_chinese(*c)).collect();
            assert_eq!(found, "", "templates/{name}: a word of the interface belongs into words.txt");
        }
        for (name, text) in STATICS.iter().filter(|(name, _)| name.ends_with(".js")) {
            let code = text.lines().filter(|line| !line.trim_start().starts_with("//"));
            let found: String = code.flat_map(str::chars).filter(|c| is_han(*c)).collect();
            assert_eq!(found, "", "static/{name}: hand the word over in a data attribute");
        }
    }

    #[test]
    fn templates_ask_for_words_that_are_there() {
        for (name, text) in TEMPLATES {
            for asked in text.split("words.").skip(1) {
                let asked = asked.split(|c: char| !c.is_ascii_alphanumeric() && c != '_').next().unwrap();
                assert!(TABLE.contains_key(asked), "templates/{name} asks for words.{asked}");
            }
        }
    }
}
