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
use crate::pipeline::import::run::{import, read_record};
use crate::project::{ARTICLES, PAGES};
use serde::Serialize;
use similar::{Algorithm, DiffOp, DiffTag, capture_diff_slices};
use std::collections::BTreeMap;
use std::path::Path;

/// An article file that a person edited and that an action would change.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct Conflict {
    /// below the folder of articles
    pub(crate) file: String,
    title: String,
    /// what a person changed: lines as import makes them with `-`, as they are in the file with `+`
    difference: String,
    /// the file as it is
    #[serde(skip)]
    text: String,
}

impl Conflict {
    /// Of a file whose text import made as `made`.
    pub(crate) fn new(file: &str, title: String, text: &str, made: &str) -> Self {
        let difference = line_difference(made, text);
        Self { file: file.to_owned(), title, difference, text: text.to_owned() }
    }

    /// Whether it is of this file with this text.
    pub(crate) fn is_of(&self, (file, text): &(String, String)) -> bool {
        self.file == *file && self.text == *text
    }

    #[cfg(test)]
    pub(crate) fn difference(&self) -> &str {
        &self.difference
    }

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
    let with_file = |k: usize| {
        let file = file_of_article(page, k)?;
        let bytes = file::read_if_present(articles, &file).ok()??;
        let edited = page.articles.get(&file).is_none_or(|written| *written != fingerprint(&bytes));
        let shown = format!("{ARTICLES}/{file}");
        let url = site.url_of(&shown);
        Some(ArticleFileView { file: Some(shown), url, edited, continues: None })
    };
    let view = |(k, lines): (usize, &String)| {
        let view = with_file(k).unwrap_or_default();
        ArticleFileView { continues: site.other_part(state.name(), view.file.as_deref(), lines), ..view }
    };
    state.import.line_ranges.iter().enumerate().map(view).collect()
}

/// The file that the last import wrote for the page's article of this number.
pub(crate) fn file_of_article(page: &PageRecord, k: usize) -> Option<String> {
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
    let Some(key) = page.articles.keys().next().and_then(|file| key_of_file(file)) else { return Vec::new() };
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
            let (title, made) = old.get(file).cloned().unwrap_or_default();
            conflicts.push(Conflict::new(file, title, &text, &made));
        }
    }
    conflicts
}

