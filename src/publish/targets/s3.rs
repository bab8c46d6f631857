//! A folder in a bucket of an S3-compatible store.
//!
//! A stamp is the ETag of an object and a short hash of the headers that it should have: where settings give a file other
//! headers, it is sent again though its bytes are the same. Small files are sent from memory, large ones from the disk, so
//! that memory follows the number of files under way and not their size.

use crate::config::headers::HeaderRules;
use crate::config::publish::S3Place;
use crate::diagnostics::code::Code;
use crate::diagnostics::diagnostic::Diagnostic;
use crate::diagnostics::error::{Error, Result};
use crate::io::fs::copy;
use crate::publish::headers::{cache_control, is_packable};
use crate::publish::local::{Local, LocalFile, changed_meanwhile};
use crate::publish::parcel::{Content, Parcel};
use crate::publish::record::FILE;
use crate::publish::tally::Tally;
use crate::publish::target::{ByFile, Target, There};
use crate::publish::transfer::gzip::gzip;
use crate::publish::transfer::parallel::{each, put_each};
use crate::publish::transport::retry::{Fault, patiently};
use crate::publish::transport::s3::client::Client;
use crate::publish::transport::s3::credentials::{Env, find};
use crate::publish::transport::s3::endpoint::{Place, Settings, Style};
use crate::publish::transport::s3::http::Header;
use crate::publish::transport::s3::payload::Load;
use crate::publish::transport::s3::sign::hex;
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
    client: Client,
    rules: HeaderRules,
    packs: bool,
    width: usize,
}

impl Bucket {
    /// The bucket that the settings describe, known to people as `name`, with the keys of this environment.
    ///
    /// # Errors
    /// A configuration error: no keys, or a bucket or endpoint that cannot be.
    pub(crate) fn open(name: &str, settings: &S3Place, rules: &HeaderRules, env: &Env<'_>) -> Result<Self> {
        let given = |text: &str| Some(text.to_owned()).filter(|text| !text.is_empty());
        let account = find(env, given(&settings.profile).as_deref())?;
        let (endpoint, region) =
            (given(&settings.endpoint).or(account.endpoint), given(&settings.region).or(account.region));
        let place = Place::of(&Settings {
            bucket: &settings.bucket,
            prefix: &settings.prefix,
            endpoint: endpoint.as_deref(),
            region: region.as_deref(),
            style: settings.path_style.map(|path| if path { Style::Path } else { Style::VirtualHost }),
        })?;
        let authorities = env("AWS_CA_BUNDLE").map(PathBuf::from);
        let name = format!("{name} ({})", place.name());
        let client = Client::new(place, account.keys, settings.parallel, authorities.as_deref())?;
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

    fn put_one(&self, local: &Local, parcel: &Parcel) -> Result<String, Fault> {
        match parcel.content {
            Content::Placeholder(text) => {
                self.client.put(parcel.path, Load::Bytes(text.as_bytes()), &passing(media_type(parcel.path)))
            }
            Content::File(file) => {
                let headers = self.headers(&file.path, file.size);
                let etag = self.on_load(local, file, |load| self.client.put(&file.path, load, &headers))?;
                Ok(stamp(&etag, &headers))
            }
        }
    }

    /// Works on the bytes of a file as the store is to hold them.
    fn on_load<T>(
        &self,
        local: &Local,
        file: &LocalFile,
        work: impl FnOnce(Load<'_>) -> Result<T, Fault>,
    ) -> Result<T, Fault> {
        match local.place(file).filter(|_| file.size > IN_MEMORY) {
            None => work(Load::Bytes(&self.stored(local, file)?)),
            Some(place) if copy::hash(&place)?.0 == file.hash => work(Load::File(&place)),
            Some(_) => Err(changed_meanwhile(&file.path).into()),
        }
    }

    /// The bytes of a small file as the store is to hold them.
    fn stored(&self, local: &Local, file: &LocalFile) -> Result<Vec<u8>> {
        let bytes = local.bytes(file)?;
        Ok(if self.is_packed(&file.path, file.size) { gzip(&bytes) } else { bytes })
    }

    /// Whether the object holds the file and says of it what it should: its ETag is their MD5, its headers are ours.
    fn holds(&self, local: &Local, file: &LocalFile, there: &There) -> Result<bool> {
        let headers = self.headers(&file.path, file.size);
        let md5 = patiently(|| self.on_load(local, file, |load| Ok(load.digests()?.md5)))?;
        if there.stamp != stamp(&hex(&md5), &headers) {
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
fn stamp(etag: &str, headers: &[Header]) -> String {
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
        let text = self.client.get(FILE)?.map(String::from_utf8).transpose();
        text.map_err(|_| {
            let diagnostic = Diagnostic::new(Code::UnknownRecord, format!("{FILE} at {} is not text", self.name));
            Error::failure(
                diagnostic.hint("something else wrote it: remove it there and publish with --yes to take over"),
            )
        })
    }

    fn list(&self) -> Result<Vec<There>> {
        let mut found = Vec::new();
        self.client.list(|path, object| {
            if path != FILE {
                let stamp = stamp(&object.etag, &self.headers(path, object.size));
                found.push(There { path: path.to_owned(), stamp });
            }
        })?;
        Ok(found)
    }

    fn same(&self, local: &Local, files: &[(&LocalFile, &There)]) -> Result<BTreeSet<String>> {
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

impl ByFile for Bucket {
    fn put(&self, local: &Local, parcels: &[Parcel], tally: &Tally) -> Result<()> {
        put_each(parcels, self.width, tally, |parcel| self.put_one(local, parcel))
    }

    fn remove(&self, paths: &[&str], tally: &Tally) -> Result<()> {
        self.client.delete(paths)?;
        tally.removed(paths.len());
        Ok(())
    }

    fn write_record(&self, text: &str) -> Result<()> {
        let headers = passing("text/plain; charset=utf-8");
        patiently(|| self.client.put(FILE, Load::Bytes(text.as_bytes()), &headers)).map(|_| ())
    }
}
