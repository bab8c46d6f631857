//! Files of unknown origin in an output folder: a build that would overwrite one is refused before it writes anything.

use crate::diagnostics::code::Code;
use crate::diagnostics::diagnostic::Diagnostic;
use crate::diagnostics::error::{Error, Result};
use crate::io::fs::file::{exists, is_file};
use crate::message;
use crate::util::path_list::{PathList, folders};
use std::collections::HashSet;
use std::path::Path;

/// Error `not-ours` where a planned file, or the folder of one, has the path of a file that is not among the `old` ones.
pub(crate) fn refuse_unknown_files(out: &Path, planned: &PathList, old: &PathList) -> Result<()> {
    let new = || planned.iter().filter(|path| !old.contains(path));
    let mut existing: HashSet<&str> = HashSet::new();
    let mut files_for_folders = Vec::new();
    // Outer folders come first; a missing folder has no content.
    for folder in folders(new()) {
        let outer = folder.rsplit_once('/').map(|(outer, _)| outer);
        if outer.is_none_or(|outer| existing.contains(outer)) && exists(&out.join(folder)) {
            existing.insert(folder);
            if !old.contains(folder) && is_file(&out.join(folder)) {
                files_for_folders.push(folder);
            }
        }
    }
    let may_exist = |path: &str| path.rsplit_once('/').is_none_or(|(folder, _)| existing.contains(folder));
    let is_folder = |path: &str| old.first_below(path).is_some();
    let planned_over = new().filter(|path| may_exist(path) && exists(&out.join(path)) && !is_folder(path));
    let unknown_files: Vec<&str> = planned_over.chain(files_for_folders.iter().copied()).collect();
    match unknown_files.first() {
        Some(first) => Err(not_ours(out, first, unknown_files.len() - 1)),
        None => Ok(()),
    }
}

fn not_ours(out: &Path, first: &str, others: usize) -> Error {
    let file = out.join(first).display().to_string();
    let message = match others {
        0 => message!("{file} would be overwritten, and wenzhai did not write it", file),
        n => message!("{file} and {n} more {file|files} would be overwritten, and wenzhai did not write them", file, n),
    };
    let hint =
        message!("choose another folder with -o, or remove {out} if nothing in it is needed", out = out.display());
    Error::failure(Diagnostic::new(Code::NotOurs, message).hint(hint))
}
