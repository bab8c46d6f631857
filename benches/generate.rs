//! Writes a generated site: `cargo bench --bench generate -- DIR COUNT [bare | tables]`.
//!
//! With `tables`, articles are rows of a table for each year, and the site is built in shards: a library of 52,560 articles a year.
//!
//! `bare` leaves out what other generators do not make by themselves: search, machine-readable forms, places, figures, papers,
//! people. `benches/peers/run` uses it for both sides of a comparison.

mod articles;

use articles::{Sample, settings};
use std::collections::{BTreeMap, HashSet};
use std::fs::{self, File};
use std::io::{BufWriter, Write};
use std::path::Path;

fn main() {
    let given: Vec<String> = std::env::args().skip(1).filter(|arg| arg != "--bench").collect();
    let [dir, count, options @ ..] = given.as_slice() else { return };
    let count: usize = count.parse().expect("the number of articles is a number");
    let dir = Path::new(dir);
    match options.first().map(String::as_str) {
        Some("tables") => write_tables(dir, count),
        option => write(dir, count, option == Some("bare")),
    }
}

/// Articles a day of a library.
const DAILY: usize = 144;

#[allow(clippy::disallowed_methods, reason = "a benchmark writes its own input")]
fn write_tables(dir: &Path, count: usize) {
    fs::create_dir_all(dir.join("content")).expect("the folder can be created");
    let in_shards = "[content]\narticles = \"content/tables/**/*.jsonl\"\nshards = \"years\"\n";
    fs::write(dir.join("site.toml"), settings(false) + in_shards).expect("the settings can be written");
    let mut tables = BTreeMap::new();
    for number in 0..count {
        let sample = Sample::of(number, DAILY);
        let year = sample.date.year();
        let table = tables.entry(year).or_insert_with(|| {
            let folder = dir.join(format!("content/tables/year={year}"));
            fs::create_dir_all(&folder).expect("the folder can be created");
            BufWriter::new(File::create(folder.join("articles.jsonl")).expect("the table can be created"))
        });
        table.write_all(sample.row().as_bytes()).expect("the row can be written");
    }
}

#[allow(clippy::disallowed_methods, reason = "a benchmark writes its own input")]
fn write(dir: &Path, count: usize, bare: bool) {
    let articles = dir.join("content/articles");
    fs::create_dir_all(&articles).expect("the folder can be created");
    fs::write(dir.join("site.toml"), settings(bare)).expect("the settings can be written");
    let mut created = HashSet::new();
    for number in 0..count {
        let (name, text) = Sample::new(number).file(bare);
        let path = articles.join(&name);
        let folder = path.parent().expect("a file is in a folder").to_owned();
        if created.insert(folder.clone()) {
            fs::create_dir_all(folder).expect("the folder can be created");
        }
        fs::write(path, text).expect("the article can be written");
    }
}
