//! From a target's settings to the target.

use crate::config::publish::{Place, Publication, SshPlace, Through};
use crate::config::settings::Config;
use crate::diagnostics::code::Code;
use crate::diagnostics::diagnostic::Diagnostic;
use crate::diagnostics::error::{Error, Result};
use crate::io::fs::path;
use crate::project::{PUBLIC, output, shown};
use crate::publish::local::Local;
use crate::publish::target::{ByFile, Target};
use crate::publish::targets::dir::Folder;
use crate::publish::targets::git::Branch;
use crate::publish::targets::releases::Releases;
use crate::publish::targets::s3::Bucket;
use crate::publish::targets::sftp::SftpFolder;
use crate::publish::targets::ssh::{Remote, RemoteFolder};
use crate::publish::transfer::atomic::AtOnce;
use crate::publish::transport::s3::credentials::env;
use std::path::Path;

/// A target, by what it can do.
#[allow(missing_debug_implementations, reason = "a target may hold credentials, which are shown nowhere")]
pub(crate) enum Way {
    ByFile(Box<dyn ByFile>),
    AtOnce(Box<dyn AtOnce>),
}

impl Way {
    pub(crate) fn target(&self) -> &dyn Target {
        match self {
            Self::ByFile(target) => target.as_ref(),
            Self::AtOnce(target) => target.as_ref(),
        }
    }
}

/// Opens a target of the site at `root`; a dry run changes nothing there, not even a lock.
///
/// # Errors
/// A configuration error; `locked` where somebody else publishes to it.
pub(crate) fn opened(root: &Path, config: &Config, publication: &Publication, dry_run: bool) -> Result<Way> {
    let name = publication.name.as_str();
    Ok(match &publication.place {
        Place::Dir(place) => {
            let folder = root.join(&place.folder);
            refuse_own(root, &folder, name)?;
            let folder = Folder::new(name, folder);
            Way::ByFile(Box::new(if dry_run { folder } else { folder.locked()? }))
        }
        Place::S3(place) => Way::ByFile(Box::new(Bucket::open(name, place, &config.headers, &env)?)),
        Place::Git(place) => Way::AtOnce(Box::new(Branch::open(root, name, place)?)),
        Place::Ssh(place) => over_ssh(root, name, place)?,
    })
}

fn over_ssh(root: &Path, name: &str, place: &SshPlace) -> Result<Way> {
    let remote = Remote::new(root, name, place)?;
    let through_rsync = match place.through {
        Through::Rsync => true,
        Through::Sftp => false,
        Through::Auto => remote.has_rsync()?,
    };
    Ok(match (place.releases, through_rsync) {
        (true, true) => Way::AtOnce(Box::new(Releases::new(remote, place))),
        (true, false) => return Err(no_releases(&remote.name)),
        (false, true) => Way::ByFile(Box::new(RemoteFolder::new(remote, place))),
        (false, false) => Way::ByFile(Box::new(SftpFolder::new(root, remote, place))),
    })
}

fn no_releases(name: &str) -> Error {
    let message = format!("{name}: releases need rsync on both machines, and a shell on the other one");
    Error::configuration(
        Diagnostic::new(Code::NoRsync, message).hint("install rsync there, or leave out releases = true"),
    )
}

/// The site with what its host asks for beside it.
pub(crate) fn fitted(local: Local, place: &Place) -> Local {
    match place {
        // a host of git branches would otherwise leave out what begins with an underscore
        Place::Git(place) => {
            let local = local.with(".nojekyll", b"");
            if place.cname.is_empty() { local } else { local.with("CNAME", format!("{}\n", place.cname).as_bytes()) }
        }
        _ => local,
    }
}

/// A folder that the site is made from, or built into, is no place to publish to.
fn refuse_own(root: &Path, folder: &Path, name: &str) -> Result<()> {
    let public = root.join(PUBLIC);
    let is_public = path::contains(&public, folder) || path::contains(folder, &public);
    if !is_public && output(root, Some(folder)).is_ok() {
        return Ok(());
    }
    let message = format!("publish.{name}: {} is part of the site itself", shown(folder));
    Err(Error::configuration(Diagnostic::new(Code::BadOutput, message).hint("choose a folder beside the site's own")))
}
