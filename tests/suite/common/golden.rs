//! Comparison with expected ("golden") files. `UPDATE_GOLDEN=1` writes what was made in their place; read the difference
//! before you commit it.

use crate::common::files::{Files, read_files, write_files};
use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

/// Fails with the first difference of each file that is not as expected.
#[track_caller]
pub(crate) fn assert_golden(expected: &Path, made: &Files) {
    if is_update() {
        let _ = fs::remove_dir_all(expected);
        write_files(expected, made);
        return;
    }
    let old = read_files(expected);
    assert!(
        !old.is_empty(),
        "{} does not exist: run with UPDATE_GOLDEN=1, and read what it writes",
        expected.display()
    );
    let differences = differences(&old, made);
    assert!(
        differences.is_empty(),
        "{}:\n{}\n(if this is intended: UPDATE_GOLDEN=1 cargo test, and read the difference)",
        expected.display(),
        differences.join("\n")
    );
}

/// Whether expected files are to be written anew.
pub(crate) fn is_update() -> bool {
    std::env::var_os("UPDATE_GOLDEN").is_some()
}

fn differences(old: &Files, made: &Files) -> Vec<String> {
    let names: BTreeSet<&String> = old.keys().chain(made.keys()).collect();
    let difference = |name: &&String| match (old.get(*name), made.get(*name)) {
        (Some(old), Some(new)) if old == new => None,
        (Some(old), Some(new)) => Some(format!("{name}: {}", first_difference(old, new))),
        (Some(_), None) => Some(format!("{name} was not made")),
        (None, _) => Some(format!("{name} is new")),
    };
    names.iter().filter_map(difference).collect()
}

fn first_difference(old: &[u8], new: &[u8]) -> String {
    let (old, new) = (String::from_utf8_lossy(old), String::from_utf8_lossy(new));
    let differs = old.lines().zip(new.lines()).enumerate().find(|(_, (old, new))| old != new);
    match differs {
        Some((at, (old, new))) => format!("line {}\n  expected {old}\n  made     {new}", at + 1),
        None => format!("{} lines expected, {} made", old.lines().count(), new.lines().count()),
    }
}
