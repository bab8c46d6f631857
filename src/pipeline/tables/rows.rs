//! The rows of tables that are articles of the site: the files that they stand for, and where they are.

use crate::config::article_filter::ArticleFilter;
use crate::config::year_shard::YearShard;
use crate::content::table_row::{self, RowHead};
use crate::diagnostics::code::Code;
use crate::diagnostics::diagnostic::Diagnostic;
use crate::diagnostics::message::Message;
use crate::diagnostics::source::{Location, Source};
use crate::io::fs::file;
use crate::io::fs::walk::FoundFile;
use crate::io::line_blocks::{PlacedLine, for_each_block};
use crate::message;
use crate::pipeline::tables::json_lines::JsonLines;
use crate::project::ARTICLES;
use crate::util::parallel;
use crate::util::path_list::PathList;
use jiff::civil::Date;
use std::collections::BTreeSet;

/// The rows that are articles of a site.
#[derive(Debug, Default)]
pub(crate) struct Rows {
    tables: Vec<JsonLines>,
    /// the files that rows stand for, below the site's root
    files: PathList,
    /// the place of each, in the same order
    places: Vec<RowPlace>,
}

/// Where a row is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct RowPlace {
    table: u32,
    /// in bytes
    length: u32,
    offset: u64,
    /// of its line, from 1
    number: usize,
}

/// What is found in a line of a table.
enum Found {
    Article(String, RowPlace),
    /// not of this site
    Other,
    Invalid(Diagnostic),
}

impl Rows {
    /// The rows of tables that pass the filter and stand for no file among `own`, which are sorted: what a person wrote into a file replaces
    /// the row. Rows that cannot be articles are diagnostics, as is the second one of a file.
    pub(crate) fn of(
        tables: Vec<JsonLines>,
        filter: &ArticleFilter,
        own: &[FoundFile],
        diagnostics: &mut Vec<Diagnostic>,
    ) -> Self {
        let mut found: Vec<(String, RowPlace)> = Vec::new();
        for (number, table) in (0..).zip(&tables) {
            let scanned = for_each_block(&table.lines, &table.name, &mut |lines| {
                for it in parallel::map(lines, |line| look_at(table, number, *line, filter)) {
                    match it {
                        Found::Article(file, place) => found.push((file, place)),
                        Found::Invalid(diagnostic) => diagnostics.push(diagnostic),
                        Found::Other => {}
                    }
                }
            });
            diagnostics.extend(scanned.err());
        }
        found.retain(|(file, _)| own.binary_search_by(|own| own.path.as_str().cmp(file)).is_err());
        found.sort_by(|(a, at), (b, bt)| (a, at.table, at.number).cmp(&(b, bt.table, bt.number)));
        found.dedup_by(|(file, second), (first_file, first)| {
            let is_second = file == first_file;
            if is_second {
                diagnostics.push(second_row(file, &tables, *second, *first));
            }
            is_second
        });
        let places = found.iter().map(|(_, place)| *place).collect();
        Self { files: found.into_iter().map(|(file, _)| file).collect(), places, tables }
    }

    /// The files that rows stand for, sorted, each with a stamp that changes with its table.
    pub(crate) fn found_files(&self) -> impl Iterator<Item = FoundFile> {
        self.files.iter().zip(&self.places).map(|(path, place)| {
            let stamp = self.tables[place.table as usize].stamp.of_part(place.length.into());
            FoundFile { path: path.to_owned(), stamp }
        })
    }

    /// Whether a file is a row.
    pub(crate) fn contains(&self, file: &str) -> bool {
        self.files.contains(file)
    }

    /// The text of the file that a row stands for; none for a file that is none.
    pub(crate) fn source(&self, file: &str) -> Option<Result<Source, Diagnostic>> {
        let at = self.files.position(file)?;
        Some(self.text(file, self.places[at]).map(|text| Source::new(file, text)))
    }

    fn text(&self, file: &str, place: RowPlace) -> Result<String, Diagnostic> {
        let table = &self.tables[place.table as usize];
        let row = file::read_part(&table.lines, &table.name, place.offset, place.length as usize)?;
        table_row::file_text(file, &row, table.paper.as_deref()).map_err(|why| bad_row(table, place.number, &row, why))
    }

