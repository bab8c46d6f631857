//! Random histories of a site: pages, sidecars, articles and settings change, imports are killed; after each step every paragraph
//! of the pages stands in an article file, unless a person deleted the article that it stood in.

use crate::common::random::proptest_config;
use crate::common::site::{RunResult, SETTINGS, Site};
use proptest::prelude::*;
use std::collections::BTreeSet;
use std::fs;
use std::process::Stdio;
use std::thread::sleep;
use std::time::Duration;

/// Three pages of an issue: an article goes on from the first to the third.
const PAGES: [(&str, &str); 3] = [
    ("yangben-2025-05-06-01.txt", include_str!("../../continued/yangben-2025-05-06-01.txt")),
    ("yangben-2025-05-06-02.txt", include_str!("../../continued/yangben-2025-05-06-02.txt")),
    ("yangben-2025-05-06-03.txt", include_str!("../../continued/yangben-2025-05-06-03.txt")),
];

/// What an editor adds to an article.
const NOTE: &str = "编者按";

/// A change to the site; the numbers choose among what there is.
#[derive(Debug, Clone)]
enum Step {
    EditArticle(usize),
    DeleteArticle(usize),
    EditPage(usize, usize),
    /// moves the lines of a page down
    InsertLines(usize, usize),
    MoveLine(usize, usize, usize),
    SetTitle(usize, usize),
    BreakSidecar(usize),
    RemoveSidecar(usize),
    TakePageAway(usize),
    PutPageBack(usize),
    RenamePage(usize),
    ChangeSettings,
    /// kills an import after so many milliseconds, with a page changed before
    Kill(usize, usize, u64),
    ImportPage(usize),
}

fn step() -> impl Strategy<Value = Step> {
    let any = || 0..1_000_usize;
    prop_oneof![
        any().prop_map(Step::EditArticle),
        any().prop_map(Step::DeleteArticle),
        (any(), any()).prop_map(|(page, line)| Step::EditPage(page, line)),
        (any(), 1..9_usize).prop_map(|(page, count)| Step::InsertLines(page, count)),
        (any(), any(), any()).prop_map(|(page, line, with)| Step::MoveLine(page, line, with)),
        (any(), any(), any()).prop_map(|(page, line, with)| Step::MoveLine(page, line, with)),
        (any(), any()).prop_map(|(page, line)| Step::SetTitle(page, line)),
        any().prop_map(Step::BreakSidecar),
        any().prop_map(Step::RemoveSidecar),
        any().prop_map(Step::TakePageAway),
        any().prop_map(Step::PutPageBack),
        any().prop_map(Step::RenamePage),
        Just(Step::ChangeSettings),
        (any(), any(), 0..40_u64).prop_map(|(page, line, pause)| Step::Kill(page, line, pause)),
        any().prop_map(Step::ImportPage),
    ]
}

/// A site, and what the test knows of it.
struct History {
    site: Site,
    /// the names of the pages' files
    pages: [String; 3],
    /// paragraphs of articles that a person deleted
    deleted: BTreeSet<String>,
    full_width: bool,
    /// what a killed import printed, which may have come to its end
    printed: String,
    /// paragraphs that an import has named as standing in two articles, which it does once
    doubled: BTreeSet<String>,
}

/// The first characters of a paragraph, which no step changes.
fn opening(line: &str) -> String {
    line.chars().take(12).collect()
}

fn is_paragraph(line: &str) -> bool {
    line.chars().count() >= 30
}

impl History {
    fn begin() -> Self {
        let site = Site::with_page_in_memory();
        site.remove("content/pages/a.txt");
        let pages = PAGES.map(|(name, text)| {
            site.write(&format!("content/pages/{name}"), text);
            name.to_owned()
        });
        site.run(&["import"]).expect_exit(0, &[]);
        Self {
            site,
            pages,
            deleted: BTreeSet::new(),
            full_width: true,
            printed: String::new(),
            doubled: BTreeSet::new(),
        }
    }

    fn path(&self, page: usize) -> String {
        format!("content/pages/{}", self.pages[page % 3])
    }

    fn sidecar(&self, page: usize) -> String {
        self.path(page).replace(".txt", ".toml")
    }

    /// The numbers of a page's lines that hold text; none where the page is away.
    fn lines(&self, page: usize) -> Vec<usize> {
        let text = fs::read_to_string(self.site.path(&self.path(page))).unwrap_or_default();
        text.lines().enumerate().filter(|(_, line)| !line.trim().is_empty()).map(|(index, _)| index + 1).collect()
    }

    fn article(&self, number: usize) -> Option<String> {
        let articles = self.site.articles();
        let file = articles.keys().nth(number % articles.len().max(1))?;
        Some(format!("content/articles/{file}"))
    }

    /// Lengthens a paragraph of a page, if it is there.
    fn edit_page(&self, page: usize, line: usize) {
        let path = self.path(page);
        let Ok(text) = fs::read_to_string(self.site.path(&path)) else { return };
        let paragraphs: Vec<&str> = text.lines().filter(|line| is_paragraph(line)).collect();
        let old = paragraphs[line % paragraphs.len()];
        self.site.write(&path, text.replacen(old, &format!("{old}消息传开了。"), 1));
    }

    fn insert_lines(&self, page: usize, count: usize) {
        let path = self.path(page);
        if self.site.has(&path) {
            self.site.write(&path, "\n".repeat(count) + &self.site.read(&path));
        }
    }

    fn write_sidecar(&self, page: usize, text: &str) {
        if self.site.has(&self.path(page)) {
            self.site.write(&self.sidecar(page), text);
        }
    }

