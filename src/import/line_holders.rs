//! Line holders: the article files that hold a line of a page.
//!
//! A file says in its front matter (`source`) which lines of which pages it holds, and those are found by their numbers. In two
//! cases they are found by their text, as printed or as a sidecar corrects it, which an editor may have corrected too ([`TextIndex`]):
//!
//! - the page has changed since the file was written, so that numbers prove nothing: at this import, or at an earlier one at which
//!   the file was kept
//! - the file names a page that is not imported under this name, and may be under another: import knows the earlier name of a
//!   renamed page once, and a file that was kept then goes on naming that

use crate::content::article::PageLines;
use crate::import::sidecar::ranges::Ranges;
use crate::import::text_index::TextIndex;
use std::collections::{BTreeMap, BTreeSet};

/// The lines that a file says it holds: the file name of a page, and ranges of its lines.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct DeclaredLines(pub(crate) Vec<(String, Ranges)>);

impl DeclaredLines {
    /// Of a file's front matter. Ranges that cannot be read hold nothing.
    pub(crate) fn of(source: &PageLines) -> Self {
        let first = (source.page.clone(), Ranges::parse(&source.lines).unwrap_or_default());
        let more = source.more.iter().map(|more| (more.page.clone(), Ranges::parse(&more.lines).unwrap_or_default()));
        Self([first].into_iter().chain(more).collect())
    }

    /// Whether the file has parts on other pages than its own.
    pub(crate) fn has_parts(&self) -> bool {
        self.0.len() > 1
    }

    /// The first page besides the article's own that is not among these.
    pub(crate) fn absent_part(&self, names: &PageNames<'_>) -> Option<&str> {
        self.0.iter().skip(1).map(|(name, _)| name.as_str()).find(|name| !names.contains(name))
    }

    /// Puts the name of the article's own page in the place of one that no imported page has: `own` is the page that import
    /// planned the file for, which was renamed.
    pub(crate) fn set_own_page(&mut self, own: &str, names: &PageNames<'_>) {
        if let Some((name, _)) = self.0.first_mut().filter(|(name, _)| !names.contains(name.as_str())) {
            own.clone_into(name);
        }
    }

    fn names_absent_page(&self, names: &PageNames<'_>) -> bool {
        self.0.iter().any(|(name, _)| !names.contains(name.as_str()))
    }
}

/// The names of the imported pages, now and at the last import.
pub(crate) type PageNames<'a> = BTreeSet<&'a str>;

pub(crate) fn page_names(pages: &[CoveredPage]) -> PageNames<'_> {
    pages.iter().flat_map(|page| &page.names).map(String::as_str).collect()
}

/// An imported page of the issue.
#[derive(Debug, Default)]
pub(crate) struct CoveredPage {
    /// its file name, and the one it had at the last import
    pub(crate) names: [String; 2],
    /// fingerprint of its bytes
    pub(crate) bytes: String,
    /// the same at the last import; empty where there was none
    pub(crate) bytes_before: String,
    /// of the last import, as in the record
    pub(crate) numbered_by: BTreeMap<String, String>,
    /// the lines that belong to an article, ascending
    pub(crate) lines: Vec<CoveredLine>,
}

/// A line of a page that belongs to an article.
#[derive(Debug)]
pub(crate) struct CoveredLine {
    pub(crate) number: usize,
    /// the article's file
    pub(crate) file: String,
    pub(crate) text: String,
    /// its text as printed, where a sidecar corrects it: a file may be older than the correction
    pub(crate) as_printed: Option<String>,
    /// it is of the article's head: headline, byline
    pub(crate) is_head: bool,
    pub(crate) is_byline: bool,
}

impl CoveredLine {
    /// Its text, and as printed where that differs.
    pub(crate) fn texts(&self) -> impl Iterator<Item = &str> {
        std::iter::once(&self.text).chain(&self.as_printed).map(String::as_str)
    }
}

impl CoveredPage {
    fn has_name(&self, name: &str) -> bool {
        self.names.iter().any(|own| own == name)
    }

    /// The fingerprint of the bytes that the numbers in a file are of: those of the last import, or of an earlier one if the file was
    /// kept since.
    fn numbered_by(&self, file: &str) -> &str {
        self.numbered_by.get(file).unwrap_or(&self.bytes_before)
    }

    /// The files that are kept though their numbers are of other bytes, for the record.
    pub(crate) fn files_of_other_numbers(&self, files: &CoveredFiles) -> BTreeMap<String, String> {
        let kept = files.iter().filter(|(_, file)| file.action == PlannedAction::Keep && file.names(self));
        let other = kept.filter(|(name, _)| self.numbered_by(name) != self.bytes);
        other.map(|(name, _)| (name.clone(), self.numbered_by(name).to_owned())).collect()
    }
}

/// What is planned for an article's file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum PlannedAction {
    /// it comes to hold the lines that import gives it
    Generate,
    /// it is removed, as the page has no such article any more
    Remove,
    /// it stays as it is
    Keep,
    /// a person has removed it, and it is not written again
    StayAway,
}

