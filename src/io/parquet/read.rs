//! Reads the rows of a Parquet file as JSON lines, some at a time.

use crate::diagnostics::code::Code;
use crate::diagnostics::diagnostic::Diagnostic;
use crate::diagnostics::error::{Error, Result, library_reason};
use crate::io::fs::os_error::unreadable;
use crate::message;
use crate::util::parallel;
use parquet::errors::Result as ParquetResult;
use parquet::file::reader::{FileReader, SerializedFileReader};
use parquet::record::reader::RowIter;
use parquet::record::{Field, Row};
use parquet::schema::types::Type;
use serde_json::{Map, Value};
use std::fs::File;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::Path;
use std::sync::Arc;

/// Rows in memory at a time.
const BATCH: usize = 1024;

/// Passes the rows of a Parquet file as JSON lines to `put`, some at a time, with those of the columns that the file has. `name` is the file's
/// name in messages. Null is left out.
///
/// # Errors
/// `unreadable`; `broken-input` where the file is no Parquet file or damaged; what `put` returns.
pub(crate) fn read_json_lines(
    path: &Path,
    name: &str,
    columns: &[&str],
    put: &mut dyn FnMut(Vec<String>) -> Result<()>,
) -> Result<()> {
    let file = File::open(path).map_err(|error| Error::failure(unreadable(name, &error)))?;
    let mut rows = guarded(name, || {
        let reader = SerializedFileReader::new(file)?;
        let schema = reader.metadata().file_metadata().schema();
        let wanted = schema.get_fields().iter().filter(|field| columns.contains(&field.name()));
        let projection =
            Type::group_type_builder(schema.name()).with_fields(wanted.map(Arc::clone).collect()).build()?;
        RowIter::from_file_into(Box::new(reader)).project(Some(projection))
    })?;
    loop {
        let lines = guarded(name, || {
            let some = rows.by_ref().take(BATCH).collect::<ParquetResult<Vec<Row>>>()?;
            Ok(parallel::map(&some, json_line))
        })?;
        match lines.is_empty() {
            false => put(lines)?,
            true => return Ok(()),
        }
    }
}

/// A row as a JSON object with a line break at its end.
fn json_line(row: &Row) -> String {
    let keys = row.get_column_iter().filter_map(|(name, field)| Some((name.clone(), json(field)?)));
    format!("{}\n", Value::Object(keys.collect::<Map<String, Value>>()))
}

fn json(field: &Field) -> Option<Value> {
    match field {
        Field::Null => None,
        // text that its writer did not declare to be text
        Field::Bytes(bytes) => Some(String::from_utf8_lossy(bytes.data()).into()),
        field => Some(field.to_json_value()),
    }
}

/// What reading returns; a file may be damaged in ways that the library does not expect.
fn guarded<T>(name: &str, read: impl FnOnce() -> ParquetResult<T>) -> Result<T> {
    let broken = |why| {
        let hint = message!("write the table again; if another program can read it, tell us");
        Error::failure(Diagnostic::new(Code::BrokenInput, why).in_file(name).hint(hint))
    };
    match catch_unwind(AssertUnwindSafe(read)) {
        Ok(read) => read.map_err(|error| {
            broken(message!("{name} cannot be read as Parquet: {reason}", name, reason = library_reason(&error)))
        }),
        Err(_) => Err(broken(message!("{name} cannot be read as Parquet", name))),
    }
}
