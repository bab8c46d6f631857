//! The texts of the interface in three languages (messages), and dates in words.
//!
//! All messages stand in one table, `i18n.txt`, a line each: to add one, add a line. Templates write `{{ words.themes }}`, and
//! `{{ words.pieces | say(n=theme.count) }}` where a placeholder has to be filled in; code writes `messages.text("themes")`.

use crate::content::article::ArticleKind;
use crate::text::lang::{LANGS, Lang};
use crate::text::placeholders::fill;
use jiff::civil::Date;
use std::collections::BTreeMap;
use std::fmt::Display;
use std::sync::LazyLock;

/// Name → the message in each language, in the order of [`LANGS`].
type Table = BTreeMap<&'static str, [&'static str; LANGS.len()]>;

static TABLE: LazyLock<Table> = LazyLock::new(|| {
    let lines = include_str!("i18n.txt").lines().filter(|line| !line.is_empty() && !line.starts_with('#'));
    lines.filter_map(parse_row).collect()
});

/// None for a line that does not have one message for each language; a test makes sure that there is no such line.
fn parse_row(line: &'static str) -> Option<(&'static str, [&'static str; LANGS.len()])> {
    let mut cells = line.split(" | ");
    let name = cells.next()?;
    let messages: Vec<&str> = cells.map(|message| message.trim_matches('"')).collect();
    Some((name, messages.try_into().ok()?))
}

/// The texts of the interface in one language.
#[derive(Debug, Clone, Copy)]
pub struct Messages {
    lang: Lang,
}

impl Messages {
    /// The messages of a language.
    pub fn of(lang: Lang) -> Self {
        Self { lang }
    }

    /// All messages by name, as the variable `words` of templates.
    pub(crate) fn table(self) -> BTreeMap<&'static str, &'static str> {
        TABLE.iter().map(|(name, messages)| (*name, messages[self.lang as usize])).collect()
    }

    /// A message by its name; empty if there is none of that name.
    pub(crate) fn text(self, name: &str) -> &'static str {
        TABLE.get(name).map_or("", |messages| messages[self.lang as usize])
    }

    /// A message with the placeholder `{n}`, filled in.
    pub(crate) fn count(self, name: &str, n: impl Display) -> String {
        fill(self.text(name), &[("n", n.to_string())])
    }

    /// The name of a kind of article; none for news, which needs no label.
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
        fill(self.text("year"), &[("y", year.to_string())])
    }

    /// 2月
    pub(crate) fn month_name(self, month: i8) -> &'static str {
        nth(self.text("month_names"), month - 1)
    }

    /// 2025年2月
    pub(crate) fn month(self, year: i16, month: i8) -> String {
        fill(self.text("month"), &[("y", year.to_string()), ("M", self.month_name(month).to_owned())])
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
        fill(self.text(form), &[("y", date.year().to_string()), ("M", month), ("d", date.day().to_string())])
    }

    /// 星期三
    pub(crate) fn weekday(self, date: Date) -> &'static str {
        nth(self.text("weekday_names"), date.weekday().to_monday_zero_offset())
    }

    /// The title of a part of a list: the name of the list, from the second part on with its number: 技能（2）.
    pub(crate) fn part_title(self, name: &str, part: usize) -> String {
        match part {
            1 => name.to_owned(),
            _ => fill(self.text("part_title"), &[("n", part.to_string()), ("name", name.to_owned())]),
        }
    }
}

/// The n-th of words that are separated by spaces, from 0.
fn nth(list: &'static str, n: i8) -> &'static str {
    list.split(' ').nth(usize::from(n.unsigned_abs())).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::builtin::{STATICS, TEMPLATES};
    use crate::text::han::is_han;
    use crate::text::placeholders::placeholders;
    use jiff::civil::date;
    use std::collections::BTreeSet;

    fn lines() -> impl Iterator<Item = &'static str> {
        include_str!("i18n.txt").lines().filter(|line| !line.is_empty() && !line.starts_with('#'))
    }

    #[test]
    fn every_message_exists_once_in_every_language_with_the_same_placeholders() {
        assert_eq!(lines().count(), TABLE.len(), "a name is defined twice, or a line does not have three messages");
        for (name, messages) in TABLE.iter() {
            assert!(messages.iter().all(|message| !message.is_empty()), "{name}");
            let names = |message| placeholders(message).collect::<BTreeSet<_>>();
            assert!(messages.iter().all(|message| names(message) == names(messages[0])), "{name}: {messages:?}");
            assert!(!messages[2].chars().any(is_han), "{name} is not English");
        }
    }

    #[test]
    fn a_number_selects_the_plural_form() {
        let en = Messages::of(Lang::En);
        assert_eq!([en.count("pieces", 1), en.count("pieces", 2)], ["1 article", "2 articles"]);
        assert_eq!(Messages::of(Lang::ZhHans).count("pieces", 1), "1篇");
    }

    #[test]
    fn dates_are_formatted_for_the_language() {
        let day = date(2025, 2, 5);
        let formatted = |lang| {
            let m = Messages::of(lang);
            [m.day(day), m.day_of_year(day), m.month(2025, 2), m.year(2025), m.weekday(day).into()]
        };
        assert_eq!(formatted(Lang::ZhHans), ["2025年2月5日", "2月5日", "2025年2月", "2025年", "星期三"]);
        assert_eq!(formatted(Lang::ZhHans), formatted(Lang::ZhHant));
        assert_eq!(formatted(Lang::En), ["February 5, 2025", "February 5", "February 2025", "2025", "Wednesday"]);
    }

    /// The text of a template without its comments.
    fn without_comments(text: &str) -> String {
        text.split("{#").map(|part| part.split_once("#}").map_or(part, |(_, rest)| rest)).collect()
    }

    #[test]
    fn templates_and_scripts_hold_no_text_of_their_own() {
        let is_chinese = |c: char| is_han(c) || matches!(c, '\u{3000}'..='\u{303F}' | '\u{FF00}'..='\u{FFEF}');
        for (name, text) in TEMPLATES {
            let found: String = without_comments(text).chars().filter(|c| is_chinese(*c)).collect();
            assert_eq!(found, "", "templates/{name}: a text of the interface belongs in i18n.txt");
        }
        for (name, text) in STATICS.iter().filter(|(name, _)| name.ends_with(".js")) {
            let code = text.lines().filter(|line| !line.trim_start().starts_with("//"));
            let found: String = code.flat_map(str::chars).filter(|c| is_han(*c)).collect();
            assert_eq!(found, "", "static/{name}: pass the text in a data attribute");
        }
    }

    #[test]
    fn templates_use_messages_that_exist() {
        for (name, text) in TEMPLATES {
            for rest in text.split("words.").skip(1) {
                let message = rest.split(|c: char| !c.is_ascii_alphanumeric() && c != '_').next().unwrap();
                assert!(TABLE.contains_key(message), "templates/{name} uses words.{message}");
            }
        }
    }
}
