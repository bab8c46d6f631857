//! Files in the folder of pages that are used for nothing: no page, no sidecar of one, and not what a page came from.
//!
//! Import itself says which sidecars of pages of files with several are used for nothing (`sidecars.rs`).
//!
//! Silent are hidden files and the leftovers of editors and systems, which no listing has; a file with the name of a page, such
//! as the PDF that its text was taken from; and the folder that a browser saves beside an HTML page.

use crate::content::page_name::numbered_stem;
use crate::diagnostics::code::Code;
use crate::diagnostics::diagnostic::Diagnostic;
use crate::diagnostics::message::Message;
use crate::message;
use crate::pipeline::import::job::{is_page, is_saved_beside};
use std::collections::HashSet;

/// A finding for each file that is used for nothing; `paths` are all files of the folder.
pub(crate) fn unused_files<'a>(paths: impl Iterator<Item = &'a str> + Clone) -> Vec<Diagnostic> {
    let pages: HashSet<&str> = paths.clone().filter(|path| is_page(path)).collect();
    let stems: HashSet<&str> = pages.iter().map(|page| stem_and_extension(page).0).collect();
    let others = paths.filter(|path| !is_page(path) && !is_saved_beside(path, &stems));
    others.filter_map(|path| finding(path, &pages, &stems)).collect()
}

fn finding(path: &str, pages: &HashSet<&str>, stems: &HashSet<&str>) -> Option<Diagnostic> {
    let (stem, extension) = stem_and_extension(path);
    // `issue.3.toml` is of the third page of `issue.pdf`
    let is_of_page =
        |stem: &str| stems.contains(stem) || numbered_stem(stem).is_some_and(|(stem, _)| stems.contains(stem));
    let is_sidecar = extension.eq_ignore_ascii_case("toml");
    let (message, hint): (Message, Message) = match is_sidecar {
        true if is_of_page(stem) && extension == "toml" => return None,
        true if is_of_page(stem) => (message!("{path} is not read", path), message!("rename it: {stem}.toml", stem)),
        true if pages.contains(stem) => {
            let page = stem_and_extension(stem).0;
            (message!("{path} corrects no page", path), message!("rename it: {page}.toml", page))
        }
        true => {
            let hint = message!("a sidecar has the name of its page, in the same folder: p1.toml beside p1.txt");
            (message!("{path} corrects a page that is not there", path), hint)
        }
        false if stems.contains(stem) => return None,
        false => {
            let hint = message!(
                "pages are text, HTML, PDF, OCR results or scans: save its text as {stem}.txt, or move the file elsewhere",
                stem
            );
            (message!("{path} is no page, and is used for nothing", path), hint)
        }
    };
    Some(Diagnostic::new(Code::UnusedFile, message).in_file(path).hint(hint))
}

/// A path without its extension, and that; empty where there is none.
fn stem_and_extension(path: &str) -> (&str, &str) {
    let name = path.rfind('/').map_or(0, |slash| slash + 1);
    match path[name..].rfind('.') {
        Some(dot) => (&path[..name + dot], &path[name + dot + 1..]),
        None => (path, ""),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn unused(paths: &[&str]) -> Vec<String> {
        let found = unused_files(paths.iter().copied());
        found.into_iter().map(|found| format!("{} ({})", found.message.english(), found.advice())).collect()
    }

    #[test]
    fn pages_and_what_belongs_to_them_are_used() {
        let paths = [
            "a/p1.txt",
            "a/p1.toml",
            "a/p1.pdf",
            "a/p1.3.toml",
            "b.HTML",
            "b_files/x.png",
            "b_files/js/y.js",
            "c.md",
            "c.toml",
        ];
        assert_eq!(unused(&paths), [""; 0]);
    }

    #[test]
    fn everything_else_is_named() {
        let found =
            unused(&["a/p1.txt", "p1.toml", "a/p1.txt.toml", "a/p1.TOML", "scan.gif", "notes", "c_files/x.gif"]);
        assert_eq!(found.len(), 6, "{found:?}");
        assert!(found[0].starts_with("p1.toml corrects a page that is not there"), "{found:?}");
        assert_eq!(found[1], "a/p1.txt.toml corrects no page (rename it: a/p1.toml)");
        assert_eq!(found[2], "a/p1.TOML is not read (rename it: a/p1.toml)");
        assert!(found[3].contains("scan.gif is no page") && found[3].contains("scan.txt"), "{found:?}");
    }
}
