//! The article files of a page at the desk: which there are, which a person edited, and which of those an action would change.
//!
//! A person's edit is never overwritten unasked: an action that would change an edited file is a conflict, and the person chooses.

use crate::config::settings::Config;
use crate::content::emit;
use crate::content::page_name::{file_and_number, file_of};
use crate::desk::page_state::PageState;
use crate::desk::page_view::{ArticleFileView, PreviewedSite};
use crate::diagnostics::error::Result;
use crate::import::page_import::{PageImport, name_articles};
use crate::import::record::{ImportRecord, PageRecord, fingerprint};
use crate::io::fs::file;
use crate::io::fs::folder_tree::FolderTree;
use crate::io::progress::Progress;
use crate::pipeline::import::job::{ImportJob, PageFile, companions, pages_in};
use crate::pipeline::import::run::import;
use crate::project::{ARTICLES, PAGES};
use serde::Serialize;
use std::collections::BTreeMap;
use std::path::Path;

/// An article file that a person edited and that an action would change.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct Conflict {
    /// below the folder of articles
    file: String,
    title: String,
    /// the lines of the file that would change, with `-` and `+`
    difference: String,
    /// the file as it is
    #[serde(skip)]
    text: String,
}

impl Conflict {
    pub(crate) fn into_file_and_text(self) -> (String, String) {
        (self.file, self.text)
    }
}

/// The files of a page's articles, in their order.
pub(crate) fn article_files(
    articles: &Path,
    record: &ImportRecord,
    state: &PageState,
    site: &dyn PreviewedSite,
) -> Vec<ArticleFileView> {
    let unknown = PageRecord::default();
    let page = record.pages.get(state.name()).unwrap_or(&unknown);
    let view = |k: usize| {
        let file = file_of_article(page, k)?;
        let bytes = file::read_if_present(articles, &file).ok()??;
        let edited = page.articles.get(&file).is_none_or(|written| *written != fingerprint(&bytes));
        let shown = format!("{ARTICLES}/{file}");
        Some(ArticleFileView { url: site.url_of(&shown), file: Some(shown), edited })
    };
    (0..state.import.articles.len()).map(|k| view(k).unwrap_or_default()).collect()
}

/// The file that the last import wrote for the page's article of this number.
fn file_of_article(page: &PageRecord, k: usize) -> Option<String> {
    let known = page.articles.keys().next()?;
    Some(format!("{}-{:02}.md", known.rsplit_once('-')?.0, k + 1))
}

/// The conflicts between edited files and what changes from one state of a page to the next.
pub(crate) fn conflicts(
    articles: &Path,
    record: &ImportRecord,
    before: &PageState,
    after: &PageState,
) -> Vec<Conflict> {
    let Some(page) = record.pages.get(before.name()) else { return Vec::new() };
    let Some(key) = page.articles.keys().next().and_then(|file| file_of_key(file)) else { return Vec::new() };
    let (old, new) = (texts(&before.import, key), texts(&after.import, key));
    let mut conflicts = Vec::new();
    for (file, written) in &page.articles {
        let anew = new.get(file);
        if old.get(file) == anew {
            continue;
        }
        let Ok(Some(bytes)) = file::read_if_present(articles, file) else { continue };
        if fingerprint(&bytes) != *written {
            let text = String::from_utf8_lossy(&bytes).into_owned();
            let (title, anew) = anew.cloned().unwrap_or_default();
            let difference = line_difference(&text, &anew);
            conflicts.push(Conflict { file: file.clone(), title, difference, text });
        }
    }
    conflicts
}

/// The page's part of an article's file name: `2025/02-25/p1-03.md` → `p1`.
fn file_of_key(file: &str) -> Option<&str> {
    let stem = file.rsplit_once('-')?.0;
    // the day's folder is `2025/02-25`, or `undated`
    let folders = if stem.starts_with("undated/") { 1 } else { 2 };
    stem.splitn(folders + 1, '/').nth(folders)
}

/// File → title and text of the articles of a page.
fn texts(import: &PageImport, key: &str) -> BTreeMap<String, (String, String)> {
    let (articles, _) = name_articles(import, key, str::to_owned);
    articles.into_iter().map(|it| (it.file.clone(), (it.front.title.clone(), emit::article(&it)))).collect()
}

/// The lines that two texts do not share, those of the first with `-` and those of the second with `+`, in their order: by the longest
/// common subsequence.
fn line_difference(before: &str, after: &str) -> String {
    let (a, b): (Vec<&str>, Vec<&str>) = (before.lines().collect(), after.lines().collect());
    // lengths of the longest common subsequence of what follows
    let mut common = vec![vec![0_usize; b.len() + 1]; a.len() + 1];
    for i in (0..a.len()).rev() {
        for j in (0..b.len()).rev() {
            let longest = common[i + 1][j].max(common[i][j + 1]);
            common[i][j] = if a[i] == b[j] { common[i + 1][j + 1] + 1 } else { longest };
        }
    }
    let (mut i, mut j, mut lines) = (0, 0, Vec::new());
    while i < a.len() || j < b.len() {
        if i < a.len() && j < b.len() && a[i] == b[j] {
            (i, j) = (i + 1, j + 1);
        } else if i < a.len() && (j == b.len() || common[i + 1][j] >= common[i][j + 1]) {
            lines.push(format!("-{}", a[i]));
            i += 1;
        } else {
            lines.push(format!("+{}", b[j]));
            j += 1;
        }
    }
    lines.join("\n")
}

/// Puts back files that were made anew.
pub(crate) fn restore(articles: &Path, replaced: &[(String, String)]) -> Result<()> {
    let tree = FolderTree::new(articles);
    replaced.iter().try_for_each(|(file, text)| tree.write(file, text.as_bytes()))
}

/// Imports a page so that these of its files, which a person edited, are made anew.
pub(crate) fn make_anew(root: &Path, config: &Config, page: &str, files: &[String]) -> Result<()> {
    if files.is_empty() {
        return Ok(());
    }
    let tree = FolderTree::new(&root.join(ARTICLES));
    for file in files {
        tree.remove(file)?;
    }
    let numbers = file_and_number(page).1.into_iter().collect();
    let path = file_of(page).to_owned();
    let requested = vec![PageFile { name: path.clone(), path, requested: true, named: true, numbers }];
    let others = companions(&requested, pages_in(root, PAGES).0);
    let mut job = ImportJob::of_files(root, [requested, others].concat(), Progress::default());
    (job.includes_unchanged, job.restores_removed) = (true, true);
    import(&job, config, &mut |_| Ok(())).map(drop)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_key_of_a_page_is_found_in_the_names_of_its_files() {
        assert_eq!(file_of_key("2025/02-25/p1-03.md"), Some("p1"));
        assert_eq!(file_of_key("2025/02-25/grb-p1-03.md"), Some("grb-p1"));
        assert_eq!(file_of_key("undated/3f/scan-01.md"), Some("3f/scan"));
        assert_eq!(file_of_key("x.md"), None);
    }

    #[test]
    fn only_lines_that_differ_are_shown() {
        assert_eq!(line_difference("一\n二\n三", "一\n三\n四"), "-二\n+四");
        assert_eq!(line_difference("", "一"), "+一");
        assert_eq!(line_difference("一\n二", "一\n二"), "");
    }
}
