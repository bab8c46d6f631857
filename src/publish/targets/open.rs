//! From a target's settings to the target.

use crate::config::publish::{Destination, SshConfig, SshTransport, TargetConfig};
use crate::config::settings::Config;
use crate::diagnostics::code::Code;
use crate::diagnostics::diagnostic::Diagnostic;
use crate::diagnostics::error::{Error, Result};
use crate::io::fs::path;
use crate::project::{PUBLIC, output, shown};
use crate::publish::local_site::LocalSite;
use crate::publish::target::{FileTarget, Target};
use crate::publish::targets::dir::Folder;
use crate::publish::targets::git::Branch;
use crate::publish::targets::releases::Releases;
use crate::publish::targets::s3::Bucket;
use crate::publish::targets::sftp::SftpFolder;
use crate::publish::targets::ssh::{Remote, RemoteFolder};
use crate::publish::transfer::atomic::AtomicTarget;
use crate::publish::transport::s3::credentials::env;
use std::path::Path;

/// A target, by what it can do.
#[allow(missing_debug_implementations, reason = "a target may hold credentials, which are shown nowhere")]
pub(crate) enum OpenTarget {
    FileByFile(Box<dyn FileTarget>),
    Atomic(Box<dyn AtomicTarget>),
}

impl OpenTarget {
    pub(crate) fn as_target(&self) -> &dyn Target {
        match self {
            Self::FileByFile(target) => target.as_ref(),
            Self::Atomic(target) => target.as_ref(),
        }
    }
}

/// Opens a target of the site at `root`; a dry run changes nothing there, not even a lock.
///
/// # Errors
/// A configuration error; `locked` where somebody else publishes to it.
pub(crate) fn open_target(
    root: &Path,
    config: &Config,
    target_config: &TargetConfig,
    dry_run: bool,
) -> Result<OpenTarget> {
    let name = target_config.name.as_str();
    Ok(match &target_config.destination {
        Destination::Dir(place) => {
            let folder = root.join(&place.folder);
            refuse_own(root, &folder, name)?;
            let folder = Folder::new(name, folder);
            OpenTarget::FileByFile(Box::new(if dry_run { folder } else { folder.locked()? }))
        }
        Destination::S3(place) => OpenTarget::FileByFile(Box::new(Bucket::open(name, place, &config.headers, &env)?)),
        Destination::Git(place) => OpenTarget::Atomic(Box::new(Branch::open(root, name, place)?)),
        Destination::Ssh(place) => over_ssh(root, name, place)?,
    })
}

fn over_ssh(root: &Path, name: &str, place: &SshConfig) -> Result<OpenTarget> {
    let remote = Remote::new(root, name, place)?;
    let through_rsync = match place.through {
        SshTransport::Rsync => true,
        SshTransport::Sftp => false,
        SshTransport::Auto => remote.has_rsync()?,
    };
    Ok(match (place.releases, through_rsync) {
        (true, true) => OpenTarget::Atomic(Box::new(Releases::new(remote, place))),
        (true, false) => return Err(no_releases(&remote.name)),
        (false, true) => OpenTarget::FileByFile(Box::new(RemoteFolder::new(remote, place))),
        (false, false) => OpenTarget::FileByFile(Box::new(SftpFolder::new(root, remote, place))),
    })
}

fn no_releases(name: &str) -> Error {
    let message = format!("{name}: releases need rsync on both machines, and a shell on the other one");
    Error::configuration(
        Diagnostic::new(Code::NoRsync, message).hint("install rsync there, or leave out releases = true"),
    )
}

/// The site with what its host asks for beside it.
pub(crate) fn with_host_files(local: LocalSite, place: &Destination) -> LocalSite {
    match place {
        // a host of git branches would otherwise leave out what begins with an underscore
        Destination::Git(place) => {
            let local = local.with_generated(".nojekyll", b"");
            if place.cname.is_empty() {
                local
            } else {
                local.with_generated("CNAME", format!("{}\n", place.cname).as_bytes())
            }
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
