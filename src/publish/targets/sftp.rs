//! Target: a folder on another machine that allows only sftp.
//!
//! Slower than rsync, and needs no shell on the other side: a file is uploaded under a temporary name and renamed. Where the
//! record is missing or unfinished, files of the same size are fetched to compare them.

use crate::config::publish::SshConfig;
use crate::diagnostics::code::Code;
use crate::diagnostics::diagnostic::Diagnostic;
use crate::diagnostics::error::{Error, Result};
use crate::diagnostics::message::Message;
use crate::io::fs::copy;
use crate::io::fs::file;
use crate::message;
use crate::publish::local_site::{LocalFile, LocalSite};
use crate::publish::record::RECORD_FILE;
use crate::publish::target::{FileTarget, ListedFile, Target, parent_folders};
use crate::publish::targets::remote_host::{RemoteHost, published_files, remote_folder};
use crate::publish::transfer_progress::TransferProgress;
use crate::publish::transport::sftp::{Sftp, SftpCommand};
use crate::publish::upload::{Content, Upload};
use crate::util::digest::Digest;
use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

/// Files in one batch, which is the unit of a retry.
const BATCH_SIZE: usize = 100;

#[derive(Debug)]
pub(crate) struct SftpTarget {
    host: RemoteHost,
    sftp: Sftp,
    folder: String,
}

impl SftpTarget {
    pub(crate) fn new(root: &Path, host: RemoteHost, config: &SshConfig) -> Self {
        let sftp = Sftp::new(root, &host.ssh);
        Self { host, sftp, folder: remote_folder(config) }
    }

    fn remote_path(&self, path: &str) -> String {
        format!("{}/{path}", self.folder)
    }

    fn run_batch(&self, action: Message, commands: &[SftpCommand]) -> Result<()> {
        self.host.retry(action, || self.sftp.run_batch(commands))
    }

    fn put_batch(&self, local: &LocalSite, uploads: &[Upload], progress: &TransferProgress) -> Result<()> {
        let source = |(number, upload)| self.source(local, upload, number);
        let sources: Vec<PathBuf> = uploads.iter().enumerate().map(source).collect::<Result<_>>()?;
        let folders: BTreeSet<&str> = uploads.iter().flat_map(|upload| parent_folders(upload.path)).collect();
        let make_folders = folders.into_iter().map(|folder| SftpCommand::MakeFolder(self.remote_path(folder)));
        let replace = uploads.iter().zip(&sources).flat_map(|(upload, source)| self.replace(source, upload.path));
        self.run_batch(message!("files cannot be sent"), &make_folders.chain(replace).collect::<Vec<_>>())?;
        let sizes = self.sizes_beside(uploads.iter().map(|upload| upload.path))?;
        let has_arrived = |upload: &Upload| sizes.get(&self.remote_path(upload.path)) == Some(&Some(upload.size()));
        if let Some(partial) = uploads.iter().find(|upload| !has_arrived(upload)) {
            let message =
                message!("{name}: {path} is not there in its full length", name = self.host.name, path = partial.path);
            let hint = message!("see whether the disk there is full, and publish again");
            return Err(Error::failure(Diagnostic::new(Code::NotArrived, message).hint(hint)));
        }
        uploads.iter().for_each(|upload| progress.record_upload(upload, upload.size().to_string()));
        Ok(())
    }

    /// The commands that replace a remote file atomically: it is sent under a temporary name and renamed.
    fn replace<'a>(&self, source: &'a Path, path: &str) -> [SftpCommand<'a>; 2] {
        let (folder, name) = path.rsplit_once('/').unwrap_or(("", path));
        // a name of its own length may be the longest that the disk takes
        let hash = Digest::of_bytes(name.as_bytes()).0;
        let temporary = self.remote_path(&format!("{folder}/.wenzhai-tmp-{hash:032x}"));
        [SftpCommand::Put(source, temporary.clone()), SftpCommand::Rename(temporary, self.remote_path(path))]
    }

    /// The local file that holds the bytes of an upload: the site's own, or a temporary one of this number.
    fn source(&self, local: &LocalSite, upload: &Upload, number: usize) -> Result<PathBuf> {
        let temporary = self.host.ssh.temp_dir().join(format!("put-{number}"));
        match upload.content {
            Content::File(file) => match local.disk_path(file) {
                Some(path) => return Ok(path),
                None => file::write(&temporary, &local.bytes(file)?)?,
            },
            Content::Placeholder(text) => file::write(&temporary, text.as_bytes())?,
        }
        Ok(temporary)
    }

    /// The size of everything in the folders of these paths, by full remote path; `None` for a folder.
    fn sizes_beside<'a>(&self, paths: impl Iterator<Item = &'a str>) -> Result<BTreeMap<String, Option<u64>>> {
        let folder_of = |path: &str| match path.rsplit_once('/') {
            Some((folder, _)) => self.remote_path(folder),
            None => self.folder.clone(),
        };
        let folders: Vec<String> = paths.map(folder_of).collect::<BTreeSet<_>>().into_iter().collect();
        let entries = self.host.retry(message!("its files cannot be listed"), || self.sftp.list(&folders))?;
        Ok(entries.into_iter().map(|(size, path)| (path, size)).collect())
    }
}

