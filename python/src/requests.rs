//! The rows of a table of pages as requests: its columns are the keys of `wenzhai split`, of any type that can be cast.

use arrow_array::cast::AsArray;
use arrow_array::types::{Date32Type, UInt32Type};
use arrow_array::{Array, ArrayRef, PrimitiveArray, RecordBatch, StringArray};
use arrow_cast::cast;
use arrow_schema::{ArrowError, DataType};
use jiff::ToSpan;
use jiff::civil::{Date, date};
use std::ops::Range;
use wenzhai::pipeline::stream::request::PageRequest;

/// Columns that are read; others are left aside.
const CONTENT: [&str; 2] = ["text", "path"];

/// The rows that are left of a table of pages.
pub(crate) struct Requests {
    texts: [Option<StringArray>; 5],
    day: Option<PrimitiveArray<Date32Type>>,
    numbers: [Option<PrimitiveArray<UInt32Type>>; 2],
    rows: Range<usize>,
}

impl Requests {
    /// # Errors
    /// There is neither a column `text` nor `path`, or a column cannot be read as what it has to be.
    pub(crate) fn of_batch(batch: &RecordBatch) -> Result<Self, ArrowError> {
        if CONTENT.iter().all(|name| batch.column_by_name(name).is_none()) {
            let names: Vec<&str> = batch.schema_ref().fields().iter().map(|field| field.name().as_str()).collect();
            let found = names.join(", ");
            return Err(ArrowError::SchemaError(format!("no column text and no column path; there are {found}")));
        }
        let text = |name| column(batch, name, &DataType::Utf8, |array| array.as_string::<i32>().clone());
        let number = |name| column(batch, name, &DataType::UInt32, |array| array.as_primitive::<UInt32Type>().clone());
        Ok(Self {
            texts: [text("text")?, text("path")?, text("name")?, text("paper")?, text("sidecar")?],
            day: column(batch, "date", &DataType::Date32, |array| array.as_primitive::<Date32Type>().clone())?,
            numbers: [number("page")?, number("issue")?],
            rows: 0..batch.num_rows(),
        })
    }
}

impl Iterator for Requests {
    type Item = PageRequest;

    fn next(&mut self) -> Option<PageRequest> {
        let row = self.rows.next()?;
        let [text, path, name, paper, sidecar] = self
            .texts
            .each_ref()
            .map(|column| column.as_ref().filter(|it| it.is_valid(row)).map(|it| it.value(row).to_owned()));
        let [page, issue] =
            self.numbers.each_ref().map(|column| column.as_ref().filter(|it| it.is_valid(row)).map(|it| it.value(row)));
        let date = self.day.as_ref().filter(|it| it.is_valid(row)).and_then(|it| day_of(it.value(row)));
        Some(PageRequest { text, path, name, paper, date, page, issue, sidecar, ..PageRequest::default() })
    }
}

/// A column of the table as an array of a type; None where there is no such column.
fn column<A>(
    batch: &RecordBatch,
    name: &str,
    to: &DataType,
    of: impl Fn(&ArrayRef) -> A,
) -> Result<Option<A>, ArrowError> {
    let Some(found) = batch.column_by_name(name) else { return Ok(None) };
    let read = cast(found, to).map_err(|error| ArrowError::CastError(format!("the column {name}: {error}")))?;
    Ok(Some(of(&read)))
}

/// A day by the number of days since 1970.
fn day_of(days: i32) -> Option<Date> {
    date(1970, 1, 1).checked_add(days.days()).ok()
}
