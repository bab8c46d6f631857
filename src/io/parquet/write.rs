//! Writes JSON objects as the rows of a Parquet file, a group of rows at a time.

use crate::diagnostics::code::Code;
use crate::diagnostics::diagnostic::Diagnostic;
use crate::diagnostics::error::{Error, Result, library_reason};
use crate::io::parquet::shred::{Column, Levels, Shape, Values};
use crate::message;
use parquet::basic::{Compression, Repetition, ZstdLevel};
use parquet::data_type::{BoolType, ByteArrayType, Int32Type, Int64Type};
use parquet::errors::{ParquetError, Result as ParquetResult};
use parquet::file::properties::WriterProperties;
use parquet::file::writer::{SerializedColumnWriter, SerializedFileWriter};
use parquet::schema::types::Type;
use serde_json::Value;
use std::io::Write;
use std::sync::Arc;

/// Rows of a group: of articles, some 80 MB of text.
const GROUP: usize = 16_384;

/// A Parquet file that is being written: zstd, each column optional.
pub(crate) struct ParquetFile<W: Write + Send> {
    /// in messages
    name: String,
    row: Shape,
    columns: Vec<Column>,
    rows: usize,
    writer: SerializedFileWriter<W>,
}

impl<W: Write + Send> ParquetFile<W> {
    /// Begins a file with these columns.
    ///
    /// # Errors
    /// The output refuses to write.
    pub(crate) fn new(name: &str, columns: Vec<(&'static str, Shape)>, output: W) -> Result<Self> {
        let begin = || {
            let fields = columns.iter().map(|(name, shape)| shape.parquet_type(name)).collect::<ParquetResult<_>>()?;
            let schema = Type::group_type_builder("schema").with_repetition(Repetition::REQUIRED).with_fields(fields);
            let properties = WriterProperties::builder().set_compression(Compression::ZSTD(ZstdLevel::default()));
            SerializedFileWriter::new(output, Arc::new(schema.build()?), Arc::new(properties.build()))
        };
        let writer = begin().map_err(|error| cannot_write(name, &error))?;
        let row = Shape::Group(columns);
        Ok(Self { name: name.to_owned(), columns: row.columns(), row, rows: 0, writer })
    }

    /// Adds a row; keys that are no columns are left out.
    ///
    /// # Errors
    /// The output refuses to write.
    pub(crate) fn add(&mut self, row: &Value) -> Result<()> {
        self.row.shred(row, Levels::default(), 0, &mut self.columns);
        self.rows += 1;
        if self.rows == GROUP { self.write_group() } else { Ok(()) }
    }

    fn write_group(&mut self) -> Result<()> {
        let columns = std::mem::replace(&mut self.columns, self.row.columns());
        self.rows = 0;
        let mut write = || {
            let mut group = self.writer.next_row_group()?;
            for column in &columns {
                if let Some(mut writer) = group.next_column()? {
                    write_column(&mut writer, column)?;
                    writer.close()?;
                }
            }
            group.close().map(drop)
        };
        write().map_err(|error| cannot_write(&self.name, &error))
    }

    /// Ends the file, and returns the output.
    ///
    /// # Errors
    /// The output refuses to write.
    pub(crate) fn finish(mut self) -> Result<W> {
        if self.rows > 0 {
            self.write_group()?;
        }
        self.writer.into_inner().map_err(|error| cannot_write(&self.name, &error))
    }
}

impl<W: Write + Send> std::fmt::Debug for ParquetFile<W> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("ParquetFile").field("name", &self.name).field("rows", &self.rows).finish_non_exhaustive()
    }
}

/// Writes a column. The row itself is a group that is always there, which the file does not count as a level.
fn write_column(writer: &mut SerializedColumnWriter<'_>, column: &Column) -> ParquetResult<()> {
    let definition: Vec<i16> = column.definition.iter().map(|level| level - 1).collect();
    let levels = (Some(definition.as_slice()), Some(column.repetition.as_slice()));
    match &column.values {
        Values::Texts(values) => writer.typed::<ByteArrayType>().write_batch(values, levels.0, levels.1),
        Values::Numbers(values) => writer.typed::<Int64Type>().write_batch(values, levels.0, levels.1),
        Values::Truths(values) => writer.typed::<BoolType>().write_batch(values, levels.0, levels.1),
        Values::Days(values) => writer.typed::<Int32Type>().write_batch(values, levels.0, levels.1),
    }
    .map(drop)
}

fn cannot_write(name: &str, error: &ParquetError) -> Error {
    let message = message!("cannot write {name}: {reason}", name, reason = library_reason(error));
    Error::failure(Diagnostic::new(Code::Disk, message))
}
