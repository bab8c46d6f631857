//! Requests: what a line of a stream asks for, which is a page by its text or its file, and what is known of it.

use crate::content::page_name::{file_and_number, name_of_page};
use crate::diagnostics::code::Code;
use crate::diagnostics::diagnostic::Diagnostic;
use crate::diagnostics::error::library_reason;
use crate::diagnostics::message::Message;
use crate::message;
use jiff::civil::Date;
use serde::Deserialize;
use serde::de::DeserializeOwned;
use serde_json::Value;

/// A page to split.
#[derive(Debug, Clone, Default, PartialEq, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct PageRequest {
    /// comes back with the page; any JSON value
    pub id: Value,
    /// the content of the page's file: text, or an OCR result in XML or JSON
    pub text: Option<String>,
    /// the page's file, where there is no text; a page of a file with several is `issue.pdf#3`
    pub path: Option<String>,
    /// the name of the page's file, which may say its day, paper and page; by default the path, or an `id` that is a text
    pub name: Option<String>,
    /// for a page that prints no paper
    pub paper: Option<String>,
    /// for a page that prints no date
    pub date: Option<Date>,
    /// for a page that prints no page number
    pub page: Option<u32>,
    /// for a page that prints no number of its issue
    pub issue: Option<u32>,
    /// a person's corrections, as the TOML file beside the page holds them
    pub sidecar: Option<String>,
}

/// A page or text that cannot be read.
#[derive(Debug)]
pub(crate) struct FailedRequest {
    /// the number of its line in the input, from 1
    pub(crate) line: usize,
    /// null where the line cannot be read
    pub(crate) id: Value,
    /// of a page, where it is known
    pub(crate) name: Option<String>,
    pub(crate) reason: Diagnostic,
}

/// The name of a page of which nothing is known.
const UNNAMED: &str = "page";

impl PageRequest {
    /// The file's own name, or that of the text; with the number of a page where one page of the file is asked for.
    pub(crate) fn own_name(&self) -> &str {
        self.path.as_deref().unwrap_or_else(|| self.name())
    }

    /// The name of the page's file as the request says it.
    pub(crate) fn name(&self) -> &str {
        let known = [self.name.as_deref(), self.path.as_deref(), self.id.as_str()];
        known.into_iter().flatten().find(|name| !name.is_empty()).unwrap_or(UNNAMED)
    }

    /// The name of a page of the file, which the file itself calls `own`.
    pub(crate) fn name_of(&self, own: &str) -> String {
        match (file_and_number(self.name()), file_and_number(own).1) {
            ((file, None), Some(number)) => name_of_page(file, number, usize::MAX),
            _ => self.name().to_owned(),
        }
    }

    /// Whether a page of the file is asked for.
    pub(crate) fn wants(&self, own: &str) -> bool {
        let wanted = file_and_number(self.own_name()).1;
        wanted.is_none() || wanted == file_and_number(own).1.or(Some(1))
    }
}

/// What a line asks for.
///
/// # Errors
/// `bad-request`: the line is no JSON object, or has a key or a value that is none.
pub(crate) fn parse_request<T: DeserializeOwned>(number: usize, line: &str) -> Result<T, Box<FailedRequest>> {
    let fail = |reason| Box::new(FailedRequest { id: id_of(line), ..failed_line(number, bad_request(reason)) });
    // a list would be taken for the values of an object
    if !line.trim_start().starts_with('{') {
        return Err(fail(message!("the line is no JSON object")));
    }
    serde_json::from_str(line).map_err(|error| {
        let text = error.to_string();
        let reason = text.rsplit_once(" at line ").map_or(text.as_str(), |(reason, _)| reason);
        let (reason, column) = (library_reason(reason), error.column());
        fail(message!("the line is no request: {reason} (column {column})", reason, column))
    })
}

/// A line that cannot be read.
pub(crate) fn failed_line(line: usize, reason: Diagnostic) -> FailedRequest {
    FailedRequest { line, id: Value::Null, name: None, reason }
}

/// The `id` of an object whatever else it has.
fn id_of(line: &str) -> Value {
    #[derive(Deserialize)]
    struct Identified {
        #[serde(default)]
        id: Value,
    }
    serde_json::from_str::<Identified>(line).map_or(Value::Null, |line| line.id)
}

/// A finding about a line that asks for nothing that can be done.
pub(crate) fn bad_request(message: Message) -> Diagnostic {
    let hint = message!("each line is a JSON object such as {example}", example = r#"{"id": 1, "text": "…"}"#);
    Diagnostic::new(Code::BadRequest, message).hint(hint)
}
