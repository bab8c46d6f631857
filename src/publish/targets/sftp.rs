//! A folder on another machine that takes sftp alone.
//!
//! Slower than rsync, and needs nothing of the other side: a file is put beside its place and renamed. Where the record is
//! missing or unfinished, files of the same length are fetched to compare them.

use crate::config::publish::SshConfig;
use crate::diagnostics::code::Code;
use crate::diagnostics::diagnostic::Diagnostic;
use crate::diagnostics::error::{Error, Result};
use crate::io::fs::copy;
use crate::io::fs::file;
use crate::publish::local_site::{LocalFile, LocalSite};
use crate::publish::record::RECORD_FILE;
use crate::publish::target::{FileTarget, ListedFile, Target};
use crate::publish::targets::ssh::{Remote, folder, seen};
use crate::publish::transfer_progress::TransferProgress;
use crate::publish::transport::sftp::{Order, Sftp};
use crate::publish::upload::{Content, Upload};
use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

/// Files in one batch: what is done again where a connection is cut.
const BATCH: usize = 100;

/// A folder that comes to hold the site.
#[derive(Debug)]
pub(crate) struct SftpFolder {
    remote: Remote,
    sftp: Sftp,
    folder: String,
}

impl SftpFolder {
    pub(crate) fn new(root: &Path, remote: Remote, place: &SshConfig) -> Self {
        let sftp = Sftp::new(root, &remote.ssh);
        Self { remote, sftp, folder: folder(place) }
    }

    fn there(&self, path: &str) -> String {
        format!("{}/{path}", self.folder)
    }

    fn order(&self, doing: &str, orders: &[Order]) -> Result<()> {
        self.remote.retry(doing, || self.sftp.order(orders))
    }

    fn put_batch(&self, local: &LocalSite, uploads: &[Upload], progress: &TransferProgress) -> Result<()> {
        let mut sources: Vec<PathBuf> = Vec::with_capacity(uploads.len());
        for (at, upload) in uploads.iter().enumerate() {
            sources.push(self.source(local, upload, at)?);
        }
        let mut orders: Vec<Order> = folders(uploads.iter().map(|upload| upload.path))
            .into_iter()
            .map(|folder| Order::MakeFolder(self.there(folder)))
            .collect();
        for (upload, source) in uploads.iter().zip(&sources) {
            let (folder, name) = upload.path.rsplit_once('/').unwrap_or(("", upload.path));
            let half = self.there(&format!("{folder}/.wenzhai-tmp-{name}"));
            orders.push(Order::Put(source, half.clone()));
            orders.push(Order::Rename(half, self.there(upload.path)));
        }
        self.order("files cannot be sent", &orders)?;
        self.check(uploads)?;
        uploads.iter().for_each(|upload| progress.record_upload(upload, upload.size().to_string()));
        Ok(())
    }

    /// Where the bytes of a upload stand on this machine.
    fn source(&self, local: &LocalSite, upload: &Upload, at: usize) -> Result<PathBuf> {
        let made = self.remote.ssh.scratch().join(format!("put-{at}"));
        match upload.content {
            Content::File(file) => match local.disk_path(file) {
                Some(place) => return Ok(place),
                None => file::write(&made, &local.bytes(file)?)?,
            },
            Content::Placeholder(text) => file::write(&made, text.as_bytes())?,
        }
        Ok(made)
    }

    /// What stands in the folders of these files: a length, or nothing for a folder.
    fn beside<'a>(&self, paths: impl Iterator<Item = &'a str>) -> Result<BTreeMap<String, Option<u64>>> {
        let place =
            |path: &str| path.rsplit_once('/').map_or_else(|| self.folder.clone(), |(folder, _)| self.there(folder));
        let places: Vec<String> = paths.map(place).collect::<BTreeSet<_>>().into_iter().collect();
        let listed = self.remote.retry("its files cannot be listed", || self.sftp.list(&places))?;
        Ok(listed.into_iter().map(|(size, path)| (path, size)).collect())
    }

    /// Everything has arrived in its full length.
    fn check(&self, uploads: &[Upload]) -> Result<()> {
        let sizes = self.beside(uploads.iter().map(|upload| upload.path))?;
        let missing = |upload: &&Upload| sizes.get(&self.there(upload.path)) != Some(&Some(upload.size()));
        match uploads.iter().find(missing) {
            None => Ok(()),
            Some(upload) => Err(not_arrived(&self.remote.name, upload.path)),
        }
    }
}

