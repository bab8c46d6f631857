//! Trains what the import has learnt: `cargo run --release --example train`.
//!
//! | to train | run `train` with | writes |
//! |---|---|---|
//! | the n-gram model | `ngrams OUT TEXT…` | the packed model, `src/import/ngram/model.bin` |
//! | the words between which headlines break | `words OUT DICTIONARY SITE_TOML TEXT…` | the packed list, `src/text/words/words.bin` |
//! | what continues a cut line | `continuations PAGES [--test PAGES]…` | prints the weights of `src/import/lexicon/sentences/continuation.rs` |
//! | the weights of roles | `roles OUT PAGES[:TIMES]… [--test PAGES]…` | `src/import/label/learnt.txt` |
//! | … of pages with places | `layout-roles OUT PAGES[:TIMES]… [--test PAGES]…` | `src/import/label/learnt_with_layout.txt` |
//! | the costs of linking | `costs OUT PAGES… [--rounds N]` | the rows of `src/import/link/scoring/costs.rs` |
//! | … of pages with places | `layout-costs OUT PAGES… [--rounds N]` | the rows of `src/import/link/scoring/layout_costs.rs` |
//! | how certain it may be | `certainty PAGES…` | prints `CALIBRATION` of `src/import/link/backtrace.rs` |
//! | nothing: the figures of pages | `figures PAGES…` | prints them by kind of page |
//!
//! A TEXT has a paragraph a line. PAGES is a folder with `pages/NAME.txt` and `gold/NAME.json` (see `import/training/gold.rs`), or pages of
//! another input format, whose gold names texts and not lines (`import/training/located_gold.rs`).
//! Each step builds on the one before, so build anew between them. The head of each file says what the shipped one was trained on.

#![allow(clippy::print_stdout, clippy::disallowed_methods, reason = "it reads texts and pages, and prints figures")]

use std::error::Error;
use std::fs;
use std::path::Path;
use wenzhai::import::ngram::training::{Pruning, train};
use wenzhai::import::training::certainty;
use wenzhai::import::training::continuations;
use wenzhai::import::training::costs::{self, LabelledPages};
use wenzhai::import::training::gold::GoldPage;
use wenzhai::import::training::located_gold::parse_printed;
use wenzhai::import::training::roles::{self, RoleFigures, RoleLearning};
use wenzhai::text::words::counting::word_list;

type Failure = Box<dyn Error>;

const USAGE: &str = "usage: train ngrams OUT TEXT… | words OUT DICTIONARY SITE_TOML TEXT… | continuations PAGES… [--test PAGES…] | [layout-]roles OUT PAGES[:TIMES]… [--test PAGES…] | \
    [layout-]costs OUT PAGES… [--rounds N] | certainty PAGES… | figures PAGES…";
/// The shipped model has the pairs and triples of symbols that its text has twice or more.
const PRUNING: Pruning = Pruning { pairs: 2, triples: 2 };
const ROLE_LEARNING: RoleLearning =
    RoleLearning { rounds: 150, regularisation: 0.0005, least: 0.1, with_layout: false };

fn main() -> Result<(), Failure> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let (given, tested) = match arguments.iter().position(|argument| argument == "--test") {
        Some(at) => (&arguments[..at], &arguments[at + 1..]),
        None => (&arguments[..], &[][..]),
    };
    let given: Vec<&str> = given.iter().map(String::as_str).collect();
    match given[..] {
        ["ngrams", out, ref texts @ ..] if !texts.is_empty() => train_ngrams(out, texts),
        ["words", out, dictionary, site, ref texts @ ..] if !texts.is_empty() => {
            count_words(out, dictionary, site, texts)
        }
        ["continuations", ref pages @ ..] if !pages.is_empty() => train_continuations(pages, tested),
        ["roles", out, ref pages @ ..] if !pages.is_empty() => train_roles(out, ROLE_LEARNING, pages, tested),
        ["layout-roles", out, ref pages @ ..] if !pages.is_empty() => {
            train_roles(out, RoleLearning { with_layout: true, ..ROLE_LEARNING }, pages, tested)
        }
        ["costs" | "layout-costs", out, ref pages @ .., "--rounds", rounds] => {
            train_costs(out, given[0] == "layout-costs", pages, rounds.parse()?)
        }
        ["costs" | "layout-costs", out, ref pages @ ..] if !pages.is_empty() => {
            train_costs(out, given[0] == "layout-costs", pages, 3)
        }
        ["certainty", ref pages @ ..] if !pages.is_empty() => print_certainties(pages),
        ["figures", ref pages @ ..] if !pages.is_empty() => figures(pages),
        _ => Err(USAGE.into()),
    }
}

fn train_ngrams(out: &str, texts: &[&str]) -> Result<(), Failure> {
    let texts = texts.iter().map(|file| read(Path::new(file))).collect::<Result<Vec<_>, _>>()?;
    let (model, report) = train(texts.iter().flat_map(|text| text.lines()), PRUNING);
    println!("{report:?}, {} bytes", model.len());
    Ok(fs::write(out, model)?)
}