    /// A diagnostic about the file that a row stands for, at the row: there is no such file.
    pub(crate) fn located(&self, diagnostic: Diagnostic) -> Diagnostic {
        let Some(at) = diagnostic.location.as_ref().and_then(|location| self.files.position(&location.file)) else {
            return diagnostic;
        };
        let place = self.places[at];
        let table = &self.tables[place.table as usize];
        let row = file::read_part(&table.lines, &table.name, place.offset, place.length as usize);
        diagnostic.at_location(row_location(table, place.number, &row.unwrap_or_default()))
    }
}

/// The shards that have rows which pass the filter; a row that cannot be read counts as undated.
pub(crate) fn shards(tables: &[JsonLines], filter: &ArticleFilter) -> BTreeSet<YearShard> {
    let mut shards = BTreeSet::new();
    for table in tables {
        if let Some(year) = table.year {
            shards.insert(YearShard::Year(year));
            continue;
        }
        let shard = |line: &PlacedLine<'_>| match RowHead::parse(line.bytes) {
            Ok(head) => table.passes(&head, filter).then(|| YearShard::of(head.date)),
            Err(_) => Some(YearShard::Undated),
        };
        let scanned = for_each_block(&table.lines, &table.name, &mut |lines| {
            shards.extend(parallel::map(lines, shard).into_iter().flatten());
        });
        shards.extend(scanned.err().map(|_| YearShard::Undated));
    }
    shards
}

fn look_at(table: &JsonLines, number: u32, line: PlacedLine<'_>, filter: &ArticleFilter) -> Found {
    let read = || {
        let head = RowHead::parse(line.bytes)?;
        let year = table.year.filter(|_| filter.shard().is_some());
        if year.is_some_and(|year| head.date.map(Date::year) != Some(year)) {
            return Err(message!("the row is not of the year that the folder of its table names"));
        }
        if !table.passes(&head, filter) {
            return Ok(Found::Other);
        }
        if let Some(error) = &head.error {
            return Ok(Found::Invalid(unread_page(table, line.number, line.bytes, &error.message)));
        }
        let length = u32::try_from(line.bytes.len()).map_err(|_| message!("the row is longer than 4 GiB"))?;
        let place = RowPlace { table: number, length, offset: line.offset, number: line.number };
        Ok(Found::Article(format!("{ARTICLES}/{}", head.file()?), place))
    };
    read().unwrap_or_else(|why| Found::Invalid(bad_row(table, line.number, line.bytes, why)))
}

fn bad_row(table: &JsonLines, number: usize, row: &[u8], why: Message) -> Diagnostic {
    let hint = message!(
        "a row has the keys of an article's file, with body, and file or id: wenzhai split --articles writes such rows"
    );
    Diagnostic::new(Code::BadRow, why).at_location(row_location(table, number, row)).hint(hint)
}

fn unread_page(table: &JsonLines, number: usize, row: &[u8], why: &str) -> Diagnostic {
    let message = message!("this row is a page that could not be read: {why}", why);
    let hint = message!("the site has nothing of it: split the page again when that is mended");
    Diagnostic::new(Code::UnreadPage, message).at_location(row_location(table, number, row)).hint(hint)
}

fn row_location(table: &JsonLines, number: usize, row: &[u8]) -> Location {
    Location::line_of_file(&table.name, number, &String::from_utf8_lossy(row))
}

fn second_row(file: &str, tables: &[JsonLines], second: RowPlace, first: RowPlace) -> Diagnostic {
    let (table, first_table) = (&tables[second.table as usize], &tables[first.table as usize]);
    let message = message!(
        "a second row for {file}: the first is {table}:{line}",
        file,
        table = first_table.name,
        line = first.number
    );
    let row = file::read_part(&table.lines, &table.name, second.offset, second.length as usize).unwrap_or_default();
    let hint = message!("the first one is used: remove one of them, or give it another file");
    Diagnostic::new(Code::BadRow, message).at_location(row_location(table, second.number, &row)).hint(hint)
}
