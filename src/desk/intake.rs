//! New pages from the desk: a file or a text becomes a file of the folder of pages, unless it is there already.

use crate::content::page_name::{PAGE_TYPES, has_extension};
use crate::desk::error::{DeskError, DeskResult};
use crate::desk::pages::SitePages;
use crate::diagnostics::code::Code;
use crate::diagnostics::diagnostic::Diagnostic;
use crate::io::clock;
use crate::io::fs::file;
use crate::io::fs::folder_tree::FolderTree;
use crate::io::fs::path::is_ignored_name;
use crate::message;
use crate::pipeline::import::job::pages_in;
use crate::pipeline::import::open::pages_of_file;
use crate::project::PAGES;
use serde::Serialize;

/// What became of a file, as JSON.
#[derive(Debug, Default, Serialize)]
pub(crate) struct Received {
    /// the names of its pages
    pages: Vec<String>,
    /// the file of the same bytes that was there already
    same_as: Option<String>,
    /// what no page of it says: `date`, `paper`, `page`
    needs: Vec<&'static str>,
}

/// Characters of a file's name, at most.
const LONGEST: usize = 80;

/// Takes in a file under its name, or another one where that is taken.
pub(crate) fn receive(site: &SitePages, name: &str, bytes: &[u8]) -> DeskResult<Received> {
    if let Some(same) = file_with(site, bytes) {
        return Ok(Received { pages: pages_of(site, &same)?, same_as: Some(same), needs: Vec::new() });
    }
    let name = safe_name(name);
    if !has_extension(&name, PAGE_TYPES) {
        let message =
            message!("{name} is no page: it has to be one of .{endings}", name, endings = PAGE_TYPES.join(", ."));
        return Err(DeskError::Unreadable(vec![Diagnostic::new(Code::UnknownFormat, message)]));
    }
    let path = free_path(site, &name);
    let tree = FolderTree::new(&site.root);
    tree.write(&path, bytes)?;
    let received = read_received(site, &path);
    if received.is_err() {
        // what cannot be read would stand in the list of pages, and nobody could take it away there
        tree.remove(&path)?;
    }
    received
}

fn read_received(site: &SitePages, path: &str) -> DeskResult<Received> {
    let pages = pages_of(site, path)?;
    let needs = pages.first().map_or(Ok(Vec::new()), |page| needs(site, page))?;
    Ok(Received { pages, same_as: None, needs })
}

/// Takes in a text, under the time where it has no name.
pub(crate) fn receive_text(site: &SitePages, name: Option<&str>, text: &str) -> DeskResult<Received> {
    let time: String = clock::now().chars().filter(char::is_ascii_digit).collect();
    let name = name.map(str::trim).filter(|name| !name.is_empty()).map_or(time, str::to_owned);
    let name = if has_extension(&name, &["txt"]) { name } else { format!("{name}.txt") };
    receive(site, &name, text.as_bytes())
}

fn pages_of(site: &SitePages, file: &str) -> DeskResult<Vec<String>> {
    let settings = site.settings()?;
    pages_of_file(&site.root, &settings.config, &site.record(), file).map_err(DeskError::Unreadable)
}

fn needs(site: &SitePages, page: &str) -> DeskResult<Vec<&'static str>> {
    let masthead = site.load(page)?.import.masthead;
    let lacks =
        [("date", masthead.date.is_none()), ("paper", masthead.paper.is_none()), ("page", masthead.page.is_none())];
    Ok(lacks.into_iter().filter(|(_, lacks)| *lacks).map(|(name, _)| name).collect())
}

/// The file of the folder of pages that has these bytes.
fn file_with(site: &SitePages, bytes: &[u8]) -> Option<String> {
    let files = pages_in(&site.root, PAGES).0.into_iter().map(|file| file.path);
    let mut same_size = files.filter(|file| file::size(&site.root.join(file)) == Some(bytes.len() as u64));
    same_size.find(|file| file::has_content(&site.root.join(file), bytes))
}

/// A path in the folder of pages that nothing has: `name.txt`, else `name-2.txt` …; nor has any file its name with another extension,
/// which would make one of them the text of the other.
fn free_path(site: &SitePages, name: &str) -> String {
    let (stem, extension) = name.rsplit_once('.').unwrap_or((name, "txt"));
    let is_taken = |stem: &str| {
        let taken = |extension: &&str| file::exists(&site.root.join(format!("{PAGES}/{stem}.{extension}")));
        PAGE_TYPES.iter().chain(&["toml"]).any(&taken) || taken(&extension)
    };
    let numbered = (2..).map(|number| format!("{stem}-{number}"));
    let free = std::iter::once(stem.to_owned()).chain(numbered).find(|stem| !is_taken(stem));
    format!("{PAGES}/{}.{extension}", free.unwrap_or_default())
}

/// The last part of a path, as a name that every system allows and that content may have.
fn safe_name(name: &str) -> String {
    let last = name.rsplit(['/', '\\']).next().unwrap_or(name).trim();
    let is_bad = |c: char| c.is_control() || c.is_whitespace() || "<>:\"|?*#%~".contains(c);
    let name: String = last.chars().map(|c| if is_bad(c) { '-' } else { c }).collect();
    let (stem, extension) = name.rsplit_once('.').unwrap_or((&name, ""));
    let stem: String = stem.trim_start_matches(['.', '-']).chars().take(LONGEST).collect();
    let name = format!("{}.{extension}", if stem.is_empty() { "page" } else { &stem });
    if is_ignored_name(&name) { format!("page-{name}") } else { name }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_stays_in_the_folder_and_is_content() {
        for (given, safe) in [
            ("../../etc/passwd.txt", "passwd.txt"),
            ("C:\\扫描\\第 1 版.PDF", "第-1-版.PDF"),
            (".hidden.txt", "hidden.txt"),
            ("issue.pdf#3", "issue.pdf-3"),
            (".txt", "page.txt"),
            ("a\u{0}b.txt", "a-b.txt"),
        ] {
            assert_eq!(safe_name(given), safe, "{given}");
        }
        assert_eq!(safe_name(&"长".repeat(300)).chars().count(), LONGEST + 1);
    }
}
