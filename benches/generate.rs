//! Writes a generated site: `cargo bench --bench generate -- DIR COUNT [bare]`.
//!
//! `bare` leaves out what other generators do not make by themselves: search, machine-readable forms, places, figures, papers,
//! people. `benches/peers/run` uses it for both sides of a comparison.

mod articles;

use articles::{Sample, settings};
use std::collections::HashSet;
use std::fs;
use std::path::Path;

fn main() {
    let given: Vec<String> = std::env::args().skip(1).filter(|arg| arg != "--bench").collect();
    let [dir, count, options @ ..] = given.as_slice() else { return };
    let count: usize = count.parse().expect("the number of articles is a number");
    write(Path::new(dir), count, options.iter().any(|option| option == "bare"));
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
