//! Messages of the program in the language of those who read them.
//!
//! The English text stands in the code and is the key: `message!("cannot read {file}: {reason}", file, reason)`. The other languages
//! stand in `messages.txt`, three lines a message, as translators write them. A value is text that is the same in every language, a
//! number, or another message.

use crate::text::lang::Lang;
use crate::text::placeholders::fill;
use std::collections::HashMap;
use std::fmt::Display;
use std::sync::LazyLock;

/// A text for people, in every language of the interface.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Message {
    /// in English, with `{name}` for each value and `{one|many}` for what depends on the value `n`
    template: &'static str,
    values: Vec<(&'static str, Value)>,
    /// what stands in its place in English
    original: Option<String>,
}

/// What stands for a placeholder.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Value {
    /// the same in every language: a name, a number, what somebody else's program says
    Text(String),
    /// a part of the sentence that has to be translated itself
    Message(Message),
    /// several of them, with commas between
    List(Vec<Message>),
}

/// What a placeholder of a message can be given.
pub trait IntoValue {
    /// The value, as it is filled in.
    fn value(&self) -> Value;
}

impl<T: Display> IntoValue for T {
    fn value(&self) -> Value {
        Value::Text(self.to_string())
    }
}

impl IntoValue for Message {
    fn value(&self) -> Value {
        Value::Message(self.clone())
    }
}

impl IntoValue for &Message {
    fn value(&self) -> Value {
        Value::Message((*self).clone())
    }
}

impl IntoValue for Value {
    fn value(&self) -> Value {
        self.clone()
    }
}

/// A [`Message`]: its English text, then a value for each placeholder (`name`, or `name = expression`).
#[macro_export]
macro_rules! message {
    ($template:literal $(, $name:ident $(= $value:expr)?)* $(,)?) => {
        $crate::diagnostics::message::Message::new($template, vec![
            $((stringify!($name), $crate::diagnostics::message::IntoValue::value(&$crate::message!(@value $name $(= $value)?)))),*
        ])
    };
    (@value $name:ident) => { $name };
    (@value $name:ident = $value:expr) => { $value };
}

/// The English text of a message without values, for tables of constants: [`Message::of`] makes the message of it.
#[macro_export]
macro_rules! template {
    ($template:literal) => {
        $template
    };
}

/// English → simplified, traditional characters.
static TABLE: LazyLock<HashMap<&'static str, [&'static str; 2]>> = LazyLock::new(|| rows().collect());

fn rows() -> impl Iterator<Item = (&'static str, [&'static str; 2])> {
    let blocks =
        include_str!("messages.txt").split("\n\n").map(|block| block.lines().filter(|line| !line.starts_with('#')));
    blocks.filter_map(|mut lines| Some((lines.next()?, [lines.next()?, lines.next()?])))
}

impl Message {
    /// What [`message!`](crate::message!) makes.
    pub fn new(template: &'static str, values: Vec<(&'static str, Value)>) -> Self {
        Self { template, values, original: None }
    }

    /// The message of a [`template!`](crate::template!), without values.
    pub fn of(template: &'static str) -> Self {
        Self::new(template, Vec::new())
    }

    /// A text that is no sentence of this program: it stays as it is in every language.
    pub fn verbatim(text: impl Into<String>) -> Self {
        Self::new("{text}", vec![("text", Value::Text(text.into()))])
    }

    /// What a library says, in English alone, and what this program says of it in other languages.
    pub fn foreign(original: impl Into<String>, meaning: Self) -> Self {
        Self { original: Some(original.into()), ..meaning }
    }

    /// The text in a language; in English where the table lacks it.
    pub fn text(&self, lang: Lang) -> String {
        if let (Some(original), Lang::En) = (&self.original, lang) {
            return original.clone();
        }
        let values: Vec<(&str, String)> = self.values.iter().map(|(name, value)| (*name, value.text(lang))).collect();
        fill(translation(self.template, lang), &values)
    }

    /// The text in English.
    pub fn english(&self) -> String {
        self.text(Lang::En)
    }
}

impl Value {
    fn text(&self, lang: Lang) -> String {
        match self {
            Value::Text(text) => text.clone(),
            Value::Message(message) => message.text(lang),
            Value::List(messages) => {
                let texts: Vec<String> = messages.iter().map(|message| message.text(lang)).collect();
                texts.join(if lang.is_chinese() { "，" } else { ", " })
            }
        }
    }
}

/// An English text of the program in a language; as it is where the table lacks it.
pub(crate) fn translation(english: &'static str, lang: Lang) -> &'static str {
    translated(english, lang).unwrap_or(english)
}

/// What the table has for an English text.
pub(crate) fn translated(english: &str, lang: Lang) -> Option<&'static str> {
    let column = match lang {
        Lang::En => return None,
        Lang::ZhHans => 0,
        Lang::ZhHant => 1,
    };
    TABLE.get(english).map(|row| row[column])
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::han::is_han;
    use crate::text::placeholders::placeholders;
    use std::collections::BTreeSet;

    #[test]
    fn every_message_is_there_in_three_languages_with_the_same_values() {
        assert_eq!(rows().count(), TABLE.len(), "a message stands in the table twice");
        for block in include_str!("messages.txt").trim_end().split("\n\n").skip(1) {
            assert_eq!(block.lines().filter(|line| !line.starts_with('#')).count(), 3, "{block}");
        }
        let names = |text| placeholders(text).collect::<BTreeSet<&str>>();
        for (english, chinese) in rows() {
            for text in chinese {
                assert_eq!(names(text), names(english), "{english}");
                let words = fill(english, &names(english).into_iter().map(|name| (name, "")).collect::<Vec<_>>());
                assert!(text.chars().any(is_han) || !words.contains(char::is_alphabetic), "{text}");
            }
        }
    }

    #[test]
    fn values_are_text_numbers_and_messages() {
        let name = "a.md";
        let reason = message!("the page holds no text");
        let whole = message!("cannot read {name}: {reason}", name, reason);
        assert_eq!(whole.english(), "cannot read a.md: the page holds no text");
        assert_eq!(whole.text(Lang::ZhHans), "读不了a.md：这一版没有文字");
        let several =
            Value::List(vec![message!("{n} {error|errors}", n = 1), message!("{n} {warning|warnings}", n = 2)]);
        let findings = message!("{articles} articles checked: {findings}", articles = 9, findings = several);
        assert_eq!(findings.english(), "9 articles checked: 1 error, 2 warnings");
        assert_eq!(findings.text(Lang::ZhHant), "查了9篇文章：1處錯誤，2處警告");
        assert_eq!(Message::verbatim("{n}").text(Lang::ZhHant), "{n}");
        let foreign = Message::foreign("expected a table", message!("this is not as TOML is written"));
        assert_eq!([foreign.english(), foreign.text(Lang::ZhHans)], ["expected a table", "这不合 TOML 的写法"]);
    }
}
