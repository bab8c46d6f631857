//! A folder in a bucket of an S3-compatible store.
//!
//! A revision is the ETag of an object and a short hash of the headers that it should have: where settings give a file other
//! headers, it is sent again though its bytes are the same. Small files are sent from memory, large ones from the disk, so
//! that memory follows the number of files under way and not their size.

use crate::config::headers::HeaderRules;
use crate::config::publish::S3Config;
use crate::diagnostics::code::Code;
use crate::diagnostics::diagnostic::Diagnostic;
use crate::diagnostics::error::{Error, Result};
use crate::io::fs::copy;
use crate::publish::headers::{cache_control, is_packable};
use crate::publish::local_site::{LocalFile, LocalSite, changed_meanwhile};
use crate::publish::record::RECORD_FILE;
use crate::publish::target::{FileTarget, ListedFile, Target};
use crate::publish::transfer::gzip::gzip;
use crate::publish::transfer::parallel::{each, put_each};
use crate::publish::transfer_progress::TransferProgress;
use crate::publish::transport::retry::{RetryError, retry};
use crate::publish::transport::s3::client::S3Client;
use crate::publish::transport::s3::credentials::{Env, find};
use crate::publish::transport::s3::endpoint::{AddressingStyle, Endpoint, Settings};
use crate::publish::transport::s3::http::Header;
use crate::publish::transport::s3::payload::Payload;
use crate::publish::transport::s3::signature_v4::hex;
use crate::publish::upload::{Content, Upload};
use crate::util::media_type::media_type;
use crate::util::sync::{into_inner, lock};
use std::collections::BTreeSet;
use std::path::PathBuf;
use std::sync::Mutex;

/// A larger file is not held in memory, and not packed.
const IN_MEMORY: u64 = 2 * 1024 * 1024;
/// Nobody may keep this: placeholders, the record.
const PASSING: &str = "no-store";

/// A bucket that comes to hold the site.
#[derive(Debug)]
pub(crate) struct Bucket {
    name: String,
    client: S3Client,
    rules: HeaderRules,
    packs: bool,
    width: usize,
}

impl Bucket {
    /// The bucket that the settings describe, known to people as `name`, with the keys of this environment.
    ///
    /// # Errors
    /// A configuration error: no keys, or a bucket or endpoint that cannot be.
    pub(crate) fn open(name: &str, settings: &S3Config, rules: &HeaderRules, env: &Env<'_>) -> Result<Self> {
        let given = |text: &str| Some(text.to_owned()).filter(|text| !text.is_empty());
        let account = find(env, given(&settings.profile).as_deref())?;
        let (endpoint, region) =
            (given(&settings.endpoint).or(account.endpoint), given(&settings.region).or(account.region));
        let endpoint = Endpoint::of(&Settings {
            bucket: &settings.bucket,
            prefix: &settings.prefix,
            endpoint: endpoint.as_deref(),
            region: region.as_deref(),
            style: settings
                .path_style
                .map(|path| if path { AddressingStyle::Path } else { AddressingStyle::VirtualHost }),
        })?;
        let authorities = env("AWS_CA_BUNDLE").map(PathBuf::from);
        let name = format!("{name} ({})", endpoint.name());
        let client = S3Client::new(endpoint, account.keys, settings.parallel, authorities.as_deref())?;
        Ok(Self { name, client, rules: rules.clone(), packs: settings.gzip, width: settings.parallel })
    }

    /// The headers that a file of the site is to have.
    fn headers(&self, path: &str, size: u64) -> Vec<Header> {
        let cache = cache_control(&self.rules, path).to_owned();
        let mut headers = vec![("content-type", media_type(path).to_owned()), ("cache-control", cache)];
        if self.is_packed(path, size) {
            headers.push(("content-encoding", "gzip".to_owned()));
        }
        headers
    }

    fn is_packed(&self, path: &str, size: u64) -> bool {
        self.packs && is_packable(path) && size <= IN_MEMORY
    }

    fn put_one(&self, local: &LocalSite, upload: &Upload) -> Result<String, RetryError> {
        match upload.content {
            Content::Placeholder(text) => {
                self.client.put(upload.path, Payload::Bytes(text.as_bytes()), &passing(media_type(upload.path)))
            }
            Content::File(file) => {
                let headers = self.headers(&file.path, file.size);
                let etag = self.on_load(local, file, |payload| self.client.put(&file.path, payload, &headers))?;
                Ok(revision(&etag, &headers))
            }
        }
    }

