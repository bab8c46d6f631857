//! A site → its output folder, in the shortest way.
//!
//! 1. where nothing at all has changed, which stamps tell, there is nothing to do
//! 2. static files: those that are as they were stay
//! 3. pages: the key of each is compared with the one that it had ([`crate::render::fingerprint`]); it stays where the two are equal
//!    and the file in the folder is still the one that was written; all others are rendered. Where only texts changed, a page
//!    that reads none of them keeps its key
//! 4. at the same time, the search's index
//! 5. what has been learnt is kept for the next build ([`crate::pipeline::incremental::cache`])
//!
//! What comes out is what a build of everything makes, byte for byte: `tests/incremental.rs` holds this to account.

use crate::diagnostics::diagnostic::Diagnostic;
use crate::diagnostics::error::Result;
use crate::io::fs::file;
use crate::io::fs::stamp::{DiskTime, Stamp};
use crate::io::output::folder::{FolderSink, WriteCounts};
use crate::io::output::sink::Sink;
use crate::io::progress::Stage;
use crate::pipeline::build::load::body;
use crate::pipeline::builder::{Builder, Prepared, Static};
use crate::pipeline::import::job::ImportReport;
use crate::pipeline::incremental::cache::{Cache, CacheFile, CacheHeader, CachedFile, CachedFileRef, Output};
use crate::pipeline::incremental::outputs::{Outputs, Settled, digest};
use crate::pipeline::incremental::survey::StampTrust;
use crate::pipeline::incremental::up_to_date::UpToDateCheck;
use crate::pipeline::options::BuildOptions;
use crate::project::STATICS;
use crate::render::fingerprint::{Fingerprint, Fingerprinter};
use crate::render::renderer::Renderer;
use crate::search::index;
use crate::site::facets;
use crate::site::page::Page;
use crate::site::shards::{IndexPart, Shards};
use crate::util::digest::Digest;
use crate::util::sync::lock;
use rayon::prelude::*;
use std::collections::HashMap;
use std::path::Path;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};

/// What a build did.
#[derive(Debug, Clone, Default)]
pub struct BuildReport {
    pub(crate) imported: ImportReport,
    pub(crate) articles: usize,
    pub pages: usize,
    /// pages whose keys were made, to be compared with those of before
    pub compared: usize,
    pub written: WriteCounts,
    pub diagnostics: Vec<Diagnostic>,
}

impl Builder {
    /// Builds the site into a folder, which then holds the site and nothing else of ours.
    ///
    /// # Errors
    /// A configuration error from site.toml; what the disk refuses.
    pub fn build(&self, options: &BuildOptions, out: &Path) -> Result<BuildReport> {
        self.config(options)?;
        let shelf = CacheFile::of(self.root(), out);
        let stage = options.progress.stage("survey", "files", 0);
        let mut look = UpToDateCheck::of(self.root(), options, &shelf);
        if let Some(files) = look.untouched(options, &shelf, out)? {
            stage.add(files);
            let CacheHeader { articles, pages, .. } = look.kept.head;
            let written = WriteCounts { unchanged: files, ..WriteCounts::default() };
            return Ok(BuildReport { articles, pages, written, ..BuildReport::default() });
        }
        let UpToDateCheck { survey, mut kept } = look;
        stage.add(survey.articles.len());
        drop(stage);
        // read after it was stamped: a change in between is seen next time
        let config = self.config(options)?;
        let ready =
            self.ready(config, options, survey, &mut kept, |stamp| StampTrust::until(shelf.time_after(stamp)))?;
        let stage = options.progress.stage("open", "files", 0);
        let planned = Arc::new(ready.site.planned());
        let sink = FolderSink::open(out, planned.clone())?;
        drop(stage);
        let writing = Writing {
            root: self.root(),
            out,
            sink,
            ready: &ready,
            kept: &kept,
            outputs: Outputs::new(planned),
            others: Mutex::default(),
            at_hand: std::array::from_fn(|_| Mutex::default()),
            compared: AtomicUsize::new(0),
            moved: AtomicBool::new(false),
        };
        let built = writing.all(&shelf);
        // what was needed is put away while the rest goes on
        rayon::spawn(move || drop((ready, kept)));
        built
    }
}

/// TextSource that are at hand.
const AT_HAND: usize = 64;

