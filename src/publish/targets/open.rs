//! Opens a target from its settings.

use crate::config::publish::{Destination, SshConfig, SshTransport, TargetConfig};
use crate::config::settings::Config;
use crate::diagnostics::code::Code;
use crate::diagnostics::diagnostic::Diagnostic;
use crate::diagnostics::error::{Error, Result};
use crate::io::fs::path;
use crate::message;
use crate::project::{PUBLIC, output, shown};
use crate::publish::local_site::LocalSite;
use crate::publish::target::{FileTarget, Target};
use crate::publish::targets::dir::DirTarget;
use crate::publish::targets::git::GitTarget;
use crate::publish::targets::releases::ReleasesTarget;
use crate::publish::targets::remote_host::RemoteHost;
use crate::publish::targets::rsync::RsyncTarget;
use crate::publish::targets::s3::S3Target;
use crate::publish::targets::sftp::SftpTarget;
use crate::publish::transfer::atomic::AtomicTarget;
use crate::publish::transport::s3::credentials::process_env;
use std::path::Path;

/// An open target, by how it takes a plan.
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

/// Opens a target of the site at `root`; a dry run changes nothing there and takes no lock.
pub(crate) fn open_target(root: &Path, config: &Config, target: &TargetConfig, dry_run: bool) -> Result<OpenTarget> {
    let name = target.name.as_str();
    Ok(match &target.destination {
        Destination::Dir(folder) => {
            let folder = root.join(folder);
            reject_own_folder(root, &folder, name)?;
            let folder = DirTarget::new(name, folder);
            OpenTarget::FileByFile(Box::new(if dry_run { folder } else { folder.locked()? }))
        }
        Destination::S3(bucket) => {
            OpenTarget::FileByFile(Box::new(S3Target::open(name, bucket, &config.headers, &process_env)?))
        }
        Destination::Git(config) => OpenTarget::Atomic(Box::new(GitTarget::open(root, name, config)?)),
        Destination::Ssh(config) => open_over_ssh(root, name, config)?,
    })
}

fn open_over_ssh(root: &Path, name: &str, config: &SshConfig) -> Result<OpenTarget> {
    let host = RemoteHost::new(root, name, config)?;
    let uses_rsync = match config.transport {
        SshTransport::Rsync => true,
        SshTransport::Sftp => false,
        SshTransport::Auto => host.has_rsync()?,
    };
    Ok(match (config.releases, uses_rsync) {
        (true, true) => OpenTarget::Atomic(Box::new(ReleasesTarget::new(host, config))),
        (true, false) => {
            let message = message!(
                "{name}: releases need rsync on both machines, and a shell on the other one",
                name = host.name
            );
            let hint = message!("install rsync there, or leave out releases = true");
            return Err(Error::configuration(Diagnostic::new(Code::NoRsync, message).hint(hint)));
        }
        (false, true) => OpenTarget::FileByFile(Box::new(RsyncTarget::new(host, config))),
        (false, false) => OpenTarget::FileByFile(Box::new(SftpTarget::new(root, host, config))),
    })
}

/// The site with the files that its host needs: those that tell a git host how to serve a branch.
pub(crate) fn with_host_files(local: LocalSite, config: &Destination) -> LocalSite {
    let Destination::Git(config) = config else { return local };
    // without it, GitHub Pages leaves out files whose name begins with an underscore
    let local = local.with_generated(".nojekyll", b"");
    match config.cname.as_str() {
        "" => local,
        domain => local.with_generated("CNAME", format!("{domain}\n").as_bytes()),
    }
}

/// Rejects a folder that the site is made from or built into.
fn reject_own_folder(root: &Path, folder: &Path, name: &str) -> Result<()> {
    let public = root.join(PUBLIC);
    let is_public = path::contains(&public, folder) || path::contains(folder, &public);
    if !is_public && output(root, Some(folder)).is_ok() {
        return Ok(());
    }
    let message = message!("publish.{name}: {folder} is part of the site itself", name, folder = shown(folder));
    Err(Error::configuration(
        Diagnostic::new(Code::BadOutput, message).hint(message!("choose a folder beside the site's own")),
    ))
}
