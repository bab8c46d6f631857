//! Tables as JSON lines: where a row can be read alone, by its place.
//!
//! A table of JSON lines is read where it is. Of one in Parquet, the rows that the site's filter passes are written as JSON lines to `.wenzhai/tables/`
//! once; the name there changes with the table, the filter and the program. A row that is left out is a blank line, so that rows keep their numbers.

use crate::config::article_filter::ArticleFilter;
use crate::config::table_pattern::PARQUET;
use crate::content::page_name::has_extension;
#[cfg(feature = "parquet")]
use crate::content::table_row::COLUMNS;
use crate::content::table_row::RowHead;
#[cfg(not(feature = "parquet"))]
use crate::diagnostics::code::Code;
use crate::diagnostics::diagnostic::Diagnostic;
#[cfg(not(feature = "parquet"))]
use crate::diagnostics::error::Error;
use crate::diagnostics::error::Result;
use crate::io::fs::file;
#[cfg(feature = "parquet")]
use crate::io::fs::staged_file::StagedFile;
use crate::io::fs::stamp::Stamp;
use crate::io::fs::walk::{self, FoundFile};
#[cfg(feature = "parquet")]
use crate::io::parquet::read::read_json_lines;
use crate::io::process;
#[cfg(not(feature = "parquet"))]
use crate::message;
use crate::pipeline::incremental::cache::{FOLDER as CACHES, make_folder_of_caches};
use crate::util::digest::Digest;
use crate::util::parallel;
use percent_encoding::percent_decode_str;
use std::path::{Path, PathBuf};

/// The folder of rows of Parquet tables, in that of caches.
const FOLDER: &str = "tables";

/// A table whose rows are JSON objects in lines.
#[derive(Debug, Clone)]
pub(crate) struct JsonLines {
    /// of the table, below the site's root or absolute
    pub(crate) name: String,
    /// of the table
    pub(crate) stamp: Stamp,
    /// the file to read
    pub(crate) lines: PathBuf,
    /// of rows that name none
    pub(crate) paper: Option<String>,
    /// that its folder names
    pub(crate) year: Option<i16>,
}

/// The tables of a site as JSON lines, but for those whose folder names a year that the filter does not pass. A table that cannot be
/// read is a diagnostic.
pub(crate) fn as_json_lines(
    root: &Path,
    tables: &[FoundFile],
    filter: &ArticleFilter,
    diagnostics: &mut Vec<Diagnostic>,
) -> Vec<JsonLines> {
    let passes = |table: &&FoundFile| year_of_folder(&table.path).is_none_or(|year| filter.passes_year(Some(year)));
    let chosen: Vec<&FoundFile> = tables.iter().filter(passes).collect();
    let prepared = parallel::map(&chosen, |table| prepared(root, table, filter));
    let mut listed = Vec::with_capacity(prepared.len());
    for table in prepared {
        match table {
            Ok(table) => listed.push(table),
            Err(error) => diagnostics.extend(error.diagnostics),
        }
    }
    // others may be of other shards
    if filter.shard().is_none() {
        remove_unused(root, &listed);
    }
    listed
}

fn prepared(root: &Path, found: &FoundFile, filter: &ArticleFilter) -> Result<JsonLines> {
    let paper = partition(&found.path, "paper");
    let (name, year) = (found.path.clone(), year_of_folder(&found.path));
    let table = JsonLines { name, stamp: found.stamp, lines: root.join(&found.path), paper, year };
    if !has_extension(&found.path, PARQUET) {
        return Ok(table);
    }
    // a table that has rows of several shards is written once for all of them
    let filter = &filter.of_shard(None);
    let key = Digest::of(&(process::identity(), &found.path, found.stamp, filter));
    let lines = root.join(CACHES).join(FOLDER).join(format!("{key}.jsonl"));
    if !file::exists(&lines) {
        make_folder_of_caches(root);
        write_rows(&table, filter, &lines)?;
    }
    Ok(JsonLines { lines, ..table })
}

/// Writes the rows of a Parquet table that the filter passes.
#[cfg(feature = "parquet")]
fn write_rows(table: &JsonLines, filter: &ArticleFilter, lines: &Path) -> Result<()> {
    let mut written = StagedFile::create(lines)?;
    read_json_lines(&table.lines, &table.name, COLUMNS, &mut |rows| {
        let passes = parallel::map(&rows, |row| is_chosen(row.as_bytes(), table, filter));
        let mut kept = rows.iter().zip(passes).map(|(row, passes)| if passes { row } else { "\n" });
        kept.try_for_each(|row| written.write(row.as_bytes()))
    })?;
    written.persist()
}

#[cfg(not(feature = "parquet"))]
fn write_rows(table: &JsonLines, _: &ArticleFilter, _: &Path) -> Result<()> {
    let message = message!("{name} is in Parquet, without which this wenzhai was built", name = table.name);
    let hint = message!("build it with the cargo feature parquet, or give the table as JSON lines");
    Err(Error::failure(Diagnostic::new(Code::BrokenInput, message).in_file(&table.name).hint(hint)))
}

/// Whether a row is to be read: also one that cannot, of which reading says so.
#[cfg(feature = "parquet")]
fn is_chosen(row: &[u8], table: &JsonLines, filter: &ArticleFilter) -> bool {
    RowHead::parse(row).map_or(true, |head| table.passes(&head, filter))
}

impl JsonLines {
    /// Whether the site has the article of a row.
    pub(crate) fn passes(&self, head: &RowHead, filter: &ArticleFilter) -> bool {
        filter.passes(head.paper.as_deref().or(self.paper.as_deref()), head.date, head.filed_under())
    }
}

/// Removes the rows of tables that are others now. Where that fails, the next build tries again.
fn remove_unused(root: &Path, tables: &[JsonLines]) {
    let folder = root.join(CACHES).join(FOLDER);
    if !file::exists(&folder) {
        return;
    }
    let (files, _) = walk::list_shallow(&folder, "", &["jsonl"]);
    for found in files {
        let path = folder.join(&found.path);
        if tables.iter().all(|table| table.lines != path) {
            let _ = file::remove(&path);
        }
    }
}

/// The year of all rows of a table, where its folder names one.
pub(crate) fn year_of_folder(path: &str) -> Option<i16> {
    partition(path, "year")?.parse().ok()
}

/// The value of a column that engines keep in the names of folders: `paper=…/year=2025/part-0.parquet`.
fn partition(path: &str, column: &str) -> Option<String> {
    let value = path.split('/').find_map(|part| part.strip_prefix(column)?.strip_prefix('='))?;
    let value = percent_decode_str(value).decode_utf8().ok()?;
    (value != "__HIVE_DEFAULT_PARTITION__").then(|| value.into_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_in_the_names_of_folders_are_read() {
        let path = "t/paper=%E7%A4%BA%E8%8C%83/year=2025/part-0.parquet";
        assert_eq!(
            (partition(path, "paper").as_deref(), partition(path, "year").as_deref()),
            (Some("示范"), Some("2025"))
        );
        assert_eq!(partition("t/year=__HIVE_DEFAULT_PARTITION__/a.parquet", "year"), None);
        assert_eq!(partition("t/years=3/a.parquet", "year"), None);
    }
}
