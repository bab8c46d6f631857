//! Pictures of source pages: rendered once into the cache, and copied from there into the output.
//!
//! 1. the source pages whose text is shown, and whose file is a PDF or has a picture of the same name beside it, are candidates
//! 2. what a picture is made from decides on its name in the cache: the bytes of its file, the page in it, the renderer's version
//! 3. pages that are not in the cache are rendered; one that cannot be is named in a finding, and shown without a picture
//! 4. files of the cache that no page has any more are removed

use crate::content::page_name::file_and_number;
use crate::diagnostics::code::Code;
use crate::diagnostics::diagnostic::Diagnostic;
use crate::diagnostics::error::Result;
use crate::diagnostics::message::Message;
use crate::facsimile::render::{Facsimile, RENDERS, VERSION, render_facsimile};
use crate::io::fs::file;
use crate::io::fs::walk;
use crate::io::progress::Progress;
use crate::message;
use crate::pipeline::build::output_writer::OutputWriter;
use crate::pipeline::incremental::survey::Survey;
use crate::render::fingerprint::Fingerprint;
use crate::render::pages::source_page;
use crate::render::views::cards::Cards;
use crate::site::page::Page;
use crate::site::site::{FACSIMILE_FILES, Site};
use crate::template;
use crate::util::digest::Digest;
use crate::util::parallel;
use std::collections::HashSet;
use std::path::Path;

/// Below the site's root.
const CACHE: &str = ".wenzhai/facsimiles";
/// Extensions of picture files.
const PICTURES: [&str; 4] = ["png", "jpg", "jpeg", "webp"];
/// Extensions of files whose lines have places, and whose picture may stand beside them: without places there is nothing to outline.
const WITH_PLACES: [&str; 3] = ["xml", "hocr", "json"];
/// Bytes of a file, at most.
const MAX_BYTES: u64 = 256 << 20;

/// A source page that has a picture.
struct Candidate {
    /// its index in the catalog
    page: usize,
    /// the file that the picture is made from, below the site's root, and the page in it from 0
    file: String,
    index: usize,
}

/// Renders the pictures of the site's source pages that are not in the cache. Returns findings about those without one.
pub(crate) fn add_facsimiles(root: &Path, site: &mut Site, survey: &Survey, progress: Progress) -> Vec<Diagnostic> {
    if !RENDERS {
        return Vec::new();
    }
    let candidates = candidates(site, survey);
    let stage = progress.stage(template!("picture"), template!("pages"), candidates.len());
    let rendered = parallel::map(&candidates, |candidate| {
        let rendered = cached(root, candidate);
        stage.add_one();
        rendered
    });
    let mut findings = Vec::new();
    for (candidate, rendered) in candidates.iter().zip(rendered) {
        match rendered {
            Ok(key) => drop(site.facsimiles.insert(candidate.page, key)),
            Err(finding) => findings.push(finding),
        }
    }
    // others are of other shards
    if site.part.is_whole() {
        remove_unused(root, site);
    }
    findings
}

fn candidates(site: &Site, survey: &Survey) -> Vec<Candidate> {
    let found: HashSet<&str> = survey.import.pages.iter().map(|file| file.path.as_str()).collect();
    let cards = Cards::of(site);
    let candidate = |page: usize| {
        let named = source_page::file(cards, page)?;
        let (file, number) = file_and_number(named);
        let (stem, extension) = file.rsplit_once('.')?;
        let extension = extension.to_ascii_lowercase();
        let index = number.unwrap_or(1) - 1;
        if extension == "pdf" || PICTURES.contains(&extension.as_str()) {
            return Some(Candidate { page, file: file.to_owned(), index });
        }
        if !WITH_PLACES.contains(&extension.as_str()) {
            return None;
        }
        let beside = PICTURES.into_iter().map(|extension| format!("{stem}.{extension}"));
        let file = beside.into_iter().find(|file| found.contains(file.as_str())).filter(|_| index == 0)?;
        Some(Candidate { page, file, index })
    };
    let has_no_file_there =
        |page: &usize| FACSIMILE_FILES.iter().all(|file| !site.statics.contains(&site.beside(*page, file)));
    let pages = (0..site.catalog.issues.pages.len())
        .filter(|&page| site.page_at(&site.address(Page::SourcePage(page)).file()).is_some());
    pages.filter(has_no_file_there).filter_map(candidate).collect()
}

