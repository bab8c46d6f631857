//! Target: a folder on another machine, through its shell and rsync.

use crate::config::publish::SshConfig;
use crate::diagnostics::error::Result;
use crate::publish::local_site::{LocalFile, LocalSite};
use crate::publish::target::{FileTarget, ListedFile, Target};
use crate::publish::targets::remote_host::{RemoteHost, remote_folder};
use crate::publish::transfer_progress::TransferProgress;
use crate::publish::upload::Upload;
use std::collections::BTreeSet;

#[derive(Debug)]
pub(crate) struct RsyncTarget {
    host: RemoteHost,
    folder: String,
}

impl RsyncTarget {
    pub(crate) fn new(host: RemoteHost, config: &SshConfig) -> Self {
        Self { host, folder: remote_folder(config) }
    }
}

impl Target for RsyncTarget {
    fn name(&self) -> String {
        self.host.name.clone()
    }

    fn record(&self) -> Result<Option<String>> {
        self.host.read_record(&self.folder)
    }

    fn list(&self) -> Result<Vec<ListedFile>> {
        self.host.list(&self.folder)
    }

    fn identical_files(&self, local: &LocalSite, files: &[(&LocalFile, &ListedFile)]) -> Result<BTreeSet<String>> {
        self.host.identical_files(&self.folder, local, files)
    }
}

impl FileTarget for RsyncTarget {
    fn put(&self, local: &LocalSite, uploads: &[Upload], progress: &TransferProgress) -> Result<()> {
        self.host.put(&self.folder, local, uploads, progress)
    }

    fn remove(&self, paths: &[&str], progress: &TransferProgress) -> Result<()> {
        self.host.remove(&self.folder, paths, progress)
    }

    fn write_record(&self, text: &str) -> Result<()> {
        self.host.write_record(&self.folder, text)
    }
}
