//! Writes chosen articles as tables: JSON lines or Parquet, a file a table. Some articles are in memory at a time.

use crate::catalog::entry::EntryId;
use crate::content::article::Article;
use crate::content::parse;
use crate::diagnostics::error::{Error, ErrorKind, Result};
use crate::io::fs::staged_file::StagedFile;
#[cfg(feature = "parquet")]
use crate::io::parquet::{shred::Shape, write::ParquetFile};
use crate::pipeline::build::plan::PlannedSite;
use crate::project::ARTICLES;
use crate::render::export::tables::{ArticleRows, rows_of};
#[cfg(feature = "parquet")]
use crate::render::export::tables::{ColumnType, TABLES};
use crate::render::views::cards::Cards;
use crate::util::parallel;
use serde::Serialize;
use std::path::{Path, PathBuf};

/// Articles in memory at a time.
const BATCH: usize = 256;

/// The format of tables.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum TableFormat {
    JsonLines,
    #[cfg(feature = "parquet")]
    Parquet,
}

impl TableFormat {
    /// Of the files' names.
    pub(crate) fn extension(self) -> &'static str {
        match self {
            Self::JsonLines => "jsonl",
            #[cfg(feature = "parquet")]
            Self::Parquet => "parquet",
        }
    }
}

/// Writes the tables of articles to these files, in the order of [`TABLES`]; returns the number of articles.
///
/// # Errors
/// The file of an article has changed and cannot be read any more; the disk refuses to write.
pub(crate) fn write_tables(
    planned: &PlannedSite,
    articles: &[EntryId],
    format: TableFormat,
    files: &[PathBuf],
) -> Result<usize> {
    let mut tables =
        files.iter().enumerate().map(|(table, file)| Table::create(table, file, format)).collect::<Result<Vec<_>>>()?;
    let cards = Cards::of(&planned.site);
    for some in articles.chunks(BATCH) {
        let read = parallel::map(some, |id| read(planned, *id)).into_iter().collect::<Result<Vec<Article>>>()?;
        let rows: Vec<ArticleRows<'_>> =
            some.iter().zip(&read).map(|(id, article)| rows_of(cards, *id, below(&article.file), article)).collect();
        let [all, paragraphs, figures, places, people] = tables.as_mut_slice() else { break };
        all.add(rows.iter().map(|rows| &rows.article))?;
        paragraphs.add(rows.iter().flat_map(|rows| &rows.paragraphs))?;
        figures.add(rows.iter().flat_map(|rows| &rows.figures))?;
        places.add(rows.iter().flat_map(|rows| &rows.places))?;
        people.add(rows.iter().flat_map(|rows| &rows.people))?;
    }
    tables.into_iter().try_for_each(Table::finish)?;
    Ok(articles.len())
}

/// The article of a file as it is now.
fn read(planned: &PlannedSite, id: EntryId) -> Result<Article> {
    let source = planned.article_files.source(&planned.site.catalog.entries[id].file).map_err(Error::failure)?;
    match parse::article(&source, &planned.site.config.theme_ids()) {
        (Some(article), _) => Ok(article),
        (None, diagnostics) => Err(Error::new(ErrorKind::Failure, diagnostics)),
    }
}

/// An article's file below the folder of articles.
fn below(file: &str) -> &str {
    file.strip_prefix(ARTICLES).map_or(file, |below| below.trim_start_matches('/'))
}

/// A table that is being written.
enum Table {
    JsonLines(StagedFile),
    #[cfg(feature = "parquet")]
    Parquet(Box<ParquetFile<StagedFile>>),
}

impl Table {
    #[cfg_attr(not(feature = "parquet"), expect(unused_variables, reason = "JSON lines have no schema"))]
    fn create(table: usize, file: &Path, format: TableFormat) -> Result<Self> {
        let staged = StagedFile::create(file)?;
        match format {
            TableFormat::JsonLines => Ok(Self::JsonLines(staged)),
            #[cfg(feature = "parquet")]
            TableFormat::Parquet => {
                let columns = shapes(TABLES[table].columns);
                ParquetFile::new(&file.to_string_lossy(), columns, staged).map(|file| Self::Parquet(Box::new(file)))
            }
        }
    }

    fn add<T: Serialize>(&mut self, mut rows: impl Iterator<Item = T>) -> Result<()> {
        const WHY: &str = "strings, numbers and lists can always be written as JSON";
        rows.try_for_each(|row| match self {
            Self::JsonLines(file) => file.write(format!("{}\n", serde_json::to_string(&row).expect(WHY)).as_bytes()),
            #[cfg(feature = "parquet")]
            Self::Parquet(file) => file.add(&serde_json::to_value(row).expect(WHY)),
        })
    }

    fn finish(self) -> Result<()> {
        match self {
            Self::JsonLines(file) => file.persist(),
            #[cfg(feature = "parquet")]
            Self::Parquet(file) => file.finish()?.persist(),
        }
    }
}

/// The columns of a table for Parquet.
#[cfg(feature = "parquet")]
fn shapes(columns: &[(&'static str, ColumnType)]) -> Vec<(&'static str, Shape)> {
    let list = |of| Shape::List(Box::new(of));
    let part = || vec![("page", Shape::Text), ("lines", Shape::Text)];
    let shape = |column: ColumnType| match column {
        ColumnType::Text => Shape::Text,
        ColumnType::Texts => list(Shape::Text),
        ColumnType::Number => Shape::Number,
        ColumnType::Truth => Shape::Truth,
        ColumnType::Day => Shape::Day,
        ColumnType::Source => Shape::Group([part(), vec![("more", list(Shape::Group(part())))]].concat()),
    };
    columns.iter().map(|(name, column)| (*name, shape(*column))).collect()
}