/// The page's part of an article's file name: `2025/02-25/p1-03.md` → `p1`.
pub(crate) fn key_of_file(file: &str) -> Option<&str> {
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

/// The lines that two texts do not share, those of the first with `-` and those of the second with `+`, in their order. Empty lines only part
/// paragraphs, and are left out.
fn line_difference(before: &str, after: &str) -> String {
    let (a, b): (Vec<&str>, Vec<&str>) = (before.lines().collect(), after.lines().collect());
    let marked = |op: DiffOp| {
        let removed = (op.tag() != DiffTag::Equal).then(|| op.old_range()).into_iter().flatten();
        let added = (op.tag() != DiffTag::Equal).then(|| op.new_range()).into_iter().flatten();
        let lines = removed.map(|at| ("-", a[at])).chain(added.map(|at| ("+", b[at])));
        let shown = lines.filter(|(_, line)| !line.is_empty()).map(|(sign, line)| format!("{sign}{line}"));
        shown.collect::<Vec<_>>()
    };
    capture_diff_slices(Algorithm::Myers, &a, &b).into_iter().flat_map(marked).collect::<Vec<_>>().join("\n")
}

/// Puts back files of a page that were made anew: under the names that its articles of the same numbers have now, which another date or
/// page number may have changed.
pub(crate) fn restore(articles: &Path, page: &str, replaced: &[(String, String)]) -> Result<()> {
    let tree = FolderTree::new(articles);
    let record = read_record(articles).0;
    let number = |file: &str| file.rsplit_once('-').map(|(_, number)| number.to_owned());
    for (file, text) in replaced {
        let mut known = record.pages.get(page).into_iter().flat_map(|page| page.articles.keys());
        let now = known.find(|known| number(known) == number(file)).unwrap_or(file);
        tree.write(now, text.as_bytes())?;
    }
    Ok(())
}

/// Imports a page so that these of its files, which a person edited, are made anew. Each is replaced at once: killed in between, the file
/// that the person edited is there, or the new one.
pub(crate) fn make_anew(root: &Path, config: &Config, page: &str, files: &[String]) -> Result<()> {
    if files.is_empty() {
        return Ok(());
    }
    let numbers = file_and_number(page).1.into_iter().collect();
    let path = file_of(page).to_owned();
    let requested = vec![PageFile { name: path.clone(), path, requested: true, named: true, numbers }];
    let others = companions(&requested, pages_in(root, PAGES).0);
    let mut job = ImportJob::of_files(root, [requested, others].concat(), Progress::default());
    job.includes_unchanged = true;
    job.anew = files.iter().cloned().collect();
    import(&job, config, &mut |_| Ok(())).map(drop)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::project::JOURNAL;
    use tempfile::{TempDir, tempdir};

    #[test]
    fn the_key_of_a_page_is_found_in_the_names_of_its_files() {
        assert_eq!(key_of_file("2025/02-25/p1-03.md"), Some("p1"));
        assert_eq!(key_of_file("2025/02-25/grb-p1-03.md"), Some("grb-p1"));
        assert_eq!(key_of_file("undated/3f/scan-01.md"), Some("3f/scan"));
        assert_eq!(key_of_file("x.md"), None);
    }

    const PAGE: &str = "content/pages/a.txt";
    const TEXT: &str = "示范工人报\n2025年3月18日 星期二 第1版\n\n货车司机有了驿站\n\n本报记者 凌霄\n\n市总工会在国道沿线建起了驿站，冬天有热水。\n\n\
        口袋书里的三十年\n\n本报记者 麦田\n\n邹明月把修泵的窍门写成一本口袋书。\n";

    /// An imported page whose first article a person edited; the files of its articles, and the text as it was.
    fn edited_page() -> (TempDir, Config, Vec<String>, String) {
        let home = tempdir().unwrap();
        file::write(&home.path().join(PAGE), TEXT.as_bytes()).unwrap();
        let config = Config::default();
        let (job, _) = ImportJob::of_site(home.path(), Progress::default());
        let written = import(&job, &config, &mut |_| Ok(())).unwrap().written;
        assert_eq!(written.len(), 2);
        let first = home.path().join(ARTICLES).join(&written[0]);
        let text = String::from_utf8(file::read(home.path(), &format!("{ARTICLES}/{}", written[0])).unwrap()).unwrap();
        file::write(&first, text.replace("热水", "姜茶").as_bytes()).unwrap();
        (home, config, written, text)
    }

    fn article(home: &TempDir, name: &str) -> Option<String> {
        let bytes = file::read_if_present(&home.path().join(ARTICLES), name).unwrap()?;
        Some(String::from_utf8(bytes).unwrap())
    }

    #[test]
    fn a_file_that_is_made_anew_is_there_at_every_moment() {
        let (home, config, files, text) = edited_page();
        let edited = text.replace("热水", "姜茶");
        // an import that cannot note what it is about to do stops before it does it, as one does that is killed there
        let journal = home.path().join(ARTICLES).join(JOURNAL);
        file::make_folder(&journal).unwrap();
        assert!(make_anew(home.path(), &config, PAGE, &files[..1]).is_err());
        assert_eq!(article(&home, &files[0]), Some(edited));
        assert!(file::remove_if_empty(&journal));
        make_anew(home.path(), &config, PAGE, &files[..1]).unwrap();
        assert_eq!(article(&home, &files[0]), Some(text));
    }

    #[test]
    fn only_the_files_that_are_named_are_made_anew() {
        let (home, config, files, text) = edited_page();
        file::remove(&home.path().join(ARTICLES).join(&files[1])).unwrap();
        make_anew(home.path(), &config, PAGE, &files[..1]).unwrap();
        assert_eq!((article(&home, &files[0]), article(&home, &files[1])), (Some(text), None), "what a person removed");
        make_anew(home.path(), &config, PAGE, &files[1..]).unwrap();
        assert!(article(&home, &files[1]).is_some());
    }

    #[test]
    fn an_edited_file_whose_article_is_gone_is_removed_where_it_is_made_anew() {
        let (home, config, files, _) = edited_page();
        let second = home.path().join(ARTICLES).join(&files[1]);
        file::append(&second, "又一句。\n".as_bytes()).unwrap();
        // the second headline is text, so that its article is one with the first
        let sidecar = "[[lines]]\nat = \"10-14\"\nrole = \"body\"\nwith = 8\n";
        file::write(&home.path().join("content/pages/a.toml"), sidecar.as_bytes()).unwrap();
        make_anew(home.path(), &config, PAGE, &files).unwrap();
        assert_eq!(article(&home, &files[1]), None);
        assert!(article(&home, &files[0]).unwrap().contains("口袋书"));
    }

    #[test]
    fn only_lines_that_differ_are_shown() {
        assert_eq!(line_difference("一\n二\n三", "一\n三\n四"), "-二\n+四");
        assert_eq!(line_difference("", "一"), "+一");
        assert_eq!(line_difference("一\n二", "一\n二"), "");
    }
}