/// The list of words of a dictionary (a word, its frequency and its part of speech a line), with the terms of a site's themes.
fn count_words(out: &str, dictionary: &str, site: &str, texts: &[&str]) -> Result<(), Failure> {
    let site: toml::Table = toml::from_str(&read(Path::new(site))?)?;
    let themes = site.get("themes").and_then(toml::Value::as_array).into_iter().flatten();
    let tables = themes.filter_map(|theme| theme.get("terms")?.as_table());
    // a longer term is made of words
    let terms: Vec<String> =
        tables.flat_map(toml::Table::keys).filter(|term| (2..=4).contains(&term.chars().count())).cloned().collect();
    let texts = texts.iter().map(|file| read(Path::new(file))).collect::<Result<Vec<_>, _>>()?;
    let list = word_list(&read(Path::new(dictionary))?, &terms, texts.iter().flat_map(|text| text.lines()));
    println!("{} terms, {} bytes", terms.len(), list.len());
    Ok(fs::write(out, list)?)
}

fn train_continuations(folders: &[&str], tested: &[String]) -> Result<(), Failure> {
    let model = fs::read("src/import/ngram/model.bin")?;
    let learnt = continuations::learn(&all_pages(folders)?, &model);
    println!("weights: {:.2?}", learnt.weights);
    for folder in tested {
        println!("{folder}: {:?}", learnt.named_first(&pages(folder)?, &model));
    }
    Ok(())
}

fn train_roles(out: &str, learning: RoleLearning, folders: &[&str], tested: &[String]) -> Result<(), Failure> {
    let mut sets = Vec::new();
    for set in folders {
        let (folder, times) = set.rsplit_once(':').unwrap_or((set, "1"));
        sets.push((pages(folder)?, times.parse()?));
    }
    let learnt = roles::learn(&sets, learning);
    for folder in tested {
        let pages = pages(folder)?;
        print_roles(&format!("{folder} by hand"), &roles::figures_by_hand(&pages));
        print_roles(&format!("{folder} learnt"), &learnt.figures(&pages));
    }
    let head = fs::read_to_string(out).unwrap_or_default();
    let head: String = head.lines().filter(|line| line.starts_with('#')).map(|line| format!("{line}\n")).collect();
    println!("{} weights", learnt.table.lines().count());
    Ok(fs::write(out, head + &learnt.table)?)
}

fn print_roles(what: &str, RoleFigures { right, by_role }: &RoleFigures) {
    let by_role: Vec<String> = by_role.iter().map(|(role, f1)| format!("{role} {f1:.2}")).collect();
    println!("{what}: {right:.4} of lines; F1 {}", by_role.join(", "));
}

fn train_costs(out: &str, with_layout: bool, folders: &[&str], rounds: usize) -> Result<(), Failure> {
    let mut written = Ok(());
    costs::learn(&LabelledPages::of(all_pages(folders)?), rounds, with_layout, |change, table| {
        println!("{change}");
        written = fs::write(out, table);
    });
    Ok(written?)
}

fn print_certainties(folders: &[&str]) -> Result<(), Failure> {
    let found = certainty::certainties(&all_pages(folders)?);
    println!("calibration: {:.2?}", found.calibration);
    for (lines, sure, right) in found.bins {
        println!("{lines} lines sure at {sure:.2}: {right:.2} right");
    }
    Ok(())
}

fn figures(folders: &[&str]) -> Result<(), Failure> {
    for folder in folders {
        for (kind, (figures, pages)) in LabelledPages::of(pages(folder)?).figures() {
            println!("{folder} {kind}, {pages} pages: mean {:.4} {figures:.3?}", figures.mean());
        }
    }
    Ok(())
}

fn all_pages(folders: &[&str]) -> Result<Vec<GoldPage>, Failure> {
    Ok(folders.iter().map(|folder| pages(folder)).collect::<Result<Vec<_>, _>>()?.concat())
}

/// The pages of a folder, in the order of their names.
fn pages(folder: &str) -> Result<Vec<GoldPage>, Failure> {
    let folder = Path::new(folder);
    let listed = fs::read_dir(folder.join("pages")).map_err(|error| format!("{}/pages: {error}", folder.display()))?;
    let mut names = listed.map(|entry| Ok(entry?.path())).collect::<Result<Vec<_>, std::io::Error>>()?;
    names.sort();
    let page = |path: &std::path::PathBuf| -> Result<GoldPage, Failure> {
        let name = path.file_name().unwrap_or_default().to_string_lossy();
        let gold = folder.join("gold").join(Path::new(&*name).with_extension("json"));
        let parsed = match path.extension() {
            Some(extension) if extension == "txt" => {
                GoldPage::parse(&name, &read(path)?, &read(&gold)?).map_err(Failure::from)
            }
            _ => parse_printed(&name, &fs::read(path)?, &read(&gold)?),
        };
        parsed.map_err(|error| format!("{}: {error}", gold.display()).into())
    };
    names.iter().map(page).collect()
}

fn read(path: &Path) -> Result<String, Failure> {
    fs::read_to_string(path).map_err(|error| format!("{}: {error}", path.display()).into())
}