impl PlannedAction {
    pub(crate) fn is_rewrite(self) -> bool {
        matches!(self, Self::Generate | Self::Remove)
    }
}

/// An article's file in the plan of an import.
#[derive(Debug)]
pub(crate) struct CoveredFile {
    pub(crate) action: PlannedAction,
    /// there is no such file on the disk
    pub(crate) is_new: bool,
    /// of the file on the disk, where that is to be replaced or removed, or is kept; None also where it names no lines
    pub(crate) declared: Option<DeclaredLines>,
    /// the text of the file on the disk, in the same cases
    pub(crate) text: String,
    /// it names a page that is not imported under this name ([`mark_files_of_absent_pages`])
    pub(crate) names_absent_page: bool,
}

/// The files of a plan by their names.
pub(crate) type CoveredFiles = BTreeMap<String, CoveredFile>;

impl CoveredFile {
    /// Whether lines of the file, of which `name` is the name, that are of this page are found by their text, since numbers prove
    /// nothing.
    pub(crate) fn is_found_by_text(&self, name: &str, page: &CoveredPage) -> bool {
        page.numbered_by(name) != page.bytes || self.names_absent_page && !self.names(page)
    }

    fn names(&self, page: &CoveredPage) -> bool {
        self.declared.iter().flat_map(|declared| &declared.0).any(|(name, _)| page.has_name(name))
    }
}

/// Notes which files name pages that are not imported under these names.
pub(crate) fn mark_files_of_absent_pages(names: &PageNames<'_>, files: &mut CoveredFiles) {
    for file in files.values_mut() {
        file.names_absent_page = file.declared.as_ref().is_some_and(|declared| declared.names_absent_page(names));
    }
}

/// For each line of a page the files of certain actions that hold it on the disk.
pub(crate) fn held_by<'f>(
    page: &CoveredPage,
    files: &'f CoveredFiles,
    is_meant: impl Fn(PlannedAction) -> bool,
) -> Vec<Vec<&'f str>> {
    let meant = files.iter().filter(|(_, file)| is_meant(file.action));
    let (by_text, by_number): (Vec<_>, Vec<_>) = meant.partition(|(name, file)| file.is_found_by_text(name, page));
    let mut names = held_by_number(page, &by_number);
    let by_text = by_text.into_iter();
    let index = TextIndex::of(by_text.map(|(name, file)| (name.as_str(), file.text.as_str())));
    if !index.is_empty() {
        for (line, names) in page.lines.iter().zip(&mut names) {
            for file in line.texts().flat_map(|text| index.files_containing(text)) {
                if !names.contains(&file) {
                    names.push(file);
                }
            }
        }
    }
    names
}

/// As [`held_by`], but no other article's file holds a byline for that it has the same text: it stands over many articles.
pub(crate) fn held_as_own<'f>(
    page: &CoveredPage,
    files: &'f CoveredFiles,
    is_meant: impl Fn(PlannedAction) -> bool,
) -> Vec<Vec<&'f str>> {
    let mut names = held_by(page, files, is_meant);
    let is_by_number = |name: &str| files.get(name).is_some_and(|file| !file.is_found_by_text(name, page));
    for (line, names) in page.lines.iter().zip(&mut names).filter(|(line, _)| line.is_byline) {
        names.retain(|name| *name == line.file || is_by_number(name));
    }
    names
}

/// For each line of a page the files that name its number.
fn held_by_number<'f>(page: &CoveredPage, files: &[(&'f String, &'f CoveredFile)]) -> Vec<Vec<&'f str>> {
    let mut names = vec![Vec::new(); page.lines.len()];
    for (name, file) in files {
        let declared = file.declared.iter().flat_map(|declared| &declared.0).filter(|(of, _)| page.has_name(of));
        for range in declared.flat_map(|(_, ranges)| &ranges.0) {
            let from = page.lines.partition_point(|line| line.number < *range.start());
            let to = page.lines.partition_point(|line| line.number <= *range.end());
            names[from..to.max(from)].iter_mut().for_each(|names| names.push(name.as_str()));
        }
    }
    names
}