/// A build under way.
struct Writing<'a> {
    root: &'a Path,
    out: &'a Path,
    sink: FolderSink,
    ready: &'a Prepared,
    kept: &'a Cache,
    outputs: Outputs,
    /// files beside those of articles that a page shows, as they were when its key was made
    others: Mutex<HashMap<String, Digest>>,
    /// files whose bodies were read last, and those
    at_hand: [Mutex<Option<(String, String)>>; AT_HAND],
    compared: AtomicUsize,
    /// a file was not, when it was rendered, what it had been when it was read
    moved: AtomicBool,
}

/// A static file of the site's own, and the digest of its bytes.
type StaticFile = (String, Option<Stamp>, Digest);

impl Writing<'_> {
    fn all(self, shelf: &CacheFile) -> Result<BuildReport> {
        let mut diagnostics = self.ready.diagnostics.clone();
        let statics = self.statics(&mut diagnostics)?;
        let stale = self.stale()?;
        // the one waits for the disk where the other counts
        let (rendered, search) = rayon::join(|| self.render(&stale), || self.search());
        diagnostics.extend(rendered?);
        let search = search?;
        let Self { sink, ready, kept: _, outputs, compared, moved, .. } = self;
        let stage = ready.progress.stage("keep", "files", 0);
        let (written, now) = sink.finish()?;
        if moved.into_inner() {
            shelf.forget()?;
        } else {
            keep(shelf, ready, &statics, &outputs.settled(), now, search, diagnostics.is_empty())?;
        }
        drop(stage);
        let (articles, pages) = (ready.site.catalog.entries.len(), ready.site.pages.len());
        let (imported, compared) = (ready.imported.clone(), compared.into_inner());
        Ok(BuildReport { imported, articles, pages, compared, written, diagnostics })
    }

    /// The stamp of an output file that is as it was, and would come out as it was.
    fn unchanged(&self, path: &str, key: Digest) -> Option<Stamp> {
        let before = self.kept.outputs.get(path).filter(|before| before.key == key)?;
        Stamp::at(&self.out.join(path)).filter(|stamp| *stamp == before.stamp)
    }

    fn keep(&self, path: &str, key: Fingerprint, stamp: Stamp) -> Result<()> {
        self.outputs.note(path, key, stamp);
        self.sink.keep(path)
    }

    fn put(&self, stage: &Stage, path: &str, key: Fingerprint, bytes: &[u8]) -> Result<()> {
        let stamp = self.sink.put(path, bytes)?;
        self.outputs.note(path, key, stamp);
        stage.add_one();
        stage.add_bytes(bytes.len());
        Ok(())
    }

    fn statics(&self, diagnostics: &mut Vec<Diagnostic>) -> Result<Vec<StaticFile>> {
        let stage = self.ready.progress.stage("static", "files", self.ready.statics.len());
        let mut own = Vec::new();
        for (name, file) in &self.ready.statics {
            match file {
                Static::Builtin(text) => self.put_static(&stage, name, text.as_bytes()).map(drop)?,
                Static::Own(stamp) => match self.own_static(&stage, name, *stamp)? {
                    Ok(digest) => own.push((format!("{STATICS}/{name}"), *stamp, digest)),
                    Err(diagnostic) => diagnostics.push(diagnostic),
                },
            }
        }
        Ok(own)
    }

    /// A static file of the site's own, which is read where its stamp does not tell that it is as it was.
    fn own_static(
        &self,
        stage: &Stage,
        name: &str,
        stamp: Option<Stamp>,
    ) -> Result<std::result::Result<Digest, Diagnostic>> {
        let path = format!("{STATICS}/{name}");
        let known = self.kept.files.get(&path).filter(|known| stamp.is_some() && known.stamp == stamp);
        if let Some(CachedFile { digest, .. }) = known
            && let Some(output) = self.unchanged(name, *digest)
        {
            return self.keep(name, Fingerprint::alone(*digest), output).map(|()| Ok(*digest));
        }
        match file::read(self.root, &path) {
            Ok(bytes) => self.put_static(stage, name, &bytes).map(Ok),
            Err(diagnostic) => Ok(Err(diagnostic)),
        }
    }

    fn put_static(&self, stage: &Stage, name: &str, bytes: &[u8]) -> Result<Digest> {
        let key = Digest::of_bytes(bytes);
        match self.unchanged(name, key) {
            Some(output) => self.keep(name, Fingerprint::alone(key), output)?,
            None => self.put(stage, name, Fingerprint::alone(key), bytes)?,
        }
        Ok(key)
    }

    fn render(&self, stale: &[Page]) -> Result<Vec<Diagnostic>> {
        let site = &self.ready.site;
        let stage = self.ready.progress.stage("render", "pages", stale.len());
        let put = |at: usize, bytes: Vec<u8>| {
            let path = site.address(stale[at]).file();
            let stamp = self.sink.put(&path, &bytes)?;
            self.outputs.arrived(&path, stamp);
            stage.add_one();
            stage.add_bytes(bytes.len());
            Ok(())
        };
        Renderer::new(site, &self.ready.templates).each(stale, &|file| self.body(file), &put)
    }

    /// The pages that are not what the last build made of them, their keys noted; all others are kept.
    fn stale(&self) -> Result<Vec<Page>> {
        let site = &self.ready.site;
        let stage = self.ready.progress.stage("compare", "pages", site.pages.len());
        let keys = Fingerprinter::new(site, &self.ready.templates);
        let links = self.links();
        let bodies = |file: &str| Ok(self.stand_in(file, links));
        let compared = |page: Page| {
            let path = site.address(page).file();
            if let Some((key, stamp)) = self.untouched(&path) {
                return self.keep(&path, key, stamp).map(|()| None);
            }
            stage.add_one();
            self.compared.fetch_add(1, Ordering::Relaxed);
            // a page without a key cannot be rendered, which rendering tells
            if let Ok(key) = keys.key(page, &bodies) {
                match self.unchanged(&path, key.digest) {
                    Some(stamp) => return self.keep(&path, key, stamp).map(|()| None),
                    None => self.outputs.expect(&path, key),
                }
            }
            Ok(Some(page))
        };
        site.pages.par_iter().filter_map(|&page| compared(page).transpose()).collect()
    }

    /// The key of a page that shows nothing of what changed, where only some texts did, and its file is as it was.
    fn untouched(&self, path: &str) -> Option<(Fingerprint, Stamp)> {
        let changed_summaries = self.ready.changed_summaries.as_ref()?;
        let Output { key, seen, .. } = self.kept.outputs.get(path)?;
        if changed_summaries.iter().any(|&id| u32::try_from(id).is_ok_and(|id| seen.binary_search(&id).is_ok())) {
            return None;
        }
        let stamp = self.unchanged(path, *key)?;
        Some((Fingerprint { digest: *key, seen: seen.clone() }, stamp))
    }

    /// What stands for the body of an article in a key: the digest of its file and, where it may link to other files, of where
    /// those stand.
    fn stand_in(&self, file: &str, links: Digest) -> String {
        match self.ready.file(file) {
            Some(known) if known.links => format!("{} {links}", known.digest),
            Some(known) => known.digest.to_string(),
            None => self.other(file),
        }
    }

    /// The same of another file, such as a source page, which is read for that; nothing where it cannot be read.
    fn other(&self, file: &str) -> String {
        let Ok((_, digest)) = body(self.root, file) else { return String::new() };
        lock(&self.others).insert(file.to_owned(), digest);
        digest.to_string()
    }

    /// What stands for the addresses of all files that a text may link to.
    fn links(&self) -> Digest {
        let site = &self.ready.site;
        if !self.ready.articles().any(|(_, file)| file.links) {
            return Digest::of_bytes(b"");
        }
        let linked: Vec<(&str, String)> = (site.pages.iter())
            .filter_map(|&page| match page {
                Page::Article(id) => Some((site.catalog.entries[id].file.as_str(), site.address(page).to_string())),
                Page::Plain(plain) => Some((site.plain_pages[plain].file.as_str(), site.address(page).to_string())),
                _ => None,
            })
            .collect();
        Digest::of(&linked)
    }

    /// The body of an article. Its page and its other forms stand together, so the last ones are at hand.
    fn body(&self, file: &str) -> Result<String> {
        let place = &self.at_hand[Digest::of_bytes(file.as_bytes()).0 as usize % AT_HAND];
        if let Some((_, body)) = lock(place).as_ref().filter(|(there, _)| there == file) {
            return Ok(body.clone());
        }
        let body = self.read_body(file)?;
        *lock(place) = Some((file.to_owned(), body.clone()));
        Ok(body)
    }

    /// The same, which has to be what its key was made from.
    fn read_body(&self, file: &str) -> Result<String> {
        let read = body(self.root, file);
        let known = self.ready.file(file).map(|known| known.digest);
        let known = known.or_else(|| lock(&self.others).get(file).copied());
        if read.as_ref().ok().map(|(_, digest)| *digest) != known {
            self.moved.store(true, Ordering::Relaxed);
        }
        read.map(|(body, _)| body)
    }

    /// The search's index, of which each part stays that would come out as it was. Tells what stands for each.
    fn search(&self) -> Result<Vec<Digest>> {
        let site = &self.ready.site;
        let Some(shards) = &site.shards else { return Ok(Vec::new()) };
        let stage = self.ready.progress.without_bars().stage("index", "files", shards.count());
        let shown = Digest::of(&format!("{:?} {:?}", facets::papers(site), site.config));
        let before = self.kept.head.search.iter().map(Some).chain(std::iter::repeat(None));
        let part = |(part, before): (IndexPart, Option<&Digest>)| {
            let key = self.search_key(shards, part, shown);
            self.search_part(&stage, shards, part, key, before == Some(&key)).map(|()| key)
        };
        shards.parts().zip(before).map(part).collect()
    }

    fn search_part(&self, stage: &Stage, shards: &Shards, part: IndexPart, key: Digest, is_known: bool) -> Result<()> {
        let paths = shards.files_of(part);
        let stamps = || paths.par_iter().map(|path| self.unchanged(path, key)).collect::<Option<Vec<Stamp>>>();
        match is_known.then(stamps).flatten() {
            Some(stamps) => {
                let mut kept = paths.iter().zip(stamps);
                kept.try_for_each(|(path, stamp)| self.keep(path, Fingerprint::alone(key), stamp))
            }
            None => {
                let put = |path: &str, bytes: Vec<u8>| self.put(stage, path, Fingerprint::alone(key), &bytes);
                index::write_part(&self.ready.site, part, &|file| self.body(file), &put)
            }
        }
    }

    /// Articles in their order with what is read of them, where they stand, and the settings that say what is shown.
    fn search_key(&self, shards: &Shards, part: IndexPart, shown: Digest) -> Digest {
        let site = &self.ready.site;
        let of = |id: usize| {
            let entry = &site.catalog.entries[id];
            let address = site.address(Page::Article(id));
            let has_page = site.page_at(&address.file()) == Some(Page::Article(id));
            match part {
                IndexPart::Headings => {
                    let front = &entry.front;
                    Digest::of(&(&front.title, &front.kicker, &front.subtitle, has_page))
                }
                IndexPart::Volume(_) => {
                    let file = self.ready.file(&entry.file).map(|file| file.digest);
                    Digest::of(&(file, address.as_str(), has_page))
                }
            }
        };
        let articles: Vec<Digest> = shards.articles_of(part).into_par_iter().map(of).collect();
        let files = Digest::of(&shards.files_of(part).len());
        Digest::of_all(articles.into_iter().chain([files, shown]))
    }
}

