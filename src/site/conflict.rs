//! Address conflicts: several claims to one address, of which the first is granted.
//!
//! Addresses are compared without case, so that the site is complete on a file system where `A` and `a` are one file.

use crate::diagnostics::code::Code;
use crate::diagnostics::diagnostic::Diagnostic;
use crate::site::name_set::{fold_case, sorted};

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

/// The finding for a rejected claim to `file`, which `first` has claimed before.
pub(crate) fn diagnostic(file: &str, rejected: &Claimant, first: &Claimant) -> Diagnostic {
    let address = file.strip_suffix("index.html").unwrap_or(file);
    let first = match first {
        Claimant::File(file) | Claimant::Alias(file) => file,
        Claimant::Generated(what) => *what,
    };
    let diagnostic = Diagnostic::new(Code::AddressTaken, format!("the address /{address} already belongs to {first}"));
    match rejected {
        Claimant::File(file) => diagnostic.in_file(file).hint(match file.starts_with("content/articles/") {
            true => "give one of the two another address: slug = \"…\" in its front matter, or another file name",
            false => "rename the file",
        }),
        Claimant::Alias(file) => {
            diagnostic.in_file(file).hint("take it out of aliases: readers find something else there")
        }
        Claimant::Generated(_) => {
            diagnostic.in_file("site.toml").hint("give each paper a slug of its own under [[papers]]")
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::site::name_set::name_hash;

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
}
