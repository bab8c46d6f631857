//! The address book on disk: read before a site is planned, and written where the plan assigned new addresses.

use crate::content::address_book::AddressBook;
use crate::diagnostics::code::Code;
use crate::diagnostics::diagnostic::Diagnostic;
use crate::io::fs::file;
use crate::io::fs::staged_file::remove_leftovers_beside;
use crate::io::fs::stamp::Stamp;
use crate::io::output::manifest::Manifest;
use crate::message;
use crate::pipeline::incremental::survey::{StampTrust, Survey};
use crate::pipeline::options::BuildOptions;
use crate::project::{ADDRESSES, PUBLIC};
use crate::site::site::Site;
use std::path::Path;

/// The address book as the disk has it.
#[derive(Debug, Default)]
pub(crate) struct StoredAddresses {
    /// empty where there is none
    pub(crate) book: AddressBook,
    /// there is none, but the site was built by a version whose addresses of names were hashes
    pub(crate) were_hashed: bool,
    diagnostics: Vec<Diagnostic>,
}

impl StoredAddresses {
    /// Reads the address book of the site at `root`.
    pub(crate) fn read(root: &Path, survey: &Survey) -> Self {
        if !survey.has_addresses() {
            let were_hashed = Manifest::read(&root.join(PUBLIC)).is_ok_and(|built| built.paths.iter().any(is_hashed));
            return Self { were_hashed, ..Self::default() };
        }
        let parsed = file::read_source(root, ADDRESSES).map(|source| AddressBook::parse(&source));
        let (book, diagnostics) = parsed.unwrap_or_else(|diagnostic| (AddressBook::default(), vec![diagnostic]));
        Self { book, were_hashed: false, diagnostics }
    }

    /// Writes the book of a planned site where it has new names, and looks at its stamp again. A file with mistakes is left as it is.
    /// Returns what is wrong with it, or why it could not be written.
    pub(crate) fn keep(
        self,
        root: &Path,
        site: &Site,
        survey: &mut Survey,
        options: &BuildOptions,
        later: impl FnOnce(Stamp) -> StampTrust,
    ) -> Vec<Diagnostic> {
        // in a site of shards, addresses of new names follow from these alone
        let has_shards = site.config.content.shards.is_some();
        if !self.diagnostics.is_empty() || self.book == site.book || options.no_import || has_shards {
            return self.diagnostics;
        }
        remove_leftovers_beside(&root.join(ADDRESSES));
        if let Err(error) = file::replace(&root.join(ADDRESSES), site.book.emit().as_bytes()) {
            let message = message!("the addresses of new names could not be kept: {reason}", reason = error.reason());
            let hint = message!("a later build may give these names other addresses; make the file writable");
            return vec![Diagnostic::new(Code::AddressesNotKept, message).in_file(ADDRESSES).hint(hint)];
        }
        survey.look_at_addresses(root, later);
        Vec::new()
    }
}

/// Whether an output file is that of a name whose address is a hash: `people/e0/412084c0/index.html`, `issues/paper-1b2c3d4e/feed.xml`.
fn is_hashed(path: &str) -> bool {
    let is_hash = |part: &str| part.len() == 8 && part.bytes().all(|b| b.is_ascii_hexdigit());
    let parts: Vec<&str> = path.split('/').take(4).collect();
    match parts.as_slice() {
        ["people" | "columns", _, name, _] => is_hash(name),
        ["issues", paper, ..] => paper.strip_prefix("paper-").is_some_and(is_hash),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_of_earlier_versions_differ_from_those_in_pinyin() {
        assert!(is_hashed("people/e0/412084c0/index.html") && is_hashed("issues/paper-1b2c3d4e/index.html"));
        assert!(!is_hashed("people/cen/cen-wang-shu/index.html") && !is_hashed("issues/grrb/2025/index.html"));
        assert!(!is_hashed("people/index.html"));
    }
}
