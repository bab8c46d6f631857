//! Finds the sidecars of pages, and those that no page has since its file has other pages than their names say.
//!
//! The sidecar of `issue.pdf` is `issue.toml` where the file has one page; that of its third page of several is `issue.3.toml`.

use crate::content::page_name::{file_of, numbered_stem, stem_of};
use crate::diagnostics::code::Code;
use crate::diagnostics::diagnostic::Diagnostic;
use crate::diagnostics::message::Message;
use crate::import::sidecar::corrections::Sidecar;
use crate::import::sidecar::parse::parse_sidecar;
use crate::io::fs::file;
use crate::io::fs::walk;
use crate::message;
use std::collections::{BTreeMap, HashSet};
use std::path::Path;

/// The sidecar of a page.
#[derive(Debug, Default)]
pub(crate) struct SidecarFile {
    pub(crate) corrections: Sidecar,
    /// None where there is no sidecar, or it cannot be read
    pub(crate) bytes: Option<Vec<u8>>,
    pub(crate) diagnostics: Vec<Diagnostic>,
}

/// The sidecars in the folders of an import's pages.
#[derive(Debug)]
pub(crate) struct Sidecars {
    /// paths without extension
    stems: HashSet<String>,
    /// those of them that end in a number, without it → the numbers, ascending
    numbered: BTreeMap<String, Vec<usize>>,
    /// the paths of the files of pages without extension
    pages: HashSet<String>,
}

impl Sidecars {
    /// Lists the folders of these files.
    pub(crate) fn beside<'a>(root: &Path, files: impl Iterator<Item = &'a str> + Clone) -> Self {
        let folder_of = |file: &'a str| file.rfind('/').map_or("", |slash| &file[..slash]);
        let folders: HashSet<&str> = files.clone().map(folder_of).collect();
        let found = folders.into_iter().flat_map(|folder| walk::list_shallow(root, folder, &["toml"]).0);
        let stems: HashSet<String> =
            found.filter_map(|file| file.path.strip_suffix(".toml").map(str::to_owned)).collect();
        let mut numbered: BTreeMap<String, Vec<usize>> = BTreeMap::new();
        for (stem, number) in stems.iter().filter_map(|stem| numbered_stem(stem)) {
            numbered.entry(stem.to_owned()).or_default().push(number);
        }
        numbered.values_mut().for_each(|numbers| numbers.sort_unstable());
        Self { numbered, stems, pages: files.map(stem_of).collect() }
    }

    /// Reads the sidecar of a page. `themes` are the ids that site.toml defines.
    pub(crate) fn read(&self, root: &Path, page: &str, themes: &[String]) -> SidecarFile {
        let Some(path) = self.of(page) else { return SidecarFile::default() };
        let bytes = match file::read(root, &path) {
            Ok(bytes) => bytes,
            Err(diagnostic) => return SidecarFile { diagnostics: vec![diagnostic], ..SidecarFile::default() },
        };
        let (corrections, diagnostics) = match file::source(&path, bytes.clone()) {
            Ok(source) => parse_sidecar(&source, themes),
            Err(diagnostic) => (Sidecar::default(), vec![diagnostic]),
        };
        SidecarFile { corrections, bytes: Some(bytes), diagnostics }
    }

    /// The path of a page's sidecar, where there is one.
    fn of(&self, page: &str) -> Option<String> {
        let stem = stem_of(page);
        // beside `issue.pdf` and `issue.3.pdf`, `issue.3.toml` is of the latter
        let is_of_other = file_of(page) != page && self.pages.contains(&stem);
        (self.stems.contains(&stem) && !is_of_other).then(|| format!("{stem}.toml"))
    }

    /// A finding for each sidecar that corrects no page of a file, which has `count` pages.
    pub(crate) fn unused(&self, file: &str, count: usize) -> Vec<Diagnostic> {
        let stem = stem_of(file);
        let name = file.rsplit('/').next().unwrap_or(file);
        let finding = |sidecar: String, hint: Message| {
            let message = message!("{sidecar} corrects no page: {name} has {n} {page|pages}", sidecar, name, n = count);
            Diagnostic::new(Code::UnusedFile, message).in_file(sidecar).hint(hint)
        };
        let short = stem.rsplit('/').next().unwrap_or(&stem);
        let mut findings = Vec::new();
        if count > 1 && self.stems.contains(&stem) {
            let hint = message!("name it after the page that it corrects: {short}.1.toml for the first", short);
            findings.push(finding(format!("{stem}.toml"), hint));
        }
        for &number in self.numbered.get(&stem).into_iter().flatten() {
            let is_of_other = self.pages.contains(&format!("{stem}.{number}"));
            if !is_of_other && (count == 1 || number > count) {
                let hint = match count {
                    1 => message!("rename it: {short}.toml", short),
                    _ => message!(
                        "pages are counted from 1 in the order of the file: {short}.1.toml to {short}.{count}.toml",
                        short,
                        count
                    ),
                };
                findings.push(finding(format!("{stem}.{number}.toml"), hint));
            }
        }
        findings
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sidecars(names: &[&str], pages: &[&str]) -> Sidecars {
        let home = tempfile::tempdir().unwrap();
        for name in names {
            file::write(&home.path().join(name), b"").unwrap();
        }
        Sidecars::beside(home.path(), pages.iter().copied())
    }

    #[test]
    fn a_page_of_several_has_its_number_in_its_sidecar() {
        let found =
            sidecars(&["issue.toml", "issue.2.toml", "issue.9.toml", "issue.3.toml"], &["issue.pdf", "issue.3.txt"]);
        assert_eq!(found.of("issue.pdf#2").as_deref(), Some("issue.2.toml"));
        assert_eq!((found.of("issue.pdf#1"), found.of("issue.pdf#3")), (None, None));
        assert_eq!(found.of("issue.3.txt").as_deref(), Some("issue.3.toml"));
        let unused = |count| {
            let findings = found.unused("issue.pdf", count).into_iter();
            findings.map(|finding| finding.location.map(|at| at.file).unwrap_or_default()).collect::<Vec<_>>()
        };
        assert_eq!(unused(8), ["issue.toml", "issue.9.toml"]);
        assert_eq!(unused(1), ["issue.2.toml", "issue.9.toml"]);
    }
}
