//! The addresses of other sites that the texts of a site link to, each once, with the places of its links.

use crate::content::parse::split_front_matter;
use crate::pipeline::tables::article_files::ArticleFiles;
use crate::render::markdown::outbound::{Outbound, outbound};
use crate::site::site::Site;
use crate::util::parallel;
use std::collections::BTreeMap;
use std::ops::Range;

/// A place of a link: the file by its number, and where the address stands in it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Place {
    pub(crate) file: usize,
    pub(crate) span: Range<usize>,
}

/// The links of a site that lead out of it.
#[derive(Debug, Default)]
pub(crate) struct Links {
    /// below the site's root
    pub(crate) files: Vec<String>,
    /// address as it is written → its places, in the order of the files
    pub(crate) places: BTreeMap<String, Vec<Place>>,
}

/// The links in the texts of a site: articles first, then plain pages. Where the text of a file cannot be read, loading has said so.
pub(crate) fn links_of(texts: &ArticleFiles, site: &Site) -> Links {
    let articles = site.catalog.entries.iter().map(|entry| entry.file.clone());
    let files: Vec<String> = articles.chain(site.plain_pages.iter().map(|page| page.file.clone())).collect();
    let in_file = |file: &String| links_of_file(texts, site, file).unwrap_or_default();
    let mut places: BTreeMap<String, Vec<Place>> = BTreeMap::new();
    for (file, found) in parallel::stream(&files, in_file).enumerate() {
        for Outbound { address, span } in found {
            places.entry(address).or_default().push(Place { file, span });
        }
    }
    Links { files, places }
}

fn links_of_file(texts: &ArticleFiles, site: &Site, file: &str) -> Option<Vec<Outbound>> {
    let source = texts.source(file).ok()?;
    let body = split_front_matter(&source).ok()?.body;
    let mut found = outbound(&source.text[body.clone()], site.config.content.html);
    for outbound in &mut found {
        outbound.span = body.start + outbound.span.start..body.start + outbound.span.end;
    }
    Some(found)
}