/// The name in the cache of a page's picture, which is rendered if it is not there.
fn cached(root: &Path, candidate: &Candidate) -> std::result::Result<String, Diagnostic> {
    let Candidate { file, index, .. } = candidate;
    let finding = |why: Message| {
        let message = message!("the picture of the page cannot be shown: {why}", why);
        let hint = message!(
            "the page is shown without it; a picture of the same name beside the page, such as p1.png, is shown instead of none"
        );
        Diagnostic::new(Code::NoFacsimile, message).in_file(file).hint(hint)
    };
    if file::size(&root.join(file)).is_some_and(|size| size > MAX_BYTES) {
        return Err(finding(message!("its file is larger than any page")));
    }
    let bytes = file::read(root, file)?;
    let key = Digest::of_all([Digest::of_bytes(&bytes), Digest::of(&(index, VERSION))]).to_string();
    let paths = FACSIMILE_FILES.map(|name| root.join(cache_path(&key, name)));
    if paths.iter().all(|path| file::is_file(path)) {
        return Ok(key);
    }
    let Facsimile { view, large } = render_facsimile(&bytes, *index).map_err(finding)?;
    for (path, bytes) in paths.iter().zip([view, large]) {
        file::write(path, &bytes).map_err(|_| finding(message!("the folder .wenzhai cannot be written")))?;
    }
    Ok(key)
}

/// The path in the cache of a facsimile's file, below the site's root.
fn cache_path(key: &str, name: &str) -> String {
    format!("{CACHE}/{key}-{name}")
}

fn remove_unused(root: &Path, site: &Site) {
    let used: HashSet<&str> = site.facsimiles.values().map(String::as_str).collect();
    let is_used = |path: &str| {
        let name = path.rsplit('/').next().unwrap_or(path);
        name.split('-').next().is_some_and(|key| used.contains(key))
    };
    if !file::exists(&root.join(CACHE)) {
        return;
    }
    for found in walk::list(root, CACHE, &["jpg"]).0.iter().filter(|found| !is_used(&found.path)) {
        // what cannot be removed does no harm
        let _ = file::remove(&root.join(&found.path));
    }
}

/// The facsimiles' files: path in the output, path in the cache below the site's root.
pub(crate) fn facsimile_files(site: &Site) -> impl Iterator<Item = (String, String)> {
    let files = site.facsimiles.iter().flat_map(|(&page, key)| FACSIMILE_FILES.map(|name| (page, key, name)));
    files.map(|(page, key, name)| (site.beside(page, name), cache_path(key, name)))
}

/// The path in the cache of the facsimile's file at an output path.
pub(crate) fn facsimile_file(site: &Site, path: &str) -> Option<String> {
    let (page, name) = site.facsimile_at(path)?;
    Some(cache_path(site.facsimiles.get(&page)?, name))
}

/// Copies the facsimiles into the output, unless they are up to date there.
///
/// # Errors
/// The disk refuses to write.
pub(crate) fn write_facsimiles(
    root: &Path,
    site: &Site,
    outputs: &OutputWriter<'_>,
    progress: Progress,
) -> Result<Vec<Diagnostic>> {
    let stage =
        progress.stage(template!("facsimile"), template!("files"), site.facsimiles.len() * FACSIMILE_FILES.len());
    let mut findings = Vec::new();
    for (path, cached) in facsimile_files(site) {
        // the name in the cache stands for the bytes
        let digest = Digest::of_bytes(cached.as_bytes());
        let fingerprint = Fingerprint::without_articles(digest);
        if let Some(stamp) = outputs.up_to_date(&path, digest) {
            outputs.keep(&path, fingerprint, stamp)?;
            continue;
        }
        match file::read(root, &cached) {
            Ok(bytes) => outputs.put(&stage, &path, fingerprint, &bytes)?,
            Err(finding) => findings.push(finding),
        }
    }
    Ok(findings)
}
