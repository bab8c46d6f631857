//! Import of pages that are far longer than any newspaper's: `cargo bench --bench long_pages [-- LINES]`.
//!
//! Each kind of page has many lines of what once took time that grew with the square of their number. It is imported with
//! LINES lines (16,000 by default), twice and four times as many; printed are the seconds and by how much they grew from the
//! first to the last. Time that grows with the lines is 4, with their square 16. The bar: growth under 6, and a page of 100,000
//! lines in two seconds. The last row is a second import by the program, with edited articles.

#![allow(clippy::disallowed_methods, reason = "the benchmark makes a site")]

use std::fmt::Write;
use std::fs;
use std::process::Command;
use std::time::Instant;
use walkdir::WalkDir;
use wenzhai::diagnostics::source::Source;
use wenzhai::import::page_import::{import_page, name_articles};
use wenzhai::import::page_metadata::PageMetadata;
use wenzhai::import::sidecar::parse::parse_sidecar;

/// A kind of page: its name, the name of its file, and its text of so many lines.
type Kind = (&'static str, &'static str, fn(usize) -> String);

const KINDS: [Kind; 8] = [
    ("lines that begin alike", "p.txt", |lines| {
        numbered(lines, |at| format!("各地工会近日陆续开展夏送清凉慰问职工活动{at}处，"))
    }),
    ("jumps from another page", "p.txt", |lines| numbered(lines, |at| format!("（上接第1版）{}", sentence(at)))),
    ("jumps to another page", "p.txt", |lines| numbered(lines, |at| format!("{}（下转第3版）", sentence(at)))),
    ("plain lines", "p.txt", |lines| numbered(lines, sentence)),
    ("headlines", "p.txt", |lines| numbered(lines, |at| format!("{}题\n", sentence(at).trim_end_matches('。')))),
    ("bylines", "p.txt", |lines| numbered(lines / 2, |at| format!("{}\n本报记者 凌霄", sentence(at)))),
    ("headlines of HTML", "p.html", |lines| numbered(lines, |at| format!("<h2>{}</h2>", sentence(at)))),
    ("articles of HTML", "p.html", |lines| {
        numbered(lines / 2, |at| format!("<h2>题{at}</h2>\n<p>{}</p>", sentence(at)))
    }),
];

fn main() {
    let lines = std::env::args().skip(1).find_map(|arg| arg.parse().ok()).unwrap_or(16_000);
    let mut report = format!("{:<26}{:>9}{:>9}{:>9}  growth\n", "seconds", lines, 2 * lines, 4 * lines);
    for (name, file, text) in KINDS {
        let metadata = |_| PageMetadata::default();
        report
            .push_str(&row(name, [1, 2, 4].map(|times| seconds(file, &text(times * lines), metadata, times * lines))));
    }
    let corrected =
        [1, 2, 4].map(|times| seconds("p.txt", &numbered(times * lines, sentence), corrections, times * lines));
    report.push_str(&row("blocks of a sidecar", corrected));
    report.push_str(&row("line coverage", [1, 2, 4].map(|times| seconds_of_changed_page(times * lines))));
    print(&report);
}

#[allow(clippy::print_stdout, reason = "the result of a benchmark")]
fn print(report: &str) {
    print!("{report}");
}

fn row(name: &str, seconds: [f64; 3]) -> String {
    let mut row = format!("{name:<26}");
    for seconds in seconds {
        write!(row, "{seconds:>9.2}").expect("a text can be written to");
    }
    format!("{row}{:>8.1}\n", seconds[2] / seconds[0])
}

fn seconds(file: &str, text: &str, metadata: impl Fn(usize) -> PageMetadata, lines: usize) -> f64 {
    let source = Source::new(file, text);
    let start = Instant::now();
    let import = import_page(&source, &metadata(lines), |_| Vec::new());
    let (_, ledger) = name_articles(&import, "p1", str::to_owned);
    assert!(ledger.len() >= lines / 2, "every line is in the ledger");
    start.elapsed().as_secs_f64()
}

/// The seconds of an import of a page that has changed, of whose articles every tenth was edited: what lines these hold is found
/// by their text. It is the program that imports, from a site on the disk.
fn seconds_of_changed_page(lines: usize) -> f64 {
    let site = tempfile::tempdir().expect("a folder for a site");
    let page = site.path().join("content/pages/p.txt");
    let text = numbered(lines / 8, |at| {
        format!("{}题\n\n{}", sentence(at).trim_end_matches('。'), numbered(6, |line| sentence(6 * at + line)))
    });
    fs::create_dir_all(site.path().join("content/pages")).expect("folders of the site");
    fs::write(site.path().join("site.toml"), "title = \"长版\"\n").expect("its settings");
    fs::write(&page, &text).expect("its page");
    let import = || {
        let run = Command::new(env!("CARGO_BIN_EXE_wenzhai")).arg("--root").arg(site.path()).arg("import").output();
        assert!(run.expect("the program").status.code().is_some_and(|code| code < 2), "the page is imported");
    };
    import();
    let articles = WalkDir::new(site.path().join("content/articles")).into_iter().flatten();
    for article in articles.filter(|entry| entry.path().extension().is_some_and(|own| own == "md")).step_by(10) {
        let text = fs::read_to_string(article.path()).expect("an article");
        fs::write(article.path(), text.replace("驿站", "小驿站")).expect("an edited article");
    }
    fs::write(&page, text.replace("驿站", "大驿站")).expect("the changed page");
    let start = Instant::now();
    import();
    start.elapsed().as_secs_f64()
}

fn numbered(count: usize, line: impl Fn(usize) -> String) -> String {
    (0..count).map(|at| line(at) + "\n").collect()
}

/// A sentence unlike those of other numbers.
fn sentence(at: usize) -> String {
    const PARTS: [&str; 16] = [
        "驿站",
        "食堂",
        "车间",
        "工友",
        "技师",
        "班组",
        "夜校",
        "考卷",
        "热水",
        "口袋书",
        "订单",
        "码头",
        "菜地",
        "信箱",
        "班车",
        "图纸",
    ];
    let words: String = (0..5).map(|part| PARTS[(at >> (3 * part)) % PARTS.len()]).collect();
    format!("{words}第{at}回。")
}

/// A sidecar with a block for every second line, for its role or the title of its article in turn.
fn corrections(lines: usize) -> PageMetadata {
    let block = |at: usize| match at % 4 {
        0 => format!("[[lines]]\nat = {}\nrole = \"body\"\n", 2 * at + 1),
        1 => format!("[[lines]]\nat = {}\nrole = \"title\"\n", 2 * at + 1),
        2 => format!("[[lines]]\nat = {}\nwith = {}\n", 2 * at + 1, at + 1),
        _ => format!("[[articles]]\nlines = \"{}\"\ntitle = \"第{at}题\"\n", 2 * at + 1),
    };
    let text: String = (0..lines / 2).map(block).collect();
    let (sidecar, _) = parse_sidecar(&Source::new("p.toml", text), &[]);
    PageMetadata { sidecar, ..PageMetadata::default() }
}
