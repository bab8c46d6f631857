//! Target: a prefix in a bucket of an S3-compatible store.
//!
//! A revision is the `ETag` of an object and a short hash of the headers that it should have: where the settings give a file
//! other headers, it is uploaded again though its bytes are the same. Small files are sent from memory, large ones from the
//! disk, so that memory follows the number of concurrent uploads and not their size.

use crate::config::headers::HeaderRules;
use crate::config::publish::S3Config;
use crate::diagnostics::code::Code;
use crate::diagnostics::diagnostic::Diagnostic;
use crate::diagnostics::error::{Error, Result};
use crate::io::fs::copy;
use crate::message;
use crate::publish::local_site::{LocalFile, LocalSite, changed_meanwhile};
use crate::publish::record::RECORD_FILE;
use crate::publish::target::{FileTarget, ListedFile, Target};
use crate::publish::transfer::gzip::gzip;
use crate::publish::transfer::parallel::{for_each, put_each};
use crate::publish::transfer_progress::TransferProgress;
use crate::publish::transport::retry::{RetryError, retry};
use crate::publish::transport::s3::client::S3Client;
use crate::publish::transport::s3::credentials::{Env, find_account};
use crate::publish::transport::s3::endpoint::{Endpoint, EndpointSettings};
use crate::publish::transport::s3::http::Header;
use crate::publish::transport::s3::payload::Payload;
use crate::publish::transport::s3::signature_v4::hex;
use crate::publish::upload::{Content, Upload};
use crate::util::media_type::is_compressible;
use crate::util::media_type::media_type;
use crate::util::sync::{into_inner, lock};
use std::collections::BTreeSet;
use std::path::PathBuf;
use std::sync::Mutex;

/// A larger file, in bytes, is neither loaded into memory nor compressed.
const MAX_IN_MEMORY: u64 = 2 * 1024 * 1024;

#[derive(Debug)]
pub(crate) struct S3Target {
    name: String,
    client: S3Client,
    rules: HeaderRules,
    /// text files are stored compressed
    gzip: bool,
    /// concurrent requests
    parallel: usize,
}

impl S3Target {
    /// The bucket of the target `name`, with the credentials of this environment.
    pub(crate) fn open(name: &str, config: &S3Config, rules: &HeaderRules, env: &Env<'_>) -> Result<Self> {
        let non_empty = |text: &str| Some(text.to_owned()).filter(|text| !text.is_empty());
        let account = find_account(env, non_empty(&config.profile).as_deref())?;
        let endpoint = non_empty(&config.endpoint).or(account.endpoint);
        let region = non_empty(&config.region).or(account.region);
        let endpoint = Endpoint::resolve(&EndpointSettings {
            bucket: &config.bucket,
            prefix: &config.prefix,
            endpoint: endpoint.as_deref(),
            region: region.as_deref(),
            path_style: config.path_style,
        })?;
        let certificates = env("AWS_CA_BUNDLE").map(PathBuf::from);
        let name = format!("{name} ({})", endpoint.name());
        let client = S3Client::new(endpoint, account.credentials, config.parallel, certificates.as_deref())?;
        Ok(Self { name, client, rules: rules.clone(), gzip: config.gzip, parallel: config.parallel })
    }

    fn headers(&self, path: &str, size: u64) -> Vec<Header> {
        let cache = self.rules.cache_control(path).to_owned();
        let mut headers = vec![("content-type", media_type(path).to_owned()), ("cache-control", cache)];
        if self.is_compressed(path, size) {
            headers.push(("content-encoding", "gzip".to_owned()));
        }
        headers
    }

    fn is_compressed(&self, path: &str, size: u64) -> bool {
        self.gzip && is_compressible(path) && size <= MAX_IN_MEMORY
    }

    /// Returns the revision of the uploaded file.
    fn put_one(&self, local: &LocalSite, upload: &Upload) -> Result<String, RetryError> {
        match upload.content {
            Content::Placeholder(text) => {
                let headers = no_store_headers(media_type(upload.path));
                self.client.put(upload.path, Payload::Bytes(text.as_bytes()), &headers)
            }
            Content::File(file) => {
                let headers = self.headers(&file.path, file.size);
                let etag = self.with_payload(local, file, |payload| self.client.put(&file.path, payload, &headers))?;
                Ok(revision(&etag, &headers))
            }
        }
    }

