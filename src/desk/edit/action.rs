//! The actions of an editor at the desk, as a browser sends them.
//!
//! Lines and articles are named by their indexes on the page that the editor sees.

use crate::content::article::ArticleKind;
use crate::import::page::role::Role;
use jiff::civil::Date;
use serde::{Deserialize, Deserializer};

/// One step of an editor's work, which can be undone as a whole.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(tag = "do", rename_all = "lowercase")]
pub(crate) enum Action {
    /// Lines have another role; furniture and jumps belong to no article.
    Role { lines: Vec<usize>, role: Role },
    /// A new article: from the line to the end of its article, or exactly these lines where they are several.
    New { lines: Vec<usize> },
    /// These lines alone are an article.
    Split { lines: Vec<usize> },
    /// An article is joined with the one before it.
    Merge { article: usize },
    /// Lines belong to another article.
    Move { lines: Vec<usize>, to: usize },
    /// Lines are read one place earlier (-1) or later (1) in their article.
    Order { lines: Vec<usize>, by: i8 },
    /// The front matter of an article.
    Front { article: usize, set: FrontChange },
    /// What the page is.
    Masthead { set: MastheadChange },
    /// A line should read so, as a whole.
    Text { line: usize, text: String },
}

/// A field that a change names: its new value, or none where it is to be as it was found.
type Change<T> = Option<Option<T>>;

/// Fields of an article's front matter; those that are not named stay.
#[derive(Debug, Clone, Default, PartialEq, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub(crate) struct FrontChange {
    #[serde(deserialize_with = "named")]
    pub(crate) title: Change<String>,
    #[serde(deserialize_with = "named")]
    pub(crate) kicker: Change<String>,
    #[serde(deserialize_with = "named")]
    pub(crate) subtitle: Change<String>,
    #[serde(deserialize_with = "named")]
    pub(crate) column: Change<String>,
    #[serde(deserialize_with = "named")]
    pub(crate) authors: Change<Vec<String>>,
    #[serde(deserialize_with = "named")]
    pub(crate) byline: Change<String>,
    #[serde(deserialize_with = "named")]
    pub(crate) kind: Change<ArticleKind>,
    #[serde(deserialize_with = "named")]
    pub(crate) themes: Change<Vec<String>>,
    #[serde(deserialize_with = "named")]
    pub(crate) complete: Change<bool>,
}

/// Fields of a page's masthead; those that are not named stay.
#[derive(Debug, Clone, Default, PartialEq, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub(crate) struct MastheadChange {
    #[serde(deserialize_with = "named")]
    pub(crate) date: Change<Date>,
    #[serde(deserialize_with = "named")]
    pub(crate) paper: Change<String>,
    #[serde(deserialize_with = "named")]
    pub(crate) issue: Change<u32>,
    #[serde(deserialize_with = "named")]
    pub(crate) page: Change<u32>,
}

/// A field that is there: `null` is a value too.
fn named<'de, D: Deserializer<'de>, T: Deserialize<'de>>(deserializer: D) -> Result<Change<T>, D::Error> {
    Option::deserialize(deserializer).map(Some)
}

impl Action {
    /// The name of the action, for the log and for undoing it.
    pub(crate) fn name(&self) -> &'static str {
        match self {
            Self::Role { role, .. } => role.name(),
            Self::New { .. } => "new",
            Self::Split { .. } => "split",
            Self::Merge { .. } => "merge",
            Self::Move { .. } => "move",
            Self::Order { .. } => "order",
            Self::Front { set, .. } => set.field(),
            Self::Masthead { .. } => "masthead",
            Self::Text { .. } => "text",
        }
    }
}

impl FrontChange {
    /// The first field that it names.
    fn field(&self) -> &'static str {
        let fields = [
            ("title", self.title.is_some()),
            ("kicker", self.kicker.is_some()),
            ("subtitle", self.subtitle.is_some()),
            ("column", self.column.is_some()),
            ("authors", self.authors.is_some()),
            ("byline", self.byline.is_some()),
            ("kind", self.kind.is_some()),
            ("themes", self.themes.is_some()),
            ("complete", self.complete.is_some()),
        ];
        fields.into_iter().find(|(_, is_named)| *is_named).map_or("front", |(field, _)| field)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_action_is_read_as_a_browser_sends_it() {
        let parse = |text| serde_json::from_str::<Action>(text);
        assert_eq!(
            parse(r#"{"do":"role","lines":[3,4],"role":"title"}"#).unwrap(),
            Action::Role { lines: vec![3, 4], role: Role::Title }
        );
        let front = parse(r#"{"do":"front","article":1,"set":{"title":null,"authors":["岑望舒"]}}"#).unwrap();
        let Action::Front { set, .. } = &front else { panic!("{front:?}") };
        assert_eq!((set.title.clone(), set.kicker.clone()), (Some(None), None));
        assert_eq!(set.authors, Some(Some(vec!["岑望舒".to_owned()])));
        assert_eq!(front.name(), "title");
        for wrong in [
            r#"{"do":"erase"}"#,
            r#"{"do":"role","lines":[-1],"role":"title"}"#,
            r#"{"do":"role","lines":[1],"role":"x"}"#,
        ] {
            assert!(parse(wrong).is_err(), "{wrong}");
        }
    }
}