/// Writes what has been learnt for the next build.
fn keep(
    shelf: &CacheFile,
    ready: &Prepared,
    statics: &[StaticFile],
    outputs: &Settled,
    now: DiskTime,
    search: Vec<Digest>,
    is_clean: bool,
) -> Result<()> {
    let articles = ready.articles().map(|(entry, file)| {
        let line = CachedFileRef { stamp: file.stamp, digest: file.digest, links: file.links, entry: Some(entry) };
        (entry.file.as_str(), line)
    });
    let statics = statics.iter().map(|(path, stamp, digest)| {
        (path.as_str(), CachedFileRef { stamp: *stamp, digest: *digest, links: false, entry: None })
    });
    let settled = |output: &Output| output.stamp.is_settled(now);
    let stamps = outputs.iter().map(|(path, output)| (path, Some(output.stamp).filter(|_| settled(output))));
    let head = CacheHeader {
        whole: ready.head.whole.filter(|_| is_clean && ready.imported.diagnostics.is_empty()),
        outputs: digest(stamps),
        search,
        ..ready.head.clone()
    };
    // a site whose own folder cannot be written to is built all the same, only more slowly
    let outputs = outputs.iter().filter(|(_, output)| settled(output));
    shelf.write(head, articles.chain(statics), outputs).or(Ok(()))
}