fn not_arrived(name: &str, path: &str) -> Error {
    let message = format!("{name}: {path} is not there in its full length");
    Error::failure(
        Diagnostic::new(Code::NotArrived, message).hint("see whether the disk there is full, and publish again"),
    )
}

fn not_removed(name: &str, path: &str) -> Error {
    let message = format!("{name}: {path} could not be removed");
    let hint = "give the user on that machine the right to change the folder, and publish again";
    Error::failure(Diagnostic::new(Code::NotRemoved, message).hint(hint))
}

/// The folders that these files stand in, the outer ones first, the root included.
fn folders<'a>(paths: impl Iterator<Item = &'a str>) -> BTreeSet<&'a str> {
    paths.flat_map(|path| path.match_indices('/').map(|(at, _)| &path[..at])).collect()
}

impl Target for SftpFolder {
    fn name(&self) -> String {
        self.remote.name.clone()
    }

    fn record(&self) -> Result<Option<String>> {
        let file = self.there(RECORD_FILE);
        let listed = self
            .remote
            .retry("the machine cannot be reached", || self.sftp.list(std::slice::from_ref(&self.folder)))?;
        if !listed.iter().any(|(_, path)| *path == file) {
            return Ok(None);
        }
        let here = self.remote.ssh.scratch().join("record");
        self.order("its record cannot be read", &[Order::Get(file, &here)])?;
        let source = file::read_source(self.remote.ssh.scratch(), "record").map_err(Error::failure)?;
        Ok(Some(source.text))
    }

    fn list(&self) -> Result<Vec<ListedFile>> {
        let listed = self.remote.retry("its files cannot be listed", || self.sftp.list_all(&self.folder))?;
        Ok(seen(listed))
    }

    fn same(&self, _local: &LocalSite, files: &[(&LocalFile, &ListedFile)]) -> Result<BTreeSet<String>> {
        let as_long: Vec<&LocalFile> = files
            .iter()
            .filter(|(file, there)| there.revision == file.size.to_string())
            .map(|(file, _)| *file)
            .collect();
        let mut same = BTreeSet::new();
        for batch in as_long.chunks(BATCH) {
            let here = |at: usize| self.remote.ssh.scratch().join(format!("get-{at}"));
            let places: Vec<PathBuf> = (0..batch.len()).map(here).collect();
            let orders: Vec<Order> =
                batch.iter().zip(&places).map(|(file, place)| Order::Get(self.there(&file.path), place)).collect();
            self.order("its files cannot be fetched", &orders)?;
            for (file, place) in batch.iter().zip(&places) {
                if copy::hash(place)?.0 == file.hash {
                    same.insert(file.path.clone());
                }
            }
        }
        Ok(same)
    }
}

impl FileTarget for SftpFolder {
    fn put(&self, local: &LocalSite, uploads: &[Upload], progress: &TransferProgress) -> Result<()> {
        uploads.chunks(BATCH).try_for_each(|batch| self.put_batch(local, batch, progress))
    }

    fn remove(&self, paths: &[&str], progress: &TransferProgress) -> Result<()> {
        let files = paths.iter().map(|path| Order::Remove(self.there(path)));
        let folders =
            folders(paths.iter().copied()).into_iter().rev().map(|path| Order::RemoveFolder(self.there(path)));
        self.order("files cannot be removed", &files.chain(folders).collect::<Vec<_>>())?;
        let there = self.beside(paths.iter().copied())?;
        if let Some(left) = paths.iter().find(|path| there.contains_key(&self.there(path))) {
            return Err(not_removed(&self.remote.name, left));
        }
        progress.record_removals(paths.len());
        Ok(())
    }

    fn write_record(&self, text: &str) -> Result<()> {
        let here = self.remote.ssh.scratch().join("record");
        file::write(&here, text.as_bytes())?;
        let above =
            self.folder.match_indices('/').map(|(at, _)| &self.folder[..at]).filter(|folder| !folder.is_empty());
        let folders = above.chain([self.folder.as_str()]).map(|folder| Order::MakeFolder(folder.to_owned()));
        let half = self.there(".wenzhai-tmp-record");
        let files = [Order::Put(&here, half.clone()), Order::Rename(half, self.there(RECORD_FILE))];
        self.order("its record cannot be written", &folders.chain(files).collect::<Vec<_>>())
    }
}
