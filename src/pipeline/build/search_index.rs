//! Writes the search index, of which each part is kept whose fingerprint is that of the last build.
//!
//! Where a part is not, but would be if a few articles had not been edited, only those of its files are written that show their edits.

use crate::catalog::entry::EntryId;
use crate::diagnostics::error::Result;
use crate::io::fs::stamp::Stamp;
use crate::io::progress::Stage;
use crate::pipeline::build::output_writer::OutputWriter;
use crate::pipeline::build::plan::PlannedSite;
use crate::pipeline::build::texts::Texts;
use crate::render::fingerprint::Fingerprint;
use crate::search::document::Documents;
use crate::search::index;
use crate::search::revision::{ChangedFiles, revised};
use crate::site::facets::papers;
use crate::site::index_files::{IndexFiles, IndexPart};
use crate::site::page::Page;
use crate::template;
use crate::util::digest::Digest;
use rayon::prelude::*;

/// Writes the search index. Returns the fingerprint of each part.
///
/// # Errors
/// The disk refuses to write.
pub(crate) fn write_index(planned: &PlannedSite, outputs: &OutputWriter<'_>, texts: &Texts<'_>) -> Result<Vec<Digest>> {
    let Some(index_files) = &planned.site.index_files else { return Ok(Vec::new()) };
    let stage = planned.progress.without_bars().stage(template!("index"), template!("files"), index_files.count());
    let settings = Digest::of(&(papers(&planned.site), &planned.site.config));
    let writer = PartWriter { planned, outputs, texts, index_files, settings, stage };
    index_files.parts().enumerate().map(|(number, part)| writer.write(number, part)).collect()
}

struct PartWriter<'a> {
    planned: &'a PlannedSite,
    outputs: &'a OutputWriter<'a>,
    texts: &'a Texts<'a>,
    index_files: &'a IndexFiles,
    settings: Digest,
    stage: Stage,
}

impl PartWriter<'_> {
    /// Writes a part or keeps what is up to date of it. Returns its fingerprint.
    fn write(&self, number: usize, part: IndexPart) -> Result<Digest> {
        let articles = self.articles(part);
        let fingerprint = self.fingerprint(part, &articles);
        let paths = self.index_files.files_of(part);
        let before = self.outputs.cached_search(number);
        if before == Some(fingerprint)
            && let Some(stamps) = self.up_to_date(&paths, fingerprint)
        {
            self.keep_or_put(&paths, stamps, ChangedFiles::new(), fingerprint)?;
        } else if let Some(before) = before
            && let Some((stamps, changed)) = self.revised(part, articles, &paths, before)
        {
            self.keep_or_put(&paths, stamps, changed, fingerprint)?;
        } else {
            let put = |path: &str, bytes: Vec<u8>| self.put(path, &bytes, fingerprint);
            index::write_part(&self.planned.site, part, &|file| self.texts.read(file), &put)?;
        }
        Ok(fingerprint)
    }

    /// The stamps of all files of a part, and those that change, where the part was the same before a few articles were edited.
    fn revised(
        &self,
        part: IndexPart,
        mut articles: Vec<Digest>,
        paths: &[String],
        before: Digest,
    ) -> Option<(Vec<Stamp>, ChangedFiles)> {
        let IndexPart::Volume(volume) = part else { return None };
        let range = self.index_files.articles_of(part);
        let edited = self.planned.edited.iter().filter(|(id, _)| range.contains(id));
        let edited: Vec<EntryId> = edited
            .map(|&(id, file)| {
                articles[id - range.start] = self.article(part, id, Some(file));
                id
            })
            .collect();
        if self.fingerprint(part, &articles) != before {
            return None;
        }
        let stamps = self.up_to_date(paths, before)?;
        let bodies = |file: &str| self.texts.read(file);
        let documents = Documents::new(&self.planned.site, &bodies);
        let earlier = |path: &str| self.outputs.read(path, before);
        let set = self.index_files.own_set()?;
        Some((stamps, revised(&documents, set, volume, &edited, &earlier)?))
    }

    fn keep_or_put(
        &self,
        paths: &[String],
        stamps: Vec<Stamp>,
        mut changed: ChangedFiles,
        fingerprint: Digest,
    ) -> Result<()> {
        for (path, stamp) in paths.iter().zip(stamps) {
            match changed.remove(path) {
                Some(bytes) => self.put(path, &bytes, fingerprint)?,
                None => self.outputs.keep(path, Fingerprint::without_articles(fingerprint), stamp)?,
            }
        }
        Ok(())
    }

    fn put(&self, path: &str, bytes: &[u8], fingerprint: Digest) -> Result<()> {
        self.outputs.put(&self.stage, path, Fingerprint::without_articles(fingerprint), bytes)
    }

    /// The stamps of all files of a part, where they are up to date.
    fn up_to_date(&self, paths: &[String], fingerprint: Digest) -> Option<Vec<Stamp>> {
        paths.par_iter().map(|path| self.outputs.up_to_date(path, fingerprint)).collect()
    }

    /// The fingerprint of a part: of its articles, of the number of its files, and of the settings.
    fn fingerprint(&self, part: IndexPart, articles: &[Digest]) -> Digest {
        let files = Digest::of(&self.index_files.files_of(part).len());
        Digest::of_all(articles.iter().copied().chain([files, self.settings]))
    }

    /// The digest of each article of a part.
    fn articles(&self, part: IndexPart) -> Vec<Digest> {
        let file = |id: EntryId| self.planned.file(&self.planned.site.catalog.entries[id].file).map(|file| file.digest);
        self.index_files.articles_of(part).into_par_iter().map(|id| self.article(part, id, file(id))).collect()
    }

    /// The digest of what a part has of an article, given the digest of its file.
    fn article(&self, part: IndexPart, id: EntryId, file: Option<Digest>) -> Digest {
        let site = &self.planned.site;
        let entry = &site.catalog.entries[id];
        let address = site.address(Page::Article(id));
        let has_page = site.page_at(&address.file()) == Some(Page::Article(id));
        match part {
            IndexPart::Names => {
                let front = &entry.front;
                Digest::of(&(&front.authors, &front.column, &front.paper, front.filed_under(), &entry.places, has_page))
            }
            IndexPart::Volume(_) => Digest::of(&(file, address.as_str(), has_page)),
        }
    }
}
