//! Address conflicts: several claims to one address, of which the first is granted.
//!
//! 1. [`conflicts`]: claims to the same file
//! 2. [`ChosenFiles`]: claims to a file where another claim has a folder, as `a` and `a/b`
//! 3. [`diagnostic`]: the finding for a rejected claim
//!
//! Addresses are compared without case, so that the site is complete on a file system where `A` and `a` are one file.

use crate::diagnostics::code::Code;
use crate::diagnostics::diagnostic::Diagnostic;
use crate::diagnostics::message::Message;
use crate::message;
use crate::site::addresses::name_set::{fold_case, name_hash, sorted};
use crate::util::path_list::folders_of;
use std::collections::{BTreeMap, HashMap, HashSet};

/// The origin of a claim.
#[derive(Debug, Clone)]
pub(crate) enum Claimant {
    /// a file of the site's own
    File(String),
    /// an alias in the front matter of a file
    Alias(String),
    /// a page that comes from no file of its own, described in a few words
    Generated(&'static str),
}

/// A rejected claim and the earlier claim to the same address, by their positions in the list of claims.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Conflict {
    pub(crate) claim: usize,
    pub(crate) first: usize,
}

/// The conflicts among claims, in the order of the rejected ones. `hashes` are those of the claimed files, in the order of
/// the claims; `file` returns the file of a claim, for the few whose hashes are equal.
pub(crate) fn conflicts(hashes: &[u64], file: impl Fn(usize) -> String) -> Vec<Conflict> {
    let mut conflicts = Vec::new();
    for run in sorted(hashes).chunk_by(|a, b| a.0 == b.0).filter(|run| run.len() > 1) {
        let files: Vec<String> = run.iter().map(|(_, claim)| fold_case(&file(*claim as usize))).collect();
        for (at, own) in files.iter().enumerate() {
            if let Some(first) = files[..at].iter().position(|other| other == own) {
                conflicts.push(Conflict { claim: run[at].1 as usize, first: run[first].1 as usize });
            }
        }
    }
    conflicts.sort_unstable();
    conflicts
}

/// The claimed files whose names people chose: only one of these can be a file where another claim has a folder, or below
/// another's file.
#[derive(Debug, Default)]
pub(crate) struct ChosenFiles {
    /// claims with their files in lower case
    files: Vec<(usize, String)>,
    /// the first claim to each file
    by_name: HashMap<String, usize>,
    /// the first parts of the files: one look tells that most other files are below none of them
    first_parts: HashSet<String>,
}

impl ChosenFiles {
    pub(crate) fn new(files: impl IntoIterator<Item = (usize, String)>) -> Self {
        let files: Vec<_> = files.into_iter().map(|(claim, file)| (claim, fold_case(&file))).collect();
        let mut by_name = HashMap::new();
        for (claim, file) in &files {
            by_name.entry(file.clone()).or_insert(*claim);
        }
        let first_parts = files.iter().map(|(_, file)| first_part(file).to_owned()).collect();
        Self { files, by_name, first_parts }
    }

    /// The claim to a chosen file that another claim takes for a folder.
    pub(crate) fn claim_above(&self, file: &str) -> Option<usize> {
        let first = first_part(file);
        if first.len() == file.len() || !self.first_parts.contains(&fold_case(first)) {
            return None;
        }
        folders_of(&fold_case(file)).find_map(|folder| self.by_name.get(folder).copied())
    }

    /// The conflicts of files with folders, each rejected claim once. `hashes` and `file` as for [`conflicts`]; `below` are pairs
    /// of a claim and what [`Self::claim_above`] returned for it.
    pub(crate) fn conflicts(
        &self,
        hashes: &[u64],
        below: Vec<(usize, usize)>,
        file: impl Fn(usize) -> String,
    ) -> Vec<Conflict> {
        let mut pairs = below;
        let folders = || self.files.iter().flat_map(|(claim, file)| folders_of(file).map(|folder| (*claim, folder)));
        let folder_hashes: HashSet<u64> = folders().map(|(_, folder)| name_hash(folder)).collect();
        let mut claims: HashMap<u64, usize> = HashMap::new();
        for (claim, hash) in hashes.iter().enumerate().filter(|(_, hash)| folder_hashes.contains(hash)) {
            claims.entry(*hash).or_insert(claim);
        }
        for (claim, folder) in folders() {
            let other = claims.get(&name_hash(folder)).copied();
            pairs.extend(other.filter(|other| fold_case(&file(*other)) == folder).map(|other| (claim, other)));
        }
        let mut rejected: BTreeMap<usize, usize> = BTreeMap::new();
        for (one, other) in pairs {
            rejected.entry(one.max(other)).or_insert(one.min(other));
        }
        rejected.into_iter().map(|(claim, first)| Conflict { claim, first }).collect()
    }
}