    /// Works on the bytes of a file as the store is to hold them.
    fn on_load<T>(
        &self,
        local: &LocalSite,
        file: &LocalFile,
        work: impl FnOnce(Payload<'_>) -> Result<T, RetryError>,
    ) -> Result<T, RetryError> {
        match local.disk_path(file).filter(|_| file.size > IN_MEMORY) {
            None => work(Payload::Bytes(&self.stored(local, file)?)),
            Some(endpoint) if copy::hash(&endpoint)?.0 == file.hash => work(Payload::File(&endpoint)),
            Some(_) => Err(changed_meanwhile(&file.path).into()),
        }
    }

    /// The bytes of a small file as the store is to hold them.
    fn stored(&self, local: &LocalSite, file: &LocalFile) -> Result<Vec<u8>> {
        let bytes = local.bytes(file)?;
        Ok(if self.is_packed(&file.path, file.size) { gzip(&bytes) } else { bytes })
    }

    /// Whether the object holds the file and says of it what it should: its ETag is their MD5, its headers are ours.
    fn holds(&self, local: &LocalSite, file: &LocalFile, there: &ListedFile) -> Result<bool> {
        let headers = self.headers(&file.path, file.size);
        let md5 = retry(|| self.on_load(local, file, |payload| Ok(payload.digests()?.md5)))?;
        if there.revision != revision(&hex(&md5), &headers) {
            return Ok(false);
        }
        let head = self.client.head(&file.path)?;
        Ok(head.is_some_and(|head| {
            let is_plain = head.header("content-encoding").is_none_or(str::is_empty);
            headers.iter().all(|(name, value)| head.header(name) == Some(value))
                && is_plain != self.is_packed(&file.path, file.size)
        }))
    }
}

/// What the list is expected to say of an object with these headers.
fn revision(etag: &str, headers: &[Header]) -> String {
    let said: String = headers.iter().map(|(name, value)| format!("{name}:{value}\n")).collect();
    let etag: String = etag.chars().filter(char::is_ascii_graphic).map(|c| c.to_ascii_lowercase()).collect();
    format!("{etag}.{}", &blake3::hash(said.as_bytes()).to_hex()[..8])
}

fn passing(media_type: &str) -> [Header; 2] {
    [("content-type", media_type.to_owned()), ("cache-control", PASSING.to_owned())]
}

impl Target for Bucket {
    fn name(&self) -> String {
        self.name.clone()
    }

    fn record(&self) -> Result<Option<String>> {
        let text = self.client.get(RECORD_FILE)?.map(String::from_utf8).transpose();
        text.map_err(|_| {
            let diagnostic =
                Diagnostic::new(Code::UnknownRecord, format!("{RECORD_FILE} at {} is not text", self.name));
            Error::failure(
                diagnostic.hint("something else wrote it: remove it there and publish with --yes to take over"),
            )
        })
    }

    fn list(&self) -> Result<Vec<ListedFile>> {
        let mut found = Vec::new();
        self.client.list(|path, object| {
            if path != RECORD_FILE {
                let revision = revision(&object.etag, &self.headers(path, object.size));
                found.push(ListedFile { path: path.to_owned(), revision });
            }
        })?;
        Ok(found)
    }

    fn same(&self, local: &LocalSite, files: &[(&LocalFile, &ListedFile)]) -> Result<BTreeSet<String>> {
        let same = Mutex::new(BTreeSet::new());
        each(files, self.width, |(file, there)| {
            if self.holds(local, file, there)? {
                lock(&same).insert(file.path.clone());
            }
            Ok(())
        })?;
        Ok(into_inner(same))
    }
}

impl FileTarget for Bucket {
    fn put(&self, local: &LocalSite, uploads: &[Upload], progress: &TransferProgress) -> Result<()> {
        put_each(uploads, self.width, progress, |upload| self.put_one(local, upload))
    }

    fn remove(&self, paths: &[&str], progress: &TransferProgress) -> Result<()> {
        self.client.delete(paths)?;
        progress.record_removals(paths.len());
        Ok(())
    }

    fn write_record(&self, text: &str) -> Result<()> {
        let headers = passing("text/plain; charset=utf-8");
        retry(|| self.client.put(RECORD_FILE, Payload::Bytes(text.as_bytes()), &headers)).map(|_| ())
    }
}