/// Whether all of an article's text stands on these pages; not where it has none.
pub(crate) fn stands_on(pages: &[CoveredPage], article: &str) -> bool {
    let lines = pages.iter().flat_map(|page| &page.lines);
    let printed: String = lines.flat_map(CoveredLine::texts).flat_map(|text| [text, "\n"]).collect();
    let index = TextIndex::of([("", printed.as_str())].into_iter());
    let body = article.splitn(3, "+++").nth(2).unwrap_or(article);
    let mut lines = body.lines().filter(|line| TextIndex::can_find(line)).peekable();
    lines.peek().is_some() && lines.all(|line| !index.files_containing(line).is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEXT: &str = "如今这张打分表成了船厂的规定动作，老师傅们每打一次分，厂里发一次评审津贴。";

    fn page(name: &str) -> CoveredPage {
        let (file, text) = ("b".to_owned(), TEXT.to_owned());
        let line = CoveredLine { number: 3, file, text, as_printed: None, is_head: false, is_byline: false };
        CoveredPage {
            names: [name.to_owned(), name.to_owned()],
            bytes: "1".to_owned(),
            bytes_before: "1".to_owned(),
            numbered_by: BTreeMap::new(),
            lines: vec![line],
        }
    }

    /// A file that is kept, which says that it holds lines of these pages.
    fn kept(lines: &[(&str, &str)]) -> CoveredFile {
        let declared = lines.iter().map(|(page, lines)| ((*page).to_owned(), Ranges::parse(lines).unwrap())).collect();
        CoveredFile {
            action: PlannedAction::Keep,
            is_new: false,
            declared: Some(DeclaredLines(declared)),
            text: format!("+++\ntitle = \"题目\"\n+++\n\n{TEXT}\n"),
            names_absent_page: false,
        }
    }

    #[test]
    fn lines_of_a_renamed_page_are_found_by_their_text() {
        let pages = [page("new")];
        let mut files = CoveredFiles::from([("a".to_owned(), kept(&[("gone", "1-4"), ("old", "3")]))]);
        let held = |files: &CoveredFiles| held_by(&pages[0], files, |_| true).concat().concat();
        assert_eq!(held(&files), "");
        mark_files_of_absent_pages(&page_names(&pages), &mut files);
        assert_eq!(held(&files), "a");
        // where the file names the page, its numbers count
        files.insert("a".to_owned(), kept(&[("gone", "1-4"), ("new", "9")]));
        mark_files_of_absent_pages(&page_names(&pages), &mut files);
        assert_eq!(held(&files), "");
    }

    #[test]
    fn on_a_changed_page_a_byline_stands_in_the_files_that_repeat_it_and_is_its_own_articles() {
        const BYLINE: &str = "本报驻某省记者 林见青";
        let mut page = page("p");
        page.bytes = "2".to_owned();
        (page.lines[0].text, page.lines[0].is_byline) = (BYLINE.to_owned(), true);
        let with_byline = || {
            let text = format!("+++\nbyline = \"{BYLINE}\"\n+++\n");
            CoveredFile { text, ..kept(&[("p", "3")]) }
        };
        let mut files = CoveredFiles::from(["a", "b"].map(|name| (name.to_owned(), with_byline())));
        assert_eq!(held_by(&page, &files, |_| true), [["a", "b"]]);
        assert_eq!(held_as_own(&page, &files, |_| true), [["b"]]);
        files.insert("b".to_owned(), kept(&[("p", "3")]));
        assert_eq!(held_as_own(&page, &files, |_| true).concat().len(), 0, "a person took the byline out");
    }

    #[test]
    fn on_a_changed_page_a_line_is_found_as_printed_and_as_corrected() {
        let mut page = page("p");
        page.bytes = "2".to_owned();
        page.lines[0].text = "另一行文字，写的是秋天的果园。".to_owned();
        let files = CoveredFiles::from([("a".to_owned(), kept(&[("p", "1")]))]);
        assert_eq!(held_by(&page, &files, |_| true).concat().len(), 0);
        page.lines[0].as_printed = Some(TEXT.to_owned());
        assert_eq!(held_by(&page, &files, |_| true), [["a"]]);
        page.lines[0].text = TEXT.replace("津贴", "补贴");
        assert_eq!(held_by(&page, &files, |_| true), [["a"]]);
        assert!(stands_on(&[page], &files["a"].text));
    }

    #[test]
    fn the_own_page_of_an_article_is_the_one_that_it_was_imported_from() {
        let pages = [page("new")];
        let names = page_names(&pages);
        let mut files = CoveredFiles::from([("a".to_owned(), kept(&[("old", "3")]))]);
        files.get_mut("a").unwrap().declared.as_mut().unwrap().set_own_page("new", &names);
        assert_eq!(held_by(&pages[0], &files, |_| true), [["a"]]);
    }

    #[test]
    fn an_article_stands_on_pages_that_print_all_of_it() {
        let article = kept(&[]).text;
        assert!(stands_on(&[page("p")], &article));
        assert!(!stands_on(
            &[page("p")],
            &format!("{article}\n坞里一站就是半天，等图纸改到第四稿，打分表上有了满分。\n")
        ));
    }

    #[test]
    fn numbers_in_a_file_that_was_kept_are_of_the_page_as_it_was() {
        let mut page = page("p");
        let files = CoveredFiles::from([("a".to_owned(), kept(&[("p", "1")])), ("b".to_owned(), kept(&[("q", "1")]))]);
        let held = |page: &CoveredPage| held_by(page, &files, |_| true).concat().concat();
        assert_eq!((held(&page).as_str(), page.files_of_other_numbers(&files)), ("", BTreeMap::new()));
        page.bytes = "2".to_owned();
        assert_eq!(held(&page), "ab");
        page.numbered_by = page.files_of_other_numbers(&files);
        assert_eq!(page.numbered_by, BTreeMap::from([("a".to_owned(), "1".to_owned())]));
        page.bytes_before = "2".to_owned();
        assert_eq!(held(&page), "a", "the other file was not kept");
        page.bytes = "1".to_owned();
        assert_eq!((held(&page).as_str(), page.files_of_other_numbers(&files)), ("b", BTreeMap::new()));
    }
}