    /// Makes the change, and imports.
    fn take(&mut self, step: &Step) -> RunResult {
        match *step {
            Step::EditArticle(number) => {
                if let Some(file) = self.article(number) {
                    self.site.write(&file, format!("{}\n{NOTE}：核对过。\n", self.site.read(&file)));
                }
            }
            Step::DeleteArticle(number) => {
                if let Some(file) = self.article(number) {
                    let text = self.site.read(&file);
                    self.deleted.extend(paragraphs().into_iter().filter(|opening| text.contains(opening.as_str())));
                    self.site.remove(&file);
                }
            }
            Step::EditPage(page, line) => self.edit_page(page, line),
            Step::InsertLines(page, count) => self.insert_lines(page, count),
            Step::MoveLine(page, line, with) => {
                let lines = self.lines(page);
                if let (Some(line), Some(with)) = (pick(&lines, line), pick(&lines, with)) {
                    self.write_sidecar(page, &format!("[[lines]]\nat = {line}\nwith = {with}\n"));
                }
            }
            Step::SetTitle(page, line) => {
                if let Some(line) = pick(&self.lines(page), line) {
                    self.write_sidecar(page, &format!("[[articles]]\nat = {line}\ntitle = \"另一个题目\"\n"));
                }
            }
            Step::BreakSidecar(page) => self.write_sidecar(page, "[[lines]]\nat = \"3\nwith = 5\n"),
            Step::RemoveSidecar(page) => drop(fs::remove_file(self.site.path(&self.sidecar(page)))),
            Step::TakePageAway(page) => {
                drop(fs::rename(self.site.path(&self.path(page)), self.site.path(&self.aside(page))));
            }
            Step::PutPageBack(page) => {
                drop(fs::rename(self.site.path(&self.aside(page)), self.site.path(&self.path(page))));
            }
            Step::RenamePage(page) => self.rename_page(page),
            Step::ChangeSettings => {
                self.full_width = !self.full_width;
                let import = format!("[import]\nfull_width = {}\n", self.full_width);
                self.site.write("site.toml", format!("{SETTINGS}\n{import}"));
            }
            Step::Kill(page, line, pause) => {
                self.edit_page(page, line);
                self.kill_import(pause);
            }
            Step::ImportPage(page) => {
                let path = self.path(page);
                if self.site.has(&path) {
                    return self.site.run(&["import", &path]);
                }
            }
        }
        self.site.run(&["import"])
    }

    fn aside(&self, page: usize) -> String {
        format!("aside-{}", page % 3)
    }

    fn rename_page(&mut self, page: usize) {
        let (old, old_sidecar) = (self.path(page), self.sidecar(page));
        if !self.site.has(&old) {
            return;
        }
        let name = &mut self.pages[page % 3];
        *name = name.strip_prefix("x-").map_or_else(|| format!("x-{name}"), str::to_owned);
        fs::rename(self.site.path(&old), self.site.path(&self.path(page))).unwrap();
        let _ = fs::rename(self.site.path(&old_sidecar), self.site.path(&self.sidecar(page)));
    }

    fn kill_import(&mut self, pause: u64) {
        let mut command = self.site.command(&["import"]);
        let mut child = command.stdout(Stdio::null()).stderr(Stdio::piped()).spawn().unwrap();
        sleep(Duration::from_millis(pause));
        let _ = child.kill();
        let output = child.wait_with_output().unwrap();
        self.printed = String::from_utf8_lossy(&output.stderr).into_owned();
    }

    /// Fails where a paragraph is in no article file, or in two without a word of it.
    fn check(&mut self, run: &RunResult, history: &str) {
        let texts: Vec<String> =
            self.site.articles().values().map(|bytes| String::from_utf8_lossy(bytes).into_owned()).collect();
        let reported = ["line-in-two", "line-unplaced", "part-absent", "[kept]", "not-stitched"];
        let printed = std::mem::take(&mut self.printed) + &run.stderr;
        let is_reported = reported.iter().any(|code| printed.contains(code));
        for opening in paragraphs() {
            let holding: Vec<&String> = texts.iter().filter(|text| text.contains(&opening)).collect();
            if holding.is_empty() {
                assert!(self.deleted.contains(&opening), "{opening} is lost\n{history}\n{}", run.stderr);
            } else {
                self.deleted.remove(&opening);
            }
            let is_edited = holding.iter().any(|text| text.contains(NOTE));
            let is_named = is_reported || self.doubled.contains(&opening);
            assert!(holding.len() < 2 || is_edited || is_named, "{opening} is there twice\n{history}\n{printed}");
            if holding.len() < 2 {
                self.doubled.remove(&opening);
            } else {
                self.doubled.insert(opening);
            }
        }
    }
}

fn pick(lines: &[usize], number: usize) -> Option<usize> {
    (!lines.is_empty()).then(|| lines[number % lines.len()])
}

/// The openings of all paragraphs of the pages.
fn paragraphs() -> Vec<String> {
    PAGES.iter().flat_map(|(_, text)| text.lines()).filter(|line| is_paragraph(line)).map(opening).collect()
}

proptest! {
    #![proptest_config(proptest_config(8))]

    #[test]
    fn no_paragraph_is_lost_in_any_history(steps in prop::collection::vec(step(), 1..12)) {
        let mut history = History::begin();
        for (at, step) in steps.iter().enumerate() {
            let run = history.take(step);
            prop_assert!(matches!(run.code, 0 | 1), "{:?}: {}", &steps[..=at], run.stderr);
            history.check(&run, &format!("{:?}", &steps[..=at]));
        }
    }
}
