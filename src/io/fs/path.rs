//! Names and paths: which names are content, which relative paths stay inside their folder, where a path leads.

use crate::diagnostics::code::Code;
use crate::diagnostics::diagnostic::Diagnostic;
use crate::diagnostics::message::Message;
use crate::message;
use std::fs;
use std::path::{Component, Path, PathBuf};

/// The start of the name of every temporary file of wenzhai, by which those of killed processes are recognised.
pub(crate) const TEMPORARY_PREFIX: &str = ".wenzhai-tmp-";

/// Hidden names that web servers and hosts require and that may be among a site's static files.
const REQUIRED_HIDDEN: [&str; 3] = [".well-known", ".nojekyll", ".htaccess"];

/// Whether a name is no content: hidden, or a leftover of an editor or of the system.
pub(crate) fn is_ignored_name(name: &str) -> bool {
    if REQUIRED_HIDDEN.contains(&name) {
        return false;
    }
    let lower = name.to_ascii_lowercase();
    name.starts_with('.')
        || name.ends_with('~')
        || name.starts_with("~$")
        || (name.len() > 1 && name.starts_with('#') && name.ends_with('#'))
        || [".swp", ".swo", ".swx", ".bak", ".tmp"].iter().any(|end| lower.ends_with(end))
        || ["___jb_tmp___", "___jb_old___"].iter().any(|end| name.ends_with(end))
        || matches!(name, "4913" | "Thumbs.db" | "desktop.ini")
}

/// The reason why a path cannot name a file below a folder, as the end of a sentence; `None` where it can: it has to be relative,
/// with `/`, and stay in the folder.
pub(crate) fn path_problem(path: &str) -> Option<Message> {
    if path.is_empty() {
        return Some(message!("it is empty"));
    }
    if path.contains('\\') {
        return Some(message!("it holds a backslash"));
    }
    // Thousands of paths are checked in each build; for most of them the bytes are enough.
    let suspect = |byte: u8| byte < 0x20 || byte == 0x7F || byte == 0xC2;
    if path.bytes().any(suspect) && path.chars().any(char::is_control) {
        return Some(message!("it holds a control character"));
    }
    if path.split('/').any(|part| matches!(part, "" | "." | "..")) {
        return Some(message!("it is absolute, or a part of it is empty, . or .."));
    }
    // A drive letter or a stream of a file, on systems that have them.
    if cfg!(windows) && path.contains(':') {
        return Some(message!("it holds a colon"));
    }
    if cfg!(windows) && Path::new(path).components().any(|part| !matches!(part, Component::Normal(_))) {
        return Some(message!("it is absolute"));
    }
    None
}

/// The finding about a path in a record (a manifest, what an import wrote, what was published) that cannot name a file below the
/// record's folder; `None` where it can. Anybody may have edited a record, so each path in it is checked when it is read.
pub(crate) fn record_path_finding(record: &str, path: &str) -> Option<Diagnostic> {
    let message = message!(
        "{record} names {path}, which is no file below its folder: {why}",
        record,
        path = format!("{path:?}"),
        why = path_problem(path)?
    );
    let hint = message!("nothing was done with it, and the rest of the record is used: see who wrote this into it");
    Some(Diagnostic::new(Code::RecordPath, message).in_file(record).hint(hint))
}

/// The absolute path with links resolved, whether or not the file exists yet; a path that the system cannot resolve, unchanged.
pub(crate) fn resolve(path: &Path) -> PathBuf {
    let Ok(absolute) = std::path::absolute(path) else {
        return path.to_owned();
    };
    let mut real = PathBuf::new();
    for part in absolute.components() {
        if part == Component::ParentDir {
            real.pop();
            continue;
        }
        real.push(part);
        if let Ok(followed) = fs::canonicalize(&real) {
            real = followed;
        }
    }
    real
}

/// The user's own folder, links resolved; `None` where the system names none.
pub(crate) fn home() -> Option<PathBuf> {
    std::env::home_dir().filter(|home| home.is_dir()).map(|home| resolve(&home))
}

/// Whether `inner` is `outer` or below it, links resolved.
pub(crate) fn contains(outer: &Path, inner: &Path) -> bool {
    resolve(inner).starts_with(resolve(outer))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn leftovers_are_ignored_and_content_is_not() {
        for name in
            [".git", ".a.md.swp", "a.md~", "a.SWP", "#a.md#", "4913", "~$报.docx", ".wenzhai-tmp-1-2", ".DS_Store"]
        {
            assert!(is_ignored_name(name), "{name}");
        }
        for name in ["a.md", "报 #1.txt", "#", "2025-02-25.txt", ".well-known", ".nojekyll", "a.swp.md"] {
            assert!(!is_ignored_name(name), "{name}");
        }
    }

    #[test]
    fn a_path_that_leaves_its_folder_has_a_problem() {
        for path in ["", "/etc/passwd", "../a", "a/../b", "a//b", "a/", "./a", "a\\b", "a\0b", "a\nb", "a/.."] {
            assert!(path_problem(path).is_some(), "{path:?}");
        }
        for path in ["index.html", "2025/02/25/p1-03/index.html", "图/产改.svg", "..a", ".well-known/x"] {
            assert_eq!(path_problem(path), None, "{path:?}");
        }
    }

    #[test]
    fn a_folder_that_does_not_exist_yet_is_found_inside_another() {
        let home = tempfile::tempdir().unwrap();
        let content = home.path().join("content");
        fs::create_dir(&content).unwrap();
        assert!(contains(&content, &content.join("a/b/public")));
        assert!(contains(&content, &home.path().join("x/../content/public")));
        assert!(contains(&content, &content));
        assert!(!contains(&content, &home.path().join("content-2")));
        assert!(!contains(&content, &content.join("../public")));
    }

    #[cfg(unix)]
    #[test]
    fn a_link_is_resolved() {
        let home = tempfile::tempdir().unwrap();
        let content = home.path().join("content");
        fs::create_dir(&content).unwrap();
        std::os::unix::fs::symlink(&content, home.path().join("public")).unwrap();
        assert!(contains(&content, &home.path().join("public")));
        assert!(contains(&content, &home.path().join("public/new")));
    }

    proptest! {
        #[test]
        fn a_path_without_problem_stays_below_its_folder(path in r"[a./\\:产\x00-\x1f]{0,12}") {
            if path_problem(&path).is_none() {
                let home = std::env::temp_dir().join("no-such-folder");
                prop_assert!(resolve(&home.join(&path)).starts_with(resolve(&home)));
                prop_assert!(resolve(&home.join(&path)) != resolve(&home));
            }
        }
    }
}