fn first_part(file: &str) -> &str {
    file.split('/').next().unwrap_or_default()
}

/// The finding for a rejected claim to a file, which `first`, a claim to `first_file`, has taken before.
pub(crate) fn diagnostic(file: &str, rejected: &Claimant, first_file: &str, first: &Claimant) -> Diagnostic {
    let address = |file: &str| file.strip_suffix("index.html").unwrap_or(file).to_owned();
    let owner = match first {
        Claimant::File(file) | Claimant::Alias(file) => Message::verbatim(file.as_str()),
        Claimant::Generated(what) => Message::of(what),
    };
    let message = match fold_case(file) == fold_case(first_file) {
        true => message!("the address /{file} already belongs to {owner}", file = address(file), owner),
        false => message!(
            "the address /{file} cannot be beside /{first_file}, which belongs to {owner}: one name cannot be a file and a folder",
            file = address(file),
            first_file = address(first_file),
            owner
        ),
    };
    let diagnostic = Diagnostic::new(Code::AddressTaken, message);
    match rejected {
        Claimant::File(file) => diagnostic.in_file(file).hint(match file.split('/').next() {
            Some("content") if file.starts_with("content/articles/") => {
                message!("give one of the two another address: slug = \"…\" in its front matter, or another file name")
            }
            Some("static") => message!("rename the file; a page of the site is changed by its template, in templates/"),
            _ => message!("rename the file"),
        }),
        Claimant::Alias(file) => {
            diagnostic.in_file(file).hint(message!("take it out of aliases: readers find something else there"))
        }
        Claimant::Generated(_) => {
            diagnostic.in_file("site.toml").hint(message!("give each paper a slug of its own under [[papers]]"))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::site::addresses::name_set::name_hash;

    #[test]
    fn the_first_of_equal_names_is_granted() {
        let files = ["a/B", "c", "A/b", "d", "a/b", "C"];
        let found = |hashes: &[u64]| -> Vec<(usize, usize)> {
            let conflicts = conflicts(hashes, |claim| files[claim].to_owned());
            conflicts.iter().map(|conflict| (conflict.claim, conflict.first)).collect()
        };
        assert_eq!(found(&files.map(name_hash)), [(2, 0), (4, 0), (5, 1)]);
        assert_eq!(found(&[7; 6]), [(2, 0), (4, 0), (5, 1)], "a hash collision alone is no conflict");
    }

    #[test]
    fn a_file_where_another_claim_has_a_folder_is_rejected_whichever_comes_later() {
        let files =
            ["feed.xml", "t/craft/index.html", "a/b/index.html", "Feed.XML/index.html", "t", "a/c", "x/y/z", "x/y"];
        let chosen = ChosenFiles::new((3..8).map(|claim| (claim, files[claim].to_owned())));
        let below = (0..8).filter_map(|claim| Some((claim, chosen.claim_above(files[claim])?))).collect();
        let found = chosen.conflicts(&files.map(name_hash), below, |claim| files[claim].to_owned());
        let found: Vec<(usize, usize)> = found.iter().map(|conflict| (conflict.claim, conflict.first)).collect();
        assert_eq!(found, [(3, 0), (4, 1), (7, 6)]);
    }

    #[test]
    fn files_beside_each_other_are_no_conflict() {
        let files = ["a/index.html", "a/b/index.html", "ab", "a/b.html"];
        let chosen = ChosenFiles::new([(2, "ab".to_owned()), (3, "a/b.html".to_owned())]);
        assert!(files.iter().all(|file| chosen.claim_above(file).is_none()));
        assert_eq!(chosen.conflicts(&files.map(name_hash), vec![], |claim| files[claim].to_owned()), []);
    }
}
