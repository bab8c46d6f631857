//! Who has which address: the first to ask for one gets it.
//!
//! Names are compared without case: a site that stands on a disk where `A` is `a` is still whole.

use crate::diagnostics::code::Code;
use crate::diagnostics::diagnostic::Diagnostic;
use crate::site::name_set::{folded, sorted};
use std::collections::BTreeSet;

/// Who asks for an address.
#[derive(Debug, Clone)]
pub(crate) enum Owner {
    /// a file of the site's own
    File(String),
    /// a file whose page once stood there
    Alias(String),
    /// a page that comes from no file of its own
    Wenzhai(&'static str),
}

/// What got no address.
#[derive(Debug, Default)]
pub(crate) struct Refused {
    pub(crate) files: BTreeSet<String>,
    /// a finding for each
    pub(crate) diagnostics: Vec<Diagnostic>,
}

/// A claim that came too late, and the one that was first; both by their place in the list.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Late {
    pub(crate) claim: usize,
    pub(crate) first: usize,
}

/// The claims that came too late, in their order. `digests` are those of all files that are claimed, in the order in which
/// they are, and `file` makes one of them again.
pub(crate) fn late(digests: &[u64], file: impl Fn(usize) -> String) -> Vec<Late> {
    let mut late = Vec::new();
    for run in sorted(digests).chunk_by(|a, b| a.0 == b.0).filter(|run| run.len() > 1) {
        let files: Vec<String> = run.iter().map(|(_, claim)| folded(&file(*claim as usize))).collect();
        for (at, own) in files.iter().enumerate() {
            if let Some(first) = files[..at].iter().position(|other| other == own) {
                late.push(Late { claim: run[at].1 as usize, first: run[first].1 as usize });
            }
        }
    }
    late.sort_unstable();
    late
}

/// What is told of a claim that came too late.
pub(crate) fn refusal(file: &str, owner: &Owner, first: &Owner) -> Diagnostic {
    let address = file.strip_suffix("index.html").unwrap_or(file);
    let first = match first {
        Owner::File(file) | Owner::Alias(file) => file,
        Owner::Wenzhai(what) => *what,
    };
    let diagnostic = Diagnostic::new(Code::AddressTaken, format!("the address /{address} already belongs to {first}"));
    match owner {
        Owner::File(file) => diagnostic.in_file(file).hint(match file.starts_with("content/articles/") {
            true => "give one of the two another address: slug = \"…\" in its front matter, or another file name",
            false => "rename the file",
        }),
        Owner::Alias(file) => {
            diagnostic.in_file(file).hint("take it out of aliases: readers find something else there")
        }
        Owner::Wenzhai(_) => diagnostic.in_file("site.toml").hint("give each paper a slug of its own under [[papers]]"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::site::name_set::digest;

    #[test]
    fn the_first_of_equal_names_is_in_time() {
        let files = ["a/B", "c", "A/b", "d", "a/b", "C"];
        let found = |digests: &[u64]| -> Vec<(usize, usize)> {
            late(digests, |claim| files[claim].to_owned()).iter().map(|late| (late.claim, late.first)).collect()
        };
        assert_eq!(found(&files.map(digest)), [(2, 0), (4, 0), (5, 1)]);
        assert_eq!(found(&[7; 6]), [(2, 0), (4, 0), (5, 1)], "digests that are equal by chance decide nothing");
    }
}
