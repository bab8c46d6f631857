//! What became of pages, as a table.

use crate::schema::{columns, with_id};
use arrow_array::{ArrayRef, RecordBatch, UInt32Array};
use arrow_json::ReaderBuilder;
use arrow_json::reader::Decoder;
use arrow_schema::{ArrowError, Schema, SchemaRef};
use arrow_select::take::take;
use std::sync::Arc;
use wenzhai::pipeline::stream::object::OutputObject;

/// A table to which objects are added.
pub(crate) struct Table {
    articles: bool,
    schema: SchemaRef,
    decoder: Decoder,
    /// the row of the request that each object answers
    rows: Vec<u32>,
}

impl Table {
    /// An empty table of pages, or of articles.
    ///
    /// # Errors
    /// A column has a type that is not read from JSON.
    pub(crate) fn new(articles: bool) -> Result<Self, ArrowError> {
        let schema = Arc::new(Schema::new(columns(articles)));
        let decoder = ReaderBuilder::new(schema.clone()).build_decoder()?;
        Ok(Self { articles, schema, decoder, rows: Vec::new() })
    }

    /// Adds a row for each object.
    ///
    /// # Errors
    /// There are more than 4 G rows.
    pub(crate) fn add(&mut self, objects: &[OutputObject<'_>]) -> Result<(), ArrowError> {
        for object in objects {
            let row = u32::try_from(object.request - 1).map_err(|error| ArrowError::ExternalError(Box::new(error)))?;
            self.rows.push(row);
        }
        self.decoder.serialize(objects)
    }

    /// The table, with the ids of the rows that the objects answer, where there are ids.
    ///
    /// # Errors
    /// The objects need more memory than a column may have (2 GiB).
    pub(crate) fn finish(mut self, ids: Option<&ArrayRef>) -> Result<RecordBatch, ArrowError> {
        let found = self.decoder.flush()?.unwrap_or_else(|| RecordBatch::new_empty(self.schema.clone()));
        let Some(ids) = ids else { return Ok(found) };
        let ids = take(ids, &UInt32Array::from(self.rows), None)?;
        let schema = with_id(Some(ids.data_type().clone()), self.articles);
        RecordBatch::try_new(Arc::new(schema), [vec![ids], found.columns().to_vec()].concat())
    }
}
