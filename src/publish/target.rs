//! What a place to publish to can do.
//!
//! Every target can be looked at ([`Target`]). Most take a plan file by file ([`ByFile`], driven by
//! [`carry`](crate::publish::transfer::upload)); some take it as a whole, so that readers see all of it or nothing: a
//! commit, a release ([`AtOnce`](crate::publish::transfer::atomic::AtOnce)).

use crate::diagnostics::error::Result;
use crate::publish::local::{Local, LocalFile};
use crate::publish::parcel::Parcel;
use crate::publish::tally::Tally;
use std::collections::BTreeSet;

/// A file that the target really holds, as its own list tells.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct There {
    /// below the site's root, with `/`
    pub(crate) path: String,
    /// One word that is likely another one where the file's bytes are others: its size, its ETag, its git hash. The same
    /// word that [`Tally::sent`] was told when the file was put.
    pub(crate) stamp: String,
}

/// A target as it can be looked at. Nothing of this changes anything there.
pub(crate) trait Target: Sync {
    /// How a person knows it: `mirror (/srv/www)`. Never holds a secret.
    fn name(&self) -> String;

    /// The text of the record ([`FILE`](crate::publish::record::FILE)) that stands there; nothing where there is none.
    fn record(&self) -> Result<Option<String>>;

    /// All files that are really there, the record not among them, in any order. A target that does not exist yet holds
    /// none.
    fn list(&self) -> Result<Vec<There>>;

    /// Which of these files hold at the target the same bytes as here, found out by looking at the target (a hash of its
    /// own, an ETag). `files` are there by name. Called where the record is missing, unfinished, or says another stamp.
    fn same(&self, local: &Local, files: &[(&LocalFile, &There)]) -> Result<BTreeSet<String>>;
}

/// A target that takes files one by one, or in batches.
pub(crate) trait ByFile: Target {
    /// Puts every parcel in its place, in any order, many at once; each file is replaced whole, so that a reader gets the old
    /// bytes or the new ones. Tries again where that may help, checks that what arrived is what was sent (size and hash, or
    /// ETag), and tells `tally` of each file with its stamp.
    fn put(&self, local: &Local, parcels: &[Parcel], tally: &Tally) -> Result<()>;

    /// Removes these files; one that is not there any more is fine. Folders that become empty go too.
    fn remove(&self, paths: &[&str], tally: &Tally) -> Result<()>;

    /// Writes the record in its place.
    fn write_record(&self, text: &str) -> Result<()>;
}
