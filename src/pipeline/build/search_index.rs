//! Writes the search index, of which each part is kept whose fingerprint is that of the last build.

use crate::diagnostics::error::Result;
use crate::io::fs::stamp::Stamp;
use crate::pipeline::build::output_writer::OutputWriter;
use crate::pipeline::build::plan::PlannedSite;
use crate::pipeline::build::texts::Texts;
use crate::render::fingerprint::Fingerprint;
use crate::search::index;
use crate::site::facets::papers;
use crate::site::page::Page;
use crate::site::shards::{IndexPart, Shards};
use crate::template;
use crate::util::digest::Digest;
use rayon::prelude::*;

/// Writes the search index. Returns the fingerprint of each part.
///
/// # Errors
/// The disk refuses to write.
pub(crate) fn write_index(planned: &PlannedSite, outputs: &OutputWriter<'_>, texts: &Texts<'_>) -> Result<Vec<Digest>> {
    let Some(shards) = &planned.site.shards else { return Ok(Vec::new()) };
    let stage = planned.progress.without_bars().stage(template!("index"), template!("files"), shards.count());
    let settings = Digest::of(&(papers(&planned.site), &planned.site.config));
    let write = |(number, part): (usize, IndexPart)| {
        let fingerprint = fingerprint(planned, shards, part, settings);
        let paths = shards.files_of(part);
        match up_to_date(outputs, &paths, number, fingerprint) {
            Some(stamps) => {
                for (path, stamp) in paths.iter().zip(stamps) {
                    outputs.keep(path, Fingerprint::without_articles(fingerprint), stamp)?;
                }
            }
            None => {
                let fingerprint = || Fingerprint::without_articles(fingerprint);
                let put = |path: &str, bytes: Vec<u8>| outputs.put(&stage, path, fingerprint(), &bytes);
                index::write_part(&planned.site, part, &|file| texts.read(file), &put)?;
            }
        }
        Ok(fingerprint)
    };
    shards.parts().enumerate().map(write).collect()
}

/// The stamps of all files of a part, where they are up to date.
fn up_to_date(outputs: &OutputWriter<'_>, paths: &[String], number: usize, fingerprint: Digest) -> Option<Vec<Stamp>> {
    let is_same = outputs.cached_search(number) == Some(fingerprint);
    is_same.then(|| paths.par_iter().map(|path| outputs.up_to_date(path, fingerprint)).collect()).flatten()
}

/// The fingerprint of a part: of what is indexed of its articles, of their addresses, of the number of its files, and of the
/// settings.
fn fingerprint(planned: &PlannedSite, shards: &Shards, part: IndexPart, settings: Digest) -> Digest {
    let site = &planned.site;
    let of_article = |id: usize| {
        let entry = &site.catalog.entries[id];
        let address = site.address(Page::Article(id));
        let has_page = site.page_at(&address.file()) == Some(Page::Article(id));
        match part {
            IndexPart::Names => {
                let front = &entry.front;
                Digest::of(&(&front.authors, &front.column, &front.paper, front.filed_under(), &entry.places, has_page))
            }
            IndexPart::Volume(_) => {
                let file = planned.file(&entry.file).map(|file| file.digest);
                Digest::of(&(file, address.as_str(), has_page))
            }
        }
    };
    let articles: Vec<Digest> = shards.articles_of(part).into_par_iter().map(of_article).collect();
    let files = Digest::of(&shards.files_of(part).len());
    Digest::of_all(articles.into_iter().chain([files, settings]))
}
