//! Files the texts of a stream under themes, as an import files articles.

use crate::theme::classify::{ArticleText, Classifier};
use crate::theme::report::{ThemeEntry, theme_entries};
use serde::{Deserialize, Serialize};
use serde_json::Value;

/// A text to file under themes.
#[derive(Debug, Clone, Default, PartialEq, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct TextRequest {
    /// comes back with the themes; any JSON value
    pub id: Value,
    /// plain or CommonMark
    pub text: String,
    /// 主题
    pub title: String,
    /// 引题
    pub kicker: String,
    /// 副题
    pub subtitle: String,
    /// 栏目
    pub column: String,
}

/// The themes of a text.
#[derive(Debug, Serialize)]
struct TextObject<'a> {
    id: &'a Value,
    /// best first; empty where no theme fits
    themes: Vec<ThemeEntry<'a>>,
}

/// The line of the output for a text.
pub fn classified(classifier: &Classifier, request: &TextRequest) -> String {
    let TextRequest { id, text, title, kicker, subtitle, column } = request;
    let classification = classifier.classify(&ArticleText { title, kicker, subtitle, column, body: text });
    let object = TextObject { id, themes: theme_entries(&classification) };
    serde_json::to_string(&object).expect("strings and finite numbers can always be written as JSON")
}