impl Target for SftpTarget {
    fn name(&self) -> String {
        self.host.name.clone()
    }

    fn record(&self) -> Result<Option<String>> {
        let record = self.remote_path(RECORD_FILE);
        let list = || self.sftp.list(std::slice::from_ref(&self.folder));
        let entries = self.host.retry(message!("the machine cannot be reached"), list)?;
        if !entries.iter().any(|(_, path)| *path == record) {
            return Ok(None);
        }
        let temp_dir = self.host.ssh.temp_dir();
        self.run_batch(message!("its record cannot be read"), &[SftpCommand::Get(record, &temp_dir.join("record"))])?;
        let source = file::read_source(temp_dir, "record").map_err(Error::failure)?;
        Ok(Some(source.text))
    }

    fn list(&self) -> Result<Vec<ListedFile>> {
        let files = self.host.retry(message!("its files cannot be listed"), || self.sftp.list_all(&self.folder))?;
        Ok(published_files(files))
    }

    fn identical_files(&self, _local: &LocalSite, files: &[(&LocalFile, &ListedFile)]) -> Result<BTreeSet<String>> {
        let same_size = files.iter().filter(|(file, listed)| listed.has_size(file.size));
        let candidates: Vec<&LocalFile> = same_size.map(|(file, _)| *file).collect();
        let mut identical = BTreeSet::new();
        for batch in candidates.chunks(BATCH_SIZE) {
            let fetched = |number: usize| self.host.ssh.temp_dir().join(format!("get-{number}"));
            let pairs: Vec<_> = batch.iter().enumerate().map(|(number, file)| (file, fetched(number))).collect();
            let get = pairs.iter().map(|(file, to)| SftpCommand::Get(self.remote_path(&file.path), to));
            self.run_batch(message!("its files cannot be fetched"), &get.collect::<Vec<_>>())?;
            for (file, fetched) in &pairs {
                if copy::hash(fetched)?.0 == file.hash {
                    identical.insert(file.path.clone());
                }
            }
        }
        Ok(identical)
    }
}

impl FileTarget for SftpTarget {
    fn put(&self, local: &LocalSite, uploads: &[Upload], progress: &TransferProgress) -> Result<()> {
        uploads.chunks(BATCH_SIZE).try_for_each(|batch| self.put_batch(local, batch, progress))
    }

    fn remove(&self, paths: &[&str], progress: &TransferProgress) -> Result<()> {
        let files = paths.iter().map(|path| SftpCommand::Remove(self.remote_path(path)));
        let folders: BTreeSet<&str> = paths.iter().flat_map(|path| parent_folders(path)).collect();
        let folders = folders.into_iter().rev().map(|path| SftpCommand::RemoveFolder(self.remote_path(path)));
        self.run_batch(message!("files cannot be removed"), &files.chain(folders).collect::<Vec<_>>())?;
        let sizes = self.sizes_beside(paths.iter().copied())?;
        if let Some(left) = paths.iter().find(|path| sizes.contains_key(&self.remote_path(path))) {
            let message = message!("{name}: {left} could not be removed", name = self.host.name, left);
            let hint = message!("give the user on that machine the right to change the folder, and publish again");
            return Err(Error::failure(Diagnostic::new(Code::NotRemoved, message).hint(hint)));
        }
        progress.record_removals(paths.len());
        Ok(())
    }

    fn write_record(&self, text: &str) -> Result<()> {
        let local = self.host.ssh.temp_dir().join("record");
        file::write(&local, text.as_bytes())?;
        let above = parent_folders(&self.folder).filter(|folder| !folder.is_empty());
        let folders = above.chain([self.folder.as_str()]).map(|folder| SftpCommand::MakeFolder(folder.to_owned()));
        let replace = self.replace(&local, RECORD_FILE);
        self.run_batch(message!("its record cannot be written"), &folders.chain(replace).collect::<Vec<_>>())
    }
}
