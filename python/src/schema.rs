//! The columns of the tables that are returned: those of the JSON objects that `wenzhai split` prints.

use arrow_schema::{DataType, Field, Fields, Schema};
use std::sync::Arc;

/// The column of what the caller knows a page by.
pub(crate) const ID: &str = "id";

/// The schema of a table of pages, or of articles, with ids of a type, or without.
pub(crate) fn with_id(id: Option<DataType>, articles: bool) -> Schema {
    let id = id.map(|id| Field::new(ID, id, true));
    Schema::new(id.into_iter().chain(columns(articles)).collect::<Vec<_>>())
}

/// All columns but the id.
pub(crate) fn columns(articles: bool) -> Vec<Field> {
    let mut columns = match articles {
        true => article(),
        false => vec![
            text("name"),
            text("paper"),
            day("date"),
            number("issue"),
            number("page"),
            list("articles", object(article())),
            list("ledger", object(ledger_line())),
            list("doubts", object(vec![number("line"), text("role"), measure("certainty")])),
            list("findings", object(finding())),
        ],
    };
    columns.push(Field::new("error", object(finding()), true));
    columns
}

fn article() -> Vec<Field> {
    vec![
        text("file"),
        text("title"),
        Field::new("title_inferred", DataType::Boolean, true),
        text("kicker"),
        text("subtitle"),
        text("column"),
        list("authors", DataType::Utf8),
        text("byline"),
        day("date"),
        text("paper"),
        number("issue"),
        number("page"),
        list("themes", DataType::Utf8),
        text("kind"),
        text("missing_before"),
        text("missing_after"),
        Field::new("breaks_off", DataType::Boolean, true),
        Field::new(
            "source",
            object(vec![text("page"), text("lines"), list("more", object(vec![text("page"), text("lines")]))]),
            true,
        ),
        text("body"),
        list("paragraphs", object(paragraph())),
    ]
}

fn paragraph() -> Vec<Field> {
    let lines = || list("lines", DataType::Int64);
    vec![text("role"), text("text"), lines(), list("more", object(vec![text("page"), lines()]))]
}

fn ledger_line() -> Vec<Field> {
    vec![
        text("page"),
        number("line"),
        text("role"),
        text("article"),
        text("why"),
        list("box", DataType::Float64),
        list("unsure_words", object(vec![text("text"), number("at"), measure("confidence")])),
    ]
}

fn finding() -> Vec<Field> {
    vec![text("code"), text("severity"), text("message"), text("hint"), text("file"), number("line"), number("column")]
}

fn text(name: &str) -> Field {
    Field::new(name, DataType::Utf8, true)
}

fn number(name: &str) -> Field {
    Field::new(name, DataType::Int64, true)
}

fn measure(name: &str) -> Field {
    Field::new(name, DataType::Float64, true)
}

fn day(name: &str) -> Field {
    Field::new(name, DataType::Date32, true)
}

fn list(name: &str, of: DataType) -> Field {
    // the name that Spark and Parquet give to what a list is of
    Field::new(name, DataType::List(Arc::new(Field::new("element", of, true))), true)
}

fn object(fields: Vec<Field>) -> DataType {
    DataType::Struct(Fields::from(fields))
}