    /// Calls `use_payload` with the bytes of a file as the store should hold them.
    fn with_payload<T>(
        &self,
        local: &LocalSite,
        file: &LocalFile,
        use_payload: impl FnOnce(Payload<'_>) -> Result<T, RetryError>,
    ) -> Result<T, RetryError> {
        match local.disk_path(file).filter(|_| file.size > MAX_IN_MEMORY) {
            None => {
                let bytes = local.bytes(file)?;
                let bytes = if self.is_compressed(&file.path, file.size) { gzip(&bytes) } else { bytes };
                use_payload(Payload::Bytes(&bytes))
            }
            Some(path) if copy::hash(&path)?.0 == file.hash => use_payload(Payload::File(&path)),
            Some(_) => Err(changed_meanwhile(&file.path).into()),
        }
    }

    /// Whether an object is the file with the headers that it should have: its `ETag` is the MD5 of the stored bytes.
    fn is_identical(&self, local: &LocalSite, file: &LocalFile, listed: &ListedFile) -> Result<bool> {
        let headers = self.headers(&file.path, file.size);
        let md5 = retry(|| self.with_payload(local, file, |payload| Ok(payload.digests()?.md5)))?;
        if listed.revision != revision(&hex(&md5), &headers) {
            return Ok(false);
        }
        let stored = self.client.head(&file.path)?;
        Ok(stored.is_some_and(|stored| {
            let is_plain = stored.get("content-encoding").is_none_or(String::is_empty);
            headers.iter().all(|(name, value)| stored.get(*name) == Some(value))
                && is_plain != self.is_compressed(&file.path, file.size)
        }))
    }
}

/// The revision of an object of this `ETag` that should have these headers.
fn revision(etag: &str, headers: &[Header]) -> String {
    let lines: String = headers.iter().map(|(name, value)| format!("{name}:{value}\n")).collect();
    let etag: String = etag.chars().filter(char::is_ascii_graphic).map(|c| c.to_ascii_lowercase()).collect();
    format!("{etag}.{}", &blake3::hash(lines.as_bytes()).to_hex()[..8])
}

/// The headers of placeholders and the record.
fn no_store_headers(media_type: &str) -> [Header; 2] {
    [("content-type", media_type.to_owned()), ("cache-control", "no-store".to_owned())]
}

impl Target for S3Target {
    fn name(&self) -> String {
        self.name.clone()
    }

    fn record(&self) -> Result<Option<String>> {
        let text = self.client.get(RECORD_FILE)?.map(String::from_utf8).transpose();
        text.map_err(|_| {
            let message = message!("{record_file} at {name} is not text", record_file = RECORD_FILE, name = self.name);
            let hint = message!("something else wrote it: remove it there and publish with --yes to take over");
            Error::failure(Diagnostic::new(Code::UnknownRecord, message).hint(hint))
        })
    }

    fn list(&self) -> Result<Vec<ListedFile>> {
        let mut files = Vec::new();
        self.client.list(|path, object| {
            if path != RECORD_FILE {
                let revision = revision(&object.etag, &self.headers(path, object.size));
                files.push(ListedFile { path: path.to_owned(), revision });
            }
        })?;
        Ok(files)
    }

    fn lists_hashes(&self) -> bool {
        true
    }

    fn identical_files(&self, local: &LocalSite, files: &[(&LocalFile, &ListedFile)]) -> Result<BTreeSet<String>> {
        let identical = Mutex::new(BTreeSet::new());
        for_each(files, self.parallel, |(file, listed)| {
            if self.is_identical(local, file, listed)? {
                lock(&identical).insert(file.path.clone());
            }
            Ok(())
        })?;
        Ok(into_inner(identical))
    }
}

impl FileTarget for S3Target {
    fn put(&self, local: &LocalSite, uploads: &[Upload], progress: &TransferProgress) -> Result<()> {
        put_each(uploads, self.parallel, progress, |upload| self.put_one(local, upload))
    }

    fn remove(&self, paths: &[&str], progress: &TransferProgress) -> Result<()> {
        self.client.delete(paths)?;
        progress.record_removals(paths.len());
        Ok(())
    }

    fn write_record(&self, text: &str) -> Result<()> {
        let headers = no_store_headers("text/plain; charset=utf-8");
        retry(|| self.client.put(RECORD_FILE, Payload::Bytes(text.as_bytes()), &headers)).map(drop)
    }
}
